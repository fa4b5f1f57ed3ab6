package workflows

import (
	"context"

	"splneno/engine"
)

// Preview gives a letter of a kind as it would read with these words, and sends
// nothing: about a body that is asked in an open season, or one that would be.
// Without any plan there is nothing to preview: NotFound.
func (o *Office) Preview(ctx context.Context, kind engine.LetterKind, words engine.MailText) (engine.Message, error) {
	c, err := o.anyCase(ctx)
	if err != nil {
		return engine.Message{}, err
	}
	if kind == engine.LetterPack {
		return o.previewPack(ctx, c, words)
	}
	c.Municipality.Settings.MailTexts = map[engine.LetterKind]engine.MailText{kind: words}
	l := c.Sample(kind, o.today())
	if kind == engine.LetterRollUp {
		l.Items, l.Link, l.Totals, l.Number = nil, "", engine.Totals{}, 1
		if len(c.Municipality.SteeringGroup) > 0 {
			l.To = c.Municipality.SteeringGroup[0]
		}
	} else {
		o.address(&l, c)
	}
	return o.message("preview", c.Organisation.ID, l)
}

// previewPack shows the letter about the next meeting, or one in two weeks.
func (o *Office) previewPack(ctx context.Context, c engine.Case, words engine.MailText) (engine.Message, error) {
	m, called, err := o.NextMeeting(ctx)
	if err == nil && !called {
		if m, err = o.ProposeMeeting(ctx, c.Request.Plan, c.Request.Period); err != nil {
			return engine.Message{}, err
		}
		m.Day, m.Time, m.Place, m.Items = o.today().AddDays(14), "14:00", "–", nil
	}
	if err != nil {
		return engine.Message{}, err
	}
	l, town, err := o.invitation(ctx, m)
	if err != nil {
		return engine.Message{}, err
	}
	l.Words = words
	to := l.To
	if len(town.SteeringGroup) > 0 {
		to = town.SteeringGroup[0]
	}
	return o.toMember(l, town, to)
}

// anyCase finds a body with something to be asked about: the newest season's
// first request, or the newest plan's first promise.
func (o *Office) anyCase(ctx context.Context) (engine.Case, error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return engine.Case{}, err
	}
	for i := len(seasons) - 1; i >= 0; i-- {
		places, err := o.Records.Places(ctx, seasons[i].Plan, seasons[i].Period.ID)
		if err != nil {
			return engine.Case{}, err
		}
		for _, p := range places {
			r, err := o.Records.Request(ctx, p.Plan, p.Period, p.Organisation)
			if err != nil {
				return engine.Case{}, err
			}
			c, err := o.caseOf(ctx, r)
			if err != nil {
				return c, err
			}
			if _, reachable := c.Organisation.Contact(); reachable {
				return c, nil
			}
		}
	}
	return engine.Case{}, engine.Errorf(engine.NotFound, "there is no season yet a letter could be shown for; prepare one first")
}
