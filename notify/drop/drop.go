// Package drop takes mail from a folder: whoever gets answers some other way
// saves them there as .eml files.
//
// It must not know what a mail means or where it is kept. A file stays in the
// folder until its mail was stored, and is never deleted: it is put aside among
// those taken, or among those nobody could read. Start reading at
// [Folder.Sweep].
package drop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"splneno/engine"
)

// Where files go.
const (
	taken   = "zpracovano"
	refused = "odmitnuto"
)

// settled is how long a file must have been left alone: nobody is writing it
// any more.
const settled = 2 * time.Second

// A Folder is looked through from time to time. Two sweeps of the same folder
// must not run at once.
type Folder struct {
	Dir string
	Now func() time.Time
	// Receive stores a mail. Nil means stored and committed; after an error the
	// file stays for the next sweep.
	Receive func(context.Context, engine.Arrival) error
}

// Sweep takes what lies in the folder: regular files named *.eml, neither hidden
// nor still being written. Links are not followed. It says how many mails were
// taken; the error tells what went wrong with the others, which keeps nobody
// else from being taken. A folder that cannot be read is Unavailable.
func (f *Folder) Sweep(ctx context.Context) (n int, err error) {
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		return 0, engine.Errorf(engine.Unavailable, "the folder of incoming mail cannot be opened, check its path and rights: %w", err)
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return 0, engine.Errorf(engine.Unavailable, "the folder of incoming mail cannot be read, check its rights: %w", err)
	}
	var failed []error
	for _, e := range entries {
		if ctx.Err() != nil {
			return n, ctx.Err()
		}
		if !f.ready(e) {
			continue
		}
		switch ok, err := f.take(ctx, root, e); {
		case err != nil:
			failed = append(failed, err)
		case ok:
			n++
		}
	}
	return n, summary(failed)
}

// summary names the first failure and counts them: thousands say the same.
func summary(failed []error) error {
	if len(failed) == 0 {
		return nil
	}
	return engine.Errorf(engine.Unavailable, "%s in the folder of incoming mail, the first because: %w", engine.CountOf(len(failed), "file stays", "files stay"), failed[0])
}

func (f *Folder) ready(e fs.DirEntry) bool {
	name := e.Name()
	if strings.HasPrefix(name, ".") || !strings.EqualFold(path.Ext(name), ".eml") || !e.Type().IsRegular() {
		return false
	}
	info, err := e.Info()
	return err == nil && f.Now().Sub(info.ModTime()) >= settled
}

// take hands over one file and puts it aside, and reports whether it was a mail.
func (f *Folder) take(ctx context.Context, root *os.Root, e fs.DirEntry) (bool, error) {
	raw, err := read(root, e)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // somebody took it away
	}
	if err != nil {
		return false, putAside(root, e.Name(), refused)
	}
	if err := f.Receive(ctx, engine.Arrival{Raw: raw, Via: "folder"}); err != nil {
		return false, fmt.Errorf("a mail could not be stored: %w", err)
	}
	return true, putAside(root, e.Name(), taken)
}

var errNoMail = errors.New("not a mail of a size we take")

// read gives the bytes of a file that is still the one that was listed.
func read(root *os.Root, e fs.DirEntry) ([]byte, error) {
	listed, err := e.Info()
	if err != nil {
		return nil, err
	}
	file, err := root.Open(e.Name())
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if st, err := file.Stat(); err != nil || !os.SameFile(listed, st) {
		return nil, errors.Join(fs.ErrNotExist, err)
	}
	raw, err := io.ReadAll(io.LimitReader(file, engine.MaxMail+1))
	if err == nil && (len(raw) == 0 || len(raw) > engine.MaxMail) {
		err = errNoMail
	}
	return raw, err
}

// putAside moves a file into a subfolder, under another name when its own is
// taken.
func putAside(root *os.Root, name, folder string) error {
	if err := root.Mkdir(folder, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the subfolder %s cannot be made: %w", folder, err)
	}
	to, base := path.Join(folder, name), strings.TrimSuffix(name, path.Ext(name))
	for i := 2; exists(root, to); i++ {
		to = path.Join(folder, fmt.Sprintf("%s-%d%s", base, i, path.Ext(name)))
	}
	if err := root.Rename(name, to); err != nil {
		return fmt.Errorf("a file cannot be moved to %s: %w", folder, err)
	}
	return nil
}

func exists(root *os.Root, name string) bool {
	_, err := root.Lstat(name)
	return err == nil
}
