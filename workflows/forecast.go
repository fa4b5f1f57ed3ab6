package workflows

import (
	"cmp"
	"context"
	"slices"
	"time"

	"splneno/engine"
)

// A Question says which future is asked for.
type Question struct {
	Until    engine.Date
	Prepared bool                 // prepared seasons too, as if they were opened now
	As       *engine.Municipality // with these settings instead of the stored ones
}

// An Outlook is every mail to organisations, and every escalation about them,
// that will leave by the calendar if nobody answers, by day, and the papers of
// meetings.
type Outlook struct {
	Mailings []engine.Mailing
	Days     []SeasonDay
	Packs    []PackDay
}

// A SeasonDay is a day on which the calendar does something for a whole season:
// rule is "ask" or "draft". Day is "" when it never will: the day has passed, or
// lies behind the days asked for.
type SeasonDay struct {
	Plan, Period, Rule string
	Day                engine.Date
	Late               bool // the day of the calendar has passed without the rule having run
}

// Forecast says what will leave until a day. It stores nothing.
func (o *Office) Forecast(ctx context.Context, q Question) (Outlook, error) {
	var out Outlook
	a, err := o.almanac(ctx, q)
	if err != nil {
		return out, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return out, err
	}
	bodies := map[string][]engine.Prospect{}
	for _, s := range seasons {
		if s.State != engine.SeasonOpen && !(q.Prepared && s.State == engine.SeasonPrepared) {
			continue
		}
		ask, draft, err := a.days(s)
		if err != nil {
			return out, err
		}
		out.Days = append(out.Days, ask.SeasonDay, draft.SeasonDay)
		cases, err := a.cases(ctx, s)
		if err != nil {
			return out, err
		}
		for _, c := range cases {
			id := c.Organisation.ID
			bodies[id] = append(bodies[id], engine.Prospect{Case: c, AskOn: ask.Day, AskAfter: ask.after})
		}
	}
	for _, of := range bodies {
		out.Mailings = append(out.Mailings, engine.Forecast(of, a.letters)...)
	}
	if out.Packs, err = a.packs(ctx, q.Until); err != nil {
		return out, err
	}
	slices.SortFunc(out.Mailings, func(a, b engine.Mailing) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Organisation, b.Organisation), cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.Period, b.Period),
			cmp.Compare(a.Kind, b.Kind))
	})
	return out, nil
}

// ledgerLines is how far back what is still due is looked for.
const ledgerLines = 200

// An almanac knows when the rules of the calendar will run.
type almanac struct {
	*Office
	municipality engine.Municipality
	as           bool // the settings are not the stored ones
	until        time.Time
	from         map[string]time.Time // rule → up to where its occurrences are made
	due          map[string][]engine.Occurrence
	letters      []engine.Date
}

func (o *Office) almanac(ctx context.Context, q Question) (*almanac, error) {
	a := &almanac{Office: o, as: q.As != nil, until: q.Until.AddDays(1).In(o.Zone, 0, 0).Add(-time.Second), due: map[string][]engine.Occurrence{}}
	var err error
	if a.municipality, err = o.Records.Municipality(ctx); err != nil {
		return nil, err
	}
	if a.as {
		a.municipality = *q.As
	}
	if a.from, err = o.Records.Cursors(ctx); err != nil {
		return nil, err
	}
	for _, rule := range Calendar() {
		if a.from[rule.Name].IsZero() { // a rule never seen starts now
			a.from[rule.Name] = o.local()
		}
	}
	ledger, err := o.Records.Occurrences(ctx, ledgerLines)
	if err != nil {
		return nil, err
	}
	for _, occ := range ledger {
		if occ.State == engine.Due {
			a.due[occ.Rule] = append(a.due[occ.Rule], occ)
		}
	}
	return a, a.writing()
}

// writing finds the days on which letters are written.
func (a *almanac) writing() (err error) {
	a.letters, err = a.workingDays("letters")
	return err
}

// workingDays finds the working days a rule runs on. What was missed is made up
// for today.
func (a *almanac) workingDays(rule string) ([]engine.Date, error) {
	at, err := ruleNamed(rule).instants(a.municipality, nil, a.Zone, a.from[rule], a.until)
	if err != nil {
		return nil, err
	}
	days := []engine.Date{}
	if len(a.due[rule]) > 0 {
		days = append(days, a.today())
	}
	for _, t := range at {
		days = append(days, max(a.today(), engine.DateOf(t)))
	}
	w := engine.NewWorkdays(a.municipality.DaysOff)
	return slices.DeleteFunc(slices.Compact(days), func(d engine.Date) bool { return !w.Works(d) }), nil
}

// A coming day of a season, and whether it comes after that day's letters.
type comingDay struct {
	SeasonDay
	after bool
}

// days gives the days a season will be asked about and drafted.
func (a *almanac) days(s engine.Season) (ask, draft comingDay, err error) {
	if ask.SeasonDay = (SeasonDay{Plan: s.Plan, Period: s.Period.ID, Rule: "ask"}); s.AskedOn == "" {
		if ask, err = a.coming("ask", s); err != nil {
			return ask, draft, err
		}
	}
	draft, err = a.coming("draft", s)
	return ask, draft, err
}

