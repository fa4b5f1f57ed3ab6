package engine

import (
	"slices"
	"time"
)

// An Opening is what [OpenSeason] decides on.
type Opening struct {
	Municipality  Municipality
	Plan          Plan
	Period        Period
	Activities    []Activity
	Organisations []Organisation
	Settled       map[string]bool // activities an earlier season closed, dropped or carried over
}

// OpenSeason opens the season of a plan for a period: an entry for every
// activity the period touches, and a request for every organisation to be asked
// about them. Link hashes are left for the caller to fill in.
func OpenSeason(o Opening, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator opens a season")
	}
	today := DateOf(now)
	c := Change{At: now, Actor: who, Event: "season_opened", Subject: o.Plan.ID + "/" + o.Period.ID,
		Seasons: []Season{{Plan: o.Plan.ID, Period: o.Period, State: SeasonOpen, OpenedAt: now}}}
	byID := OrganisationsByID(o.Organisations)
	byBody := map[string][]Activity{}
	var bodies []string
	for _, a := range o.Activities {
		if !o.promises(a) {
			continue
		}
		e := Entry{EntryKey: EntryKey{o.Plan.ID, o.Period.ID, a.ID}, State: Planned, Askees: a.askees(byID)}
		c.Entries = append(c.Entries, e)
		for _, id := range e.Askees {
			if byBody[id] == nil {
				bodies = append(bodies, id)
			}
			byBody[id] = append(byBody[id], a)
		}
	}
	if len(c.Entries) == 0 {
		return Change{}, Errorf(Invalid, "plan %s promises nothing in %s; check the plan and the period", o.Plan.ID, o.Period.ID)
	}
	slices.Sort(bodies)
	for _, id := range bodies {
		c.Requests = append(c.Requests, newRequest(o, id, byBody[id], today))
	}
	return c, nil
}

// promises reports whether the activity is asked about in the period.
func (o Opening) promises(a Activity) bool {
	return a.Deadline.Start <= o.Period.End && !o.Settled[a.ID] && a.Dropped == ""
}

func newRequest(o Opening, organisation string, activities []Activity, today Date) Request {
	r := Request{Plan: o.Plan.ID, Period: o.Period.ID, Organisation: organisation, LookedOn: today.AddDays(-1)}
	for _, a := range activities {
		r.Activities = append(r.Activities, a.ID)
	}
	r.NextOn = nextReminder(activities, o.Period, o.Municipality, r)
	return r
}

// nextReminder gives the first reminder day after the last look, over all the
// activities; "" when there is none.
func nextReminder(activities []Activity, p Period, m Municipality, r Request) Date {
	var next Date
	for _, a := range activities {
		for _, d := range reminders(a.Deadline.DueIn(p), m, r) {
			if d.day > r.LookedOn {
				next = earlier(next, d.day)
				break
			}
		}
	}
	return next
}

// earlier gives the earlier of two days, of which either may be none.
func earlier(a, b Date) Date {
	if a == "" || (b != "" && b < a) {
		return b
	}
	return a
}

// OrganisationsByID indexes organisations.
func OrganisationsByID(list []Organisation) map[string]Organisation {
	byID := make(map[string]Organisation, len(list))
	for _, o := range list {
		byID[o.ID] = o
	}
	return byID
}

// Ask begins the asking of a season: every request starts its first round, due
// on the day the calendar planned; today decides how long they have to answer.
func Ask(s Season, requests []Request, m Municipality, planned, today Date, now time.Time) (Change, error) {
	if s.State != SeasonOpen {
		return Change{}, Errorf(Conflict, "season %s of plan %s is not open", s.Period.ID, s.Plan)
	}
	if s.AskedOn != "" {
		return Change{}, Errorf(Conflict, "season %s of plan %s was already asked about on %s", s.Period.ID, s.Plan, s.AskedOn)
	}
	s.AskedOn = today
	c := Change{At: now, Actor: Actor{ActorCalendar, "ask"}, Event: "asked", Subject: s.Plan + "/" + s.Period.ID, Seasons: []Season{s}}
	answerBy := NewWorkdays(m.DaysOff).Add(today, m.Policy.AnswerDays)
	for _, r := range requests {
		r.Round, r.Step, r.AskedOn, r.AnswerBy, r.NextOn, r.AnsweredAt = r.Round+1, 0, planned, answerBy, planned, time.Time{}
		c.Requests = append(c.Requests, r)
	}
	return c, nil
}
