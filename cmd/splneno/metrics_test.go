package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"splneno/engine"
	"splneno/store"
)

// metricOf gives one value of a text of metrics, -1 when it is not there.
func metricOf(text, name string) float64 {
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err == nil {
				return v
			}
		}
	}
	return -1
}

func TestWhoMayReadMetrics(t *testing.T) {
	o := &observer{from: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}}
	for _, c := range []struct {
		from, header string
		may          bool
	}{
		{"127.0.0.1:1", "", true}, {"[::1]:1", "", true}, {"[::ffff:127.0.0.1]:1", "", true}, {"10.0.0.7:1", "", true},
		{"10.0.1.7:1", "", false}, {"192.0.2.1:1", "", false}, {"x", "", false},
		{"127.0.0.1:1", "X-Forwarded-For", false}, {"10.0.0.7:1", "Forwarded", false}, {"127.0.0.1:1", "Via", false}, {"127.0.0.1:1", "X-Real-IP", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.Host = "127.0.0.1:8080"
		if r.RemoteAddr = c.from; c.header != "" {
			r.Header.Set(c.header, "for=127.0.0.1")
		}
		if o.mayAsk(r) != c.may {
			t.Errorf("%+v", c)
		}
	}
}

// A name of elsewhere that was made to lead to this machine reads nothing.
func TestMetricsUnderAnotherName(t *testing.T) {
	o := &observer{from: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}}
	for host, may := range map[string]bool{"127.0.0.1:8080": true, "[::1]:8080": true, "localhost:8080": true, "server": true, "10.0.0.5": true,
		"utok.example:8080": false, "127.0.0.1.utok.example": false, "": false, "localhost.utok.example": false} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr, r.Host = "127.0.0.1:1", host
		if o.mayAsk(r) != may {
			t.Errorf("%q may: %t", host, !may)
		}
	}
}

