package czech

import (
	"splneno/engine"
	"splneno/engine/pattern"
)

var (
	// partLabels is a run of labels: "a)", "a), b)", "a) a b)", "a)-c)", "ad a)".
	partLabels = pattern.New(`(?:^|[ ,;])(?:(?:ad|bod|cast|krok) )?(?:[a-z]\)(?:-|,? ?(?:a |i )?))+`)
	partLabel  = pattern.New(`([a-z])\)(-?)`)
	// bareLabels are labels of a list that has a bracket at its end only: "a, b) 2023".
	bareLabels = pattern.New(`(^|[ ,;])([a-z])(, ?| a |-)([a-z]\))`)
)

// readParts reads "a), b) 2023 c) 2024", or a term without parts. A part that
// cannot be read is unknown by itself, and the whole is not certain.
func readParts(s string, year int) (engine.Deadline, bool) {
	s = bareLabels.ReplaceAllString(s, "$1$2)$3$4")
	runs := partLabels.FindAllStringIndex(s, -1)
	if len(runs) == 0 || runs[0][0] != 0 {
		return readTerm(s, year)
	}
	d, sure := engine.Deadline{Kind: engine.DeadlineParts}, true
	last := byte('a' - 1)
	for i, run := range runs {
		end := len(s)
		if i+1 < len(runs) {
			end = runs[i+1][0]
		}
		part := readPart(s[run[0]:run[1]], s[run[1]:end], year)
		for _, label := range part.Labels {
			sure = sure && label[0] > last // a label twice, or out of order, may be a slip
			last = label[0]
		}
		sure = sure && part.Deadline.Certain
		d.Parts = append(d.Parts, part)
		d = widen(d, part.Deadline, i == 0)
	}
	return d, sure
}

func readPart(labels, text string, year int) engine.PartDeadline {
	raw := trimTerm(text)
	term, sure := readTerm(raw, year)
	if term.Kind == "" || term.Kind == engine.DeadlineNone {
		term, sure = engine.Deadline{Kind: engine.DeadlineUnknown}, false
	}
	term.Raw, term.Certain = raw, sure
	return engine.PartDeadline{Labels: spellLabels(labels), Deadline: term}
}

// spellLabels gives every label of a run: "a)-c)" is a), b) and c).
func spellLabels(run string) (labels []string) {
	from := byte(0)
	for _, m := range partLabel.FindAllStringSubmatch(run, -1) {
		to := m[1][0]
		if from == 0 || from > to {
			from = to
		}
		for c := from; c <= to; c++ {
			labels = append(labels, string(c)+")")
		}
		from = 0
		if m[2] != "" {
			from = to + 1
		}
	}
	return labels
}

// widen stretches d so that it covers the term of one part. A part that starts
// at no known day leaves the whole without a start.
func widen(d, term engine.Deadline, first bool) engine.Deadline {
	switch {
	case first:
		d.Start = term.Start
	case term.Start == "" || d.Start == "":
		d.Start = ""
	default:
		d.Start = min(d.Start, term.Start)
	}
	d.Due = max(d.Due, term.Due)
	if d.Due != "" && d.Due < d.Start {
		d.Start = ""
	}
	d.Ongoing = d.Ongoing || term.Ongoing
	return d
}
