package store

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"splneno/engine"
)

// with gives the program's migrations and others beside them.
func with(t *testing.T, more map[string]string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	paths, err := fs.Glob(embedded, "migrations/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		b, err := fs.ReadFile(embedded, p)
		if err != nil {
			t.Fatal(err)
		}
		files[p] = &fstest.MapFile{Data: b}
	}
	for name, text := range more {
		files["migrations/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func TestNodesMigrateAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		var nodes []*DB
		for range 4 {
			nodes = append(nodes, mustOpen(t, dsn))
		}
		var wg sync.WaitGroup
		for _, db := range nodes {
			wg.Go(func() {
				if err := db.Migrate(ctx); err != nil {
					t.Error(err)
				}
				if err := db.CheckSchema(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		town(t, nodes[0], "klatovy")
	})
}

func TestMigrationGoesOnAfterACrash(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := mustOpen(t, dsn)
		fine := map[string]string{
			"9001-more.sql":          "CREATE TABLE more (x integer);\n-- it's fine\nINSERT INTO more VALUES (1);",
			"9002-last.sqlite.sql":   "CREATE TABLE last_sqlite (x integer);",
			"9002-last.postgres.sql": "CREATE TABLE last_postgres (x integer);",
		}
		broken := map[string]string{"9001-more.sql": fine["9001-more.sql"] + "\nINSERT INTO nowhere VALUES (1);", "9002-last.sqlite.sql": "x", "9002-last.postgres.sql": "x"}
		err := db.migrate(ctx, with(t, broken))
		if err == nil || !strings.Contains(err.Error(), "9001-more") {
			t.Errorf("error is %v", err)
		}
		err = db.checkSchema(ctx, with(t, fine))
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "9001-more") {
			t.Errorf("half migrated: %v", err)
		}
		other := mustOpen(t, dsn) // no lock of the dead node stands in the way
		if err := other.migrate(ctx, with(t, fine)); err != nil {
			t.Fatal(err)
		}
		if err := other.checkSchema(ctx, with(t, fine)); err != nil {
			t.Error(err)
		}
		var n int
		if err := db.read.NewRaw("SELECT count(*) FROM more").Scan(ctx, &n); err != nil || n != 1 {
			t.Errorf("%d rows, %v: the step was not taken exactly once", n, err)
		}
	})
}

// releasedSteps are the steps that stand in databases of towns: one that changes
// there by a byte makes every one of them refuse this program.
var releasedSteps = map[string]string{
	"0001-records.40ab49ba.sqlite.sql":   "c570a0fec26fa5f7f6da821224acb6974098561b092184b06bf4b7705d4a3bc3",
	"0001-records.720a5e2f.postgres.sql": "c31d9e470c0e3f648917b44c645cac3a4cbb50ecc6f9d61bb4df751cea47a4b6",
	"0001-records.postgres.sql":          "4c90067ce0172650b8ea92f86fd987d2442bc1bc026e94be944f7e987cc0da8c",
	"0001-records.sqlite.sql":            "87403e294120fd217d91bd25f058d963bff659cce0c94caed7efbb2031d2d0a6",
	"0002-inbound.postgres.sql":          "209b507e02a6c61a96bb7430245f371539b09085baead9af7819bc979debc970",
	"0002-inbound.sqlite.sql":            "d4b5d76bd83c0d8602c3506101a2a81bad3c5fc5163e76226142b5a3ebe6ecf3",
	"0003-desk.postgres.sql":             "aa9f0b22cf1873b14982d78affda4e7266e00c8164a747ce1cde8034c3c70a7c",
	"0003-desk.sqlite.sql":               "068960ba3bc350e07448a68751328aac8d72bda6769aed4a8a6f3a976bfbea86",
	"0004-published.postgres.sql":        "eabd6d3d09e42000b4b8c5afa8369aa6314cab7a5f41ae62d00b51ee8014f759",
	"0004-published.sqlite.sql":          "07bb74b7e466ed1d3f74d8906d8c9ff9d0497f1c25195a754e5f7236f0bcdd3d",
	"0005-region.postgres.sql":           "7be6d22719c1ee0b7d926066c134021a231898527badba93eb8419fcb08cef8f",
	"0005-region.sqlite.sql":             "257c855602b8df91406636505f790fb7a0f9762bcc971b98386ce11fab6c7ad2",
	"0006-meeting.postgres.sql":          "d726dfb83b42a2b38b1762e849b3718a7950f05bf37b593c516cdd86025261ed",
	"0006-meeting.sqlite.sql":            "7286ad31d0141d8609e2e604cf22e07b19c408faa2499d6a796a5e8f352e5086",
}

func TestReleasedStepsStayAsTheyAre(t *testing.T) {
	for name, want := range releasedSteps {
		b := get[[]byte](t)(fs.ReadFile(embedded, "migrations/"+name))
		if got := fmt.Sprintf("%x", sha256.Sum256(b)); got != want {
			t.Errorf("%s was edited after it was released: its hash is %s", name, got)
		}
	}
}

// TestAStoredYearIsKept migrates a database of the first release.
func TestAStoredYearIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := mustOpen(t, dsn)
		if err := db.migrate(ctx, firstStep(t)); err != nil {
			t.Fatal(err)
		}
		rows := get[[]byte](t)(os.ReadFile("testdata/0001-rows.sql"))
		if _, err := db.write.ExecContext(ctx, string(rows)); err != nil {
			t.Fatal(err)
		}
		if err := db.CheckSchema(ctx); engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "0002-inbound") {
			t.Errorf("before: %v", err)
		}
		for range 2 { // the second time nothing is left to do
			if err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.CheckSchema(ctx); err != nil {
			t.Error(err)
		}
		err := db.checkSchema(ctx, firstStep(t)) // the program of the first release
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "newer") {
			t.Errorf("after: %v", err)
		}
		checkStoredYear(t, db.Tenant("klatovy"))
	})
}

