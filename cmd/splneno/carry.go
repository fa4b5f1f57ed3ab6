package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"splneno/engine"
	"splneno/workflows"
)

// carryCommand carries activities over to a newer plan.
type carryCommand struct {
	List carryList `cmd:"" help:"List what is to be carried over, and what already goes on as what."`
	Link carryLink `cmd:"" help:"Say which activity of a newer plan continues an older one."`
	Drop carryDrop `cmd:"" help:"Decide that an activity goes no further."`
}

// carryList lists.
type carryList struct{}

// Run prints a line per promise that goes on.
func (carryList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		all, err := o.CarriedOver(ctx)
		if err != nil {
			return err
		}
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		for _, x := range all {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", x.Old.Ref(), x.Old.Title, x.Entry.State, goesOn(x))
		}
		return t.Flush()
	})
}

// goesOn says what continues a promise.
func goesOn(x workflows.Carried) string {
	if len(x.Next) == 0 {
		return "to be carried over; link it when the new plan is here"
	}
	var out []string
	for i, n := range x.Next {
		out = append(out, fmt.Sprintf("%s (%s)", n.Ref(), x.HowsTo[i]))
	}
	return "goes on as " + strings.Join(out, ", ")
}

// carryLink links two activities.
type carryLink struct {
	New string `arg:"" placeholder:"NEWPLAN/ID" help:"The activity of the newer plan."`
	Old string `arg:"" placeholder:"OLDPLAN/ID" help:"The activity of the older plan it continues."`
	How string `enum:"carry,rephrase,split,merge" default:"carry" help:"carry as it is, rephrase, split (one became several) or merge (several became one)."`
}

// Help gives the example of --help.
func (carryLink) Help() string {
	return "Example: splneno carry link klatovsko-2023/1.1 klatovy-2008/1.1/2 --how rephrase"
}

// Run does it.
func (l carryLink) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		if err := o.LinkCarry(ctx, l.New, l.Old, engine.CarryHow(l.How), who); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "%s continues %s.\n", l.New, l.Old)
		return err
	})
}

// carryDrop decides that something goes no further.
type carryDrop struct {
	Entry  string `arg:"" placeholder:"PLAN/PERIOD/ID" help:"The activity in the period it was evaluated for."`
	Reason string `required:"" help:"Why; stays on record."`
}

// Help gives the example of --help.
func (carryDrop) Help() string {
	return "Example: splneno carry drop klatovsko-2023/2023/1.2a --reason 'služba zanikla'"
}

// Run does it.
func (d carryDrop) Run(ctx context.Context, c *command, w *world) error {
	plan, rest, _ := strings.Cut(d.Entry, "/")
	period, id, _ := strings.Cut(rest, "/")
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		if err := o.DropEntry(ctx, engine.EntryKey{Plan: plan, Period: period, Activity: id}, d.Reason, who); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "%s goes no further.\n", d.Entry)
		return err
	})
}
