package main

import (
	"fmt"

	"splneno/engine"
	"splneno/store/planfile"
)

// read understands the file, a sheet by the columns given, and says how the
// columns were taken, so that they can be given back corrected.
func (i importCommand) read(w *world, data []byte, known []engine.Organisation) (engine.PlanDraft, error) {
	mappings := planfile.Mappings{}
	if i.Columns != "" {
		m, err := planfile.ParseMapping(i.Columns)
		if err != nil {
			return engine.PlanDraft{}, err
		}
		mappings[""] = m
	}
	d, used, err := planfile.ReadSheets(i.File, data, known, mappings)
	if err != nil {
		return d, err
	}
	if i.Columns != "" && len(used) == 0 {
		return d, engine.Errorf(usage, "--columns is for a sheet or a CSV whose columns can be chosen; leave it out")
	}
	for _, s := range used {
		if !i.JSON {
			fmt.Fprintf(w.out, "%scolumns: --columns '%s'\n", label(s.Sheet), s.Columns)
		}
	}
	return d, nil
}

// label begins a line about a sheet; a CSV has none.
func label(sheet string) string {
	if sheet == "" {
		return ""
	}
	return "sheet " + sheet + ", "
}
