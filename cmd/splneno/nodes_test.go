//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store"
	"splneno/store/pgtest"
)

// A cluster is several servers on one database, one mail server and one clock.
type cluster struct {
	t     *testing.T
	dir   string
	dsn   string
	relay *holdingServer
	db    *store.DB
	names []string // of the towns
	nodes []*member
}

// A member is one of its servers.
type member struct {
	*exec.Cmd
	log   string
	dsn   string
	skew  time.Duration
	ended chan struct{}
}

// bodiesOfATown is how many organisations every town asks.
const bodiesOfATown = 12

// newCluster sets towns up, each with a season that opens tomorrow.
func newCluster(t *testing.T, dsn string, names ...string) *cluster {
	t.Helper()
	c := &cluster{t: t, dir: t.TempDir(), dsn: dsn, relay: newHoldingServer(t), names: names}
	c.relay.release()
	c.relay.inHand = make(chan struct{}, 1<<16)
	var plan strings.Builder
	fmt.Fprint(&plan, clusterPlan)
	for i := range bodiesOfATown {
		fmt.Fprintf(&plan, "- {id: '1.%d', measure: '1.1', title: Activity %d, responsible: [{name: Organisation %d, kind: organisation}], deadline: '2023'}\n", i+1, i+1, i+1)
	}
	if err := os.WriteFile(filepath.Join(c.dir, "plan.yaml"), []byte(plan.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Date(2024, 1, 9, 9, 0, 0, 0, time.UTC)
	for _, town := range names {
		c.do(began, "municipality", "--tenant", town, "--name", "Town "+town, "--coordinator", "K <kpss@"+town+".example>", "--sender", "plan@"+town+".example")
		c.do(began, "import", "--tenant", town, filepath.Join(c.dir, "plan.yaml"), "--yes")
		for i := range bodiesOfATown {
			c.do(began, "organisation", "--tenant", town, "set", fmt.Sprint("Organisation ", i+1), "--contact", fmt.Sprintf("o%d@%s.example", i+1, town))
		}
		c.do(began, "season", "--tenant", town, "open", "2023")
	}
	c.set(began)
	var err error
	if c.db, err = store.Open(context.Background(), dsn); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.db.Close() })
	return c
}

const clusterPlan = `splneno: 1
plan: {id: p, title: Plan, kind: action plan}
areas: [{code: '1', title: Area}]
measures: [{code: '1.1', title: Measure, area: '1'}]
activities:
`

// do runs a command in this process.
func (c *cluster) do(at time.Time, args ...string) {
	c.t.Helper()
	var out bytes.Buffer
	args = append(args, "--db", c.dsn, "--key", filepath.Join(c.dir, "key"), "--smtp", "smtp://"+c.relay.Addr().String())
	w := world{args: args, out: &out, err: &out, in: strings.NewReader(""), now: func() time.Time { return at }}
	if code := run(c.t.Context(), w); code != exitDone {
		c.t.Fatalf("%s: %s", args, out.String())
	}
}

// set puts the clock of all.
func (c *cluster) set(at time.Time) {
	c.t.Helper()
	file := filepath.Join(c.dir, "clock")
	if err := os.WriteFile(file+".new", []byte(at.Format(time.RFC3339)), 0o600); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		c.t.Fatal(err)
	}
}

// join starts one more server.
func (c *cluster) join(dsn string, skew time.Duration) *member {
	c.t.Helper()
	return c.joinAs("splneno", dsn, skew)
}

// up waits until it serves.
func (n *member) up(c *cluster) {
	c.t.Helper()
	c.eventually("a server is up", func() bool {
		text, err := os.ReadFile(n.log)
		return err == nil && bytes.Contains(text, []byte("Pages: "))
	})
}

// joinAs starts a program as a server.
func (c *cluster) joinAs(program, dsn string, skew time.Duration) *member {
	c.t.Helper()
	n := &member{Cmd: exec.Command(program, "serve"), log: filepath.Join(c.dir, fmt.Sprint("node", len(c.nodes), ".log")), dsn: dsn, skew: skew, ended: make(chan struct{})}
	n.Args = append(n.Args, "--listen", "127.0.0.1:0", "--every", "100ms", "--db", dsn, "--key", filepath.Join(c.dir, "key"),
		"--tenant", c.names[0], "--smtp", "smtp://"+c.relay.Addr().String())
	log, err := os.Create(n.log)
	if err != nil {
		c.t.Fatal(err)
	}
	defer log.Close()
	n.Env = append(os.Environ(), "SPLNENO_TEST_CLOCK="+filepath.Join(c.dir, "clock"), "SPLNENO_TEST_SKEW="+skew.String())
	n.Stdout, n.Stderr = log, log
	if err := n.Start(); err != nil {
		c.t.Fatal(err)
	}
	go func() {
		_ = n.Wait()
		close(n.ended)
	}()
	c.t.Cleanup(func() { n.kill() })
	c.nodes = append(c.nodes, n)
	return n
}

// kill ends it in the middle of whatever it does.
func (n *member) kill() {
	_ = n.Process.Kill()
	<-n.ended
}

