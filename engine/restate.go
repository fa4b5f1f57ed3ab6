package engine

import (
	"strings"
	"time"
)

// SaveEvaluation stores a draft: in the place of the last one while that is a
// draft, else as the next restatement, for which reason must be given. A draft
// that says nothing new is an empty Change (its Event is "").
func SaveEvaluation(e Evaluation, before []Evaluation, reason string, who Actor) (Change, error) {
	if who.Kind != ActorCoordinator && who.Kind != ActorCalendar {
		return Change{}, Errorf(Forbidden, "only a coordinator drafts an evaluation, or the calendar")
	}
	if len(before) > 0 {
		last := before[len(before)-1]
		e.Foreword, e.Conclusion, e.Edits = last.Foreword, last.Conclusion, last.Edits
		if last.State == EvaluationDraft {
			e.Number, e.Version, e.Reason = last.Number, last.Version, last.Reason
			if r := strings.TrimSpace(reason); r != "" && len(before) > 1 {
				e.Reason = r
			}
			if len(before) > 1 {
				e.compare(before[len(before)-2])
			}
			if same, err := saysTheSame(last, e); same || err != nil {
				return Change{}, err
			}
		} else {
			e.compare(last)
			if len(e.Changes) == 0 {
				return Change{}, nil
			}
			if strings.TrimSpace(reason) == "" {
				return Change{}, Errorf(Invalid, "evaluation %d of %s is frozen; say why it is restated", last.Number, e.Period.ID)
			}
			e.Number, e.Reason = last.Number+1, strings.TrimSpace(reason)
		}
	}
	return Change{At: e.MadeAt, Actor: who, Event: "evaluation_drafted", Subject: e.Plan + "/" + e.Period.ID, Evaluations: []Evaluation{e},
		Detail: map[string]string{"number": itoa(e.Number), "units": itoa(e.Totals.All), "no_answer": itoa(e.Totals.NoAnswer)}}, nil
}

// saysTheSame reports whether a reader of both evaluations is told the same.
func saysTheSame(a, b Evaluation) (bool, error) {
	was, err := a.Digest()
	if err != nil {
		return false, err
	}
	is, err := b.Digest()
	return was == is, err
}

// Freeze makes a draft final: it gets its hash, the season closes, and with it
// the links of its requests. draft is the evaluation as it was shown.
func Freeze(e Evaluation, s Season, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator approves an evaluation")
	}
	if e.State != EvaluationDraft {
		return Change{}, Errorf(Conflict, "evaluation %d of %s is already approved", e.Number, e.Period.ID)
	}
	e.State, e.FrozenAt, e.FrozenBy = EvaluationApproved, now, who.Name
	hash, err := e.Digest()
	if err != nil {
		return Change{}, err
	}
	e.Hash = hash
	c := Change{At: now, Actor: who, Event: "evaluation_approved", Subject: e.Plan + "/" + e.Period.ID, Evaluations: []Evaluation{e},
		Detail: map[string]string{"number": itoa(e.Number), "hash": hash}}
	if s.State == SeasonOpen {
		s.State, s.ClosedAt = SeasonClosed, now
		c.Seasons = []Season{s}
	}
	return c, nil
}
