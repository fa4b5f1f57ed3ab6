package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/workflows"
)

// A deskPage is the overview: what waits, who has answered, what the calendar
// does next, and whether all is well.
type deskPage struct {
	Tiles   []tile
	Open    []seasonProgress
	Board   *board // of the season chosen, nil while none is open
	Closed  []seasonProgress
	Coming  []workflows.Coming
	Letters []workflows.DueDay
	Health  workflows.Health
	Past    []engine.Incident // what kept the installation from working, and has ended
	Ongoing []engine.Incident
	Next    *engine.Meeting // of the steering group, nil while none is called
}

// A tile is a number of things that wait, and the way to them.
type tile struct {
	Key   string // counted sentence
	Count int
	Href  string
}

// A seasonProgress says how far a season is.
type seasonProgress struct {
	Season    engine.Season
	PlanTitle string
	Count     engine.SeasonCount
}

func (s *site) showDesk(v visit) error {
	ctx := v.r.Context()
	p := deskPage{}
	bodies, err := organisations(ctx, v.office)
	if err != nil {
		return err
	}
	if err := p.seasons(v, bodies); err != nil {
		return err
	}
	waiting, err := v.office.WaitingAmong(ctx, bodies)
	if err != nil {
		return err
	}
	p.tiles(waiting)
	if p.Coming, err = v.office.Coming(ctx); err != nil {
		return err
	}
	if p.Letters, err = v.office.LettersAhead(ctx); err != nil {
		return err
	}
	if m, called, err := v.office.NextMeeting(ctx); err != nil {
		return err
	} else if called {
		p.Next = &m
	}
	if p.Health, err = v.office.Health(ctx); err != nil {
		return err
	}
	all, err := s.incidents(ctx)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.Ended.IsZero() {
			p.Ongoing = append(p.Ongoing, i)
		} else {
			p.Past = append(p.Past, i)
		}
	}
	return s.show(v.w, v.r, http.StatusOK, "desk", p)
}

// Worst gives the finding said on top: the first one that is not on every page
// of a town on hold already.
func (p deskPage) Worst() *workflows.Finding {
	for _, f := range p.Health.Findings {
		if f.Code != workflows.OnHold {
			return &f
		}
	}
	return nil
}

// seasons fills in the open seasons with the board of one, and the closed ones,
// newest first.
func (p *deskPage) seasons(v visit, bodies map[string]engine.Organisation) error {
	ctx, q := v.r.Context(), v.r.URL.Query()
	seasons, err := v.office.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	plans, err := v.office.Records.Plans(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		one := seasonProgress{Season: s}
		if i := slices.IndexFunc(plans, func(p engine.Plan) bool { return p.ID == s.Plan }); i >= 0 {
			one.PlanTitle = plans[i].Title
		}
		switch s.State {
		case engine.SeasonClosed:
			p.Closed = append(p.Closed, one)
			continue
		case engine.SeasonCancelled: // nothing of it was ever asked
			continue
		case engine.SeasonPrepared, engine.SeasonOpen:
		}
		if one.Count, err = v.office.Records.SeasonCount(ctx, s.Plan, s.Period.ID); err != nil {
			return err
		}
		p.Open = append(p.Open, one)
	}
	slices.SortStableFunc(p.Closed, func(a, b seasonProgress) int { return cmp.Compare(b.Season.Period.End, a.Season.Period.End) })
	chosen := slices.IndexFunc(p.Open, func(o seasonProgress) bool {
		return o.Season.Plan == q.Get("plan") && o.Season.Period.ID == q.Get("obdobi")
	})
	if len(p.Open) > 0 {
		p.Board, err = newBoard(v, p.Open[max(0, chosen)], bodies)
	}
	return err
}

// NextWay gives the way to the next meeting.
func (p deskPage) NextWay() string {
	return seasonPath("vyhodnoceni", p.Next.Plan, p.Next.Period) + "/jednani/" + strconv.Itoa(p.Next.ID)
}

// tiles puts what waits in the order it is worked off.
func (p *deskPage) tiles(waiting map[string]int) {
	undecided := 0
	for _, s := range p.Open {
		undecided += s.Count.Undecided
	}
	decisions := "/stul/obdobi"
	if p.Board != nil {
		decisions = seasonPath("prevod", p.Board.Season.Plan, p.Board.Season.Period.ID)
	}
	for _, t := range []tile{
		{"tile.pending", waiting["pending"], "/stul/odpovedi"},
		{"tile.inbox", waiting["inbox"], "/stul/prichozi"},
		{"tile.drafts", waiting["drafts"], "/stul/vyhodnoceni"},
		{"tile.decisions", undecided, decisions},
		{"tile.meetings", waiting["meetings"], "/stul/vyhodnoceni"},
		{"tile.bounced", waiting["bounced"], "/stul/organizace"},
		{"tile.contacts", waiting["contacts"], "/stul/organizace"},
		{"tile.mail", waiting["failed"] + waiting["unsure"] + waiting["held"], "/stul/posta"},
	} {
		if t.Count > 0 {
			p.Tiles = append(p.Tiles, t)
		}
	}
}

// States lists how many entries stand in each state, in the order people read
// them; states nothing stands in are left out.
func (p seasonProgress) States() (out []stateShare) {
	for _, state := range append(engine.States(), engine.StateUnknown) {
		if n := p.Count.ByState[state]; n > 0 {
			out = append(out, stateShare{state, n})
		}
	}
	return out
}

// A stateShare says how many entries stand in a state.
type stateShare struct {
	State engine.State
	Count int
}

// Activities gives the way to the list of entries.
func (p seasonProgress) Activities() string {
	return seasonPath("aktivity", p.Season.Plan, p.Season.Period.ID)
}

// EvaluationPage gives the way to the evaluation.
func (p seasonProgress) EvaluationPage() string {
	return seasonPath("vyhodnoceni", p.Season.Plan, p.Season.Period.ID)
}

// Board gives the way to the overview with the board of this season.
func (p seasonProgress) Board() string {
	q := url.Values{"plan": {p.Season.Plan}, "obdobi": {p.Season.Period.ID}}
	return "/stul?" + q.Encode() + "#odpovedi"
}
