package engine

import (
	"strings"
	"time"
)

// Reword changes the words of an official result and nothing else: no state, no
// decision, nobody's answer. What the organisation wrote stays with its answer.
func Reword(e Entry, narrative, missing string, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator rewords a result")
	}
	if e.ApprovedAt.IsZero() {
		return Change{}, Errorf(Conflict, "%s has no official result yet; there is nothing to reword", e.Activity)
	}
	before := Answer{Status: e.State, Qualifier: e.Qualifier, Done: e.Narrative, Missing: e.Missing}
	after := before
	after.Done, after.Missing = strings.TrimSpace(narrative), strings.TrimSpace(missing)
	if err := after.checkLength(); err != nil {
		return Change{}, err
	}
	if err := after.Check(); err != nil && before.Check() == nil { // what was complete must stay so
		return Change{}, err
	}
	var changed []string
	for _, f := range [][3]string{{"narrative", before.Done, after.Done}, {"missing", before.Missing, after.Missing}} {
		if f[1] != f[2] {
			changed = append(changed, f[0])
		}
	}
	if len(changed) == 0 {
		return Change{}, nil
	}
	e.Narrative, e.Missing = after.Done, after.Missing
	return Change{At: now, Actor: who, Event: "reworded", Subject: subject(e.EntryKey), Entries: []Entry{e},
		Detail: map[string]string{"changed": strings.Join(changed, ", ")}}, nil
}

// Frame puts the coordinator's own words before and after the results of the
// newest evaluation. A frozen one stays as it is: then it becomes the draft of
// the next restatement, for a reason. Words that are there already are an empty
// Change (its Event is "").
func Frame(newest Evaluation, foreword, conclusion, reason string, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator writes into an evaluation")
	}
	e := newest
	e.Foreword, e.Conclusion = strings.TrimSpace(foreword), strings.TrimSpace(conclusion)
	if err := (Answer{Done: e.Foreword, Missing: e.Conclusion}).checkLength(); err != nil {
		return Change{}, err
	}
	if e.Foreword == newest.Foreword && e.Conclusion == newest.Conclusion {
		return Change{}, nil
	}
	e, err := e.rewritten(reason, now)
	if err != nil {
		return Change{}, err
	}
	return Change{At: now, Actor: who, Event: "evaluation_framed", Subject: e.Plan + "/" + e.Period.ID, Evaluations: []Evaluation{e},
		Detail: map[string]string{"number": itoa(e.Number)}}, nil
}

// rewritten gives the draft that new words belong to: a draft itself, after an
// approval the draft of the next restatement.
func (e Evaluation) rewritten(reason string, now time.Time) (Evaluation, error) {
	if e.State != EvaluationApproved {
		return e, nil
	}
	if strings.TrimSpace(reason) == "" {
		return e, Errorf(Invalid, "evaluation %d of %s is frozen; say why it is restated", e.Number, e.Period.ID)
	}
	e.State, e.Number, e.Reason, e.Version = EvaluationDraft, e.Number+1, strings.TrimSpace(reason), 0
	e.Changes, e.Changed, e.MadeAt, e.FrozenAt, e.FrozenBy, e.Hash = nil, nil, now, time.Time{}, "", ""
	return e, nil
}
