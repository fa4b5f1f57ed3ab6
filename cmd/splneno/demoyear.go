package main

import (
	"context"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/store/planfile"
)

// The days of the demo's year: Klatovsko asks after the year has ended.
const (
	demoFrom    engine.Date = "2023-01-09"
	demoUntil   engine.Date = "2024-03-01"
	demoApprove engine.Date = "2024-02-20" // the coordinator approves the evaluation
	demoReopen  engine.Date = "2024-02-12" // she takes one result back
)

// year lives through the first year.
func (d *demo) year(ctx context.Context, w *world) error {
	d.clock.Set(demoFrom.In(d.zone, 9, 0))
	if err := d.prepare(ctx); err != nil {
		return err
	}
	return d.live(ctx, w, &people{demo: d}, demoFrom, demoUntil)
}

// live lives through some days, one by one.
func (d *demo) live(ctx context.Context, w *world, p *people, from, until engine.Date) error {
	bar := d.progress(w, until.Sub(from)+1)
	for day := from; day <= until; day = day.AddDays(1) {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.clock.Set(day.In(d.zone, 9, 0))
		if err := d.office.Tick(ctx); err != nil {
			return err
		}
		d.clock.Set(day.In(d.zone, 10, 0))
		if err := p.answer(ctx, day); err != nil {
			return fmt.Errorf("answers of %s: %w", day, err)
		}
		if err := d.office.Understand(ctx); err != nil { // as serve does when a mail has come in
			return err
		}
		d.clock.Set(day.In(d.zone, 14, 0))
		if err := d.desk(ctx, day); err != nil {
			return fmt.Errorf("desk on %s: %w", day, err)
		}
		_ = bar.Add(1)
	}
	_ = bar.Finish()
	return nil
}

// progress shows how far the year is, to a person.
func (d *demo) progress(w *world, days int) *progressbar.ProgressBar {
	if !w.screen {
		return progressbar.DefaultSilent(int64(days))
	}
	return progressbar.NewOptions(days, progressbar.OptionSetWriter(w.err), progressbar.OptionSetDescription(d.season.Period.ID),
		progressbar.OptionThrottle(50*time.Millisecond), progressbar.OptionClearOnFinish())
}

// prepare sets the municipality up, imports both plans and opens the season.
func (d *demo) prepare(ctx context.Context) error {
	m := d.script.Municipality
	if _, err := d.office.SetUp(ctx, d.coordinator, func(to *engine.Municipality) {
		to.Name, to.Sender, to.ReplyTo, to.Preset = m.Name, m.Sender, m.ReplyTo, engine.AfterYear
		to.Coordinator = m.Coordinator.Contact()
		for _, p := range m.SteeringGroup {
			to.SteeringGroup = append(to.SteeringGroup, p.Contact())
		}
	}); err != nil {
		return err
	}
	var plan engine.Plan
	for _, file := range []struct {
		name string
		data []byte
	}{{"klatovy-2008-2013.yaml", example.Klatovy2008()}, {"klatovsko-2023.yaml", example.Klatovsko2023()}} {
		known, err := d.office.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		draft, err := planfile.Read(file.name, file.data, known)
		if err != nil {
			return fmt.Errorf("%s: %w", file.name, err)
		}
		if err := d.office.Import(ctx, draft, d.coordinator); err != nil {
			return fmt.Errorf("%s: %w", file.name, err)
		}
		plan = draft.Plan
		d.say("%s  imported %s: %s", demoFrom, draft.Plan.Title, engine.CountOf(len(draft.Activities), "activity", "activities"))
	}
	if err := d.office.OpenSeason(ctx, plan.ID, engine.Year(2023), d.coordinator); err != nil {
		return err
	}
	requests, err := d.office.Records.Requests(ctx, plan.ID, "2023")
	d.say("%s  season 2023 opened: %s will be asked", demoFrom, engine.CountOf(len(requests), "organisation", "organisations"))
	d.season = engine.Season{Plan: plan.ID, Period: engine.Year(2023)}
	return err
}

// desk is what the coordinator does on a day.
func (d *demo) desk(ctx context.Context, day engine.Date) error {
	if !engine.NewWorkdays(nil).Works(day) {
		return nil
	}
	for _, does := range []func(context.Context, engine.Date) error{d.decide, d.acceptContacts, d.conclude, d.further, d.callMeetings} {
		if err := does(ctx, day); err != nil {
			return err
		}
	}
	return nil
}

// conclude is what brings the first year to its end.
func (d *demo) conclude(ctx context.Context, day engine.Date) error {
	switch day {
	case demoReopen:
		return d.reopen(ctx)
	case demoApprove:
		return d.approveEvaluation(ctx, day)
	case d.plot.Resolution.Day:
		return d.resolve(ctx)
	case d.plot.Published:
		return d.publish(ctx)
	}
	return nil
}

