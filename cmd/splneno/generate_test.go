package main

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/store/pgtest"
	"splneno/store/postgres"
)

// onBoth runs a benchmark on a file and on a server that writes to disk what it
// says.
func onBoth(b *testing.B, bench func(b *testing.B, dsn func() string)) {
	b.Run("sqlite", func(b *testing.B) {
		bench(b, func() string { return "sqlite:" + filepath.Join(b.TempDir(), "country.db") })
	})
	b.Run("postgres", func(b *testing.B) { bench(b, func() string { return pgtest.NewDurableDSN(b) }) })
}

// A small country is the same however often it is made, and on whichever
// database; all of it is sound, and its pages open.
func TestGeneratedCountry(t *testing.T) {
	t.Parallel()
	small := generateCommand{Towns: 2, Activities: 8, Years: 2, Seed: 7, Until: 2024}
	dsns := []string{"sqlite:" + filepath.Join(t.TempDir(), "one.db"), "sqlite:" + filepath.Join(t.TempDir(), "two.db"), pgtest.NewDSN(t)}
	var hashes []string
	for _, dsn := range dsns {
		c := generated(t, small, dsn)
		hashes = append(hashes, hashOf(t, dsn))
		soundCountry(t, c)
		pagesOpen(t, c, small)
	}
	if nothing := sha256.Sum256(nil); hashes[0] == hex.EncodeToString(nothing[:]) {
		t.Error("the hash is over nothing")
	}
	if hashes[0] != hashes[1] || hashes[0] != hashes[2] {
		t.Errorf("the same country came out as %v", hashes)
	}
	small.Seed++
	other := "sqlite:" + filepath.Join(t.TempDir(), "other.db")
	generated(t, small, other)
	if hashOf(t, other) == hashes[0] {
		t.Error("another seed gave the same country")
	}
}

// soundCountry lets verify look at the whole database.
func soundCountry(t *testing.T, c command) {
	t.Helper()
	var out, failed bytes.Buffer
	if code := run(t.Context(), world{args: []string{"verify", "--db", c.DB}, out: &out, err: &failed, now: time.Now}); code != exitDone {
		t.Fatalf("verify: exit %d: %s", code, failed.String())
	}
	if n := strings.Count(out.String(), "journal whole"); n != 2 {
		t.Errorf("verify says of %d towns that their journal is whole:\n%s", n, out.String())
	}
}

// pagesOpen opens the public pages of a town, and the answer page of a body in
// the season that is open.
func pagesOpen(t *testing.T, c command, g generateCommand) {
	t.Helper()
	in, err := c.open(t.Context(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.db.Close() })
	town := country.New(g.Seed, 0)
	pages := in.pages(town.ID, slog.New(slog.NewTextHandler(io.Discard, nil))).Handler()
	office := in.office(town.ID)
	plan := fmt.Sprintf("plan-%d", g.first())
	requests, err := office.Records.Requests(t.Context(), plan, "2024")
	if err != nil || len(requests) == 0 {
		t.Fatalf("nobody is asked in the season that is open: %v", err)
	}
	link := strings.TrimPrefix(in.signer.AnswerURL(in.signer.Token(town.ID, requests[0])), c.URL)
	published := strings.TrimPrefix(in.signer.PublicURL(town.ID, "plan", plan, "2023"), c.URL)
	for _, path := range []string{link, published} {
		res := httptest.NewRecorder()
		pages.ServeHTTP(res, httptest.NewRequest("GET", path, nil))
		if res.Code != 200 {
			t.Errorf("page %s of the country says %d", path, res.Code)
		}
	}
	pending, err := office.Records.PendingProposals(t.Context())
	queued, err2 := office.Records.Messages(t.Context(), 100, engine.Queued)
	held, err3 := office.Records.Inbox(t.Context(), 100, engine.InboundHeld)
	if len(pending) == 0 || len(queued) == 0 || len(held) == 0 {
		t.Errorf("%d answers, %d letters and %d mails are on their way, want some of each (%v, %v, %v)", len(pending), len(queued), len(held), err, err2, err3)
	}
}

// hashOf gives a hash over every row of every table but the facts of the
// installation itself. Both databases give the same for the same contents.
func hashOf(t *testing.T, dsn string) string {
	t.Helper()
	db, tables := rawDB(t, dsn)
	var lines []string
	for _, table := range tables {
		if slices.Contains([]string{"setting", "schema_migration"}, table) {
			continue
		}
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, linesOf(t, table, rows)...)
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])
}

// rawDB opens a database beside the store, and gives the names of its tables.
func rawDB(t testing.TB, dsn string) (db *sql.DB, tables []string) {
	t.Helper()
	list := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		var err error
		if db, err = sql.Open("sqlite", "file:"+file); err != nil {
			t.Fatal(err)
		}
	} else {
		a, err := postgres.ParseAddress(dsn)
		if err != nil {
			t.Fatal(err)
		}
		db = sql.OpenDB(postgres.NewConnector(a, postgres.Limits{Statement: time.Minute, Lock: time.Second, Read: time.Minute}))
		db.SetMaxOpenConns(1)
		if _, err := db.ExecContext(t.Context(), "SELECT set_config('splneno.tenant', '*', false)"); err != nil {
			t.Fatal(err)
		}
		list = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
	}
	t.Cleanup(func() { _ = db.Close() })
	rows, err := db.QueryContext(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	return db, tables
}

// linesOf writes rows down, with the columns in the order of their names.
func linesOf(t *testing.T, table string, rows *sql.Rows) (lines []string) {
	t.Helper()
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row, at := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			at[i] = &row[i]
		}
		if err := rows.Scan(at...); err != nil {
			t.Fatal(err)
		}
		cells := make([]string, len(names))
		for i, v := range row {
			cells[i] = names[i] + "=" + plain(v)
		}
		slices.Sort(cells)
		lines = append(lines, table+" "+strings.Join(cells, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// plain writes a value as both databases mean it.
func plain(v any) string {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case bool:
		if v {
			return "1"
		}
		return "0"
	case []byte:
		return plain(string(v))
	case string:
		if t, err := time.Parse("2006-01-02 15:04:05.999999999-07:00", v); err == nil {
			return plain(t)
		}
		var document any
		if err := json.Unmarshal([]byte(v), &document); err == nil {
			if same, err := json.Marshal(document); err == nil {
				return string(same)
			}
		}
		return v
	}
	return fmt.Sprint(v)
}
