package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"splneno/store"
)

// The size of the country the benchmarks measure, by the environment: a small
// one by default, the one of a region with
//
//	SPLNENO_TOWNS=206 SPLNENO_YEARS=10 go test -run none -bench Country -benchtime 1x -timeout 60m ./cmd/splneno
func countrySize(b testing.TB) generateCommand {
	return generateCommand{Towns: sizeOf(b, "SPLNENO_TOWNS", 4), Activities: sizeOf(b, "SPLNENO_ACTIVITIES", 60),
		Years: sizeOf(b, "SPLNENO_YEARS", 3), Seed: 1, Until: 2024}
}

func sizeOf(b testing.TB, name string, small int) int {
	text := os.Getenv(name)
	if text == "" {
		return small
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		b.Fatalf("%s=%s is no size", name, text)
	}
	return n
}

// generated fills a database with a country.
func generated(b testing.TB, g generateCommand, dsn string) command {
	b.Helper()
	c := command{DB: dsn, Key: filepath.Join(b.TempDir(), "country.key"), URL: "http://127.0.0.1:8080"}
	w := &world{out: io.Discard, err: io.Discard, now: time.Now}
	if err := g.Run(b.Context(), &c, w); err != nil {
		b.Fatal(err)
	}
	return c
}

// BenchmarkCountryGenerate makes the country. Per town and year it should cost
// little enough for 206 towns and 10 years to be made in ten minutes: 290 ms.
func BenchmarkCountryGenerate(b *testing.B) {
	onBoth(b, func(b *testing.B, dsn func() string) {
		g := countrySize(b)
		for b.Loop() {
			generated(b, g, dsn())
		}
		b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*g.Towns*g.Years), "ms/town-year")
	})
}

// sayDurable prints what the database does before it calls something stored.
func sayDurable(b *testing.B, dsn string) {
	b.Helper()
	db, err := store.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	c, err := db.Condition(b.Context())
	switch {
	case err != nil:
		b.Fatal(err)
	case c.Postgres != nil:
		fmt.Printf("PostgreSQL %d: fsync %s, synchronous_commit %s, full_page_writes %s\n", c.Postgres.Version, c.Postgres.Fsync, c.Postgres.SynchronousCommit, c.Postgres.WholePages)
	default:
		fmt.Printf("SQLite: journal_mode %s, synchronous %d\n", c.SQLite.Journal, c.SQLite.Synchronous)
	}
}
