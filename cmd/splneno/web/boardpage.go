package web

import (
	"html/template"
	"net/http"
	"slices"

	"splneno/engine"
	"splneno/notify/link"
	"splneno/workflows"
)

// boardOnPage is how many activities the board lists at a time.
const boardOnPage = 15

// A steeringPage is the board of the steering group: what became of a season,
// at a glance and then one by one.
type steeringPage struct {
	seasonPlace
	Path        string
	Linked      bool               // opened by a member's link, without an account
	Evaluation  *engine.Evaluation // without rows; nil when the season was never evaluated
	Preliminary bool               // nothing of it is approved
	Draft       bool               // a newer draft can be looked at
	Totals      engine.Totals
	Areas       []tallied
	AreaChart   template.HTML
	Years       []tallied
	YearChart   template.HTML
	Chosen      string // what is listed: a result, "figures" or "years"
	Choices     []boardChoice
	Rows        []boardResult
	Figures     []figureRow
	FigureChart template.HTML
	History     pastYears
	Pager       pager
	Resolutions []engine.Resolution
	Public      string // where everybody reads it, "" while it is not published
}

// A tallied thing is an area or a period with its totals.
type tallied struct {
	Label  string
	Totals engine.Totals
}

// A boardChoice is one list of the board.
type boardChoice struct {
	Name string
	N    int
}

// A boardResult is one row of the evaluation with what was said about it since.
type boardResult struct {
	engine.ActivityResult
	Onward      engine.Onward
	Resolutions []engine.Resolution
}

// Why gives the reason of a result in short.
func (r boardResult) Why() string {
	if r.Missing != "" {
		return short(r.Missing, carryText)
	}
	return short(r.Narrative, carryText)
}

// Responding gives the share of bodies that answered, in tenths of a percent.
func (p steeringPage) Responding() int {
	if p.Evaluation == nil || p.Evaluation.Asked == 0 {
		return 0
	}
	return p.Evaluation.Answered * 1000 / p.Evaluation.Asked
}

// Resolve gives the way to the resolutions.
func (p steeringPage) Resolve() string { return p.Address() + "/usneseni" }

// showSteering is the board for accounts.
func (s *site) showSteering(v visit) error {
	place, err := v.place()
	if err != nil {
		return err
	}
	return s.showBoard(v, steeringPage{seasonPlace: place, Path: place.Address() + "/prehled"})
}

// showLinkedBoard is the board behind a member's link: the approved evaluation,
// to be looked at and nothing else.
func (s *site) showLinkedBoard(w http.ResponseWriter, r *http.Request) error {
	var season engine.Season
	office, err := s.townOf(r, func(o *workflows.Office) (err error) {
		season, err = o.BoardBehind(r.Context(), r.PathValue("token"))
		return err
	})
	if err != nil {
		return err
	}
	v := visit{scene: sceneOf(r), w: w, r: r, office: office}
	plan, err := v.office.Records.Plan(r.Context(), season.Plan)
	if err != nil {
		return err
	}
	return s.showBoard(v, steeringPage{seasonPlace: seasonPlace{Plan: plan, Season: season}, Path: r.URL.Path, Linked: true})
}

func (s *site) showBoard(v visit, p steeringPage) error {
	heads, err := v.office.Records.EvaluationHeads(v.r.Context())
	if err != nil {
		return err
	}
	if err := p.choose(v, heads); err != nil {
		return err
	}
	if err := p.readYears(v, heads); err != nil {
		return err
	}
	p.History.Periods = p.periods(heads)
	if at := p.Season; at.Published > 0 {
		p.Public = link.PublicPath(v.office.Records.Tenant(), "plan", at.Plan, at.Period.ID)
	}
	if p.Resolutions, err = v.office.Records.Resolutions(v.r.Context(), p.Season.Plan, p.Season.Period.ID); err != nil {
		return err
	}
	if err := p.readList(v); err != nil {
		return err
	}
	p.draw(v)
	return s.show(v.w, v.r, http.StatusOK, "steering", p)
}

