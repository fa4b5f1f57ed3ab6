package main

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// inbox gives the mails that came in, oldest first.
func (a *attacked) inbox(tenant string, states ...engine.InboundState) []engine.Inbound {
	a.t.Helper()
	all, err := a.db.Tenant(tenant).Inbox(a.t.Context(), 0, states...)
	a.must(err)
	slices.Reverse(all)
	return all
}

func (a *attacked) proposals(tenant string) []engine.Proposal {
	a.t.Helper()
	all, err := a.db.Tenant(tenant).Proposals(a.t.Context(), "p", "2023")
	a.must(err)
	return all
}

// messages gives the mails written, oldest first; of a kind, when one is given.
func (a *attacked) messages(tenant string, kinds ...engine.LetterKind) []engine.Message {
	a.t.Helper()
	all, err := a.db.Tenant(tenant).Messages(a.t.Context(), 0)
	a.must(err)
	slices.Reverse(all)
	return slices.DeleteFunc(all, func(m engine.Message) bool { return len(kinds) > 0 && !slices.Contains(kinds, m.Kind) })
}

// official is what only a coordinator may move, as one text.
func (a *attacked) official(tenant string) string {
	a.t.Helper()
	entries, err := a.db.Tenant(tenant).Entries(a.t.Context(), "p", "2023")
	a.must(err)
	for i := range entries {
		entries[i].AnsweredAt, entries[i].Said, entries[i].Version = time.Time{}, "", 0
	}
	return a.text(entries)
}

// everything is all that mail without a right may not move, as one text.
func (a *attacked) everything(tenant string) string {
	a.t.Helper()
	ctx, tn := a.t.Context(), a.db.Tenant(tenant)
	entries, err1 := tn.Entries(ctx, "p", "2023")
	requests, err2 := tn.Requests(ctx, "p", "2023")
	bodies, err3 := tn.Organisations(ctx)
	town, err4 := tn.Municipality(ctx)
	for _, err := range []error{err1, err2, err3, err4} {
		a.must(err)
	}
	return a.text([]any{entries, requests, bodies, town, a.proposals(tenant), a.messages(tenant)})
}

func (a *attacked) text(v any) string {
	a.t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	a.must(err)
	return string(text)
}

// verify checks the journal as the command does.
func (a *attacked) verify() {
	a.t.Helper()
	var out strings.Builder
	if code := run(context.Background(), world{args: []string{"--db", a.c.DB, "verify"}, out: &out, err: &out, now: a.now}); code != exitDone {
		a.t.Errorf("verify exits with %d: %s", code, out.String())
	}
}

// told gives the lines of a text of testdata/attack.
func told(t testing.TB, name string) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/attack/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}
