package main

import (
	"context"
	"fmt"

	"splneno/engine"
	"splneno/workflows"
)

// desk is what the coordinator does on a day at her desk: she approves at a
// glance what carries no risk, looks at the rest, and empties the pen. The last
// time before the evaluation she sends nothing back.
func (l *life) desk(ctx context.Context, last bool) error {
	queue, err := l.office.Queue(ctx)
	if err != nil {
		return err
	}
	var ticks []workflows.Tick
	for _, item := range queue {
		p := item.Proposal
		_, question := l.town.Says(p.Organisation, p.Activity, l.year, false)
		switch {
		case !last && question != "" && p.Revision == 1 && p.Channel == engine.ByLink:
			l.returned[p.Organisation] = l.days.Add(engine.DateOf(l.clock.Now().In(l.zone)), 3)
			err = l.office.Return(ctx, p.EntryKey, p.Organisation, p.Revision, question, l.who)
		case len(item.Risks) == 0:
			ticks = append(ticks, workflows.Tick{Key: p.EntryKey, Organisation: p.Organisation, Shown: p.Revision})
		default:
			err = l.decide(ctx, item)
		}
		if err != nil {
			return fmt.Errorf("%s of %s: %w", p.Activity, p.Organisation, err)
		}
	}
	if _, err := l.office.ApproveTicked(ctx, ticks, l.who); err != nil {
		return err
	}
	return l.emptyPen(ctx)
}

// decide approves an answer she looked at on its own; what a mail left out she
// fills in. Where another body's became the result already, she takes that back.
func (l *life) decide(ctx context.Context, item workflows.QueueItem) error {
	p, a := item.Proposal, item.Proposal.Answer
	if !a.Status.Known() {
		a, _ = l.town.Says(p.Organisation, p.Activity, l.year, false)
	}
	approve := func() error {
		return l.office.Approve(ctx, p.EntryKey, p.Organisation, engine.Verdict{Shown: p.Revision, Answer: a}, l.who)
	}
	err := approve()
	switch {
	case engine.CodeOf(err) != engine.Conflict:
		return err
	case !item.Entry.State.Final(): // it gave way to the one she has just approved
		return nil
	}
	if err := l.office.Reopen(ctx, p.EntryKey, l.town.Again(), l.who); err != nil {
		return err
	}
	return approve()
}

// emptyPen says of every mail that waits in the pen that it is nothing.
func (l *life) emptyPen(ctx context.Context) error {
	held, err := l.office.Records.Inbox(ctx, 100, engine.InboundHeld)
	if err != nil {
		return err
	}
	for _, in := range held {
		if err := l.office.Ignore(ctx, in.ID, l.who); err != nil {
			return err
		}
	}
	return nil
}

// freeze decides about what is left, reports what she found out about the
// silent, and approves the evaluation.
func (l *life) freeze(ctx context.Context) error {
	if err := l.desk(ctx, true); err != nil {
		return err
	}
	plan, period := l.id()
	entries, err := l.office.Records.Entries(ctx, plan, period)
	if err != nil {
		return err
	}
	for _, e := range entries {
		a, source, ok := l.town.Known(e.Activity, l.year)
		if !e.ApprovedAt.IsZero() || !ok {
			continue
		}
		if err := l.office.Report(ctx, e.EntryKey, a, "", source, l.who); err != nil {
			return err
		}
	}
	e, err := l.office.Draft(ctx, plan, period, "", l.who)
	if err != nil {
		return err
	}
	foreword, conclusion := l.town.Frame(l.year)
	if err := l.office.Frame(ctx, plan, period, e.Number, e.Version, foreword, conclusion, "", l.who); err != nil {
		return err
	}
	if e, err = l.office.Evaluation(ctx, plan, period); err != nil {
		return err
	}
	_, err = l.office.ApproveEvaluation(ctx, plan, period, e.Version, l.who)
	return err
}

// resolve types in what the council resolved, with what follows in the next plan
// where this one ends, and lets everybody read the evaluation.
func (l *life) resolve(ctx context.Context, day engine.Date) error {
	plan, period := l.id()
	r := l.town.Resolution(l.year, day)
	r.Plan, r.Period = plan, period
	if l.ends {
		entries, err := l.office.Records.Entries(ctx, plan, period)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.NextStep == "" || e.NextStep == engine.Continue {
				r.Items = append(r.Items, engine.ResolutionItem{Activity: e.Activity, Next: l.town.Finally(e)})
			}
		}
	}
	if _, err := l.office.Resolve(ctx, r, l.who); err != nil {
		return err
	}
	return l.office.Publish(ctx, plan, period, 1, l.who)
}