// signal stops it or lets it go on.
func (n *member) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := n.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// eventually waits until something is so.
func (c *cluster) eventually(what string, ok func() bool) {
	c.t.Helper()
	for deadline := time.After(150 * time.Second); !ok(); {
		select {
		case <-deadline:
			for _, n := range c.nodes {
				text, _ := os.ReadFile(n.log)
				c.t.Logf("%s:\n%s", n.log, text[:min(len(text), 2000)])
			}
			c.tell()
			c.t.Fatalf("%s: not so after 150 s", what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// tell says how everything stands, for whoever must find out why it does.
func (c *cluster) tell() {
	c.t.Helper()
	all := c.db.AcrossTenants()
	a, err := all.Agenda(c.t.Context())
	c.t.Logf("agenda: %+v %v", a, err)
	nodes, err := all.Nodes(c.t.Context())
	c.t.Logf("nodes: %+v %v", nodes, err)
	incidents, err := all.Incidents(c.t.Context(), time.Time{})
	c.t.Logf("incidents: %+v %v", incidents, err)
	for _, town := range c.names {
		reached, err := c.db.Tenant(town).Cursors(c.t.Context())
		c.t.Logf("%s: %v %v", town, reached, err)
	}
}

// waits reports whether anything is left to do at a time. The calendars are looked
// at first: what they owed is stored with their cursors, and the agenda read
// afterwards has it.
func (c *cluster) waits(at time.Time) bool {
	c.t.Helper()
	morning := at.Truncate(24 * time.Hour).Add(8 * time.Hour) // the last daily rule has run
	for _, town := range c.names {
		reached, err := c.db.Tenant(town).Cursors(c.t.Context())
		if err != nil {
			c.t.Fatal(err)
		}
		if reached["pack"].Before(morning) {
			return true
		}
	}
	a, err := c.db.AcrossTenants().Agenda(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return slices.ContainsFunc(a.Duties, func(d engine.Duty) bool {
		return !d.Message.IsZero() || !d.Occurrence.IsZero() || !d.Inbound.IsZero()
	})
}

// endStuck is what the database does to a server that was stopped or cut off in a
// transaction, and holds its town's locks: only that the database waits a minute,
// in which the clock here would pass midnight.
const endStuck = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE state = 'idle in transaction' AND state_change < now() - interval '2 seconds'`

// finish lets time pass until nothing is left.
func (c *cluster) finish(at time.Time) {
	c.t.Helper()
	looks := 0
	c.eventually("nothing is left at "+at.String(), func() bool {
		if looks++; looks%60 == 0 { // what failed is tried again later
			pgtest.Do(c.t, c.dsn, endStuck)
			at = at.Add(10 * time.Minute)
			c.set(at)
		}
		return !c.waits(at)
	})
}

// said gives the keys of all that was said, by town, and complains of what did
// not leave.
func (c *cluster) said() map[string][]string {
	c.t.Helper()
	out := map[string][]string{}
	for _, town := range c.names {
		all, err := c.db.Tenant(town).Messages(c.t.Context(), 0)
		if err != nil {
			c.t.Fatal(err)
		}
		for _, m := range all {
			out[town] = append(out[town], m.Key)
			if m.State != engine.Sent {
				c.t.Errorf("%s of %s is %s: %s", m.Key, town, m.State, m.LastError)
			}
		}
		slices.Sort(out[town])
	}
	return out
}

// arrived checks that every mail that was said arrived, and gives how many
// arrived more than once: byte for byte the same, and tried more than once.
func (c *cluster) arrived() (more int) {
	c.t.Helper()
	copies := map[string][]string{}
	taken, _ := c.relay.seen()
	for _, raw := range taken {
		m, err := netmail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			c.t.Fatal(err)
		}
		id := m.Header.Get("Message-Id")
		if copies[id] = append(copies[id], raw); raw != copies[id][0] {
			c.t.Errorf("the second copy of %s differs", id)
		}
	}
	n := 0
	for _, town := range c.names {
		all, err := c.db.Tenant(town).Messages(c.t.Context(), 0)
		if err != nil {
			c.t.Fatal(err)
		}
		n += len(all)
		for _, m := range all {
			got := 0
			for id, all := range copies {
				if strings.Contains(id, strings.Split(m.MessageID, "@")[0]) {
					got += len(all)
				}
			}
			if got == 0 || got > m.Attempts {
				c.t.Errorf("%s of %s arrived %d times in %d attempts", m.Key, town, got, m.Attempts)
			}
			more += max(0, got-1)
		}
	}
	if len(copies) != n {
		c.t.Errorf("%d mails arrived, %d were said", len(copies), n)
	}
	return more
}

// ledger checks that every occurrence came to its end, and gives them by town.
func (c *cluster) ledger() map[string]map[string]engine.OccurrenceState {
	c.t.Helper()
	out := map[string]map[string]engine.OccurrenceState{}
	for _, town := range c.names {
		all, err := c.db.Tenant(town).Occurrences(c.t.Context(), 0)
		if err != nil {
			c.t.Fatal(err)
		}
		out[town] = map[string]engine.OccurrenceState{}
		for _, o := range all {
			out[town][o.Rule+" "+string(o.Day)] = o.State
		}
	}
	return out
}

// everyNoon is the days a cluster lives through: each is looked at at noon, and
// when the leases of that are over.
func everyNoon(days int, each func(noon time.Time)) {
	for d := range days {
		each(time.Date(2024, 1, 9+d, 11, 0, 0, 0, time.UTC))
	}
}

const afterLeases = 100 * time.Minute

// TestThreeNodesLiveThroughASeason runs three servers whose clocks differ, while
// one is killed at random moments, one is stopped for longer than any lease, one
// loses the database but not the mail server, and others come and go. What is
// said is what one undisturbed server says.
func TestThreeNodesLiveThroughASeason(t *testing.T) {
	const days = 26
	names := []string{"horni", "dolni", "prostredni"}
	alone := newCluster(t, "sqlite:"+filepath.Join(t.TempDir(), "plan.db"), names...)
	everyNoon(days, func(noon time.Time) { alone.do(noon, "tick") })

	dsn := pgtest.NewDSN(t)
	proxy := pgtest.NewProxy(t, dsn)
	c := newCluster(t, dsn, names...)
	seed := uint64(time.Now().UnixNano())
	dice := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	first, stopped, cut := c.join(dsn, 0), c.join(dsn, 30*time.Second), c.join(proxy.DSN, -45*time.Second)
	c.relay.before = func() { <-time.After(20 * time.Millisecond) } // a mail server takes its time
	kills := 0
	everyNoon(days, func(noon time.Time) {
		c.set(noon)
		switch dice.IntN(8) {
		case 0:
			stopped.signal(t, syscall.SIGSTOP)
			defer stopped.signal(t, syscall.SIGCONT)
		case 1:
			proxy.Cut(true)
			defer proxy.Cut(false)
		case 2:
			first.signal(t, syscall.SIGTERM)
			first = c.join(dsn, 0)
		case 3: // an undisturbed day
		default:
			// The moment of the kill is the point of the test: it falls anywhere.
			<-time.After(time.Duration(dice.IntN(400)) * time.Millisecond)
			first.kill()
			kills++
			first = c.join(dsn, 0)
		}
		c.finish(noon)
	})
	for _, n := range []*member{first, stopped, cut} {
		n.signal(t, syscall.SIGTERM)
		<-n.ended
	}
	if d := cmp.Diff(alone.said(), c.said()); d != "" {
		t.Errorf("what was said (-by one +by three):\n%s", d)
	}
	if d := cmp.Diff(alone.ledger(), c.ledger()); d != "" {
		t.Errorf("ledger (-of one +of three):\n%s", d)
	}
	more := c.arrived()
	taken, broken := c.relay.seen()
	t.Logf("%d mails, %d of them a second copy, %d begun and broken off, %d kills", len(taken), more, broken, kills)
	if more > kills*4 {
		t.Errorf("%d second copies after %d kills", more, kills)
	}
	for _, town := range names {
		c.do(time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), "verify", "--tenant", town)
	}
	if n := len(slices.Collect(maps.Keys(c.ledger()))); n != len(names) {
		t.Errorf("%d towns", n)
	}
}

// TestANodeThatWakesUpLateHandsNothingOver stops a server between the moment it
// began a mail and the mail's text, until another one has sent it.
func TestANodeThatWakesUpLateHandsNothingOver(t *testing.T) {
	noon := time.Date(2024, 1, 10, 11, 0, 0, 0, time.UTC)
	c := newCluster(t, pgtest.NewDSN(t), "horni")
	begun, goOn := make(chan struct{}, 100), make(chan struct{})
	c.relay.before = func() {
		begun <- struct{}{}
		<-goOn
	}
	late := c.join(c.dsn, 0)
	c.set(noon)
	const slots = 4 // a town has at most four of five
	for range slots {
		<-begun
	}
	// A node stopped in a transaction holds its town's locks until the database
	// ends that, after a minute; here it is about mail.
	c.eventually("all letters are written", func() bool { return c.ledger()["horni"]["letters 2024-01-10"] == engine.Done })
	late.signal(t, syscall.SIGSTOP)
	c.relay.mu.Lock()
	c.relay.before = nil
	c.relay.mu.Unlock()
	c.set(noon.Add(afterLeases))
	other := c.join(c.dsn, 0)
	c.finish(noon.Add(afterLeases))
	close(goOn) // the mail server says: go on
	late.signal(t, syscall.SIGCONT)
	c.eventually("what was begun is broken off", func() bool { _, broken := c.relay.seen(); return broken == slots })
	if more := c.arrived(); more > 0 {
		t.Errorf("%d mails arrived twice", more)
	}
	c.said()
	other.signal(t, syscall.SIGTERM)
	<-other.ended
	next := noon.Add(21 * 24 * time.Hour) // reminders are due, and there is only the one that was late
	c.set(next)
	c.finish(next)
	if n := len(c.said()["horni"]); n <= bodiesOfATown {
		t.Errorf("the one that was late does no more: %d mails", n)
	}
	if more := c.arrived(); more > 0 {
		t.Errorf("%d mails arrived twice", more)
	}
}
