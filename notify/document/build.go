package document

import (
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

// A builder builds the papers of one print. Each part of a paper is a method
// that gives its blocks, none where there is nothing to say.
type builder struct {
	speaker
	print     engine.Print
	e         engine.Evaluation
	rows      []engine.ActivityResult
	places    map[string]string // of the rows, by id of the activity
	printed   map[string]bool   // places that are in the paper
	rewritten map[string]bool   // keys with an edit
	tables    bool              // the paper has the tables of four columns, to which others lead
	most      int               // rows of its other tables, 0 for all
}

func (m *Maker) builder(p engine.Print) *builder {
	b := &builder{speaker: speaker{sentences: m.sentences(), own: p.Evaluation.StatusNames}, print: p, e: p.Evaluation,
		rows: p.Evaluation.Rows(), places: map[string]string{}, printed: map[string]bool{}, rewritten: map[string]bool{}}
	taken := map[string]bool{}
	for _, r := range b.rows {
		place := "a-" + czech.Slug(r.ID)
		for n := 2; taken[place]; n++ {
			place = "a-" + czech.Slug(r.ID) + "--" + strconv.Itoa(n)
		}
		if b.places[r.ID] == "" {
			taken[place], b.places[r.ID] = true, place
		}
	}
	for _, edit := range p.Evaluation.Edits {
		b.rewritten[edit.Key] = true
	}
	return b
}

// A part is a piece of the whole evaluation. Name is the slug of the placeholder
// that stands for it in a town's own layout.
type part struct {
	name   string
	blocks []paper.Block
}

// parts gives the whole evaluation in its order. A builder gives them once.
func (b *builder) parts() []part {
	b.tables = true
	out := []part{{"uvod", b.foreword()}, {"souhrn", b.summary()}, {"metody", b.method()}, {"odezva", b.silence()}, {"tabulky", b.areas()},
		{"duvody", b.unmet()}, {"dalsi-kroky", b.decisions()}, {"pristi-rok", b.next()}, {"sluzby", append(b.services(), b.projects()...)}, {"zaver", b.conclusion()}}
	var said []paper.Block
	for _, p := range out {
		said = append(said, p.blocks...)
	}
	return append(out, part{"zkratky", b.abbreviations(said)}, part{"podpisy", slices.Concat(b.resolutions(), b.sign(), b.verify())})
}

// full is the whole evaluation.
func (b *builder) full() paper.Paper {
	p := b.paper("title")
	b.tables = true
	p.Blocks = append(b.title("title"), paper.Break{}, paper.Contents{})
	for _, part := range b.parts() {
		p.Blocks = append(p.Blocks, part.blocks...)
	}
	return p
}

// short is for who has ten minutes: totals, what was not kept, what follows.
func (b *builder) short() paper.Paper {
	b.most = 25
	p := b.paper("title short")
	p.Blocks = b.title("title short")
	for _, part := range []func() []paper.Block{b.foreword, b.summary, b.silence, b.unmet, b.decisions, b.resolutions, b.conclusion, b.verify} {
		p.Blocks = append(p.Blocks, part()...)
	}
	return p
}

// capped gives a table with no more rows than the paper has room for, and says
// how many are left out.
func (b *builder) capped(t paper.Table) []paper.Block {
	more := len(t.Rows) - b.most
	if b.most == 0 || more <= 0 {
		return []paper.Block{t}
	}
	t.Rows = t.Rows[:b.most]
	return []paper.Block{t, styled(paper.Note, b.say("others", more))}
}

// paper gives an empty paper with what stands around its text.
func (b *builder) paper(title string) paper.Paper {
	e := b.e
	p := paper.Paper{Lang: "cs-CZ", Author: e.Municipality, Subject: e.PlanTitle, At: e.MadeAt, Foot: b.say("foot", e),
		Title: b.say(title, e) + " \u2013 " + e.PlanTitle + " \u2013 " + e.Municipality, Running: e.Municipality + " \u2013 " + b.say(title, e),
		Words: b.marginal()}
	if e.State == engine.EvaluationApproved {
		p.At = e.FrozenAt
	} else {
		p.Title += " " + b.say("draft suffix", nil)
		p.Running += " \u2013 " + b.say("draft mark", nil)
	}
	if e.Demo {
		p.Running += " \u2013 " + b.say("demo mark", nil)
	}
	if b.print.Sign != nil {
		p.Sign = sealed(b.print.Sign)
	}
	return p
}

// heading begins a part.
func (b *builder) heading(id, name string, data any, level int) paper.Heading {
	return paper.Heading{ID: id, Text: b.say(name, data), Level: level}
}

// tell is a paragraph that states facts.
func (b *builder) tell(name string, data any) paper.Para { return paper.Plain(b.say(name, data)) }

// toRow names a row with a link to it, where the paper has it.
func (b *builder) toRow(r engine.ActivityResult) []paper.Span {
	return []paper.Span{{Text: r.ID, Link: b.linkTo(r.ID)}, {Text: " " + r.Title}}
}

// linkTo gives the link to a row, "" where the paper has none.
func (b *builder) linkTo(id string) string {
	if place, here := b.places[id]; here && b.tables {
		return "#" + place
	}
	return ""
}

// foreword and conclusion are the coordinator's own words around the results.
func (b *builder) foreword() []paper.Block { return b.around("uvod", "foreword", b.e.Foreword) }

func (b *builder) conclusion() []paper.Block { return b.around("zaver", "conclusion", b.e.Conclusion) }

func (b *builder) around(id, key, text string) []paper.Block {
	prose := b.prose(key, text)
	if len(prose) == 0 {
		return nil
	}
	return append([]paper.Block{b.heading(id, "heading "+key, nil, 1)}, prose...)
}
