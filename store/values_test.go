package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func oneEntry(activity string) engine.Entry {
	return engine.Entry{EntryKey: engine.EntryKey{Plan: "kpss", Period: "2023", Activity: activity}, State: engine.Planned}
}

func TestTextComesBackByteForByte(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		texts := []string{
			"Příliš žluťoučký kůň úpěl ďábelské ódy", "😀👩‍👩‍👧 𝕊", "'; DROP TABLE entry; --", `\'`, `"`, "?", "$1", "a--b /* c */", "\r\n\t",
			"{{.Name}} <b>&amp;</b>", "e\u0301 není é", "\ufffd", "\u200b\u202e", strings.Repeat("Žluťoučký ", 100_000),
		}
		c := change("texts")
		var want []engine.Entry
		for i, s := range texts {
			e := oneEntry(string(rune('a' + i)))
			e.Narrative, e.Askees = s, []string{s}
			c.Entries = append(c.Entries, e)
			e.Version = 1
			want = append(want, e)
		}
		mustCommit(t, tn, c)
		if d := cmp.Diff(want, get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023"))); d != "" {
			t.Error(d)
		}
	})
}

func TestTextNobodyKeepsIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		for _, bad := range []string{"a\x00b", "\xff", "\xed\xa0\x80"} {
			for name, spoil := range map[string]func(*engine.Change){
				"a column":    func(c *engine.Change) { c.Entries[0].Narrative = bad },
				"inside":      func(c *engine.Change) { c.Entries[0].Numbers = []engine.Number{{Name: bad}} },
				"a map":       func(c *engine.Change) { c.Detail = map[string]string{bad: ""} },
				"the journal": func(c *engine.Change) { c.Actor.Name = bad },
				"a date":      func(c *engine.Change) { c.Entries[0].PostponedTo = engine.Date(bad) },
				"a pointer":   func(c *engine.Change) { c.Municipality = &engine.Municipality{Name: bad, Version: 1} },
			} {
				c := change("spoilt")
				c.Entries = []engine.Entry{oneEntry("1")}
				spoil(&c)
				if err := tn.Commit(ctx, c); engine.CodeOf(err) != engine.Invalid {
					t.Errorf("%q in %s: %v", bad, name, err)
				}
			}
		}
		c := change("spoilt")
		c.Entries = []engine.Entry{{Narrative: "dopis \x00"}}
		if err := tn.Commit(ctx, c); err == nil || !strings.Contains(err.Error(), "a text of Narrative of Entries") || strings.Contains(err.Error(), "dopis") {
			t.Errorf("it must say where the text stands and not what it is: %v", err)
		}
		if got := get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023")); len(got) != 0 {
			t.Errorf("something was stored: %v", got)
		}
	})
}

func TestDaysStayTheDayTheyAre(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("days")
		var want []engine.Request
		for _, d := range []engine.Date{"2023-01-01", "2023-06-30", "2023-10-29", "2023-12-31", "2024-02-29", "2024-03-31", "9999-12-31"} {
			r := engine.Request{Plan: "p", Period: "x", Organisation: string(d), AskedOn: d, AnswerBy: d, NextOn: d, Written: []engine.Date{d}}
			c.Requests = append(c.Requests, r)
			r.Version = 1
			want = append(want, r)
		}
		mustCommit(t, tn, c)
		if d := cmp.Diff(want, get[[]engine.Request](t)(tn.Requests(ctx, "p", "x"))); d != "" {
			t.Error(d)
		}
		for i, r := range want {
			if due := get[[]engine.Request](t)(tn.RequestsDue(ctx, r.NextOn, 100)); len(due) != i+1 {
				t.Errorf("on %s %d requests are due, want %d", r.NextOn, len(due), i+1)
			}
		}
	})
}

func TestTimesComeBackInUTCToTheMicrosecond(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("times")
		summer := time.FixedZone("SELČ", 7200)
		given := []time.Time{
			time.Date(2023, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(2024, 1, 1, 0, 30, 0, 0, summer),
			time.Date(2024, 7, 1, 12, 0, 0, 100000, summer), time.Date(2024, 7, 1, 12, 0, 0, 120000000, summer), {},
			time.Date(1969, 12, 31, 23, 59, 59, 1000, time.UTC),
		}
		for i, at := range given {
			e := oneEntry(string(rune('a' + i)))
			e.ApprovedAt = at
			c.Entries = append(c.Entries, e)
		}
		mustCommit(t, tn, c)
		for i, e := range get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023")) {
			if want := given[i].UTC().Truncate(time.Microsecond); e.ApprovedAt != want { // ==: the zone is UTC too
				t.Errorf("%v came back as %v", given[i], e.ApprovedAt)
			}
		}
	})
}

func TestUnknownFieldsArePassedOver(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn := town(t, db, "klatovy")
		c := change("one")
		c.Entries = []engine.Entry{oneEntry("1")}
		mustCommit(t, tn, c)
		_, err := admin(db).NewRaw(`UPDATE entry SET numbers = '[{"Name":"x","Value":2,"Later":{"a":1}}]'`).Exec(ctx)
		if err != nil {
			t.Fatal(err)
		}
		got := get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023"))
		if d := cmp.Diff([]engine.Number{{Name: "x", Value: 2}}, got[0].Numbers); d != "" {
			t.Error(d)
		}
	})
}
