package document

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

// paper puts the roll-up on paper, in the order a chapter on how plans were
// fulfilled is read.
func (r *rollUp) paper() paper.Paper {
	p := paper.Paper{Lang: "cs-CZ", Title: say("title"), Author: r.Region, Subject: r.subtitle(), Running: say("title") + ", " + span(r.Period.ID), Foot: r.Region,
		At: r.newest(), Words: r.words}
	p.Blocks = slices.Concat(r.front(), r.summary(), r.areaChapter(), r.districtChapter(), r.townChapter(), r.gapChapter(), methods(), r.annex())
	return p
}

// newest gives the time of the newest approval: nothing in a roll-up is newer.
func (r *rollUp) newest() (at time.Time) {
	for _, t := range r.Towns {
		if t.ApprovedAt.After(at) {
			at = t.ApprovedAt
		}
	}
	return at
}

func (r *rollUp) subtitle() string {
	if r.Period == engine.Year(r.Period.Start.Year()) {
		return say("subtitle.year", r.Region, r.Period.ID)
	}
	return say("subtitle.span", r.Region, span(r.Period.ID))
}

func heading(level int, id, text string) paper.Heading {
	return paper.Heading{ID: id, Text: text, Level: level}
}

func (r *rollUp) front() []paper.Block {
	blocks := []paper.Block{styled(paper.Title, say("title")), styled(paper.Subtitle, r.subtitle())}
	if slices.ContainsFunc(r.Towns, func(t engine.TownResult) bool { return t.Demo }) {
		blocks = append(blocks, styled(paper.Mark, say("demo")))
	}
	return append(blocks, paper.Contents{})
}

// townCount says how many towns are in it: one may have handed in several plans.
func (r *rollUp) townCount() int {
	n := 0
	for _, d := range r.Districts {
		n += len(d.Towns)
	}
	return n
}

func (r *rollUp) summary() []paper.Block {
	blocks := []paper.Block{heading(1, "souhrn", say("summary"))}
	if len(r.Towns) == 0 {
		return append(blocks, paper.Plain(say("summary.none")))
	}
	districts := 0
	for _, d := range r.Districts {
		if d.Name != "" && len(d.Towns) > 0 {
			districts++
		}
	}
	n := r.townCount()
	blocks = append(blocks, paper.Plain(say("summary.from", sayCount("towns", n), sayCount("districts", districts), sayCount("activities", r.Totals.All))))
	if r.Asked > 0 {
		blocks = append(blocks, paper.Plain(say("summary.response", sayCount("bodies", r.Asked), sayCount("bodies.answered", r.Answered),
			czech.FormatShare(permill(r.Answered, r.Asked)))))
	}
	if r.Silent > 0 {
		blocks = append(blocks, paper.Plain(say("summary.silent", figure(r.Silent))))
	}
	if r.gapped() {
		blocks = append(blocks, paper.Box{Colour: edgeDemo, Blocks: []paper.Block{paper.Para{Spans: []paper.Span{{Text: say("summary.gaps", say("gaps")), Link: "#mezery"}}}}})
	}
	table := paper.Table{ID: "celkem", Caption: say("totals.caption"), RowHeads: true,
		Columns: []paper.Column{{Title: say("result"), Width: 4}, {Title: say("count"), Width: 2, Figures: true}, {Title: say("share"), Width: 2, Figures: true}}}
	for _, s := range r.shares(r.Totals) {
		table.Rows = append(table.Rows, textRow(r.word(s.Name), figure(s.Count), czech.FormatShare(s.PerMill)))
	}
	total := textRow(say("all"), figure(r.Totals.All), czech.FormatShare(1000))
	total.Total = true
	if r.Totals.All == 0 {
		total = textRow(say("all"), "0", "")
	}
	table.Rows = append(table.Rows, total)
	return append(blocks, table)
}

// textRow gives a row of plain texts.
func textRow(texts ...string) paper.Row {
	var row paper.Row
	for _, t := range texts {
		row.Cells = append(row.Cells, said(t))
	}
	return row
}

