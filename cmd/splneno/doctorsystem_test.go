package main

import (
	"context"
	"crypto/x509"
	"database/sql"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"splneno/engine"
	"splneno/notify/check"
	"splneno/store"
	"splneno/store/pgtest"
)

// line is one finding as people see it.
func line(f check.Finding) string { return lineOf(f) }

// A town whose system is well: nothing fails, nothing is left behind.
func TestDoctorSystem(t *testing.T) {
	k := newClinic(t)
	out, failed := k.examined(t, doctorCommand{System: true}, wellKept())
	if failed {
		t.Errorf("something failed:\n%s", out)
	}
	for _, want := range []string{"ok    version: splneno " + version, "ok    time zone: ", "ok    schema: fits", "ok    database: SQLite, ", "undamaged",
		"ok    clock and journal: ", "ok    clock jumps: none in the last 30 days", "ok    signing key: the one", "certificate of --url: none", "disk of database, key: "} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "MX") || strings.Contains(out, "municipality") {
		t.Errorf("mail was looked at:\n%s", out)
	}
	if left, _ := filepath.Glob(filepath.Dir(strings.TrimPrefix(k.DB, "sqlite:")) + "/.*"); len(left) > 0 {
		t.Errorf("looking left %v", left)
	}
}

func TestDoctorSystemFindings(t *testing.T) {
	file := func(k *clinic) string { return strings.TrimPrefix(k.DB, "sqlite:") }
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct {
		prick  func(*testing.T, *clinic)
		line   string
		failed bool
	}{
		"no database": {func(_ *testing.T, k *clinic) { k.DB = "sqlite:nowhere.db" }, "FAIL  database: there is no database yet -> ", true},
		"no address":  {func(_ *testing.T, k *clinic) { k.DB = "postgres://a:tajne@127.0.0.1:1/x" }, "FAIL  database: ", true},
		"no key":      {func(t *testing.T, k *clinic) { must(t, os.Remove(k.keyFile())) }, "FAIL  signing key: there is no key file ", true},
		"another key": {func(t *testing.T, k *clinic) {
			must(t, os.Remove(k.keyFile()))
			_, err := makeKey(k.keyFile())
			must(t, err)
		}, "is not the key this database was used with -> put the right key", true},
		"no such key":   {func(t *testing.T, k *clinic) { must(t, os.WriteFile(k.keyFile(), []byte("x"), 0o600)) }, "FAIL  signing key: ", true},
		"open key":      {func(t *testing.T, k *clinic) { must(t, os.Chmod(k.keyFile(), 0o640)) }, "plan.key -> chmod 600", false},
		"open database": {func(t *testing.T, k *clinic) { must(t, os.Chmod(file(k), 0o644)) }, "warn  rights: others can read ", false},
		"clock set back": {func(_ *testing.T, k *clinic) {
			before := time.Now().Add(-time.Hour)
			k.now = func() time.Time { return before }
		}, "FAIL  clock and journal: the clock is 1h0m0s behind", true},
		"a jump": {func(t *testing.T, k *clinic) { k.incident(t, time.Hour) },
			"warn  clock jumps: 1 in the last 30 days; the newest, back, on uzel 1 at ", false},
		"a jump that goes on": {func(t *testing.T, k *clinic) { k.incident(t, 0) }, "and it goes on -> set the clock right", true},
		"newer schema":        {func(t *testing.T, k *clinic) { k.newerSchema(t) }, "FAIL  schema: the database is newer than this program", true},
		"no database at all": {func(t *testing.T, k *clinic) {
			must(t, os.WriteFile(file(k), []byte(strings.Repeat("nonsense", 1000)), 0o600))
		},
			"is no SQLite database; ", true},
		"faulty settings": {func(_ *testing.T, k *clinic) {
			k.conf = &configuration{faults: []string{"splneno.yaml line 1: there is no setting smpt"}, warnings: []string{"others can read pw"}}
		}, "FAIL  configuration: splneno.yaml line 1: there is no setting smpt -> correct it", true},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(name, "open ") && runtime.GOOS == "windows" {
				t.Skip("rights are kept another way")
			}
			k := newClinic(t)
			tt.prick(t, k)
			out, failed := k.examined(t, doctorCommand{System: true}, wellKept())
			if !strings.Contains(out, tt.line) || failed != tt.failed {
				t.Errorf("failed: %v, want %v with %q in\n%s", failed, tt.failed, tt.line, out)
			}
			if strings.Contains(out, "tajne") {
				t.Errorf("a password shows in\n%s", out)
			}
		})
	}
}

