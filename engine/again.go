package engine

import (
	"maps"
	"slices"
)

// A Refusal says why a body is not asked again, "" when it is.
type Refusal string

// The refusals, in the order they are looked for.
const (
	RefusedClosed      Refusal = "closed"      // its season is not open
	RefusedAnswered    Refusal = "answered"    // it owes nothing
	RefusedNotAsked    Refusal = "not_asked"   // the first letter has not left yet; the calendar writes it
	RefusedRevoked     Refusal = "revoked"     // its link was ended
	RefusedDead        Refusal = "dead"        // mail to its address does not arrive
	RefusedUnreachable Refusal = "unreachable" // nobody to write to is known
	RefusedAway        Refusal = "away"        // whoever would be written to is away
	RefusedToday       Refusal = "today"       // it was written to today
	RefusedCapped      Refusal = "capped"      // it got all the mails one season allows
	RefusedDayOff      Refusal = "day_off"     // today is no working day
	RefusedMoved       Refusal = "moved"       // something about it changed in the same moment
)

// Refusals lists them in the order people read them.
func Refusals() []Refusal {
	return []Refusal{RefusedAway, RefusedDead, RefusedUnreachable, RefusedToday, RefusedCapped, RefusedNotAsked, RefusedRevoked,
		RefusedDayOff, RefusedMoved, RefusedAnswered, RefusedClosed}
}

// MayAskAgain says whether a body that owes so many items may be asked again
// today, beside the calendar. Of the case it needs no activities, entries or
// proposals.
func MayAskAgain(c Case, owed int, today Date) Refusal {
	to, reachable := c.Organisation.Contact()
	switch {
	case c.Season.State != SeasonOpen:
		return RefusedClosed
	case owed == 0:
		return RefusedAnswered
	case c.Request.Round == 0 || c.Request.Step == 0:
		return RefusedNotAsked
	case c.Request.Revoked:
		return RefusedRevoked
	case !reachable && slices.ContainsFunc(c.Organisation.Contacts, Contact.Dead):
		return RefusedDead
	case !reachable:
		return RefusedUnreachable
	case to.AwayUntil >= today:
		return RefusedAway
	case c.written(today):
		return RefusedToday
	case len(c.Request.Written) >= c.Municipality.Policy.SeasonCap:
		return RefusedCapped
	case !NewWorkdays(c.Municipality.DaysOff).Works(today):
		return RefusedDayOff
	}
	return ""
}

// againKey is the occasion of asking again on the next day the body reads its
// mail; see moves.go.
const againKey = "again"

// AskAgainOn gives the day on which a body that is asked again today gets the
// letter: today, or the next day it reads its mail.
func AskAgainOn(c Case, today Date) Date { return max(today, c.reads(today)) }

// againDue reports whether the body was asked again on a day on which it does
// not read its mail, and that day is over.
func (c Case) againDue(today Date) bool {
	day := c.Request.Moves[againKey]
	return day != "" && day <= today
}

// withoutAgain gives the request without an asking that waits.
func (r Request) withoutAgain() Request {
	if _, waits := r.Moves[againKey]; waits {
		r.Moves = maps.Clone(r.Moves)
		delete(r.Moves, againKey)
	}
	return r
}

// AskAgain writes a reminder today because the coordinator wants it, beside the
// ladder: no rung is taken, and it counts among the mails of the season. What
// the calendar would say in the days after it waits, so that no second letter
// follows on its heels. A body that does not read its mail today gets it on the
// day it does; until then the Notice is Deferred and holds no letter. A body
// that is not written to otherwise may be asked by hand. With a Refusal nothing
// is to be said or stored.
func AskAgain(c Case, today Date) (Notice, Refusal) {
	open := c.openItems()
	if why := MayAskAgain(c, len(open), today); why != "" {
		return Notice{}, why
	}
	c.Request = c.Request.withoutAgain()
	if opens := AskAgainOn(c, today); opens > today {
		n := Notice{Request: c.Request, Deferred: true}
		if n.Request.Moves = maps.Clone(c.Request.Moves); n.Request.Moves == nil {
			n.Request.Moves = map[string]Date{}
		}
		n.Request.Moves[againKey] = opens
		n.Request.NextOn = earlier(c.Request.NextOn, opens)
		return n, ""
	}
	var items []LetterItem
	for _, i := range open {
		reason := LetterReminder
		if p, ok := c.proposal(c.Entries[i].Activity); ok && p.State == Returned {
			reason = LetterReturned
		}
		items = append(items, c.item(i, reason))
	}
	c.Request.NextOn = "" // the letter is not late
	c.Request.AnswerBy = c.spaced(today)
	n := Notice{Request: c.Request, Letter: c.letter(items, LetterReminder, 1, today)}
	n.Request.Written = append(slices.Clone(c.Request.Written), today)
	n.tell(&c, items, today)
	n.Request.LookedOn = c.quietUntil(today).AddDays(-1) // the letter names every deadline there is
	n.looked(c, today)
	return n, ""
}

// quietUntil gives the first day on which the calendar may remind again of what
// was asked again today.
func (c Case) quietUntil(today Date) Date {
	return NewWorkdays(c.Municipality.DaysOff).Add(today, questionDays)
}

// spaced gives the day to answer by after asking again today. It moves the rest
// of the ladder, so that the next reminder keeps its distance.
func (c Case) spaced(today Date) Date {
	by, w := c.answerBy(today), NewWorkdays(c.Municipality.DaysOff)
	for _, rung := range c.Municipality.Policy.Ladder[min(c.Request.Step-1, len(c.Municipality.Policy.Ladder)):] {
		if rung.Kind == LetterReminder {
			by = max(by, w.Add(c.quietUntil(today), -rung.Days))
		}
	}
	return by
}
