//go:build unix

package main

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"splneno/store"
)

// yearTables are those a year fills, and what their rows are called.
var yearTables = []struct{ name, unit string }{{"message", "letters"}, {"proposal", "answers"}, {"journal", "lines"}, {"occurrence", "ledger"}}

// rowsOfTable are all rows of a table as they stood in the end: letters that
// were sent have given up their bytes by then, so the baseline writes less.
type rowsOfTable struct {
	columns []string
	values  [][]any
}

func writtenRows(b *testing.B, db *sql.DB) map[string]rowsOfTable {
	b.Helper()
	all := map[string]rowsOfTable{}
	for _, t := range yearTables {
		r := rowsOfTable{columns: columnsOf(b, db, t.name)}
		rows, err := db.QueryContext(b.Context(), "SELECT * FROM "+t.name)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			row, into := make([]any, len(r.columns)), make([]any, len(r.columns))
			for i := range row {
				into[i] = &row[i]
			}
			if err := rows.Scan(into...); err != nil {
				b.Fatal(err)
			}
			r.values = append(r.values, row)
		}
		if err := rows.Err(); err != nil {
			b.Fatal(err)
		}
		all[t.name] = r
	}
	return all
}

// insert gives the statement for a row.
func (r rowsOfTable) insert(table string) string {
	places := make([]string, len(r.columns))
	for i := range places {
		places[i] = fmt.Sprint("$", i+1)
	}
	return "INSERT INTO " + table + " (" + strings.Join(r.columns, ", ") + ") VALUES (" + strings.Join(places, ", ") + ")"
}

type insertion struct {
	statement string
	row       []any
}

// insertions are what was written, row by row.
func (y livedYear) insertions() (all []insertion) {
	for _, t := range yearTables {
		for _, row := range y.rows[t.name].values {
			all = append(all, insertion{y.rows[t.name].insert(t.name), row})
		}
	}
	return all
}

type bareYear struct{ took, cpu, oneCommit time.Duration }

// least is the least that can be committed: what a claim or a settled run costs
// at any rate.
const least = "INSERT INTO setting (name, value) VALUES ('pulse', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value"

// writeBare writes what a year has left behind by the bare statements, spread
// evenly over as many commits, on one connection; and says what a commit of
// next to nothing takes.
func writeBare(b *testing.B, dsn string, y livedYear) (bare bareYear) {
	b.Helper()
	ours, err := store.Open(b.Context(), dsn)
	if err == nil {
		err = ours.Migrate(b.Context())
	}
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = ours.Close() }()
	db, _ := rawDB(b, dsn)
	db.SetMaxOpenConns(1)
	must := func(_ any, err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	if strings.HasPrefix(dsn, "sqlite:") { // as the store has it
		must(db.ExecContext(b.Context(), "PRAGMA synchronous = FULL"))
		must(db.ExecContext(b.Context(), "PRAGMA wal_autocheckpoint = 4000"))
	}
	rows := y.insertions()
	before, began := processorTime(b), time.Now()
	for n := range y.commits {
		tx, err := db.BeginTx(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		some := rows[n*len(rows)/y.commits : (n+1)*len(rows)/y.commits]
		for _, s := range some {
			must(tx.ExecContext(b.Context(), s.statement, s.row...))
		}
		if len(some) == 0 {
			must(tx.ExecContext(b.Context(), least, fmt.Sprint(n)))
		}
		must(nil, tx.Commit())
	}
	bare = bareYear{took: time.Since(began), cpu: processorTime(b) - before}
	const commits = 200
	began = time.Now()
	for n := range commits {
		must(db.ExecContext(b.Context(), least, fmt.Sprint(-n)))
	}
	bare.oneCommit = time.Since(began) / commits
	return bare
}
