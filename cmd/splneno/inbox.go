package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// inboxCommand shows mail that came in, and decides about what waits.
type inboxCommand struct {
	List   inboxList   `cmd:"" default:"withargs" help:"List mail that waits for a person; --all lists everything."`
	Show   inboxShow   `cmd:"" help:"Show one mail as text, and how it was understood."`
	Assign inboxAssign `cmd:"" help:"Say whose answer a mail is; it becomes proposals."`
	Ignore inboxIgnore `cmd:"" help:"Say that a mail is nothing."`
	Block  inboxBlock  `cmd:"" help:"Set a mail and later ones of its sender aside."`
	File   inboxFile   `cmd:"" help:"Write an attachment to a file."`
}

// inboxList lists.
type inboxList struct {
	All   bool `help:"Everything that came in, not only what waits."`
	Limit int  `default:"200" help:"How many at most, the newest first."`
}

// Run prints a line per mail.
func (l inboxList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		states := []engine.InboundState{engine.InboundHeld}
		if l.All {
			states = engine.InboundStates()
		}
		list, err := o.Records.Inbox(ctx, l.Limit, states...)
		if err != nil {
			return err
		}
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		for _, in := range list {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", in.ID[:12], minuteOf(in.ReceivedAt),
				stateOf(in), in.Mail.From.Email, in.Mail.Subject)
		}
		if len(list) == 0 {
			fmt.Fprintln(t, "Nothing waits.")
		}
		return t.Flush()
	})
}

// stateOf names the state of a mail, with the reason it waits.
func stateOf(in engine.Inbound) string {
	if in.State == engine.InboundHeld {
		return string(in.State) + ": " + string(in.Note)
	}
	return string(in.State)
}

// inboxShow shows one mail.
type inboxShow struct {
	ID string `arg:"" help:"The mail, by the beginning of its id."`
}

// Run prints it.
func (s inboxShow) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		in, err := findMail(ctx, o, s.ID)
		if err != nil {
			return err
		}
		m := in.Mail
		fmt.Fprintf(w.out, "Mail:    %s\nCame:    %s by %s\nState:   %s\nFrom:    %s <%s>\nSubject: %s\n", in.ID,
			minuteOf(in.ReceivedAt), in.Via, stateOf(in), m.From.Name, m.From.Email, m.Subject)
		if in.Organisation != "" {
			fmt.Fprintf(w.out, "About:   %s %s %s\n", in.Organisation, in.Plan, in.Period)
		}
		for _, f := range m.Files {
			fmt.Fprintf(w.out, "File %d:  %s, %d bytes %s\n", f.Part, f.Name, f.Size, f.Problem)
		}
		fmt.Fprintf(w.out, "\n%s\n", m.Own)
		if m.Quoted != "" {
			fmt.Fprintf(w.out, "\n%s\n", "> "+strings.ReplaceAll(m.Quoted, "\n", "\n> "))
		}
		return nil
	})
}

// inboxAssign assigns.
type inboxAssign struct {
	ID           string `arg:"" help:"The mail, by the beginning of its id."`
	Organisation string `arg:"" help:"Whose answer it is: id, name or alias."`
	Plan         string `help:"Plan, where there are several."`
	Season       string `help:"Season, where there are several."`
}

// Help gives the example of --help.
func (inboxAssign) Help() string {
	return "Example: splneno inbox assign 3f9c0a 'Oblastní charita Klatovy'"
}

// Run does it.
func (a inboxAssign) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		in, who, err := c.mailAndOperator(ctx, o, a.ID)
		if err != nil {
			return err
		}
		season, err := pickSeason(ctx, o, a.Plan, a.Season)
		if err != nil {
			return err
		}
		all, err := o.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		body, err := workflows.FindOrganisation(all, a.Organisation)
		if err != nil {
			return err
		}
		if err := o.Assign(ctx, in.ID, season.Plan, season.Period.ID, body.ID, who); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "Assigned to %s; see splneno approve.\n", body.Name)
		return err
	})
}

// inboxIgnore ignores.
type inboxIgnore struct {
	ID string `arg:"" help:"The mail, by the beginning of its id."`
}

// Run does it.
func (a inboxIgnore) Run(ctx context.Context, c *command, w *world) error {
	return c.setAside(ctx, w, a.ID, (*workflows.Office).Ignore)
}

// inboxBlock blocks.
type inboxBlock struct {
	ID string `arg:"" help:"The mail, by the beginning of its id."`
}

// Run does it.
func (a inboxBlock) Run(ctx context.Context, c *command, w *world) error {
	return c.setAside(ctx, w, a.ID, (*workflows.Office).Block)
}

func (c *command) setAside(ctx context.Context, w *world, id string, do func(*workflows.Office, context.Context, string, engine.Actor) error) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		in, who, err := c.mailAndOperator(ctx, o, id)
		if err != nil {
			return err
		}
		if err := do(o, ctx, in.ID, who); err != nil {
			return err
		}
		_, err = fmt.Fprintln(w.out, "Recorded.")
		return err
	})
}

// inboxFile writes an attachment.
type inboxFile struct {
	ID   string `arg:"" help:"The mail, by the beginning of its id."`
	Part int    `arg:"" help:"Its number, as splneno inbox show lists it."`
	Out  string `required:"" placeholder:"FILE" help:"File to write."`
}

// Run does it.
func (f inboxFile) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		in, err := findMail(ctx, o, f.ID)
		if err != nil {
			return err
		}
		file, data, err := o.Evidence(ctx, in.ID, f.Part)
		if err != nil {
			return err
		}
		if file.Problem != "" {
			fmt.Fprintf(w.err, "Careful: this file is no evidence (%s).\n", file.Problem)
		}
		return writeFile(f.Out, data)
	})
}

func (c *command) mailAndOperator(ctx context.Context, o *workflows.Office, id string) (engine.Inbound, engine.Actor, error) {
	in, err := findMail(ctx, o, id)
	if err != nil {
		return in, engine.Actor{}, err
	}
	who, err := c.operator(ctx, o)
	return in, who, err
}

// findMail finds the one mail whose id begins so.
func findMail(ctx context.Context, o *workflows.Office, id string) (engine.Inbound, error) {
	all, err := o.Records.Inbox(ctx, 0, engine.InboundStates()...)
	if err != nil {
		return engine.Inbound{}, err
	}
	var found []engine.Inbound
	for _, in := range all {
		if id != "" && strings.HasPrefix(in.ID, czech.Fold(id)) {
			found = append(found, in)
		}
	}
	switch len(found) {
	case 0:
		return engine.Inbound{}, engine.Errorf(engine.NotFound, "no mail has an id that begins with %q; see splneno inbox --all", id)
	case 1:
		return found[0], nil
	}
	return engine.Inbound{}, engine.Errorf(engine.Invalid, "%d mails have an id that begins with %q; give more of it", len(found), id)
}
