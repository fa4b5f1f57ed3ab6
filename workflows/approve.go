package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// A QueueItem is one answer in the coordinator's queue with what she compares it to.
type QueueItem struct {
	Case     engine.Case // of the organisation that answered
	Activity engine.Activity
	Entry    engine.Entry
	Proposal engine.Proposal
	Others   []engine.Proposal // newest answers of other organisations about the same activity
}

// Queue gives what waits for the coordinator, by organisation, oldest first.
func (o *Office) Queue(ctx context.Context) ([]QueueItem, error) {
	pending, err := o.Records.PendingProposals(ctx)
	if err != nil {
		return nil, err
	}
	cases := map[[3]string]engine.Case{}
	var out []QueueItem
	for _, p := range pending {
		k := [3]string{p.Plan, p.Period, p.Organisation}
		c, ok := cases[k]
		if !ok {
			r, err := o.Records.Request(ctx, p.Plan, p.Period, p.Organisation)
			if err != nil {
				return nil, err
			}
			if c, err = o.caseOf(ctx, r); err != nil {
				return nil, err
			}
			cases[k] = c
		}
		item, err := o.queueItem(ctx, c, p)
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	slices.SortStableFunc(out, func(a, b QueueItem) int { return compareItems(a, b, pending) })
	return out, nil
}

// compareItems puts bodies in the order of their oldest waiting answer, and
// their answers in the order of the plan.
func compareItems(a, b QueueItem, pending []engine.Proposal) int {
	first := func(body string) int {
		return slices.IndexFunc(pending, func(p engine.Proposal) bool { return p.Organisation == body })
	}
	if n := first(a.Proposal.Organisation) - first(b.Proposal.Organisation); n != 0 {
		return n
	}
	return a.Activity.Position - b.Activity.Position
}

func (o *Office) queueItem(ctx context.Context, c engine.Case, p engine.Proposal) (QueueItem, error) {
	item := QueueItem{Case: c, Proposal: p}
	i := slices.IndexFunc(c.Entries, func(e engine.Entry) bool { return e.Activity == p.Activity })
	if i < 0 {
		return item, engine.Errorf(engine.NotFound, "activity %s is not among those %s was asked about", p.Activity, p.Organisation)
	}
	item.Activity, item.Entry = c.Activities[i], c.Entries[i]
	all, err := o.Records.Proposals(ctx, p.Plan, p.Period, p.Activity)
	if err != nil {
		return item, err
	}
	item.Others = slices.DeleteFunc(engine.Newest(all), func(q engine.Proposal) bool { return q.Organisation == p.Organisation })
	return item, nil
}

// Answered gives the newest answer of an organisation about an activity with
// all around it, whether it waits or not: what an approval is held against.
func (o *Office) Answered(ctx context.Context, k engine.EntryKey, organisation string) (QueueItem, error) {
	r, err := o.Records.Request(ctx, k.Plan, k.Period, organisation)
	if err != nil {
		return QueueItem{}, err
	}
	c, err := o.caseOf(ctx, r)
	if err != nil {
		return QueueItem{}, err
	}
	for _, p := range c.Proposals {
		if p.Activity == k.Activity {
			return o.queueItem(ctx, c, p)
		}
	}
	return QueueItem{}, engine.Errorf(engine.NotFound, "%s has not answered about %s", organisation, k.Activity)
}

// Approve makes the organisation's answer official. With Conflict, v.Shown is
// no longer the newest revision or the entry has moved: look and decide again.
func (o *Office) Approve(ctx context.Context, k engine.EntryKey, organisation string, v engine.Verdict, who engine.Actor) error {
	item, err := o.Answered(ctx, k, organisation)
	if err != nil {
		return err
	}
	if v.NextStep == "" {
		v.NextStep = engine.NextStepFor(item.Activity, item.Case.Season.Period, v.Answer.Status)
	}
	c, err := engine.Approve(item.Entry, item.Proposal, item.Others, v, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// Return sends an answer back with a question; it is mailed at once unless the
// organisation was already written to today, then on the next working day.
func (o *Office) Return(ctx context.Context, k engine.EntryKey, organisation string, shown int, question string, who engine.Actor) error {
	item, err := o.Answered(ctx, k, organisation)
	if err != nil {
		return err
	}
	c, err := engine.Return(item.Case, item.Proposal, shown, question, who, o.local())
	if err != nil {
		return err
	}
	if err := o.Records.Commit(ctx, c); err != nil {
		return err
	}
	o.askNow(ctx, k, organisation)
	return nil
}

// askNow writes to one organisation if today is a day for it. The return stands
// already, so a failure here is no failure of it: the next letters run finds
// the question still unasked.
func (o *Office) askNow(ctx context.Context, k engine.EntryKey, organisation string) {
	s, err := o.sweep(ctx)
	if err != nil || s == nil {
		return
	}
	if r, err := o.Records.Request(ctx, k.Plan, k.Period, organisation); err == nil && s.look(ctx, r) == nil {
		_ = s.escalate(ctx)
	}
}

// Reopen takes a result back, for a reason.
func (o *Office) Reopen(ctx context.Context, k engine.EntryKey, reason string, who engine.Actor) error {
	e, err := o.entry(ctx, k)
	if err != nil {
		return err
	}
	c, err := engine.ReopenEntry(e, reason, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// Decide records what follows a yearly result.
func (o *Office) Decide(ctx context.Context, k engine.EntryKey, next engine.NextStep, to engine.Date, who engine.Actor) error {
	e, err := o.entry(ctx, k)
	if err != nil {
		return err
	}
	c, err := engine.Decide(e, next, to, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// Report makes official what the coordinator knows herself; source says from where.
func (o *Office) Report(ctx context.Context, k engine.EntryKey, a engine.Answer, next engine.NextStep, source string, who engine.Actor) error {
	e, err := o.entry(ctx, k)
	if err != nil {
		return err
	}
	if next == "" {
		s, err := o.Records.Season(ctx, k.Plan, k.Period)
		if err != nil {
			return err
		}
		promised, err := o.Records.Activities(ctx, k.Plan, k.Activity)
		if err != nil {
			return err
		}
		if len(promised) > 0 {
			next = engine.NextStepFor(promised[0], s.Period, a.Status)
		}
	}
	c, err := engine.Report(e, a, next, source, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

func (o *Office) entry(ctx context.Context, k engine.EntryKey) (engine.Entry, error) {
	list, err := o.Records.Entries(ctx, k.Plan, k.Period, k.Activity)
	if err != nil {
		return engine.Entry{}, err
	}
	if len(list) == 0 {
		return engine.Entry{}, engine.Errorf(engine.NotFound, "plan %s has no activity %s in %s", k.Plan, k.Activity, k.Period)
	}
	return list[0], nil
}
