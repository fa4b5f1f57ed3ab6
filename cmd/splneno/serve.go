package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

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
}

// Help gives the example of --help.
func (serveCommand) Help() string {
	return "Example: splneno serve --db sqlite:klatovy.db --url https://plan.mesto.cz --smtp smtp://relay.mesto.cz:25"
}

// Run serves until the context ends, then finishes what is under way.
func (s serveCommand) Run(ctx context.Context, c *command, w *world) error {
	ln, err := listenOn(s.Listen)
	if err != nil {
		return err
	}
	in, err := c.open(ctx, w.now)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	log := newLog(w.err, c.Log)
	if err := in.settle(ctx, w); err != nil {
		return errors.Join(err, ln.Close(), in.db.Close())
	}
	pages := in.pages(c.Tenant, log)
	pages.Secure = strings.HasPrefix(c.URL, "https://")
	if err := errors.Join(s.doors(pages), s.Ways.showSent(c, w, pages)); err != nil {
		return errors.Join(err, ln.Close(), in.db.Close())
	}
	fmt.Fprintf(w.out, "Pages: http://%s\nDesk: %s\n", ln.Addr(), in.signer.DeskURL())
	if err := in.adviseFirst(ctx, c, w); err != nil {
		return errors.Join(err, ln.Close(), in.db.Close())
	}
	if in.sender == nil {
		fmt.Fprintln(w.out, "Mail: no server given (--smtp); mail waits in its queue.")
	}
	rounds := in.rounds(w, !strings.HasPrefix(c.DB, "sqlite:"), log)
	doors, closing := context.WithCancel(ctx)
	wait, err := in.openDoors(doors, c, s.Ways, log)
	if err != nil {
		closing()
		wait()
		return errors.Join(err, ln.Close(), in.db.Close())
	}
	if named := s.Ways.named(); named != "" {
		fmt.Fprintln(w.out, "Replies come in by:", named)
	}
	var work sync.WaitGroup
	work.Go(func() { in.keepSettled(ctx, log) })
	work.Go(func() { rounds.Run(ctx, min(s.Every, time.Minute)) })
	err = servePages(ctx, ln, pages.Handler())
	closing()
	wait()
	work.Wait()
	return errors.Join(err, in.db.Close())
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

// servePages serves until ctx ends, then gives requests under way ten seconds.
func servePages(ctx context.Context, ln net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		err := srv.Shutdown(last)
		if errors.Is(err, context.DeadlineExceeded) { // a client that never comes to an end is no failure of ours
			err = srv.Close()
		}
		stopped <- err
	}()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("pages: %w", err)
	}
	return <-stopped
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