// incident records a jump of the clock that lasted, 0 for one that goes on.
func (k *clinic) incident(t *testing.T, lasted time.Duration) {
	t.Helper()
	in, err := k.open(t.Context(), k.now)
	if err != nil {
		t.Fatal(err)
	}
	defer in.db.Close()
	i := engine.Incident{Node: "uzel 1", Kind: engine.IncidentClockBack, Began: k.now().Add(-2 * time.Hour)}
	if lasted > 0 {
		i.Ended = i.Began.Add(lasted)
	}
	other := engine.Incident{Node: "uzel 1", Kind: engine.IncidentDiskFull, Began: i.Began}
	for _, i := range []engine.Incident{i, other} {
		if err := in.db.AcrossTenants().RecordIncident(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
}

// newerSchema lets a later version have been here.
func (k *clinic) newerSchema(t *testing.T) {
	t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(k.DB, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "INSERT INTO schema_migration (name, hash) VALUES ('9999-later', 'x')"); err != nil {
		t.Fatal(err)
	}
}

// An older schema is told of and stays as it is, whatever is looked at.
func TestDoctorDoesNotMigrate(t *testing.T) {
	k := newClinic(t)
	k.Key = k.keyFile()
	k.DB = "sqlite:" + filepath.Join(t.TempDir(), "plan.db")
	db, err := store.Open(t.Context(), k.DB)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, d := range []doctorCommand{{System: true}, {}} {
		out, failed := k.examined(t, d, wellKept())
		if !failed || d.System && !strings.Contains(out, "FAIL  schema: the database is older than this program") {
			t.Error(out)
		}
	}
	if err := db.CheckSchema(t.Context()); err == nil {
		t.Error("the schema was brought up to date")
	}
}

// The test server is fast and forgetful.
func TestDoctorPostgres(t *testing.T) {
	k := newClinic(t)
	k.DB, k.Key = pgtest.NewDSN(t), k.keyFile()
	if err := os.Remove(k.Key); err != nil {
		t.Fatal(err)
	}
	k.change(t, func(m *engine.Municipality) {
		m.Name, m.Sender, m.Coordinator = "Zdar", "plan@zdar.example", engine.Contact{Name: "K", Email: "kpss@zdar.example"}
	})
	out, failed := k.examined(t, doctorCommand{System: true}, wellKept())
	for _, want := range []string{"FAIL  database: fsync is off: ", "ok    schema: ", "ok    clock and journal: ", "ok    signing key: the one"} {
		if !strings.Contains(out, want) || !failed {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
}

func TestDoctorJudgesPostgres(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	well := store.PostgresCondition{Version: 150004, Role: "splneno", MaxConnections: 100, Connected: 5, Pool: 32, Encoding: "UTF8",
		Fsync: "on", SynchronousCommit: "on", WholePages: "on", Age: 1000, Size: 12 << 20, Now: now.Add(time.Second)}
	if all := judgePostgres(well, now); len(all) != 1 || line(all[0]) != "ok    database: PostgreSQL 15.4, 12 MB, room for 100 connections, 5 in use" {
		t.Errorf("%v", all)
	}
	for want, prick := range map[string]func(*store.PostgresCondition){
		"FAIL  database: PostgreSQL 13 is too old":            func(c *store.PostgresCondition) { c.Version = 130012 },
		"warn  database: our role is a superuser":             func(c *store.PostgresCondition) { c.Superuser = true },
		"warn  database: our role may pass row-level":         func(c *store.PostgresCondition) { c.BypassRLS = true },
		"FAIL  database: its encoding is LATIN2":              func(c *store.PostgresCondition) { c.Encoding = "LATIN2" },
		"FAIL  database: fsync is off":                        func(c *store.PostgresCondition) { c.Fsync = "off" },
		"FAIL  database: synchronous_commit is off":           func(c *store.PostgresCondition) { c.SynchronousCommit = "off" },
		"FAIL  database: full_page_writes is off":             func(c *store.PostgresCondition) { c.WholePages = "off" },
		"warn  database: max_connections is 20; one":          func(c *store.PostgresCondition) { c.MaxConnections = 20 },
		"warn  database: 97 of its 100 connections":           func(c *store.PostgresCondition) { c.Connected = 97 },
		"FAIL  database: its transactions are nearly used":    func(c *store.PostgresCondition) { c.Age = 1_900_000_000 },
		"warn  database: 600 million transactions":            func(c *store.PostgresCondition) { c.Age = 600_000_000 },
		"warn  database: the clock of its server is 1m0s":     func(c *store.PostgresCondition) { c.Now = now.Add(-time.Minute) },
		"FAIL  database: the clock of its server is 1h0m0s a": func(c *store.PostgresCondition) { c.Now = now.Add(time.Hour) },
	} {
		c := well
		prick(&c)
		if all := judgePostgres(c, now); len(all) != 1 || !strings.HasPrefix(line(all[0]), want) || all[0].Todo == "" {
			t.Errorf("want %q, not %v", want, all)
		}
	}
}

func TestDoctorJudgesSQLite(t *testing.T) {
	well := store.SQLiteCondition{Journal: "wal", Synchronous: 2, Size: 12 << 20}
	if all := judgeSQLite(well); len(all) != 1 || line(all[0]) != "ok    database: SQLite, 12 MB, undamaged" {
		t.Errorf("%v", all)
	}
	for want, prick := range map[string]func(*store.SQLiteCondition){
		"FAIL  database: the file is damaged: a; b":        func(c *store.SQLiteCondition) { c.Faults = []string{"a", "b"} },
		"warn  database: its journal is \"delete\"":        func(c *store.SQLiteCondition) { c.Journal = "delete" },
		"FAIL  database: it does not wait for the disk":    func(c *store.SQLiteCondition) { c.Synchronous = 1 },
		"warn  database: its log has 300 MB":               func(c *store.SQLiteCondition) { c.Log = 300 << 20 },
		"warn  database: 200 MB of its 300 MB are no long": func(c *store.SQLiteCondition) { c.Size, c.Free = 300<<20, 200<<20 },
	} {
		c := well
		prick(&c)
		if all := judgeSQLite(c); len(all) != 1 || !strings.HasPrefix(line(all[0]), want) || all[0].Todo == "" {
			t.Errorf("want %q, not %v", want, all)
		}
	}
}

func TestDoctorJudgesTheComputer(t *testing.T) {
	elsewhere := func(name string) *time.Location {
		place, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return place
	}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		got  check.Finding
		want string
	}{
		{room{total: 100 << 30, free: 50 << 30}.judge("disk"), "ok    disk: 50 GB free of 100 GB"},
		{room{total: 100 << 30, free: 9 << 30}.judge("disk"), "warn  disk: 9216 MB free of 100 GB -> "},
		{room{total: 2000 << 30, free: 20 << 30}.judge("disk"), "ok    disk: 20 GB free of 2000 GB"},
		{room{total: 2 << 30, free: 900 << 20}.judge("disk"), "warn  disk: 900 MB free of 2048 MB -> "},
		{room{total: 2 << 30, free: 50 << 20}.judge("disk"), "FAIL  disk: 50 MB free"},
		{room{total: 2 << 30, free: 1 << 10}.judge("disk"), "FAIL  disk: 1 KB free"},
		{room{total: 100 << 30, free: 50 << 30, files: 1000000, freeFiles: 1000}.judge("disk"), "warn  disk: 50 GB free of 100 GB, and room for 1000 more files"},
		{room{total: 100 << 30, free: 50 << 30, files: 1000000, freeFiles: 10}.judge("disk"), "FAIL  disk: room for 10 more files"},
		{judgeStep(200*time.Millisecond, 201*time.Millisecond), "ok    clock jumps"},
		{judgeStep(-3*time.Second, 200*time.Millisecond), "warn  clock jumps: the clock was moved by -3.2s"},
		{judgeNewest(time.Time{}, time.Time{}, now), "ok    clock and journal: nothing"},
		{judgeNewest(now.Add(30*time.Second), time.Time{}, now), "ok    clock and journal: "},
		{judgeNewest(now.Add(time.Hour), time.Time{}, now), "FAIL  clock and journal: the clock is 1h0m0s behind"},
		{judgeNewest(now.Add(time.Hour), now.Add(time.Hour), now), "ok    clock and journal: a person said"},
		{judgeNewest(now.Add(2*time.Hour), now.Add(time.Hour), now), "FAIL  clock and journal: the clock is 2h0m0s behind"},
		{judgeZone(elsewhere(zone)), "ok    time zone"},
		{judgeZone(elsewhere("America/New_York")), "FAIL  time zone"},
		{judgeZone(time.UTC), "FAIL  time zone"},
		{judgeProgram(time.Time{}, now), "ok    version: splneno " + version},
		{judgeProgram(now.AddDate(-1, -1, 0), now), "warn  version: "},
		{judgeProgram(now.AddDate(0, -1, 0), now), "ok    version: "},
		{judgeDescriptors(256), "warn  open files: at most 256"},
		{judgeDescriptors(65536), "ok    open files"},
		{judgeMemory(0, 0), "ok    memory: "},
		{judgeMemory(8<<30, 128<<20), "warn  memory: "},
		{judgeMemory(32<<20, 0), "warn  memory: "},
	} {
		if got := line(tt.got); !strings.HasPrefix(got, tt.want) || (tt.got.Level == check.OK) != (tt.got.Todo == "") {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestMemoryOf(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	root := fstest.MapFS{
		"proc/meminfo":     file("MemTotal:       8000000 kB\nMemAvailable:    1024 kB\n"),
		"proc/self/cgroup": file("0::/system.slice/splneno.service\n"),
		"sys/fs/cgroup/system.slice/splneno.service/memory.max": file("max\n"),
		"sys/fs/cgroup/system.slice/memory.max":                 file("268435456\n"),
	}
	if free, limit := memoryOf(root); free != 1<<20 || limit != 256<<20 {
		t.Errorf("%d free, limit %d", free, limit)
	}
	if free, limit := memoryOf(fstest.MapFS{}); free != 0 || limit != 0 {
		t.Errorf("%d free, limit %d", free, limit)
	}
}

// The certificate is judged as a browser would.
func TestDoctorCertificate(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	ends := server.Certificate().NotAfter
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for _, tt := range []struct {
		url   string
		roots *x509.CertPool
		now   time.Time
		want  string
	}{
		{server.URL, roots, ends.AddDate(-1, 0, 0), "ok    certificate of --url: TLS 1.3, certificate for example.com"},
		{server.URL, roots, ends.AddDate(0, 0, -10), "warn  certificate of --url: "},
		{server.URL, roots, ends.AddDate(0, 0, 1), "FAIL  certificate of --url: browsers refuse it: x509: certificate has expired"},
		{server.URL, x509.NewCertPool(), ends.AddDate(-1, 0, 0), "FAIL  certificate of --url: browsers refuse it: x509: certificate signed by unknown"},
		{"https://localhost:" + port, roots, ends.AddDate(-1, 0, 0), "FAIL  certificate of --url: browsers refuse it: x509: certificate is valid for"},
		{"https://127.0.0.1:1", roots, ends, "warn  certificate of --url: not looked at: "},
		{"http://127.0.0.1:8080", roots, ends, "ok    certificate of --url: none"},
	} {
		e := &examination{doctorCommand: doctorCommand{roots: tt.roots}, c: &command{URL: tt.url}, w: &world{now: func() time.Time { return tt.now }}}
		all := e.certificate(t.Context())
		if len(all) != 1 || !strings.HasPrefix(line(all[0]), tt.want) {
			t.Errorf("%s at %s: %v, want %s", tt.url, tt.now, all, tt.want)
		}
	}
}

func TestDoctorService(t *testing.T) {
	e := &examination{}
	t.Setenv("NOTIFY_SOCKET", "")
	if all := e.service(); all != nil {
		t.Errorf("%v", all)
	}
	dir, err := os.MkdirTemp("", "n") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	socket := filepath.Join(dir, "s")
	t.Setenv("NOTIFY_SOCKET", socket)
	if all := e.service(); len(all) != 1 || all[0].Level != check.Warn {
		t.Errorf("%v", all)
	}
	conn, err := (&net.ListenConfig{}).ListenPacket(context.Background(), "unixgram", socket)
	if err != nil {
		t.Skip(err)
	}
	defer conn.Close()
	t.Setenv("WATCHDOG_USEC", fmt.Sprint(int64(30*time.Second/time.Microsecond)))
	if all := e.service(); len(all) != 1 || line(all[0]) != "ok    systemd: it is told that we run; a sign of life is expected every 30s" {
		t.Errorf("%v", all)
	}
}
