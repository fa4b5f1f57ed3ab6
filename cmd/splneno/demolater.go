package main

import (
	"context"
	"fmt"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/engine/czech"
)

// The days of the demo's second year: the plan that follows from the first one,
// and its first answers.
const (
	demoTidy      engine.Date = "2024-03-04" // mail that came too late for the first year is put away
	demoNextPlan  engine.Date = "2024-03-06" // the next plan is prepared from what was decided
	demoNextOpen  engine.Date = "2024-04-02" // its first season opens
	demoPrepared  engine.Date = "2025-01-20" // the season after that is prepared
	demoToday     engine.Date = "2025-01-22" // the day visitors find
	demoNewestAsk engine.Date = "2026-01-12" // when it asks
)

// later lives through the second year, day by day like the first.
func (d *demo) later(ctx context.Context, w *world) error {
	answering, err := example.Answers2024()
	if err != nil {
		return err
	}
	p := &people{demo: d, read: len(d.box.Messages())}
	d.script.Answering = answering
	return d.live(ctx, w, p, demoUntil.AddDays(1), demoToday)
}

// further is what she decides on a day of the second year beside the answers.
func (d *demo) further(ctx context.Context, day engine.Date) error {
	switch day {
	case demoTidy:
		return d.tidy(ctx)
	case demoNextPlan:
		return d.nextPlan(ctx)
	case d.plot.Region.Day:
		return d.region(ctx)
	case d.plot.Approval.Day:
		return d.approvePlan(ctx)
	case demoNextOpen:
		return d.openLater(ctx)
	case d.plot.Amendment.Day:
		return d.amend(ctx)
	case d.plot.Ended.Day:
		return d.endBody(ctx)
	case demoPrepared:
		return d.prepareNewest(ctx)
	}
	return nil
}

// tidy says of the mail that waits that it is nothing.
func (d *demo) tidy(ctx context.Context) error {
	waiting, err := d.office.Records.Inbox(ctx, 10, engine.InboundHeld)
	if err != nil {
		return err
	}
	for _, m := range waiting {
		if err := d.office.Ignore(ctx, m.ID, d.coordinator); err != nil {
			return err
		}
	}
	return nil
}

// nextPlan prepares the plan that goes on with what was decided. A few decisions
// are still open: they can be made on the tour.
func (d *demo) nextPlan(ctx context.Context) error {
	next := d.plot.NextPlan
	id, n, err := d.office.PrepareNext(ctx, d.season.Plan, next.Title, engine.Period{ID: "2024-2025", Start: next.Start, End: next.End}, d.coordinator)
	if err != nil {
		return err
	}
	d.say("%s  prepared %s: %s on", demoNextPlan, next.Title, engine.CountOf(n, "activity goes", "activities go"))
	d.first, d.season = d.season, engine.Season{Plan: id, Period: engine.Year(2024)}
	return nil
}

// approvePlan writes down that the steering group approved it.
func (d *demo) approvePlan(ctx context.Context) error {
	p, err := d.office.Records.Plan(ctx, d.season.Plan)
	if err != nil {
		return err
	}
	a := d.plot.Approval
	return d.office.AmendPlan(ctx, p.ID, p.Version, engine.Grounds{Day: a.Day, Body: a.Body, Reason: a.Reason}, d.coordinator, func(p *engine.Plan) error {
		p.ApprovedBy, p.ApprovedOn, p.ApprovedAt = a.Body, a.Day, a.Place
		return nil
	})
}

