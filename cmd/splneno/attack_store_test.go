package main

import (
	"context"
	"sync"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// A failing store fails one call: before it does anything, or with the answer
// lost behind what it did.
type failing struct {
	workflows.Records
	mu    *sync.Mutex
	calls *int
	at    int
	lost  bool
	with  error
}

// nth makes the call unless it is the one that fails.
func nth[T any](f failing, do func() (T, error)) (out T, err error) {
	f.mu.Lock()
	*f.calls++
	fails := *f.calls == f.at
	f.mu.Unlock()
	if fails && !f.lost {
		return out, f.with
	}
	got, err := do()
	if fails {
		return out, f.with
	}
	return got, err
}

func (f failing) Commit(ctx context.Context, changes ...engine.Change) error {
	_, err := nth(f, func() (bool, error) { return true, f.Records.Commit(ctx, changes...) })
	return err
}

func (f failing) AddInbound(ctx context.Context, in engine.Inbound) (bool, error) {
	return nth(f, func() (bool, error) { return f.Records.AddInbound(ctx, in) })
}

func (f failing) ClaimInbound(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]engine.Inbound, error) {
	return nth(f, func() ([]engine.Inbound, error) { return f.Records.ClaimInbound(ctx, now, limit, lease) })
}

func (f failing) InboundSame(ctx context.Context, same string) (engine.Inbound, error) {
	return nth(f, func() (engine.Inbound, error) { return f.Records.InboundSame(ctx, same) })
}

func (f failing) RequestByReply(ctx context.Context, hash string) (engine.Request, error) {
	return nth(f, func() (engine.Request, error) { return f.Records.RequestByReply(ctx, hash) })
}

func (f failing) Municipality(ctx context.Context) (engine.Municipality, error) {
	return nth(f, func() (engine.Municipality, error) { return f.Records.Municipality(ctx) })
}

func (f failing) Plan(ctx context.Context, id string) (engine.Plan, error) {
	return nth(f, func() (engine.Plan, error) { return f.Records.Plan(ctx, id) })
}

func (f failing) Season(ctx context.Context, plan, period string) (engine.Season, error) {
	return nth(f, func() (engine.Season, error) { return f.Records.Season(ctx, plan, period) })
}

func (f failing) Organisations(ctx context.Context, ids ...string) ([]engine.Organisation, error) {
	return nth(f, func() ([]engine.Organisation, error) { return f.Records.Organisations(ctx, ids...) })
}

func (f failing) Activities(ctx context.Context, plan string, ids ...string) ([]engine.Activity, error) {
	return nth(f, func() ([]engine.Activity, error) { return f.Records.Activities(ctx, plan, ids...) })
}

func (f failing) Entries(ctx context.Context, plan, period string, ids ...string) ([]engine.Entry, error) {
	return nth(f, func() ([]engine.Entry, error) { return f.Records.Entries(ctx, plan, period, ids...) })
}

func (f failing) Proposals(ctx context.Context, plan, period string, ids ...string) ([]engine.Proposal, error) {
	return nth(f, func() ([]engine.Proposal, error) { return f.Records.Proposals(ctx, plan, period, ids...) })
}

func (f failing) HasMessage(ctx context.Context, key string) (bool, error) {
	return nth(f, func() (bool, error) { return f.Records.HasMessage(ctx, key) })
}
