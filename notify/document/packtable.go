package document

import (
	"cmp"
	"fmt"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

// decisions gives the table of what is to be decided, with room to write in.
func (k *packer) decisions() []paper.Block {
	out := []paper.Block{paper.Heading{ID: "items", Text: k.say("items", k), Level: 1}}
	rows := k.Evaluation.ItemsOf(k.Meeting)
	if len(rows) == 0 {
		return append(out, paper.Plain(k.say("no items", k)))
	}
	t := paper.Table{ID: "decisions", Caption: k.say("items", k), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: k.say("col activity", k), Width: 34}, {Title: k.say("col result", k), Width: 16}, {Title: k.say("col why", k), Width: 28}, {Title: k.say("col decision", k), Width: 22}}}
	for _, row := range rows {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{k.activity(row), {paper.Plain(k.word(row))}, reason(row), {paper.Plain(k.say("decision line", k))}}})
	}
	return append(out, paper.Plain(k.say("items lead", k)), t)
}

// activity says which promise a row is about, and who answers for it.
func (k *packer) activity(row engine.ActivityResult) paper.Cell {
	cell := paper.Cell{paper.Para{Spans: []paper.Span{{Text: row.ID, Bold: true}, {Text: " " + row.Title}}}}
	if row.Responsible != "" {
		cell = append(cell, paper.Plain(k.say("who", row.Responsible)))
	}
	if row.NoAnswer && len(row.AskedOn) > 0 {
		cell = append(cell, paper.Plain(k.say("asked", dates(row.AskedOn))))
	}
	return cell
}

// word gives the result in the municipality's own word, or ours.
func (k *packer) word(row engine.ActivityResult) string { return k.name(row.Result()) }

func (k *packer) name(count string) string {
	return cmp.Or(k.Evaluation.StatusNames[count], k.say("word", count))
}

// reason says why a result is what it is, as it was approved.
func reason(row engine.ActivityResult) paper.Cell {
	var cell paper.Cell
	for line := range strings.SplitSeq(cmp.Or(row.Missing, row.Narrative), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			cell = append(cell, paper.Plain(line))
		}
	}
	return cell
}

// rollUp gives the results in short: in all, and by area.
func (k *packer) rollUp() []paper.Block {
	e := k.Evaluation
	all := paper.Table{ID: "totals", Caption: k.say("rollup", k), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: k.say("col result name", k), Width: 60}, {Title: k.say("col count", k), Width: 20, Figures: true}, {Title: k.say("col share", k), Width: 20, Figures: true}}}
	var used []engine.Share
	for _, s := range e.Totals.Shares() {
		if s.Count > 0 {
			used = append(used, s)
			all.Rows = append(all.Rows, textRow(k.name(s.Name), fmt.Sprint(s.Count), czech.FormatShare(s.PerMill)))
		}
	}
	total := textRow(k.say("total", k), fmt.Sprint(e.Totals.All), "")
	total.Total = true
	all.Rows = append(all.Rows, total)
	areas := paper.Table{ID: "areas", Caption: k.say("areas", k), Quiet: true, RowHeads: true, Columns: []paper.Column{{Title: k.say("col area", k), Width: 28}}}
	for _, s := range used {
		areas.Columns = append(areas.Columns, paper.Column{Title: k.name(s.Name), Width: 72 / max(len(used)+1, 1), Figures: true})
	}
	areas.Columns = append(areas.Columns, paper.Column{Title: k.say("total", k), Width: 72 / max(len(used)+1, 1), Figures: true})
	for _, a := range e.Areas {
		areas.Rows = append(areas.Rows, k.area(a, used))
	}
	out := []paper.Block{paper.Heading{ID: "rollup", Text: k.say("rollup", k), Level: 1}, paper.Plain(k.say("rollup lead", k)), all}
	if len(e.Areas) > 1 {
		out = append(out, paper.Heading{ID: "by-area", Text: k.say("areas", k), Level: 2}, areas)
	}
	return out
}

func (k *packer) area(a engine.AreaResult, used []engine.Share) paper.Row {
	name := strings.TrimSpace(a.Code + " " + a.Title)
	cells := []string{cmp.Or(name, k.say("cross", k))}
	counts := map[string]int{}
	for _, s := range a.Totals.Shares() {
		counts[s.Name] = s.Count
	}
	for _, s := range used {
		cells = append(cells, fmt.Sprint(counts[s.Name]))
	}
	return textRow(append(cells, fmt.Sprint(a.Totals.All))...)
}
