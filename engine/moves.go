package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Mute is the occasion that stands for all of a request: while it is stopped,
// nothing at all is said about the request, to the body or to the coordinator.
const Mute = "*"

// rungKey names a rung of the ladder of one round: "rung/1/0" is the request.
func rungKey(round, step int) string { return fmt.Sprintf("rung/%d/%d", round, step) }

// reminderKey names the reminder of a due day so many days ahead of it. It is
// made of what was promised and decided, never of the day it falls on: a new
// day off must not unhinge what was moved.
func reminderKey(due Date, ahead int) string { return fmt.Sprintf("deadline/%s/%d", due, ahead) }

// stopped reports whether the coordinator said that the occasion is left out.
func (r Request) stopped(key string) bool {
	day, said := r.Moves[key]
	return said && day == ""
}

// Muted reports whether the body is not written to in this season.
func (r Request) Muted() bool { return r.stopped(Mute) }

// rung gives the first rung from step on that is not stopped, and its day, ""
// past the end of the ladder.
func (c Case) rung(step int) (int, Date) {
	for c.rungDay(step) != "" && c.Request.stopped(rungKey(c.Request.Round, step)) {
		step++
	}
	return step, c.rungDay(step)
}

// A reminder is one day on which a due day is reminded of.
type reminder struct {
	key string
	day Date
}

// reminders gives the days on which a due day is reminded of, rising. Each is
// moved to a working day, but never behind the due day itself; the days the
// coordinator chose stand as she chose them. Of a term that lies behind the last
// look there are none.
func reminders(due Date, m Municipality, r Request) []reminder {
	if due <= r.LookedOn { // all of them are over, or there is none
		return nil
	}
	w := NewWorkdays(m.DaysOff)
	var list []reminder
	for _, ahead := range m.Policy.DeadlineAhead {
		key := reminderKey(due, ahead)
		day, moved := r.Moves[key]
		if !moved {
			day = w.OnOrAfter(due.AddDays(-ahead))
		}
		if day != "" && day <= due {
			list = append(list, reminder{key, day})
		}
	}
	slices.SortFunc(list, func(a, b reminder) int { return strings.Compare(string(a.day), string(b.day)) })
	return list
}

// withoutRungs gives moves without those of the ladder: who climbs it anew
// climbs all of it.
func withoutRungs(moves map[string]Date) map[string]Date {
	out := maps.Clone(moves)
	maps.DeleteFunc(out, func(key string, _ Date) bool { return strings.HasPrefix(key, "rung/") })
	return out
}

// A Move is what the coordinator decides about occasions of one request.
type Move struct {
	Keys []string // as a [Mailing] carries them, or Mute
	Day  Date     // the day they are moved to, "" to leave them out
	Undo bool     // they go back to where the calendar has them
}

// MoveLetters moves occasions of a request to another day, leaves them out, or
// takes such a decision back. A day must be worked, lie in the window of the
// body, and be still to come. Whatever meets on a day becomes one letter.
func MoveLetters(c Case, m Move, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator moves letters")
	}
	if c.Season.State != SeasonOpen && c.Season.State != SeasonPrepared {
		return Change{}, Errorf(Conflict, "season %s of plan %s is over; nothing leaves any more", c.Season.Period.ID, c.Season.Plan)
	}
	if len(m.Keys) == 0 {
		return Change{}, Errorf(Invalid, "nothing is named that could be moved")
	}
	r := c.Request
	if r.Moves = maps.Clone(r.Moves); r.Moves == nil {
		r.Moves = map[string]Date{}
	}
	ch := Change{At: now, Actor: who, Event: m.event(), Subject: r.Plan + "/" + r.Period + "/" + r.Organisation,
		Detail: map[string]string{"occasions": strings.Join(m.Keys, " "), "to": string(m.Day)}}
	for _, key := range m.Keys {
		if m.Undo {
			delete(r.Moves, key)
			continue
		}
		if err := c.movable(key, m.Day, DateOf(now)); err != nil {
			return Change{}, err
		}
		r.Moves[key] = m.Day
	}
	if c.Season.State == SeasonOpen {
		r = c.Reschedule(r, now)
		r.AnsweredAt = c.Request.AnsweredAt
	}
	ch.Requests = []Request{r}
	return ch, nil
}

func (m Move) event() string {
	switch {
	case m.Undo:
		return "move_undone"
	case m.Day == "":
		return "letters_stopped"
	}
	return "letters_moved"
}

// movable checks one occasion against the day it is to be moved to.
func (c Case) movable(key string, day, today Date) error {
	if key == Mute && day == "" {
		return nil
	}
	last, known := c.latest(key)
	switch {
	case !known:
		return Errorf(Conflict, "%q is not to come any more; look at the page again", key)
	case day == "":
		return nil
	}
	if err := c.Free(day, today); err != nil {
		return err
	}
	if last != "" && day > last {
		return Errorf(Invalid, "a reminder of a term on %s cannot leave after it", last)
	}
	return nil
}

// movesAhead is how far ahead a letter may be moved.
const movesAhead = 500

// Free checks that a letter may be moved to the day.
func (c Case) Free(day, today Date) error {
	switch {
	case day < today || day <= c.Request.LookedOn && c.Season.State == SeasonOpen:
		return Errorf(Invalid, "%s is over for this body; choose a later day", day)
	case day.Sub(today) > movesAhead:
		return Errorf(Invalid, "%s is too far away; choose a day within %d days", day, movesAhead)
	case !NewWorkdays(c.Municipality.DaysOff).Works(day):
		return Errorf(Invalid, "%s is no working day", day)
	case !c.Organisation.Window.Opens(day):
		return Errorf(Invalid, "%s does not read its mail on %s", c.Organisation.Name, day)
	}
	return nil
}

// latest reports whether an occasion is still to come, and the last day it makes
// sense on, "" for any.
func (c Case) latest(key string) (last Date, known bool) {
	if key == againKey {
		return "", c.Request.Moves[againKey] != ""
	}
	round := max(1, c.Request.Round)
	for step := c.Request.Step; step <= len(c.Municipality.Policy.Ladder); step++ {
		if key == rungKey(round, step) {
			return "", true
		}
	}
	for _, a := range c.Activities {
		due := a.Deadline.DueIn(c.Season.Period)
		for _, ahead := range c.Municipality.Policy.DeadlineAhead {
			if due != "" && key == reminderKey(due, ahead) {
				return due, true
			}
		}
	}
	return "", false
}
