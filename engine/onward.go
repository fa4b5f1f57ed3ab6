package engine

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// An Onward says how a promise goes on, or why it does not: what stands beside
// a next step.
type Onward struct {
	How    CarryHow `json:",omitempty"` // of what is carried over, "" for as it is
	Titles []string `json:",omitempty"` // rephrase and merge: the new words; split: one for each part
	Reason string   `json:",omitempty"` // of what is dropped
}

// A Course is a decision about what follows a yearly result, whole.
type Course struct {
	Next   NextStep
	Until  Date // of a postponed one
	Onward Onward
}

// MaxTitle is how long the words of a promise may be, in characters.
const MaxTitle = 500

// ends gives the last day a plan is valid, extensions included; "" for an open end.
func (p Plan) ends() Date {
	last := p.End
	for _, a := range p.Approvals {
		if a.Verb == VerbExtended {
			last = max(last, a.Until)
		}
	}
	return last
}

// EndsIn reports whether the plan is over when the period is: then what is not
// finished cannot simply go on. A plan known only through its evaluation is.
func (p Plan) EndsIn(period Period) bool {
	end := p.ends()
	return p.Kind == EvaluationPlan || end != "" && end <= period.End
}

// Unsettled gives the states of entries about which a person must say what
// follows: what was not kept, and at the end of the plan whatever is not done.
func (p Plan) Unsettled(period Period) []State {
	if p.EndsIn(period) {
		return []State{Partial, Unfulfilled, InProgress, Planned, StateUnknown}
	}
	return []State{Partial, Unfulfilled}
}

// Settle records what follows a yearly result, with the words it goes on in.
// It stays possible to decide otherwise as long as no newer plan holds it.
func Settle(e Entry, c Course, who Actor, now time.Time) (Change, error) {
	c, err := c.checked()
	if err != nil {
		return Change{}, err
	}
	out, err := Decide(e, c.Next, c.Until, who, now)
	if err != nil {
		return Change{}, err
	}
	out.Entries[0].Onward = c.Onward
	if c.Onward.How != "" {
		out.Detail["how"] = string(c.Onward.How)
	}
	if c.Onward.Reason != "" {
		out.Detail["reason"] = c.Onward.Reason
	}
	return out, nil
}

// checked gives the course tidied, or says what it lacks.
func (c Course) checked() (Course, error) {
	var titles []string
	for _, t := range c.Onward.Titles {
		if t = strings.Join(strings.Fields(t), " "); t != "" {
			titles = append(titles, t)
		}
	}
	if slices.ContainsFunc(titles, func(t string) bool { return utf8.RuneCountInString(t) > MaxTitle }) {
		return c, Errorf(Invalid, "a title is longer than %d characters; shorten it", MaxTitle)
	}
	c.Onward.Titles, c.Onward.Reason = titles, strings.TrimSpace(c.Onward.Reason)
	if c.Next != CarryOver {
		c.Onward.How, c.Onward.Titles = "", nil
	}
	if c.Next != Drop {
		c.Onward.Reason = ""
	}
	switch n := len(titles); {
	case c.Next == Drop && c.Onward.Reason == "":
		return c, Errorf(Invalid, "say why it is dropped")
	case c.Next != CarryOver:
	case c.Onward.How == "" || c.Onward.How == CarryAsIs:
		c.Onward.How, c.Onward.Titles = "", nil
	case (c.Onward.How == CarryRephrase || c.Onward.How == CarryMerge) && n != 1:
		return c, Errorf(Invalid, "a promise that is rephrased or merged needs one new title")
	case c.Onward.How == CarrySplit && n < 2:
		return c, Errorf(Invalid, "a promise that is split needs the titles of two parts at least")
	case !slices.Contains([]CarryHow{CarryRephrase, CarrySplit, CarryMerge}, c.Onward.How):
		return c, Errorf(Invalid, "%q is no way to carry over; use carry, rephrase, split or merge", c.Onward.How)
	}
	return c, nil
}
