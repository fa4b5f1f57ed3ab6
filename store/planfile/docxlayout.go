package planfile

import (
	"html"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// A wordUnit is what the readers of a document go by: a paragraph or a row of a
// table. Its number stands for its place until the draft is done.
type wordUnit struct {
	no   int // from 1
	at   string
	head bool
	fill string
	text string   // of a paragraph, or the different cells of a row
	row  *gridRow // nil for a paragraph
}

// units numbers the paragraphs and the rows of the document, the rows too.
func (d wordDoc) units() []wordUnit {
	var out []wordUnit
	for _, b := range d.blocks {
		if b.table == nil {
			out = append(out, wordUnit{no: len(out) + 1, at: b.at, head: b.head, fill: b.fill, text: czech.Squeeze(b.text)})
			continue
		}
		for i := range b.table.rows {
			row := &b.table.rows[i]
			row.line = len(out) + 1
			out = append(out, wordUnit{no: row.line, at: b.at + ", row " + strconv.Itoa(i+1), fill: row.fill, text: rowText(*row), row: row})
		}
	}
	return out
}

func rowText(row gridRow) string {
	var texts []string
	for _, c := range distinct(row.cells) {
		texts = append(texts, c.text)
	}
	return czech.Squeeze(strings.Join(texts, " "))
}

// draft chooses the reader by what only one layout has: a legend of colours, a
// table with a heading row of a plan, or rows of "label, value" under measures.
func (d wordDoc) draft(name string, known []engine.Organisation) (engine.PlanDraft, error) {
	units := d.units()
	text := linesOf(units)
	legend := d.readLegend(units)
	plan, status := d.planTables()
	var draft engine.PlanDraft
	switch f := formatOf(text); {
	case len(legend) > 1:
		draft = readColouredRows(d, units, legend, known)
	case plan && (status || f != formatActionPlan):
		draft = readWordTables(d, units, known)
	case f == formatActionPlan:
		draft = readActionPlan(splitLines(text), known)
	case f == formatColourList: // whose colours the file lost, or explains nowhere
		draft = readColourList(splitLines(text), known)
	case f == formatRegion:
		draft = readRegion(splitLines(text), known)
	case f == formatMinutes:
		draft = readMinutes(splitLines(text), known)
	default:
		return draft, d.refuse(name, len(units))
	}
	d.placed(&draft, units)
	return draft, nil
}

// planTables says whether a table of the document has a heading row of a plan,
// and whether one has a column for the status.
func (d wordDoc) planTables() (plan, status bool) {
	for _, b := range d.blocks {
		if b.table == nil {
			continue
		}
		if c, _, ok := headingRow(*b.table); ok {
			plan = true
			status = status || c.at(czech.ColumnStatus) >= 0
		}
	}
	return plan, status
}

// headingRow finds the heading of a table among its first rows.
func headingRow(g grid) (c columns, at int, ok bool) {
	const deepest = 4
	for i := 0; i < len(g.rows) && i < deepest; i++ {
		if c, ok := proposeColumns(rowTexts(g.rows[i])); ok {
			return c, i, true
		}
	}
	return columns{}, 0, false
}

// rowTexts gives the texts of a heading row; a merged one speaks once.
func rowTexts(row gridRow) []string {
	texts := make([]string, len(row.cells))
	for i, c := range row.cells {
		if i == 0 || c.at != row.cells[i-1].at {
			texts[i] = c.text
		}
	}
	return texts
}

func (d wordDoc) refuse(name string, units int) error {
	tables := 0
	for _, b := range d.blocks {
		if b.table != nil {
			tables++
		}
	}
	if units == 0 {
		return engine.Errorf(engine.Invalid, "%s is a Word document without any text; if its pages are pictures, type the plan into a table", name)
	}
	return engine.Errorf(engine.Invalid,
		"%s holds %d paragraphs and rows and %d tables, but no table of a plan is recognised; give its columns headings such as those of an action plan or an evaluation", name, units, tables)
}

// linesOf writes the document as the reader of plain texts wants it, one line
// per unit: a tab between label and value, paragraphs of a cell marked.
func linesOf(units []wordUnit) string {
	var b strings.Builder
	for _, u := range units {
		if u.row == nil {
			b.WriteString(html.EscapeString(u.text))
		} else {
			b.WriteString(lineOf(*u.row))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// lineOf writes one row. The lines of a cell of parties are kept apart, which
// plain text cannot.
func lineOf(row gridRow) string {
	cells := distinct(row.cells)
	if len(cells) == 0 {
		return ""
	}
	label := czech.Squeeze(cells[0].text)
	if len(cells) == 1 {
		return html.EscapeString(label)
	}
	var values []string
	for _, c := range cells[1:] {
		if c.text != "" {
			values = append(values, c.text)
		}
	}
	value := strings.Join(values, "\n")
	if f, ok := czech.ReadField(label); ok && f == czech.Implementers {
		return html.EscapeString(label) + "\t" + html.EscapeString(partedLines(value))
	}
	value = "<p>" + strings.ReplaceAll(html.EscapeString(value), "\n", "</p><p>") + "</p>"
	return html.EscapeString(label) + "\t" + value
}

// partedLines makes lines of a cell apart from one another as [partyLines] does,
// and also where a body in lower case begins one, such as a role.
func partedLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines[:len(lines)-1] {
		goesOn := strings.HasSuffix(l, ",") || strings.HasSuffix(l, " a") || strings.HasSuffix(l, "-") || depth(l) > 0
		if !goesOn && l != "" && czech.IsParty(lines[i+1], nil) {
			lines[i] = strings.TrimSuffix(l, ";") + ";"
		}
	}
	return partyLines(strings.Join(lines, "\n"))
}

var lineNumber = pattern.New(`\bline (\d+)\b`)

// placed puts places for the numbers of units, and adds the document's own warnings.
func (d wordDoc) placed(draft *engine.PlanDraft, units []wordUnit) {
	named := func(s string) string {
		return lineNumber.ReplaceAllStringFunc(s, func(m string) string {
			n, err := strconv.Atoi(strings.TrimPrefix(m, "line "))
			if err != nil || n < 1 || n > len(units) {
				return m
			}
			return units[n-1].at
		})
	}
	for i, w := range draft.Warnings {
		draft.Warnings[i].Reason = named(w.Reason)
		if w.Line > 0 && w.Line <= len(units) {
			draft.Warnings[i].Reason = units[w.Line-1].at + ": " + draft.Warnings[i].Reason
		}
	}
	for _, a := range draft.Activities {
		for field, at := range a.Sources {
			a.Sources[field] = named(at)
		}
	}
	for _, w := range d.warnings {
		reason := w.reason
		if w.at != "" {
			reason = w.at + ": " + reason
		}
		draft.Warnings = append(draft.Warnings, engine.Warning{Text: shorten(w.text), Reason: reason})
	}
}

func shorten(text string) string {
	if runes := []rune(text); len(runes) > longestExcerpt {
		return string(runes[:longestExcerpt]) + "…"
	}
	return text
}