// openLater opens the first season of the next plan, and tells what the
// municipality wants said in its own words.
func (d *demo) openLater(ctx context.Context) error {
	_, err := d.office.SetUp(ctx, d.coordinator, func(m *engine.Municipality) {
		m.Settings.MailTexts = map[engine.LetterKind]engine.MailText{engine.LetterRequest: {Opening: d.plot.Opening, Closing: d.plot.Closing}}
		m.Settings.StatusNames = map[string]string{"partial": d.plot.Partial}
		m.Settings.Funding = d.plot.Funding
		m.Settings.DaysOffWhy = map[engine.Date]string{}
		for _, off := range d.plot.DaysOff {
			m.DaysOff, m.Settings.DaysOffWhy[off.Day] = append(m.DaysOff, off.Day), off.Why
		}
	})
	if err != nil {
		return err
	}
	q := d.plot.Quiet
	err = d.office.ChangeBody(ctx, q.Organisation, 0, "window", d.coordinator, func(o *engine.Organisation) error {
		o.Window.Quiet = []engine.Span{{From: q.From, To: q.To, Why: q.Why}}
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.office.OpenSeason(ctx, d.season.Plan, d.season.Period, d.coordinator); err != nil {
		return err
	}
	d.say("%s  season %s opened", demoNextOpen, d.season.Period.ID)
	return nil
}

// amend changes a promise of the plan under way and adds another.
func (d *demo) amend(ctx context.Context) error {
	a := d.plot.Amendment
	old, err := d.office.Activity(ctx, d.season.Plan, a.Activity)
	if err != nil {
		return err
	}
	grounds := engine.Grounds{Day: a.Day, Body: a.Body, Reason: a.Reason}
	if err := d.office.AmendActivity(ctx, old.Plan, old.ID, old.Version, grounds, d.coordinator, func(x *engine.Activity) error {
		x.Deadline = czech.ReadDeadline(a.Deadline, a.Day.Year())
		return nil
	}); err != nil {
		return err
	}
	fresh, err := d.office.NewActivity(ctx, d.season.Plan, a.Measure)
	if err != nil {
		return err
	}
	grounds.Reason = a.NewReason
	err = d.office.AddActivity(ctx, fresh.Plan, a.Measure, fresh.ID, grounds, d.coordinator, func(x *engine.Activity) error {
		x.Title, x.ResponsibleRaw, x.Deadline = a.Title, a.Responsible, czech.ReadDeadline(a.NewDeadline, a.Day.Year())
		x.Responsible = []engine.Party{{Name: a.Responsible, Kind: engine.KindOrganisation, Organisation: visitor}}
		return nil
	})
	if err != nil {
		return err
	}
	d.say("%s  plan amended: %s has another term, %s is new", a.Day, a.Activity, fresh.ID)
	return nil
}

// endBody ends an organisation whose promises another one takes over.
func (d *demo) endBody(ctx context.Context) error {
	e := d.plot.Ended
	d.say("%s  %s ended, %s takes over", e.Day, e.Organisation, e.Successor)
	return d.office.ChangeBodies(ctx, func(all map[string]engine.Organisation) (engine.Change, error) {
		return engine.EndBody(all, e.Organisation, e.Day, e.Successor, d.coordinator, d.clock.Now())
	})
}

// prepareNewest prepares the season after, moves one of its letters and stops
// another.
func (d *demo) prepareNewest(ctx context.Context) error {
	d.newest = engine.Season{Plan: d.season.Plan, Period: engine.Year(2025)}
	plan, period := d.newest.Plan, d.newest.Period
	if err := d.office.PrepareSeason(ctx, plan, period, d.coordinator); err != nil {
		return err
	}
	if err := d.office.SetSeasonDays(ctx, plan, period.ID, demoNewestAsk, "", d.coordinator); err != nil {
		return err
	}
	if err := d.moveLetter(ctx, d.plot.Moved.Organisation, engine.LetterRequest, demoNewestAsk.AddDays(d.plot.Moved.By)); err != nil {
		return err
	}
	d.say("%s  season %s prepared; nothing of it leaves", demoPrepared, period.ID)
	return d.moveLetter(ctx, d.plot.Stopped.Organisation, engine.LetterReminder, "")
}

// moveLetter moves the first letter of a kind to a body, or stops it.
func (d *demo) moveLetter(ctx context.Context, body string, kind engine.LetterKind, to engine.Date) error {
	out, err := d.ahead(ctx)
	if err != nil {
		return err
	}
	for _, m := range out.Mailings {
		if m.Organisation == body && m.Kind == kind && m.Plan == d.newest.Plan && m.Period == d.newest.Period.ID {
			return d.office.MoveLetters(ctx, m.Plan, m.Period, body, engine.Move{Keys: m.Keys, Day: to}, d.coordinator)
		}
	}
	return fmt.Errorf("season %s has no %s to %s", d.newest.Period.ID, kind, body)
}
