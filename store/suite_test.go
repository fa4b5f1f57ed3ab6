package store

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
	"splneno/store/pgtest"
)

var ctx = context.Background()

// onBoth runs a test on an empty database of either kind. Tests open it as
// often as they like: every Open is a node.
func onBoth(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "splněno 100%?.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, pgtest.NewDSN(t))
	})
}

func mustOpen(t testing.TB, dsn string) *DB {
	t.Helper()
	db, err := Open(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// migrated is a node on a database with the schema.
func migrated(t testing.TB, dsn string) *DB {
	t.Helper()
	db := mustOpen(t, dsn)
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return db
}

var noon = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

// admin gives the tables as somebody behind the store's back sees them: rows of
// every tenant.
func admin(db *DB) *bun.DB { return db.AcrossTenants().db.write }

// change is the least that can be committed.
func change(event string) engine.Change {
	return engine.Change{At: noon, Actor: engine.Actor{Kind: engine.ActorCoordinator, Name: "Jana Nováková"}, Event: event, Subject: "test"}
}

// stretch is what one rule owed.
func stretch(rule string, from, to time.Time, due []engine.Occurrence) []engine.Stretch {
	return []engine.Stretch{{Rule: rule, From: from, To: to, Due: due}}
}

func mustCommit(t testing.TB, tn *Tenant, c engine.Change) {
	t.Helper()
	if err := tn.Commit(ctx, c); err != nil {
		t.Fatal(err)
	}
}

// town makes a municipality.
func town(t testing.TB, db *DB, id string) *Tenant {
	t.Helper()
	tn := db.Tenant(id)
	c := change("set_up")
	c.Municipality = &engine.Municipality{Name: id}
	mustCommit(t, tn, c)
	return tn
}

// get fails the test on an error: get(t)(tn.Plans(ctx)).
func get[V any](t testing.TB) func(V, error) V {
	return func(v V, err error) V {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
		return v
	}
}

func wantCode(t testing.TB, err error, code engine.Code) {
	t.Helper()
	if engine.CodeOf(err) != code || err == nil {
		t.Errorf("error is %v (%q), want %s", err, engine.CodeOf(err), code)
	}
}

// A filler gives every field of a value something of its own, so that a field
// the store forgets is found however new it is.
type filler struct {
	mark  string
	n     int
	parts int // how deep in deadlines of parts: a deadline holds deadlines
}

func filled[V any](f *filler, fix func(*V)) V {
	var v V
	f.fill(reflect.ValueOf(&v).Elem())
	fix(&v)
	return v
}

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(noon.Add(time.Duration(f.n)*time.Hour + 123456*time.Microsecond)))
		return
	case v.Type() == reflect.TypeFor[engine.Date]():
		v.SetString(string(engine.NewDate(2024, 1, f.n)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%s %d 'Žluťoučký' \"kůň\" \\ ? $1 -- 😀\n", f.mark, f.n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Float64:
		v.SetFloat(float64(f.n) / 8)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		f.fillSlice(v)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(key)
		f.fill(value)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	default:
		panic("no idea how to fill a " + v.Type().String())
	}
}

func (f *filler) fillSlice(v reflect.Value) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		v.SetBytes([]byte{0, 1, 0xff, byte(f.n), '\'', 0})
		return
	}
	if v.Type() == reflect.TypeFor[[]engine.PartDeadline]() {
		if f.parts > 0 {
			return
		}
		f.parts++
		defer func() { f.parts-- }()
	}
	v.Set(reflect.MakeSlice(v.Type(), 2, 2))
	f.fill(v.Index(0))
	f.fill(v.Index(1))
}

