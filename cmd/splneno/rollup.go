package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"text/tabwriter"

	"splneno/engine"
	"splneno/workflows"
)

// rollUpCommand reads the evaluations of many towns as their region does.
type rollUpCommand struct {
	Make   rollUpMake   `cmd:"" default:"withargs" help:"Write the documents of the roll-up. The default."`
	Map    rollUpMap    `cmd:"" help:"Say which area of the region an area of a town belongs to."`
	Gaps   rollUpGaps   `cmd:"" help:"List what the roll-up lacks."`
	Region rollUpRegion `cmd:"" help:"Show or change how the region reads its towns: plan, districts, words."`
}

// rollUpMake writes documents.
type rollUpMake struct {
	Season string `help:"Year, or a period of one of the towns; without it the newest."`
	Out    string `default:"." type:"path" help:"Folder the documents are written to."`
}

// Help gives the example of --help.
func (rollUpMake) Help() string {
	return "Example: splneno rollup --season 2023 --out kraj"
}

// Run does it.
func (r rollUpMake) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		period, err := rollUpPeriod(ctx, o, r.Season)
		if err != nil {
			return err
		}
		up, err := o.RollUp(ctx, period)
		if err != nil {
			return err
		}
		if len(up.Towns) == 0 {
			return engine.Errorf(engine.NotFound, "no town delivered anything about %s; see splneno bundle list", period)
		}
		docs, err := in.documents.RollUp(up)
		if err != nil {
			return err
		}
		files, err := writeFiles(ready(docs), r.Out)
		for _, f := range files {
			fmt.Fprintln(w.out, f)
		}
		if err != nil {
			return err
		}
		if n := len(up.Gaps.Areas); n > 0 {
			fmt.Fprintf(w.out, "%s with %s nowhere yet: splneno rollup gaps\n", engine.CountOf(n, "area", "areas"), engine.CountOf(up.Gaps.Units(), "activity", "activities"))
		}
		return nil
	})
}

// rollUpPeriod gives the period asked for, else the newest there is.
func rollUpPeriod(ctx context.Context, o *workflows.Office, period string) (string, error) {
	if period != "" {
		return period, nil
	}
	heads, err := o.Records.BundleHeads(ctx)
	if err != nil {
		return "", err
	}
	if len(heads) == 0 {
		return "", engine.Errorf(engine.NotFound, "no town delivered anything yet; take their files in: splneno bundle import")
	}
	return workflows.RollUpPeriods(heads)[0].ID, nil
}

// rollUpGaps lists gaps.
type rollUpGaps struct {
	Season string `help:"Year, or a period of one of the towns; without it the newest."`
}

// Help gives the example of --help.
func (rollUpGaps) Help() string { return "Example: splneno rollup gaps --season 2023" }

// Run prints a line per gap, or that there is none.
func (r rollUpGaps) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		period, err := rollUpPeriod(ctx, o, r.Season)
		if err != nil {
			return err
		}
		heads, err := o.Records.BundleHeads(ctx)
		if err != nil {
			return err
		}
		up, err := o.RollUpOf(ctx, heads, period)
		if err != nil {
			return err
		}
		return printGaps(w, up)
	})
}

func printGaps(w *world, up engine.RollUp) error {
	var lines bytes.Buffer
	t := tabwriter.NewWriter(&lines, 0, 4, 2, ' ', 0)
	g := up.Gaps
	for _, a := range g.Areas {
		why := "belongs nowhere yet"
		if a.How == engine.PlacedLost {
			why = "is mapped to " + a.To + ", which the region does not have"
		}
		fmt.Fprintf(t, "area\t%s/%s\t%s\t%s\t%s\n", a.Town, a.Code, cmp.Or(a.Title, "cross-cutting measures"), engine.CountOf(a.Totals.All, "activity", "activities"), why)
	}
	for _, a := range g.EmptyAreas {
		fmt.Fprintf(t, "empty area\t%s\t%s\n", a.Code, a.Title)
	}
	for _, a := range g.Absent {
		fmt.Fprintf(t, "absent town\t%s\t%s\tlast heard from about %s\n", a.Town, a.Name, a.Last)
	}
	for _, d := range g.EmptyDistricts {
		fmt.Fprintf(t, "empty district\t%s\n", d)
	}
	for _, x := range g.NoDistrict {
		fmt.Fprintf(t, "no district\t%s\t%s\n", x.Town, x.Name)
	}
	for _, x := range up.Towns {
		if x.Overlaps {
			fmt.Fprintf(t, "other period\t%s\t%s\t%s\n", x.Town, x.Name, x.Period.ID)
		}
	}
	for _, x := range g.PassedOver {
		fmt.Fprintf(t, "passed over\t%s\t%s\t%s\n", x.Town, x.Name, x.Period.ID)
	}
	for _, name := range g.Results {
		fmt.Fprintf(t, "no word\t%s\n", name)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if lines.Len() == 0 {
		fmt.Fprintf(&lines, "Nothing is missing from the roll-up of %s.\n", up.Period.ID)
	}
	_, err := w.out.Write(lines.Bytes())
	return err
}

// rollUpRegion shows or changes how the region reads its towns.
type rollUpRegion struct {
	Name     string   `help:"Its name, where it is not the municipality's."`
	Plan     string   `help:"Its own plan, whose areas the towns' areas are put into; 'none' reads by the towns' areas."`
	District []string `help:"A district it expects to hear from; repeat for each. Replaces the list."`
	Word     []string `placeholder:"WORD=RESULT,…" help:"A word of the region for results, as in 'Hotovo=fulfilled,another_form'; repeat for each, in order. Replaces the list." sep:"none"`
}

// Help gives the example of --help.
func (rollUpRegion) Help() string {
	return "Example: splneno rollup region --plan kraj-2023 --district Klatovy --district Domazlice --word 'Hotovo=fulfilled,another_form' --word 'Nehotovo=unfulfilled'"
}

// Run does it.
func (r rollUpRegion) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		region, err := o.Records.Region(ctx)
		if err != nil {
			return err
		}
		if r.Name+r.Plan != "" || len(r.District)+len(r.Word) > 0 {
			if err := o.ChangeRegion(ctx, region.Version, who, r.apply); err != nil {
				return err
			}
			if region, err = o.Records.Region(ctx); err != nil {
				return err
			}
		}
		return printRegion(w, region)
	})
}
