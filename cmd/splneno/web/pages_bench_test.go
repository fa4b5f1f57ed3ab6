//go:build unix

package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"splneno/engine"
)

// mostPosted and mostMade are the law of a form of the queue, and of the memory
// one page takes.
const (
	mostPosted = 50 * time.Millisecond
	mostMade   = 5_000_000
)

// processor gives the time the processors have spent on this program.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A cost is what one address took, over and over.
type cost struct {
	path                     string
	took, worked             []time.Duration // by the clock; of the processor: what else the machine does is not in it
	status, bytes, made, ran int             // made is memory in bytes, ran statements of the database
}

// count asks for it once more.
func (c *cost) count(h *house, form url.Values) {
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	worked, start := processor(), time.Now()
	w := h.ask(method, c.path, form)
	c.took, c.worked = append(c.took, time.Since(start)), append(c.worked, processor()-worked)
	c.status, c.bytes = w.Code, w.Body.Len()
}

// weigh asks for it once to learn what it makes and runs.
func (c *cost) weigh(h *house) {
	var before, after runtime.MemStats
	ran := h.asked.Load()
	runtime.ReadMemStats(&before)
	h.ask(http.MethodGet, c.path, nil)
	runtime.ReadMemStats(&after)
	c.made, c.ran = int(after.TotalAlloc-before.TotalAlloc), int(h.asked.Load()-ran)
}

// line says it, with a word where it breaks the law. The machine has other work
// to do: the median of the processor's time counts where the clock's is longer.
func (c *cost) line(most time.Duration) string {
	slices.Sort(c.took)
	slices.Sort(c.worked)
	at := func(all []time.Duration, share int) time.Duration { return all[(len(all)-1)*share/100] }
	verdict := ""
	if c.bytes > mostBytes || c.made > mostMade || min(at(c.took, 50), at(c.worked, 50)) > most {
		verdict = "BREAKS THE LAW"
	}
	return fmt.Sprintf("%8.2f %8.2f %8.2f %7d %6d %4d %4d  %s %s", ms(at(c.took, 50)), ms(at(c.took, 95)), ms(at(c.worked, 50)), c.bytes, c.made/1000, c.ran, c.status, c.path, verdict)
}

// BenchmarkPages measures every page there is over 10,000 entries, and the forms
// of the queue. Each round asks for all of them in turn, beside two that ask the
// database for little.
//
//	go test -run none -bench Pages -benchtime 20x ./cmd/splneno/web
func BenchmarkPages(b *testing.B) {
	h := fullHouse(b)
	costs := []*cost{{path: "/healthz"}, {path: "/stul/organizace/nova"}}
	for _, p := range h.bigPages() {
		costs = append(costs, &cost{path: p.path})
	}
	for _, c := range costs {
		c.weigh(h)
		c.weigh(h)
	}
	for b.Loop() {
		for _, c := range costs {
			c.count(h, nil)
		}
	}
	var lines []string
	for _, c := range costs {
		lines = append(lines, c.line(mostTime))
	}
	for _, c := range h.forms(b.N) {
		lines = append(lines, c.line(mostPosted))
	}
	b.ReportMetric(0, "ns/op")
	fmt.Printf("\n  median      p95  process   bytes     kB stmt status, in ms; the first two are to compare with\n%s\n", strings.Join(lines, "\n"))
}

// forms measures approving one answer and twenty at once, and the page of the
// queue that is shown after it.
func (h *house) forms(times int) []*cost {
	pending, err := h.office.Records.PendingProposals(context.Background())
	h.must(err)
	slices.SortStableFunc(pending, func(a, b engine.Proposal) int { return strings.Compare(a.Organisation, b.Organisation) })
	before, sent := len(pending), 0
	one, many, after := &cost{path: "/stul/rozhodnuti"}, &cost{path: "/stul/hromadne"}, &cost{path: "/stul/odpovedi?schvaleno=20"}
	for n := 0; n < times && len(pending) > 21; n++ {
		one.count(h, url.Values{"action": {"schvalit"}, "odpoved": {refOf(pending[0]).String()}})
		ticked := url.Values{"skupina": {"vse"}}
		for _, p := range pending[1:21] {
			ticked.Add("vyber", refOf(p).String())
		}
		many.count(h, ticked)
		after.count(h, nil)
		pending, sent = pending[21:], sent+21
	}
	counts, err := h.office.Waiting(context.Background())
	h.must(err)
	one.path += " approve one (POST)"
	many.path += fmt.Sprintf(" approve 20 (POST; %d of %d stayed for a risk)", counts["pending"]-(before-sent), sent)
	return []*cost{one, many, after}
}
