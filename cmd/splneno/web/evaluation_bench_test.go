//go:build unix

package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/document"
)

// BenchmarkYear measures what is done once a year with an evaluation of 10,000
// activities, each step with the statements it asks of the database, and then a
// crowd of a hundred who want its PDF at once.
//
//	go test -run none -bench Year -benchtime 1x ./cmd/splneno/web
func BenchmarkYear(b *testing.B) {
	h := fullHouse(b)
	maker, err := document.New()
	h.must(err)
	h.office.Documents = maker
	ctx := context.Background()
	var e engine.Evaluation
	var print engine.Print
	var word engine.Attachment
	steps := []struct {
		name string
		do   func() error
	}{
		{"Evaluate", func() (err error) { _, err = h.office.Evaluate(ctx, "ap2023", "2023"); return err }},
		{"Draft", func() (err error) { e, err = h.office.Draft(ctx, "ap2023", "2023", "", who); return err }},
		{"Digest", func() (err error) { _, err = e.Digest(); return err }},
		{"Print", func() (err error) { print, err = h.office.Print(ctx, e); return err }},
		{"PublicPrint", func() (err error) { _, err = h.office.PublicPrint(ctx, e); return err }},
		{"Document docx", func() (err error) { word, err = maker.Document(print, "evaluation-2023.docx"); return err }},
		{"Open docx", func() (err error) { _, err = maker.Open(word.Name, word.Data); return err }},
		{"Edits", func() (err error) { _, _, err = h.office.Edits(ctx, "ap2023", "2023", word.Data); return err }},
		{"TakeOver", func() error {
			return h.office.TakeOver(ctx, "ap2023", "2023", e.Number, e.Version, []engine.Edit{{Key: "foreword/1", After: []string{"Slova."}}}, "", who)
		}},
		{"Approve", func() (err error) {
			if e, err = h.office.Evaluation(ctx, "ap2023", "2023"); err == nil {
				e, err = h.office.ApproveEvaluation(ctx, "ap2023", "2023", e.Version, who)
			}
			return err
		}},
		{"Publish", func() error { return h.office.Publish(ctx, "ap2023", "2023", e.Number, who) }},
		{"crowd of 100, PDF", func() error { return h.wanted("/obec/klatovy/plan/ap2023/2023/evaluation-2023.pdf") }},
	}
	for b.Loop() {
		var lines []string
		for _, s := range steps {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			ran, worked, start := h.asked.Load(), processor(), time.Now()
			most := heapPeak(func() {
				if err := s.do(); err != nil {
					b.Fatalf("%s: %v", s.name, err)
				}
			})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			lines = append(lines, fmt.Sprintf("%9.1f %9.1f %8d %8d %6d  %s", ms(took), ms(processor()-worked), (after.TotalAlloc-before.TotalAlloc)>>20, most, h.asked.Load()-ran, s.name))
		}
		fmt.Printf("\n     took  worked ms  made MB  peak MB   stmt\n%s\n", strings.Join(lines, "\n"))
	}
}

// wanted is a hundred who ask for the same at once.
func (h *house) wanted(path string) error {
	var all sync.WaitGroup
	errs := make(chan error, 100)
	for range cap(errs) {
		all.Go(func() {
			w := &gone{header: http.Header{}}
			h.server.Config.Handler.ServeHTTP(w, httptest.NewRequest("GET", h.server.URL+path, nil))
			if w.status != 200 {
				errs <- fmt.Errorf("%s answers %d", path, w.status)
			}
		})
	}
	all.Wait()
	close(errs)
	return <-errs
}

// gone is a reader who keeps nothing.
type gone struct {
	header http.Header
	status int
}

func (g *gone) Header() http.Header         { return g.header }
func (g *gone) WriteHeader(status int)      { g.status = status }
func (g *gone) Write(b []byte) (int, error) { return len(b), nil }

// heapPeak gives by how many megabytes the heap grew at most meanwhile.
func heapPeak(f func()) uint64 {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	before, most := s.HeapInuse, s.HeapInuse
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for tick := time.Tick(20 * time.Millisecond); ; {
			select {
			case <-stop:
				return
			case <-tick:
				runtime.ReadMemStats(&s)
				most = max(most, s.HeapInuse)
			}
		}
	}()
	f()
	close(stop)
	<-done
	return (most - before) >> 20
}
