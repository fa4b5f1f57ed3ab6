package engine

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Verdict is what the coordinator decides about a proposal she was shown.
// Answer may differ from the proposal's: then it was edited.
type Verdict struct {
	Shown       int // revision on her screen
	Answer      Answer
	NextStep    NextStep
	PostponedTo Date
}

// Approve makes a proposal official. newest is the organisation's newest
// revision; when it is not the one shown, the approval is a Conflict and
// nothing moves. Other pending proposals about the entry are superseded.
func Approve(e Entry, newest Proposal, others []Proposal, v Verdict, who Actor, now time.Time) (Change, error) {
	if err := decidable(newest, v.Shown, who); err != nil {
		return Change{}, err
	}
	check := v.Answer.Check
	if newest.Channel.ByMail() {
		check = v.Answer.checkStatus
	}
	if err := check(); err != nil {
		return Change{}, err
	}
	if err := checkNext(v.NextStep, v.PostponedTo); err != nil {
		return Change{}, err
	}
	from := e.State
	if from == StateUnknown { // imported without a readable status: it has not taken a step yet
		e.State = Planned
	}
	event, err := EventTo(e.State, v.Answer.Status)
	if err != nil {
		return Change{}, err
	}
	if event != "" {
		if e.State, err = Step(e.State, event); err != nil {
			return Change{}, err
		}
	}
	e.Qualifier, e.Narrative, e.Missing, e.Numbers = v.Answer.Qualifier, v.Answer.Done, v.Answer.Missing, v.Answer.Numbers
	e.ApprovedBy, e.ApprovedAt, e.Source = who.Name, now, "answer"
	e.NextStep, e.PostponedTo = v.NextStep, v.PostponedTo
	edited := !newest.Answer.same(v.Answer)
	newest.State, newest.DecidedBy, newest.DecidedAt = Approved, who.Name, now
	c := Change{At: now, Actor: who, Event: "approved", Subject: subject(e.EntryKey), Entries: []Entry{e}, Proposals: []Proposal{newest},
		Detail: transition(from, e.State, map[string]string{"organisation": newest.Organisation, "revision": itoa(newest.Revision)})}
	if edited {
		c.Detail["edited"] = "yes"
	}
	for _, o := range others {
		if o.State == Pending && o.Organisation != newest.Organisation {
			o.State, o.DecidedBy, o.DecidedAt = Superseded, who.Name, now
			c.Proposals = append(c.Proposals, o)
		}
	}
	return c, nil
}

// decidable says why a proposal cannot be decided about, if it cannot.
func decidable(newest Proposal, shown int, who Actor) error {
	switch {
	case who.Kind != ActorCoordinator:
		return Errorf(Forbidden, "only a coordinator decides about an answer")
	case newest.Revision != shown:
		return Errorf(Conflict, "%s has answered anew about %s: you were shown revision %d, the newest is %d; look at both and decide again",
			newest.Organisation, newest.Activity, shown, newest.Revision)
	case newest.State != Pending:
		return Errorf(Conflict, "the answer of %s about %s is no longer waiting: it is %s", newest.Organisation, newest.Activity, newest.State)
	}
	return nil
}

// NextStepFor gives the decision that follows from a result without a doubt:
// what is in progress continues, what is fulfilled is closed, unless the plan
// promises it again after the period. "" leaves it to the coordinator.
func NextStepFor(a Activity, p Period, s State) NextStep {
	again := a.Deadline.Ongoing || a.Deadline.Due > p.End
	switch {
	case s == InProgress || (s == Fulfilled && again):
		return Continue
	case s == Fulfilled:
		return Close
	}
	return ""
}

// checkNext says what is wrong with a decision about what follows.
func checkNext(next NextStep, to Date) error {
	if next != "" && !slices.Contains(NextSteps(), next) {
		return Errorf(Invalid, "%q is no next step", next)
	}
	if (next == Postpone) != (to != "") {
		return Errorf(Invalid, "a postponed activity needs the day it is postponed to, and no other does")
	}
	return nil
}

// Return sends a proposal back with a question. The organisation owes an answer
// about it again and is written to on the next occasion.
func Return(c Case, newest Proposal, shown int, question string, who Actor, now time.Time) (Change, error) {
	if err := decidable(newest, shown, who); err != nil {
		return Change{}, err
	}
	if strings.TrimSpace(question) == "" {
		return Change{}, Errorf(Invalid, "say what the organisation should complete")
	}
	if c.Season.State != SeasonOpen {
		return Change{}, Errorf(Conflict, "season %s is closed; a question would not be asked any more", c.Season.Period.ID)
	}
	newest.State, newest.Question, newest.ToldOn = Returned, strings.TrimSpace(question), ""
	newest.DecidedBy, newest.DecidedAt = who.Name, now
	r := c.questioned(DateOf(now))
	r.NextOn, r.AnsweredAt = DateOf(now), time.Time{}
	return Change{At: now, Actor: who, Event: "returned", Subject: subject(newest.EntryKey), Proposals: []Proposal{newest}, Requests: []Request{r},
		Detail: map[string]string{"organisation": newest.Organisation, "revision": itoa(newest.Revision), "question": newest.Question}}, nil
}

