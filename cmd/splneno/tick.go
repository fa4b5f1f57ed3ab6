package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// tickCommand does what is due, once.
type tickCommand struct {
	At string `placeholder:"TIME" help:"Time to act at, 2024-01-10T08:00 in local time or RFC 3339. Default: now."`
}

// Help gives the example of --help.
func (tickCommand) Help() string {
	return "Every municipality is looked after, whatever --tenant says.\n\nExample: splneno tick --at 2024-01-10T08:00"
}

// Run does it.
func (t tickCommand) Run(ctx context.Context, c *command, w *world) error {
	now := w.now
	if t.At != "" {
		at, err := parseTime(t.At)
		if err != nil {
			return err
		}
		now = func() time.Time { return at }
	}
	return c.with(ctx, now, func(in *installation, _ *workflows.Office) error {
		if err := in.settle(ctx, w); err != nil {
			return err
		}
		tenants, err := in.db.AcrossTenants().Tenants(ctx)
		if err != nil {
			return err
		}
		var failed error
		for _, tenant := range tenants {
			failed = errors.Join(failed, in.tick(ctx, tenant, w))
		}
		return failed
	})
}

// tick ticks one municipality and prints what the ledger says of it.
func (in *installation) tick(ctx context.Context, tenant string, w *world) error {
	o := in.office(tenant)
	err := o.Tick(ctx)
	ledger, lerr := o.Records.Occurrences(ctx, 20)
	for _, occ := range ledger {
		if occ.RanAt.Equal(in.now().Truncate(time.Microsecond)) {
			fmt.Fprintf(w.out, "%s %s %s: %s\n", tenant, occ.Day, occ.Rule, occ.Note)
		}
	}
	return errors.Join(err, lerr)
}

// parseTime reads a time: RFC 3339, or a local one without a zone.
func parseTime(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	local, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, err
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, engine.Errorf(usage, "%q is no time; write it as 2024-01-10T08:00", s)
}

// migrateCommand brings the schema up to date.
type migrateCommand struct{}

// Run does it.
func (migrateCommand) Run(ctx context.Context, c *command, w *world) error {
	db, err := openDatabase(ctx, c.DB)
	if err != nil {
		return err
	}
	if err := db.MigrateTelling(ctx, func(what string) { fmt.Fprintln(w.err, what) }); err != nil {
		return errors.Join(err, db.Close())
	}
	fmt.Fprintln(w.out, "The database has this program's schema.")
	return db.Close()
}
