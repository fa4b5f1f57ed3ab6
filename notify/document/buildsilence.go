package document

import (
	"splneno/engine"
	"splneno/notify/paper"
)

// silence tells who owes an answer and what is not known for want of one. It is
// a finding, never a status.
func (b *builder) silence() []paper.Block {
	silent := b.silentRows()
	if b.e.Asked == 0 && len(silent) == 0 && len(b.e.Unheard) == 0 {
		return nil
	}
	out := []paper.Block{b.heading("mlceni", "heading silence", nil, 1)}
	switch {
	case len(b.e.Unheard) > 0:
		out = append(append(out, b.tell("unheard", len(b.e.Unheard))), b.capped(b.unheard())...)
	case b.e.Asked > 0 && b.e.Answered == b.e.Asked:
		out = append(out, b.tell("heard", nil))
	case b.e.Asked > 0:
		out = append(out, b.tell("asked", b.e))
	}
	if len(silent) == 0 {
		return out
	}
	table := paper.Table{ID: "tabulka-mlceni", Caption: b.say("caption silence", nil), RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column activity", b.e), Width: 45}, {Title: b.say("column responsible", nil), Width: 30}, {Title: b.say("column letters", nil), Width: 25}}}
	for _, r := range silent {
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{cell(b.toRow(r)...), said(b.responsible(r)), said(b.letters(r.AskedOn))}})
	}
	return append(append(out, b.free("silence/meaning", b.say("silence", len(silent)))...), b.capped(table)...)
}

func (b *builder) silentRows() []engine.ActivityResult {
	var out []engine.ActivityResult
	for _, r := range b.rows {
		if r.NoAnswer {
			out = append(out, r)
		}
	}
	return out
}

// unheard lists the bodies that owe an answer.
func (b *builder) unheard() paper.Table {
	t := paper.Table{ID: "tabulka-dluzi", Caption: b.say("caption unheard", nil), RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column body", nil), Width: 40}, {Title: b.say("column letters", nil), Width: 30}, {Title: b.say("column activities", nil), Width: 30}}}
	for _, u := range b.e.Unheard {
		var spans []paper.Span
		for i, id := range u.Activities {
			if i > 0 {
				spans = append(spans, paper.Span{Text: ", "})
			}
			spans = append(spans, paper.Span{Text: id, Link: b.linkTo(id)})
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{said(u.Organisation), said(b.letters(u.Written)), cell(spans...)}})
	}
	return t
}

// letters writes the days letters left.
func (b *builder) letters(days []engine.Date) string {
	if len(days) == 0 {
		return b.say("no letters", nil)
	}
	return dates(days)
}

func (b *builder) responsible(r engine.ActivityResult) string {
	if r.Responsible == "" {
		return b.say("not given", nil)
	}
	return r.Responsible
}
