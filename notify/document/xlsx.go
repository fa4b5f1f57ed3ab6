package document

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
)

// longestCell is what Excel keeps in a cell, in UTF-16 units. Its library cuts
// what is longer without a word.
const longestCell = 32_767

// A book is a workbook that is being written.
type book struct {
	*excelize.File
	words                                                      wordList
	heading, figures, text, day, number, part, share, big, dim int // styles; figures heads a column of numbers
}

// workbook writes a sheet for every table, with what a program reads out of it
// again on a hidden one. The same print gives the same bytes.
func (s *set) workbook() ([]byte, error) {
	b := &book{File: excelize.NewFile(), words: s.words}
	defer b.Close()
	if err := b.fill(s); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return inOrder(out.Bytes())
}

func (b *book) fill(s *set) error {
	e, sheets := s.print.Evaluation, s.sheets(s.print.Evaluation)
	if err := b.makeStyles(); err != nil {
		return err
	}
	if err := b.SetSheetName("Sheet1", b.words["sheet.summary"]); err != nil {
		return err
	}
	for _, s := range sheets {
		if _, err := b.NewSheet(b.words["sheet."+s.key]); err != nil {
			return err
		}
	}
	// A sheet is hidden while the others are empty: the library reads them all for it.
	carried, err := s.carried()
	if err != nil {
		return err
	}
	if err := b.carry(carried); err != nil {
		return err
	}
	if err := b.summarise(s.Maker, e); err != nil {
		return err
	}
	for i, s := range sheets {
		if err := b.add(s, i+1); err != nil {
			return err
		}
	}
	made := e.MadeAt
	if !e.FrozenAt.IsZero() {
		made = e.FrozenAt
	}
	stamp := made.UTC().Format(time.RFC3339)
	return b.SetDocProps(&excelize.DocProperties{Title: clean(fmt.Sprintf(b.words["title"], e.PlanTitle, e.Period.ID)), Creator: clean(e.Municipality),
		Subject: clean(e.PlanTitle), Language: b.words["language"], Created: stamp, Modified: stamp, LastModifiedBy: clean(e.Municipality)})
}

func (b *book) makeStyles() error {
	top, right := &excelize.Alignment{Vertical: "top", WrapText: true}, &excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1}
	over := *right
	over.WrapText = true
	ground := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1D4F86"}}
	bold := func(size float64, colour string) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Bold: true, Size: size, Color: colour}
	}
	dayFormat, numberFormat, partFormat, shareFormat := "d. m. yyyy", "#,##0", "#,##0.0##", "0.0 %"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.heading, excelize.Style{Font: bold(11, "FFFFFF"), Fill: ground, Alignment: top}},
		{&b.figures, excelize.Style{Font: bold(11, "FFFFFF"), Fill: ground, Alignment: &over}},
		{&b.text, excelize.Style{NumFmt: 49, Alignment: top}}, // "@", text
		{&b.day, excelize.Style{CustomNumFmt: &dayFormat, Alignment: right}},
		{&b.number, excelize.Style{CustomNumFmt: &numberFormat, Alignment: right}},
		{&b.part, excelize.Style{CustomNumFmt: &partFormat, Alignment: right}},
		{&b.share, excelize.Style{CustomNumFmt: &shareFormat, Alignment: right}},
		{&b.big, excelize.Style{Font: bold(15, "1D4F86")}},
		{&b.dim, excelize.Style{Font: bold(11, "")}},
	} {
		var err error
		if *s.id, err = b.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// add writes a table with its headings in sight and a filter on each.
func (b *book) add(s sheet, n int) error {
	name := b.words["sheet."+s.key]
	if err := b.layOut(name, 1+len(s.columns)/10, 0); err != nil {
		return err
	}
	again := "'" + name + "'!$1:$1"
	if i := slices.Index(s.columns, "id"); i > 0 { // of many columns: which row it is stands on every page
		letter := string(rune('A' + i))
		again = "'" + name + "'!$" + letter + ":$" + letter + "," + again
	}
	if err := b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: again, Scope: name}); err != nil {
		return err
	}
	w, err := b.NewStreamWriter(name)
	if err != nil {
		return err
	}
	widths := b.widths(s)
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(s.columns))
	for i, c := range s.columns {
		head[i] = excelize.Cell{StyleID: b.headed(s.rows, i), Value: b.words["column."+c]}
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range s.rows {
		cells := make([]any, len(row))
		for j, c := range row {
			cells[j] = b.cell(c)
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), cells, excelize.RowOpts{Height: height(row, widths)}); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(s.columns), len(s.rows)+1)
	if err != nil {
		return err
	}
	stripes := true
	if err := w.AddTable(&excelize.Table{Range: "A1:" + last, Name: fmt.Sprintf("tab%d", n), StyleName: "TableStyleLight1", ShowRowStripes: &stripes}); err != nil {
		return err
	}
	return w.Flush()
}

