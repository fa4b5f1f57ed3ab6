package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"

	"splneno/engine"
	"splneno/store/pgtest"
	"splneno/store/postgres"
)

// tenantTables lists the tables of the database that hold rows of tenants.
func tenantTables(t testing.TB, db *DB) (tables []string) {
	t.Helper()
	query := "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'tenant' ORDER BY m.name"
	if db.isPostgres() {
		query = "SELECT table_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'tenant' ORDER BY table_name"
	}
	if err := db.read.NewRaw(query).Scan(ctx, &tables); err != nil {
		t.Fatal(err)
	}
	if len(tables) < 25 {
		t.Fatalf("only the tables %v were found", tables)
	}
	return tables
}

func TestEveryTableOfTenantsIsFenced(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	for _, table := range tenantTables(t, db) {
		var fenced bool
		err := db.read.NewRaw(`SELECT c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*')
			FROM pg_class c WHERE c.oid = ?::regclass`, table).Scan(ctx, &fenced)
		if err != nil || !fenced {
			t.Errorf("%s has no fence; end the step that makes it with SELECT fence_tenants() (%v)", table, err)
		}
	}
}

// TestForgottenConditionsMeetTheSecondFence runs what no query of ours says:
// statements on every table that name no tenant at all.
func TestForgottenConditionsMeetTheSecondFence(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	a, b := furnish(t, db, "a"), furnish(t, db, "b")
	for _, table := range tenantTables(t, db) {
		all := rowsIn(t, admin(db), table)
		own, others := rowsIn(t, a.db.read, table), rowsIn(t, b.db.read, table)
		if own == 0 || others == 0 || own+others != all {
			t.Errorf("%s: of %d rows, a sees %d and b %d; let furnish put rows of both into it", table, all, own, others)
		}
		if n := rowsIn(t, db.read, table); n != 0 {
			t.Errorf("%s: nobody sees %d rows", table, n)
		}
		before := text(t, b.db.read, table)
		for _, forgetful := range []string{"UPDATE ? SET tenant = tenant", "DELETE FROM ?"} {
			res, err := a.db.write.NewRaw(forgetful, bun.Ident(table)).Exec(ctx)
			if err != nil {
				t.Fatalf("%s: %v", table, err)
			}
			if n := get[int64](t)(res.RowsAffected()); n != int64(own) {
				t.Errorf("%s on %s changed %d rows, own are %d", forgetful, table, n, own)
			}
		}
		for _, foreign := range []string{"INSERT INTO ? SELECT * FROM jsonb_populate_recordset(null::?, ?)", "UPDATE ? SET tenant = 'a'"} {
			_, err := a.db.write.NewRaw(foreign, bun.Ident(table), bun.Ident(table), before).Exec(ctx)
			if strings.HasPrefix(foreign, "INSERT") != (postgres.Code(err) == "42501") {
				t.Errorf("%s as a into %s: %v", foreign, table, err)
			}
		}
		if text(t, b.db.read, table) != before {
			t.Errorf("%s of b was changed by a", table)
		}
	}
}

func rowsIn(t *testing.T, db *bun.DB, table string) (n int) {
	t.Helper()
	if err := db.NewRaw("SELECT count(*) FROM ?", bun.Ident(table)).Scan(ctx, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// text gives all that is seen of a table.
func text(t *testing.T, db *bun.DB, table string) (all string) {
	t.Helper()
	if err := db.NewRaw("SELECT coalesce(jsonb_agg(t ORDER BY t::text), '[]')::text FROM ? t", bun.Ident(table)).Scan(ctx, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestOneConnectionServesManyTowns passes the same session from town to town, in
// and out of transactions that fail and succeed: each sees its own.
func TestOneConnectionServesManyTowns(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	const towns = 206
	for i := range towns {
		town(t, db, fmt.Sprintf("town-%d", i))
	}
	db.write.SetMaxOpenConns(1)
	failed := fmt.Errorf("no")
	for i := range 3 * towns {
		tn := db.Tenant(fmt.Sprintf("town-%d", i*7%towns))
		var seen []string
		if i%5 == 0 {
			if ids := get[[]string](t)(db.AcrossTenants().Tenants(ctx)); len(ids) != towns {
				t.Fatalf("everybody sees %d towns", len(ids))
			}
		}
		look := func(ctx context.Context, q bun.IDB) error {
			return q.NewRaw("SELECT tenant FROM municipality").Scan(ctx, &seen)
		}
		err := look(ctx, tn.db.read)
		if i%2 == 0 {
			err = tn.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
				if err := look(ctx, tx); err != nil || i%4 == 0 {
					return err
				}
				return failed
			})
		}
		if err != nil && err != failed {
			t.Fatal(err)
		}
		if !slices.Equal(seen, []string{tn.id}) {
			t.Fatalf("%s sees %v", tn.id, seen)
		}
	}
	if n := db.write.Stats().OpenConnections; n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestTwoTownsShareNoTransaction(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	a, b := town(t, db, "a"), town(t, db, "b")
	err := a.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.Tx.ExecContext(postgres.For(ctx, b.id), "SELECT 1")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "transaction of tenant") {
		t.Errorf("error is %v", err)
	}
	if m := get[engine.Municipality](t)(a.Municipality(ctx)); m.Name != "a" {
		t.Errorf("then a is %s", m.Name)
	}
}

// TestTheStampCannotBreakOut holds that an id stays a value.
func TestTheStampCannotBreakOut(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	town(t, db, "a")
	for _, id := range []string{"'; SET splneno.tenant = '*", `\'; SET splneno.tenant = '*'; --`, "' || '*", "č'\"$1?"} {
		tn := town(t, db, id)
		if n := rowsIn(t, tn.db.read, "municipality"); n != 1 {
			t.Errorf("%q sees %d municipalities", id, n)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("everybody's name is taken as a tenant's")
		}
	}()
	db.Tenant(postgres.Everybody)
}

// TestAnOlderVersionGoesOnBesideTheFence: its sessions carry no tenant.
func TestAnOlderVersionGoesOnBesideTheFence(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	db := migrated(t, dsn)
	town(t, db, "a")
	town(t, db, "b")
	u := get[*url.URL](t)(url.Parse(dsn))
	socket := u.Query().Get("host")
	if socket == "" {
		t.Skip("needs a server of our own behind a socket file")
	}
	older := sql.OpenDB(pgdriver.NewConnector(pgdriver.WithNetwork("unix"), pgdriver.WithAddr(socket+"/.s.PGSQL.5432"), pgdriver.WithInsecure(true),
		pgdriver.WithUser(u.User.Username()), pgdriver.WithDatabase(strings.TrimPrefix(u.Path, "/"))))
	defer older.Close()
	n := 0
	if err := older.QueryRow("SELECT count(*) FROM municipality").Scan(&n); err != nil || n != 2 {
		t.Errorf("it sees %d municipalities, %v", n, err)
	}
	if _, err := older.Exec("UPDATE municipality SET name = 'older' || tenant"); err != nil {
		t.Errorf("it cannot write: %v", err)
	}
}
