package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"splneno/engine"
	"splneno/notify/document"
)

// tell says what a file is and what of it fits. Everything it prints comes out
// of a file anybody may have written.
func (c checked) tell(w *world, rows bool) {
	e := c.Evaluation
	fmt.Fprintf(w.out, "%s: %s, evaluation of %s, plan %q, period %s\n", c.Name, c.Kind, bare(e.Municipality), bare(e.PlanTitle), bare(e.Period.ID))
	switch state := c.State(); {
	case e.State == engine.EvaluationApproved && e.FrozenBy == "": // a CSV alone does not know
		fmt.Fprintf(w.out, "  %s, number %d, approved on %s\n", state, e.Number, dayOf(e.FrozenAt))
	case e.State == engine.EvaluationApproved:
		fmt.Fprintf(w.out, "  %s, number %d, approved on %s by %s\n", state, e.Number, dayOf(e.FrozenAt), bare(e.FrozenBy))
	default:
		fmt.Fprintf(w.out, "  %s, number %d: a draft bears no seal, and nobody vouches for what it says\n", bare(state), e.Number)
	}
	c.tellHash(w)
	for _, f := range c.Faults {
		fmt.Fprintf(w.out, "  DOES NOT FIT: %s\n", faultWords[f])
	}
	if c.Stranger {
		fmt.Fprintln(w.out, "  DOES NOT FIT: it is not sealed by the key you named")
	}
	if c.Compared && len(c.Changes) == 0 {
		fmt.Fprintln(w.out, "  what people read is as it was made")
	}
	for i, change := range c.Changes {
		if i == 30 {
			fmt.Fprintf(w.out, "  … and %d more; --json lists all\n", len(c.Changes)-i)
			break
		}
		fmt.Fprintf(w.out, "  changed by hand: %s%s → %s\n", where(change.Where), saying(change.Before), saying(change.After))
	}
	if rows {
		for _, r := range e.Rows() {
			fmt.Fprintf(w.out, "  %s\n", behind(r))
		}
	}
}

func (c checked) tellHash(w *world) {
	e := c.Evaluation
	switch {
	case e.Hash != "" && e.Publicized:
		fmt.Fprintf(w.out, "  made for everybody of the approved %.16s…; its own digest is %.16s…\n", bare(e.Hash), c.Digest)
	case e.Hash != "":
		fmt.Fprintf(w.out, "  hash %s\n", bare(e.Hash))
	}
	if fp := fingerprint(c.Found); fp != "" && !slices.Contains(c.Faults, document.FaultSeal) {
		fmt.Fprintf(w.out, "  sealed with the key %s; compare it with the one the municipality publishes\n", fp)
	}
}

// behind says which approval stands behind a row.
func behind(r engine.ActivityResult) string {
	out := bare(r.ID) + " " + r.Result()
	if r.ApprovedBy != "" {
		out += ", approved by " + bare(r.ApprovedBy) + " on " + dayOf(r.ApprovedAt)
	}
	if r.Proof.Line != 0 {
		out += fmt.Sprintf(", journal line %d %.8s", r.Proof.Line, bare(r.Proof.Hash))
	}
	var answers []string
	for _, a := range r.Answers {
		answers = append(answers, fmt.Sprintf("%s (%s, %s)", bare(a.Organisation), bare(string(a.Channel)), dayOf(a.At)))
	}
	if len(answers) > 0 {
		out += "; answers: " + strings.Join(answers, "; ")
	}
	return out
}

// dayOf gives the day of a moment in the zone it is written in, "-" for none.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return inTown(t).Format(time.DateOnly)
}

// minuteOf gives a moment to the minute, as clocks in the towns show it.
func minuteOf(t time.Time) string { return inTown(t).Format("2006-01-02 15:04") }

func inTown(t time.Time) time.Time {
	if z, err := time.LoadLocation(zone); err == nil {
		t = t.In(z)
	}
	return t
}

func where(place string) string {
	if place == "" {
		return ""
	}
	return bare(place) + ": "
}

// saying gives the beginning of a text, or says that there is none.
func saying(s string) string {
	const most = 120
	s = bare(s)
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	if s == "" {
		return "nothing"
	}
	return "“" + s + "”"
}

// bare takes out what a terminal would obey, and breaks of lines.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
