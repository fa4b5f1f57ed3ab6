package engine

import (
	"strings"
	"time"
)

// PrepareSeason makes all of a season but its links: the coordinator looks at
// the year, moves what is to be moved, and opens it. Until then nothing leaves.
func PrepareSeason(o Opening, who Actor, now time.Time) (Change, error) {
	c, err := OpenSeason(o, who, now)
	if err != nil {
		return c, err
	}
	c.Event = "season_prepared"
	c.Seasons[0].State, c.Seasons[0].OpenedAt = SeasonPrepared, time.Time{}
	for i := range c.Requests {
		c.Requests[i].NextOn = ""
	}
	return c, nil
}

// Open opens a prepared season, or takes up one that was cancelled as prepared
// when prepare is set. Its plan may have changed since: the season is brought
// up to it first. Link hashes are left for the caller to fill in.
func (s Standing) Open(prepare bool, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator opens a season")
	}
	from, season := SeasonPrepared, s.Season
	c := Change{At: now, Actor: who, Event: "season_opened", Subject: season.Plan + "/" + season.Period.ID}
	season.State, season.OpenedAt = SeasonOpen, now
	if prepare {
		from, c.Event = SeasonCancelled, "season_prepared"
		season.State, season.OpenedAt = SeasonPrepared, time.Time{}
	}
	if s.Season.State != from {
		return Change{}, Errorf(Conflict, "season %s of plan %s is %s already", season.Period.ID, season.Plan, s.Season.State)
	}
	c.Seasons = []Season{season}
	var changed []Request
	c.Entries, changed = Extend(s, now)
	for _, r := range s.Requests {
		c.Requests = append(c.Requests, r)
	}
	for _, r := range changed {
		c.Requests = put(c.Requests, r)
	}
	activities := map[string]Activity{}
	for _, a := range s.Opening.Activities {
		activities[a.ID] = a
	}
	for i := range c.Requests {
		s.start(&c.Requests[i], activities, prepare, DateOf(now))
	}
	return c, nil
}

// start sets the day on which a request is first looked at.
func (s Standing) start(r *Request, activities map[string]Activity, prepare bool, today Date) {
	r.LookedOn, r.NextOn = today.AddDays(-1), ""
	if prepare || r.Muted() {
		return
	}
	var of []Activity
	for _, id := range r.Activities {
		of = append(of, activities[id])
	}
	r.NextOn = nextReminder(of, s.Season.Period, s.Opening.Municipality, *r)
}

// put puts a request in the place of the same body's, or at the end.
func put(list []Request, r Request) []Request {
	for i := range list {
		if list[i].Organisation == r.Organisation {
			list[i] = r
			return list
		}
	}
	return append(list, r)
}

// CancelSeason ends a season that was prepared and never opened.
func CancelSeason(s Season, reason string, who Actor, now time.Time) (Change, error) {
	return endSeason(s, SeasonPrepared, SeasonCancelled, "season_cancelled", reason, who, now)
}

// CloseSeason ends an open season without an evaluation: nothing leaves any
// more, and the links no longer open.
func CloseSeason(s Season, reason string, who Actor, now time.Time) (Change, error) {
	return endSeason(s, SeasonOpen, SeasonClosed, "season_closed", reason, who, now)
}

func endSeason(s Season, from, to SeasonState, event, reason string, who Actor, now time.Time) (Change, error) {
	switch {
	case who.Kind != ActorCoordinator:
		return Change{}, Errorf(Forbidden, "only a coordinator ends a season")
	case s.State != from:
		return Change{}, Errorf(Conflict, "season %s of plan %s is %s, not %s", s.Period.ID, s.Plan, s.State, from)
	case strings.TrimSpace(reason) == "":
		return Change{}, Errorf(Invalid, "say why the season ends")
	}
	s.State, s.ClosedAt = to, now
	return Change{At: now, Actor: who, Event: event, Subject: s.Plan + "/" + s.Period.ID, Detail: map[string]string{"reason": reason}, Seasons: []Season{s}}, nil
}

// SetDays changes the days a season is asked about and its evaluation is
// drafted; "" leaves one to the calendar. A day must be worked and still to
// come, for the calendar to reach it.
func SetDays(s Season, m Municipality, ask, draft Date, who Actor, now time.Time) (Change, error) {
	today := DateOf(now)
	switch {
	case who.Kind != ActorCoordinator:
		return Change{}, Errorf(Forbidden, "only a coordinator changes the days of a season")
	case s.State != SeasonOpen && s.State != SeasonPrepared:
		return Change{}, Errorf(Conflict, "season %s of plan %s is over", s.Period.ID, s.Plan)
	case ask != s.AskOn && s.AskedOn != "":
		return Change{}, Errorf(Conflict, "season %s of plan %s was already asked about on %s", s.Period.ID, s.Plan, s.AskedOn)
	}
	w := NewWorkdays(m.DaysOff)
	for _, d := range []struct{ now, before Date }{{ask, s.AskOn}, {draft, s.DraftOn}} {
		if d.now != "" && d.now != d.before && (d.now <= today || d.now.Sub(today) > movesAhead || !w.Works(d.now)) {
			return Change{}, Errorf(Invalid, "%s is no working day of the coming year", d.now)
		}
	}
	if ask != "" && draft != "" && draft <= ask {
		return Change{}, Errorf(Invalid, "the evaluation cannot be drafted on %s, before the asking on %s", draft, ask)
	}
	s.AskOn, s.DraftOn = ask, draft
	return Change{At: now, Actor: who, Event: "season_days", Subject: s.Plan + "/" + s.Period.ID,
		Detail: map[string]string{"ask": string(ask), "draft": string(draft)}, Seasons: []Season{s}}, nil
}
