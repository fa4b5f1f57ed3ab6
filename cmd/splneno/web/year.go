package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/workflows"
)

// wholeYear is up to how many days with mail the page shows every one of them;
// beyond, it shows a month at a time.
const wholeYear = 60

// A yearPage is the year of a season before it happens: every mail that will
// leave, to how many, when and why.
type yearPage struct {
	seasonHead
	Months    []yearMonth
	Month     string // the one shown, "" for all
	Totals    []kindCount
	Letters   int
	Bodies    int
	Most      int // letters of the body that gets the most
	Cap       int
	AskSpec   engine.Date // the calendar's day of asking
	Form      daysForm
	Feed      string
	CanDecide bool
}

// A seasonHead is what every page about a season's year begins with.
type seasonHead struct {
	Season engine.Season
	Plan   string // title
	Ask    engine.Date
	Draft  engine.Date
	Never  bool // nobody will be asked: the day has passed
}

// Address gives the way to the year.
func (h seasonHead) Address() string { return seasonPath("obdobi", h.Season.Plan, h.Season.Period.ID) }

// Live reports whether something can still leave.
func (h seasonHead) Live() bool {
	return h.Season.State == engine.SeasonOpen || h.Season.State == engine.SeasonPrepared
}

// A yearMonth is one month of it.
type yearMonth struct {
	ID      string // "2024-01"
	Number  string // of the month, as the catalogue names it
	Year    int
	Letters int
	Days    []yearDay
	Shown   bool
}

// A yearDay is a day on which something leaves or is made.
type yearDay struct {
	Day    engine.Date
	Counts []kindCount
	Ask    bool // the day the season is asked about
	Draft  bool // the day its evaluation is drafted
	Mails  bool
	Packs  []yearPack // papers of meetings that leave
}

// A yearPack is a day on which the papers of a meeting leave.
type yearPack struct{ workflows.PackDay }

// Way gives the way to the meeting.
func (y yearPack) Way() string {
	return seasonPath("vyhodnoceni", y.Meeting.Plan, y.Meeting.Period) + "/jednani/" + strconv.Itoa(y.Meeting.ID)
}

// A kindCount is how many mails of a kind leave.
type kindCount struct {
	Kind engine.LetterKind
	Rung int
	N    int
}

// Key gives the word of the catalogue for the kind.
func (k kindCount) Key() string {
	if k.Kind == engine.LetterReminder {
		return fmt.Sprintf("mailing.reminder%d", min(k.Rung, 3))
	}
	return "mailing." + string(k.Kind)
}

// A daysForm is the days of the season as typed.
type daysForm struct {
	Ask, Draft, Why, Confirmed string
	Faults                     map[string]string
	Reason                     string
}

func (s *site) showYear(v visit) error {
	return s.yearWith(v, http.StatusOK, nil)
}

// seasonHead reads what stands above every page of a season.
func (s *site) seasonHead(v visit) (seasonHead, future, error) {
	ctx, h := v.r.Context(), seasonHead{}
	var f future
	var err error
	if h.Season, err = v.office.Records.Season(ctx, v.r.PathValue("plan"), v.r.PathValue("period")); err != nil {
		return h, f, err
	}
	plan, err := v.office.Records.Plan(ctx, h.Season.Plan)
	if err != nil {
		return h, f, err
	}
	if h.Plan = plan.Title; h.Live() {
		f, err = s.futures.of(ctx, v.office, h.Season)
	}
	h.Ask, h.Draft = f.Ask.Day, f.Draft.Day
	h.Never = h.Live() && h.Season.AskedOn == "" && h.Ask == ""
	return h, f, err
}

func (s *site) yearWith(v visit, status int, form *daysForm) error {
	head, f, err := s.seasonHead(v)
	if err != nil {
		return err
	}
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	p := yearPage{seasonHead: head, Cap: m.Policy.SeasonCap, CanDecide: v.may(engine.RightDecide, v.today()),
		Feed: s.Signer.FeedURL(s.Signer.FeedToken(v.tenant, "", m.Settings.LinkSerial)),
		Form: daysForm{Ask: string(head.Season.AskOn), Draft: string(head.Season.DraftOn)}}
	if form != nil {
		p.Form = *form
	}
	p.count(f)
	p.months(f, v.r.URL.Query().Get("mesic"))
	return s.show(v.w, v.r, status, "year", p)
}

// count sums the year up.
func (p *yearPage) count(f future) {
	perBody := map[string]int{}
	for _, m := range f.Mailings {
		p.Totals = counted(p.Totals, m)
		if m.Kind != engine.LetterEscalation {
			p.Letters++
			perBody[m.Organisation]++
			p.Most = max(p.Most, perBody[m.Organisation])
		}
	}
	p.Bodies = len(perBody)
}

// counted adds a mailing to counts. Escalations count bodies: those of one day
// are one mail.
func counted(list []kindCount, m engine.Mailing) []kindCount {
	i := slices.IndexFunc(list, func(k kindCount) bool { return k.Kind == m.Kind && k.Rung == m.Rung })
	if i < 0 {
		return append(list, kindCount{m.Kind, m.Rung, 1})
	}
	list[i].N++
	return list
}

