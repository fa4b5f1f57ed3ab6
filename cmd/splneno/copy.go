package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"

	"splneno/engine"
	"splneno/store"
)

// copyCommand copies an installation into a database of the other kind.
type copyCommand struct {
	From   string `placeholder:"DATABASE" help:"Database to copy. Default: the one of --db."`
	To     string `required:"" placeholder:"DATABASE" help:"Database to fill: empty, or not there yet."`
	Retire bool   `help:"Put the old database out of use first: it never sends again."`
}

// Help gives the example of --help.
func (copyCommand) Help() string {
	return `For a town that outgrows its file, and back. Stop the server on the old database, or
name --retire: then nobody signs in there and nothing leaves from it any more. In the
new one every municipality is on hold until a person has looked at what would leave.

Example: splneno copy --from sqlite:splneno.db --to postgres://splneno@localhost/splneno --retire`
}

// Run does it.
func (cc copyCommand) Run(ctx context.Context, c *command, w *world) error {
	cc.From = cmp.Or(cc.From, c.DB)
	if cc.From == cc.To {
		return engine.Errorf(usage, "--from and --to name the same database")
	}
	from, err := openExisting(ctx, cc.From)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := openDatabase(ctx, cc.To)
	if err != nil {
		return err
	}
	defer func() { _ = to.Close() }()
	if err := to.Migrate(ctx); err != nil {
		return err
	}
	told, done := w.following("copy")
	defer done()
	sum, err := cc.copy(ctx, from, to, w, told)
	done()
	if err != nil {
		return err
	}
	if err := tellTables(w, sum); err != nil {
		return err
	}
	broken := tellJournals(w, sum)
	fingerprint, err := to.Setting(ctx, "key", "")
	if err != nil {
		return err
	}
	old, fresh := command{DB: cc.From, Key: c.Key}, command{DB: cc.To, Key: c.Key}
	if err := bringKey(w, old.keyFile(), fresh.keyFile(), fingerprint); err != nil {
		return err
	}
	if cc.Retire {
		fmt.Fprintln(w.out, "The old database is out of use. Keep it until you are sure of the new one.")
	} else {
		fmt.Fprintln(w.out, "The old database goes on as it was: serve one of the two only.")
	}
	fmt.Fprintln(w.out, "The new one is on hold: nothing leaves before you have looked at it. See what would: splneno hold list, then splneno hold show --tenant NAME")
	return broken
}

// copy retires the old database first, so that nothing happens there that the
// new one would not know. When the copying fails it is given back.
func (cc copyCommand) copy(ctx context.Context, from, to *store.DB, w *world, told func(string)) (store.Sum, error) {
	back := func() error { return nil }
	if cc.Retire {
		var err error
		if back, err = retire(ctx, from, w); err != nil {
			return store.Sum{}, errors.Join(err, back())
		}
	}
	now := w.now()
	sum, err := from.CopyTo(ctx, to, store.Transfer{At: now, Told: told, Hold: engine.Hold{Kind: engine.HoldCopied, Since: now, AsOf: now}})
	if err != nil {
		return sum, errors.Join(err, back())
	}
	return sum, nil
}

// retire puts every municipality of a database on hold as moved; back undoes it.
func retire(ctx context.Context, db *store.DB, w *world) (back func() error, err error) {
	was := map[string]engine.Hold{}
	put := func(ctx context.Context, tenant string, h engine.Hold, event string) error {
		return db.Tenant(tenant).Commit(ctx, engine.Change{At: w.now(), Actor: engine.Actor{Kind: engine.ActorSystem, Name: "copy"},
			Event: event, Subject: string(engine.HoldMoved), Hold: &h})
	}
	back = func() (err error) {
		for tenant, h := range was { // also when the copying was given up
			err = errors.Join(err, put(context.WithoutCancel(ctx), tenant, h, "hold_released"))
		}
		return err
	}
	tenants, err := db.AcrossTenants().Tenants(ctx)
	if err != nil {
		return back, err
	}
	for _, tenant := range tenants {
		h, err := db.Tenant(tenant).Hold(ctx)
		if err != nil {
			return back, err
		}
		if err := put(ctx, tenant, engine.Hold{Kind: engine.HoldMoved, Since: w.now(), AsOf: h.AsOf, Note: h.Note}, "hold_started"); err != nil {
			return back, err
		}
		was[tenant] = h
	}
	return back, nil
}

// tellTables shows that both sides hold the same.
func tellTables(w *world, s store.Sum) error {
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "table\there\tthere\t\n")
	for _, name := range slices.Sorted(maps.Keys(s.Tables)) {
		if n := s.Tables[name].Rows; n > 0 { // they were compared: what differs is never kept
			fmt.Fprintf(t, "%s\t%d\t%d\t\n", name, n, n)
		}
	}
	return t.Flush()
}
