package document

import (
	"strings"

	"splneno/engine"
	"splneno/notify/paper"
)

// lines is how many activities a paper for the council names; the evaluation has all.
const lines = 12

// council is a paper for a meeting, ready for its minutes: what is to be
// resolved, why, and where the number goes.
func (b *builder) council() paper.Paper {
	p := b.paper("title council")
	p.Blocks = b.title("title council")
	p.Blocks = append(p.Blocks, b.heading("navrh", "heading proposal", nil, 1))
	p.Blocks = append(p.Blocks, b.free("council/proposal", b.say("proposal", b.e))...)
	p.Blocks = append(p.Blocks, b.line("submits", ""), b.heading("zprava", "heading report", nil, 1))
	p.Blocks = append(p.Blocks, b.report()...)
	p.Blocks = append(p.Blocks, b.heading("prilohy", "heading attached", nil, 1), b.attached(),
		b.heading("zaznam", "heading minutes", nil, 1))
	p.Blocks = append(p.Blocks, b.minutes()...)
	return p
}

// report gives the numbers in short, and names what was not kept.
func (b *builder) report() []paper.Block {
	out := b.totals()
	silent := len(b.silentRows())
	if silent > 0 {
		out = append(out, b.free("silence/meaning", b.say("silence", silent))...)
	}
	if counts := b.decisionCounts(); len(counts) > 0 {
		out = append(out, b.tell("decision counts", counts))
	}
	unmet := b.unmetRows()
	if len(unmet) == 0 {
		return out
	}
	out = append(out, b.free("unmet/count", b.say("unmet", len(unmet)))...)
	out = append(out, itemised(unmet[:min(len(unmet), lines)], func(r engine.ActivityResult) string {
		return strings.TrimSpace(r.ID+" "+r.Title) + ": " + b.status(r)
	}))
	if more := len(unmet) - lines; more > 0 {
		out = append(out, b.tell("others", more))
	}
	return out
}

// decisionCounts says how often each next step was decided.
func (b *builder) decisionCounts() []string {
	var out []string
	for _, step := range steps {
		n := 0
		for _, r := range b.rows {
			if r.NextStep == step {
				n++
			}
		}
		if n > 0 {
			out = append(out, b.say("decision count", map[string]any{"Step": step, "Count": n}))
		}
	}
	return out
}

// attached lists the documents that go with the paper.
func (b *builder) attached() paper.List {
	name := fileName(b.e)
	return paper.List{Numbered: true, Items: []paper.Para{b.tell("attached full", name+".pdf"), b.tell("attached short", name+"-short.pdf"),
		b.tell("attached data", name+".xlsx")}}
}

// minutes states what was resolved, or leaves the lines for it.
func (b *builder) minutes() []paper.Block {
	var out []paper.Block
	for _, r := range b.print.Resolutions {
		out = append(out, paper.Para{Spans: []paper.Span{{Text: b.say("resolution", r), Bold: true}}})
		out = append(out, plainProse(r.Text)...)
	}
	if len(out) == 0 {
		return []paper.Block{b.line("resolution number", ""), b.line("resolution day", "")}
	}
	return out
}
