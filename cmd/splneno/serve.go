package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"splneno/cmd/splneno/web"
	"splneno/engine"
)

// serveCommand runs the server.
type serveCommand struct {
	Listen string        `default:"127.0.0.1:8080" env:"SPLNENO_LISTEN" help:"Address to serve pages on; put a TLS proxy before it for the outside."`
	Ways   waysIn        `embed:""`
	Every  time.Duration `default:"30s" help:"How often the calendar and the mail queue are looked at."`
	Proxy  []string      `env:"SPLNENO_PROXY" placeholder:"NETWORK" help:"Address or network of a proxy on another machine, 10.0.0.5 or 10.0.0.0/24, whose X-Forwarded-For says where people come from; repeat for each."`
	Oidc   singleSignOn  `embed:"" prefix:"oidc-"`

	MetricsFrom []string `env:"SPLNENO_METRICS_FROM" placeholder:"NETWORK" help:"Address or network of who may read /metrics beside this machine, directly and not through a proxy; repeat for each."`
}

// Help gives the example of --help.
func (serveCommand) Help() string {
	return "Example: splneno serve --db sqlite:klatovy.db --url https://plan.mesto.cz --smtp smtp://relay.mesto.cz:25"
}

// Run serves until the context ends, then finishes what is under way. While the
// database cannot be had it waits for it, and says so to whoever asks.
func (s serveCommand) Run(ctx context.Context, c *command, w *world) error {
	ln, err := listenOn(s.Listen)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	log := newLog(w.err, c.Log)
	f, all := &front{address: ln.Addr().String(), closed: web.Closed(log)}, newParting()
	ended := make(chan error, 2) // how pages and database ended
	defer context.AfterFunc(ctx, f.stop)()
	all.goes("pages", func() {
		ended <- servePages(ctx, ln, f, log)
		stop() // without pages the rest is of no use
	})
	incidents := newRecorder(w.now, log)
	in, err := s.await(ctx, c, w, incidents, log)
	if err == nil && in != nil {
		in.incidents = incidents
		err = s.begin(ctx, in, f, all, c, w, log)
	}
	if err == nil {
		<-ctx.Done()
	}
	stop()
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	all.wait(within, log)
	if in != nil {
		all.goes("database", func() { ended <- in.db.Close() })
		all.wait(within, log)
	}
	for len(ended) > 0 {
		err = errors.Join(err, <-ended)
	}
	return err
}

// begin starts everything on an installation that is open.
func (s serveCommand) begin(ctx context.Context, in *installation, f *front, all *parting, c *command, w *world, log *slog.Logger) error {
	pages := in.pages(c.Tenant, log)
	pages.Secure = strings.HasPrefix(c.URL, "https://")
	if err := errors.Join(s.doors(pages), s.Ways.showSent(c, w, pages)); err != nil {
		return err
	}
	in.watched(pages)
	o := &observer{in: in}
	var err error
	if o.from, err = networks(s.MetricsFrom, "of who reads metrics"); err != nil {
		return err
	}
	shown := pages.Handler()
	f.opens(shown, o, in.db.Ready)
	fmt.Fprintf(w.out, "Pages: http://%s\nDesk: %s\n", f.address, in.signer.DeskURL())
	if err := in.adviseFirst(ctx, c, w); err != nil {
		return err
	}
	if in.sender == nil {
		fmt.Fprintln(w.out, "Mail: no server given (--smtp); mail waits in its queue.")
	} else {
		in.sender = courier{in.sender, in.pulse, sendGrace}
	}
	rounds := in.rounds(w, !strings.HasPrefix(c.DB, "sqlite:"), log)
	wait, err := in.openDoors(ctx, c, s.Ways, log)
	all.goes("mail that is brought", wait)
	if err != nil {
		return err
	}
	if named := s.Ways.named(); named != "" {
		fmt.Fprintln(w.out, "Replies come in by:", named)
	}
	o.goesAlong(in.rest(shown), log)
	all.goes("calendar and mail", func() { rounds.Run(ctx, min(s.Every, time.Minute)) })
	all.goes("record of incidents", func() { in.incidents.keep(ctx, in.db.AcrossTenants().RecordIncident) })
	tell(daemon.SdNotifyReady)
	all.goes("systemd", func() { o.keepTelling(ctx) })
	return nil
}

// listenOn takes the address, or says in a sentence why not.
func listenOn(addr string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "cannot serve on %s: %w; is another program there? name another address with --listen", addr, err)
	}
	return ln, nil
}

// pages gives the pages of the installation.
func (in *installation) pages(tenant string, log *slog.Logger) *web.Server {
	all := in.db.AcrossTenants()
	return &web.Server{Office: in.office, Tenants: all.Tenants, Publishers: all.Publishers, TenantOf: all.TenantOfLink, Signer: in.signer, Tenant: tenant, Log: log,
		TenantOfSession: all.TenantOfSession, TenantOfInvite: all.TenantOfInvite, TenantOfPasskey: all.TenantOfPasskey,
		TenantsOfAccount: all.TenantsOfAccount, TenantsOfSubject: all.TenantsOfSubject}
}

// repeat does something at once and then from time to time, until ctx ends.
func repeat(ctx context.Context, every time.Duration, do func()) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		do()
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}
