package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"splneno/engine"
	"splneno/store"
)

// backupCommand writes a copy of everything while the program runs.
type backupCommand struct {
	Out     string `required:"" type:"path" placeholder:"FILE" help:"File to write, or a folder, which gets splneno-2026-11-22T1530.db."`
	Keep    int    `placeholder:"N" help:"--out is a folder, made when missing: of the files made so in it keep the newest N."`
	WithKey bool   `help:"Put the key that signs links beside it, as FILE.key. Who has both can answer for anybody."`
}

// Help gives the example of --help.
func (backupCommand) Help() string {
	return `The server may run on meanwhile: what is written is one moment of it. The file is
read again before it gets its name. It is restored into a database of either kind
with splneno restore, also by a newer version of this program.

Not in it is the key that signs links, so that the file alone opens no answer page.
Without that key no link that was sent opens any more: keep a copy elsewhere.

Example, in cron: splneno backup --out /var/backups/splneno/ --keep 30`
}

// Run does it.
func (b backupCommand) Run(ctx context.Context, c *command, w *world) error {
	file, err := b.file(w.now())
	if err != nil {
		return err
	}
	db, err := openExisting(ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	told, done := w.following("backup")
	m, err := db.Backup(ctx, file, store.Manifest{Version: version, MadeAt: w.now()}, told)
	done()
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s: %s, %s, as of %s.\n", file, engine.CountOf(len(m.Sum.Journals), "municipality", "municipalities"), engine.CountOf(m.Sum.Rows(), "row", "rows"), minuteOf(m.MadeAt))
	broken := tellJournals(w, m.Sum)
	if b.WithKey {
		if err := copyKey(c.keyFile(), file+".key"); err != nil {
			return err
		}
		fmt.Fprintf(w.out, "The key that signs links: %s.key\n", file)
	} else {
		fmt.Fprintf(w.out, "Not in it: the key that signs links, %s. Keep a copy of it elsewhere.\n", c.keyFile())
	}
	return errors.Join(b.prune(filepath.Dir(file), w), broken)
}

// file gives the name to write.
func (b backupCommand) file(now time.Time) (string, error) {
	st, err := os.Stat(b.Out)
	folder := err == nil && st.IsDir()
	if b.Keep < 0 {
		return "", engine.Errorf(usage, "--keep %d keeps nothing; name how many files are to stay", b.Keep)
	}
	if b.Keep > 0 && err == nil && !folder {
		return "", engine.Errorf(usage, "--keep is for a folder, and %s is a file; name a folder with --out", b.Out)
	}
	if !folder && b.Keep == 0 {
		return b.Out, nil
	}
	if err := os.MkdirAll(b.Out, 0o700); err != nil {
		return "", engine.Errorf(engine.Invalid, "folder %s cannot be made: %w; choose one you may write to", b.Out, err)
	}
	local, err := time.LoadLocation(zone)
	if err != nil {
		return "", err
	}
	return filepath.Join(b.Out, "splneno-"+now.In(local).Format("2006-01-02T1504")+".db"), nil
}

// prune takes away the oldest of the files that were made by the clock.
func (b backupCommand) prune(dir string, w *world) error {
	if b.Keep == 0 {
		return nil
	}
	digits := strings.NewReplacer("d", "[0-9]")
	files, err := filepath.Glob(filepath.Join(escapeGlob(dir), digits.Replace("splneno-dddd-dd-ddTdddd")+".db"))
	if err != nil {
		return err
	}
	slices.Sort(files)
	for _, old := range files[:max(0, len(files)-b.Keep)] {
		err = errors.Join(err, os.Remove(old))
		if rerr := os.Remove(old + ".key"); rerr != nil && !errors.Is(rerr, os.ErrNotExist) {
			err = errors.Join(err, rerr)
		}
		fmt.Fprintf(w.out, "Removed: %s\n", old)
	}
	return err
}

// escapeGlob lets a folder's name stand for itself.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

// tellJournals says where the journal of each municipality ends. A chain that
// is broken is copied as it is, but not in silence.
func tellJournals(w *world, s store.Sum) (broken error) {
	for _, tenant := range s.Tenants() {
		j := s.Journals[tenant]
		fmt.Fprintf(w.out, "%s: journal of %s, head %.16s…\n", tenant, engine.CountOf(j.Lines, "line", "lines"), j.Head)
		if j.Fault != "" {
			broken = errors.Join(broken, engine.Errorf(engine.Conflict, "everything was copied as it is, but the journal of %s is not whole: %s; find out why before you rely on it", tenant, j.Fault))
		}
	}
	return broken
}

// openExisting opens a database that is there and has this program's schema.
func openExisting(ctx context.Context, dsn string) (*store.DB, error) {
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		if _, err := os.Stat(file); err != nil {
			return nil, engine.Errorf(engine.Invalid, "there is no database %s; name the one that is meant", file)
		}
	}
	db, err := openDatabase(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := db.CheckSchema(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}
