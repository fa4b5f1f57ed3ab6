package document

import (
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

// services lists the social services of the plan with their capacities.
func (b *builder) services() []paper.Block {
	if len(b.e.Services) == 0 {
		return nil
	}
	t := paper.Table{ID: "tabulka-sluzby", Caption: b.say("caption services", nil), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column provider", nil), Width: 28}, {Title: b.say("column service", nil), Width: 24}, {Title: b.say("column capacity", nil), Width: 22},
		{Title: b.say("column scope", nil), Width: 16}, {Title: b.say("column beds", nil), Width: 10, Figures: true}}}
	beds := 0
	for _, s := range b.e.Services {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{said(s.Provider), said(s.Name), said(s.Capacity), said(s.Scope), said(count(s.Beds))}})
		beds += s.Beds
	}
	if beds > 0 {
		t.Rows = append(t.Rows, paper.Row{Total: true, Cells: []paper.Cell{said(b.say("total", nil)), nil, nil, nil, said(strconv.Itoa(beds))}})
	}
	return []paper.Block{b.heading("sluzby", "heading services", nil, 1), t}
}

// projects lists the projects of the plan.
func (b *builder) projects() []paper.Block {
	if len(b.e.Projects) == 0 {
		return nil
	}
	t := paper.Table{ID: "tabulka-projekty", Caption: b.say("caption projects", nil), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column project", nil), Width: 50}, {Title: b.say("column implementer", nil), Width: 30}, {Title: b.say("column completion", nil), Width: 20}}}
	for _, p := range b.e.Projects {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{said(p.Title), said(p.Implementer), said(p.Term)}})
	}
	return []paper.Block{b.heading("projekty", "heading projects", nil, 1), t}
}

// resolutions says what bodies decided about the evaluation.
func (b *builder) resolutions() []paper.Block {
	if len(b.print.Resolutions) == 0 {
		return nil
	}
	t := paper.Table{ID: "tabulka-usneseni", Caption: b.say("caption resolutions", nil), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column organ", nil), Width: 20}, {Title: b.say("column verb", nil), Width: 16}, {Title: b.say("column number", nil), Width: 12},
		{Title: b.say("column day", nil), Width: 14}, {Title: b.say("column text", nil), Width: 38}}}
	for _, r := range b.print.Resolutions {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{said(r.Body), said(b.verb(r.Verb)), said(r.Number), said(czech.FormatDate(r.Day)),
			plainProse(r.Text)}})
	}
	return []paper.Block{b.heading("usneseni", "heading resolutions", nil, 1), t}
}

func (b *builder) verb(v engine.ApprovalVerb) string {
	if name := "verb " + string(v); b.sentences.Lookup(name) != nil {
		return b.say(name, nil)
	}
	return string(v)
}

// plainProse gives a text people wrote that is not ours to rewrite.
func plainProse(text string) paper.Cell {
	var out paper.Cell
	for _, piece := range blocks(text) {
		if piece.Items == nil {
			out = append(out, paper.Plain(piece.Text))
			continue
		}
		out = append(out, itemised(piece.Items, func(s string) string { return s }))
	}
	return out
}

// abbreviations resolves those that occur in what the paper says.
func (b *builder) abbreviations(said []paper.Block) []paper.Block {
	var text strings.Builder
	spoken(&text, said)
	found := czech.Abbreviations(text.String())
	if len(found) == 0 {
		return nil
	}
	t := paper.Table{ID: "tabulka-zkratky", Caption: b.say("caption abbreviations", nil), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column short", nil), Width: 20}, {Title: b.say("column long", nil), Width: 80}}}
	for _, a := range found {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{{paper.Plain(a.Short)}, {paper.Plain(a.Long)}}})
	}
	return []paper.Block{b.heading("zkratky", "heading abbreviations", nil, 1), t}
}

// spoken writes down what blocks say in running text.
func spoken(w *strings.Builder, all []paper.Block) {
	for _, block := range all {
		if h, ok := block.(paper.Heading); ok {
			w.WriteString(h.Text + "\n")
		}
	}
	for p := range paper.Paras(all) {
		w.WriteString(p.Text() + "\n")
	}
}
