package store

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store/released"
)

// backedUp makes a backup of a town with something in every table.
func backedUp(t testing.TB) (file string, from *DB) {
	t.Helper()
	from = migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "from.db"))
	tn := town(t, from, "klatovy")
	mustCommit(t, tn, everything("klatovy"))
	mustAdd(t, tn, arrived("klatovy"))
	file = filepath.Join(t.TempDir(), "backup.db")
	get[Manifest](t)(from.Backup(ctx, file, Manifest{Version: "1", MadeAt: noon}, nil))
	return file, from
}

func TestABackupIsOneFileOfItsOwner(t *testing.T) {
	file, _ := backedUp(t)
	all := get[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(file)))
	if len(all) != 1 {
		t.Errorf("beside it there are %v", all)
	}
	if st := get[os.FileInfo](t)(os.Stat(file)); st.Mode().Perm() != 0o600 {
		t.Errorf("its rights are %s", st.Mode())
	}
	b := get[*Backup](t)(OpenBackup(ctx, file))
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if all := get[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(file))); len(all) != 1 {
		t.Errorf("after it was read there are %v", all)
	}
}

func TestWhatCannotBeWrittenLeavesNothing(t *testing.T) {
	_, from := backedUp(t)
	dir := t.TempDir()
	if _, err := from.Backup(ctx, filepath.Join(dir, "nowhere", "b.db"), Manifest{}, nil); engine.CodeOf(err) != engine.Invalid {
		t.Error(err)
	}
	if _, err := from.Backup(ctx, filepath.Join(dir, "b.db"), Manifest{Tenant: "nobody"}, nil); engine.CodeOf(err) != engine.NotFound {
		t.Error(err)
	}
	if all := get[[]os.DirEntry](t)(os.ReadDir(dir)); len(all) != 0 {
		t.Errorf("there are %v", all)
	}
}

// A file that was cut anywhere is refused, in a sentence.
func TestACutBackupIsRefused(t *testing.T) {
	file, _ := backedUp(t)
	whole := get[[]byte](t)(os.ReadFile(file))
	part := filepath.Join(t.TempDir(), "part.db")
	for n := 0; n < len(whole); n += max(1, min(len(whole)/150, len(whole)-n-1)) {
		if err := os.WriteFile(part, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, part, n)
	}
}

func refused(t *testing.T, file string, place int) {
	t.Helper()
	b, err := OpenBackup(ctx, file)
	if err == nil {
		_ = b.Close()
		t.Errorf("at %d: it was taken for whole", place)
		return
	}
	if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), file) {
		t.Errorf("at %d: %v", place, err)
	}
}

// A byte that changed anywhere is either found, or the file still says the same.
func TestAChangedBackupIsRefused(t *testing.T) {
	file, _ := backedUp(t)
	whole := get[[]byte](t)(os.ReadFile(file))
	want := saidBy(t, file)
	bad := filepath.Join(t.TempDir(), "bad.db")
	r := rand.New(rand.NewPCG(1, 2))
	found, same := 0, 0
	for range 400 {
		at := r.IntN(len(whole))
		changed := bytes.Clone(whole)
		changed[at] ^= byte(1 << r.IntN(8))
		if err := os.WriteFile(bad, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := OpenBackup(ctx, bad)
		if err != nil {
			found++
			if engine.CodeOf(err) != engine.Invalid {
				t.Errorf("at %d: %v", at, err)
			}
			continue
		}
		said := dumpOf(t, b.db)
		_ = b.Close()
		same++
		if d := cmp.Diff(want, said); d != "" {
			t.Fatalf("byte %d was changed, and nobody noticed: %s", at, d)
		}
	}
	t.Logf("%d changes were found, %d changed nothing that is read", found, same)
	if found < 100 {
		t.Errorf("only %d of 400 changes were found", found)
	}
}

// saidBy gives what a file says.
func saidBy(t testing.TB, file string) map[string][]string {
	t.Helper()
	b := get[*Backup](t)(OpenBackup(ctx, file))
	defer func() { _ = b.Close() }()
	return dumpOf(t, b.db)
}

func TestForeignFilesAreNoBackup(t *testing.T) {
	dir := t.TempDir()
	text, empty := filepath.Join(dir, "letter.txt"), filepath.Join(dir, "empty.db")
	for file, content := range map[string]string{text: strings.Repeat("a letter to the town\n", 400), empty: ""} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own := filepath.Join(dir, "own.db")
	town(t, migrated(t, "sqlite:"+own), "klatovy")
	for _, file := range []string{text, empty, own, filepath.Join(dir, "missing.db"), dir} {
		refused(t, file, 0)
	}
}

// A backup of each version there was is restored by this one; one of a later
// version is refused.
func TestABackupOfAnotherVersion(t *testing.T) {
	for _, v := range released.Versions() {
		dsn, _ := released.Database(t, v, "", embedded)
		file := filepath.Join(t.TempDir(), "backup.db")
		asBackup(t, dsn, file)
		before := get[[]byte](t)(os.ReadFile(file))
		b := get[*Backup](t)(OpenBackup(ctx, file))
		to := migrated(t, "sqlite::memory:")
		sum := get[Sum](t)(b.CopyTo(ctx, to, Transfer{}))
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		if !bytes.Equal(before, get[[]byte](t)(os.ReadFile(file))) {
			t.Errorf("%s: the backup was written to", v.Name)
		}
		if tenants := get[[]string](t)(to.AcrossTenants().Tenants(ctx)); len(tenants) == 0 || len(sum.Tenants()) != len(tenants) {
			t.Errorf("%s: %v came of %v", v.Name, tenants, sum.Tenants())
		}
	}
	file, _ := backedUp(t)
	db := get[*DB](t)(openPlain(file, ""))
	if _, err := db.write.Exec("INSERT INTO schema_migration (name, hash) VALUES ('9999-later', 'x')"); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	b, err := OpenBackup(ctx, file)
	if err == nil {
		_ = b.Close()
	}
	if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "newer than this program") {
		t.Errorf("of a later version: %v", err)
	}
}

// asBackup puts a manifest into a copy of an older database, as its own program
// would have done.
func asBackup(t *testing.T, dsn, file string) {
	t.Helper()
	source := strings.TrimPrefix(dsn, "sqlite:")
	if err := os.WriteFile(file, get[[]byte](t)(os.ReadFile(source)), fs.FileMode(0o600)); err != nil {
		t.Fatal(err)
	}
	db := get[*DB](t)(openPlain(file, "_txlock=immediate"))
	defer func() { _ = db.Close() }()
	s := get[*side](t)(db.readSide(ctx, get[[]transferTable](t)(tablesOf(ctx, db.read))))
	m := Manifest{Version: "0", MadeAt: noon, Sum: get[Sum](t)(s.sum(ctx, ""))}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	if err := db.manifest(ctx, m); err != nil {
		t.Fatal(err)
	}
}
