package web

import (
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
)

// A resolutionsPage lists the resolutions about a season, with a form for a new one.
type resolutionsPage struct {
	seasonPlace
	List   []engine.Resolution
	Form   resolutionForm
	Reason string // why the last form was not taken, key of the catalogue

	Meeting *engine.Meeting  // the resolution is one of, nil for none that was called here
	Items   []resolutionLine // activities of the meeting without a resolution
	More    int              // how many others there are
}

// A resolutionForm is a resolution without its items, as typed.
type resolutionForm struct {
	Body, Day, Number, Verb, Text string
	Faults                        map[string]string
}

// Verbs lists what a body may do.
func (resolutionForm) Verbs() []engine.ApprovalVerb { return engine.ResolutionVerbs() }

// Board gives the way to the board.
func (p resolutionsPage) Board() string { return p.Address() + "/prehled" }

// resolutionForm reads the form, and finds what is wrong in a field before
// anybody is asked.
func (v visit) resolutionForm() (resolutionForm, engine.Resolution) {
	get := v.r.PostForm.Get
	f := resolutionForm{Body: clean(get("organ")), Day: get("den"), Number: clean(get("cislo")), Verb: get("sloveso"), Text: clean(get("text")), Faults: map[string]string{}}
	if f.Body == "" || len(f.Body) > engine.MaxTitle {
		f.Faults["organ"] = "fault.body"
	}
	if day, err := engine.ParseDate(f.Day); err != nil {
		f.Faults["den"] = "fault.date"
	} else if day > v.today() {
		f.Faults["den"] = "fault.future"
	}
	if !slices.Contains(engine.ResolutionVerbs(), engine.ApprovalVerb(f.Verb)) {
		f.Faults["sloveso"] = "fault.verb"
	}
	if len(f.Text) > engine.MaxText {
		f.Faults["text"] = "fault.long"
	}
	if len(f.Number) > engine.MaxTitle {
		f.Faults["cislo"] = "fault.long"
	}
	return f, engine.Resolution{Plan: v.r.PathValue("plan"), Period: v.r.PathValue("period"), Number: f.Number, Body: f.Body,
		Day: engine.Date(f.Day), Verb: engine.ApprovalVerb(f.Verb), Text: f.Text}
}

func typedHead(r engine.Resolution) resolutionForm {
	return resolutionForm{Body: r.Body, Day: string(r.Day), Number: r.Number, Verb: string(r.Verb), Text: r.Text}
}

func readResolutions(v visit) (resolutionsPage, error) {
	place, err := v.place()
	if err != nil {
		return resolutionsPage{}, err
	}
	p := resolutionsPage{seasonPlace: place, Form: resolutionForm{Day: string(v.today()), Verb: string(engine.VerbApproved)}}
	p.List, err = v.office.Records.Resolutions(v.r.Context(), place.Season.Plan, place.Season.Period.ID)
	return p, err
}

func (s *site) showResolutions(v visit) error {
	p, err := readResolutions(v)
	if err == nil {
		err = p.atMeeting(v)
	}
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "resolutions", p)
}

// postResolutions writes a new resolution down; what it says of activities is
// added on its own page.
func (s *site) postResolutions(v visit) error {
	p, err := readResolutions(v)
	if err == nil {
		err = p.atMeeting(v)
	}
	if err != nil {
		return err
	}
	f, r := v.resolutionForm()
	if !p.typedAt(v, &r) || len(f.Faults) > 0 {
		p.Form, p.Reason = f, "decision.fields"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "resolutions", p)
	}
	r, err = v.office.Resolve(v.r.Context(), r, v.who)
	if engine.CodeOf(err) == engine.Conflict {
		p.Form, p.Reason = f, "resolution.moved"
		return s.show(v.w, v.r, http.StatusConflict, "resolutions", p)
	}
	if err != nil {
		return err
	}
	if p.Meeting != nil {
		return v.back(p.meetingWay(p.Meeting.ID), flash("usneseni-zapsano"))
	}
	return v.back(p.Address()+"/usneseni/"+strconv.Itoa(r.ID), flash("usneseni-zapsano"))
}

