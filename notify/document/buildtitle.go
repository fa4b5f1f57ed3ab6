package document

import (
	"strings"

	"splneno/engine"
	"splneno/notify/paper"
)

// title is the title page: whose document it is, what it is about, and how far
// it is.
func (b *builder) title(name string) []paper.Block {
	e := b.e
	var out []paper.Block
	if len(b.print.Logo) > 0 {
		out = append(out, paper.Image{Data: b.print.Logo, Type: b.print.LogoType, Alt: b.say("logo", e)})
	}
	style := func(s paper.Style, text string) {
		if text != "" {
			out = append(out, styled(s, text))
		}
	}
	style(paper.Subtitle, e.Municipality)
	style(paper.Title, b.say(name, e))
	style(paper.Subtitle, e.PlanTitle)
	if e.Territory != "" {
		style(paper.Subtitle, b.say("territory", e))
	}
	out = append(out, b.states()...)
	if e.Publicized {
		style(paper.Note, b.say("public", nil))
	}
	style(paper.Body, e.Funding)
	return out
}

// states says in boxes what must not be overlooked.
func (b *builder) states() []paper.Block {
	var out []paper.Block
	e := b.e
	box := func(colour, mark string, more ...paper.Block) {
		blocks := append([]paper.Block{styled(paper.Mark, mark)}, more...)
		out = append(out, paper.Box{Colour: colour, Blocks: blocks})
	}
	if e.Demo {
		box(edgeDemo, b.say("demo mark", nil), b.tell("demo", nil))
	}
	if e.State == engine.EvaluationApproved {
		box(edgeSure, b.say("approved mark", e), b.tell("approved", e), b.tell("hash", e))
	} else {
		box(edgeWarn, b.say("draft mark", nil), b.tell("draft", e))
	}
	if e.Number > 1 {
		box(edgeSure, b.say("restated mark", nil), b.tell("restated", e), b.changed())
	}
	return out
}

// named is how many changed rows a title page names.
const named = 60

// changed lists the rows that differ from the number before, and in what.
func (b *builder) changed() paper.Para {
	if len(b.e.Changes) == 0 {
		return b.tell("changed nothing", nil)
	}
	fields := map[string][]string{}
	for _, c := range b.e.Changed {
		for _, f := range c.Fields {
			fields[c.ID] = append(fields[c.ID], b.field(f))
		}
	}
	p := paper.Para{Spans: []paper.Span{{Text: b.lead("changed")}}}
	for i, id := range b.e.Changes[:min(len(b.e.Changes), named)] {
		if i > 0 {
			p.Spans = append(p.Spans, paper.Span{Text: ", "})
		}
		p.Spans = append(p.Spans, paper.Span{Text: id, Link: b.linkTo(id)})
		if what := fields[id]; len(what) > 0 {
			p.Spans = append(p.Spans, paper.Span{Text: " (" + strings.Join(what, ", ") + ")"})
		}
	}
	if more := len(b.e.Changes) - named; more > 0 {
		p.Spans = append(p.Spans, paper.Span{Text: " " + b.say("changed others", more)})
	}
	p.Spans = append(p.Spans, paper.Span{Text: "."})
	return p
}

// field gives the word of a field that changed; one without a word is named as it is.
func (b *builder) field(name string) string {
	if b.sentences.Lookup("field "+name) == nil {
		return name
	}
	return b.say("field "+name, nil)
}
