package document

import (
	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
)

// filling gives what the placeholders of a town's own layout stand for. One of a
// part that has nothing to say stands for nothing.
func (b *builder) filling() docx.Filling {
	fields, parts := b.fields(), map[string][]paper.Block{"obsah": {paper.Contents{}}}
	whole := append([]paper.Block{}, b.states()...)
	whole = append(whole, paper.Contents{})
	for _, p := range b.parts() {
		parts[p.name] = p.blocks
		whole = append(whole, p.blocks...)
	}
	parts["vse"] = whole
	// Nobody must take a draft or a sample for what was approved, whatever the layout says.
	text, figures := withoutFigures(parts["souhrn"])
	parts["souhrn"] = append(b.states(), text...)
	if len(figures) > 0 {
		parts["grafy"] = append([]paper.Block{b.heading("grafy", "heading charts", nil, 1)}, figures...)
	}
	f := knownPlaceholders()
	for name := range f.Fields {
		f.Fields[name] = fields[czech.Slug(name)]
	}
	for name := range f.Parts {
		f.Parts[name] = parts[czech.Slug(name)]
	}
	return f
}

// fields are the words a layout may hold within a sentence.
func (b *builder) fields() map[string]string {
	e := b.e
	out := map[string]string{"obec": e.Municipality, "plan": e.PlanTitle, "obdobi": b.say("period name", e.Period.ID), "stav": b.say("state", e),
		"financovani": e.Funding}
	if e.State == engine.EvaluationApproved {
		out["otisk"], out["schvalil"], out["datum"] = e.Hash, e.FrozenBy, b.say("frozen on", e)
	}
	return out
}

// withoutFigures divides blocks into text and figures. A heading below which
// nothing else stood is left out.
func withoutFigures(all []paper.Block) (text, figures []paper.Block) {
	for i, block := range all {
		switch block.(type) {
		case paper.Figure:
			figures = append(figures, block)
			continue
		case paper.Heading:
			if i+1 < len(all) {
				if _, alone := all[i+1].(paper.Figure); alone {
					continue
				}
			}
		}
		text = append(text, block)
	}
	return text, figures
}
