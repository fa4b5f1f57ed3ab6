package workflows

import (
	"context"
	"time"

	"splneno/engine"
)

// purgeRuns bounds how many portions one run takes away: the rest goes the next
// day, and nobody waits for it.
const purgeRuns = 200

// nothingPast is the note of a purge after which none need run for purgeAhead
// while periods and seasons are the same: what comes in is younger. Only what was
// kept back for another reason, as an old mail in the pen was, goes that much later.
const (
	nothingPast = "nothing is past its period"
	purgeAhead  = 7 * 24 * time.Hour
)

// purge lets go what is past its period. The journal says how much, portion by
// portion; a run without anything to do leaves no line.
func (o *Office) purge(ctx context.Context, _ engine.Occurrence) (string, error) {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return "", err
	}
	week := o.local().Add(purgeAhead)
	if there, err := o.Records.Stocks(ctx); err != nil || m.Keep.Rests(there, week) {
		return nothingPast, err
	}
	seasons, heads, err := o.inProgress(ctx)
	if err != nil {
		return "", err
	}
	if soon, err := o.due(ctx, m.Keep.Purges(week, seasons, heads)); err != nil || len(soon) == 0 {
		return nothingPast, err
	}
	purges := m.Keep.Purges(o.local(), seasons, heads)
	due, err := o.due(ctx, purges)
	if err != nil || len(due) == 0 {
		return "nothing is past its period yet", err
	}
	gone, most := 0, 0
	for _, k := range due {
		gone, most = gone+k.Due, max(most, k.Due)
	}
	runs := min((most+engine.PurgePortion-1)/engine.PurgePortion, purgeRuns)
	for range runs {
		err := o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: engine.Actor{Kind: engine.ActorCalendar, Name: "purge"}, Event: "purged",
			Subject: o.Records.Tenant(), Purge: only(purges, due)})
		if err != nil {
			return "", err
		}
	}
	return engine.CountOf(gone, "record", "records") + " in " + engine.CountOf(runs, "portion", "portions"), nil
}

// due gives the kinds of which there is any to go.
func (o *Office) due(ctx context.Context, purges []engine.Purge) (some []engine.Stock, err error) {
	kept, err := o.Records.Kept(ctx, purges)
	for _, k := range kept {
		if k.Due > 0 {
			some = append(some, k)
		}
	}
	return some, err
}

// inProgress gives what says which seasons are not done with.
func (o *Office) inProgress(ctx context.Context) ([]engine.Season, []engine.Evaluation, error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, nil, err
	}
	heads, err := o.Records.EvaluationHeads(ctx)
	return seasons, heads, err
}

func only(purges []engine.Purge, kept []engine.Stock) (out []engine.Purge) {
	for _, p := range purges {
		for _, k := range kept {
			if k.Kind == p.Kind {
				out = append(out, p)
			}
		}
	}
	return out
}

// A Keeping is how a kind of record is kept, and what is there of it.
type Keeping struct {
	Rule   engine.KeepRule
	There  engine.Stock
	Period int // in months, [engine.KeepForever] for no end
}

// Shortened gives the kinds of which more would go than before.
func Shortened(before, after []Keeping) (out []Keeping) {
	for i, k := range after {
		if k.There.Due > before[i].There.Due {
			out = append(out, k)
		}
	}
	return out
}

// Retention says how every kind of record is kept under some periods, and how
// much would go by them now.
func (o *Office) Retention(ctx context.Context, periods engine.Retention) ([]Keeping, error) {
	seasons, heads, err := o.inProgress(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := o.Records.Kept(ctx, periods.Purges(o.local(), seasons, heads))
	if err != nil {
		return nil, err
	}
	byKind := map[engine.RecordKind]engine.Stock{}
	for _, k := range kept {
		byKind[k.Kind] = k
	}
	var out []Keeping
	for _, rule := range engine.KeepRules() {
		out = append(out, Keeping{rule, byKind[rule.Kind], periods.Months(rule)})
	}
	return out, nil
}
