package engine

import (
	"slices"
	"time"
)

// A Standing is an open season with all that is asked in it, after something
// about its plan or its organisations has changed.
type Standing struct {
	Opening  Opening // as the season would be opened now
	Season   Season
	Entries  []Entry
	Requests []Request
	Touched  []string // activities that are to be looked at again
	Orphaned []string // activities whose only answer was sent back to a body that has ended since
}

// Extend brings an open season up to its plan: an entry for every new promise,
// the bodies to ask as they are known now, nothing more asked about what was
// dropped. Items of a request keep their numbers; new ones are appended, and a
// body without a request gets one. Once the season is asked about, whoever has
// a new item is asked at once. It gives what changed; link hashes of new
// requests are left for the caller to fill in.
func Extend(s Standing, now time.Time) (entries []Entry, requests []Request) {
	x := extension{Standing: s, today: DateOf(now), fresh: map[string][]Activity{}}
	byID := OrganisationsByID(s.Opening.Organisations)
	for _, a := range s.Opening.Activities {
		if e, changed := x.entry(a, byID); changed {
			entries = append(entries, e)
		}
	}
	for _, r := range s.Requests {
		if byID[r.Organisation].Ended != "" && r.NextOn != "" {
			r.NextOn = ""
			requests = append(requests, r)
			continue
		}
		fresh := x.fresh[r.Organisation]
		delete(x.fresh, r.Organisation)
		if next, changed := x.extended(r, fresh); changed {
			requests = append(requests, next)
		}
	}
	for _, id := range x.bodies {
		if fresh := x.fresh[id]; len(fresh) > 0 {
			requests = append(requests, x.request(id, fresh))
		}
	}
	return entries, requests
}

type extension struct {
	Standing
	today  Date
	fresh  map[string][]Activity // body → activities it is asked about from now on
	bodies []string              // of fresh, in the order found
}

// entry gives the entry of an activity as it should be.
func (x *extension) entry(a Activity, byID map[string]Organisation) (Entry, bool) {
	i := slices.IndexFunc(x.Entries, func(e Entry) bool { return e.Activity == a.ID })
	if i < 0 {
		if !x.Opening.promises(a) {
			return Entry{}, false
		}
		e := Entry{EntryKey: EntryKey{x.Season.Plan, x.Season.Period.ID, a.ID}, State: Planned, Askees: a.askees(byID)}
		x.ask(a, e.Askees)
		return e, true
	}
	e := x.Entries[i]
	switch {
	case e.State.Final() || e.NextStep == Drop:
		return e, false
	case a.Dropped != "":
		e.NextStep, e.PostponedTo, e.Onward = Drop, "", Onward{Reason: a.Dropped}
		return e, true
	}
	before := e.Askees
	e.Askees = a.askees(byID)
	if slices.Contains(x.Orphaned, a.ID) { // nobody is left to complete it
		e.AnsweredAt, e.Said = time.Time{}, ""
	}
	x.ask(a, slices.DeleteFunc(slices.Clone(e.Askees), func(id string) bool { return slices.Contains(before, id) }))
	return e, !slices.Equal(before, e.Askees)
}

func (x *extension) ask(a Activity, bodies []string) {
	for _, id := range bodies {
		if x.fresh[id] == nil {
			x.bodies = append(x.bodies, id)
		}
		x.fresh[id] = append(x.fresh[id], a)
	}
}

// extended gives a request with its new items behind the old ones. In a round
// it starts on the ladder again, with the full time to answer.
func (x *extension) extended(r Request, fresh []Activity) (Request, bool) {
	touched := slices.ContainsFunc(r.Activities, func(id string) bool { return slices.Contains(x.Touched, id) })
	if len(fresh) == 0 && !touched {
		return r, false
	}
	if r.Round > 0 || touched {
		r.NextOn = x.today
	}
	if len(fresh) == 0 {
		return r, true
	}
	r.Activities, r.AnsweredAt = slices.Clone(r.Activities), time.Time{}
	for _, a := range fresh {
		if !slices.Contains(r.Activities, a.ID) {
			r.Activities = append(r.Activities, a.ID)
		}
	}
	if r.Round > 0 {
		r.Step, r.AnswerBy, r.Moves = 0, x.answerBy(), withoutRungs(r.Moves)
	} else {
		r.NextOn = earlier(r.NextOn, nextReminder(fresh, x.Season.Period, x.Opening.Municipality, r))
	}
	return r, true
}

// request makes the request of a body that has none yet.
func (x *extension) request(id string, fresh []Activity) Request {
	r := newRequest(x.Opening, id, fresh, x.today)
	if x.Season.AskedOn != "" {
		r.Round, r.AskedOn, r.AnswerBy, r.NextOn = 1, x.today, x.answerBy(), x.today
	}
	return r
}

func (x *extension) answerBy() Date {
	return NewWorkdays(x.Opening.Municipality.DaysOff).Add(x.today, x.Opening.Municipality.Policy.AnswerDays)
}
