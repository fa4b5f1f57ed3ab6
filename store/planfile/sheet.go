package planfile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// How a plan kept in a sheet is read: a heading row is found near the top of
// every sheet, what its columns hold is proposed by its words or given, and the
// rows below it are read by them (columnread.go).

// Mappings are what the columns of known headings hold, by the fingerprint of
// the heading as [SheetReading] gives it. The key "" is for whatever heading the
// file has: a person said so.
type Mappings map[string]Mapping

// A SheetReading says of one sheet how its columns were understood.
type SheetReading struct {
	Sheet       string
	Fingerprint string
	Columns     Mapping
}

const headingRows = 30 // from the top, among which a heading is looked for

// A headedGrid is a grid whose heading row was found.
type headedGrid struct {
	grid
	at      int // index of the heading row
	columns columns
	reading SheetReading
}

// findHeading gives the first row that is a plan's heading.
func findHeading(g grid, known Mappings) (headedGrid, bool, error) {
	for i, row := range g.rows[:min(len(g.rows), headingRows)] {
		texts := textsOf(row)
		print := fingerprint(texts)
		c, ok := proposeColumns(texts)
		given, isGiven := known[print]
		if forced := known[""]; forced != nil && (ok || fits(forced, texts)) {
			given, isGiven = forced, true
		}
		if !ok && !isGiven {
			continue
		}
		if isGiven {
			var err error
			if c, err = given.columns(); err != nil {
				return headedGrid{}, false, err
			}
		}
		return headedGrid{g, i, c, SheetReading{g.name, print, c.mapping()}}, true, nil
	}
	return headedGrid{}, false, nil
}

// fits says whether every column that a person named has a heading in the row,
// none of them long enough to be a text.
func fits(m Mapping, texts []string) bool {
	for letters := range m {
		i, ok := columnIndex(letters)
		if !ok || i >= len(texts) || texts[i] == "" || len(texts[i]) > 2*longestTitleCell {
			return false
		}
	}
	return true
}

const longestTitleCell = 80

// fingerprint tells headings apart by their words.
func fingerprint(texts []string) string {
	folded := convert(texts, czech.Fold)
	return strings.TrimRight(strings.Join(folded, "|"), "|")
}

func textsOf(row gridRow) []string {
	return convert(row.cells, func(c gridCell) string { return c.text })
}

// readGrids makes a draft of the sheets of a file. Sheets without a heading are
// listed; a file in which none has one is refused.
func (b *builder) readGrids(name string, grids []grid, known Mappings) ([]SheetReading, error) {
	var found []headedGrid
	rows := 0
	for _, g := range grids {
		h, ok, err := findHeading(g, known)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, h)
		} else if len(g.rows) > 0 {
			b.warn(0, g.name, "a sheet without a heading of a plan; not used")
		}
		rows += len(g.rows)
	}
	switch {
	case rows == 0:
		return nil, engine.Errorf(engine.Invalid, "%s is empty; save the table of the plan again", name)
	case len(found) == 0:
		return nil, engine.Errorf(engine.Invalid, "%s holds %d rows but no heading of a plan; say what the columns hold, as in A=code,B=title,C=responsible,D=deadline", name, rows)
	}
	b.sheetCover(name, found)
	var used []SheetReading
	for _, h := range found {
		b.headed(h)
		used = append(used, h.reading)
	}
	if len(b.draft.Activities) == 0 {
		return nil, engine.Errorf(engine.Invalid, "%s has the heading of a plan but no row below it; save the table with its rows", name)
	}
	return used, nil
}

// headed reads one sheet, and says what of it is not used.
func (b *builder) headed(h headedGrid) {
	heading := h.rows[h.at]
	for i, c := range heading.cells {
		text := strings.TrimSpace(c.text)
		if text != "" && h.reading.Columns[columnLetters(i)] == "" && (i == 0 || heading.cells[i-1].at != c.at) {
			b.warn(heading.line, text, "column "+columnLetters(i)+" of sheet "+h.name+" is not used; say what it holds with "+columnLetters(i)+"=…")
		}
	}
	below := h.grid
	below.rows = h.rows[h.at+1:]
	b.colours(below)
	b.readColumns(below, h.columns, place{})
}

