package document

import (
	"bytes"
	"errors"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
)

// writeRollSheets writes the roll-up as a workbook: areas, districts, towns,
// every measure, and where each area of a town went.
func writeRollSheets(w io.Writer, r *rollUp) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	b := &rollBook{file: f}
	if b.head, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
		return err
	}
	words := []string{say("all")}
	for _, c := range r.columns {
		words = append(words, r.word(c.Name))
	}
	heads := func(names ...string) []any { return anyOf(append(names, words...)) }
	var areas, districts, towns, measures, places [][]any
	for _, a := range r.Areas {
		areas = append(areas, r.sheetRow(a.Totals, a.Code, areaTitle(a)))
		for _, l := range a.From {
			places = append(places, anyOf([]string{l.TownName, l.Code, l.Title, a.Code, areaTitle(a), say("how." + string(l.How))}))
		}
	}
	for _, d := range r.Districts {
		districts = append(districts, append(r.sheetRow(d.Totals, districtName(d.Name)), d.Asked, d.Answered, d.Silent))
	}
	for _, t := range r.Towns {
		towns = append(towns, append(r.sheetRow(t.Totals, t.Name, t.District, t.PlanTitle, t.Period.ID), t.Number, r.day(t.ApprovedAt), t.Asked, t.Answered, t.Silent))
	}
	for _, m := range r.measures() {
		measures = append(measures, r.sheetRow(m.measure.Totals, m.area.Code, areaTitle(m.area), m.District, m.TownName, m.Code, m.Title, m.measure.Code, m.measure.Title))
	}
	code, area, town, district := say("code"), say("area"), say("town"), say("district")
	answers := []any{say("asked"), say("answered"), say("silent")}
	for _, s := range []rollSheet{
		{"sheet.areas", heads(code, area), areas},
		{"sheet.districts", append(heads(district), answers...), districts},
		{"sheet.towns", append(append(heads(town, district, say("plan"), say("period")), say("number"), say("approved")), answers...), towns},
		{"sheet.measures", heads(code, area, district, town, code, say("town.area"), code, say("measure")), measures},
		{"sheet.map", anyOf([]string{town, code, say("town.area"), code, say("annex.to"), say("annex.how")}), places},
	} {
		if err := b.write(s); err != nil {
			return err
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	f.SetActiveSheet(0)
	var out bytes.Buffer
	if err := errors.Join(r.properties(f), f.Write(&out)); err != nil {
		return err
	}
	data, err := inOrder(out.Bytes())
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// properties names the workbook; its time is that of the newest approval in it,
// so that the same roll-up is the same file.
func (r *rollUp) properties(f *excelize.File) error {
	stamp := r.newest().UTC().Format(time.RFC3339)
	return f.SetDocProps(&excelize.DocProperties{Title: harmless(say("title") + ", " + r.subtitle()), Creator: harmless(r.Region), LastModifiedBy: harmless(r.Region),
		Language: "cs-CZ", Created: stamp, Modified: stamp})
}

func areaTitle(a engine.RegionalArea) string {
	if a.Unplaced {
		return say("unplaced")
	}
	return a.Title
}

// sheetRow is one row: names, the sum, then a number for every word.
func (r *rollUp) sheetRow(t engine.Totals, names ...string) []any {
	row := append(anyOf(names), t.All)
	for _, s := range r.shares(t) {
		row = append(row, s.Count)
	}
	return row
}

// anyOf gives texts as cells, none of which is taken for a formula.
func anyOf(texts []string) []any {
	out := make([]any, len(texts))
	for i, s := range texts {
		out[i] = harmless(s)
	}
	return out
}

// A rollBook is a workbook being written, a rollSheet one of its sheets.
type rollBook struct {
	file *excelize.File
	head int // style of the headings
}

type rollSheet struct {
	name string
	head []any
	rows [][]any
}

// write adds a sheet with its headings held in place, so that a long one is
// still read with them.
func (b *rollBook) write(s rollSheet) error {
	name := say(s.name)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i := range s.head {
		s.head[i] = excelize.Cell{StyleID: b.head, Value: s.head[i]}
	}
	if err := errors.Join(w.SetColWidth(1, len(s.head), 18), w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}), w.SetRow("A1", s.head)); err != nil {
		return err
	}
	for i, row := range s.rows {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err == nil {
			err = w.SetRow(at, row)
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}
