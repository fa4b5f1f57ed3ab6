package planfile

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

var stepLabel = pattern.New(`(?:^|\s)([a-z]\)) `)

// cutSteps takes "a) … b) … c) …" out of a paragraph. The labels must count up
// from a) and be two at least; a lone "a)" is text.
func cutSteps(text string) (before string, parts []engine.Part) {
	var at [][]int
	for _, m := range stepLabel.FindAllStringSubmatchIndex(text, -1) {
		if int(text[m[2]])-'a' == len(at) {
			at = append(at, m)
		}
	}
	if len(at) < 2 {
		return text, nil
	}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		parts = append(parts, engine.Part{Label: text[m[2]:m[3]], Text: strings.TrimSpace(text[m[1]:end])})
	}
	return strings.TrimSpace(text[:at[0][0]]), parts
}

// shareTerm gives every step its own term, or the one of the whole unit.
func shareTerm(parts []engine.Part, d engine.Deadline) []engine.Part {
	for i, p := range parts {
		parts[i].Deadline = termOf(p.Label, d)
	}
	return parts
}

func termOf(label string, d engine.Deadline) engine.Deadline {
	if d.Kind != engine.DeadlineParts {
		return d
	}
	for _, part := range d.Parts {
		if slices.Contains(part.Labels, label) {
			return part.Deadline
		}
	}
	return czech.ReadDeadline("", 0)
}
