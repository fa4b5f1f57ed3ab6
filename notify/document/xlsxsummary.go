package document

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/chart"
)

// piece gives the colour of a piece of the chart; what nobody answered is pale, as
// it is hollow on paper.
func piece(name string) string {
	if looks[name].hatch == chart.Hollow {
		return "BFBFBF"
	}
	return strings.TrimPrefix(looks[name].colour, "#")
}

// A summary is the first sheet, row by row.
type summary struct {
	rows [][]any
	at   map[string]int // number of the row a table begins on
}

// summary gives what the first sheet says.
func (m *Maker) summary(e engine.Evaluation) summary {
	w := m.words
	s := summary{at: map[string]int{}}
	say := func(cells ...any) { s.rows = append(s.rows, cells) }
	say(fmt.Sprintf(w["title"], e.PlanTitle, e.Period.ID))
	say(e.Municipality)
	if e.State == engine.EvaluationApproved {
		say(fmt.Sprintf(w["approved"], e.Number, czech.FormatDate(m.dayOf(e.FrozenAt)), e.FrozenBy))
		say(w["hash"], e.Hash)
	} else {
		say(fmt.Sprintf(w["draft"], e.Number))
	}
	if e.Publicized {
		say(w["public"])
	}
	if e.Demo {
		say(w["demo"])
	}
	say(w["asked"], e.Asked)
	say(w["answered"], e.Answered)
	say(w["silent"], e.Silent)
	var areas, years []totalled
	for _, a := range e.Areas {
		areas = append(areas, totalled{w.area(a), a.Totals})
	}
	areas = append(areas, totalled{w["all"], e.Totals})
	s.table("counts", w, e, w["area"], areas, false)
	s.table("shares", w, e, w["area"], areas, true)
	for _, y := range e.Years {
		years = append(years, totalled{y.Period, y.Totals})
	}
	if len(years) > 1 {
		s.table("years", w, e, w["period"], years, false)
	}
	return s
}

// A totalled thing has totals.
type totalled struct {
	name   string
	totals engine.Totals
}

// table adds a table of counts or of shares below what is there.
func (s *summary) table(key string, w wordList, e engine.Evaluation, of string, list []totalled, shares bool) {
	s.rows = append(s.rows, nil, []any{w[key]})
	s.at[key] = len(s.rows) + 1
	head := []any{of, w["all"]}
	for _, x := range (engine.Totals{}).Shares() {
		head = append(head, w.result(e, x.Name))
	}
	s.rows = append(s.rows, head)
	for _, t := range list {
		row := []any{t.name, t.totals.All}
		for _, x := range t.totals.Shares() {
			if shares {
				row = append(row, permille(x.PerMill))
			} else {
				row = append(row, x.Count)
			}
		}
		s.rows = append(s.rows, row)
	}
}

// summarise writes the first sheet with its chart.
func (b *book) summarise(m *Maker, e engine.Evaluation) error {
	name := b.words["sheet.summary"]
	s := m.summary(e)
	const first, others = 46, 17
	if err := b.SetColWidth(name, "A", "A", first); err != nil {
		return err
	}
	if err := b.SetColWidth(name, "B", "J", others); err != nil {
		return err
	}
	tall := 0
	if len(s.rows) < 50 { // legible on one page, and the chart is in one piece
		tall = 1
	}
	if err := b.layOut(name, 1, tall); err != nil {
		return err
	}
	heads := map[int]bool{}
	for _, row := range s.at {
		heads[row] = true
		if err := b.SetRowHeight(name, row, 32); err != nil { // own words may need two lines
			return err
		}
	}
	for i, row := range s.rows {
		if len(row) > 2 && !heads[i+1] {
			if err := b.SetRowHeight(name, i+1, height(row[:1], []float64{first})); err != nil {
				return err
			}
		}
		for j, c := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			value, style := b.plain(c)
			switch {
			case heads[i+1] && j > 0:
				style = b.figures
			case heads[i+1]:
				style = b.heading
			case heads[i+2]:
				style = b.dim
			case i == 0:
				style = b.big
			case j == 1 && i == 3:
				style = 0
			case len(row) == 1:
				style = 0
			}
			if text, is := value.(string); is {
				err = b.SetCellStr(name, at, text)
			} else {
				err = b.SetCellValue(name, at, value)
			}
			if err != nil {
				return err
			}
			if err := b.SetCellStyle(name, at, at, style); err != nil {
				return err
			}
		}
	}
	if len(e.Areas) == 0 {
		return nil
	}
	return b.draw(e, name, s.at["counts"], len(s.rows)+2)
}

// plain gives the value of a cell and its style apart.
func (b *book) plain(c any) (any, int) {
	if cell, ok := b.cell(c).(excelize.Cell); ok {
		return cell.Value, cell.StyleID
	}
	return nil, 0
}

// draw puts the chart of the areas below the tables. Its values are those of the
// table of counts that begins at row head.
func (b *book) draw(e engine.Evaluation, name string, head, at int) error {
	gap := uint(60)
	var series []excelize.ChartSeries
	last := head + len(e.Areas)
	for i, s := range e.Totals.Shares() {
		if s.Count == 0 {
			continue
		}
		column := string(rune('C' + i))
		span := func(col string, from, to int) string {
			return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", name, col, from, col, to)
		}
		series = append(series, excelize.ChartSeries{Name: "'" + name + "'!$" + column + "$" + strconv.Itoa(head), Categories: span("A", head+1, last),
			Values: span(column, head+1, last), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{piece(s.Name)}}})
	}
	if len(series) == 0 {
		return nil
	}
	dark := excelize.Font{Family: "Calibri", Size: 10, Color: "262626"}
	title := excelize.Font{Family: "Calibri", Size: 13, Bold: true, Color: "262626"}
	return b.AddChart(name, "A"+strconv.Itoa(at), &excelize.Chart{Type: excelize.BarPercentStacked, Series: series, GapWidth: &gap,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: b.words["chart"], Font: &title}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &dark},
		Format:    excelize.GraphicOptions{AltText: b.words["chart.alt"], Name: b.words["chart"]},
		Dimension: excelize.ChartDimension{Width: 1000, Height: uint(160 + 45*min(len(e.Areas), 40))},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: dark},
		YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: dark, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0 %"}}})
}
