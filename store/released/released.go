// Package released gives tests the databases of towns that ran an older
// version: each as that version left it, in the middle of a season, with
// letters on their way, mail half sent, replies in the pen and answers waiting.
//
// It is for tests only. The databases were made by the released programs
// themselves, on SQLite; on PostgreSQL the same rows stand in the tables that
// version made there. Start reading at [Database].
package released

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"database/sql"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the stored files are its

	"splneno/store/postgres"
)

//go:embed testdata
var stored embed.FS

// A Version is a released one, with the steps of the schema it knew.
type Version struct {
	Name  string
	Steps []string
}

// Versions lists them, oldest first.
func Versions() []Version {
	steps := []string{"0001-records", "0002-inbound", "0003-desk", "0004-published", "0005-region", "0006-meeting"}
	return []Version{{"0.1.0", steps[:1]}, {"0.2.0", steps[:1]}, {"0.3.0", steps[:2]}, {"0.4.0", steps[:3]}, {"0.5.0", steps[:6]}}
}

// Noon is a time in the season all of them are in the middle of: about when
// the stored letters were to leave.
func Noon() time.Time { return time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC) }

// Database gives the address of a database of the version and the file of its
// key. The address is one on SQLite when dsn is "", else dsn, which must be
// empty; migrations are the files of the program that is tested.
func Database(t testing.TB, v Version, dsn string, migrations fs.FS) (address, key string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, v.Name+".db")
	key = filepath.Join(dir, v.Name+".key")
	must(t, os.WriteFile(key, read(t, v.Name+".key.txt"), 0o600))
	z, err := gzip.NewReader(bytes.NewReader(read(t, v.Name+".db.gz")))
	must(t, err)
	raw, err := io.ReadAll(z)
	must(t, err)
	must(t, os.WriteFile(file, raw, 0o600))
	if dsn == "" {
		return "sqlite:" + file, key
	}
	from, err := sql.Open("sqlite", "file:"+file)
	must(t, err)
	defer from.Close()
	a, err := postgres.ParseAddress(dsn)
	must(t, err)
	to := sql.OpenDB(postgres.NewConnector(a, postgres.Limits{Read: time.Minute}))
	defer to.Close()
	makeTables(t, v, to, migrations)
	fill(t, from, to)
	return dsn, key
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := stored.ReadFile("testdata/" + name)
	must(t, err)
	return b
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// makeTables takes the steps as the version took them. The first one read
// otherwise in 0.1.0.
func makeTables(t testing.TB, v Version, to *sql.DB, migrations fs.FS) {
	t.Helper()
	_, err := to.Exec("CREATE TABLE schema_migration (name text NOT NULL PRIMARY KEY, hash text NOT NULL)")
	must(t, err)
	for _, step := range v.Steps {
		text, err := fs.ReadFile(migrations, "migrations/"+step+".postgres.sql")
		must(t, err)
		if v.Name == "0.1.0" {
			text = read(t, step+".postgres.sql")
		}
		_, err = to.Exec(string(text))
		must(t, err)
		_, err = to.Exec("INSERT INTO schema_migration VALUES ($1, $2)", step, fmt.Sprintf("%x", sha256.Sum256(text)))
		must(t, err)
	}
}

// fill puts the rows of every table into the other database's, which takes
// them apart by the types of its columns.
func fill(t testing.TB, from, to *sql.DB) {
	t.Helper()
	for _, table := range column(t, from, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migration'") {
		pairs := strings.Join(column(t, from, `SELECT '''' || name || ''', ' || CASE type WHEN 'BLOB'
			THEN 'iif("' || name || '" IS NULL, NULL, ''\x'' || hex("' || name || '"))' ELSE '"' || name || '"' END
			FROM pragma_table_info('`+table+`')`), ", ")
		for _, row := range column(t, from, "SELECT json_object("+pairs+") FROM "+table) {
			_, err := to.Exec("INSERT INTO "+table+" SELECT * FROM json_populate_record(NULL::"+table+", $1)", row)
			must(t, err)
		}
	}
}

// column gives the only column of what is found.
func column(t testing.TB, db *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := db.Query(query)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var s string
		must(t, rows.Scan(&s))
		out = append(out, s)
	}
	must(t, rows.Err())
	return out
}