// everything is a Change that holds one new thing of each kind, all of it
// filled, under the same keys whatever the mark.
func everything(mark string) engine.Change {
	f := &filler{mark: mark}
	c := change("everything")
	c.Detail = map[string]string{"mark": mark}
	c.Plans = []engine.Plan{filled(f, func(p *engine.Plan) { p.ID, p.Version = "kpss", 0 })}
	c.Organisations = []engine.Organisation{filled(f, func(o *engine.Organisation) { o.ID, o.Version = "charita", 0 })}
	c.Activities = []engine.Activity{filled(f, func(a *engine.Activity) {
		a.Plan, a.ID, a.Version = "kpss", "1.1/2", 0
	})}
	c.Imported = []engine.Imported{filled(f, func(i *engine.Imported) { i.Plan.ID, i.Version = "kpss", 0 })}
	c.Seasons = []engine.Season{filled(f, func(s *engine.Season) { s.Plan, s.Period.ID, s.Version = "kpss", "2023", 0 })}
	c.Requests = []engine.Request{filled(f, func(r *engine.Request) {
		r.Plan, r.Period, r.Organisation, r.Version = "kpss", "2023", "charita", 0
		r.LinkHash, r.ReplyHash = "hash of "+mark, "reply hash of "+mark
	})}
	key := engine.EntryKey{Plan: "kpss", Period: "2023", Activity: "1.1/2"}
	c.Entries = []engine.Entry{filled(f, func(e *engine.Entry) { e.EntryKey, e.Version = key, 0 })}
	c.Proposals = []engine.Proposal{filled(f, func(p *engine.Proposal) {
		p.EntryKey, p.Organisation, p.Revision, p.State, p.Version = key, "charita", 1, engine.Pending, 0
	})}
	c.Evaluations = []engine.Evaluation{filled(f, func(e *engine.Evaluation) {
		e.Plan, e.Period.ID, e.Number, e.Version = "kpss", "2023", 1, 0
	})}
	c.Accounts = []engine.Account{filled(f, func(a *engine.Account) {
		a.ID, a.Version = "a1", 0
		a.Email, a.Subject, a.InviteHash = mark+"@example.cz", "subject of "+mark, "invite hash of "+mark
	})}
	c.Amendments = []engine.Amendment{filled(f, func(a *engine.Amendment) { a.Plan, a.Number, a.Version = "kpss", 1, 0 })}
	c.Resolutions = []engine.Resolution{filled(f, func(r *engine.Resolution) { r.Plan, r.Period, r.ID, r.Version = "kpss", "2023", 1, 0 })}
	c.Filed = []engine.Filed{filled(f, func(l *engine.Filed) { l.Name, l.Version = engine.LayoutFile, 0 })}
	c.Region = new(filled(f, func(r *engine.Region) { r.Version = 0 }))
	c.Bundles = []engine.Bundle{filled(f, func(b *engine.Bundle) {
		b.Town, b.Evaluation.Plan, b.Evaluation.Period.ID, b.Version = "klatovy", "kpss", "2023", 0
	})}
	c.Meetings = []engine.Meeting{filled(f, func(m *engine.Meeting) {
		m.Plan, m.Period, m.ID, m.Version = "kpss", "2023", 1, 0
		m.Day, m.SendOn, m.CancelledAt = "2024-03-15", "2024-03-08", time.Time{}
	})}
	c.Messages = []engine.Message{filled(f, func(m *engine.Message) { m.Key, m.State = "letter", engine.Queued })}
	return c
}

// signedIn is a session of that account.
func signedIn(mark string) engine.Session {
	return filled(&filler{mark: mark}, func(s *engine.Session) { s.Hash, s.Account = "cookie hash of "+mark, "a1" })
}

// arrived is a mail as it comes to the door, of the same id whatever the mark.
func arrived(mark string) engine.Inbound {
	return engine.Inbound{ID: "mail", Raw: []byte("Subject: " + mark + " 1 \r\n\r\n\x00\xff"), Via: "pipe", EnvelopeFrom: mark + " 1 ",
		EnvelopeTo: []string{"odpovedi@mesto.example"}, ReceivedAt: noon}
}

// understood is that mail with every field of its own.
func understood(mark string, version int) engine.Inbound {
	return filled(&filler{mark: mark}, func(in *engine.Inbound) {
		in.ID, in.State, in.Same, in.Version = "mail", engine.InboundReceived, "same", version
	})
}

// mustAdd stores a mail that is new.
func mustAdd(t testing.TB, tn *Tenant, in engine.Inbound) {
	t.Helper()
	if fresh, err := tn.AddInbound(ctx, in); !fresh || err != nil {
		t.Fatalf("mail %s: fresh %v, %v", in.ID, fresh, err)
	}
}