// colours says once that rows are told apart by colour, which words do not tell.
func (b *builder) colours(g grid) {
	count := map[string]int{}
	for _, row := range g.rows {
		if row.fill != "" {
			count[row.fill]++
		}
	}
	if len(count) == 0 {
		return
	}
	var list []string
	for fill, n := range count {
		list = append(list, fill+" "+itoa(n)+"×")
	}
	slices.Sort(list)
	b.warn(0, g.name+": "+strings.Join(list, ", "), "rows are coloured; what a colour means is not read")
}

var year = pattern.New(`\b(?:19|20)\d\d\b`)

// sheetCover reads what stands above the first heading: the title, and the
// years in it or in the name of the file.
func (b *builder) sheetCover(name string, found []headedGrid) {
	p := &b.draft.Plan
	p.Kind = engine.MediumTermPlan
	first := found[0]
	var lines []string
	for _, row := range first.rows[:first.at] {
		if c, filled := onlyCell(row); filled > 0 {
			lines = append(lines, czech.Squeeze(c.text))
		}
	}
	base, _, _ := strings.Cut(name, ".")
	p.Title = cmp.Or(append(slices.Clone(lines), first.name, base)...)
	if first.name == "" || len(lines) == 0 && genericSheet.MatchString(czech.Fold(first.name)) {
		p.Title = cmp.Or(append(slices.Clone(lines), base)...)
	}
	text := strings.Join(lines, " ")
	p.Territory = czech.RegionOf(text)
	if body, on, place, ok := czech.ReadApproval(text); ok {
		p.ApprovedBy, p.ApprovedOn, p.ApprovedAt = body, on, place
	}
	years := yearsIn(text, first.name, base)
	if len(years) > 0 {
		p.Start, p.End = engine.Year(years[0]).Start, engine.Year(years[len(years)-1]).End
	}
	if c, ok := czech.ReadActionPlanTitle(p.Title); ok {
		p.Kind, p.Start, p.End = c.Kind, c.Start, c.End
	}
	if statuses(found) {
		b.evaluated(years)
	}
	b.missing()
}

// genericSheet is a sheet nobody gave a name.
var genericSheet = pattern.New(`^(?:list|sheet|harok)\s?\d*$`)

// yearsIn gives the years the first of the texts names that names any.
func yearsIn(texts ...string) []int {
	for _, text := range texts {
		var years []int
		for _, y := range year.FindAllString(text, -1) {
			n, err := strconv.Atoi(y)
			if err == nil && (len(years) == 0 || n >= years[len(years)-1]) {
				years = append(years, n)
			}
		}
		if len(years) > 0 {
			return years
		}
	}
	return nil
}

// statuses says whether a sheet has a column of statuses with a result in it.
func statuses(found []headedGrid) bool {
	for _, h := range found {
		i := h.columns.at(czech.ColumnStatus)
		for _, row := range h.rows[h.at+1:] {
			if i < 0 || i >= len(row.cells) {
				continue
			}
			if state, _, ok := czech.ReadStatus(row.cells[i].text); ok && state.Final() {
				return true
			}
		}
	}
	return false
}

// evaluated makes the plan one that is known through its evaluation, when it is
// said for which years. Else its statuses wait for somebody to say.
func (b *builder) evaluated(years []int) {
	if len(years) == 0 {
		b.warn(0, "", "statuses are printed but not for which year; write the year above the table to take it for an evaluation")
		return
	}
	p := &b.draft.Plan
	p.Kind = engine.EvaluationPlan
	b.draft.Period = engine.Period{Start: p.Start, End: p.End,
		ID: periodID(czech.Cover{Start: p.Start, End: p.End})}
}
