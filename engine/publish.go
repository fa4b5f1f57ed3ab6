package engine

import "time"

// Publish lets everybody read an approved evaluation of the season, in the place
// of the one they read before. A later restatement is not published by this.
// What is published already is an empty Change (its Event is "").
func Publish(s Season, e Evaluation, who Actor, now time.Time) (Change, error) {
	if err := MayDecide(who); err != nil {
		return Change{}, err
	}
	switch {
	case e.Plan != s.Plan || e.Period.ID != s.Period.ID:
		return Change{}, Errorf(Invalid, "the evaluation is not one of season %s of plan %s", s.Period.ID, s.Plan)
	case e.State != EvaluationApproved:
		return Change{}, Errorf(Conflict, "evaluation %d of %s is a draft; approve it before everybody may read it", e.Number, s.Period.ID)
	case e.Number == s.Published:
		return Change{}, nil
	}
	s.Published, s.PublishedAt = e.Number, now
	return Change{At: now, Actor: who, Event: "evaluation_published", Subject: s.Plan + "/" + s.Period.ID, Seasons: []Season{s},
		Detail: map[string]string{"number": itoa(e.Number), "hash": e.Hash}}, nil
}

// Withdraw takes back what everybody may read of the season. The evaluation
// itself stays as it was approved.
func Withdraw(s Season, who Actor, now time.Time) (Change, error) {
	if err := MayDecide(who); err != nil {
		return Change{}, err
	}
	if s.Published == 0 {
		return Change{}, Errorf(Conflict, "nothing is published of season %s of plan %s", s.Period.ID, s.Plan)
	}
	number := s.Published
	s.Published, s.PublishedAt = 0, time.Time{}
	return Change{At: now, Actor: who, Event: "evaluation_withdrawn", Subject: s.Plan + "/" + s.Period.ID, Seasons: []Season{s},
		Detail: map[string]string{"number": itoa(number)}}, nil
}