// coming finds the first occurrence of the rule that serves the season.
func (a *almanac) coming(name string, s engine.Season) (comingDay, error) {
	rule := ruleNamed(name)
	out := comingDay{SeasonDay: SeasonDay{Plan: s.Plan, Period: s.Period.ID, Rule: name}}
	from := a.from[name]
	if s.State == engine.SeasonPrepared { // opened now, its day may have passed: then it is asked about at once
		from = s.Period.Start.In(a.Zone, 0, 0)
	}
	at, err := rule.instants(a.municipality, []engine.Season{s}, a.Zone, from, a.until)
	if err != nil {
		return out, err
	}
	for _, occ := range a.due[name] {
		if rule.serves(a.municipality, s, occ.Day) {
			out.Day, out.Late = a.today(), true
			return out, nil
		}
	}
	for _, t := range at {
		day := engine.DateOf(t)
		if !rule.serves(a.municipality, s, day) || s.State == engine.SeasonPrepared && name == "draft" && day < a.today() {
			continue
		}
		out.Day, out.Late = max(a.today(), day), day < a.today()
		out.after = !out.Late && !t.Before(ruleNamed("letters").at(a.municipality, day, a.Zone))
		return out, nil
	}
	passed, err := a.passed(rule, s)
	out.Late = passed
	return out, err
}

// passed reports whether the rule's day of the season lies in the past.
func (a *almanac) passed(rule Rule, s engine.Season) (bool, error) {
	at, err := rule.instants(a.municipality, []engine.Season{s}, a.Zone, s.Period.Start.In(a.Zone, 0, 0), a.local())
	return slices.ContainsFunc(at, func(t time.Time) bool { return rule.serves(a.municipality, s, engine.DateOf(t)) }), err
}

// cases gathers every request of a season with what it takes to decide about
// it. A prepared season is taken as if it were opened now.
func (a *almanac) cases(ctx context.Context, s engine.Season) ([]engine.Case, error) {
	f := facts{municipality: a.municipality, season: s, activities: map[string]engine.Activity{}, entries: map[string]engine.Entry{}, proposals: map[string][]engine.Proposal{}}
	if s.State == engine.SeasonPrepared {
		return a.opened(ctx, f)
	}
	if err := a.gather(ctx, &f); err != nil {
		return nil, err
	}
	requests, err := a.Records.Requests(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return nil, err
	}
	cases, err := f.cases(requests)
	if a.as {
		for i := range cases {
			cases[i].Request, _ = rescheduled(cases[i], a.local())
		}
	}
	return cases, err
}

// gather reads all that a season's requests need.
func (a *almanac) gather(ctx context.Context, f *facts) (err error) {
	s := f.season
	if f.plan, err = a.Records.Plan(ctx, s.Plan); err != nil {
		return err
	}
	organisations, err := a.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	f.bodies = engine.OrganisationsByID(organisations)
	activities, err := a.Records.Terms(ctx, s.Plan)
	if err != nil {
		return err
	}
	for _, x := range activities {
		f.activities[x.ID] = x
	}
	entries, err := a.Records.Standing(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		f.entries[e.Activity] = e
	}
	proposals, err := a.Records.Unsettled(ctx, s.Plan, s.Period.ID)
	for _, p := range proposals {
		f.proposals[p.Activity] = append(f.proposals[p.Activity], p)
	}
	return err
}

// cases fills the cases of requests.
func (f facts) cases(requests []engine.Request) ([]engine.Case, error) {
	var out []engine.Case
	for _, r := range requests {
		c := engine.Case{Request: r}
		if err := f.fill(&c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// opened gives the cases of a prepared season as opening it now would make them.
func (a *almanac) opened(ctx context.Context, f facts) ([]engine.Case, error) {
	st, err := a.standing(ctx, f.season, engine.Change{})
	if err != nil {
		return nil, err
	}
	st.Opening.Municipality = a.municipality
	c, err := st.Open(false, engine.Actor{Kind: engine.ActorCoordinator}, a.local())
	if err != nil {
		return nil, err
	}
	f.plan, f.season, f.bodies = st.Opening.Plan, c.Seasons[0], engine.OrganisationsByID(st.Opening.Organisations)
	for _, x := range st.Opening.Activities {
		f.activities[x.ID] = x
	}
	for _, e := range append(st.Entries, c.Entries...) {
		f.entries[e.Activity] = e
	}
	return f.cases(c.Requests)
}

// rescheduled gives a request with its next look worked out under the settings
// of its case. What those settings would have said in the past stays unsaid,
// unless something was overdue already.
func rescheduled(c engine.Case, now time.Time) (r engine.Request, changed bool) {
	r = c.Request
	if today := engine.DateOf(now); r.NextOn == "" || r.NextOn > today {
		r.LookedOn = max(r.LookedOn, today.AddDays(-1))
	}
	answered := r.AnsweredAt
	r = c.Reschedule(r, now)
	r.AnsweredAt = answered
	return r, r.NextOn != c.Request.NextOn
}
