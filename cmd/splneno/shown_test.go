//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/link"
	"splneno/store"
	"splneno/store/pgtest"
)

// says runs a command in this process and gives what it prints.
func (c *cluster) says(at time.Time, dsn string, args ...string) string {
	c.t.Helper()
	var out bytes.Buffer
	shown := "$ splneno " + strings.Join(args, " ")
	args = append(args, "--db", dsn, "--key", filepath.Join(c.dir, "key"), "--smtp", "smtp://"+c.relay.Addr().String())
	w := world{args: args, out: &out, err: &out, in: strings.NewReader(""), now: func() time.Time { return at }}
	if code := run(c.t.Context(), w); code != exitDone {
		c.t.Fatalf("%s: %s", args, out.String())
	}
	c.t.Logf("%s\n%s", shown, out.String())
	return out.String()
}

// refuses runs a command that must fail with these words.
func (c *cluster) refuses(at time.Time, dsn, why string, args ...string) {
	c.t.Helper()
	var out bytes.Buffer
	args = append(args, "--db", dsn, "--key", filepath.Join(c.dir, "key"))
	w := world{args: args, out: &out, err: &out, in: strings.NewReader(""), now: func() time.Time { return at }}
	if code := run(c.t.Context(), w); code != exitFailed || !strings.Contains(out.String(), why) {
		c.t.Errorf("%s: exit %d, want %q in %s", args, code, why, out.String())
	}
}

// mailbox writes everything the mail server took, as the original's folder of
// sent mail would hold it.
func (c *cluster) mailbox(name string) string {
	c.t.Helper()
	var file bytes.Buffer
	taken, _ := c.relay.seen()
	for _, raw := range taken {
		fmt.Fprintf(&file, "From plan@horni.example Wed Jan 10 12:00:00 2024\r\n%s\r\n", raw)
	}
	path := filepath.Join(c.dir, name)
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// desk fetches a page of a server as the coordinator sees it, who is let in at
// the database.
func (c *cluster) desk(n *member, db *store.DB, tenant, path string, at time.Time) string {
	c.t.Helper()
	secret := link.NewSecret()
	account := engine.Account{ID: "shown-" + tenant, Name: "Hana", Email: "hana@" + tenant + ".example", Role: engine.RoleCoordinator, Secrets: engine.Secrets{Password: "x", TOTP: "x"}, Language: "cs"}
	if err := db.Tenant(tenant).Commit(c.t.Context(), engine.Change{At: at, Actor: engine.Actor{Kind: engine.ActorSystem, Name: "test"}, Event: "account_made", Subject: account.ID, Accounts: []engine.Account{account}}); err != nil {
		c.t.Fatal(err)
	}
	if err := db.Tenant(tenant).AddSession(c.t.Context(), engine.Session{Hash: link.SecretHash(secret), Account: account.ID, CreatedAt: at, SeenAt: at, ExpiresAt: at.Add(time.Hour), Strong: true}); err != nil {
		c.t.Fatal(err)
	}
	text, err := os.ReadFile(n.log)
	if err != nil {
		c.t.Fatal(err)
	}
	address := regexp.MustCompile(`Pages: (http://\S+)`).FindSubmatch(text)
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, string(address[1])+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: "stul", Value: secret})
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		c.t.Fatalf("%s says %d: %v\n%.500s", path, res.StatusCode, err, page)
	}
	return string(page)
}

// TestShown is what a region sees: three servers on one PostgreSQL, of which one
// is killed while letters leave; a backup made meanwhile, brought back beside the
// running system; its page of what would leave; the sent mail of the original
// held against it; one message let go, then all. Nobody hears anything twice.
func TestShown(t *testing.T) {
	noon := time.Date(2024, 1, 10, 11, 0, 0, 0, time.UTC)
	c := newCluster(t, pgtest.NewDSN(t), "horni", "dolni")
	c.relay.before = func() { <-time.After(300 * time.Millisecond) } // a mail server takes its time
	first, second, third := c.join(c.dsn, 0), c.join(c.dsn, 0), c.join(c.dsn, 0)
	for _, n := range c.nodes {
		n.up(c)
	}
	c.eventually("three servers know of one another", func() bool {
		all, err := c.db.AcrossTenants().Nodes(t.Context())
		return err == nil && len(all) == 3
	})
	c.says(noon, c.dsn, "nodes")
	c.set(noon)
	c.eventually("letters leave", func() bool { taken, _ := c.relay.seen(); return len(taken) > 3 })
	backup := filepath.Join(c.dir, "backup.db")
	c.says(noon, c.dsn, "backup", "--out", backup)
	first.kill()
	atKill, _ := c.relay.seen()
	t.Logf("kill -9 of the first server; %d of %d letters have left", len(atKill), 2*bodiesOfATown)
	c.finish(noon)
	c.finish(noon.Add(afterLeases))
	for _, n := range []*member{second, third} {
		n.signal(t, syscall.SIGTERM)
		<-n.ended
	}
	more := c.arrived()
	if t.Logf("%d letters arrived twice", more); more > 8 {
		t.Errorf("%d letters arrived twice", more)
	}
	for _, town := range c.names {
		c.says(noon, c.dsn, "verify", "--tenant", town)
	}
	c.restored(backup, noon.Add(3*time.Hour))
}

