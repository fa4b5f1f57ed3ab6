package workflows

import (
	"context"
	"fmt"
	"slices"

	"splneno/engine"
)

// An Again is what asking one organisation again comes to.
type Again struct {
	Body    engine.Organisation
	Owed    int
	Last    engine.Date    // the day it was last written to
	Refused engine.Refusal // why it is not asked, "" when it is
	Until   engine.Date    // of an absence
	On      engine.Date    // the day the letter leaves, where it is not today: the body does not read its mail before
	Muted   bool           // the calendar does not write to it in this season; by hand it may be asked
}

// AskAgainOf says who of a season would be asked again today and who would not,
// by id, and changes nothing. Without bodies named it is about all that are
// silent.
func (o *Office) AskAgainOf(ctx context.Context, plan, period string, bodies []string) ([]Again, error) {
	c, rows, err := o.silent(ctx, plan, period, bodies)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(rows))
	for i, r := range rows {
		keys[i] = letterKey(r.Body.ID, o.today())
	}
	said, err := o.Records.MessageStates(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]Again, len(rows))
	for i, r := range rows {
		c.Organisation, c.Request = r.Body, r.Request
		why := engine.MayAskAgain(c, r.Owed, o.today())
		on := engine.AskAgainOn(c, o.today())
		if _, about := said[keys[i]]; why == "" && about && on == o.today() { // about another plan
			why = engine.RefusedToday
		}
		out[i] = o.again(r, why)
		if out[i].Muted = r.Request.Muted(); why == "" && on > o.today() {
			out[i].On = on
		}
	}
	return out, nil
}

func (o *Office) again(r BoardRow, why engine.Refusal) Again {
	a := Again{Body: r.Body, Owed: r.Owed, Last: r.LastLetter(), Refused: why}
	if to, ok := r.Body.Contact(); ok && why == engine.RefusedAway {
		a.Until = to.AwayUntil
	}
	return a
}

// silent gives the rows of the board that are meant: those named, else all that
// are silent; and what their cases share.
func (o *Office) silent(ctx context.Context, plan, period string, bodies []string) (engine.Case, []BoardRow, error) {
	var c engine.Case
	var err error
	if c.Municipality, err = o.Records.Municipality(ctx); err != nil {
		return c, nil, err
	}
	if c.Season, err = o.Records.Season(ctx, plan, period); err != nil {
		return c, nil, err
	}
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return c, nil, err
	}
	rows, err := o.Board(ctx, c.Season, engine.OrganisationsByID(all))
	return c, slices.DeleteFunc(rows, func(r BoardRow) bool {
		if len(bodies) > 0 {
			return !slices.Contains(bodies, r.Request.Organisation)
		}
		return r.Stands() != engine.StandsSilent
	}), err
}

// AskAgain writes to the organisations now, beside the calendar, and says of
// each what came of it. Every one is a decision of its own: what stands in the
// way of one keeps no other from being asked.
func (o *Office) AskAgain(ctx context.Context, plan, period string, bodies []string, who engine.Actor) ([]Again, error) {
	if who.Kind != engine.ActorCoordinator {
		return nil, engine.Errorf(engine.Forbidden, "only a coordinator asks again")
	}
	if err := o.begun(ctx, plan, period); err != nil {
		return nil, err
	}
	list, err := o.AskAgainOf(ctx, plan, period, bodies)
	if err != nil {
		return nil, err
	}
	at, err := o.shelf(ctx)
	if err != nil {
		return nil, err
	}
	s := &sweep{shelf: at, today: o.today()}
	for some := range slices.Chunk(list, page) {
		if err := s.askAgain(ctx, plan, period, some, who); err != nil {
			return list, err
		}
	}
	return list, nil
}

// askAgain asks some organisations whose cases are gathered together.
func (s *sweep) askAgain(ctx context.Context, plan, period string, list []Again, who engine.Actor) error {
	var cases []engine.Case
	var at []int // place in list
	for i, a := range list {
		if a.Refused != "" {
			continue
		}
		r, err := s.Records.Request(ctx, plan, period, a.Body.ID)
		if err != nil {
			return err
		}
		cases, at = append(cases, engine.Case{Request: r}), append(at, i)
	}
	if err := s.fill(ctx, cases); err != nil {
		return err
	}
	for n, c := range cases {
		why, err := s.askOne(ctx, c, who)
		if err != nil {
			return err
		}
		list[at[n]].Refused = why
	}
	return nil
}

// askOne writes to one organisation. When it has answered or was written to in
// this very moment, it is not asked.
func (s *sweep) askOne(ctx context.Context, c engine.Case, who engine.Actor) (engine.Refusal, error) {
	n, why := engine.AskAgain(c, s.today)
	if why != "" {
		return why, nil
	}
	subject := c.Plan.ID + "/" + c.Season.Period.ID + "/" + c.Organisation.ID
	if n.Letter == nil {
		return s.moved(s.Records.Commit(ctx, engine.Change{At: s.local(), Actor: who, Event: "asked_again_later", Subject: subject,
			Requests: []engine.Request{n.Request}, Detail: map[string]string{"on": string(engine.AskAgainOn(c, s.today))}}))
	}
	if err := s.sign(&n.Request); err != nil {
		return "", err
	}
	m, err := s.phrase(c, *n.Letter)
	if engine.CodeOf(err) == engine.Invalid { // its address cannot be written to
		return engine.RefusedUnreachable, nil
	}
	if err != nil {
		return "", err
	}
	return s.moved(s.Records.Commit(ctx, engine.Change{At: s.local(), Actor: who, Event: "asked_again",
		Subject: subject, Requests: []engine.Request{n.Request}, Proposals: n.Proposals,
		Messages: []engine.Message{m}, Detail: map[string]string{"items": fmt.Sprint(len(n.Letter.Items)), "message": m.MessageID}}))
}

// moved says of a Conflict that something about the body has changed meanwhile.
func (s *sweep) moved(err error) (engine.Refusal, error) {
	if engine.CodeOf(err) == engine.Conflict {
		return engine.RefusedMoved, nil
	}
	return "", err
}
