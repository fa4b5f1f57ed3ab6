package engine

import (
	"fmt"
	"slices"
)

// Was writes down how far a request was before something was said, so that it
// can be set back to that: on hold, what a restored copy says may turn out to
// have been said on other days.
func (r Request) Was() string {
	return fmt.Sprintf("%d %d %d %q %q", r.Round, r.Step, len(r.Written), r.AnswerBy, r.LookedOn)
}

// back gives the request as it was. One that has been asked anew since is not
// set back.
func (r Request) back(was string) (Request, bool) {
	var round, step, written int
	var answerBy, lookedOn Date
	n, err := fmt.Sscanf(was, "%d %d %d %q %q", &round, &step, &written, &answerBy, &lookedOn)
	if err != nil || n != 5 || round != r.Round || written > len(r.Written) {
		return r, false
	}
	r.Step, r.AnswerBy, r.LookedOn, r.Written = step, answerBy, lookedOn, slices.Clone(r.Written[:written])
	return r, true
}

// Replay works out where an organisation stands that was written to on other
// days than its cases say. Each case is set back to what it was before the first
// letter in question, at since, and the days are gone through anew: what was due
// on a day its letter has said, as the coordinator was told what was due on hers;
// what was not is due again. One letter a day goes to the case that comes first.
// It gives the answers whose questions were told on another day by that.
func Replay(cases []*Case, was []string, since Date, letters, escalations []Date) (told []Proposal) {
	for i, c := range cases {
		r, ok := c.Request.back(was[i])
		if !ok {
			continue
		}
		c.Request = r
		c.Proposals = slices.Clone(c.Proposals)
		for j := range c.Proposals {
			if p := &c.Proposals[j]; p.ToldOn >= since {
				p.ToldOn = ""
			}
		}
	}
	days := slices.Concat(letters, escalations)
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		if slices.Contains(escalations, day) {
			for _, c := range cases {
				if n := Look(*c, day); n.Escalate != nil {
					c.said(n)
				}
			}
		}
		if slices.Contains(letters, day) {
			for _, c := range cases {
				if n := Look(*c, day); n.Letter != nil {
					c.said(n)
					break
				}
			}
		}
	}
	for _, c := range cases {
		c.Request.NextOn = c.next(c.Request)
		told = append(told, c.Proposals...)
	}
	return told
}

// said takes over what a notice did.
func (c *Case) said(n Notice) {
	c.Request = n.Request
	c.Proposals = slices.Clone(c.Proposals)
	for _, p := range n.Proposals {
		c.setProposal(p)
	}
}
