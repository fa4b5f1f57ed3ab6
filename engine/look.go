package engine

import (
	"slices"
	"time"
)

// A Case is one organisation's place in a season with everything it takes to
// decide about it. Activities and Entries are in the request's order.
type Case struct {
	Municipality Municipality
	Plan         Plan
	Season       Season
	Organisation Organisation
	Request      Request
	Activities   []Activity
	Entries      []Entry
	Proposals    []Proposal // this organisation's newest revision of each entry
}

// A Notice is what follows from looking at a case on a day: at most one of a
// letter to the organisation and a line to the coordinator. Request and
// Proposals are the new values either way.
type Notice struct {
	Letter    *Letter
	Escalate  *SilentBody
	Deferred  bool // something is to be said, but it was already written to today
	Request   Request
	Proposals []Proposal
}

// proposal finds the organisation's newest answer about an activity.
func (c Case) proposal(activity string) (Proposal, bool) {
	for _, p := range c.Proposals {
		if p.Activity == activity {
			return p, true
		}
	}
	return Proposal{}, false
}

// open reports whether the organisation still owes an answer about item i:
// nobody has answered (it has not answered itself, where each answers), its own
// answer was returned, or all that is known is from before this round and no
// result ("still in progress" in May is no answer to January's question). What
// it is asked about no more, or what was dropped, it does not owe; a body that
// has ended owes nothing.
func (c Case) open(i int) bool {
	e := c.Entries[i]
	if c.Organisation.Ended != "" || len(e.Askees) > 0 && !slices.Contains(e.Askees, c.Organisation.ID) || e.NextStep == Drop {
		return false
	}
	p, answered := c.proposal(e.Activity)
	if answered && p.State == Returned {
		return true
	}
	at, said := e.AnsweredAt, e.Said
	if c.Activities[i].Answers == EachAnswers {
		at, said = p.At, p.Answer.Status
	}
	stale := c.Request.Round > 0 && DateOf(at) < c.Request.AskedOn && !said.Final()
	return (at.IsZero() || stale) && !e.State.Final()
}

// openItems gives the numbers (from 0) of the items still owed.
func (c Case) openItems() []int {
	var open []int
	for i := range c.Entries {
		if c.open(i) {
			open = append(open, i)
		}
	}
	return open
}

// next gives the day on which the request must be looked at again. It may lie
// in the past: then more is to be said today.
func (c Case) next(r Request) Date {
	c.Request = r
	again := r.Moves[againKey]
	if r.Muted() {
		return again
	}
	var owed []Activity
	var asked Date
	for _, i := range c.openItems() {
		owed = append(owed, c.Activities[i])
		if p, ok := c.proposal(c.Entries[i].Activity); ok && p.State == Returned && p.ToldOn == "" {
			asked = earlier(asked, DateOf(p.DecidedAt))
		}
	}
	if len(owed) == 0 {
		return ""
	}
	_, rung := c.rung(r.Step)
	return earlier(again, c.afterAbsence(earlier(asked, earlier(rung, nextReminder(owed, c.Season.Period, c.Municipality, r)))))
}

// maxAway is the longest absence, in days from the day something is due, that
// is waited for. Whoever is away longer is no contact for this season, and the
// ladder goes on to the coordinator.
const maxAway = 30

// afterAbsence moves a day on which something is due behind the absence of
// whom it would be said to, and into the window of the body; see window.go.
func (c Case) afterAbsence(day Date) Date {
	to, ok := c.Organisation.Contact()
	if !ok || day == "" {
		return day
	}
	if to.AwayUntil >= day && to.AwayUntil.Sub(day) <= maxAway {
		day = NewWorkdays(c.Municipality.DaysOff).OnOrAfter(to.AwayUntil.AddDays(1))
	}
	return c.inWindow(day)
}

