package main

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"splneno/cmd/splneno/country"
)

// BenchmarkCountryPages compares what one town does alone with the same town in
// a country of its likes: every page of the desk a coordinator comes to from the
// first one, a round at rest, and a day of its calendar with its letters. Aim:
// no more than half as long again. The largest ratio comes first.
//
//	SPLNENO_TOWNS=206 SPLNENO_YEARS=10 go test -run none -bench CountryPages -benchtime 10x -timeout 60m ./cmd/splneno
func BenchmarkCountryPages(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			g := countrySize(b)
			towns := g.Towns
			g.Towns = 1
			alone, all := twoDatabases(b, kind, g)
			sayDurable(b, all.DB)
			multiply(b, all.DB, country.New(g.Seed, 0).ID, towns)
			pair := [2]*oneOfMany{openOne(b, alone, g), openOne(b, all, g)}
			tasks := pair[0].tasks(b)
			pair[1].tasks(b) // it has been asked for everything once, too
			spent := map[string]*[2][]time.Duration{}
			for b.Loop() {
				for _, task := range tasks {
					if spent[task] == nil {
						spent[task] = &[2][]time.Duration{}
					}
					for i, o := range pair {
						began := time.Now()
						o.does(b, task)
						spent[task][i] = append(spent[task][i], time.Since(began))
					}
				}
			}
			reportRatios(b, spent)
		})
	}
}

// reportRatios prints what took longer in the country than alone, by the fastest
// tenth of each: the machine has other work to do, and of ten runs under load half
// can be twice as long.
func reportRatios(b *testing.B, spent map[string]*[2][]time.Duration) {
	type line struct {
		task        string
		alone, many time.Duration
		ratio       float64
	}
	var lines []line
	typical := func(all []time.Duration) time.Duration { slices.Sort(all); return all[len(all)/10] }
	var sums [2]time.Duration
	for task, s := range spent {
		l := line{task: task, alone: typical(s[0]), many: typical(s[1])}
		l.ratio = float64(l.many) / float64(l.alone)
		lines = append(lines, l)
		if task != taskRound { // which is about all towns
			sums[0], sums[1] = sums[0]+l.alone, sums[1]+l.many
		}
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(b.ratio, a.ratio) })
	over := 0
	for _, l := range lines {
		if l.task != taskRound && l.ratio > 1.5 && l.many-l.alone > time.Millisecond {
			over++
		}
		fmt.Printf("%6.2f %9.2f ms alone %9.2f ms in the country  %s\n", l.ratio, ms(l.alone), ms(l.many), l.task)
	}
	b.ReportMetric(float64(sums[1])/float64(sums[0]), "ratio")
	b.ReportMetric(float64(over), "over-1.5")
	b.ReportMetric(0, "ns/op")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
