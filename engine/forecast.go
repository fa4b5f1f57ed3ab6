package engine

import (
	"slices"
	"strings"
	"time"
)

// A Prospect is a request whose future is asked for. AskOn is the day its round
// is going to begin, "" when it has begun or never will.
type Prospect struct {
	Case     Case
	AskOn    Date
	AskAfter bool // the asking comes after that day's letters
}

// A Mailing is one mail that will leave, as far as it can be known today.
// Escalations of one day are one mail to the coordinator.
type Mailing struct {
	Day          Date
	Plan, Period string
	Organisation string
	Kind         LetterKind
	Rung         int      // of a reminder: 1 is the first
	Items        int      // activities in it; of an escalation those without an answer
	Due          Date     // of a reminder of terms: the first of them
	AnswerBy     Date     // as the mail says
	Keys         []string // what of it can be moved; none for a question that waits
	Moved        bool     // it stands on a day the coordinator chose
	Instead      bool     // of an escalation: of a letter, which the cap or a missing address forbids
}

// Why gives the reason of the mailing as a word: "asked", "silent", "term",
// "question", "silence" and "instead", the last two told to the coordinator.
func (o Mailing) Why() string {
	switch {
	case o.Kind == LetterEscalation && o.Instead:
		return "instead"
	case o.Kind == LetterEscalation:
		return "silence"
	case o.Kind == LetterDeadline:
		return "term"
	case o.Kind == LetterReturned:
		return "question"
	case o.Kind == LetterReminder:
		return "silent"
	}
	return "asked"
}

// Forecast says what will leave about the requests of one body on days, the
// days on which letters are written, rising: if nobody answers and nothing more
// is returned. It asks [Look] day by day, as the letters do, so that it cannot
// say anything else than what will happen.
func Forecast(of []Prospect, days []Date) (out []Mailing) {
	of = slices.Clone(of)
	for _, day := range days {
		written := false
		for i := range of {
			of[i].begin(day)
		}
		for again := true; again; {
			again = false
			slices.SortStableFunc(of, func(a, b Prospect) int { return turn(a.Case.Request, b.Case.Request) })
			for i := range of {
				if next := of[i].Case.Request.NextOn; next != "" && next <= day {
					again = true
					if occasion, said := of[i].pass(day, &written); said {
						out = append(out, occasion)
					}
				}
			}
		}
	}
	return out
}

// turn is the order in which due requests are looked at.
func turn(a, b Request) int {
	return strings.Compare(string(a.NextOn)+"\x00"+a.Plan+"\x00"+a.Period, string(b.NextOn)+"\x00"+b.Plan+"\x00"+b.Period)
}

// begin starts the round once its day has come.
func (p *Prospect) begin(day Date) {
	if p.AskOn == "" || day < p.AskOn || p.AskAfter && day == p.AskOn {
		return
	}
	c, err := Ask(p.Case.Season, []Request{p.Case.Request}, p.Case.Municipality, p.AskOn, p.AskOn, time.Time{})
	if p.AskOn = ""; err == nil {
		p.Case.Season, p.Case.Request = c.Seasons[0], c.Requests[0]
	}
}

// pass looks at the request on a day. A body that was written to that day about
// another plan has its turn on the next.
func (p *Prospect) pass(day Date, written *bool) (Mailing, bool) {
	c := p.Case
	n := Look(c, day)
	if n.Letter != nil && *written {
		p.Case.Request.NextOn = day.AddDays(1)
		return Mailing{}, false
	}
	p.Case.Request = n.Request
	p.Case.Proposals = slices.Clone(c.Proposals)
	for _, q := range n.Proposals {
		p.Case.setProposal(q)
	}
	if n.Letter == nil && n.Escalate == nil {
		return Mailing{}, false
	}
	*written = *written || n.Letter != nil
	o := Mailing{Day: day, Plan: c.Request.Plan, Period: c.Request.Period, Organisation: c.Organisation.ID}
	c.happened(&o, n, day)
	o.Moved = slices.ContainsFunc(o.Keys, func(key string) bool { return c.Request.Moves[key] != "" })
	return o, true
}

// happened fills in what a notice says about its mailing.
func (c Case) happened(o *Mailing, n Notice, day Date) {
	for step := c.Request.Step; step < n.Request.Step; step++ {
		if key := rungKey(c.Request.Round, step); !c.Request.stopped(key) {
			o.Keys = append(o.Keys, key)
		}
	}
	if c.againDue(day) && n.Letter != nil {
		o.Keys = append(o.Keys, againKey)
	}
	if n.Letter == nil {
		laddered := c
		laddered.Request.AnswerBy = c.fullTime(day)
		kind, _ := laddered.climb(day)
		o.Kind, o.Items, o.Instead = LetterEscalation, n.Escalate.Open, kind != LetterEscalation
		if n.Request.LookedOn != day { // terms are told in a look of their own
			return
		}
	} else {
		o.Kind, o.Rung, o.Items, o.AnswerBy = n.Letter.Kind, n.Letter.Rung, len(n.Letter.Items), n.Letter.AnswerBy
	}
	for _, i := range c.openItems() {
		for _, d := range c.remindersOf(i, day) {
			if !slices.Contains(o.Keys, d.key) {
				o.Keys = append(o.Keys, d.key)
			}
			o.Due = earlier(o.Due, c.Activities[i].Deadline.DueIn(c.Season.Period))
		}
	}
}
