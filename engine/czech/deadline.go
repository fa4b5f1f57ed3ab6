package czech

import (
	"regexp"
	"strings"
	"time"

	"splneno/engine"
)

// ReadDeadline reads a term as a plan prints it. year stands in where the words
// name a month or day without one; 0 is no such year. What no rule of
// deadlineRules reads whole is unknown and not certain; Raw is always kept.
func ReadDeadline(text string, year int) engine.Deadline {
	folded := strings.TrimRight(Fold(text), " .,;")
	d, ok := readParts(folded, year)
	if !ok {
		d, ok = readTerm(folded, year)
	}
	if !ok {
		d = engine.Deadline{Kind: engine.DeadlineUnknown}
	}
	d.Raw, d.Certain = text, ok
	return d
}

// readTerm reads one term without parts by the first rule that takes it whole.
func readTerm(folded string, year int) (engine.Deadline, bool) {
	for _, rule := range deadlineRules {
		m := rule.pattern.FindStringSubmatch(folded)
		if m == nil {
			continue
		}
		return rule.read(m, year)
	}
	return engine.Deadline{}, false
}

// partLabels is a run of labels: "a)", "a), b)", "a) a b)".
var partLabels = regexp.MustCompile(`(?:^|\s)(?:[a-z]\)(?:\s*,\s*|\s+a\s+|\s*))+`)

var partLabel = regexp.MustCompile(`[a-z]\)`)

// readParts reads "a), b) 2023 c) 2024". Every part must read, or none does.
func readParts(folded string, year int) (engine.Deadline, bool) {
	runs := partLabels.FindAllStringIndex(folded, -1)
	if len(runs) == 0 || runs[0][0] != 0 {
		return engine.Deadline{}, false
	}
	d := engine.Deadline{Kind: engine.DeadlineParts}
	for i, run := range runs {
		end := len(folded)
		if i+1 < len(runs) {
			end = runs[i+1][0]
		}
		raw := strings.Trim(folded[run[1]:end], " ,;:-")
		term, ok := readTerm(raw, year)
		if !ok || term.Kind == engine.DeadlineNone {
			return engine.Deadline{}, false
		}
		term.Raw, term.Certain = raw, true
		labels := partLabel.FindAllString(folded[run[0]:run[1]], -1)
		d.Parts = append(d.Parts, engine.PartDeadline{Labels: labels, Deadline: term})
		d = widen(d, term)
	}
	return d, true
}

// widen stretches d so that it covers the term of one part.
func widen(d, term engine.Deadline) engine.Deadline {
	if term.Start != "" && (d.Start == "" || term.Start < d.Start) {
		d.Start = term.Start
	}
	d.Due = max(d.Due, term.Due)
	if d.Due < d.Start {
		d.Start = ""
	}
	d.Ongoing = d.Ongoing || term.Ongoing
	return d
}

// day gives the day when the calendar has it.
func day(year int, month time.Month, d int) (engine.Date, bool) {
	if month < 1 || month > 12 || d < 1 || d > 31 {
		return "", false
	}
	date := engine.NewDate(year, month, d)
	_, m, _, ok := split(date)
	return date, ok && m == month
}
