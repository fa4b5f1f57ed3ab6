package postgres_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
	"splneno/store/postgres"
)

func TestParseAddress(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://u:p@localhost/d":                                 "u@localhost:5432/d",
		"postgresql://u@127.0.0.1:5433/d":                            "u@127.0.0.1:5433/d",
		"postgres://u@[::1]/d":                                       "u@[::1]:5432/d",
		"postgres://u@db.example/d?sslmode=disable":                  "u@db.example:5432/d",
		"postgres://u@db.example/d?sslmode=verify-full":              "u@db.example:5432/d",
		"postgres://u@/d?host=/run/postgresql":                       "u@/run/postgresql/.s.PGSQL.5432/d",
		"postgres://u@/d?host=/run/postgresql&port=5433":             "u@/run/postgresql/.s.PGSQL.5433/d",
		"postgres://u@/d?host=/run/postgresql/.s.PGSQL.5432":         "u@/run/postgresql/.s.PGSQL.5432/d",
		"postgres://u@/d":                                            "u@localhost:5432/d",
		"postgres://u:p%40ss@localhost/d?application_name=splneno-2": "u@localhost:5432/d",
	} {
		a, err := postgres.ParseAddress(dsn)
		if err != nil || a.String() != want {
			t.Errorf("%s = %s, %v; want %s", dsn, a, err, want)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for dsn, word := range map[string]string{
		"postgres://u:tajne@db.example/d":                                             "verify-full",
		"postgres://u:tajne@db.example/d?sslmode=require":                             "verify-full",
		"postgres://u:tajne@db.example/d?sslmode=verify-ca":                           "verify-full",
		"postgres://u:tajne@localhost/d?sslmode=prefer":                               "verify-full",
		"postgres://u:tajne@localhost":                                                "lacks",
		"postgres://localhost/d":                                                      "lacks",
		"mysql://u:tajne@localhost/d":                                                 "mysql",
		"postgres://u:tajne@localhost:port/d":                                         "cannot be read",
		"postgres://u:tajne@localhost/d?search_path=x":                                "search_path",
		"postgres://u:tajne@db.example/d?sslmode=verify-full&sslrootcert=/nosuch":     "sslrootcert",
		"postgres://u:tajne@db.example/d?sslmode=verify-full&sslrootcert=" + empty:    "no certificate",
		"postgres://u:tajne%zz@localhost/d":                                           "cannot be read",
		"postgres://u:tajne@localhost/d?sslmode=verify-full&sslmode=disable&sslkey=x": "sslkey",
	} {
		_, err := postgres.ParseAddress(dsn)
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "tajne") {
			t.Errorf("%s: %v", dsn, err)
		}
	}
}

func TestConnectSaysWhy(t *testing.T) {
	there := pgtest.NewDSN(t)
	a, err := postgres.ParseAddress(there)
	if err != nil {
		t.Fatal(err)
	}
	missing := a
	missing.Database = "chybi"
	stranger := a
	stranger.User = "cizi"
	nobody, err := postgres.ParseAddress("postgres://u:tajne@127.0.0.1:1/d")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := postgres.ParseAddress(pgtest.NewProxy(t, there).DSN + "&sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	encrypted, err := postgres.ParseAddress(strings.Replace(pgtest.NewProxy(t, there).DSN, "disable", "verify-full", 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		a    postgres.Address
		code engine.Code
		word string
	}{
		{missing, engine.Invalid, `no database "chybi"`},
		{stranger, engine.Invalid, `"cizi"`},
		{nobody, engine.Unavailable, "127.0.0.1:1"},
		{encrypted, engine.Unavailable, "SSL"},
		{plain, "", ""},
	} {
		conn, err := postgres.NewConnector(c.a, postgres.Limits{Read: time.Minute}).Connect(context.Background())
		if err == nil {
			_ = conn.Close()
		}
		if engine.CodeOf(err) != c.code || err != nil && (!strings.Contains(err.Error(), c.word) || strings.Contains(err.Error(), "tajne")) {
			t.Errorf("%s: %v", c.a, err)
		}
	}
}
