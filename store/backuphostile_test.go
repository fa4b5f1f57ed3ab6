package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// hostile are statements that make a trap of a backup; where there is a
// manifest afterwards, it is made to fit.
func hostile() map[string]string {
	return map[string]string{
		"trigger":             "CREATE TRIGGER trap AFTER INSERT ON setting BEGIN DELETE FROM municipality; END",
		"trigger on steps":    "CREATE TRIGGER trap AFTER INSERT ON schema_migration BEGIN DELETE FROM municipality; END",
		"view":                "DROP TABLE draft; CREATE VIEW draft AS SELECT * FROM municipality",
		"endless view":        "DROP TABLE draft; CREATE VIEW draft AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS tenant FROM n",
		"endless column":      "CREATE TABLE trap (a integer, b integer GENERATED ALWAYS AS (length(replace(hex(zeroblob(1000000)), '0', 'xxxxxxxx'))) VIRTUAL); INSERT INTO trap (a) VALUES (1)",
		"other types":         "DROP TABLE setting; CREATE TABLE setting (name blob, value blob); INSERT INTO setting VALUES (x'00ff', x'00')",
		"fewer columns":       "DROP TABLE draft; CREATE TABLE draft (tenant text PRIMARY KEY)",
		"more columns":        "ALTER TABLE municipality ADD COLUMN trap text DEFAULT 'x'",
		"no row numbers":      "CREATE TABLE trap (a text PRIMARY KEY) WITHOUT ROWID; INSERT INTO trap VALUES ('x')",
		"name with quotes":    `CREATE TABLE trap ("a"", (SELECT 1) AS ""b" text); INSERT INTO trap VALUES ('x')`,
		"table with quotes":   `CREATE TABLE "trap; DROP TABLE municipality" (a text)`,
		"20 MB":               "CREATE TABLE trap (a blob PRIMARY KEY); INSERT INTO trap VALUES (zeroblob(20000000))",
		"table missing":       "DROP TABLE journal",
		"function that is no": "CREATE VIEW trap AS SELECT load_extension('/tmp/x.so')",
		"negative numbers":    "UPDATE plan SET version = -5",
	}
}

// A file that somebody made to do harm is refused, or brings in only what a
// backup may hold: the target has its own tables and nothing beside them.
func TestHostileBackups(t *testing.T) {
	file, _ := backedUp(t)
	whole := get[[]byte](t)(os.ReadFile(file))
	for name, statements := range hostile() {
		t.Run(name, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "bad.db")
			if err := os.WriteFile(bad, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			pool := get[*sql.DB](t)(sql.Open("sqlite", "file:"+bad))
			if _, err := pool.Exec(statements); err != nil {
				t.Fatal(err)
			}
			if err := pool.Close(); err != nil {
				t.Fatal(err)
			}
			fitManifest(t, bad)
			within, cancel := context.WithTimeout(ctx, 5*time.Second)
			defer cancel()
			to := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "to.db"))
			before := schemaOf(t, to)
			b, err := OpenBackup(within, bad)
			if err == nil {
				_, err = b.CopyTo(within, to, Transfer{})
				if err := b.Close(); err != nil {
					t.Error(err)
				}
			}
			t.Logf("%v", err)
			if within.Err() != nil {
				t.Error("it was not finished with in time")
			}
			if code := engine.CodeOf(err); err != nil && code != engine.Invalid && code != engine.Conflict {
				t.Errorf("it is no sentence for a person: %v", err)
			}
			if after := schemaOf(t, to); after != before {
				t.Errorf("it brought in %s", after)
			}
			towns := get[[]string](t)(to.AcrossTenants().Tenants(ctx))
			if err != nil && len(towns) > 0 || err == nil && strings.Join(towns, " ") != "klatovy" {
				t.Errorf("%v: the towns are %v", err, towns)
			}
		})
	}
}

// A manifest that lies is found, whatever it says.
func TestManifestsThatLie(t *testing.T) {
	for _, body := range []string{"", "{", "null", "[]", `{"Sum":null}`, `{"Sum":{"Tables":{"municipality":{"Rows":-1}}}}`, `{"Sum":{"Tables":{"schema_migration":{"Rows":7}}}}`,
		`{"Sum":{"Tables":{"; DROP TABLE municipality":{"Rows":7}}}}`, `{"MadeAt":"9999-99-99"}`, strings.Repeat("[", 100_000), `{"Tenant":"' OR 1=1 --"}`} {
		file, _ := backedUp(t)
		putManifest(t, file, body)
		b, err := OpenBackup(ctx, file)
		if err == nil {
			_ = b.Close()
		}
		if engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%.60s: %v", body, err)
		}
	}
}

// fitManifest makes the manifest say what is in the file, as far as that can be
// read within a second.
func fitManifest(t *testing.T, file string) {
	t.Helper()
	within, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	db := get[*DB](t)(openPlain(file, "mode=ro"))
	defer db.Close()
	var body, digest string
	if err := db.read.NewRaw("SELECT body, digest FROM "+manifest).Scan(ctx, &body, &digest); err != nil {
		t.Fatal(err)
	}
	var m Manifest
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		t.Fatal(err)
	}
	tables := get[[]transferTable](t)(tablesOf(ctx, db.read))
	for _, table := range tables {
		m.Sum.Tables[table.name] = TableSum{}
	}
	sum, err := db.sumLike(within, m)
	if err != nil {
		t.Logf("no sum can be made of it: %v", err)
	} else {
		m.Sum = sum
	}
	text := get[[]byte](t)(json.Marshal(m))
	putManifest(t, file, string(text))
}

func putManifest(t *testing.T, file, body string) {
	t.Helper()
	pool := get[*sql.DB](t)(sql.Open("sqlite", "file:"+file))
	defer pool.Close()
	if _, err := pool.Exec("UPDATE "+manifest+" SET body = ?, digest = ?", body, digestOf([]byte(body))); err != nil {
		t.Fatal(err)
	}
}

// schemaOf gives all a file is made of.
func schemaOf(t *testing.T, db *DB) (text string) {
	t.Helper()
	if err := db.write.NewRaw("SELECT group_concat(type || name || coalesce(sql, '')) FROM (SELECT * FROM sqlite_master ORDER BY name)").Scan(ctx, &text); err != nil {
		t.Fatal(err)
	}
	return text
}
