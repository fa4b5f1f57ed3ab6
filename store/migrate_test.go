package store

import (
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

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
			"0002-more.sql":          "CREATE TABLE more (x integer);\n-- it's fine\nINSERT INTO more VALUES (1);",
			"0003-last.sqlite.sql":   "CREATE TABLE last_sqlite (x integer);",
			"0003-last.postgres.sql": "CREATE TABLE last_postgres (x integer);",
		}
		broken := map[string]string{"0002-more.sql": fine["0002-more.sql"] + "\nINSERT INTO nowhere VALUES (1);", "0003-last.sqlite.sql": "x", "0003-last.postgres.sql": "x"}
		err := db.migrate(ctx, with(t, broken))
		if err == nil || !strings.Contains(err.Error(), "0002-more") {
			t.Errorf("error is %v", err)
		}
		err = db.checkSchema(ctx, with(t, fine))
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "0002-more") {
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
		newer := with(t, map[string]string{"0002-later.sql": "CREATE TABLE later (x integer)"})
		if err := db.migrate(ctx, newer); err != nil {
			t.Fatal(err)
		}
		check("newer", "newer", db.CheckSchema(ctx))
		check("migrating a newer one", "newer", db.Migrate(ctx))
		check("another build", "another build", db.checkSchema(ctx, with(t, map[string]string{"0002-later.sql": "CREATE TABLE later (y integer)"})))
		if err := db.checkSchema(ctx, with(t, map[string]string{"0002-later.sql": "CREATE TABLE later (x integer)"})); err != nil {
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
