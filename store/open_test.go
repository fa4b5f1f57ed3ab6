package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"splneno/engine"
	"splneno/store/pgtest"
)

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	noDatabase := filepath.Join(dir, "plan.docx")
	if err := os.WriteFile(noDatabase, []byte(strings.Repeat("PK this is another file. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for dsn, want := range map[string]struct {
		code engine.Code
		word string
	}{
		"":                                    {engine.Invalid, "sqlite:"},
		"splneno.db":                          {engine.Invalid, "sqlite:"},
		"mysql://jana:tajne@localhost/d":      {engine.Invalid, "postgres://"},
		"sqlite:":                             {engine.Invalid, "sqlite:FILE"},
		"sqlite://splneno.db":                 {engine.Invalid, "sqlite:FILE"},
		"sqlite:" + dir:                       {engine.Unavailable, dir},
		"sqlite:" + dir + "/chybí/splneno.db": {engine.Invalid, dir + "/chybí"},
		"sqlite:" + noDatabase:                {engine.Invalid, "no SQLite database"},
		"sqlite:" + noDatabase + "/x.db":      {engine.Invalid, noDatabase},
		"postgres://jana:tajne@127.0.0.1:1/d": {engine.Unavailable, "127.0.0.1:1"},
		"postgres://jana:tajne@db.example/d":  {engine.Invalid, "sslmode"},
		"postgres://jana:tajne@":              {engine.Invalid, "lacks"},
	} {
		db, err := Open(ctx, dsn)
		if err == nil {
			_ = db.Close()
		}
		if engine.CodeOf(err) != want.code || !strings.Contains(err.Error(), want.word) || strings.Contains(err.Error(), "tajne") {
			t.Errorf("%s: %q %v", dsn, engine.CodeOf(err), err)
		}
	}
}

func TestOpenPostgresSaysWhatIsWrong(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	for bad, word := range map[string]string{
		strings.Replace(dsn, "/t", "/chybi_t", 1):          "no database",
		strings.Replace(dsn, "splneno@", "cizi:tajne@", 1): "refuses the user",
	} {
		db, err := Open(ctx, bad)
		if err == nil {
			_ = db.Close()
		}
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "tajne") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestSQLiteIsSetUp(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a b#č%?.db")
	db := migrated(t, "sqlite:"+file)
	st, err := os.Stat(file)
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", st, err)
	}
	for _, pool := range []struct {
		name string
		get  func(string) string
	}{
		{"write", func(p string) (v string) { _ = db.write.QueryRow("PRAGMA " + p).Scan(&v); return v }},
		{"read", func(p string) (v string) { _ = db.read.QueryRow("PRAGMA " + p).Scan(&v); return v }},
	} {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"} {
			if got := pool.get(pragma); got != want {
				t.Errorf("%s: %s is %q, want %q", pool.name, pragma, got, want)
			}
		}
	}
	other := mustOpen(t, "sqlite:"+file)
	tx := get[bun.Tx](t)(other.write.BeginTx(ctx, nil))
	_, _ = db.write.Exec("PRAGMA busy_timeout = 0")
	if _, err := db.write.BeginTx(ctx, nil); sqliteCode(err) != sqliteBusy {
		t.Errorf("two programs are in a transaction that writes: %v", err)
	}
	_ = tx.Rollback()
	if _, err := db.read.NewRaw("DELETE FROM entry").Exec(ctx); err == nil {
		t.Error("a reading connection writes")
	}
	var loose []string
	if err := db.read.NewRaw("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT IN ('sqlite_schema', 'schema_migration')").Scan(ctx, &loose); err != nil || len(loose) > 0 {
		t.Errorf("tables that are not STRICT: %v, %v", loose, err)
	}
}

func TestMemory(t *testing.T) {
	db := migrated(t, "sqlite::memory:")
	tn := town(t, db, "klatovy")
	first := everything("m")
	mustCommit(t, tn, first)
	sameStored(t, tn, first, 1)
	if n := len(lines(t, tn)); n != 2 {
		t.Errorf("%d lines", n)
	}
}
