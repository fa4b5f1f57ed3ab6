package drop

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// A bench is a folder with what was taken from it.
type bench struct {
	Folder
	t   *testing.T
	got []engine.Arrival
	bad string // a mail with this text cannot be stored
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t}
	b.Folder = Folder{Dir: t.TempDir(), Now: func() time.Time { return time.Now().Add(time.Minute) }}
	b.Receive = func(_ context.Context, a engine.Arrival) error {
		if b.bad != "" && strings.Contains(string(a.Raw), b.bad) {
			return errors.New("the disk is full")
		}
		b.got = append(b.got, a)
		return nil
	}
	return b
}

func (b *bench) put(name, text string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.Dir, name), []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// sweep takes what is there and compares the names that are left, everywhere.
func (b *bench) sweep(taken int, left ...string) error {
	b.t.Helper()
	n, err := b.Sweep(context.Background())
	if n != taken {
		b.t.Errorf("%d taken, want %d", n, taken)
	}
	var names []string
	for _, sub := range []string{".", "odmitnuto", "zpracovano"} {
		entries, _ := os.ReadDir(filepath.Join(b.Dir, sub))
		for _, e := range entries {
			if !slices.Contains([]string{"odmitnuto", "zpracovano"}, e.Name()) {
				names = append(names, filepath.Join(sub, e.Name()))
			}
		}
	}
	if diff := cmp.Diff(left, names); diff != "" {
		b.t.Error(diff)
	}
	return err
}

func TestSweepTakesMails(t *testing.T) {
	b := newBench(t)
	b.put("odpov\u011b\u010f \u010d. 1.eml", "prvn\u00ed")
	b.put("B.EML", "druh\u00fd")
	b.put("pozn\u00e1mka.txt", "not a mail")
	b.put(".eml", "hidden")
	b.put(".b.eml", "hidden")
	b.put("c.eml.tmp", "being written")
	b.put("empty.eml", "")
	b.put("large.eml", strings.Repeat("x", engine.MaxMail+1))
	if err := os.Mkdir(filepath.Join(b.Dir, "dir.eml"), 0o700); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("of somebody else"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"out.eml": secret, "in.eml": "pozn\u00e1mka.txt"} {
		if err := os.Symlink(to, filepath.Join(b.Dir, link)); err != nil {
			t.Skip(err)
		}
	}
	left := []string{".b.eml", ".eml", "c.eml.tmp", "dir.eml", "in.eml", "out.eml", "pozn\u00e1mka.txt",
		"odmitnuto/empty.eml", "odmitnuto/large.eml", "zpracovano/B.EML", "zpracovano/odpov\u011b\u010f \u010d. 1.eml"}
	if err := b.sweep(2, left...); err != nil {
		t.Error(err)
	}
	want := []engine.Arrival{{Raw: []byte("druh\u00fd"), Via: "folder"}, {Raw: []byte("prvn\u00ed"), Via: "folder"}}
	if diff := cmp.Diff(want, b.got); diff != "" {
		t.Error(diff)
	}
	if err := b.sweep(0, left...); err != nil {
		t.Error(err)
	}
}

func TestSameNameAgain(t *testing.T) {
	b := newBench(t)
	for i, left := range [][]string{{"zpracovano/a.eml"}, {"zpracovano/a-2.eml", "zpracovano/a.eml"}, {"zpracovano/a-2.eml", "zpracovano/a-3.eml", "zpracovano/a.eml"}} {
		b.put("a.eml", strings.Repeat("x", i+1))
		if err := b.sweep(1, left...); err != nil {
			t.Error(err)
		}
	}
	for name, size := range map[string]int{"a.eml": 1, "a-2.eml": 2, "a-3.eml": 3} {
		if raw, _ := os.ReadFile(filepath.Join(b.Dir, "zpracovano", name)); len(raw) != size {
			t.Errorf("%s has %d bytes", name, len(raw))
		}
	}
}

// A mail that cannot be stored stays, and keeps no other from being taken.
func TestWhatWasNotStoredStays(t *testing.T) {
	b := newBench(t)
	b.bad = "zl\u00fd"
	b.put("1.eml", "zl\u00fd")
	b.put("2.eml", "dobr\u00fd")
	if err := b.sweep(1, "1.eml", "zpracovano/2.eml"); engine.CodeOf(err) != engine.Unavailable {
		t.Error(err)
	}
	b.bad = ""
	if err := b.sweep(1, "zpracovano/1.eml", "zpracovano/2.eml"); err != nil {
		t.Error(err)
	}
}

// A file of this moment may still be written; one that was moved in has the
// time of its writing.
func TestWaitsForTheWriter(t *testing.T) {
	b := newBench(t)
	b.put("a.eml", "half a ma")
	written := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(b.Dir, "a.eml"), written, written); err != nil {
		t.Fatal(err)
	}
	for after, taken := range map[time.Duration]int{0: 0, 1900 * time.Millisecond: 0, -time.Hour: 0} {
		b.Now = func() time.Time { return written.Add(after) }
		if n, err := b.Sweep(context.Background()); n != taken || err != nil {
			t.Errorf("after %v: %d, %v", after, n, err)
		}
	}
	b.Now = func() time.Time { return written.Add(2 * time.Second) }
	if err := b.sweep(1, "zpracovano/a.eml"); err != nil {
		t.Error(err)
	}
}

func TestFolderThatIsNotThere(t *testing.T) {
	f := Folder{Dir: filepath.Join(t.TempDir(), "nowhere")}
	if _, err := f.Sweep(context.Background()); engine.CodeOf(err) != engine.Unavailable {
		t.Error(err)
	}
}

func TestSweepStops(t *testing.T) {
	b := newBench(t)
	b.put("a.eml", "x")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if n, err := b.Sweep(ctx); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d, %v", n, err)
	}
}
