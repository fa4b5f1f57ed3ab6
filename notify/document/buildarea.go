package document

import (
	"strconv"

	"splneno/engine"
	"splneno/notify/paper"
)

// A measureOf is a measure with the names of its plan's levels.
type measureOf struct {
	Levels  engine.Levels
	Measure engine.MeasureResult
}

// areas has a table of four columns for each measure, as evaluations are printed.
func (b *builder) areas() []paper.Block {
	var out []paper.Block
	for i, a := range b.e.Areas {
		out = append(out, paper.Heading{ID: areaPlace(i), Text: b.areaName(a), Level: 1})
		for j, m := range a.Measures {
			of := measureOf{b.e.Levels, m}
			out = append(out, b.heading("opatreni-"+strconv.Itoa(i)+"-"+strconv.Itoa(j), "measure", of, 2), b.measure(of))
		}
	}
	return out
}

func (b *builder) measure(of measureOf) paper.Table {
	t := paper.Table{Caption: b.say("caption measure", of), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column activity", b.e), Width: 27}, {Title: b.say("column responsible", nil), Width: 20},
		{Title: b.say("column status", nil), Width: 13}, {Title: b.say("column done", nil), Width: 40}}}
	for _, r := range of.Measure.Activities {
		place := b.places[r.ID]
		if b.printed[place] { // a file may name two rows alike; one place cannot be twice
			place = ""
		}
		b.printed[place] = true
		t.Rows = append(t.Rows, paper.Row{ID: place, Cells: []paper.Cell{b.promise(r, of.Measure), said(b.responsible(r)),
			{marked(r.Result(), b.status(r))}, b.done(r)}})
	}
	return t
}

// promise is what the plan says of an activity.
func (b *builder) promise(r engine.ActivityResult, m engine.MeasureResult) paper.Cell {
	title := r.Title
	if title == "" {
		title = m.Title
	}
	if r.Label != "" {
		title = r.Label + " " + title
	}
	out := paper.Cell{paper.Plain(title)}
	if len(r.Details) > 0 {
		out = append(out, itemised(r.Details, func(s string) string { return s }))
	}
	note := func(text string) {
		if text != "" {
			out = append(out, styled(paper.Note, text))
		}
	}
	if r.Deadline != "" {
		note(b.say("deadline", r))
	}
	if len(r.Planned) > 0 {
		note(b.say("promised", r))
	}
	note(lineage(r))
	if len(r.Tags) > 0 {
		note(b.say("tags", r))
	}
	return out
}

// done is what came of an activity, and what that rests on.
func (b *builder) done(r engine.ActivityResult) paper.Cell {
	out := paper.Cell(b.prose(r.ID+"#done", r.Narrative))
	out = append(out, b.missing(r)...)
	if len(r.Numbers) > 0 {
		line := ""
		for i, n := range r.Numbers {
			if i > 0 {
				line += "; "
			}
			line += b.say("number", n)
		}
		out = append(out, paper.Para{Spans: []paper.Span{{Text: b.lead("numbers"), Bold: true}, {Text: line}}})
	}
	if r.NoAnswer {
		out = append(out, b.tell("asked on", r))
	}
	if len(r.Silent) > 0 {
		out = append(out, b.tell("silent", r))
	}
	return append(out, b.sources(r)...)
}

func (b *builder) missing(r engine.ActivityResult) []paper.Block {
	return b.led(r.ID+"#missing", b.lead("missing"), r.Missing)
}

// sources says in small print what was decided, by whom and on what ground.
func (b *builder) sources(r engine.ActivityResult) []paper.Block {
	var out []paper.Block
	note := func(name string) {
		out = append(out, styled(paper.Note, b.say(name, r)))
	}
	if r.NextStep != "" {
		note("next step")
	}
	if len(r.Answers) > 0 {
		note("sources")
	}
	if r.ApprovedBy != "" {
		note("approver")
	}
	return out
}
