package store

import (
	"context"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type proposalRow struct {
	bun.BaseModel `bun:"table:proposal"`
	Tenant        string                `bun:",pk"`
	Plan          string                `bun:",pk"`
	Period        string                `bun:",pk"`
	Activity      string                `bun:",pk"`
	Organisation  string                `bun:",pk"`
	Revision      int                   `bun:",pk"`
	Answer        asJSON[engine.Answer] `bun:",notnull"`
	Channel       engine.Channel        `bun:",notnull"`
	Inbound       string                `bun:",notnull"`
	GivenBy       string                `bun:",notnull"`
	GivenAt       time.Time             `bun:",nullzero"`
	State         engine.ProposalState  `bun:",notnull"`
	Question      string                `bun:",notnull"`
	ToldOn        engine.Date           `bun:",notnull"`
	DecidedBy     string                `bun:",notnull"`
	DecidedAt     time.Time             `bun:",nullzero"`
	versioned
}

func newProposalRow(tenant string, p engine.Proposal) proposalRow {
	return proposalRow{
		Tenant: tenant, Plan: p.Plan, Period: p.Period, Activity: p.Activity, Organisation: p.Organisation, Revision: p.Revision,
		Answer: asJSON[engine.Answer]{p.Answer}, Channel: p.Channel, Inbound: p.Inbound, GivenBy: p.By, GivenAt: utc(p.At), State: p.State,
		Question: p.Question, ToldOn: p.ToldOn, DecidedBy: p.DecidedBy, DecidedAt: utc(p.DecidedAt), versioned: versioned{p.Version},
	}
}

func (r proposalRow) name() string {
	return "proposal " + r.Plan + "/" + r.Period + "/" + r.Activity + " of " + r.Organisation + ", revision " + strconv.Itoa(r.Revision)
}

func (r proposalRow) value() engine.Proposal {
	return engine.Proposal{
		EntryKey: engine.EntryKey{Plan: r.Plan, Period: r.Period, Activity: r.Activity}, Organisation: r.Organisation,
		Revision: r.Revision, Answer: r.Answer.V, Channel: r.Channel, Inbound: r.Inbound, By: r.GivenBy, At: utc(r.GivenAt), State: r.State,
		Question: r.Question, ToldOn: r.ToldOn, DecidedBy: r.DecidedBy, DecidedAt: utc(r.DecidedAt), Version: r.Version,
	}
}

// Proposals gives every revision of every answer of the season, or of the
// activities, oldest first.
func (t *Tenant) Proposals(ctx context.Context, plan, period string, activities ...string) ([]engine.Proposal, error) {
	return list[proposalRow](ctx, t, by{"plan", plan, "period", period},
		orderIn("activity", activities, "given_at", "activity", "organisation", "revision"))
}

// PendingProposals gives what waits for the coordinator over all seasons,
// oldest first.
func (t *Tenant) PendingProposals(ctx context.Context) ([]engine.Proposal, error) {
	return list[proposalRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("state = 'pending'").Order("given_at", "plan", "period", "activity", "organisation", "revision")
	})
}
