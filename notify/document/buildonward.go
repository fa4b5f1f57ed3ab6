package document

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

// unmet lists what was not kept, with what is missing and why.
func (b *builder) unmet() []paper.Block {
	rows := b.unmetRows()
	out := []paper.Block{b.heading("nesplneno", "heading unmet", nil, 1)}
	switch t := b.e.Totals; {
	case len(b.rows) == 0:
		return nil
	case len(rows) == 0:
		return append(out, b.tell("unmet none", t.Unknown+t.NoAnswer))
	}
	t := paper.Table{ID: "tabulka-nesplneno", Caption: b.say("caption unmet", nil), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column activity", b.e), Width: 32}, {Title: b.say("column result", nil), Width: 15},
		{Title: b.say("column why", nil), Width: 37}, {Title: b.say("column next", nil), Width: 16}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{cell(b.toRow(r)...), {marked(r.Result(), b.status(r))}, b.why(r), said(b.nextStep(r))}})
	}
	return append(append(out, b.free("unmet/count", b.say("unmet", len(rows)))...), b.capped(t)...)
}

func (b *builder) unmetRows() []engine.ActivityResult {
	var out []engine.ActivityResult
	for _, r := range b.rows {
		if !r.NoAnswer && (r.Status == engine.Partial || r.Status == engine.Unfulfilled) {
			out = append(out, r)
		}
	}
	return out
}

// why is what is missing, or else what was said of it.
func (b *builder) why(r engine.ActivityResult) paper.Cell {
	text := unlead(unkeyed(b.missing(r)), b.lead("missing"))
	if len(text) == 0 {
		text = unkeyed(b.prose(r.ID+"#done", r.Narrative))
	}
	if r.Onward.Reason != "" {
		text = append(text, paper.Para{Spans: []paper.Span{{Text: b.lead("reason")}, {Text: r.Onward.Reason}}})
	}
	if len(text) == 0 {
		return said(b.say("not given", nil))
	}
	return text
}

// unlead takes the bold words before a text away: the column says them.
func unlead(text []paper.Block, lead string) []paper.Block {
	if len(text) == 0 {
		return nil
	}
	if p, ok := text[0].(paper.Para); ok && len(p.Spans) > 0 && strings.TrimSpace(p.Spans[0].Text) == strings.TrimSpace(lead) {
		p.Spans = p.Spans[1:]
		text[0] = p
		if len(p.Spans) == 0 {
			return text[1:]
		}
	}
	return text
}

func (b *builder) nextStep(r engine.ActivityResult) string {
	step := czech.NextStepWord(r.NextStep)
	if r.PostponedTo != "" {
		step += " " + b.say("postponed", r)
	}
	return step
}

// steps are the decisions in the order they are told: what goes on first.
var steps = []engine.NextStep{engine.CarryOver, engine.Continue, engine.Postpone, engine.Drop, engine.Close}

// decisions tells what follows from the results, and where each promise comes from.
func (b *builder) decisions() []paper.Block {
	out := []paper.Block{b.heading("kroky", "heading decisions", nil, 1)}
	if undecided := b.undecided(); undecided > 0 {
		out = append(out, b.tell("undecided", undecided))
	}
	if counts := b.decisionCounts(); len(counts) > 0 {
		out = append(out, b.tell("decision counts", counts))
	}
	if len(out) == 1 {
		return nil
	}
	t := b.decided()
	if len(t.Rows) == 0 {
		return out
	}
	return append(append(out, b.free("decisions/meaning", b.say("decisions", nil))...), b.capped(t)...)
}

// undecided counts the rows of which nobody said what follows. What was kept may
// simply end.
func (b *builder) undecided() int {
	n := 0
	for _, r := range b.rows {
		if r.NextStep == "" && (r.NoAnswer || r.Status != engine.Fulfilled) {
			n++
		}
	}
	return n
}

// decided is the table of what was decided; in short, what ends is only counted.
func (b *builder) decided() paper.Table {
	t := paper.Table{ID: "tabulka-kroky", Caption: b.say("caption decisions", nil), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column activity", b.e), Width: 36}, {Title: b.say("column result", nil), Width: 16},
		{Title: b.say("column next", nil), Width: 18}, {Title: b.say("column how", nil), Width: 30}}}
	more := false
	for _, step := range steps {
		for _, r := range b.rows {
			if r.NextStep == step && (b.tables || step != engine.Close) {
				how := b.how(r)
				more = more || len(how) > 0
				t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{cell(b.toRow(r)...), {marked(r.Result(), b.status(r))}, said(b.nextStep(r)), how}})
			}
		}
	}
	if !more { // nothing to say in the last column
		t.Columns = t.Columns[:3]
		for i := range t.Rows {
			t.Rows[i].Cells = t.Rows[i].Cells[:3]
		}
	}
	return t
}

// how says in what words a promise goes on, why it does not, and where it comes from.
func (b *builder) how(r engine.ActivityResult) paper.Cell {
	var out paper.Cell
	tell := func(text string) {
		if text != "" {
			out = append(out, paper.Plain(text))
		}
	}
	if how := r.Onward.How; how == engine.CarryRephrase || how == engine.CarrySplit || how == engine.CarryMerge {
		tell(b.say("how "+string(how), r))
	}
	if r.Onward.Reason != "" {
		tell(b.lead("reason") + r.Onward.Reason)
	}
	tell(lineage(r))
	if len(r.From) > 0 {
		tell(b.say("from", r))
	}
	return out
}

// lineage says how long plans have promised it.
func lineage(r engine.ActivityResult) string { return czech.LineageWord(r.Lineage) }
