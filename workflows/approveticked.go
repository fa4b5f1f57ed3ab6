package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// A Tick is an answer as it was shown when it was ticked.
type Tick struct {
	Key          engine.EntryKey
	Organisation string
	Shown        int // revision
}

// A Tally says what became of answers that were ticked.
type Tally struct {
	Approved int
	Risky    int // to be looked at on their own
	Moved    int // not there, decided or answered anew meanwhile, or not to be approved as they are
}

// ApproveTicked approves answers nobody looked at one by one: only those that
// carry no risk, each as a decision of its own. They are read and written
// together; where one stands in the way of all, each is tried alone.
func (o *Office) ApproveTicked(ctx context.Context, ticks []Tick, who engine.Actor) (Tally, error) {
	t, err := o.approveTogether(ctx, ticks, who)
	if !stands(err) {
		return t, err
	}
	t = Tally{}
	for i := range ticks {
		one, err := o.approveTogether(ctx, ticks[i:i+1], who)
		switch {
		case stands(err):
			one = Tally{Moved: 1}
		case err != nil:
			return t, err
		}
		t.Approved, t.Risky, t.Moved = t.Approved+one.Approved, t.Risky+one.Risky, t.Moved+one.Moved
	}
	return t, nil
}

// stands reports whether an error is about an answer and not about the records.
func stands(err error) bool {
	code := engine.CodeOf(err)
	return code == engine.Conflict || code == engine.Invalid || code == engine.NotFound
}

func (o *Office) approveTogether(ctx context.Context, ticks []Tick, who engine.Actor) (Tally, error) {
	answers, err := o.newest(ctx, ticks)
	if err != nil {
		return Tally{}, err
	}
	items, err := o.queueItems(ctx, answers)
	if err != nil {
		return Tally{}, err
	}
	t := Tally{Moved: len(ticks) - len(items)}
	var changes []engine.Change
	for _, it := range items {
		p := it.Proposal
		if len(it.Risks) > 0 {
			t.Risky++
			continue
		}
		v := engine.Verdict{Shown: p.Revision, Answer: p.Answer, NextStep: engine.NextStepFor(it.Activity, it.Period, p.Answer.Status)}
		c, err := engine.Approve(it.Entry, p, it.Others, v, who, o.local())
		switch {
		case stands(err):
			t.Moved++
		case err != nil:
			return t, err
		default:
			t.Approved++
			changes = append(changes, c)
		}
	}
	return t, o.Records.Commit(ctx, changes...)
}

// newest gives the answers that wait as they were shown, in the order of the
// ticks; each once. Those that have moved are left out.
func (o *Office) newest(ctx context.Context, ticks []Tick) ([]engine.Proposal, error) {
	ids := map[[2]string][]string{}
	for _, tick := range ticks {
		season := [2]string{tick.Key.Plan, tick.Key.Period}
		ids[season] = append(ids[season], tick.Key.Activity)
	}
	waiting := map[Tick]engine.Proposal{}
	for season, activities := range ids {
		all, err := o.Records.Proposals(ctx, season[0], season[1], activities...)
		if err != nil {
			return nil, err
		}
		for _, p := range engine.Newest(all) {
			if p.State == engine.Pending {
				waiting[Tick{p.EntryKey, p.Organisation, p.Revision}] = p
			}
		}
	}
	var out []engine.Proposal
	for i, tick := range ticks {
		if p, ok := waiting[tick]; ok && !slices.Contains(ticks[:i], tick) {
			out = append(out, p)
		}
	}
	return out, nil
}
