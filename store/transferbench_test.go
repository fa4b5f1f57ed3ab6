package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"splneno/engine"
	"splneno/store/pgtest"
)

// BenchmarkCopy copies a region: rows a second, from each kind into each, with
// everything read again and compared.
func BenchmarkCopy(b *testing.B) {
	open := map[string]func() *DB{
		"sqlite":   func() *DB { return migrated(b, "sqlite:"+filepath.Join(b.TempDir(), "b.db")) },
		"postgres": func() *DB { return migrated(b, pgtest.NewDSN(b)) },
	}
	first := open["sqlite"]()
	for i := range 10 {
		tn := town(b, first, fmt.Sprintf("town%d", i))
		mustCommit(b, tn, region(i))
		if err := tn.Commit(ctx, journalLines(2000)...); err != nil {
			b.Fatal(err)
		}
	}
	second := open["postgres"]()
	get[Sum](b)(first.CopyTo(ctx, second, Transfer{}))
	for from, db := range map[string]*DB{"sqlite": first, "postgres": second} {
		for to, fresh := range open {
			b.Run(from+"-"+to, func(b *testing.B) {
				var rows int64
				for b.Loop() {
					b.StopTimer()
					empty := fresh()
					b.StartTimer()
					rows += get[Sum](b)(db.CopyTo(ctx, empty, Transfer{})).Rows()
				}
				b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

// region is a town's plan of 10 years with 60 activities, answered.
func region(n int) engine.Change {
	c := change("filled")
	f := &filler{mark: "Podpora pečujících osob"}
	for i := range 600 {
		key := engine.EntryKey{Plan: "kpss", Period: fmt.Sprint(2015 + i/60), Activity: fmt.Sprint(i % 60)}
		c.Entries = append(c.Entries, filled(f, func(e *engine.Entry) { e.EntryKey, e.Version = key, 0 }))
		c.Proposals = append(c.Proposals, filled(f, func(p *engine.Proposal) { p.EntryKey, p.Revision, p.Version = key, 1, 0 }))
		c.Messages = append(c.Messages, filled(f, func(m *engine.Message) { m.Key = fmt.Sprint("letter", n, "/", i) }))
	}
	return c
}

// journalLines are lines of a journal and nothing else.
func journalLines(n int) (all []engine.Change) {
	for i := range n {
		c := change("answered")
		c.Detail = map[string]string{"n": fmt.Sprint(i), "by": "Oblast"}
		all = append(all, c)
	}
	return all
}
