package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func TestProofs(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "klatovy"), town(t, db, "susice")
		say := func(tn *Tenant, event, subject string, entries ...engine.Entry) engine.JournalLine {
			c := change(event)
			c.Subject, c.Entries = subject, entries
			mustCommit(t, tn, c)
			lines := get[[]engine.JournalLine](t)(tn.JournalOf(ctx, subject, 100))
			return lines[len(lines)-1]
		}
		say(tn, "season_opened", "kpss/2023", oneEntry("1.1/1"), oneEntry("1.1/2"), oneEntry("1.1/3"))
		say(other, "season_opened", "kpss/2023", oneEntry("1.1/3"))
		say(tn, "approved", "kpss/2023/1.1/1")
		say(tn, "reopened", "kpss/2023/1.1/1")
		first := say(tn, "reported", "kpss/2023/1.1/1")
		say(tn, "decided", "kpss/2023/1.1/1")
		second := say(tn, "approved", "kpss/2023/1.1/2")
		say(tn, "approved", "kpss/2024/1.1/2")
		say(tn, "noted", "kpss/2023/1.1/3")
		say(other, "approved", "kpss/2023/1.1/3")
		want := map[string]engine.Proof{"1.1/1": {Line: first.Seq, Hash: first.Hash}, "1.1/2": {Line: second.Seq, Hash: second.Hash}}
		if d := cmp.Diff(want, get[map[string]engine.Proof](t)(tn.Proofs(ctx, "kpss", "2023"))); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
		if none := get[map[string]engine.Proof](t)(tn.Proofs(ctx, "kpss\x00", "2023")); len(none) > 0 {
			t.Errorf("%v", none)
		}
	})
}

// BenchmarkProofs finds ten thousand lines among thirty thousand.
func BenchmarkProofs(b *testing.B) {
	onBothForBenchmarks(b, func(b *testing.B, dsn string) {
		tn := town(b, migrated(b, dsn), "klatovy")
		c := change("start")
		for i := range 10_000 {
			c.Entries = append(c.Entries, oneEntry(fmt.Sprintf("1.1/%d", i)))
		}
		mustCommit(b, tn, c)
		for i := range 30_000 {
			if _, err := tn.db.write.NewRaw("INSERT INTO journal (tenant, seq, made_at, actor, event, subject, detail, prev, hash) VALUES (?, ?, ?, 'x', ?, ?, '{}', 'prev', 'hash')",
				tn.id, i+10, noon, []string{"answered", "approved", "decided"}[i%3], fmt.Sprintf("kpss/2023/1.1/%d", i/3)).Exec(ctx); err != nil {
				b.Fatal(err)
			}
		}
		for b.Loop() {
			if n := len(get[map[string]engine.Proof](b)(tn.Proofs(ctx, "kpss", "2023"))); n != 10_000 {
				b.Fatal(n)
			}
		}
	})
}
