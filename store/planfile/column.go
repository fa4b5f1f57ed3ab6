package planfile

// The columns of a plan's table, for sheets, CSV and the tables of documents.
//
//	c, ok := proposeColumns(heading)        // the texts of a heading row
//	place = b.readColumns(rows, c, place)   // the rows below it, into b.draft
//
// rows is a grid with the rows below the heading only. place is the area and
// the measure in force where the table begins (a heading above it said so); what
// is in force where it ends comes back. b.known are the known organisations; set
// b.draft.Plan.Start and Kind before, when a cover says them.

import (
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// columns says which column of a grid holds what, by index; see [columns.at].
type columns struct {
	index map[czech.Column]int
}

// at gives the index of the column that holds what, -1 for none.
func (c columns) at(what czech.Column) int {
	if i, ok := c.index[what]; ok {
		return i
	}
	return -1
}

// A place is the area and the measure in force, by code.
type place struct{ area, measure string }

// proposeColumns reads a heading row; ok is false when it is no plan's heading:
// that names what is promised (activity or measure) and one thing more.
func proposeColumns(heading []string) (c columns, ok bool) {
	c.index = map[czech.Column]int{}
	for _, exactly := range []bool{true, false} { // a full heading is never pushed out by the beginning of another
		for i, text := range heading {
			what, exact, known := czech.ReadColumn(text)
			if !known || exact != exactly {
				continue
			}
			if _, taken := c.index[what]; !taken {
				c.index[what] = i
			}
		}
	}
	c.settle()
	return c, c.usable()
}

// settle makes of a table of measures one whose rows are the measures: without
// a column for activities what a row promises is its measure.
func (c columns) settle() {
	if i, ok := c.index[czech.ColumnMeasure]; ok && c.at(czech.ColumnTitle) < 0 {
		delete(c.index, czech.ColumnMeasure)
		c.index[czech.ColumnTitle] = i
	}
}

func (c columns) usable() bool { return c.at(czech.ColumnTitle) >= 0 && len(c.index) > 1 }

// A Mapping says what the columns of a table with a certain heading hold: by
// the letter of the column ("A") what it holds ("code").
type Mapping map[string]string

// mapping gives c as a person may write it.
func (c columns) mapping() Mapping {
	m := Mapping{}
	for what, i := range c.index {
		m[columnLetters(i)] = string(what)
	}
	return m
}

// columns gives the mapping as a reader uses it.
func (m Mapping) columns() (columns, error) {
	c := columns{index: map[czech.Column]int{}}
	for letters, what := range m {
		i, ok := columnIndex(letters)
		if !ok {
			return c, engine.Errorf(engine.Invalid, "%q is no column; name it by its letters as in A=code", letters)
		}
		if !slices.Contains(czech.Columns(), czech.Column(what)) {
			return c, engine.Errorf(engine.Invalid, "%q is nothing a column can hold; use %s", what, columnNames())
		}
		if before := c.at(czech.Column(what)); before >= 0 {
			return c, engine.Errorf(engine.Invalid, "%s is given to two columns, %s and %s; give it to one", what, columnLetters(min(i, before)), columnLetters(max(i, before)))
		}
		c.index[czech.Column(what)] = i
	}
	c.settle()
	if !c.usable() {
		return c, engine.Errorf(engine.Invalid, "the columns need a title and one thing more; give them as A=code,B=title,C=responsible")
	}
	return c, nil
}

// ParseMapping reads "A=code,B=title". Two columns for one thing, an unknown
// thing, and a mapping without a title are engine.Invalid.
func ParseMapping(text string) (Mapping, error) {
	m := Mapping{}
	for part := range strings.SplitSeq(text, ",") {
		letters, what, ok := strings.Cut(part, "=")
		letters = strings.ToUpper(strings.TrimSpace(letters))
		if _, twice := m[letters]; !ok || twice {
			return nil, engine.Errorf(engine.Invalid, "%q is no mapping of columns; write it as A=code,B=title, each column once", text)
		}
		m[letters] = strings.TrimSpace(what)
	}
	_, err := m.columns()
	return m, err
}

// String writes the mapping in the order of the columns, as [ParseMapping] reads it.
func (m Mapping) String() string {
	letters := make([]string, 0, len(m))
	for l := range m {
		letters = append(letters, l)
	}
	slices.SortFunc(letters, func(a, b string) int {
		i, _ := columnIndex(a)
		j, _ := columnIndex(b)
		return i - j
	})
	for i, l := range letters {
		letters[i] = l + "=" + m[l]
	}
	return strings.Join(letters, ",")
}

func columnNames() string {
	var names []string
	for _, c := range czech.Columns() {
		names = append(names, string(c))
	}
	return strings.Join(names, ", ")
}

// columnLetters names a column as sheets do: 0 is A, 26 is AA.
func columnLetters(i int) string {
	letters := ""
	for i++; i > 0; i = (i - 1) / 26 {
		letters = string(rune('A'+(i-1)%26)) + letters
	}
	return letters
}

// columnIndex reads the letters of a column; ok is false past the 16,384 of a sheet.
func columnIndex(letters string) (i int, ok bool) {
	for _, r := range letters {
		if r < 'A' || r > 'Z' || i > maxSheetColumns {
			return 0, false
		}
		i = i*26 + int(r-'A') + 1
	}
	return i - 1, i > 0 && i <= maxSheetColumns
}

const maxSheetColumns = 16_384

// at names a cell: "List1!C7".
func cellName(sheet string, row, column int) string {
	return sheet + "!" + columnLetters(column) + strconv.Itoa(row)
}
