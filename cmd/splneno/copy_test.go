package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"splneno/store/pgtest"
	"splneno/store/released"
)

// TestExportsAreEqualThereAndBack copies a season in the middle, as the last
// version left one, to PostgreSQL and back: what can be exported of it is the
// same byte by byte, but for what the copying itself put into the journal.
func TestExportsAreEqualThereAndBack(t *testing.T) {
	dir := t.TempDir()
	do := func(args ...string) {
		t.Helper()
		var out, fault bytes.Buffer
		if code := run(context.Background(), world{args: args, out: &out, err: &fault, in: strings.NewReader(""), now: released.Noon}); code != 0 {
			t.Fatalf("splneno %s: exit %d\n%s%s", strings.Join(args, " "), code, &out, &fault)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	versions := released.Versions()
	first, key := released.Database(t, versions[len(versions)-1], "", nil)
	server, back := pgtest.NewDSN(t), "sqlite:"+at("back.db")
	do("tenant", "export", "klatovy", "--out", at("first"), "--db", first, "--key", key)
	do("copy", "--from", first, "--to", server, "--key", key)
	do("tenant", "export", "klatovy", "--out", at("server"), "--db", server, "--key", key)
	do("copy", "--from", server, "--to", back, "--key", key)
	do("tenant", "export", "klatovy", "--out", at("back"), "--db", back, "--key", key)
	for _, db := range []string{first, server, back} {
		do("verify", "--db", db)
	}
	want := written(t, at("first"))
	if len(want) < 10 {
		t.Errorf("only %d files were exported", len(want))
	}
	for _, name := range []string{"server", "back"} {
		is := written(t, at(name))
		for file, text := range want {
			other, there := is[file]
			if file == "journal.jsonl" && strings.HasPrefix(other, text) { // the holds are further lines
				continue
			}
			if !there || other != text {
				t.Errorf("%s of %s is not what it was (%d and %d bytes)", file, name, len(other), len(text))
			}
		}
		if len(is) != len(want) {
			t.Errorf("%s has %d files, not %d", name, len(is), len(want))
		}
	}
}

// written gives the files of a folder, without the database in it. What waits to
// leave is held in a copy.
func written(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".db" {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[name] = string(text)
		if name == "letters.jsonl" {
			out[name] = regexp.MustCompile(`"state":"(queued|retry|unsure|held)"`).ReplaceAllString(out[name], `"state":"waits"`)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
