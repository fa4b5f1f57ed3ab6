package document

import (
	"splneno/engine"
	"splneno/notify/chart"
	"splneno/notify/paper"
)

// A look is how a count is told from others beside its word.
type look struct {
	sign, colour string // both are there in the fonts of every format; white on the colour is legible
	hatch        chart.Hatch
}

var looks = map[string]look{
	"fulfilled":    {"\u221a", "#14592f", chart.Plain},
	"another_form": {"\u2248", "#1a5f6b", chart.Rising},
	"partial":      {"\u25d0", "#7a4900", chart.Falling},
	"unfulfilled":  {"\u00d7", "#8c1d24", chart.Crossed},
	"in_progress":  {"\u2192", "#1d4f86", chart.Level},
	"planned":      {"\u25cb", "#4a4a4a", chart.Upright},
	"unknown":      {"?", "#5a3d85", chart.Dotted},
	"no_answer":    {"\u25a1", "#262626", chart.Hollow},
}

// The edges of boxes.
const (
	edgeSure = "#1d4f86"
	edgeWarn = "#a3222a"
	edgeDemo = "#8a5a00"
)

// signNext stands before what is in the next part of a plan.
const signNext = "\u25ba"

// marked gives a word with the look of a count: never a colour or a sign alone.
func marked(name, word string) paper.Para {
	l := looks[name]
	return paper.Para{Spans: []paper.Span{{Text: l.sign + "\u00a0" + word, Bold: true, Colour: l.colour}}}
}

// kinds gives the counts as charts draw them, in the order of the shares.
func (s *speaker) kinds() []chart.Kind {
	var out []chart.Kind
	for _, share := range (engine.Totals{}).Shares() {
		out = append(out, drawn(share.Name, s.word(share.Name)))
	}
	return out
}

// drawn gives a count as charts draw it.
func drawn(name, word string) chart.Kind {
	l := looks[name]
	return chart.Kind{Label: word, Sign: l.sign, Colour: l.colour, Hatch: l.hatch}
}

// styled is a paragraph of one run that is no body text.
func styled(s paper.Style, text string) paper.Para {
	return paper.Para{Style: s, Spans: []paper.Span{{Text: text}}}
}