// questionDays is how many working days a question, or a letter after the day
// to answer by, leaves for the answer.
const questionDays = 5

// questioned gives the request with time to answer a question asked today. An
// organisation that owes nothing else has answered in time: its ladder begins
// again behind a day of its own, and what is past of it is not taken.
func (c Case) questioned(today Date) Request {
	if c.Request.Round == 0 || len(c.openItems()) > 0 {
		return c.Request
	}
	c.Request.AnswerBy = max(c.Request.AnswerBy, NewWorkdays(c.Municipality.DaysOff).Add(today, questionDays))
	c.Request.Step = min(c.Request.Step, 1)
	for day := c.rungDay(c.Request.Step); day != "" && day <= today; day = c.rungDay(c.Request.Step) {
		c.Request.Step++
	}
	return c.Request
}

// ReopenEntry takes an official result back, for a reason that stays on record.
// Of the answers about the entry, those the result rested on wait again, at the
// same revision; in a closed season there are none to hand in. A result that is
// not final can be taken back only with the answer it rested on.
func ReopenEntry(e Entry, reason string, who Actor, now time.Time, answers ...Proposal) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator reopens an entry")
	}
	if strings.TrimSpace(reason) == "" {
		return Change{}, Errorf(Invalid, "say why the result is taken back")
	}
	from, to, back := e.State, e.State, reinstated(answers)
	if from.Final() || e.ApprovedAt.IsZero() || len(back) == 0 {
		var err error
		if to, err = Step(from, Reopen); err != nil {
			return Change{}, err
		}
	}
	e.State, e.Qualifier, e.NextStep, e.PostponedTo, e.ApprovedBy, e.ApprovedAt = to, "", "", "", "", time.Time{}
	detail := transition(from, to, map[string]string{"reason": strings.TrimSpace(reason)})
	for i, p := range back {
		detail["waits"+itoa(i+1)] = p.Organisation + " r" + itoa(p.Revision)
	}
	return Change{At: now, Actor: who, Event: "reopened", Subject: subject(e.EntryKey), Entries: []Entry{e}, Proposals: back, Detail: detail}, nil
}

// reinstated gives the answers of the newest approval as they waited before it:
// the one that was approved, and those it pushed aside. One that its
// organisation has replaced since stays what it is.
func reinstated(answers []Proposal) []Proposal {
	var decided time.Time
	for _, p := range answers {
		if p.State == Approved && p.DecidedAt.After(decided) {
			decided = p.DecidedAt
		}
	}
	var out []Proposal
	for _, p := range Newest(answers) {
		if (p.State == Approved || p.State == Superseded) && !decided.IsZero() && p.DecidedAt.Equal(decided) {
			p.State, p.DecidedBy, p.DecidedAt = Pending, "", time.Time{}
			out = append(out, p)
		}
	}
	return out
}

// Decide records the step that follows a yearly result, or takes it back ("").
// Postpone needs the day it is postponed to, the others have none.
func Decide(e Entry, next NextStep, to Date, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator decides what follows")
	}
	if err := checkNext(next, to); err != nil {
		return Change{}, err
	}
	e.NextStep, e.PostponedTo = next, to
	return Change{At: now, Actor: who, Event: "decided", Subject: subject(e.EntryKey), Entries: []Entry{e},
		Detail: map[string]string{"next": string(next), "until": string(to)}}, nil
}

// Report records what the coordinator knows of an entry herself: from a phone
// call, from minutes, or about a body nobody can write to. Answers that wait
// give way to it.
func Report(e Entry, a Answer, next NextStep, source string, who Actor, now time.Time, waiting ...Proposal) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator reports on behalf of others")
	}
	p := Proposal{EntryKey: e.EntryKey, Answer: a, Channel: ByCoordinator, By: who.Name, At: now, State: Pending}
	c, err := Approve(e, p, waiting, Verdict{Answer: a, NextStep: next}, who, now)
	if err != nil {
		return Change{}, err
	}
	c.Event, c.Proposals = "reported", c.Proposals[1:] // the first is p, which nobody sent
	c.Detail["organisation"], c.Detail["source"] = CoordinatorID, source
	c.Entries[0].Source = "coordinator"
	return c, nil
}

// subject names an entry in the journal.
func subject(k EntryKey) string { return k.Plan + "/" + k.Period + "/" + k.Activity }

// transition is the journal's detail of a step: the state is the fold of these.
func transition(from, to State, more map[string]string) map[string]string {
	d := map[string]string{"from": string(from), "to": string(to)}
	maps.Copy(d, more)
	return d
}

func itoa(n int) string { return strconv.Itoa(n) }
