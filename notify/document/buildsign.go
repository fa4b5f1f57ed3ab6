package document

import (
	"encoding/json"

	"splneno/engine"
	"splneno/notify/paper"
)

// sign is what people sign.
func (b *builder) sign() []paper.Block {
	e := b.e
	out := []paper.Block{b.heading("schvaleni", "heading sign", nil, 1)}
	if e.State == engine.EvaluationApproved {
		out = append(out, b.tell("approved", e))
	}
	return append(out, b.line("place and day", ""), b.line("made by", ""), b.line("approved by", e.FrozenBy), b.line("for body", ""))
}

func (b *builder) line(label, name string) paper.Signature {
	return paper.Signature{Label: b.say(label, nil), Name: name}
}

// verify says how anybody can tell whether the document was changed.
func (b *builder) verify() []paper.Block {
	out := []paper.Block{b.heading("overeni", "heading verify", nil, 1)}
	if b.e.State == engine.EvaluationApproved {
		out = append(out, b.tell("hash", b.e), b.tell("verify", nil))
	} else {
		out = append(out, b.tell("verify draft", nil))
	}
	if b.print.Address != "" {
		out = append(out, paper.Para{Spans: []paper.Span{{Text: b.lead("verify address")}, {Text: b.print.Address, Link: b.print.Address}, {Text: "."}}})
	}
	return append(out, b.tell("verify data", nil))
}

// sealed gives seals as papers carry them.
func sealed(sign func([]byte) engine.Seal) func([]byte) []byte {
	return func(message []byte) []byte {
		seal, _ := json.Marshal(sign(message)) // two texts always can be
		return seal
	}
}
