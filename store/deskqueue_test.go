package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// answerOf is a pending answer of a body, hours after noon.
func answerOf(body, activity string, revision, hours int) engine.Proposal {
	return engine.Proposal{EntryKey: engine.EntryKey{Plan: "kpss", Period: "2023", Activity: activity}, Organisation: body, Revision: revision,
		Channel: engine.ByLink, By: "Věra Říhová", At: noon.Add(time.Duration(hours) * time.Hour), State: engine.Pending}
}

// queued fills a town with three bodies' answers: charita has waited longest.
func queued(t *testing.T, tn *Tenant) {
	c := change("queued")
	for i, id := range []string{"1.1/1", "1.1/2", "1.1/10", "2.1/1"} {
		a := engine.Activity{Plan: "kpss", ID: id, Area: id[:1], Title: "Činnost " + id, Position: i + 1}
		e := oneEntry(id)
		c.Activities, c.Entries = append(c.Activities, a), append(c.Entries, e)
	}
	sentBack := answerOf("mess", "1.1/1", 1, 1)
	sentBack.State, sentBack.Question = engine.Superseded, "Kolik?"
	unsure := answerOf("zus", "2.1/1", 1, 3)
	unsure.Channel = engine.ByToken
	approved := answerOf("zus", "1.1/1", 1, 0)
	approved.State, approved.By = engine.Approved, "Šárka Čížková"
	c.Proposals = []engine.Proposal{answerOf("charita", "1.1/10", 1, 5), answerOf("charita", "1.1/2", 1, 0), answerOf("charita", "2.1/1", 1, 9),
		sentBack, answerOf("mess", "1.1/1", 2, 2), unsure, approved}
	mustCommit(t, tn, c)
}

// said lists answers shortly.
func said(list []engine.Proposal) string {
	var out []string
	for _, p := range list {
		out = append(out, fmt.Sprintf("%s %s r%d", p.Organisation, p.Activity, p.Revision))
	}
	return strings.Join(out, "; ")
}

func TestTheQueueByThePage(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		queued(t, tn)
		group := func(body string, n int) engine.QueueGroup {
			return engine.QueueGroup{Organisation: body, Plan: "kpss", Period: "2023", Waiting: n}
		}
		for name, c := range map[string]struct {
			filter engine.QueueFilter
			want   []engine.QueueGroup
		}{
			"all":           {engine.QueueFilter{}, []engine.QueueGroup{group("charita", 3), group("mess", 1), group("zus", 1)}},
			"one body":      {engine.QueueFilter{Organisations: []string{"mess"}}, []engine.QueueGroup{group("mess", 1)}},
			"one area":      {engine.QueueFilter{Areas: []string{"2"}}, []engine.QueueGroup{group("zus", 1), group("charita", 1)}},
			"two areas":     {engine.QueueFilter{Areas: []string{"1", "2"}}, []engine.QueueGroup{group("charita", 3), group("mess", 1), group("zus", 1)}},
			"asked again":   {engine.QueueFilter{Asked: true}, []engine.QueueGroup{group("mess", 1)}},
			"sure":          {engine.QueueFilter{Sure: true}, []engine.QueueGroup{group("charita", 3), group("mess", 1)}},
			"season":        {engine.QueueFilter{Plan: "kpss", Period: "2023", Organisations: []string{"zus"}}, []engine.QueueGroup{group("zus", 1)}},
			"other season":  {engine.QueueFilter{Plan: "kpss", Period: "2022"}, nil},
			"hostile words": {engine.QueueFilter{Organisations: []string{"'; DROP TABLE proposal; --", "a\x00"}, Areas: []string{"\xff"}}, nil},
		} {
			if d := cmp.Diff(c.want, get[[]engine.QueueGroup](t)(tn.QueueGroups(ctx, c.filter))); d != "" {
				t.Errorf("%s (-want +got):\n%s", name, d)
			}
		}
		order := []string{"charita 1.1/2 r1", "charita 1.1/10 r1", "charita 2.1/1 r1"} // of the plan, not of the numbers
		for from := range 4 {
			want := strings.Join(order[from:min(from+2, 3)], "; ")
			if got := said(get[[]engine.Proposal](t)(tn.QueueOf(ctx, group("charita", 3), engine.QueueFilter{}, from, 2))); got != want {
				t.Errorf("from %d: %s, want %s", from, got, want)
			}
		}
		if got := said(get[[]engine.Proposal](t)(tn.QueueOf(ctx, group("charita", 3), engine.QueueFilter{Areas: []string{"2"}}, 0, 9))); got != "charita 2.1/1 r1" {
			t.Errorf("of an area: %s", got)
		}
		if d := cmp.Diff(map[string][]string{"zus": {"Šárka Čížková"}}, get[map[string][]string](t)(tn.Writers(ctx, []string{"zus", "mess"}))); d != "" {
			t.Errorf("writers (-want +got):\n%s", d)
		}
	})
}

func TestEntriesByThePage(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		queued(t, tn)
		entries := get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023"))
		c := change("decided")
		for _, e := range entries {
			switch e.Activity {
			case "1.1/2":
				e.State, e.AnsweredAt, e.ApprovedAt = engine.Partial, noon, noon
			case "1.1/10":
				e.State, e.NextStep, e.ApprovedAt = engine.Fulfilled, engine.Close, noon
			default:
				continue
			}
			c.Entries = append(c.Entries, e)
		}
		mustCommit(t, tn, c)
		for name, f := range map[string]struct {
			filter engine.EntryFilter
			want   string
		}{
			"all":        {engine.EntryFilter{}, "1.1/1 1.1/2 1.1/10 2.1/1"},
			"area":       {engine.EntryFilter{Areas: []string{"2"}}, "2.1/1"},
			"state":      {engine.EntryFilter{States: []engine.State{engine.Fulfilled}}, "1.1/10"},
			"undecided":  {engine.EntryFilter{Undecided: true, States: []engine.State{engine.Partial, engine.Fulfilled}}, "1.1/2"},
			"unanswered": {engine.EntryFilter{Unanswered: true}, "1.1/1 2.1/1"},
			"words":      {engine.EntryFilter{Find: "cinnost 2.1"}, "2.1/1"},
			"diacritics": {engine.EntryFilter{Find: "ČINNOST  1.1/2"}, "1.1/2"},
			"no pattern": {engine.EntryFilter{Find: "%"}, ""},
			"NUL":        {engine.EntryFilter{Areas: []string{"a\x00"}}, ""},
		} {
			f.filter.Plan, f.filter.Period = "kpss", "2023"
			var got []string
			for _, e := range get[[]engine.Placed](t)(tn.EntryPage(ctx, f.filter, 0, 10)) {
				got = append(got, e.Entry.Activity)
			}
			if strings.Join(got, " ") != f.want {
				t.Errorf("%s: %v, want %s", name, got, f.want)
			}
			if n := engine.Counted(get[[]engine.EntryCount](t)(tn.EntryCounts(ctx, f.filter))); n != len(got) {
				t.Errorf("%s: %d counted, %d found", name, n, len(got))
			}
		}
		page := get[[]engine.Placed](t)(tn.EntryPage(ctx, engine.EntryFilter{Plan: "kpss", Period: "2023"}, 1, 2))
		if len(page) != 2 || page[0].Activity.ID != "1.1/2" || page[1].Entry.State != engine.Fulfilled {
			t.Errorf("the second page: %+v", page)
		}
	})
}
