package planfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
	"splneno/engine/czech"
)

// longestCell is what Excel keeps in a cell, in UTF-16 units. Its library cuts
// what is longer without a word.
const longestCell = 32_767

// WriteXLSX writes all of a draft as a workbook, a sheet for every list;
// [Read] gives the draft back unchanged, and the same draft gives the same bytes.
// Headings stay in sight, texts are texts, numbers are numbers, and no cell
// begins as a formula. A text longer than a cell holds is engine.Invalid.
func WriteXLSX(w io.Writer, d engine.PlanDraft) error {
	f := excelize.NewFile()
	defer f.Close()
	styles, err := newSheetStyles(f)
	if err != nil {
		return err
	}
	for _, t := range ownTables(toFile(d)) {
		if err := writeSheet(f, t, styles); err != nil {
			return err
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("write plan as xlsx: %w", err)
	}
	if i, err := f.GetSheetIndex(czech.FileWord("activities")); err == nil && i >= 0 {
		f.SetActiveSheet(i)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return fmt.Errorf("write plan as xlsx: %w", err)
	}
	return inOrder(w, out.Bytes())
}

// sheetStyles are the formats of cells: a heading, and text that wraps.
type sheetStyles struct{ heading, text int }

func newSheetStyles(f *excelize.File) (s sheetStyles, err error) {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	if s.heading, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top}); err != nil {
		return s, fmt.Errorf("write plan as xlsx: %w", err)
	}
	const asText = 49 // the number format "@"
	s.text, err = f.NewStyle(&excelize.Style{NumFmt: asText, Alignment: top})
	return s, err
}

func writeSheet(f *excelize.File, t ownTable, styles sheetStyles) error {
	name := czech.FileWord(t.key)
	if _, err := f.NewSheet(name); err != nil {
		return fmt.Errorf("write sheet %s: %w", name, err)
	}
	sheet, err := f.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("write sheet %s: %w", name, err)
	}
	rows, err := t.cells(styles)
	if err != nil {
		return err
	}
	for i, width := range columnWidths(rows) {
		if err := sheet.SetColWidth(i+1, i+1, width); err != nil {
			return fmt.Errorf("write sheet %s: %w", name, err)
		}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("write sheet %s: %w", name, err)
	}
	for i, row := range rows {
		if err := sheet.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
			return fmt.Errorf("write sheet %s: %w", name, err)
		}
	}
	return sheet.Flush()
}

// cells gives the sheet of a table: its heading, then a row for every entry.
// The plan's own sheet bears our mark in its first column.
func (t ownTable) cells(styles sheetStyles) ([][]any, error) {
	var heading []any
	marked := t.key == "plan"
	if marked {
		heading = append(heading, excelize.Cell{StyleID: styles.heading, Value: ownMark + itoa(fileVersion)})
	}
	for _, field := range t.fields {
		heading = append(heading, excelize.Cell{StyleID: styles.heading, Value: czech.FileWord(field)})
	}
	rows := [][]any{heading}
	for _, values := range t.rows {
		var row []any
		if marked {
			row = append(row, excelize.Cell{StyleID: styles.text, Value: czech.FileWord(t.key)})
		}
		for i, v := range values {
			c, err := sheetCell(t.fields[i], v, styles)
			if err != nil {
				return nil, err
			}
			row = append(row, c)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// sheetCell gives a number as a number when Excel keeps it exactly, everything
// else as text. An empty cell is nil: nothing is written for it.
func sheetCell(key string, v reflect.Value, styles sheetStyles) (any, error) {
	text := cellText(key, v)
	switch {
	case text == "":
		return nil, nil
	case v.Kind() == reflect.Int && v.Int() < 1e15 && v.Int() > -1e15:
		return excelize.Cell{Value: v.Int()}, nil
	case v.Kind() == reflect.Float64 && shortNumber(v.Float()):
		return excelize.Cell{Value: v.Float()}, nil
	case len(text) > longestCell && len(utf16.Encode([]rune(text))) > longestCell:
		return nil, engine.Errorf(engine.Invalid, "a text under %q is longer than the %d characters a cell of Excel holds; export as yaml or json", czech.FileWord(key), longestCell)
	}
	return excelize.Cell{StyleID: styles.text, Value: text}, nil
}

// shortNumber says whether the 15 digits that Excel keeps are all there are.
func shortNumber(x float64) bool {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	return err == nil && short == x && math.Abs(x) < 1e15 && math.Abs(x) > 1e-9
}

// columnWidths fits every column to its longest line, within what can be read.
func columnWidths(rows [][]any) []float64 {
	const least, most = 10, 60
	widths := make([]float64, len(rows[0]))
	for _, row := range rows {
		for i, value := range row {
			c, ok := value.(excelize.Cell)
			if !ok {
				continue
			}
			longest := 0
			for line := range strings.SplitSeq(fmt.Sprint(c.Value), "\n") {
				longest = max(longest, utf8.RuneCountInString(line))
			}
			widths[i] = max(widths[i], float64(min(most, max(least, longest+2))))
		}
	}
	return widths
}

// inOrder writes a zip again with its parts by name and one time for all: the
// library writes its sheets in the order of a map.
func inOrder(w io.Writer, data []byte) error {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("write plan as xlsx: %w", err)
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, f := range in.File {
		if err := copyPart(out, f); err != nil {
			return fmt.Errorf("write plan as xlsx: %w", err)
		}
	}
	return out.Close()
}

func copyPart(out *zip.Writer, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	// The first day a zip can name: the same plan is the same file whenever it is written.
	part, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = io.Copy(part, r)
	return err
}
