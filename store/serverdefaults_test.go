package store

import (
	"errors"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/store/pgtest"
)

// setDefault makes something the default of a database.
func setDefault(t *testing.T, dsn, setting string) {
	t.Helper()
	pgtest.Do(t, dsn, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET "+quoteTwice(setting)+"', current_database()); END $$")
}

// A database in whose strings a backslash escapes, or in other letters, is not
// worked with: a value would break out of its quotes.
func TestStringsThatEscapeAreRefused(t *testing.T) {
	for _, setting := range []string{"standard_conforming_strings = off", "client_encoding = 'WIN1250'"} {
		dsn := pgtest.NewDSN(t)
		setDefault(t, dsn, setting)
		db, err := Open(ctx, dsn)
		if err == nil {
			err = errors.Join(db.Migrate(ctx), db.Close())
		}
		if engine.CodeOf(err) == "" || !strings.Contains(err.Error(), "standard_conforming_strings=on and client_encoding=UTF8") {
			t.Errorf("%s: %v", setting, err)
		}
	}
}

// Whatever else an administrator made the default of the database, our sessions
// read and write values as we mean them.
func TestDefaultsOfTheServerChangeNothing(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	for _, setting := range []string{"escape_string_warning = off", "backslash_quote = on",
		"bytea_output = 'escape'", "datestyle = 'German, DMY'", "timezone = 'Europe/Prague'"} {
		setDefault(t, dsn, setting)
	}
	db := migrated(t, dsn)
	tn := town(t, db, "klatovy")
	town(t, db, "susice")
	mustAdd(t, tn, arrived("klatovy"))
	for _, text := range []string{`\' OR 1=1; DROP TABLE municipality; --`, `\`, `\\'`, "\u017e\u010f\u00e1r \u20ac \u4e2d", `'; SET splneno.tenant = 'susice`, `a\'b''c`, `%_\%`} {
		c := change("text")
		m := get[engine.Municipality](t)(tn.Municipality(ctx))
		m.Name = text
		c.Municipality = &m
		mustCommit(t, tn, c)
		if got := get[engine.Municipality](t)(tn.Municipality(ctx)).Name; got != text {
			t.Errorf("%q came back as %q", text, got)
		}
		if towns := get[[]string](t)(db.AcrossTenants().Tenants(ctx)); len(towns) != 2 {
			t.Fatalf("after %q the towns are %v", text, towns)
		}
		if _, err := db.Tenant(text).Municipality(ctx); engine.CodeOf(err) != engine.NotFound {
			t.Errorf("town %q: %v", text, err)
		}
		if _, err := tn.SearchActivities(ctx, text, 5); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	other, first := town(t, db, "pisek"), everything("first")
	mustCommit(t, other, first)
	sameStored(t, other, first, 1)
}

// quoteTwice lets a setting stand in a string of SQL.
func quoteTwice(s string) (out string) {
	for _, r := range s {
		if r == '\'' {
			out += "'"
		}
		out += string(r)
	}
	return out
}
