package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The performance law of the desk.
const (
	mostBytes = 60_000
	mostTime  = 20 * time.Millisecond
)

// bigParameters are what stands for the wildcards of a pattern in the big town;
// a longer key, which is a whole pattern, goes before a wildcard alone.
var bigParameters = map[string]string{
	"{plan}": "ap2023", "{period}": "2023",
	"/stul/znovu": "/stul/znovu?plan=ap2023&obdobi=2023&koho=mlci",
}

var wildcard = regexp.MustCompile(`\{[^}]+\}`)

// bigPath gives an address of a route in the big town, "" where nothing there
// can stand for one of its wildcards.
func bigPath(pattern string) string {
	path := strings.TrimPrefix(pattern, "GET ")
	if whole := bigParameters[path]; whole != "" {
		return whole
	}
	unknown := false
	path = wildcard.ReplaceAllStringFunc(path, func(name string) string {
		value := bigParameters[name]
		unknown = unknown || value == ""
		return value
	})
	if unknown {
		return ""
	}
	return path
}

// A measured page is what one address cost.
type measured struct {
	path         string
	status       int
	bytes        int
	best, median time.Duration
}

// measure asks a handler for a path without a network, over and over, for two
// seconds at most.
func (h *house) measure(path string, times int) measured {
	m := measured{path: path}
	var took []time.Duration
	for begun := time.Now(); len(took) < times && time.Since(begun) < 2*time.Second; {
		r := httptest.NewRequest(http.MethodGet, h.server.URL+path, nil)
		for _, c := range h.client.Jar.Cookies(r.URL) {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		start := time.Now()
		h.server.Config.Handler.ServeHTTP(w, r)
		took = append(took, time.Since(start))
		m.status, m.bytes = w.Code, w.Body.Len()
	}
	slices.Sort(took)
	m.best, m.median = took[0], took[len(took)/2]
	return m
}

// deskPages lists an address of every page of the desk that can be opened in
// the big town, and the routes that cannot.
func deskPages(h *house) (pages, unopened []string) {
	for _, r := range (&site{Server: &Server{Mailbox: h.box}}).table() {
		switch path := bigPath(r.pattern); {
		case r.right == "" || !strings.HasPrefix(r.pattern, "GET "):
		case path == "":
			unopened = append(unopened, r.pattern)
		default:
			pages = append(pages, path)
		}
	}
	return pages, unopened
}

// BenchmarkPages measures every page of the desk over 10,000 entries beside a
// page that asks the database for nothing, the best and the median of many
// times: between them lies what else the machine does. By the best it says which
// break the law.
//
//	go test -run none -bench Pages ./cmd/splneno/web
func BenchmarkPages(b *testing.B) {
	h := bigHouse(b)
	h.signIn()
	base := h.measure("/healthz", 200)
	door := h.measure("/stul/prihlaseni", 200)
	pages, unopened := deskPages(h)
	var lines []string
	for _, path := range pages {
		h.measure(path, 2) // what the database has not read yet
		m := h.measure(path, 25)
		verdict := "ok"
		if m.status != http.StatusOK || m.bytes > mostBytes || m.best > mostTime {
			verdict = "BREAKS THE LAW"
		}
		lines = append(lines, fmt.Sprintf("%8d B %8.2f %8.2f ms  %3d  %-14s %s", m.bytes, ms(m.best), ms(m.median), m.status, verdict, m.path))
	}
	for range b.N {
	}
	b.ReportMetric(0, "ns/op")
	fmt.Printf("beside /healthz at %.3f ms and the sign-in page at %.2f ms:\n%s\nnot opened: %s\n", ms(base.best), ms(door.best), strings.Join(lines, "\n"), strings.Join(unopened, ", "))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