// itemsOnPage is how many activities are offered at a time.
const itemsOnPage = 20

// mostOffered is how many a search finds at most.
const mostOffered = 60

// A resolutionPage is one resolution with what it says of activities.
type resolutionPage struct {
	resolutionsPage
	Resolution engine.Resolution
	Offered    []resolutionLine
	Find       string
	TooMany    bool   // more was found than is offered
	Own        string // the page's own address
	Pager      pager
}

// A resolutionLine is an activity with what a resolution says of it, as typed.
type resolutionLine struct {
	engine.Placed
	N                 int // on the page
	Next, Until, Note string
	Fault             string
}

// Steps lists the next steps offered.
func (resolutionLine) Steps() []engine.NextStep { return engine.NextSteps() }

func readResolution(v visit) (resolutionPage, error) {
	all, err := readResolutions(v)
	if err != nil {
		return resolutionPage{}, err
	}
	p := resolutionPage{resolutionsPage: all, Find: clean(v.r.URL.Query().Get("hledat")), Own: own(v.r, "hledat", "strana")}
	id, err := strconv.Atoi(v.r.PathValue("id"))
	i := slices.IndexFunc(all.List, func(r engine.Resolution) bool { return r.ID == id })
	if err != nil || i < 0 {
		return p, engine.Errorf(engine.NotFound, "season %s has no resolution %q", p.Season.Period.ID, v.r.PathValue("id"))
	}
	p.Resolution, p.Form = all.List[i], typedHead(all.List[i])
	if err := p.readItems(v); err != nil || !p.Decides {
		return p, err
	}
	return p, p.readOffered(v)
}

// readItems reads the activities the resolution names.
func (p *resolutionPage) readItems(v visit) error {
	ids := make([]string, len(p.Resolution.Items))
	for i, item := range p.Resolution.Items {
		ids[i] = item.Activity
		p.Items = append(p.Items, resolutionLine{N: i, Next: string(item.Next), Until: string(item.Until), Note: item.Note})
	}
	if len(ids) == 0 {
		return nil
	}
	activities, err := v.office.Records.Activities(v.r.Context(), p.Season.Plan, ids...)
	if err != nil {
		return err
	}
	entries, err := v.office.Records.Entries(v.r.Context(), p.Season.Plan, p.Season.Period.ID, ids...)
	if err != nil {
		return err
	}
	for _, a := range activities {
		p.Items[slices.Index(ids, a.ID)].Activity = a
	}
	for _, e := range entries {
		p.Items[slices.Index(ids, e.Activity)].Entry = e
	}
	return nil
}

// readOffered reads a page of the activities that can be added: those with a
// result that needs a decision, undecided first, or those that were searched for.
func (p *resolutionPage) readOffered(v visit) error {
	f := engine.EntryFilter{Plan: p.Season.Plan, Period: p.Season.Period.ID, Find: p.Find, UndecidedFirst: true}
	if p.Find == "" {
		f.States = p.Plan.Unsettled(p.Season.Period)
	}
	offset, limit := 0, mostOffered
	if p.Find == "" {
		counts, err := v.office.Records.EntryCounts(v.r.Context(), f)
		if err != nil {
			return err
		}
		p.Pager = newPager(v.r, itemsOnPage, engine.Counted(counts))
		offset, limit = p.Pager.Offset(), itemsOnPage
	}
	rows, err := v.office.Records.EntryPage(v.r.Context(), f, offset, limit)
	if err != nil {
		return err
	}
	if p.Find != "" { // searching costs the same for one page as for all it may find
		p.Pager, p.TooMany = newPager(v.r, itemsOnPage, len(rows)), len(rows) == mostOffered
		rows = paged(p.Pager, rows)
	}
	for _, r := range rows {
		named := slices.ContainsFunc(p.Resolution.Items, func(i engine.ResolutionItem) bool { return i.Activity == r.Activity.ID })
		if !named {
			p.Offered = append(p.Offered, resolutionLine{Placed: r, N: len(p.Offered)})
		}
	}
	return nil
}
