package main

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"splneno/engine"
	"splneno/store/planfile"
	"splneno/workflows"
)

// exportCommand writes a plan as a file.
type exportCommand struct {
	Format string `enum:"yaml,json,xlsx,csv" default:"yaml" help:"yaml, json, xlsx or csv."`
	Out    string `required:"" type:"path" placeholder:"FILE" help:"File to write."`
	Plan   string `help:"Plan, where there are several."`
	Excel  bool   `help:"CSV as Czech Excel opens it: semicolons and a byte order mark."`
}

// Help gives the example of --help.
func (exportCommand) Help() string {
	return `What is written, import reads back to the same plan. To edit a plan in Excel take
xlsx: a CSV that Excel opens loses codes such as 1.1, which it takes for days.

Example: splneno export --format xlsx --out plan.xlsx`
}

// Run does it.
func (e exportCommand) Run(ctx context.Context, c *command, w *world) error {
	if e.Excel && e.Format != "csv" {
		return engine.Errorf(usage, "--excel is a way to write CSV; add --format csv")
	}
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		id, err := e.pick(ctx, o)
		if err != nil {
			return err
		}
		d, err := o.Export(ctx, id)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := e.write(&b, d); err != nil {
			return err
		}
		if err := writeFile(e.Out, b.Bytes()); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "%s: %s of %s.\n", e.Out, engine.CountOf(len(d.Activities), "activity", "activities"), d.Plan.ID)
		return err
	})
}

// pick gives the plan named, the only current one, or the only one there is.
func (e exportCommand) pick(ctx context.Context, o *workflows.Office) (string, error) {
	plans, err := o.Records.Plans(ctx)
	if err == nil && e.Plan == "" && len(plans) == 1 {
		return plans[0].ID, nil // an evaluation too, when there is nothing else
	}
	if err != nil {
		return "", err
	}
	plan, err := pickPlan(ctx, o, e.Plan)
	return plan.ID, err
}

func (e exportCommand) write(w io.Writer, d engine.PlanDraft) error {
	switch e.Format {
	case "json":
		return planfile.WriteJSONFile(w, d)
	case "xlsx":
		return planfile.WriteXLSX(w, d)
	case "csv":
		return planfile.WriteCSV(w, d, e.Excel)
	}
	return planfile.WriteYAML(w, d)
}