// counted gives a table of results: what is counted, a column for every word,
// then the sum.
func (r *rollUp) counted(id, caption, label string) paper.Table {
	var titles []string
	for _, c := range r.columns {
		titles = append(titles, r.word(c.Name))
	}
	return paper.Table{ID: id, Caption: caption, RowHeads: true, Columns: countColumns(label, append(titles, say("all")))}
}

// countedRow is one row of such a table.
func (r *rollUp) countedRow(t engine.Totals, label string) paper.Row {
	row := textRow(label)
	for _, s := range r.shares(t) {
		row.Cells = append(row.Cells, said(figure(s.Count)))
	}
	row.Cells = append(row.Cells, said(figure(t.All)))
	return row
}

func (r *rollUp) totalRow(t engine.Totals) paper.Row {
	row := r.countedRow(t, say("all"))
	row.Total = true
	return row
}

func (r *rollUp) areaChapter() []paper.Block {
	blocks := []paper.Block{heading(1, "oblasti", say("areas"))}
	if r.PlanTitle != "" {
		blocks = append(blocks, paper.Plain(say("areas.plan", r.PlanTitle)))
	} else {
		blocks = append(blocks, paper.Plain(say("areas.own")))
	}
	if len(r.Areas) == 0 {
		return blocks
	}
	table := r.counted("podle-oblasti", say("areas.caption"), say("area"))
	var bars []tally
	for _, a := range r.Areas {
		table.Rows = append(table.Rows, r.countedRow(a.Totals, areaName(a)))
		bars = append(bars, tally{Label: areaName(a), Totals: a.Totals})
	}
	table.Rows = append(table.Rows, r.totalRow(r.Totals))
	blocks = append(blocks, table, r.stack("graf-oblasti", say("areas.chart"), say("areas.chart.desc"), bars))
	for i, a := range r.Areas {
		blocks = append(blocks, heading(2, "oblast-"+strconv.Itoa(i+1), areaName(a)))
		if len(a.From) == 0 {
			blocks = append(blocks, paper.Plain(say("area.empty")))
			continue
		}
		t := r.counted("obce-oblasti-"+strconv.Itoa(i+1), say("area.caption", areaName(a)), say("town.area.of"))
		for _, l := range a.From {
			t.Rows = append(t.Rows, r.countedRow(l.Totals, l.TownName+": "+localName(l)))
		}
		t.Rows = append(t.Rows, r.totalRow(a.Totals))
		blocks = append(blocks, t)
	}
	return blocks
}

func (r *rollUp) districtChapter() []paper.Block {
	if len(r.Districts) == 0 {
		return nil
	}
	table := r.counted("podle-obvodu", say("district.caption"), say("district"))
	var bars []tally
	for _, d := range r.Districts {
		table.Rows = append(table.Rows, r.countedRow(d.Totals, districtName(d.Name)))
		bars = append(bars, tally{Label: districtName(d.Name), Totals: d.Totals})
	}
	table.Rows = append(table.Rows, r.totalRow(r.Totals))
	blocks := []paper.Block{heading(1, "obvody", say("bydistrict")), table, r.stack("graf-obvody", say("district.chart"), say("district.chart.desc"), bars)}
	for i, d := range r.Districts {
		name := districtName(d.Name)
		blocks = append(blocks, heading(2, "obvod-"+strconv.Itoa(i+1), name))
		if len(d.Towns) == 0 {
			blocks = append(blocks, paper.Plain(say("district.empty")))
			continue
		}
		t := r.counted("oblasti-obvodu-"+strconv.Itoa(i+1), say("district.areas", name), say("area"))
		for _, a := range r.Areas {
			t.Rows = append(t.Rows, r.countedRow(a.Districts[i], areaName(a)))
		}
		t.Rows = append(t.Rows, r.totalRow(d.Totals))
		blocks = append(blocks, paper.Plain(say("district.towns", strings.Join(d.Towns, ", "))), t)
	}
	return blocks
}