// Look decides what the organisation, or the coordinator about it, is to be
// told today. today must be a working day. What an escalation leaves unsaid to
// the organisation is due the same day, in a look of its own; apart from that,
// looking again after the Notice was committed finds nothing more to say,
// however often.
func Look(c Case, today Date) Notice {
	if c.againDue(today) {
		if n, why := AskAgain(c, today); why == "" {
			return n
		}
		c.Request = c.Request.withoutAgain() // what stands in its way today will not pass
	}
	if c.Season.State != SeasonOpen || c.Request.Muted() {
		n := Notice{Request: c.Request}
		if n.Request.NextOn = ""; c.Season.State == SeasonOpen {
			n.Request.NextOn = c.Request.Moves[againKey]
		}
		return n
	}
	c.Request.AnswerBy = c.afterQuiet(c.fullTime(today))
	if n, shut := c.shut(today); shut {
		return n
	}
	_, reachable := c.Organisation.Contact()
	capped := len(c.Request.Written) >= c.Municipality.Policy.SeasonCap
	items, kind, step := c.due(today)
	if kind == LetterRequest && step > 1 { // asked by a later rung
		c.Request.AnswerBy = c.fromToday(today)
	}
	n := Notice{Request: c.Request}
	switch {
	case kind == LetterEscalation && reachable && !capped:
		n.Request.Step = step
		n.escalate(c)
		n.Request.NextOn = c.next(n.Request)
	case kind != "" && (!reachable || capped):
		n.escalate(c)
		n.tell(&c, items, today)
		n.Request.Step = step
		for next, day := c.rung(step); day != "" && day <= today; next, day = c.rung(n.Request.Step) {
			n.Request.Step = next + 1 // she has been told: not again on the same day
		}
		n.looked(c, today)
	case kind != "" && c.written(today):
		n.Deferred = true
		n.Request.NextOn = today.AddDays(1)
	case kind != "":
		n.Request.Step = step
		n.Request.Written = append(slices.Clone(c.Request.Written), today)
		n.Letter = c.letter(items, kind, step, today)
		n.tell(&c, items, today)
		n.Request.AnswerBy = c.keepDistance(step, today)
		n.looked(c, today)
	default:
		n.looked(c, today)
	}
	return n
}

// looked records that nothing is left to be said before tomorrow.
func (n *Notice) looked(c Case, today Date) {
	n.Request.LookedOn = max(n.Request.LookedOn, today)
	if n.Request.NextOn = c.next(n.Request); n.Request.NextOn != "" {
		n.Request.NextOn = max(n.Request.NextOn, today.AddDays(1))
	}
}

// escalate tells the coordinator, but never about herself.
func (n *Notice) escalate(c Case) {
	if c.Organisation.ID == CoordinatorID {
		return
	}
	_, reachable := c.Organisation.Contact()
	n.Escalate = &SilentBody{Organisation: c.Organisation.Name, Asked: c.Request.Written, Open: len(c.openItems()), OnBehalf: !reachable}
}

// tell marks the questions among the items as told.
func (n *Notice) tell(c *Case, items []LetterItem, today Date) {
	c.Proposals = slices.Clone(c.Proposals)
	for _, item := range items {
		if p, ok := c.proposal(item.Activity); ok && item.Reason == LetterReturned {
			p.ToldOn = today
			c.setProposal(p)
			n.Proposals = append(n.Proposals, p)
		}
	}
}

// written reports whether the organisation was already written to today, or
// later: the clock may have been set back.
func (c Case) written(today Date) bool {
	w := c.Request.Written
	return len(w) > 0 && w[len(w)-1] >= today
}

// due gives what there is to say: the items, the most pressing kind ("" for
// nothing), and the rung reached.
func (c Case) due(today Date) (items []LetterItem, kind LetterKind, step int) {
	kind, step = c.climb(today)
	if kind == LetterEscalation {
		return c.untold(), kind, step
	}
	laddered := kind
	for _, i := range c.openItems() {
		reason := laddered
		if reason == "" && c.reminded(i, today) {
			reason = LetterDeadline
		}
		if p, ok := c.proposal(c.Entries[i].Activity); ok && p.State == Returned {
			reason = ""
			if p.ToldOn == "" || laddered != "" {
				reason = LetterReturned
			}
		}
		if reason != "" {
			items = append(items, c.item(i, reason))
			kind = pressing(kind, reason)
		}
	}
	return items, kind, step
}