// months lays the mailings out by month and day.
func (p *yearPage) months(f future, chosen string) {
	days := map[engine.Date]*yearDay{}
	at := func(day engine.Date) *yearDay {
		if days[day] == nil {
			days[day] = &yearDay{Day: day}
		}
		return days[day]
	}
	for _, m := range f.Mailings {
		d := at(m.Day)
		d.Counts, d.Mails = counted(d.Counts, m), true
	}
	if p.Ask != "" {
		at(p.Ask).Ask = true
	}
	if p.Draft != "" {
		at(p.Draft).Draft = true
	}
	for _, d := range f.Packs {
		if d.Day != "" {
			at(d.Day).Packs = append(at(d.Day).Packs, yearPack{d})
		}
	}
	var all []engine.Date
	for day := range days {
		all = append(all, day)
	}
	slices.Sort(all)
	for _, day := range all {
		id := string(day)[:7]
		if n := len(p.Months); n == 0 || p.Months[n-1].ID != id {
			p.Months = append(p.Months, yearMonth{ID: id, Number: id[5:], Year: day.Year()})
		}
		month := &p.Months[len(p.Months)-1]
		month.Days = append(month.Days, *days[day])
		for _, k := range days[day].Counts {
			if k.Kind != engine.LetterEscalation {
				month.Letters += k.N
			}
		}
	}
	if len(all) > wholeYear {
		p.choose(chosen)
	}
	for i := range p.Months {
		p.Months[i].Shown = p.Month == "" || p.Months[i].ID == p.Month
	}
}

// choose picks the month to show of a year too full to be shown whole.
func (p *yearPage) choose(id string) {
	p.Month = p.Months[0].ID
	if slices.ContainsFunc(p.Months, func(m yearMonth) bool { return m.ID == id }) {
		p.Month = id
	}
}

// postYear opens, cancels or closes the season, or changes its days.
func (s *site) postYear(v visit) error {
	ctx, plan, period, get := v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period"), v.r.PostForm.Get
	f := &daysForm{Ask: clean(get("dotazat")), Draft: clean(get("koncept")), Why: clean(get("duvod")), Confirmed: get("potvrzeni"), Faults: map[string]string{}}
	season, err := v.office.Records.Season(ctx, plan, period)
	if err != nil {
		return err
	}
	word := ""
	switch get("action") {
	case "otevrit":
		if word = "obdobi-otevreno"; f.Confirmed == "" {
			f.Faults["potvrzeni"] = "fault.confirm"
		} else {
			err = v.office.OpenSeason(ctx, plan, season.Period, v.who)
		}
	case "zrusit":
		if word = "obdobi-zruseno"; f.needsWhy() {
			err = v.office.CancelSeason(ctx, plan, period, f.Why, v.who)
		}
	case "uzavrit":
		if word = "obdobi-uzavreno"; f.needsWhy() {
			err = v.office.CloseSeason(ctx, plan, period, f.Why, v.who)
		}
	case "dny":
		if word = "obdobi-dny"; f.readable() {
			err = s.setDays(ctx, v, season, f)
		}
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the season")
	}
	if err != nil || len(f.Faults) > 0 {
		return s.yearAgain(v, f, err)
	}
	return v.back(seasonPath("obdobi", plan, period), flash(word))
}

func (f *daysForm) needsWhy() bool {
	if f.Why == "" {
		f.Faults["duvod"] = "fault.season_why"
	}
	return f.Why != ""
}

func (f *daysForm) readable() bool {
	for name, text := range map[string]string{"dotazat": f.Ask, "koncept": f.Draft} {
		if _, err := engine.ParseDate(text); err != nil && text != "" {
			f.Faults[name] = "fault.day"
		}
	}
	return len(f.Faults) == 0
}

// setDays blames the field whose day is not taken.
func (s *site) setDays(ctx context.Context, v visit, season engine.Season, f *daysForm) error {
	ask, draft := engine.Date(f.Ask), engine.Date(f.Draft)
	err := v.office.SetSeasonDays(ctx, season.Plan, season.Period.ID, ask, draft, v.who)
	if engine.CodeOf(err) != engine.Invalid {
		return err
	}
	m, failed := v.office.Records.Municipality(ctx)
	if failed != nil {
		return failed
	}
	_, alone := engine.SetDays(season, m, ask, season.DraftOn, v.who, v.office.Now().In(v.office.Zone))
	if engine.CodeOf(alone) == engine.Invalid && ask != season.AskOn {
		f.Faults["dotazat"] = "fault.season_day"
	} else {
		f.Faults["koncept"] = "fault.season_day"
	}
	return nil
}

func (s *site) yearAgain(v visit, f *daysForm, err error) error {
	status := http.StatusUnprocessableEntity
	f.Reason = "fault.form"
	if err != nil {
		if engine.CodeOf(err) != engine.Conflict {
			return err
		}
		status, f.Reason = http.StatusConflict, "season.moved"
	}
	return s.yearWith(v, status, f)
}

// MonthWay gives the way to a month of the year.
func (p yearPage) MonthWay(id string) string {
	return p.Address() + "?" + url.Values{"mesic": {id}}.Encode()
}
