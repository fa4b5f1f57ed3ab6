package main

import (
	"context"
	"fmt"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/workflows"
)

// A life is that of one town of a generated country. It goes through the office
// like any other town's; only days on which nothing can happen are passed over.
type life struct {
	*installation
	town   country.Town
	office *workflows.Office
	clock  *virtualClock
	days   engine.Workdays
	who    engine.Actor // its coordinator
	season
}

// A season is the year a town is living.
type season struct {
	plan         country.Plan
	year         int
	begins, ends bool // the plan does, with this year
	asked        []engine.Request
	returned     map[string]engine.Date // body → the day it answers what came back
}

// The days of a year's season. It is opened in spring, when the one before is
// settled; all but the first is in the year after.
func (s season) imports() engine.Date { return engine.NewDate(s.year, 1, 8) }
func (s season) opens() engine.Date   { return engine.NewDate(s.year, 4, 15) }
func (s season) asks() engine.Date    { return engine.NewDate(s.year+1, 1, 10) }
func (s season) freezes() engine.Date { return engine.NewDate(s.year+1, 3, 5) }
func (s season) council() engine.Date { return engine.NewDate(s.year+1, 3, 25) }

// id is the season's in plan and period.
func (s season) id() (plan, period string) {
	return s.plan.Draft.Plan.ID, engine.Year(s.year).ID
}

// live lives one season, from its plan or its opening to what everybody may
// read. One that is not closed ends when the first reminders are written.
func (l *life) live(ctx context.Context, first, closed bool) error {
	if first {
		l.at(l.imports(), 8)
		if err := l.setUp(ctx); err != nil {
			return err
		}
	}
	if l.begins {
		l.at(l.imports(), 12)
		if err := l.office.Import(ctx, l.plan.Draft, l.who); err != nil {
			return err
		}
	}
	if err := l.pass(ctx, l.opens()); err != nil {
		return err
	}
	if err := l.office.OpenSeason(ctx, l.plan.Draft.Plan.ID, engine.Year(l.year), l.who); err != nil {
		return err
	}
	if err := l.untilAsked(ctx); err != nil {
		return err
	}
	if !closed {
		return l.inFlight(ctx)
	}
	return l.settled(ctx)
}

// at sets the town's clock to an hour of a day.
func (l *life) at(day engine.Date, hour int) { l.clock.Set(day.In(l.zone, hour, 0)) }

// setUp makes the town.
func (l *life) setUp(ctx context.Context) error {
	t := l.town
	_, err := l.office.SetUp(ctx, l.who, func(m *engine.Municipality) {
		m.Name, m.Sender, m.ReplyTo, m.Coordinator, m.SteeringGroup = t.Name, t.Sender, t.ReplyTo, t.Coordinator, t.SteeringGroup
	})
	if err != nil {
		return err
	}
	return l.office.Tick(ctx) // the calendar begins here
}

// tick lives the morning of a day.
func (l *life) tick(ctx context.Context, day engine.Date) error {
	if err := l.pass(ctx, day); err != nil {
		return err
	}
	return l.office.Tick(ctx)
}

// untilAsked lives from the opening to the evening before the asking: nobody but
// the calendar does anything, where it has a deadline to remind of.
func (l *life) untilAsked(ctx context.Context) error {
	for day := l.opens(); ; {
		due, err := l.office.Records.LettersDue(ctx, l.asks().AddDays(-1))
		if err != nil || len(due) == 0 {
			return err
		}
		next := l.asks()
		for d := range due {
			next = min(next, d)
		}
		if day = l.days.OnOrAfter(max(next, day.AddDays(1))); day >= l.asks() {
			return nil
		}
		if err := l.tick(ctx, day); err != nil {
			return err
		}
	}
}

// busy lives working days one by one, with what people do on them.
func (l *life) busy(ctx context.Context, from, until engine.Date, desk bool) error {
	for day := l.days.OnOrAfter(from); day <= until; day = l.days.Add(day, 1) {
		if err := l.tick(ctx, day); err != nil {
			return err
		}
		if err := l.bodies(ctx, day); err != nil {
			return fmt.Errorf("bodies on %s: %w", day, err)
		}
		if weekday := day.Weekday(); !desk || weekday != 2 && weekday != 4 {
			continue
		}
		l.at(day, 14)
		if err := l.desk(ctx, false); err != nil {
			return fmt.Errorf("desk on %s: %w", day, err)
		}
	}
	return nil
}

// settled lives from the asking to the published evaluation.
func (l *life) settled(ctx context.Context) error {
	freeze := l.days.OnOrAfter(l.freezes())
	if err := l.busy(ctx, l.asks(), freeze, true); err != nil {
		return err
	}
	l.at(freeze, 15)
	if err := l.freeze(ctx); err != nil {
		return err
	}
	if err := l.tick(ctx, l.days.Add(freeze, 1)); err != nil {
		return err
	}
	council := l.days.OnOrAfter(l.council())
	if err := l.tick(ctx, council); err != nil {
		return err
	}
	l.at(council, 16)
	return l.resolve(ctx, council)
}

// inFlight lives until the first reminders, and leaves everything on its way:
// answers nobody has decided about, mail nobody has looked at, letters that are
// written and not yet sent.
func (l *life) inFlight(ctx context.Context) error {
	last := l.days.Add(l.days.OnOrAfter(l.asks()), 10)
	if err := l.busy(ctx, l.asks(), l.days.Add(last, -5), true); err != nil {
		return err
	}
	if err := l.busy(ctx, l.days.Add(last, -4), l.days.Add(last, -1), false); err != nil {
		return err
	}
	l.office.Sender = nil
	return l.tick(ctx, last)
}
