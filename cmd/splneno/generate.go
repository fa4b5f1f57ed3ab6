package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/notify/link"
	"splneno/store"
)

// generateCommand fills an empty database with an invented country that has
// lived for years: to measure with, and to try the program out on.
type generateCommand struct {
	Towns      int    `default:"206" help:"How many towns."`
	Activities int    `default:"60" help:"Activities of each plan."`
	Years      int    `default:"10" help:"Seasons each town has lived through."`
	Seed       uint64 `default:"1" help:"What everything follows from: the same seed gives the same database."`
	Until      int    `placeholder:"YEAR" help:"The last year asked about. Default: the last that is over and could be asked about."`
	Closed     bool   `help:"Bring the last season to its end too; otherwise it is left open with everything on its way."`
}

// Help gives the example of --help.
func (generateCommand) Help() string {
	return `Everything in it is invented and says so. The key of its links follows from the seed,
so that everybody can make them: never use such a database for anything real.

Example: splneno generate --towns 3 --years 4 --seed 7 --db sqlite:country.db`
}

// Run does it.
func (g generateCommand) Run(ctx context.Context, c *command, w *world) error {
	if g.Towns < 1 || g.Activities < 1 || g.Years < 1 {
		return engine.Errorf(usage, "a country needs at least one town, one activity and one year")
	}
	if g.Until == 0 {
		g.Until = w.now().AddDate(0, -4, 0).Year() - 1
	}
	if err := g.mayFill(ctx, c); err != nil {
		return err
	}
	made, err := g.key(c)
	if err != nil {
		return err
	}
	in, err := c.open(ctx, w.now)
	if err != nil && made { // everybody can make this key: nothing real must find it
		err = errors.Join(err, os.Remove(c.keyFile()))
	}
	if err != nil {
		return err
	}
	if err := g.fill(ctx, in, w); err != nil {
		return errors.Join(err, in.db.Close())
	}
	return in.db.Close()
}

// mayFill refuses a database that is used, before anything is made beside it.
func (g generateCommand) mayFill(ctx context.Context, c *command) error {
	db, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if db.CheckSchema(ctx) != nil {
		return nil // it is empty, or opening it will say what is wrong
	}
	return empty(ctx, db)
}

// empty is an error when a database holds a municipality.
func empty(ctx context.Context, db *store.DB) error {
	there, err := db.AcrossTenants().Tenants(ctx)
	if err == nil && len(there) > 0 {
		err = engine.Errorf(engine.Conflict, "the database holds %s already; a country is made in an empty one", engine.CountOf(len(there), "municipality", "municipalities"))
	}
	return err
}

// key puts the key in its place that follows from the seed, unless one is there.
func (g generateCommand) key(c *command) (made bool, err error) {
	sum := sha256.Sum256(fmt.Appendf(nil, "splneno generate %d", g.Seed))
	f, err := os.OpenFile(c.keyFile(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, engine.Errorf(engine.Invalid, "key file %s cannot be made: %w; make the folder writable or name a file with --key", c.keyFile(), err)
	}
	_, err = f.WriteString(link.FormatKey(sum[:]) + "\n")
	return true, errors.Join(err, f.Close())
}

// fill fills an empty database.
func (g generateCommand) fill(ctx context.Context, in *installation, w *world) error {
	if err := empty(ctx, in.db); err != nil {
		return err
	}
	careful, err := in.db.Invent(ctx, fmt.Sprint(g.Seed))
	if err != nil {
		return err
	}
	in.demo = true
	began := w.now()
	bar := g.progress(w)
	err = g.liveAll(ctx, in, func() { _ = bar.Add(1) })
	_ = bar.Finish()
	if err := errors.Join(err, careful()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s with %s lived from %d to %d in %s; all of it is invented.\n",
		engine.CountOf(g.Towns, "town", "towns"), engine.CountOf(g.Activities, "activity", "activities"), g.first(), g.Until, w.now().Sub(began).Round(time.Second))
	return err
}

// first is the first year asked about.
func (g generateCommand) first() int { return g.Until - g.Years + 1 }

// progress shows a person how far it is, by years of towns.
func (g generateCommand) progress(w *world) *progressbar.ProgressBar {
	years := g.Towns * g.Years
	if !w.screen {
		return progressbar.DefaultSilent(int64(years))
	}
	return progressbar.NewOptions(years, progressbar.OptionSetWriter(w.err), progressbar.OptionSetDescription("years of towns"),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())
}

// liveAll lets the towns live, several at a time: while one computes, another
// one writes. No town knows of another, so the order is of no consequence.
func (g generateCommand) liveAll(ctx context.Context, in *installation, lived func()) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	todo := make(chan int)
	errs := make([]error, 2*runtime.NumCPU())
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			for n := range todo {
				if err := g.live(ctx, in, n, lived); err != nil {
					errs[i] = err
					stop()
					return
				}
			}
		})
	}
	for n := 0; n < g.Towns && ctx.Err() == nil; n++ {
		select {
		case todo <- n:
		case <-ctx.Done():
		}
	}
	close(todo)
	wg.Wait()
	return firstReal(errs, ctx)
}

// firstReal gives the error that stopped all, not one that only was stopped.
func firstReal(errs []error, ctx context.Context) error {
	for _, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) && !strings.Contains(err.Error(), "interrupted") {
			return err
		}
	}
	return errors.Join(ctx.Err(), errors.Join(errs...))
}

// live lets one town live all its years.
func (g generateCommand) live(ctx context.Context, in *installation, n int, lived func()) error {
	town := country.New(g.Seed, n)
	l := &life{installation: in, town: town, clock: &virtualClock{}, days: engine.NewWorkdays(nil),
		who: engine.Actor{Kind: engine.ActorCoordinator, Name: town.Coordinator.Name}}
	office := in.office(town.ID)
	office.Now, office.Sender = l.clock.Now, posted{}
	l.office = office
	for i, p := range town.Plans(g.first(), g.Years, g.Activities) {
		for year := p.First; year <= p.Last; year++ {
			l.season = season{plan: p, year: year, begins: year == p.First, ends: year == p.Last && year < g.Until}
			if err := l.live(ctx, i == 0 && l.begins, g.Closed || year < g.Until); err != nil {
				return fmt.Errorf("%s in %d: %w", town.ID, year, err)
			}
			lived()
		}
	}
	return nil
}

// posted takes every mail and sends none.
type posted struct{}

// Send says that it was sent.
func (posted) Send(context.Context, engine.Message) engine.Outcome {
	return engine.Outcome{State: engine.Sent}
}
