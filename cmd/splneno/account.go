package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/link"
	"splneno/workflows"
)

// accountCommand keeps who may sign in. The first coordinator has to come from
// here: nobody can be invited at a desk nobody can open.
type accountCommand struct {
	Add      accountAdd      `cmd:"" help:"Make an account and print the link that sets it up."`
	List     accountList     `cmd:"" help:"List who may sign in."`
	Invite   accountInvite   `cmd:"" help:"Print a new link for an account: to set it up, or when a password or a phone is lost."`
	End      accountEnd      `cmd:"" help:"Close an account and sign it out everywhere."`
	Sessions accountSessions `cmd:"" help:"List where an account is signed in, or sign it out everywhere."`
}

// accountAdd makes one.
type accountAdd struct {
	Name  string   `required:"" help:"Of the person."`
	Email string   `required:"" placeholder:"ADDRESS" help:"Names the account when signing in."`
	Role  string   `enum:"coordinator,substitute,administrator,leader,steering,reader" default:"coordinator" help:"coordinator, substitute, administrator, leader (of a working group), steering or reader (of the region)."`
	For   string   `placeholder:"NAME" help:"Whom a substitute stands in for."`
	From  string   `placeholder:"DAY" help:"First day, 2024-07-01; a substitute needs it."`
	Until string   `placeholder:"DAY" help:"Last day; a substitute needs it."`
	Area  []string `placeholder:"CODE" help:"Area a leader follows; repeat for each. None is all."`
}

// Help gives the example of --help.
func (accountAdd) Help() string {
	return "Example: splneno account add --name 'Hana Vzorová' --email kpss@mesto.example --role coordinator"
}

// Run does it.
func (a accountAdd) Run(ctx context.Context, c *command, w *world) error {
	account := engine.Account{ID: link.NewSecret()[:22], Name: a.Name, Email: a.Email, Role: engine.Role(a.Role), StandsFor: a.For, Areas: a.Area}
	for _, d := range []struct {
		typed string
		day   *engine.Date
	}{{a.From, &account.From}, {a.Until, &account.Until}} {
		if d.typed == "" {
			continue
		}
		var err error
		if *d.day, err = engine.ParseDate(d.typed); err != nil {
			return err
		}
	}
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		token := link.NewSecret()
		if err := o.Invite(ctx, account, link.SecretHash(token), who); err != nil {
			return err
		}
		return printInvitation(w, in.signer.InviteURL(token))
	})
}

func printInvitation(w *world, address string) error {
	_, err := fmt.Fprintf(w.out, "Set up within %d hours, once, at:\n  %s\n", int(engine.InviteLength/time.Hour), address)
	return err
}

// accountList lists.
type accountList struct{}

// Run prints a line per account.
func (accountList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		all, err := o.Records.Accounts(ctx)
		if err != nil {
			return err
		}
		czech.Sort(all, func(a engine.Account) string { return a.Name })
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		for _, a := range all {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", a.Email, a.Name, a.Role, accountState(a, w.now()))
		}
		return t.Flush()
	})
}

func accountState(a engine.Account, now time.Time) string {
	days := ""
	if a.From != "" || a.Until != "" {
		days = fmt.Sprintf(", %s to %s", a.From, a.Until)
	}
	switch {
	case a.Disabled:
		return "ended"
	case a.Invited(now):
		return "invited until " + a.InviteUntil.UTC().Format(time.DateTime) + " UTC" + days
	case !a.SetUp():
		return "invitation expired" + days
	case a.NeedsSecond() && !a.Secrets.Second():
		return "without a second factor" + days
	}
	return "set up" + days
}

// A namedAccount is one that is there already.
type namedAccount struct {
	Email string `arg:"" help:"Its address."`
}

// with finds the account and does something with it.
func (n namedAccount) with(ctx context.Context, c *command, w *world, do func(*installation, *workflows.Office, engine.Account, engine.Actor) error) error {
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		a, err := o.FindAccount(ctx, n.Email)
		if err != nil {
			return err
		}
		return do(in, o, a, who)
	})
}

// accountInvite invites again.
type accountInvite struct {
	namedAccount `embed:""`
}

// Run does it.
func (a accountInvite) Run(ctx context.Context, c *command, w *world) error {
	return a.with(ctx, c, w, func(in *installation, o *workflows.Office, account engine.Account, who engine.Actor) error {
		token := link.NewSecret()
		if err := o.InviteAgain(ctx, account.ID, link.SecretHash(token), who); err != nil {
			return err
		}
		return printInvitation(w, in.signer.InviteURL(token))
	})
}

// accountEnd closes one.
type accountEnd struct {
	namedAccount `embed:""`
}

// Run does it.
func (a accountEnd) Run(ctx context.Context, c *command, w *world) error {
	return a.with(ctx, c, w, func(_ *installation, o *workflows.Office, account engine.Account, who engine.Actor) error {
		if err := o.EndAccount(ctx, account.ID, who); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w.out, "Account ended; it is signed out everywhere.")
		return err
	})
}

// accountSessions lists or ends sessions.
type accountSessions struct {
	namedAccount `embed:""`
	End          bool `help:"Sign it out everywhere."`
}

// Run does it.
func (a accountSessions) Run(ctx context.Context, c *command, w *world) error {
	return a.with(ctx, c, w, func(_ *installation, o *workflows.Office, account engine.Account, _ engine.Actor) error {
		if a.End {
			if err := o.Records.EndSessions(ctx, account.ID, "", w.now()); err != nil {
				return err
			}
			_, err := fmt.Fprintln(w.out, "Signed out everywhere.")
			return err
		}
		all, err := o.Records.Sessions(ctx, account.ID)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.Alive(w.now()) {
				fmt.Fprintf(w.out, "since %s, last used %s, %s\n", s.CreatedAt.In(o.Zone).Format(time.DateTime), s.SeenAt.In(o.Zone).Format("15:04"), s.Agent)
			}
		}
		return nil
	})
}
