package main

import (
	"context"
	"fmt"
	"maps"

	"splneno/engine"
	"splneno/store/planfile"
	"splneno/workflows"
)

// read understands the file; the columns of a sheet as they were given, else as
// they were taken the last time for the same heading, else as proposed. It says
// how, so that they can be given back corrected.
func (i importCommand) read(w *world, data []byte, known []engine.Organisation, remembered map[string]string) (engine.PlanDraft, []planfile.SheetReading, error) {
	mappings := planfile.Mappings{}
	for heading, columns := range remembered {
		m, err := planfile.ParseMapping(columns)
		if err != nil {
			return engine.PlanDraft{}, nil, err
		}
		mappings[heading] = m
	}
	if i.Columns != "" {
		m, err := planfile.ParseMapping(i.Columns)
		if err != nil {
			return engine.PlanDraft{}, nil, err
		}
		mappings[""] = m
	}
	done := w.busy("reading")
	d, used, err := planfile.ReadSheets(i.File, data, known, mappings)
	done()
	if err != nil {
		return d, nil, err
	}
	if i.Columns != "" && len(used) == 0 {
		return d, nil, engine.Errorf(usage, "--columns is for a sheet or a CSV whose columns can be chosen; leave it out")
	}
	for _, s := range used {
		if !i.JSON {
			fmt.Fprintf(w.out, "%scolumns: --columns '%s'\n", label(s.Sheet), s.Columns)
		}
	}
	return d, used, nil
}

// label begins a line about a sheet; a CSV has none.
func label(sheet string) string {
	if sheet == "" {
		return ""
	}
	return "sheet " + sheet + ", "
}

// remember keeps what the columns were taken for, for the next file with the
// same heading. Without a municipality there is nobody to remember it for.
func remember(ctx context.Context, o *workflows.Office, used []planfile.SheetReading, who engine.Actor) error {
	m, err := o.Records.Municipality(ctx)
	if engine.CodeOf(err) == engine.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	columns := maps.Clone(m.Columns)
	if columns == nil {
		columns = map[string]string{}
	}
	for _, s := range used {
		columns[s.Fingerprint] = s.Columns.String()
	}
	if maps.Equal(columns, m.Columns) || len(columns) == 0 {
		return nil
	}
	_, err = o.SetUp(ctx, who, func(m *engine.Municipality) { m.Columns = columns })
	return err
}
