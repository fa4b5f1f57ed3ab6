package workflows

import (
	"context"

	"splneno/engine"
)

// Approve makes the organisation's answer official. With Conflict, v.Shown is
// no longer the newest revision or the entry has moved: look and decide again.
func (o *Office) Approve(ctx context.Context, k engine.EntryKey, organisation string, v engine.Verdict, who engine.Actor) error {
	item, err := o.Answered(ctx, k, organisation)
	if err != nil {
		return err
	}
	if err := item.Season.Begun(); err != nil {
		return err
	}
	if v.NextStep == "" {
		v.NextStep = engine.NextStepFor(item.Activity, item.Period, v.Answer.Status)
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
	r, err := o.Records.Request(ctx, k.Plan, k.Period, organisation)
	if err != nil {
		return err
	}
	asked, err := o.caseOf(ctx, r)
	if err != nil {
		return err
	}
	item, err := o.Answered(ctx, k, organisation)
	if err != nil {
		return err
	}
	c, err := engine.Return(asked, item.Proposal, shown, question, who, o.local())
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
	if r, err := o.Records.Request(ctx, k.Plan, k.Period, organisation); err == nil && s.lookAlone(ctx, r) == nil {
		_ = s.escalate(ctx)
	}
}

// Reopen takes a result back, for a reason. While the season is open, the
// answer it rested on waits again.
func (o *Office) Reopen(ctx context.Context, k engine.EntryKey, reason string, who engine.Actor) error {
	e, err := o.entry(ctx, k)
	if err != nil {
		return err
	}
	s, err := o.Records.Season(ctx, k.Plan, k.Period)
	if err != nil {
		return err
	}
	if err := s.Begun(); err != nil {
		return err
	}
	var answers []engine.Proposal
	if s.State == engine.SeasonOpen {
		if answers, err = o.Records.Proposals(ctx, k.Plan, k.Period, k.Activity); err != nil {
			return err
		}
	}
	c, err := engine.ReopenEntry(e, reason, who, o.local(), answers...)
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
	if err := o.begun(ctx, k.Plan, k.Period); err != nil {
		return err
	}
	c, err := engine.Decide(e, next, to, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// Report makes official what the coordinator knows herself; source says from
// where. Answers that wait about it give way.
func (o *Office) Report(ctx context.Context, k engine.EntryKey, a engine.Answer, next engine.NextStep, source string, who engine.Actor) error {
	e, err := o.entry(ctx, k)
	if err != nil {
		return err
	}
	s, err := o.Records.Season(ctx, k.Plan, k.Period)
	if err != nil {
		return err
	}
	if err := s.Begun(); err != nil {
		return err
	}
	if next == "" {
		promised, err := o.Records.Activities(ctx, k.Plan, k.Activity)
		if err != nil {
			return err
		}
		if len(promised) > 0 {
			next = engine.NextStepFor(promised[0], s.Period, a.Status)
		}
	}
	answers, err := o.Records.Proposals(ctx, k.Plan, k.Period, k.Activity)
	if err != nil {
		return err
	}
	c, err := engine.Report(e, a, next, source, who, o.local(), answers...)
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// Note keeps what the coordinator wants to remember about an entry.
func (o *Office) Note(ctx context.Context, k engine.EntryKey, text string, who engine.Actor) error {
	if _, err := o.entry(ctx, k); err != nil {
		return err
	}
	c, err := engine.Note(k, text, who, o.local())
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
