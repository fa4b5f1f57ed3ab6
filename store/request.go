package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type requestRow struct {
	bun.BaseModel `bun:"table:request"`
	Tenant        string                         `bun:",pk"`
	Plan          string                         `bun:",pk"`
	Period        string                         `bun:",pk"`
	Organisation  string                         `bun:",pk"`
	Activities    asJSON[[]string]               `bun:",notnull"`
	Round         int                            `bun:",notnull"`
	AskedOn       engine.Date                    `bun:",notnull"`
	AnswerBy      engine.Date                    `bun:",notnull"`
	Step          int                            `bun:",notnull"`
	NextOn        engine.Date                    `bun:",notnull"`
	LookedOn      engine.Date                    `bun:",notnull"`
	Written       asJSON[[]engine.Date]          `bun:",notnull"`
	LinkHash      string                         `bun:",notnull"`
	ReplyHash     string                         `bun:",notnull"`
	LinkSerial    int                            `bun:",notnull"`
	Revoked       bool                           `bun:",notnull"`
	AnsweredAt    time.Time                      `bun:",nullzero"`
	Moves         asJSON[map[string]engine.Date] `bun:",notnull"`
	versioned
}

func newRequestRow(tenant string, r engine.Request) requestRow {
	return requestRow{
		Tenant: tenant, Plan: r.Plan, Period: r.Period, Organisation: r.Organisation, Activities: asJSON[[]string]{r.Activities},
		Round: r.Round, AskedOn: r.AskedOn, AnswerBy: r.AnswerBy, Step: r.Step, NextOn: r.NextOn, LookedOn: r.LookedOn,
		Written: asJSON[[]engine.Date]{r.Written}, LinkHash: r.LinkHash, ReplyHash: r.ReplyHash, LinkSerial: r.LinkSerial,
		Revoked: r.Revoked, AnsweredAt: utc(r.AnsweredAt), Moves: asJSON[map[string]engine.Date]{r.Moves}, versioned: versioned{r.Version},
	}
}

func (r requestRow) name() string {
	return "request " + r.Plan + "/" + r.Period + "/" + r.Organisation
}

func (r requestRow) value() engine.Request {
	return engine.Request{
		Plan: r.Plan, Period: r.Period, Organisation: r.Organisation, Activities: r.Activities.V,
		Round: r.Round, AskedOn: r.AskedOn, AnswerBy: r.AnswerBy, Step: r.Step, NextOn: r.NextOn, LookedOn: r.LookedOn,
		Written: r.Written.V, LinkHash: r.LinkHash, ReplyHash: r.ReplyHash, LinkSerial: r.LinkSerial,
		Revoked: r.Revoked, AnsweredAt: utc(r.AnsweredAt), Moves: r.Moves.V, Version: r.Version,
	}
}

// Requests gives the requests of a season, by organisation.
func (t *Tenant) Requests(ctx context.Context, plan, period string) ([]engine.Request, error) {
	return list[requestRow](ctx, t, by{"plan", plan, "period", period}, order("organisation"))
}

// RequestsDue gives requests whose NextOn is day or before, oldest first.
func (t *Tenant) RequestsDue(ctx context.Context, day engine.Date, limit int) ([]engine.Request, error) {
	return list[requestRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("next_on <> ''").Where("next_on <= ?", day).Order("next_on", "plan", "period", "organisation").Limit(int64(limit))
	})
}

// Request gives the place of one organisation in a season, or NotFound.
func (t *Tenant) Request(ctx context.Context, plan, period, organisation string) (engine.Request, error) {
	return one[requestRow](ctx, t, "request", by{"plan", plan, "period", period, "organisation", organisation})
}

// RequestByLink finds a request by the hash of its token, or NotFound.
func (t *Tenant) RequestByLink(ctx context.Context, hash string) (engine.Request, error) {
	return first[requestRow](ctx, t, by{"link_hash", hash}, "this link is not known", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("link_hash <> ''") // the index holds no others, and must be told that none is asked for
	})
}

// RequestByReply finds a request by the hash of its reply token, or NotFound.
func (t *Tenant) RequestByReply(ctx context.Context, hash string) (engine.Request, error) {
	return first[requestRow](ctx, t, by{"reply_hash", hash}, "this reply token is not known", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("reply_hash <> ''")
	})
}
