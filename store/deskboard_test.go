package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"splneno/engine"
)

// A fair is a random season of a few bodies, as it is stored.
type fair struct {
	c engine.Change
	r *rand.Rand
}

const asked = engine.Date("2024-01-10")

func newFair(seed uint64) *fair {
	f := &fair{c: change("fair"), r: rand.New(rand.NewPCG(seed, 2024))}
	season := engine.Season{Plan: "kpss", Period: engine.Year(2023), State: engine.SeasonOpen, AskedOn: asked}
	f.c.Plans, f.c.Seasons = []engine.Plan{{ID: "kpss", Title: "Plán"}}, []engine.Season{season}
	for i := range 4 {
		id := fmt.Sprint("telo-", i)
		f.c.Organisations = append(f.c.Organisations, engine.Organisation{ID: id, Name: id, Contacts: []engine.Contact{{Email: id + "@example.cz"}}})
		f.c.Requests = append(f.c.Requests, engine.Request{Plan: "kpss", Period: "2023", Organisation: id, Round: 1, Step: 1, AskedOn: asked,
			AnswerBy: "2024-01-31", Written: []engine.Date{asked}, LinkHash: id})
	}
	for n := range 12 {
		f.promise(n)
	}
	return f
}

// promise adds an activity, its entry and what was said about it.
func (f *fair) promise(n int) {
	id := fmt.Sprintf("1.%d/1", n+1)
	a := engine.Activity{Plan: "kpss", ID: id, Title: id, Position: n}
	if f.r.IntN(3) == 0 {
		a.Answers = engine.EachAnswers
	}
	e := engine.Entry{EntryKey: engine.EntryKey{Plan: "kpss", Period: "2023", Activity: id}, State: engine.Planned}
	for _, i := range f.r.Perm(4)[:1+f.r.IntN(3)] {
		r := &f.c.Requests[i]
		r.Activities = append(r.Activities, id)
		e.Askees = append(e.Askees, r.Organisation)
		if f.r.IntN(2) == 0 {
			f.answer(&e, r.Organisation)
		}
	}
	switch f.r.IntN(8) {
	case 0:
		e.State = engine.Partial
	case 1:
		e.NextStep = engine.Drop
	case 2:
		e.State = engine.InProgress
	}
	f.c.Activities, f.c.Entries = append(f.c.Activities, a), append(f.c.Entries, e)
}

// answer gives a body one or two revisions.
func (f *fair) answer(e *engine.Entry, body string) {
	p := engine.Proposal{EntryKey: e.EntryKey, Organisation: body, Revision: 1, Channel: engine.ByLink, By: "kdo", State: engine.Pending,
		At: noon.AddDate(0, 0, -f.r.IntN(100)), Answer: engine.Answer{Status: []engine.State{engine.InProgress, engine.Fulfilled, engine.StateUnknown}[f.r.IntN(3)]}}
	if f.r.IntN(3) == 0 {
		old := p
		old.State = engine.Superseded
		f.c.Proposals = append(f.c.Proposals, old)
		p.Revision = 2
	}
	if f.r.IntN(4) == 0 && p.At.After(time.Date(2024, 1, 10, 0, 0, 0, 0, time.UTC)) {
		p.State, p.Question, p.DecidedAt = engine.Returned, "?", p.At
	}
	if f.c.Proposals = append(f.c.Proposals, p); e.AnsweredAt.IsZero() || p.At.After(e.AnsweredAt) {
		e.AnsweredAt, e.Said = p.At, p.Answer.Status
	}
}

// caseOf gives the case of a body.
func (f *fair) caseOf(r engine.Request) engine.Case {
	c := engine.Case{Municipality: engine.Municipality{Policy: engine.DefaultPolicy()}, Season: f.c.Seasons[0], Request: r}
	for _, o := range f.c.Organisations {
		if o.ID == r.Organisation {
			c.Organisation = o
		}
	}
	for i, e := range f.c.Entries {
		for _, id := range r.Activities {
			if id == e.Activity {
				c.Activities, c.Entries = append(c.Activities, f.c.Activities[i]), append(c.Entries, e)
			}
		}
	}
	for _, p := range engine.Newest(f.c.Proposals) {
		if p.Organisation == r.Organisation {
			c.Proposals = append(c.Proposals, p)
		}
	}
	return c
}

// What the database counts as owed is what the engine would ask about.
func TestBodyCountsAgreeWithTheEngine(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		owing := 0
		for seed := range uint64(60) {
			tn := town(t, db, fmt.Sprint("mesto-", seed))
			f := newFair(seed)
			for i := range f.c.Requests {
				f.c.Requests[i].LinkHash += tn.Tenant()
			}
			mustCommit(t, tn, f.c)
			counts := get[[]engine.BodyCount](t)(tn.BodyCounts(ctx, "kpss", "2023", asked.Start(time.UTC)))
			if len(counts) != len(f.c.Requests) {
				t.Fatalf("%d bodies, want %d", len(counts), len(f.c.Requests))
			}
			for i, r := range f.c.Requests {
				c := f.caseOf(r)
				n, why := engine.AskAgain(c, "2024-01-16")
				want := 0
				if why == "" {
					want = len(n.Letter.Items)
				} else if why != engine.RefusedAnswered {
					t.Fatalf("seed %d: %s is refused for %q", seed, r.Organisation, why)
				}
				own := len(c.Proposals)
				if got := counts[i]; got.Owed != want || got.Own != own || got.Total != len(r.Activities) || got.Request.Organisation != r.Organisation {
					t.Errorf("seed %d: %s owes %d and said %d of %d, want %d and %d of %d", seed, r.Organisation, got.Owed, got.Own, got.Total, want, own, len(r.Activities))
				}
				owing += want
			}
			n := get[engine.SeasonCount](t)(tn.SeasonCount(ctx, "kpss", "2023"))
			if n.Entries != 12 {
				t.Errorf("seed %d: %+v", seed, n)
			}
		}
		if owing < 100 {
			t.Errorf("only %d items are owed: the seasons say little", owing)
		}
	})
}
