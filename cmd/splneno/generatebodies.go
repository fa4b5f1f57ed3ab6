package main

import (
	"context"
	"fmt"

	"splneno/cmd/splneno/country"
	"splneno/engine"
)

// bodies is what the organisations of a town do on a day of asking.
func (l *life) bodies(ctx context.Context, day engine.Date) error {
	l.at(day, 10)
	if l.asked == nil {
		plan, period := l.id()
		var err error
		if l.asked, err = l.office.Records.Requests(ctx, plan, period); err != nil {
			return err
		}
		l.returned = map[string]engine.Date{}
	}
	mail := false
	for _, r := range l.asked {
		wrote, err := l.body(ctx, r, day)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Organisation, err)
		}
		mail = mail || wrote
	}
	if day == l.days.Add(l.asks(), 6) {
		if err := l.receive(ctx, l.town.Stranger(engine.Contact{Name: "Obec", Email: "obec@" + l.town.ID + "-okoli.example"}, l.clock.Now()), l.town.Sender); err != nil {
			return err
		}
		mail = true
	}
	if !mail {
		return nil
	}
	return l.office.Understand(ctx)
}

// body is what one of them does; wrote says that it sent a mail.
func (l *life) body(ctx context.Context, r engine.Request, day engine.Date) (wrote bool, err error) {
	habit := l.town.Habit(r.Organisation, l.year)
	begin := l.days.OnOrAfter(l.asks())
	switch {
	case habit.Silent || r.Organisation == engine.CoordinatorID:
		return false, nil
	case habit.Away && day == l.days.Add(begin, 1):
		return true, l.receive(ctx, l.town.Absent(l.contact(r), l.replyTo(r), l.clock.Now()), l.replyTo(r))
	case day != l.days.Add(begin, habit.Wait) && day != l.returned[r.Organisation]:
		return false, nil
	}
	token := l.signer.Token(l.town.ID, r)
	c, _, err := l.office.AnswerSheet(ctx, token)
	if err != nil {
		return false, err
	}
	said, lines := l.says(c)
	switch {
	case len(said) == 0:
		return false, nil
	case habit.ByMail:
		return true, l.receive(ctx, l.town.Reply(l.contact(r), l.replyTo(r), lines, l.clock.Now()), l.replyTo(r))
	}
	return false, l.office.Answer(ctx, token, engine.Submission{By: l.contact(r).Name, Channel: engine.ByLink, Answers: said})
}

// says gives what a body says of the items nobody has answered, and of those
// that came back.
func (l *life) says(c engine.Case) (map[string]engine.Answer, []country.Typed) {
	said, lines := map[string]engine.Answer{}, []country.Typed(nil)
	own := map[string]engine.Proposal{}
	for _, p := range c.Proposals {
		own[p.Activity] = p
	}
	for i, e := range c.Entries {
		p := own[e.Activity]
		back := p.State == engine.Returned
		if !back && (p.Revision > 0 || !e.AnsweredAt.IsZero() && c.Activities[i].Answers != engine.EachAnswers) {
			continue
		}
		a, _ := l.town.Says(c.Organisation.ID, e.Activity, l.year, back)
		said[e.Activity] = a
		lines = append(lines, country.Typed{Number: i + 1, Answer: a})
	}
	return said, lines
}

// contact is who writes for a body.
func (l *life) contact(r engine.Request) engine.Contact {
	for _, b := range l.town.Bodies {
		if b.ID == r.Organisation {
			return b.Contacts[0]
		}
	}
	return engine.Contact{}
}

func (l *life) replyTo(r engine.Request) string {
	return engine.Municipality{ReplyTo: l.town.ReplyTo}.ReplyAddress(l.signer.ReplyToken(l.town.ID, r))
}

// receive brings a mail to where replies come in.
func (l *life) receive(ctx context.Context, raw []byte, to string) error {
	return l.office.Receive(ctx, engine.Arrival{Raw: raw, Via: "imap", To: []string{to}})
}
