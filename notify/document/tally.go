package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/chart"
	"splneno/notify/paper"
)

// A tally is one line of a table of totals, and one bar of a chart: an area, a
// year, a town.
type tally struct {
	Label  string
	Link   string // place the label leads to, "" for none
	Totals engine.Totals
	Sum    bool // of the others
}

// bars is how many bars a chart has at most; a table has all.
const bars = 40

// columnsOf gives the counts that have a column: the yearly results always, the
// others where any line counts something there.
func columnsOf(lines []tally) []string {
	var out []string
	for i, s := range (engine.Totals{}).Shares() {
		shown := s.Name == "fulfilled" || s.Name == "partial" || s.Name == "unfulfilled"
		for _, l := range lines {
			shown = shown || l.Totals.Shares()[i].Count > 0
		}
		if shown {
			out = append(out, s.Name)
		}
	}
	return out
}

// tallies gives the table of lines of totals. The shares of a line add up.
func (s *speaker) tallies(id, caption, first string, lines []tally) paper.Table {
	names := columnsOf(lines)
	var titles []string
	for _, name := range names {
		titles = append(titles, looks[name].sign+" "+s.word(name))
	}
	t := paper.Table{ID: id, Caption: caption, RowHeads: true, Columns: countColumns(first, append(titles, s.say("column total", nil)))}
	for _, l := range lines {
		row := paper.Row{Total: l.Sum, Cells: []paper.Cell{cell(paper.Span{Text: l.Label, Link: l.Link})}}
		shares := map[string]engine.Share{}
		for _, share := range l.Totals.Shares() {
			shares[share.Name] = share
		}
		for _, name := range names {
			row.Cells = append(row.Cells, shared(shares[name]))
		}
		row.Cells = append(row.Cells, said(strconv.Itoa(l.Totals.All)))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// tableUnits is how wide a table of totals is, in characters, and leastLabel how
// much of that its first column keeps.
const (
	tableUnits = 104
	leastLabel = 16
)

// countColumns gives the columns of a table of totals: what is counted, then the
// counts. A count is as wide as the longest word over it; the first has the rest.
func countColumns(first string, counts []string) []paper.Column {
	columns, left := []paper.Column{{Title: first}}, tableUnits
	for _, title := range counts {
		width := 6 // of a share
		for word := range strings.SplitSeq(title, " ") {
			width = max(width, utf8.RuneCountInString(word))
		}
		left -= width + 1
		columns = append(columns, paper.Column{Title: title, Width: width + 1, Figures: true})
	}
	columns[0].Width = max(left, leastLabel)
	return columns
}

// shared is a count with its share below it; nothing has no share worth saying.
func shared(s engine.Share) paper.Cell {
	out := said(strconv.Itoa(s.Count))
	if s.Count > 0 {
		out = append(out, styled(paper.Note, czech.FormatShare(s.PerMill)))
	}
	return out
}

// stacked gives the chart of lines of totals; its description says every figure.
func (s *speaker) stacked(id, title string, lines []tally) *chart.Stack {
	c := &chart.Stack{ID: id, Title: title, Kinds: s.kinds()}
	var desc []string
	for _, l := range lines {
		if l.Sum || l.Totals.All == 0 || len(c.Bars) == bars {
			continue
		}
		bar := chart.Bar{Label: l.Label}
		for _, share := range l.Totals.Shares() {
			bar.Counts = append(bar.Counts, share.Count)
		}
		c.Bars = append(c.Bars, bar)
		desc = append(desc, s.say("chart bar", map[string]any{"Label": l.Label, "Counts": s.counts(l.Totals)}))
	}
	c.Desc = strings.Join(desc, ". ")
	return c
}

// A counted is one count of some totals within a sentence.
type counted struct {
	engine.Share
	Own, Word string
}

// counts gives the counts that are not nothing.
func (s *speaker) counts(t engine.Totals) []counted {
	var out []counted
	for _, share := range t.Shares() {
		if share.Count > 0 {
			out = append(out, counted{share, s.own[share.Name], s.word(share.Name)})
		}
	}
	return out
}

// cell is a cell with one paragraph.
func cell(spans ...paper.Span) paper.Cell { return paper.Cell{paper.Para{Spans: spans}} }

// said is a cell with a plain text, or nothing.
func said(text string) paper.Cell {
	if text == "" {
		return nil
	}
	return paper.Cell{paper.Plain(text)}
}