// headed gives the style of the heading of a column: over numbers and days it
// stands to the right, as they do.
func (b *book) headed(rows [][]any, column int) int {
	for _, row := range rows {
		switch v := row[column].(type) {
		case int, float64, permille:
			return b.figures
		case engine.Date:
			if v != "" {
				return b.figures
			}
		}
	}
	return b.heading
}

// cell gives a text as a text, whatever it begins with, and a number as a number.
func (b *book) cell(c any) any {
	switch v := c.(type) {
	case code:
		return b.cell(string(v))
	case string:
		if v == "" {
			return nil
		}
		return excelize.Cell{StyleID: b.text, Value: b.fitting(v)}
	case int:
		return excelize.Cell{StyleID: b.number, Value: v}
	case float64:
		if v != math.Trunc(v) {
			return excelize.Cell{StyleID: b.part, Value: v}
		}
		return excelize.Cell{StyleID: b.number, Value: v}
	case permille:
		return excelize.Cell{StyleID: b.share, Value: float64(v) / 1000}
	case engine.Date:
		if n, ok := serial(v); ok {
			return excelize.Cell{StyleID: b.day, Value: n}
		}
		return b.cell(string(v))
	}
	return nil
}

// layOut has a sheet print as wide and as tall as so many pages, 0 for as many as
// it needs.
func (b *book) layOut(name string, wide, tall int) error {
	landscape, a4, fit := "landscape", 9, true
	if err := b.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	return b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// serial gives the number that Excel keeps for a day.
func serial(d engine.Date) (int, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil || t.Year() < 1901 {
		return 0, false
	}
	return int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24), true
}

// fitting gives a text that a cell holds; one that is too long ends with a note.
func (b *book) fitting(s string) string {
	s = clean(s)
	if len(s) <= longestCell || len(utf16.Encode([]rune(s))) <= longestCell {
		return s
	}
	note := b.words["cut"]
	room, end := longestCell-len(utf16.Encode([]rune(note))), 0
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return s[:end] + note
}

// clean takes out what no workbook may hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff || r == 0x7f {
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n"))
}

// widths fits every column to its longest line, within what can be read: words
// of people get more room than the rest.
func (b *book) widths(s sheet) []float64 {
	const least = 10
	out := make([]float64, len(s.columns))
	for i, c := range s.columns {
		most := 24
		if slices.Contains([]string{"title", "narrative", "missing", "activities"}, c) {
			most = 55
		}
		for _, row := range s.rows {
			if text, ok := row[i].(string); ok && out[i] < float64(most) {
				for line := range strings.SplitSeq(text, "\n") {
					out[i] = max(out[i], float64(min(most, utf8.RuneCountInString(line)+2)))
				}
			}
		}
		// and room for the arrow of the filter
		out[i] = max(out[i], float64(max(least, min(most, utf8.RuneCountInString(b.words["column."+c])+5))))
	}
	return out
}

// height fits a row to its longest text: not every program does that itself.
func height(row []any, widths []float64) float64 {
	const line, most = 15, 409 // points; no row of Excel is taller
	lines := 1
	for i, c := range row {
		text, ok := c.(string)
		if !ok {
			continue
		}
		n := 0
		for l := range strings.SplitSeq(text, "\n") {
			n += 1 + int(float64(utf8.RuneCountInString(l))*1.1/widths[i])
		}
		lines = max(lines, n)
	}
	return float64(min(most, lines*line))
}