func firstStep(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for name := range releasedSteps {
		if !strings.HasPrefix(name, "0001-records.") || strings.Count(name, ".") != 2 {
			continue
		}
		files["migrations/"+name] = &fstest.MapFile{Data: get[[]byte](t)(fs.ReadFile(embedded, "migrations/"+name))}
	}
	return files
}

func checkStoredYear(t *testing.T, tn *Tenant) {
	t.Helper()
	m := get[engine.Municipality](t)(tn.Municipality(ctx))
	if m.Name != "Město Klatovy" || m.ReplyTo != "" || len(m.Blocked) != 0 || m.Version != 4 {
		t.Errorf("the municipality is %+v", m)
	}
	r := get[engine.Request](t)(tn.RequestByLink(ctx, "hash"))
	if r.Organisation != "charita" || r.Step != 2 || r.ReplyHash != "" || r.Version != 5 {
		t.Errorf("the request is %+v", r)
	}
	p := get[[]engine.Proposal](t)(tn.PendingProposals(ctx))
	if len(p) != 1 || p[0].Answer.Done != "Proběhlo 12 setkání." || p[0].Channel != engine.ByLink || p[0].Inbound != "" {
		t.Errorf("the proposals are %+v", p)
	}
	sent := get[[]engine.Message](t)(tn.Messages(ctx, 1, engine.Sent))[0]
	if sent.Key != "letter" || sent.Text != "Dobrý den" || sent.ReturnPath != "" || sent.SentAt != noon {
		t.Errorf("the message is %+v", sent)
	}
	c := change("went_on") // and all of it can be written again
	m.ReplyTo, m.Blocked, r.ReplyHash, p[0].Inbound = "odpovedi+{token}@klatovy.example", []string{"reklama@example.org"}, "reply hash", "mail"
	c.Municipality, c.Requests, c.Proposals = &m, []engine.Request{r}, p
	mustCommit(t, tn, c)
	if got := get[engine.Request](t)(tn.RequestByReply(ctx, "reply hash")); got.Version != 6 {
		t.Errorf("the request is %+v", got)
	}
	if got := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon, 9, time.Hour)); len(got) != 1 || got[0].Key != "other" {
		t.Errorf("due are %+v", got)
	}
}

func TestSchemaThatDoesNotFit(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := mustOpen(t, dsn)
		check := func(name, word string, err error) {
			t.Helper()
			if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v", name, err)
			}
		}
		check("empty", "older", db.CheckSchema(ctx))
		newer := with(t, map[string]string{"9001-later.sql": "CREATE TABLE later (x integer)"})
		if err := db.migrate(ctx, newer); err != nil {
			t.Fatal(err)
		}
		check("newer", "newer", db.CheckSchema(ctx))
		check("migrating a newer one", "newer", db.Migrate(ctx))
		check("another build", "another build", db.checkSchema(ctx, with(t, map[string]string{"9001-later.sql": "CREATE TABLE later (y integer)"})))
		if err := db.checkSchema(ctx, with(t, map[string]string{"9001-later.sql": "CREATE TABLE later (x integer)"})); err != nil {
			t.Error(err)
		}
	})
}

func TestLineEndsOfACheckoutDoNotMatter(t *testing.T) {
	db := &DB{}
	hash := func(text string) string {
		return get[[]migration](t)(db.migrations(fstest.MapFS{"migrations/1.sql": {Data: []byte(text)}}))[0].hash
	}
	if hash("a\nb\n") != hash("a\r\nb\r\n") {
		t.Error("the hash depends on line ends")
	}
}
