package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
)

// A patient is a town whose server runs here, on a clock the test sets, while
// its database falls ill.
type patient struct {
	*town
	mu    sync.Mutex
	now   time.Time
	out   bytes.Buffer
	stop  func() error
	peer  *holdingServer
	asked string // address of its pages
}

// newPatient sets a town of three organisations up on a database. Nobody was
// asked yet.
func newPatient(t *testing.T, dsn string) *patient {
	t.Helper()
	peer := newHoldingServer(t)
	peer.release()
	p := &patient{peer: peer, town: newTownOn(t, dsn, peer.Addr().String(), "odpovedi+{token}@zdar.example", "prvni@zdar.example", "druha@zdar.example", "treti@zdar.example")}
	p.town.at = eve
	p.now = p.town.clock()
	return p
}

// Write takes what the server says.
func (p *patient) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

func (p *patient) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

func (p *patient) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// pass lets time pass.
func (p *patient) pass(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = p.now.Add(d)
}

// lives starts the server; it ends with the test.
func (p *patient) lives() {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	ln, err := listenOn("127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	p.asked = "http://" + ln.Addr().String()
	_ = ln.Close()
	args := []string{"--db", p.dsn, "--key", p.key, "--no-dkim", "--smtp", "smtp://" + p.peer.Addr().String(), "serve", "--listen", strings.TrimPrefix(p.asked, "http://"), "--every", "50ms"}
	go func() {
		ended <- run(ctx, world{args: args, out: p, err: p, in: strings.NewReader(""), now: p.clock, passed: func() time.Duration { return p.clock().Sub(time.Unix(0, 0)) }})
	}()
	p.stop = sync.OnceValue(func() error {
		cancel()
		if code := <-ended; code != exitDone {
			p.t.Errorf("serve exits %d:\n%s", code, p.said())
		}
		return nil
	})
	p.t.Cleanup(func() { _ = p.stop() })
	p.eventually("it listens", func() bool { status, _ := p.get("/healthz"); return status == http.StatusOK })
}

// get asks for a page.
func (p *patient) get(path string) (int, string) {
	res, err := http.Get(p.asked + path)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(body)
}

// letters gives whom the peer has mail for, sorted.
func (p *patient) letters() (to []string) {
	p.peer.mu.Lock()
	defer p.peer.mu.Unlock()
	for _, raw := range p.peer.taken {
		to = append(to, recipient.FindStringSubmatch(raw)[1])
	}
	slices.Sort(to)
	return to
}

var recipient = regexp.MustCompile(`(?m)^To: .*?([^ <]+@[^ >\r]+)`)

var everybody = []string{"druha@zdar.example", "prvni@zdar.example", "treti@zdar.example"}

// requested keeps of the letters those to organisations.
func (p *patient) requested() []string {
	return slices.DeleteFunc(p.letters(), func(to string) bool { return !strings.HasSuffix(to, "@zdar.example") })
}

// recovers checks that everything due leaves within five minutes of the clock,
// once, that the incident is known with its end, and that the journal holds.
func (p *patient) recovers(kind engine.IncidentKind) {
	p.t.Helper()
	for range 5 {
		p.pass(time.Minute)
		p.rounds(3)
	}
	p.eventually("everybody was written to", func() bool { return len(p.requested()) >= len(everybody) })
	for range 4 { // leases end and nothing leaves again
		p.pass(time.Hour)
		p.rounds(3)
	}
	if got := p.requested(); !slices.Equal(got, everybody) {
		p.t.Errorf("written to %q, want each of %q once", got, everybody)
	}
	if kind != "" {
		p.eventually("the incident is stored with its end", func() bool {
			all, err := p.db.AcrossTenants().Incidents(context.Background(), p.clock().Add(-toldFor))
			return err == nil && slices.ContainsFunc(all, func(i engine.Incident) bool { return i.Kind == kind && i.Ended.Sub(i.Began) >= 50*time.Minute })
		})
	}
	p.eventually("it is ready", func() bool { status, _ := p.get("/readyz"); return status == http.StatusOK })
	if err := p.stop(); err != nil {
		p.t.Error(err)
	}
	p.do("verify")
}

// rounds waits until the server has been round some times.
func (p *patient) rounds(n int) {
	p.t.Helper()
	for range n {
		last := p.metric("splneno_round_finished_timestamp_seconds")
		p.eventually("rounds go on", func() bool { return p.metric("splneno_round_finished_timestamp_seconds") > last })
	}
}

// metric gives one value of /metrics, -1 when it is not there.
func (p *patient) metric(name string) float64 {
	_, text := p.get("/metrics")
	return metricOf(text, name)
}

// hour lets an hour pass in which the fault lasts.
func (p *patient) hour() {
	p.town.at = morning
	p.mu.Lock()
	p.now = p.town.clock()
	p.mu.Unlock()
	for range 6 {
		p.pass(10 * time.Minute)
		p.get("/metrics") // somebody watches
		p.get("/o/x")
		time.Sleep(100 * time.Millisecond) // a few rounds, which fail and count nothing
	}
}

// ill is a fault of PostgreSQL: how it begins and how it ends.
type ill struct {
	kind       engine.IncidentKind
	begin, end func(t *testing.T, admin string)
}

// cut ends every connection of the town's user.
const cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'splneno'"

func statements(list ...string) func(*testing.T, string) {
	return func(t *testing.T, admin string) {
		t.Helper()
		for _, s := range list {
			pgtest.Do(t, admin, s)
		}
	}
}

// full makes the server say of every row written that its disk is full, in the
// words it has for it.
const full = `CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
EXECUTE format('CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION full_disk()', t); END LOOP; END $$`

// TestPostgresFallsIll breaks PostgreSQL for an hour, in every way it breaks, at
// the very hour the letters are due.
func TestPostgresFallsIll(t *testing.T) {
	for name, f := range map[string]ill{
		"too many connections": {engine.IncidentDatabase, statements("ALTER ROLE splneno CONNECTION LIMIT 0", cut), statements("ALTER ROLE splneno CONNECTION LIMIT -1")},
		"disk full":            {engine.IncidentDiskFull, statements(full), statements("DROP FUNCTION full_disk CASCADE")},
		"read-only":            {engine.IncidentReadOnly, statements("ALTER ROLE splneno SET default_transaction_read_only = on", cut), statements("ALTER ROLE splneno RESET default_transaction_read_only", cut)},
	} {
		t.Run(name, func(t *testing.T) {
			server := pgtest.NewServer(t)
			p := newPatient(t, server.DSN)
			p.lives()
			p.rounds(2)
			f.begin(t, server.Admin)
			p.hour()
			if n := len(p.requested()); n > 0 {
				t.Errorf("%d letters left while nothing could be stored", n)
			}
			f.end(t, server.Admin)
			p.recovers(f.kind)
		})
	}
}

// TestPostgresIsGoneForAnHour stops the server in the middle of the sending of
// the letters, one of which is handed over while nothing can be written down.
func TestPostgresIsGoneForAnHour(t *testing.T) {
	server := pgtest.NewServer(t)
	p := newPatient(t, server.DSN)
	p.peer.gate = make(chan struct{})
	p.lives()
	p.rounds(2)
	p.town.at = morning
	p.mu.Lock()
	p.now = p.town.clock()
	p.mu.Unlock()
	<-p.peer.inHand
	server.Stop()
	close(p.peer.gate)
	p.hour()
	if status, text := p.get("/readyz"); status != http.StatusServiceUnavailable || strings.Contains(text, "postgres") {
		t.Errorf("readyz: %d %s", status, text)
	}
	if status, _ := p.get("/healthz"); status != http.StatusOK {
		t.Errorf("healthz: %d", status)
	}
	server.Start()
	p.recovers(engine.IncidentDatabase)
}

// TestServeWaitsForItsDatabase starts the server first and the database an hour
// later.
func TestServeWaitsForItsDatabase(t *testing.T) {
	server := pgtest.NewServer(t)
	proxy := pgtest.NewProxy(t, server.DSN)
	p := newPatient(t, proxy.DSN)
	proxy.Refuse("57P03") // it is starting up
	p.lives()
	status, page := p.get("/stul")
	if status != http.StatusServiceUnavailable || !strings.Contains(page, "<h1>") {
		t.Errorf("a page asked for meanwhile: %d\n%s", status, page)
	}
	if status, text := p.get("/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("readyz: %d %s", status, text)
	}
	p.eventually("it has said what it waits for", func() bool { return strings.Contains(p.said(), "cannot be opened") })
	p.hour()
	if n := strings.Count(p.said(), "cannot be opened"); n != 1 {
		t.Errorf("it has said so %d times within a minute", n)
	}
	proxy.Refuse("")
	p.eventually("it is ready", func() bool { status, _ := p.get("/readyz"); return status == http.StatusOK })
	p.recovers(engine.IncidentDatabase)
}

// TestRepliesToCommitAreLost cuts connections in the middle of COMMIT while the
// letters are made and leave.
func TestRepliesToCommitAreLost(t *testing.T) {
	server := pgtest.NewServer(t)
	proxy := pgtest.NewProxy(t, server.DSN)
	p := newPatient(t, proxy.DSN)
	p.lives()
	p.rounds(2)
	p.town.at = morning
	p.mu.Lock()
	p.now = p.town.clock()
	p.mu.Unlock()
	for range 12 {
		proxy.LoseReplyTo("COMMIT")
		p.pass(5 * time.Second)
		p.rounds(1)
	}
	p.recovers("")
}
