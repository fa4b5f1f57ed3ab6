package workflows

import (
	"context"
	"maps"

	"splneno/engine"
)

// Waiting counts what needs the coordinator, by name; what is zero is left out:
// "pending" answers, "inbox" mails in the holding pen, "bounced" and proposed
// "contacts", "failed", "unsure" and "held" mails, "drafts" of evaluations to
// approve, "meetings" whose papers did not leave on their day.
func (o *Office) Waiting(ctx context.Context) (map[string]int, error) {
	return o.waiting(ctx, func() (map[string]engine.Organisation, error) {
		bodies, err := o.Records.Organisations(ctx)
		return engine.OrganisationsByID(bodies), err
	})
}

// WaitingAmong is Waiting for who has all the organisations at hand.
func (o *Office) WaitingAmong(ctx context.Context, byID map[string]engine.Organisation) (map[string]int, error) {
	return o.waiting(ctx, func() (map[string]engine.Organisation, error) { return byID, nil })
}

// waiting asks for the organisations and evaluations only when one statement says
// that there may be something about them.
func (o *Office) waiting(ctx context.Context, bodies func() (map[string]engine.Organisation, error)) (map[string]int, error) {
	c, err := o.Records.DeskCounts(ctx, o.today())
	if err != nil {
		return nil, err
	}
	counts := map[string]int{"pending": c.Pending, "inbox": c.Inbox, string(engine.Failed): c.Failed, string(engine.Unsure): c.Unsure,
		string(engine.Held): c.Held, "meetings": c.Meetings}
	if c.Contacts {
		byID, err := bodies()
		if err != nil {
			return nil, err
		}
		countContacts(byID, counts)
	}
	if c.Drafts {
		err = o.countDrafts(ctx, counts)
	}
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n == 0 })
	return counts, err
}

// countContacts counts addresses mail does not reach, and those a program named.
func countContacts(byID map[string]engine.Organisation, counts map[string]int) {
	for _, body := range byID {
		for _, c := range body.Contacts {
			if c.Dead() {
				counts["bounced"]++
			}
			if c.Proposed {
				counts["contacts"]++
			}
		}
	}
}

// countDrafts counts seasons whose newest evaluation is a draft.
func (o *Office) countDrafts(ctx context.Context, counts map[string]int) error {
	made, err := o.Records.EvaluationHeads(ctx)
	newest := map[[2]string]engine.EvaluationState{}
	for _, e := range made { // by number within a season
		newest[[2]string{e.Plan, e.Period.ID}] = e.State
	}
	for _, state := range newest {
		if state == engine.EvaluationDraft {
			counts["drafts"]++
		}
	}
	return err
}
