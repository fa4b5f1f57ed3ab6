package document

import (
	"slices"

	"splneno/engine"
	"splneno/notify/paper"
)

// next prints the next part of the plan beside what became of this one, as towns
// did by the colours of rows. Each row says in words what it is: a promise that
// goes on as it was has both marks, one that goes on in other words has a row of
// its own below.
func (b *builder) next() []paper.Block {
	part := b.e.Next
	if len(part.Rows) == 0 {
		return nil
	}
	t := paper.Table{ID: "tabulka-dalsi", Caption: b.say("caption next", part), RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column activity", b.e), Width: 38}, {Title: b.say("column responsible", nil), Width: 28},
		{Title: b.say("column term", nil), Width: 13}, {Title: b.say("column mark", nil), Width: 21}}}
	heirs := map[string][]int{}
	for i, n := range part.Rows {
		for _, from := range n.From {
			heirs[from] = append(heirs[from], i)
		}
	}
	printed := make([]bool, len(part.Rows))
	for _, r := range b.rows {
		row := []paper.Cell{cell(b.toRow(r)...), said(b.responsible(r)), said(r.Deadline), {marked(r.Result(), b.mark(r))}}
		var below []paper.Row
		for _, i := range heirs[r.ID] {
			switch n := part.Rows[i]; {
			case printed[i]:
				continue
			case len(n.From) == 1 && n.Title == r.Title:
				b.goesOn(row, r, n)
			default:
				below = append(below, b.ahead(n))
			}
			printed[i] = true
		}
		t.Rows = append(append(t.Rows, paper.Row{Cells: row}), below...)
	}
	for i, n := range part.Rows {
		if !printed[i] {
			t.Rows = append(t.Rows, b.ahead(n))
		}
	}
	out := []paper.Block{b.heading("dalsi-plan", "heading next", part, 1)}
	out = append(out, b.free("next/meaning", b.say("next", part))...)
	return append(out, b.tell("legend", nil), b.legend(), t)
}

// goesOn adds to a row what the next part says of the same promise: only what is
// new there, and the mark.
func (b *builder) goesOn(row []paper.Cell, r engine.ActivityResult, n engine.NextRow) {
	for i, said := range [][2]string{{r.ID, n.ID}, {r.Responsible, n.Responsible}, {r.Deadline, n.Deadline}} {
		if before, now := said[0], said[1]; now != "" && now != before {
			row[i] = append(row[i], paper.Plain(signNext+"\u00a0"+now))
		}
	}
	row[3] = append(row[3], b.markNext())
}

// mark says of the plan what a status says of an activity, in the town's own word
// where it has one.
func (b *builder) mark(r engine.ActivityResult) string {
	if own := b.own[r.Result()]; own != "" {
		return own
	}
	return b.say("mark "+r.Result(), nil)
}

// ahead is a row of the next part.
func (b *builder) ahead(n engine.NextRow) paper.Row {
	name := n.Title
	if n.ID != "" {
		name = n.ID + " " + name
	}
	if len(n.From) == 0 {
		name += " " + b.say("new", nil)
	}
	return paper.Row{Cells: []paper.Cell{said(name), said(n.Responsible), said(n.Deadline), {b.markNext()}}}
}

func (b *builder) markNext() paper.Para {
	return paper.Para{Spans: []paper.Span{{Text: signNext + "\u00a0" + b.say("mark next", b.e.Next), Bold: true, Colour: edgeSure}}}
}

// legend explains the marks that occur.
func (b *builder) legend() paper.List {
	var l paper.List
	var seen []string
	for _, s := range b.e.Totals.Shares() {
		for _, r := range b.rows {
			if r.Result() == s.Name && !slices.Contains(seen, s.Name) {
				seen = append(seen, s.Name)
				l.Items = append(l.Items, marked(s.Name, b.mark(r)))
			}
		}
	}
	l.Items = append(l.Items, b.markNext())
	return l
}