// The text keeps to the format: each family once with help and type, counters
// named as such, no value twice, histograms that only grow.
func TestMetricsAreWellFormed(t *testing.T) {
	c := command{DB: "sqlite:" + filepath.Join(t.TempDir(), "plan.db"), URL: "http://127.0.0.1:8080"}
	in, err := c.open(t.Context(), func() time.Time { return time.Date(2024, 1, 10, 8, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	defer in.db.Close()
	in.pulse.page("GET /o/{token}", 503)
	in.pulse.page("", 404)
	in.pulse.handed(engine.Sent)
	in.pulse.took(jobCalendar, 3*time.Second)
	in.pulse.move(true)
	in.incidents.saw(&engine.Outage{Kind: engine.IncidentDiskFull, Err: errors.New("x")})
	o := &observer{in: in}
	text := string(o.text(t.Context()))
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("Prometheus' linter says %v, %v", problems, err)
	}
	kinds, seen := map[string]string{}, map[string]bool{}
	sample := regexp.MustCompile(`^([a-z_]+)(\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? [-+.0-9eInf]+$`)
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if rest, ok := strings.CutPrefix(line, "# TYPE "); ok {
			name, kind, _ := strings.Cut(rest, " ")
			if kinds[name] != "" || strings.HasSuffix(name, "_total") != (kind == "counter") {
				t.Errorf("family %s: %s", name, kind)
			}
			kinds[name] = kind
			continue
		}
		if strings.HasPrefix(line, "# HELP ") {
			continue
		}
		m := sample.FindStringSubmatch(line)
		if m == nil || seen[m[1]+m[2]] {
			t.Errorf("%q", line)
			continue
		}
		seen[m[1]+m[2]] = true
		family := m[1]
		for _, end := range []string{"_bucket", "_sum", "_count"} {
			if base, cut := strings.CutSuffix(m[1], end); cut && kinds[base] == "histogram" {
				family = base
			}
		}
		if kinds[family] == "" {
			t.Errorf("%s belongs to no family", m[1])
		}
	}
	for name, want := range map[string]float64{
		`splneno_requests_total{route="GET /o/{token}",status="5xx"}`: 1, `splneno_requests_total{route="none",status="4xx"}`: 1,
		`splneno_messages_sent_total{outcome="sent"}`: 1, `splneno_incidents_open{kind="disk_full"}`: 1, "splneno_database_up": 1,
		`splneno_job_seconds_bucket{job="calendar",le="1"}`: 0, `splneno_job_seconds_bucket{job="calendar",le="5"}`: 1, `splneno_job_seconds_bucket{job="calendar",le="+Inf"}`: 1,
		`splneno_job_seconds_sum{job="calendar"}`: 3,
	} {
		if got := metricOf(text, name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	asked := 0
	in.db = in.db.Watched(func(string) { asked++ })
	for range 50 {
		o.text(t.Context())
	}
	if asked > 0 {
		t.Errorf("fifty scrapes within five seconds asked the database %d times", asked)
	}
}

func TestFiguresAreShown(t *testing.T) {
	now := time.Date(2024, 1, 10, 8, 0, 0, 0, time.UTC)
	in := &installation{now: func() time.Time { return now }}
	var e exposition
	in.writeFigures(&e, []store.Figure{{Kind: "message", Tenant: `a"b`, State: "queued", N: 5, Late: 3, Oldest: now.Add(-time.Minute)}, {Kind: "message", Tenant: "b", State: "held", N: 2}})
	for name, want := range map[string]float64{`splneno_messages_waiting{municipality="a\"b",state="queued"}`: 5, `splneno_messages_due{municipality="a\"b",state="queued"}`: 3,
		`splneno_message_due_age_seconds{municipality="a\"b",state="queued"}`: 60, `splneno_messages_waiting{municipality="b",state="held"}`: 2, `splneno_messages_due{municipality="b",state="held"}`: -1} {
		if got := metricOf(e.String(), name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// Probes ask the database once in five seconds, and hear nothing of what failed.
func TestReadyz(t *testing.T) {
	asked := 0
	f := &front{closed: http.NotFoundHandler()}
	get := func() string {
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		return fmt.Sprint(w.Code, " ", w.Body.String())
	}
	if got := get(); !strings.HasPrefix(got, "503 ") {
		t.Error(got)
	}
	f.opens(http.NotFoundHandler(), nil, func(context.Context) error {
		asked++
		return engine.Errorf(engine.Unavailable, "PostgreSQL at db.example")
	})
	for range 20 {
		if got := get(); !strings.HasPrefix(got, "503 ") || strings.Contains(got, "example") {
			t.Error(got)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	f.opens(http.NotFoundHandler(), nil, func(context.Context) error { return nil })
	f.asked = time.Time{}
	if got := get(); got != "200 ready\n" {
		t.Error(got)
	}
	f.stop()
	if got := get(); !strings.HasPrefix(got, "503 ") || !strings.Contains(got, "stopping") {
		t.Error(got)
	}
}

// TestRecorder lives through outages that begin while nothing can be stored.
func TestRecorder(t *testing.T) {
	now := time.Date(2024, 1, 10, 8, 0, 0, 0, time.UTC)
	r := newRecorder(func() time.Time { return now }, slog.New(slog.DiscardHandler))
	gone := engine.Errorf(engine.Unavailable, "gone: %w", &engine.Outage{Kind: engine.IncidentDatabase, Sign: "SQLSTATE 53300", Err: net.ErrClosed})
	stored, failing := map[time.Time]engine.Incident{}, true
	store := func(_ context.Context, i engine.Incident) error {
		if failing {
			return gone
		}
		stored[i.Began] = i
		return nil
	}
	r.saw(errors.New("something else"))
	if r.down() {
		t.Fatal("any error is an outage")
	}
	began := now
	r.saw(fmt.Errorf("tick: %w", errors.Join(errors.New("x"), gone)))
	for range 60 {
		now = now.Add(time.Minute)
		r.look(t.Context(), store)
	}
	if told := r.told(nil); len(told) != 1 || !told[0].Ended.IsZero() || !told[0].Began.Equal(began) || told[0].Note != "SQLSTATE 53300" {
		t.Errorf("while it lasts: %+v", told)
	}
	failing = false
	r.look(t.Context(), store)
	if r.down() || len(stored) != 1 || !stored[began].Ended.Equal(now) {
		t.Errorf("after it: %+v", stored)
	}
	now = now.Add(time.Minute) // it comes back so soon that it is the same one
	r.saw(gone)
	now = now.Add(time.Minute)
	r.look(t.Context(), store)
	if len(stored) != 1 || !stored[began].Ended.Equal(now) {
		t.Errorf("when it came back: %+v", stored)
	}
	other := stored[began]
	other.Node, other.Began, other.Ended = "b", other.Began.Add(time.Minute), other.Ended.Add(time.Hour)
	short := engine.Incident{Kind: engine.IncidentReadOnly, Began: now, Ended: now.Add(time.Second)}
	if told := r.told([]engine.Incident{other, stored[began], short}); len(told) != 1 || !told[0].Began.Equal(began) || !told[0].Ended.Equal(other.Ended) {
		t.Errorf("what two nodes saw, and what was too short to tell: %+v", told)
	}
}
