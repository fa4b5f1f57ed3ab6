package document

import (
	"fmt"
	"runtime"
	"testing"

	"splneno/engine"
)

// large is a print of so many activities, in areas and measures as large plans
// have them.
func large(t testing.TB, n int) engine.Print {
	t.Helper()
	p := rich(t)
	e := &p.Evaluation
	rows := e.Rows()
	e.Areas, e.Totals, e.Edits = nil, engine.Totals{}, nil
	for i := range n {
		if i%200 == 0 {
			e.Areas = append(e.Areas, engine.AreaResult{Code: fmt.Sprint(i/200 + 1), Title: rows[i%len(rows)].Title})
		}
		a := &e.Areas[len(e.Areas)-1]
		if i%10 == 0 {
			a.Measures = append(a.Measures, engine.MeasureResult{Code: fmt.Sprintf("%s.%d", a.Code, len(a.Measures)+1), Title: rows[i%len(rows)].Title})
		}
		m := &a.Measures[len(a.Measures)-1]
		r := rows[i%len(rows)]
		r.ID = fmt.Sprintf("%s/%d", m.Code, i%10+1)
		m.Activities = append(m.Activities, r)
		m.Totals.Add(r)
		a.Totals.Add(r)
		e.Totals.Add(r)
	}
	return p
}

// BenchmarkSet makes the complete set: 40 activities should take under 0.3 s,
// 4,000 under 5 s and 128 MiB.
func BenchmarkSet(b *testing.B) {
	for _, n := range []int{40, 4000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, m := large(b, n), maker(b)
			for b.Loop() {
				if _, err := m.Documents(p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkForm makes each document alone.
func BenchmarkForm(b *testing.B) {
	p, m := large(b, 4000), maker(b)
	for _, f := range forms {
		b.Run(f.end, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a, err := m.set(p).make(f)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(a.Data))/1024, "KiB")
			}
			var s runtime.MemStats
			runtime.ReadMemStats(&s)
			b.ReportMetric(float64(s.HeapSys)/(1<<20), "MiB-heap")
		})
	}
}

// BenchmarkBuild builds the whole paper, without a format.
func BenchmarkBuild(b *testing.B) {
	p, m := large(b, 4000), maker(b)
	for b.Loop() {
		if _, err := m.set(p).full(); err != nil {
			b.Fatal(err)
		}
	}
}
