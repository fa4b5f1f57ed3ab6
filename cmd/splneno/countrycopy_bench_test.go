package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"splneno/store/pgtest"
)

// twoDatabases makes the same town twice.
func twoDatabases(b *testing.B, kind string, g generateCommand) (one, other command) {
	b.Helper()
	if kind == "postgres" {
		one = generated(b, g, pgtest.NewDurableDSN(b))
		other = one
		other.DB = pgtest.NewDurableCopy(b, one.DB)
		return one, other
	}
	dir := b.TempDir()
	one = generated(b, g, "sqlite:"+filepath.Join(dir, "alone.db"))
	other = one
	other.DB = "sqlite:" + filepath.Join(dir, "country.db")
	raw, _ := rawDB(b, one.DB)
	if _, err := raw.Exec("VACUUM INTO '" + filepath.Join(dir, "country.db") + "'"); err != nil {
		b.Fatal(err)
	}
	return one, other
}

// multiply makes a country of a town: all that belongs to it is copied in the
// name of others, with other links.
func multiply(b *testing.B, dsn, town string, towns int) {
	b.Helper()
	db, tables := rawDB(b, dsn)
	for _, table := range tables {
		columns := columnsOf(b, db, table)
		if !slices.Contains(columns, "tenant") {
			continue
		}
		for n := 1; n < towns; n++ {
			id := fmt.Sprintf("%s-%d", town, n)
			picked := slices.Clone(columns)
			for i, c := range picked {
				switch c {
				case "tenant":
					picked[i] = "'" + id + "'"
				case "link_hash", "reply_hash", "invite_hash":
					picked[i] = fmt.Sprintf("CASE WHEN %s = '' THEN '' ELSE %s || '-%d' END", c, c, n)
				}
			}
			_, err := db.ExecContext(b.Context(), "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") SELECT "+strings.Join(picked, ", ")+" FROM "+table+" WHERE tenant = '"+town+"'")
			if err != nil {
				b.Fatalf("%s: %v", table, err)
			}
		}
	}
	if _, err := db.ExecContext(b.Context(), "ANALYZE"); err != nil && strings.HasPrefix(dsn, "postgres") {
		b.Fatal(err)
	}
}

func columnsOf(b *testing.B, db *sql.DB, table string) []string {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	return slices.Clone(names) // pgdriver fills the list anew for the next query
}
