package store

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestCondition(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		if at := get[time.Time](t)(db.AcrossTenants().NewestLine(ctx)); !at.IsZero() {
			t.Errorf("the newest line of an empty database is of %v", at)
		}
		town(t, db, "a")
		b := town(t, db, "b")
		c := change("later")
		c.At = noon.Add(time.Hour)
		mustCommit(t, b, c)
		if at := get[time.Time](t)(db.AcrossTenants().NewestLine(ctx)); !at.Equal(noon.Add(time.Hour)) {
			t.Errorf("the newest line is of %v", at)
		}
		con := get[Condition](t)(db.Condition(ctx))
		if db.isPostgres() {
			p := con.Postgres
			if con.SQLite != nil || p.Version < 140000 || p.Role == "" || p.Pool == 0 || p.MaxConnections == 0 || p.Connected == 0 ||
				p.Encoding != "UTF8" || p.Fsync == "" || p.SynchronousCommit == "" || p.WholePages == "" || p.Age == 0 || p.Size == 0 || time.Since(p.Now).Abs() > time.Minute {
				t.Errorf("%+v", p)
			}
			return
		}
		if s := con.SQLite; con.Postgres != nil || s.Journal != "wal" || s.Synchronous != 2 || s.Faults != nil || s.Size == 0 || s.Log == 0 {
			t.Errorf("%+v", s)
		}
	})
}

// A page that was written over is found.
func TestConditionFindsFaults(t *testing.T) {
	dsn := "sqlite:" + t.TempDir() + "/plan.db"
	db := migrated(t, dsn)
	for _, id := range []string{"a", "b", "c"} {
		furnish(t, db, id)
	}
	if _, err := db.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file := strings.TrimPrefix(dsn, "sqlite:")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	middle := len(text) / page / 2 * page // beyond the schema
	for at := middle; at < middle+4*page; at++ {
		text[at] = 0xa5
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if con := get[Condition](t)(mustOpen(t, dsn).Condition(ctx)); len(con.SQLite.Faults) == 0 {
		t.Error("nothing was found")
	}
}
