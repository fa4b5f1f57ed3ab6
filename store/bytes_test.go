package store

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"splneno/engine"
)

// letterChanges are what follows from a run of letters: requests that were
// looked at, and a letter of so many bytes for each.
func letterChanges(name string, n, size int) (out []engine.Change) {
	raw := make([]byte, size)
	for i := range raw {
		raw[i] = byte(i)
	}
	for i := range n {
		c := change("written_to")
		c.Subject = fmt.Sprint(name, i)
		c.Messages = []engine.Message{{Key: fmt.Sprint(name, i), State: engine.Queued, CreatedAt: noon, NextAt: noon,
			Text: `Opravdu? $1 ?0 it's "so"`, Raw: append(raw[:size:size], byte(i))}}
		out = append(out, c)
	}
	return out
}

// TestCommittedTogether commits letters in one go: each is stored as it is, with
// a line of its own, and none when one of them is there already.
func TestCommittedTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		changes := letterChanges("a", 45, 300)
		changes[7].Messages[0].Raw = nil
		if err := tn.Commit(ctx, changes...); err != nil {
			t.Fatal(err)
		}
		got := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon.Add(time.Minute), 100, time.Minute))
		if len(got) != len(changes) {
			t.Fatalf("%d letters", len(got))
		}
		there := map[string]engine.Message{}
		for _, m := range got {
			there[m.Key] = m
		}
		for _, c := range changes {
			m, is := c.Messages[0], there[c.Messages[0].Key]
			if is.Text != m.Text || !bytes.Equal(is.Raw, m.Raw) || (is.Raw == nil) != (m.Raw == nil) {
				t.Errorf("letter %s is stored as %q", m.Key, is.Raw)
			}
		}
		before := lines(t, tn)
		if len(before) < len(changes) {
			t.Errorf("%d lines", len(before))
		}
		again := append(letterChanges("b", 30, 300), letterChanges("a", 1, 300)...)
		if err := tn.Commit(ctx, again...); engine.CodeOf(err) != engine.Conflict {
			t.Errorf("a letter that is there already: %v", err)
		}
		if after := lines(t, tn); len(after) != len(before) {
			t.Errorf("%d lines after a refusal, %d before it", len(after), len(before))
		}
		if said := get[bool](t)(tn.HasMessage(ctx, "b0")); said {
			t.Error("a letter of a refused commit is there")
		}
	})
}

// BenchmarkLetters commits 25 letters as a run of letters does.
func BenchmarkLetters(b *testing.B) {
	onBothForBenchmarks(b, func(b *testing.B, dsn string) {
		tn := town(b, migrated(b, dsn), "klatovy")
		for n := 0; b.Loop(); n++ {
			if err := tn.Commit(ctx, letterChanges(fmt.Sprint(n, "/"), 25, 25_000)...); err != nil {
				b.Fatal(err)
			}
		}
	})
}
