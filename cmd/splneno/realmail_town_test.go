package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"

	"splneno/engine"
)

// The days of a town: it is set up on the eve, asks everybody the next morning,
// and reminds who is silent two weeks later.
const (
	eve      = "2024-01-09T10:00"
	morning  = "2024-01-10T08:30"
	reminder = "2024-01-24T09:00"
)

// A town is a municipality whose program runs as processes on a clock that
// stands, with a look into its database.
type town struct {
	*installation
	t         *testing.T
	dir       string
	dsn, key  string   // database, and the file of its key
	at        string   // what the clock of its processes shows
	addresses []string // of its organisations
	env       []string
	logs      []string // what its processes wrote
	secrets   []string // what must never stand there
}

// newTown sets a town up: each address is that of an organisation with one
// activity. Mail leaves by smtp, and replies come in at replyTo. Nobody was
// asked yet.
func newTown(t *testing.T, smtp, replyTo string, addresses ...string) *town {
	t.Helper()
	return newTownOn(t, "", smtp, replyTo, addresses...)
}

// newTownOn sets one up on a database, "" for a file of its own.
func newTownOn(t *testing.T, dsn, smtp, replyTo string, addresses ...string) *town {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "splneno") // the mail server must walk into it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // G302: see above
		t.Fatal(err)
	}
	if dsn == "" {
		dsn = "sqlite:" + filepath.Join(dir, "plan.db")
	}
	key := filepath.Join(dir, "plan.key")
	w := &town{t: t, dir: dir, dsn: dsn, key: key, at: eve, addresses: addresses, secrets: []string{"@"}, env: append(os.Environ(),
		"SPLNENO_DB="+dsn, "SPLNENO_KEY="+key, "SPLNENO_DKIM=false", "SPLNENO_SMTP=smtp://"+smtp)}
	plan := template.Must(template.ParseFiles("testdata/realmail/plan.tmpl"))
	var text bytes.Buffer
	if err := plan.Execute(&text, addresses); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "plan.yaml")
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	w.do("municipality", "--name", "Zdar", "--coordinator", "mesto+kpss@example.cz", "--sender", "plan@example.cz", "--reply-to", replyTo)
	w.do("import", file, "--yes")
	w.look()
	w.introduce()
	w.do("season", "open", "2023")
	w.do("tick")
	w.at = morning
	t.Cleanup(w.show)
	return w
}

// do runs a command of the program here, faster than as a process, and gives
// what it prints.
func (w *town) do(args ...string) string {
	w.t.Helper()
	var out bytes.Buffer
	args = append([]string{"--db", w.dsn, "--key", w.key, "--no-dkim"}, args...)
	if code := run(context.Background(), world{args: args, out: &out, err: &out, in: strings.NewReader(""), now: w.clock}); code != exitDone {
		w.t.Fatalf("%q exits %d: %s", args, code, out.String())
	}
	return out.String()
}

// clock gives what the clocks show.
func (w *town) clock() time.Time {
	at, err := parseTime(w.at)
	if err != nil {
		w.t.Fatal(err)
	}
	return at
}

// look opens the database beside the processes.
func (w *town) look() {
	w.t.Helper()
	c := command{DB: w.dsn, Key: w.key, URL: "http://127.0.0.1:8080"}
	in, err := c.open(context.Background(), w.clock)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = in.db.Close() })
	w.installation = in
}

// introduce gives every organisation its address.
func (w *town) introduce() {
	w.t.Helper()
	for i, address := range w.addresses {
		body := fmt.Sprintf("pecovatelska-sluzba-zdar-%d", i)
		err := w.office("mesto").EditOrganisation(context.Background(), body, engine.Actor{Kind: engine.ActorCoordinator, Name: "K"},
			func(o *engine.Organisation) { o.Contacts = []engine.Contact{{Email: address}} })
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// came gives the mails that came in and are in one of the states, of all without.
func (w *town) came(states ...engine.InboundState) []engine.Inbound {
	w.t.Helper()
	if len(states) == 0 {
		states = engine.InboundStates()
	}
	list, err := w.db.Tenant("mesto").Inbox(context.Background(), 1000, states...)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// show tells what the processes wrote when the test failed, and what came in.
func (w *town) show() {
	if !w.t.Failed() {
		return
	}
	for _, file := range w.logs {
		text, _ := os.ReadFile(file)
		w.t.Logf("%s:\n%s", filepath.Base(file), text)
	}
	states := map[engine.InboundState]int{}
	for _, in := range w.came() {
		states[in.State]++
	}
	w.t.Logf("came in: %v", states)
}