// untold gives the questions that were not told yet: beyond the cap they go to
// the coordinator with an escalation.
func (c Case) untold() (items []LetterItem) {
	for _, i := range c.openItems() {
		if p, ok := c.proposal(c.Entries[i].Activity); ok && p.State == Returned && p.ToldOn == "" {
			items = append(items, c.item(i, LetterReturned))
		}
	}
	return items
}

// reminded reports whether a reminder day of item i lies after the last look.
func (c Case) reminded(i int, today Date) bool {
	return len(c.remindersOf(i, today)) > 0
}

// remindersOf gives the reminder days of item i that lie after the last look.
func (c Case) remindersOf(i int, today Date) []reminder {
	return slices.DeleteFunc(reminders(c.Activities[i].Deadline.DueIn(c.Season.Period), c.Municipality, c.Request), func(d reminder) bool {
		return d.day <= c.Request.LookedOn || d.day > today
	})
}

// pressing gives the more pressing of two kinds of letter.
func pressing(a, b LetterKind) LetterKind {
	for _, k := range []LetterKind{LetterRequest, LetterReminder, LetterReturned, LetterDeadline} {
		if a == k || b == k {
			return k
		}
	}
	return b
}

func (c Case) item(i int, reason LetterKind) LetterItem {
	a := c.Activities[i]
	it := LetterItem{Number: i + 1, Reason: reason, Activity: a.ID, Title: a.Title, Deadline: a.Deadline.Raw,
		Due: a.Deadline.DueIn(c.Season.Period), Answered: !c.Entries[i].AnsweredAt.IsZero()}
	if m, ok := c.Plan.MeasureByCode(a.Measure); ok {
		it.Measure = m.Code
		if m.Title != a.Title { // a measure tracked itself is named once
			it.Measure += " " + m.Title
		}
	}
	if p, ok := c.proposal(a.ID); ok && reason == LetterReturned {
		it.Question = p.Question
	}
	return it
}

func (c Case) letter(items []LetterItem, kind LetterKind, step int, today Date) *Letter {
	to, _ := c.Organisation.Contact()
	l := &Letter{Kind: kind, To: to, Organisation: c.Organisation.Name, Municipality: c.Municipality.Name,
		Coordinator: c.Municipality.Coordinator, Sender: c.Municipality.Sender, Plan: c.Plan.Title, Funding: c.Municipality.FundingOf(c.Plan),
		Period: c.Season.Period, Date: today, AnswerBy: c.answerBy(today), Items: items, Words: c.Municipality.Settings.MailTexts[kind]}
	if kind == LetterReminder {
		l.Rung = step - 1
	}
	if due := c.Request.NextOn; due != "" {
		l.LateDays = max(0, today.Sub(NewWorkdays(c.Municipality.DaysOff).OnOrAfter(due)))
	}
	return l
}

// answerBy gives the day to answer by: the round's, or, before a round and
// after its day has passed, a week of working days from today.
func (c Case) answerBy(today Date) Date {
	if c.Request.AnswerBy > today {
		return c.Request.AnswerBy
	}
	return NewWorkdays(c.Municipality.DaysOff).Add(today, questionDays)
}

// Reschedule gives the request with the day of its next look worked out anew,
// after something about the case has changed at now.
func (c Case) Reschedule(r Request, now time.Time) Request {
	if len(c.openItems()) == 0 {
		r.AnsweredAt, r.NextOn = now, ""
		return r
	}
	r.AnsweredAt = time.Time{}
	r.NextOn = c.next(r)
	return r
}
