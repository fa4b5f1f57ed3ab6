package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"splneno/engine"
	"splneno/store/planfile"
	"splneno/workflows"
)

// importCommand reads a plan or an evaluation.
type importCommand struct {
	File   string `arg:"" help:"Text or YAML of a plan, an action plan or an evaluation."`
	DryRun bool   `help:"Only show what was understood; write nothing."`
	JSON   bool   `help:"Show it as JSON."`
	Yes    bool   `help:"Do not ask before writing."`
}

// Help gives the example of --help.
func (importCommand) Help() string {
	return "Example: splneno import akcni-plan-2023.txt --dry-run --json"
}

// Run reads, shows, asks, writes.
func (i importCommand) Run(ctx context.Context, c *command, w *world) error {
	data, err := os.ReadFile(i.File)
	if err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be read: %w", i.File, err)
	}
	if i.DryRun && !databaseThere(c.DB) { // reading needs no database, and makes none
		d, err := planfile.Read(i.File, data, nil)
		if err != nil {
			return err
		}
		return i.show(w, d)
	}
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		known, err := o.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		d, err := planfile.Read(i.File, data, known)
		if err != nil {
			return err
		}
		if err := i.show(w, d); err != nil || i.DryRun {
			return err
		}
		return i.confirm(ctx, c, o, w, d)
	})
}

// databaseThere reports whether there is a database to ask for known names.
func databaseThere(dsn string) bool {
	file, isFile := strings.CutPrefix(dsn, "sqlite:")
	if !isFile {
		return strings.HasPrefix(dsn, "postgres")
	}
	_, err := os.Stat(file)
	return err == nil
}

// show prints what was understood.
func (i importCommand) show(w *world, d engine.PlanDraft) error {
	if i.JSON {
		return planfile.WriteJSON(w.out, d)
	}
	parties := 0
	for _, a := range d.Activities {
		parties += len(a.Responsible)
	}
	fmt.Fprintf(w.out, "%s (%s)\n  %d areas, %d measures, %d activities, %d responsible bodies, %d services, %d projects\n",
		d.Plan.Title, d.Plan.Kind, len(d.Plan.Areas), len(d.Plan.Measures), len(d.Activities), parties, len(d.Services), len(d.Projects))
	for _, x := range d.Warnings {
		fmt.Fprintf(w.out, "  line %d: %s: %q\n", x.Line, x.Reason, x.Text)
	}
	return nil
}

// confirm asks, unless told not to, and writes.
func (i importCommand) confirm(ctx context.Context, c *command, o *workflows.Office, w *world, d engine.PlanDraft) error {
	if !i.Yes {
		fmt.Fprint(w.out, "Write it? [y/N] ")
		line, err := bufio.NewReader(w.in).ReadString('\n')
		if answer := strings.ToLower(strings.TrimSpace(line)); err != nil || (answer != "y" && answer != "yes" && answer != "a" && answer != "ano") {
			fmt.Fprintln(w.out, "Nothing was written. Answer y, or call with --yes.")
			return nil
		}
	}
	who, err := c.operator(ctx, o)
	if err != nil {
		return err
	}
	if err := o.Import(ctx, d, who); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "Imported as plan %s.\n", d.Plan.ID)
	return err
}