// restored brings the backup back and lets it go on.
func (c *cluster) restored(backup string, at time.Time) {
	t := c.t
	t.Helper()
	sent := c.mailbox("sent.mbox")
	had, _ := c.relay.seen()
	to := pgtest.NewDSN(t)
	c.says(at, to, "restore", backup)
	c.set(at)
	n := c.join(to, 0)
	n.up(c)
	db, err := store.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	held := map[string][]string{}
	for _, town := range c.names {
		c.eventually("the calendar of the copy has written every letter", func() bool {
			all, err := db.Tenant(town).Messages(t.Context(), 0)
			return err == nil && len(all) == bodiesOfATown
		})
		var shown shownHold
		if err := json.Unmarshal([]byte(c.says(at, to, "hold", "--tenant", town, "--json")), &shown); err != nil {
			t.Fatal(err)
		}
		for _, m := range shown.Messages {
			held[town] = append(held[town], m.Key)
		}
		out := c.says(at, to, "hold", "check", "--tenant", town, "--sent-file", sent)
		if want := fmt.Sprintf("%s %d left", engine.CountOf(len(held[town]), "held message", "held messages"), len(held[town])); !strings.Contains(out, want) {
			t.Errorf("%s: %s\nwant: %s", town, out, want)
		}
	}
	if len(held["horni"])+len(held["dolni"]) == 0 {
		t.Error("nothing is held: the backup was made too late")
	}
	page := c.desk(n, db, "horni", "/stul/pozastaveni", at)
	if !strings.Contains(page, "o1@horni.example") && len(held["horni"]) == bodiesOfATown {
		t.Errorf("the page does not show what would leave:\n%.2000s", page)
	}
	if file := os.Getenv("SPLNENO_TEST_PAGE"); file != "" {
		if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// One town lets one message go although it left: a person may want that. The
	// mail is the one that was sent, to the byte of its Message-ID.
	if keys := held["horni"]; len(keys) > 0 {
		for _, act := range []string{"release", "left", "stop"} {
			c.refuses(at, to, "no message nobodys is held; splneno hold lists what is", "hold", act, "--tenant", "horni", "--message", "nobodys")
		}
		c.says(at, to, "hold", "release", "--tenant", "horni", "--message", keys[0])
		c.eventually("the one that was let go leaves", func() bool { now, _ := c.relay.seen(); return len(now) == len(had)+1 })
	}
	for _, town := range c.names {
		c.says(at, to, "hold", "left", "--tenant", town, "--certain")
		c.says(at, to, "hold", "release", "--tenant", town, "--all", "--note", "the original is switched off")
	}
	tomorrow := at.Add(24 * time.Hour)
	c.set(tomorrow)
	for _, town := range c.names {
		c.eventually("the copy has gone through its calendar again", func() bool {
			last, err := db.Tenant(town).Cursors(t.Context())
			return err == nil && last["pack"].After(at)
		})
	}
	now, _ := c.relay.seen()
	letters := map[string]int{}
	for _, raw := range now {
		m, err := netmail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(m.Header.Get("To"), "o") || strings.Contains(m.Header.Get("To"), "<o") {
			letters[m.Header.Get("To")+m.Header.Get("Message-Id")]++
		}
	}
	t.Logf("%d letters to %d bodies, one of them let go by hand a second time", len(now), len(letters))
	if len(letters) != 2*bodiesOfATown || len(now) > len(had)+1 {
		t.Errorf("%d different letters arrived in %d mails, %d were sent by the original", len(letters), len(now), len(had))
	}
	n.signal(t, syscall.SIGTERM)
	<-n.ended
	for _, town := range c.names {
		c.says(at, to, "verify", "--tenant", town)
	}
}
