package workflows

import (
	"context"
	"crypto/subtle"
	"strings"

	"splneno/engine"
)

// boardToken gives the token that opens the board of a season to a member.
func (o *Office) boardToken(m engine.Municipality, plan, period string, member engine.Contact) string {
	return o.Links.BoardToken(o.Records.Tenant(), plan, period, strings.ToLower(member.Email), m.Settings.LinkSerial)
}

// BoardBehind finds the season whose board a token opens. Nothing is stored of
// these tokens: each is made again for every member and season, so that it ends
// with the membership or with a raised serial. A token nobody has is NotFound.
func (o *Office) BoardBehind(ctx context.Context, token string) (engine.Season, error) {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return engine.Season{}, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return engine.Season{}, err
	}
	for _, s := range seasons {
		for _, member := range m.SteeringGroup {
			if subtle.ConstantTimeCompare([]byte(token), []byte(o.boardToken(m, s.Plan, s.Period.ID, member))) == 1 {
				return s, nil
			}
		}
	}
	return engine.Season{}, engine.Errorf(engine.NotFound, "this link opens no board; it may have been ended")
}

// Reword changes the words of an official result as it was shown, and nothing else.
func (o *Office) Reword(ctx context.Context, k engine.EntryKey, shown int, narrative, missing string, who engine.Actor) error {
	e, err := o.entryAs(ctx, k, shown)
	if err != nil {
		return err
	}
	c, err := engine.Reword(e, narrative, missing, who, o.local())
	if err != nil || c.Event == "" {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// Frame puts the coordinator's words around the newest evaluation. shown is its
// number and version; when it has moved it is a Conflict.
func (o *Office) Frame(ctx context.Context, plan, period string, number, version int, foreword, conclusion, reason string, who engine.Actor) error {
	e, err := o.evaluationAs(ctx, plan, period, number, version)
	if err != nil {
		return err
	}
	c, err := engine.Frame(e, foreword, conclusion, reason, who, o.local().UTC())
	if err != nil || c.Event == "" {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// A Readiness says what is still missing before an evaluation is approved.
type Readiness struct {
	Entries   int
	Results   int // entries without an official result
	Decisions int // entries about which nobody said what follows
	Waiting   int // answers that wait for the coordinator
	Silent    int // bodies that were asked and owe an answer
	Totals    engine.Totals
}

// Ready reports whether nothing is missing.
func (r Readiness) Ready() bool { return r.Results+r.Decisions+r.Waiting+r.Silent == 0 }

// Readiness counts what is missing in a season.
func (o *Office) Readiness(ctx context.Context, s engine.Season, p engine.Plan) (Readiness, error) {
	var r Readiness
	counts, err := o.Records.EntryCounts(ctx, engine.EntryFilter{Plan: s.Plan, Period: s.Period.ID})
	if err != nil {
		return r, err
	}
	r.Totals = engine.TotalsOf(counts)
	for _, c := range counts {
		r.Entries += c.N
		if !c.Official {
			r.Results += c.N
		}
		for _, state := range p.Unsettled(s.Period) {
			if c.State == state && c.Next == "" {
				r.Decisions += c.N
			}
		}
	}
	if r.Waiting, err = o.Records.CountPending(ctx, s.Plan, s.Period.ID); err != nil {
		return r, err
	}
	r.Silent, err = o.Records.CountSilent(ctx, s.Plan, s.Period.ID)
	return r, err
}
