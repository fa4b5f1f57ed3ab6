//go:build unix

package main

import (
	"testing"
	"time"
)

// BenchmarkCountryYear lives one year of a country, every day of it, by the
// rounds of real nodes: one on a file, three on a server. Beside it stands what
// is written by plain statements, in as many commits, into a database of the
// same kind: no year can be had for less. And the year of one town alone: what
// each of many costs above that is what towns cost one another.
//
//	SPLNENO_TOWNS=206 go test -run none -bench CountryYear -benchtime 1x -timeout 60m ./cmd/splneno
func BenchmarkCountryYear(b *testing.B) {
	onBoth(b, func(b *testing.B, dsn func() string) {
		g := countrySize(b)
		for b.Loop() {
			nodes := 3
			one := generateCommand{Towns: 1, Activities: g.Activities, Years: 1, Seed: g.Seed, Until: g.Until}
			file := dsn()
			if file[:6] == "sqlite" {
				nodes = 1
			}
			alone := liveYear(b, one, file, nodes)
			many := dsn()
			all := liveYear(b, g, many, nodes)
			sayDurable(b, many)
			bare := writeBare(b, dsn(), all)
			all.report(b, g.Towns)
			b.ReportMetric(alone.took.Seconds()*1000, "ms/town-alone")
			b.ReportMetric(bare.took.Seconds(), "bare-s")
			b.ReportMetric(bare.cpu.Seconds(), "bare-cpu-s")
			b.ReportMetric(float64(bare.oneCommit.Microseconds()), "us/bare-commit")
			b.ReportMetric(all.took.Seconds()/bare.took.Seconds(), "ratio")
		}
		b.ReportMetric(0, "ns/op")
	})
}

// A livedYear is what a year took and what it left behind.
type livedYear struct {
	took                time.Duration
	cpu, server         time.Duration // of this process; of the database server
	heap                float64
	statements, commits int
	rows                map[string]rowsOfTable
}

func (y livedYear) report(b *testing.B, towns int) {
	b.ReportMetric(y.took.Seconds(), "s/year")
	b.ReportMetric(y.took.Seconds()/float64(towns)*1000, "ms/town")
	b.ReportMetric(float64(y.took.Microseconds())/float64(towns*364), "us/town-day")
	b.ReportMetric(y.cpu.Seconds(), "cpu-s/year")
	if y.server > 0 {
		b.ReportMetric(y.server.Seconds(), "server-cpu-s")
	}
	b.ReportMetric(y.heap, "MB-memory")
	b.ReportMetric(float64(y.statements), "statements")
	b.ReportMetric(float64(y.commits), "commits")
	for _, t := range yearTables {
		b.ReportMetric(float64(len(y.rows[t.name].values)), t.unit)
	}
}
