package engine

import "time"

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
// nobody has answered, or its own answer was returned.
func (c Case) open(i int) bool {
	if p, ok := c.proposal(c.Entries[i].Activity); ok && p.State == Returned {
		return true
	}
	return c.Entries[i].AnsweredAt.IsZero() && !c.Entries[i].State.Final()
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

// rungDay gives the day the next rung of the ladder is due, "" past its end or
// before the first round.
func (c Case) rungDay(step int) Date {
	ladder := c.Municipality.Policy.Ladder
	switch {
	case c.Request.Round == 0 || step > len(ladder):
		return ""
	case step == 0:
		return c.Request.AskedOn
	}
	return NewWorkdays(c.Municipality.DaysOff).Add(c.Request.AnswerBy, ladder[step-1].Days)
}

// next gives the day on which the request must be looked at again after today.
func (c Case) next(r Request) Date {
	var owed []Activity
	for _, i := range c.openItems() {
		owed = append(owed, c.Activities[i])
	}
	if len(owed) == 0 {
		return ""
	}
	return earlier(c.rungDay(r.Step), nextReminder(owed, c.Season.Period, c.Municipality, r.LookedOn))
}

// Look decides what the organisation, or the coordinator about it, is to be
// told today. today must be a working day. Looking again after the Notice was
// committed finds nothing more to say, however often.
func Look(c Case, today Date) Notice {
	r := c.Request
	n := Notice{Request: r}
	if c.Season.State != SeasonOpen {
		n.Request.NextOn = ""
		return n
	}
	_, reachable := c.Organisation.Contact()
	capped := len(r.Written) >= c.Municipality.Policy.SeasonCap
	items, kind, step := c.due(today)
	switch {
	case kind == "":
		n.Request.LookedOn = today
		n.Request.NextOn = c.next(n.Request)
	case kind == LetterEscalation || !reachable || capped:
		n.Request.Step, n.Request.LookedOn = max(step, r.Step), today
		n.Request.NextOn = c.next(n.Request)
		if c.Organisation.ID != CoordinatorID { // she need not be told about herself
			n.Escalate = &SilentBody{Organisation: c.Organisation.Name, Asked: r.Written, Open: len(c.openItems()), OnBehalf: !reachable}
		}
		n.tell(c, items, today)
	case len(r.Written) > 0 && r.Written[len(r.Written)-1] >= today:
		n.Deferred = true
		n.Request.NextOn = today.AddDays(1)
	default:
		n.Request.Step, n.Request.LookedOn = step, today
		n.Request.Written = append(append([]Date(nil), r.Written...), today)
		n.Request.NextOn = c.next(n.Request)
		n.Letter = c.letter(items, kind, step, today)
		n.tell(c, items, today)
	}
	return n
}

// tell marks the questions among the items as told.
func (n *Notice) tell(c Case, items []LetterItem, today Date) {
	for _, item := range items {
		if p, ok := c.proposal(item.Activity); ok && item.Reason == LetterReturned {
			p.ToldOn = today
			n.Proposals = append(n.Proposals, p)
		}
	}
}

// due gives what there is to say: the items, the most pressing kind ("" for
// nothing), and the rung reached. Rungs missed while nothing ran are taken
// together, except that an escalation waits its own turn.
func (c Case) due(today Date) (items []LetterItem, kind LetterKind, step int) {
	reasons := map[int]LetterKind{}
	step = c.Request.Step
	open := c.openItems()
	for day := c.rungDay(step); day != "" && day <= today && len(open) > 0; day = c.rungDay(step) {
		rung := LetterRequest
		if step > 0 {
			rung = c.Municipality.Policy.Ladder[step-1].Kind
		}
		if rung == LetterEscalation && kind != "" {
			break
		}
		step++
		if kind == "" || kind == LetterReminder {
			kind = rung
		}
		for _, i := range open {
			reasons[i] = rung
		}
	}
	if kind == LetterEscalation {
		return nil, kind, step
	}
	for _, i := range open {
		if reasons[i] == "" && c.reminded(i, today) {
			reasons[i] = LetterDeadline
		}
		if p, ok := c.proposal(c.Entries[i].Activity); ok && p.State == Returned {
			delete(reasons, i)
			if p.ToldOn == "" || kind != "" {
				reasons[i] = LetterReturned
			}
		}
	}
	for i := range c.Entries {
		if reason := reasons[i]; reason != "" {
			items = append(items, c.item(i, reason))
			kind = pressing(kind, reason)
		}
	}
	return items, kind, step
}

// reminded reports whether a reminder day of item i lies after the last look.
func (c Case) reminded(i int, today Date) bool {
	for _, d := range reminderDays(c.Activities[i].Deadline.DueIn(c.Season.Period), c.Municipality) {
		if d > c.Request.LookedOn && d <= today {
			return true
		}
	}
	return false
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
		it.Measure = m.Code + " " + m.Title
	}
	if p, ok := c.proposal(a.ID); ok && reason == LetterReturned {
		it.Question = p.Question
	}
	return it
}

func (c Case) letter(items []LetterItem, kind LetterKind, step int, today Date) *Letter {
	to, _ := c.Organisation.Contact()
	l := &Letter{Kind: kind, To: to, Organisation: c.Organisation.Name, Municipality: c.Municipality.Name,
		Coordinator: c.Municipality.Coordinator, Sender: c.Municipality.Sender, Plan: c.Plan.Title, Funding: c.Plan.Funding,
		Period: c.Season.Period, Date: today, AnswerBy: c.answerBy(today), Items: items}
	if kind == LetterReminder {
		l.Rung = step - 1
	}
	expected := NewWorkdays(c.Municipality.DaysOff).OnOrAfter(c.Request.NextOn)
	l.LateDays = max(0, today.Sub(expected))
	return l
}

// answerBy gives the day to answer by: the round's, or, before a round and
// after its day has passed, a week of working days from today.
func (c Case) answerBy(today Date) Date {
	if c.Request.AnswerBy > today {
		return c.Request.AnswerBy
	}
	return NewWorkdays(c.Municipality.DaysOff).Add(today, 5)
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
