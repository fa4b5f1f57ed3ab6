package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// rollUpMap maps areas.
type rollUpMap struct {
	File  string   `arg:"" optional:"" type:"existingfile" help:"CSV with the columns town, area, to; without a town, area is a title and means every town."`
	Area  []string `placeholder:"TOWN/CODE" help:"An area of a town, as rollup gaps names it; repeat for each."`
	Title []string `help:"Instead: every area of this title, in whatever town; repeat for each."`
	To    string   `help:"Code of the region's area; 'none' for: it belongs to none."`
}

// Help gives the example of --help.
func (rollUpMap) Help() string {
	return `Areas with equal titles are put together by themselves. What is said here comes
before that, and what is said of one town before what is said of a title.

Example: splneno rollup map --area mesto-klatovy/1 --to 3`
}

// Run changes what was given, and prints all mappings.
func (m rollUpMap) Run(ctx context.Context, c *command, w *world) error {
	list, err := m.mappings()
	if err != nil {
		return err
	}
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		region, err := o.Records.Region(ctx)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			if err := knownTowns(ctx, o, list); err != nil {
				return err
			}
			if err := o.MapAreas(ctx, region.Version, list, who); err != nil {
				return err
			}
			region = region.Map(list, czech.Fold)
		}
		if len(region.Areas) == 0 {
			fmt.Fprintln(w.out, "No area is mapped yet; areas with equal titles are put together by themselves.")
		}
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		for _, a := range region.Areas {
			fmt.Fprintf(t, "%s\t→ %s\n", areaSays(a), orNone(a.To))
		}
		return t.Flush()
	})
}

// mappings gives what was asked for, on the command line and in the file.
func (m rollUpMap) mappings() ([]engine.AreaMapping, error) {
	var list []engine.AreaMapping
	if len(m.Area)+len(m.Title) > 0 != (m.To != "") {
		return nil, engine.Errorf(usage, "say both which areas (--area or --title) and where they belong (--to)")
	}
	for _, a := range m.Area {
		town, code, ok := strings.Cut(a, "/")
		if !ok || town == "" {
			return nil, engine.Errorf(usage, "%q is no area of a town; write it as TOWN/CODE", a)
		}
		list = append(list, engine.AreaMapping{Town: town, Area: code, To: noneAsEmpty(m.To)})
	}
	for _, title := range m.Title {
		list = append(list, engine.AreaMapping{Title: title, To: noneAsEmpty(m.To)})
	}
	if m.File == "" {
		return list, nil
	}
	b, err := os.ReadFile(m.File)
	if err != nil {
		return nil, err
	}
	read, err := readMapping(strings.NewReader(string(b)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.File, err)
	}
	return append(list, read...), nil
}

// readMapping reads a table with the columns town, area, to, with commas or with
// semicolons.
func readMapping(r io.Reader) ([]engine.AreaMapping, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(string(b), "\ufeff")
	rows := csv.NewReader(strings.NewReader(text))
	rows.FieldsPerRecord = -1
	if first, _, _ := strings.Cut(text, "\n"); strings.Count(first, ";") > strings.Count(first, ",") {
		rows.Comma = ';'
	}
	head, err := rows.Read()
	town, area, to := slices.Index(head, "town"), slices.Index(head, "area"), slices.Index(head, "to")
	if err != nil || town < 0 || area < 0 || to < 0 {
		return nil, engine.Errorf(engine.Invalid, "the first row must name the columns town, area and to")
	}
	var list []engine.AreaMapping
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, engine.Errorf(engine.Invalid, "the table cannot be read: %w", err)
		}
		line, _ := rows.FieldPos(0)
		if len(row) <= max(town, area, to) || row[to] == "" {
			return nil, engine.Errorf(engine.Invalid, "row %d does not say where the area belongs; write 'none' for nowhere", line)
		}
		m := engine.AreaMapping{Town: row[town], Area: row[area], To: noneAsEmpty(row[to])}
		if m.Town == "" {
			m.Title, m.Area = m.Area, ""
		}
		list = append(list, m)
	}
}

// knownTowns refuses a mapping of a town nothing was taken in from: it would be
// a slip that stays unseen.
func knownTowns(ctx context.Context, o *workflows.Office, list []engine.AreaMapping) error {
	heads, err := o.Records.BundleHeads(ctx)
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.Town != "" && !slices.ContainsFunc(heads, func(b engine.Bundle) bool { return b.Town == m.Town }) {
			return engine.Errorf(engine.NotFound, "no town %q delivered anything; bundle list says how towns are named here", m.Town)
		}
	}
	return nil
}

func noneAsEmpty(s string) string {
	if s == "none" {
		return ""
	}
	return s
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func areaSays(a engine.AreaMapping) string {
	if a.Town == "" {
		return "every area “" + a.Title + "”"
	}
	return a.Town + "/" + a.Area
}

// apply puts what was given into the region.
func (r rollUpRegion) apply(region *engine.Region) error {
	if r.Name != "" {
		region.Name = r.Name
	}
	if r.Plan != "" {
		region.Plan = noneAsEmpty(r.Plan)
	}
	if len(r.District) > 0 {
		region.Districts = r.District
	}
	if len(r.Word) > 0 {
		region.Results = nil
	}
	for _, word := range r.Word {
		name, of, ok := strings.Cut(word, "=")
		if !ok {
			return engine.Errorf(usage, "%q is no word for results; write it as WORD=fulfilled,another_form", word)
		}
		region.Results = append(region.Results, engine.RegionalResult{Name: strings.TrimSpace(name), Of: strings.Split(of, ",")})
	}
	return nil
}

func printRegion(w *world, r engine.Region) error {
	fmt.Fprintf(w.out, "name:      %s\nplan:      %s\ndistricts: %s\nmappings:  %d\n", cmp.Or(r.Name, "that of the municipality"), cmp.Or(r.Plan, "none; it reads by the towns' areas"), cmp.Or(strings.Join(r.Districts, ", "), "those it hears from"), len(r.Areas))
	for _, word := range r.Results {
		fmt.Fprintf(w.out, "word:      %s = %s\n", word.Name, strings.Join(word.Of, ", "))
	}
	return nil
}
