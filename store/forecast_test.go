package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// What looking ahead reads is the same as the whole records, less what it does
// not need.
func TestReadingAhead(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := migrated(t, dsn).Tenant("klatovy")
		if head := get[int64](t)(tn.Head(ctx)); head != 0 {
			t.Errorf("an empty journal ends with line %d", head)
		}
		c := change("filled")
		c.Municipality = &engine.Municipality{Name: "Mesto"}
		due := engine.Deadline{Raw: "2023", Kind: engine.DeadlineYear, Due: "2023-12-31"}
		key := func(a string) engine.EntryKey { return engine.EntryKey{Plan: "p", Period: "2023", Activity: a} }
		c.Activities = []engine.Activity{{Plan: "p", ID: "2", Title: "b", Deadline: due, Position: 1}, {Plan: "p", ID: "1", Measure: "1.1", Title: "a", Position: 2, Answers: engine.EachAnswers, Deadline: due}}
		c.Entries = []engine.Entry{{EntryKey: key("1"), State: engine.Planned, Askees: []string{"x", "y"}}, {EntryKey: key("2"), State: engine.Partial, Narrative: "n", AnsweredAt: noon, Said: engine.Partial, NextStep: engine.Drop}}
		c.Requests = []engine.Request{{Plan: "p", Period: "2023", Organisation: "x", Written: []engine.Date{"2024-01-10"}, Moves: map[string]engine.Date{"*": ""}, LinkHash: "h"}}
		answer := func(a, body string, revision int, state engine.ProposalState) engine.Proposal {
			return engine.Proposal{EntryKey: key(a), Organisation: body, Revision: revision, State: state, Answer: engine.Answer{Status: engine.InProgress}, At: noon.Add(time.Duration(revision) * time.Hour)}
		}
		c.Proposals = []engine.Proposal{answer("1", "x", 1, engine.Pending), answer("1", "x", 2, engine.Approved), answer("2", "x", 1, engine.Returned), answer("2", "x", 2, engine.Pending), answer("2", "y", 1, engine.Returned)}
		mustCommit(t, tn, c)
		if head := get[int64](t)(tn.Head(ctx)); head != 1 {
			t.Errorf("the journal ends with line %d", head)
		}
		want := []engine.Activity{{Plan: "p", ID: "2", Title: "b", Deadline: due, Version: 1}, {Plan: "p", ID: "1", Measure: "1.1", Title: "a", Deadline: due, Answers: engine.EachAnswers, Version: 1}}
		if d := cmp.Diff(want, get[[]engine.Activity](t)(tn.Terms(ctx, "p"))); d != "" {
			t.Errorf("terms (-want +got):\n%s", d)
		}
		entries := []engine.Entry{{EntryKey: key("1"), State: engine.Planned, Askees: []string{"x", "y"}}, {EntryKey: key("2"), State: engine.Partial, AnsweredAt: noon, Said: engine.Partial, NextStep: engine.Drop}}
		if d := cmp.Diff(entries, get[[]engine.Entry](t)(tn.Standing(ctx, "p", "2023"))); d != "" {
			t.Errorf("entries (-want +got):\n%s", d)
		}
		var open []string
		for _, p := range get[[]engine.Proposal](t)(tn.Unsettled(ctx, "p", "2023")) {
			open = append(open, p.Activity+p.Organisation+string(p.State))
		}
		if d := cmp.Diff([]string{"2yreturned", "1xapproved"}, open); d != "" {
			t.Errorf("unsettled (-want +got):\n%s", d)
		}
		places := []engine.Request{{Plan: "p", Period: "2023", Organisation: "x", Written: []engine.Date{"2024-01-10"}, Moves: map[string]engine.Date{"*": ""}}}
		if d := cmp.Diff(places, get[[]engine.Request](t)(tn.Places(ctx, "p", "2023"))); d != "" {
			t.Errorf("places (-want +got):\n%s", d)
		}
		other := migrated(t, dsn).Tenant("susice")
		if n := len(get[[]engine.Activity](t)(other.Terms(ctx, "p"))) + len(get[[]engine.Entry](t)(other.Standing(ctx, "p", "2023"))) +
			len(get[[]engine.Proposal](t)(other.Unsettled(ctx, "p", "2023"))) + len(get[[]engine.Request](t)(other.Places(ctx, "p", "2023"))); n != 0 {
			t.Errorf("another town reads %d of it", n)
		}
	})
}
