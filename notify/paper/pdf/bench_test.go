package pdf

import (
	"bytes"
	"io"
	"testing"
)

// BenchmarkThousandPages writes the evaluation of 4,000 activities.
func BenchmarkThousandPages(b *testing.B) {
	p := full(b)
	p.Blocks = append(p.Blocks, activities(words(b), 4000))
	var counted bytes.Buffer
	if err := Write(&counted, p); err != nil {
		b.Fatal(err)
	}
	first := newWriter(newFile(nil), p, plan{})
	if err := first.all(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(first.found.pages), "pages")
	b.ReportMetric(float64(counted.Len())/1e6, "MB/file")
}