// choose picks the evaluation the board shows: the newest approved one; to who
// follows the work a draft that is newer, when asked for or when there is
// nothing else; the season as it stands when nobody has evaluated it.
func (p *steeringPage) choose(v visit, heads []engine.Evaluation) error {
	for _, e := range visible(heads, p.Follows, p.Season.Period.ID) {
		if e.Plan != p.Season.Plan {
			continue
		}
		draft := e.State == engine.EvaluationDraft
		p.Draft = draft
		if !draft || p.Evaluation == nil || v.r.URL.Query().Has("koncept") {
			p.Evaluation, p.Preliminary = &e, draft
		}
	}
	switch {
	case p.Evaluation != nil:
		p.Totals = p.Evaluation.Totals
		for _, a := range p.Evaluation.Areas {
			p.Areas = append(p.Areas, tallied{areaName(v, a), a.Totals})
		}
		return nil
	case !p.Follows:
		return engine.Errorf(engine.NotFound, "the evaluation of %s is not approved yet", p.Season.Period.ID)
	}
	p.Preliminary = true
	counts, err := v.office.Records.EntryCounts(v.r.Context(), engine.EntryFilter{Plan: p.Season.Plan, Period: p.Season.Period.ID})
	p.Totals = engine.TotalsOf(counts)
	return err
}

func areaName(v visit, a engine.AreaResult) string {
	switch {
	case a.Code == "" && a.Title == "":
		return v.say("steering.cross")
	case a.Title == "":
		return a.Code
	case a.Code == "":
		return a.Title
	}
	return a.Code + " " + a.Title
}

// readList reads what is listed below the figures.
func (p *steeringPage) readList(v visit) error {
	if p.Evaluation == nil {
		return nil
	}
	for _, name := range []string{"unfulfilled", "partial", "no_answer", "in_progress", "planned", "unknown", "another_form", "fulfilled"} {
		for _, s := range p.Totals.Shares() {
			if s.Name == name && s.Count > 0 {
				p.Choices = append(p.Choices, boardChoice{name, s.Count})
			}
		}
	}
	figures, err := v.office.Records.CountFigures(v.r.Context(), p.Season.Plan, p.Season.Period.ID, p.Evaluation.Number)
	if err != nil {
		return err
	}
	if figures > 0 {
		p.Choices = append(p.Choices, boardChoice{"figures", figures})
	}
	if len(p.History.Periods) > 1 {
		p.Choices = append(p.Choices, boardChoice{"years", p.Totals.All})
	}
	if len(p.Choices) == 0 {
		return nil
	}
	chosen := p.Choices[0]
	if asked := v.r.URL.Query().Get("vysledek"); asked != "" {
		if i := slices.IndexFunc(p.Choices, func(c boardChoice) bool { return c.Name == asked }); i >= 0 {
			chosen = p.Choices[i]
		}
	}
	p.Chosen, p.Pager = chosen.Name, newPager(v.r, boardOnPage, chosen.N)
	return p.readRows(v)
}

func (p *steeringPage) readRows(v visit) error {
	result := p.Chosen
	if result == "years" {
		result = ""
	}
	rows, err := v.office.Records.Results(v.r.Context(), p.Season.Plan, p.Season.Period.ID, p.Evaluation.Number, result, p.Pager.Offset(), boardOnPage)
	if err != nil {
		return err
	}
	switch p.Chosen {
	case "figures":
		return p.readFigures(v, rows)
	case "years":
		return p.readHistory(v, rows)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
		p.Rows = append(p.Rows, boardResult{ActivityResult: r, Resolutions: naming(p.Resolutions, r.ID)})
	}
	entries, err := v.office.Records.Entries(v.r.Context(), p.Season.Plan, p.Season.Period.ID, ids...)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if i := slices.Index(ids, e.Activity); i >= 0 && p.Rows[i].NextStep == e.NextStep {
			p.Rows[i].Onward = e.Onward
		}
	}
	return nil
}
