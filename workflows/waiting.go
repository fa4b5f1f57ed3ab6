package workflows

import (
	"context"
	"errors"
	"maps"

	"splneno/engine"
)

// Waiting counts what needs the coordinator, by name; what is zero is left out:
// "pending" answers, "inbox" mails in the holding pen, "bounced" and proposed
// "contacts", "failed", "unsure" and "held" mails, "drafts" of evaluations to
// approve, "meetings" whose papers did not leave on their day.
func (o *Office) Waiting(ctx context.Context) (map[string]int, error) {
	bodies, err := o.Records.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	return o.WaitingAmong(ctx, engine.OrganisationsByID(bodies))
}

// WaitingAmong is Waiting for who has all the organisations at hand.
func (o *Office) WaitingAmong(ctx context.Context, byID map[string]engine.Organisation) (map[string]int, error) {
	counts := map[string]int{}
	countContacts(byID, counts)
	pending, err := o.Records.PendingCount(ctx)
	counts["pending"] = pending
	mails, inboxErr := o.Records.InboxCounts(ctx)
	counts["inbox"] = mails[engine.InboundHeld]
	err = errors.Join(err, inboxErr, o.countMessages(ctx, counts), o.countDrafts(ctx, counts), o.countPacks(ctx, counts))
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

// countMessages counts mails a person must look at.
func (o *Office) countMessages(ctx context.Context, counts map[string]int) error {
	mail, err := o.Records.MailCounts(ctx)
	for _, c := range mail {
		if c.State == engine.Failed || c.State == engine.Unsure || c.State == engine.Held {
			counts[string(c.State)] = c.N
		}
	}
	return err
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
