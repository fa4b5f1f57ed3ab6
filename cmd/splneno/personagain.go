package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"splneno/engine"
	"splneno/store"
	"splneno/workflows"
)

// personErased lists erasures.
type personErased struct {
	Out string `placeholder:"FILE" help:"Write the list into a file that is not there yet, for its owner alone."`
}

// Help gives the example of --help.
func (personErased) Help() string {
	return "Example: splneno person erased --out vymazy.txt\n\n" +
		"One line for each erasure of the installation. Whoever holds the key as well can test an address against it; nobody\n" +
		"else learns who it was. Keep the newest list with the backups: splneno restore --erased and splneno person again read it."
}

// Run lists them.
func (p personErased) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		tenants, err := in.db.AcrossTenants().Tenants(ctx)
		if err != nil {
			return err
		}
		var list []byte
		for _, tenant := range tenants {
			erased, err := in.office(tenant).Erasures(ctx)
			if err != nil {
				return err
			}
			for _, e := range erased {
				list = fmt.Appendln(list, e)
			}
		}
		if p.Out != "" {
			if err := writeNew(p.Out, list); err != nil {
				return err
			}
			_, err = fmt.Fprintf(w.out, "%s: %s.\n", p.Out, engine.CountOf(bytes.Count(list, []byte("\n")), "erasure", "erasures"))
			return err
		}
		_, err = w.out.Write(list)
		return err
	})
}

// personAgain repeats erasures.
type personAgain struct {
	File []string `arg:"" type:"existingfile" placeholder:"FILE" help:"List that splneno person erased made, or a backup made later than the one that was restored."`
}

// Help gives the example of --help.
func (personAgain) Help() string {
	return "Example: splneno person again vymazy.txt\n\n" +
		"For every municipality: what its journal tells of already is not done twice. A person of whom only the name was\n" +
		"erased is found where the name stands by itself, not within a text."
}

// Run repeats them.
func (p personAgain) Run(ctx context.Context, c *command, w *world) error {
	list, err := readErasures(ctx, p.File...)
	if err != nil {
		return err
	}
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		tenants, err := in.db.AcrossTenants().Tenants(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%s read; what the journals tell of already is not done twice.\n", engine.CountOf(len(list), "erasure", "erasures"))
		return in.eraseAgain(ctx, c, w, tenants, list)
	})
}

// eraseAgain erases whom a list names, in each municipality.
func (in *installation) eraseAgain(ctx context.Context, c *command, w *world, tenants []string, list []engine.Erased) (failed error) {
	for _, tenant := range tenants {
		o := in.office(tenant)
		who, err := c.operator(ctx, o)
		n := 0
		if err == nil {
			n, err = o.EraseAgain(ctx, list, who)
		}
		if n > 0 {
			fmt.Fprintf(w.out, "%s: %d erased again.\n", tenant, n)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: not everybody could be erased again: %w", tenant, err))
		}
	}
	return failed
}

// readErasures reads lists and backups.
func readErasures(ctx context.Context, files ...string) (all []engine.Erased, err error) {
	for _, file := range files {
		list, err := readErasuresOf(ctx, file)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// sqliteMark begins every SQLite file.
const sqliteMark = "SQLite format 3\x00"

func readErasuresOf(ctx context.Context, file string) ([]engine.Erased, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	head := make([]byte, len(sqliteMark))
	_, _ = f.Read(head)
	if err := f.Close(); err != nil {
		return nil, err
	}
	if string(head) != sqliteMark {
		text, err := os.ReadFile(file)
		list := engine.ReadErased(string(text))
		if err == nil && len(list) == 0 && len(bytes.TrimSpace(text)) > 0 {
			err = engine.Errorf(engine.Invalid, "%s is no list of erasures; name one that splneno person erased made, or a backup", file)
		}
		return list, err
	}
	b, err := store.OpenBackup(ctx, file)
	if err != nil {
		return nil, err
	}
	list, err := b.Erasures(ctx)
	return list, errors.Join(err, b.Close())
}
