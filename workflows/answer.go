package workflows

import (
	"context"

	"splneno/engine"
)

// byLink finds the request behind a token: NotFound for a token that was never
// given out here, Gone when its season has closed, it was revoked, or its
// organisation has ended.
func (o *Office) byLink(ctx context.Context, token string) (engine.Case, error) {
	hash, err := o.Links.Hash(token)
	if err != nil {
		return engine.Case{}, err
	}
	r, err := o.Records.RequestByLink(ctx, hash)
	if err != nil {
		return engine.Case{}, err
	}
	c, err := o.caseOf(ctx, r)
	if err != nil {
		return c, err
	}
	if c.Organisation.Ended != "" || c.Season.State != engine.SeasonOpen || r.Revoked {
		return c, engine.Errorf(engine.Gone, "the link of %s for season %s has ended; ask %s for a new one",
			c.Organisation.Name, c.Season.Period.ID, c.Municipality.Coordinator.Email)
	}
	return c, nil
}

// AnswerSheet gives what the answer page behind a token shows, and the draft
// saved there. It changes nothing. With Gone, the case is still given.
func (o *Office) AnswerSheet(ctx context.Context, token string) (engine.Case, engine.Draft, error) {
	c, err := o.byLink(ctx, token)
	if err != nil {
		return c, engine.Draft{}, err
	}
	d, err := o.Records.Draft(ctx, c.Request)
	return c, d, err
}

// SaveDraft keeps an answer page that is not sent yet.
func (o *Office) SaveDraft(ctx context.Context, token string, d engine.Draft) error {
	c, err := o.byLink(ctx, token)
	if err != nil {
		return err
	}
	return o.Records.SaveDraft(ctx, c.Request, d, o.local())
}

// Answer records an answer page that was sent, as proposals. Sending the same
// again changes nothing. An Invalid answer is kept as a draft.
func (o *Office) Answer(ctx context.Context, token string, s engine.Submission) error {
	c, err := o.byLink(ctx, token)
	if err != nil {
		return err
	}
	ch, err := engine.Submit(c, s, o.local())
	if err != nil {
		if engine.CodeOf(err) == engine.Invalid {
			return firstOf(err, o.Records.SaveDraft(ctx, c.Request, engine.Draft{By: s.By, Answers: s.Answers}, o.local()))
		}
		return err
	}
	if ch.Event != "" {
		if err := o.Records.Commit(ctx, ch); err != nil {
			return err
		}
	}
	d, err := o.Records.Draft(ctx, c.Request)
	if err != nil || d.By == "" && len(d.Answers) == 0 {
		return err // most answer without a draft: there is nothing to clear away
	}
	return o.Records.SaveDraft(ctx, c.Request, engine.Draft{}, o.local())
}

// firstOf gives the error a person must see first: a lost draft outweighs what
// was wrong with it.
func firstOf(invalid, lost error) error {
	if lost != nil {
		return lost
	}
	return invalid
}

// RevokeLink ends the link of an organisation's request and, when renew is
// true, gives it another one, mailed on the next occasion.
func (o *Office) RevokeLink(ctx context.Context, plan, period, organisation string, renew bool, who engine.Actor) error {
	if who.Kind != engine.ActorCoordinator {
		return engine.Errorf(engine.Forbidden, "only a coordinator revokes a link")
	}
	r, err := o.Records.Request(ctx, plan, period, organisation)
	if err != nil {
		return err
	}
	r.Revoked = !renew
	event := "link_revoked"
	if renew {
		event = "link_renewed"
		r.LinkSerial++
		r.Step, r.Round, r.AskedOn, r.NextOn = 0, r.Round+1, o.today(), o.today()
		if err := o.sign(&r); err != nil {
			return err
		}
	}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: event, Subject: plan + "/" + period + "/" + organisation,
		Requests: []engine.Request{r}})
}
