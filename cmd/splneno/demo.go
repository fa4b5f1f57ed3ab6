package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"splneno/cmd/splneno/example"
	"splneno/cmd/splneno/web"
	"splneno/engine"
	"splneno/notify/mailbox"
	"splneno/workflows"
)

// demoCommand lives through two years: a real plan, a virtual clock, real mail
// into a built-in mailbox, answers through the real answer page.
type demoCommand struct {
	Once   bool   `help:"Write everything to --out and exit."`
	Out    string `type:"path" placeholder:"DIR" help:"Folder for the evaluations, the mails, the journal and the database. Default: a temporary one."`
	Listen string `default:"127.0.0.1:8080" help:"Address of the pages; with --once any free port is taken."`
}

// Help gives the example of --help.
func (demoCommand) Help() string { return "Examples: splneno demo; splneno demo --once --out out" }

// demoTenant is the short name of the demo's municipality.
const demoTenant = "klatovy"

// A demo is one run of it.
type demo struct {
	*installation
	office *workflows.Office
	clock  *virtualClock
	box    *mailbox.Mailbox
	door   net.Listener // where replies are brought, by SMTP
	pages  *web.Server
	script example.Script
	plot   example.Desk
	season engine.Season // the one that is lived through
	first  engine.Season // the one of 2023, once the second year began
	newest engine.Season // the one that is prepared at the end

	coordinator engine.Actor // who acts at the desk: a function, not a person
	url         string
	dir         string
	board       string // path of the steering group's board
	say         func(format string, args ...any)
}

// Run does it.
func (dc demoCommand) Run(ctx context.Context, c *command, w *world) error {
	dir, err := demoDir(dc.Out)
	if err != nil {
		return err
	}
	addr := dc.Listen
	if dc.Once {
		addr = "127.0.0.1:0"
	}
	ln, err := listenOn(addr)
	if err != nil {
		return err
	}
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	d, err := newDemo(ctx, dir, ln, box, w)
	if err != nil {
		return errors.Join(err, box.Close(), ln.Close())
	}
	serving, stop := context.WithCancel(ctx)
	served := make(chan error, 2)
	go func() { served <- servePages(serving, ln, d.pages.Handler(), newLog(w.err, logging{})) }()
	go func() { served <- d.listener(demoTenant, "smtp").Serve(serving, d.door) }()
	err = d.year(ctx, w)
	if err == nil {
		err = d.goOn(ctx, w)
	}
	if err == nil {
		err = d.write(ctx)
	}
	if err == nil && !dc.Once {
		d.tour(w.out)
		d.linger(ctx, w)
	}
	stop()
	return errors.Join(err, <-served, <-served, box.Close(), d.db.Close())
}

// newDemo puts an installation together on an empty database.
func newDemo(ctx context.Context, dir string, ln net.Listener, box *mailbox.Mailbox, w *world) (*demo, error) {
	script, err := example.Answers2023()
	if err != nil {
		return nil, err
	}
	plot, err := example.TheDesk()
	if err != nil {
		return nil, err
	}
	d := &demo{plot: plot, coordinator: engine.Actor{Kind: engine.ActorCoordinator, Name: script.Municipality.Coordinator.Name}, clock: &virtualClock{}, box: box, script: script, url: "http://" + ln.Addr().String(), dir: dir,
		say: func(format string, args ...any) { fmt.Fprintf(w.out, format+"\n", args...) }}
	c := command{DB: "sqlite:" + filepath.Join(dir, "demo.db"), URL: d.url, SMTP: "smtp://" + box.Addr()} // no DKIM: the demo asks nobody anything
	if d.installation, err = c.open(ctx, d.clock.Now); err != nil {
		return nil, err
	}
	if d.door, err = listenOn("127.0.0.1:0"); err != nil {
		return nil, errors.Join(err, d.db.Close())
	}
	d.demo = true
	d.office = d.installation.office(demoTenant)
	d.pages = d.installation.pages(demoTenant, newLog(io.Discard, logging{}))
	d.pages.Mailbox = box
	return d, nil
}

// demoDir gives an empty place for the demo; an earlier demo's database there
// is replaced, anything else is left alone.
func demoDir(out string) (string, error) {
	if out == "" {
		return os.MkdirTemp("", "splneno-demo-")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", engine.Errorf(engine.Invalid, "folder %s cannot be made: %w", out, err)
	}
	for _, name := range []string{"demo.db", "demo.db-wal", "demo.db-shm", "demo.key"} {
		if err := os.Remove(filepath.Join(out, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", engine.Errorf(engine.Invalid, "the demo cannot begin anew in %s: %w", out, err)
		}
	}
	return out, nil
}

// linger keeps the demo open, its clock going on from the end of the year.
func (d *demo) linger(ctx context.Context, w *world) {
	end, began := d.clock.Now(), w.now()
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			d.clock.Set(end.Add(w.now().Sub(began)))
			if err := d.office.Tick(ctx); err != nil && ctx.Err() == nil {
				d.say("calendar: %v", err)
			}
		}
	}
}