// decide empties the queue: an answer the script finds wanting is returned with
// its question, the others are approved as they are.
func (d *demo) decide(ctx context.Context, day engine.Date) error {
	queue, err := d.office.Queue(ctx)
	if err != nil {
		return err
	}
	decided := 0
	for _, item := range queue {
		p := item.Proposal
		a := d.script.Answers[p.Activity]
		switch {
		case a.Return != "" && p.Revision == 1:
			d.say("%s  returned %s to %s with a question", day, p.Activity, item.Organisation.Name)
			err = d.office.Return(ctx, p.EntryKey, p.Organisation, p.Revision, a.Return, d.coordinator)
		case a.Waits:
			continue
		case item.Entry.State.Final():
			continue // a second body about what is already decided: left for the record
		default:
			err = d.office.Approve(ctx, p.EntryKey, p.Organisation, engine.Verdict{Shown: p.Revision, Answer: d.completed(p, a), NextStep: a.Next}, d.coordinator)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.Activity, err)
		}
		decided++
	}
	if decided > 0 {
		d.say("%s  the coordinator decided about %s", day, engine.CountOf(decided, "answer", "answers"))
	}
	return nil
}

// acceptContacts takes over the deputies that out-of-office replies named.
func (d *demo) acceptContacts(ctx context.Context, day engine.Date) error {
	bodies, err := d.office.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, body := range bodies {
		for _, c := range body.Contacts {
			if !c.Proposed {
				continue
			}
			d.say("%s  accepted a deputy of %s, named by an out-of-office reply", day, body.Name)
			if err := d.office.AnswerContact(ctx, body.ID, c.Email, true, d.coordinator); err != nil {
				return err
			}
		}
	}
	return nil
}

// completed is the answer as the coordinator approves it: what a reply left out
// she fills in.
func (d *demo) completed(p engine.Proposal, a example.ScriptAnswer) engine.Answer {
	if p.Answer.Status.Known() {
		return p.Answer
	}
	d.say("  %s: the reply says no status; the coordinator reads it as %s", p.Activity, a.Status)
	return a.Answer()
}

// reopen takes one result back and records the right one.
func (d *demo) reopen(ctx context.Context) error {
	for id, a := range d.script.Answers {
		if a.Reopen == "" {
			continue
		}
		k := engine.EntryKey{Plan: d.season.Plan, Period: d.season.Period.ID, Activity: id}
		if err := d.office.Reopen(ctx, k, a.Reopen, d.coordinator); err != nil {
			return err
		}
		d.say("%s  reopened %s: %s", demoReopen, id, a.Reopen)
		if err := d.office.Report(ctx, k, a.Corrected.Answer(), a.Corrected.Next, a.Reopen, d.coordinator); err != nil {
			return err
		}
	}
	return nil
}

// approveEvaluation freezes the draft the calendar made.
func (d *demo) approveEvaluation(ctx context.Context, day engine.Date) error {
	e, err := d.office.Draft(ctx, d.season.Plan, d.season.Period.ID, "", d.coordinator)
	if err != nil {
		return err
	}
	if err := d.office.Frame(ctx, e.Plan, e.Period.ID, e.Number, e.Version, d.plot.Foreword, d.plot.Conclusion, "", d.coordinator); err != nil {
		return err
	}
	if e, err = d.rework(ctx, e); err != nil {
		return err
	}
	if e, err = d.office.ApproveEvaluation(ctx, e.Plan, e.Period.ID, e.Version, d.coordinator); err != nil {
		return err
	}
	d.say("%s  evaluation approved and frozen: %s", day, e.Hash)
	return nil
}

// resolve types in what the steering group resolved about it at its meeting.
func (d *demo) resolve(ctx context.Context) error {
	said := d.plot.Resolution
	meetings, err := d.office.Records.Meetings(ctx, d.season.Plan, d.season.Period.ID)
	if err != nil {
		return err
	}
	r := engine.Resolution{Plan: d.season.Plan, Period: d.season.Period.ID, Number: said.Number, Body: said.Body, Day: said.Day, Verb: engine.VerbApproved, Text: said.Text}
	for _, m := range meetings {
		if m.Day == said.Day {
			r.Meeting = m.ID
		}
	}
	for _, item := range said.Items {
		r.Items = append(r.Items, engine.ResolutionItem{Activity: item.Activity, Next: item.Next, Note: item.Note})
	}
	if _, err := d.office.Resolve(ctx, r, d.coordinator); err != nil {
		return err
	}
	d.say("%s  resolution %s of the meeting typed in", said.Day, said.Number)
	return nil
}
