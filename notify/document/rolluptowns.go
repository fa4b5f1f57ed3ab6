package document

import (
	"maps"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

func (r *rollUp) townChapter() []paper.Block {
	if len(r.Towns) == 0 {
		return nil
	}
	counts := r.counted("podle-obci", say("bytown.caption"), say("town"))
	asked := paper.Table{ID: "odpovedi", Caption: say("response.caption"), RowHeads: true, Columns: []paper.Column{{Title: say("town"), Width: 4},
		{Title: say("asked"), Width: 2, Figures: true}, {Title: say("answered"), Width: 2, Figures: true}, {Title: say("share"), Width: 2, Figures: true}, {Title: say("silent"), Width: 2, Figures: true}}}
	sources := paper.Table{ID: "podklady", Caption: say("sources.caption"), RowHeads: true, Columns: []paper.Column{{Title: say("town"), Width: 3},
		{Title: say("district"), Width: 3}, {Title: say("plan"), Width: 5}, {Title: say("period"), Width: 2}, {Title: say("number"), Width: 2, Figures: true}, {Title: say("approved"), Width: 2}}}
	for _, t := range r.Towns {
		counts.Rows = append(counts.Rows, r.countedRow(t.Totals, t.Name))
		asked.Rows = append(asked.Rows, askedRow(t.Name, t.Asked, t.Answered, t.Silent))
		sources.Rows = append(sources.Rows, textRow(t.Name, districtName(t.District), t.PlanTitle, span(t.Period.ID), figure(t.Number), r.day(t.ApprovedAt)))
	}
	counts.Rows = append(counts.Rows, r.totalRow(r.Totals))
	total := askedRow(say("all"), r.Asked, r.Answered, r.Silent)
	total.Total = true
	asked.Rows = append(asked.Rows, total)
	return []paper.Block{heading(1, "obce", say("bytown")), counts, heading(2, "odpovedi-organizaci", say("response")), asked,
		heading(2, "zdroje", say("sources")), paper.Plain(say("sources.lead")), sources}
}

func askedRow(name string, asked, answered, silent int) paper.Row {
	share := ""
	if asked > 0 {
		share = czech.FormatShare(permill(answered, asked))
	}
	return textRow(name, figure(asked), figure(answered), share, figure(silent))
}

func methods() []paper.Block {
	return []paper.Block{heading(1, "metody", say("methods")), paper.Plain(say("methods.bundle")), paper.Plain(say("methods.sum")),
		paper.Plain(say("methods.place")), paper.Plain(say("methods.silence"))}
}

// annex holds what stands behind the sums: which word means what, where each
// area went, and what each town vouches for.
func (r *rollUp) annex() []paper.Block {
	if len(r.Towns) == 0 {
		return nil
	}
	words := paper.Table{ID: "slova", Caption: say("annex.words.caption"), RowHeads: true, Columns: []paper.Column{{Title: say("annex.word"), Width: 3}, {Title: say("annex.of"), Width: 5}}}
	for _, w := range r.Results {
		var of []string
		for _, name := range w.Of {
			of = append(of, czech.CountWord(name))
		}
		words.Rows = append(words.Rows, textRow(r.word(w.Name), strings.Join(of, ", ")))
	}
	blocks := []paper.Block{heading(1, "priloha", say("annex")), heading(2, "slova-vysledku", say("annex.words")), words}
	if own := r.ownWords(); len(own.Rows) > 0 {
		blocks = append(blocks, heading(2, "slova-obci", say("annex.towns")), own)
	}
	areas := paper.Table{ID: "prevod", Caption: say("annex.areas.caption"), RowHeads: true, Columns: []paper.Column{{Title: say("town"), Width: 3},
		{Title: say("town.area"), Width: 4}, {Title: say("annex.to"), Width: 4}, {Title: say("annex.how"), Width: 3}}}
	for _, a := range r.Areas {
		for _, l := range a.From {
			areas.Rows = append(areas.Rows, textRow(l.TownName, localName(l), areaName(a), say("how."+string(l.How))))
		}
	}
	seals := paper.Table{ID: "otisky", Caption: say("annex.seals.caption"), RowHeads: true, Columns: []paper.Column{{Title: say("town"), Width: 3}, {Title: say("annex.key"), Width: 3}, {Title: say("annex.hash"), Width: 6}}}
	for _, t := range r.Towns {
		seals.Rows = append(seals.Rows, textRow(t.Name, t.Fingerprint, t.Hash))
	}
	return append(blocks, heading(2, "prevod-oblasti", say("annex.areas")), areas, heading(2, "otisky-klicu", say("annex.seals")), seals)
}

// ownWords lists the words of towns that are not ours, beside ours.
func (r *rollUp) ownWords() paper.Table {
	t := paper.Table{ID: "vlastni-slova", Caption: say("annex.towns.caption"), RowHeads: true, Columns: []paper.Column{{Title: say("town"), Width: 3}, {Title: say("annex.town.words"), Width: 7}}}
	for _, town := range r.Towns {
		var said []string
		for _, name := range slices.Sorted(maps.Keys(town.Words)) {
			if own := town.Words[name]; own != czech.CountWord(name) {
				said = append(said, own+" = "+czech.CountWord(name))
			}
		}
		if len(said) > 0 {
			t.Rows = append(t.Rows, textRow(town.Name, strings.Join(said, ", ")))
		}
	}
	return t
}

// gapped reports whether the roll-up is to be read with its gaps.
func (r *rollUp) gapped() bool { return len(r.gapLists()) > 0 }

// A gapList is one kind of gap.
type gapList struct {
	key   string // of its heading; with ".lead" that of a sentence below it, if there is one
	lead  string
	items []string
}

// gapLists gives the kinds of gaps there are.
func (r *rollUp) gapLists() []gapList {
	g := r.Gaps
	period := func(t engine.TownResult) string { return say("gaps.item.period", t.Name, span(t.Period.ID)) }
	overlapping := slices.DeleteFunc(slices.Clone(r.Towns), func(t engine.TownResult) bool { return !t.Overlaps })
	lists := []gapList{
		{"gaps.areas", say("gaps.areas.lead", sayCount("gaps.units", g.Units())), itemsOf(g.Areas, gapArea)},
		{"gaps.empty", "", itemsOf(g.EmptyAreas, func(a engine.Area) string { return strings.TrimSpace(a.Code + " " + titled(a.Title)) })},
		{"gaps.absent", "", itemsOf(g.Absent, func(a engine.Absent) string { return say("gaps.absent.item", a.Name, span(a.Last)) })},
		{"gaps.districts", "", g.EmptyDistricts},
		{"gaps.nodistrict", "", itemsOf(g.NoDistrict, func(t engine.TownResult) string { return t.Name })},
		{"gaps.overlaps", say("gaps.overlaps.lead"), itemsOf(overlapping, period)},
		{"gaps.passed", say("gaps.passed.lead"), itemsOf(g.PassedOver, func(t engine.TownResult) string {
			return sayCount("gaps.passed.item", t.Totals.All, t.Name, span(t.Period.ID))
		})},
		{"gaps.results", say("gaps.results.lead"), itemsOf(g.Results, czech.CountWord)},
	}
	return slices.DeleteFunc(lists, func(l gapList) bool { return len(l.items) == 0 })
}

func itemsOf[V any](list []V, text func(V) string) []string {
	var out []string
	for _, v := range list {
		out = append(out, text(v))
	}
	return out
}

func gapArea(a engine.LocalArea) string {
	s := a.TownName + ": " + localName(a) + ", " + sayCount("gaps.units", a.Totals.All)
	if a.How == engine.PlacedLost {
		s += ", " + say("gaps.lost", a.To)
	}
	return s
}

func (r *rollUp) gapChapter() []paper.Block {
	blocks := []paper.Block{heading(1, "mezery", say("gaps")), paper.Plain(say("gaps.lead"))}
	lists := r.gapLists()
	if len(lists) == 0 {
		return append(blocks, paper.Plain(say("gaps.none")))
	}
	for _, l := range lists {
		blocks = append(blocks, heading(2, strings.ReplaceAll(l.key, ".", "-"), say(l.key)))
		if l.lead != "" {
			blocks = append(blocks, paper.Plain(l.lead))
		}
		blocks = append(blocks, itemised(l.items, func(item string) string { return item }))
	}
	return blocks
}
