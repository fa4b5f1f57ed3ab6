package workflows

import (
	"context"
	"strings"

	"splneno/engine"
)

// A Verification is what was found sound.
type Verification struct {
	Lines       int64  // of the journal
	Head        string // hash of its last line
	Erased      int    // names and texts that erasures of persons took from the journal
	Entries     int    // whose state is what their journalled steps lead to
	Evaluations int    // frozen, whose hash still fits what they say
	Bundles     int    // evaluations towns delivered, whose seal still fits
	Proofs      int    // rows of these, whose line of the journal is the one they name
}

// Verify walks the whole journal and holds it against what is stored. The error
// is a Conflict that names the first thing that does not fit.
func (o *Office) Verify(ctx context.Context) (Verification, error) {
	var check engine.JournalCheck
	known := journalled{states: map[string]string{}, decided: map[int64]decision{}}
	err := o.Records.Journal(ctx, 1, func(l engine.JournalLine) error {
		if to := l.Detail["to"]; to != "" {
			if was, seen := known.states[l.Subject]; seen && was != l.Detail["from"] {
				return engine.Errorf(engine.Conflict, "journal line %d moves %s from %s, but it stood at %s", l.Seq, l.Subject, l.Detail["from"], was)
			}
			known.states[l.Subject] = to
			known.decided[l.Seq] = decision{l.Subject, l.Hash}
		}
		return check.Next(l)
	})
	v := Verification{Lines: check.Lines, Head: check.Head, Erased: check.Erased}
	if err == nil {
		err = check.Whole()
	}
	if err != nil {
		return v, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return v, err
	}
	for _, s := range seasons {
		if err := o.verifySeason(ctx, s, known, &v); err != nil {
			return v, err
		}
	}
	bundles, err := o.sealedBundles(ctx)
	v.Bundles = len(bundles)
	return v, err
}

// journalled is what the rest is held against.
type journalled struct {
	states  map[string]string  // subject → state its last step led to
	decided map[int64]decision // by line, those that moved a state
}

// A decision is a line of the journal that moved a state.
type decision struct{ subject, hash string }

func (o *Office) verifySeason(ctx context.Context, s engine.Season, known journalled, v *Verification) error {
	entries, err := o.Records.Entries(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		subject := strings.Join([]string{e.Plan, e.Period, e.Activity}, "/")
		want, moved := known.states[subject]
		if !moved && e.Source != "import" {
			want = string(engine.Planned)
		}
		if want != "" && want != string(e.State) {
			return engine.Errorf(engine.Conflict, "entry %s stands at %s, but its journal leads to %s", subject, e.State, want)
		}
		v.Entries++
	}
	frozen, err := o.Records.Evaluations(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return err
	}
	for _, e := range frozen {
		if e.State != engine.EvaluationApproved {
			continue
		}
		if err := verifyFrozen(e, known, v); err != nil {
			return err
		}
		v.Evaluations++
	}
	return nil
}

// verifyFrozen holds an evaluation against its hash, and its rows against the
// lines of the journal they say they rest on.
func verifyFrozen(e engine.Evaluation, known journalled, v *Verification) error {
	hash, err := e.Digest()
	if err != nil {
		return err
	}
	if hash != e.Hash {
		return engine.Errorf(engine.Conflict, "evaluation %d of %s/%s was changed after it was approved", e.Number, e.Plan, e.Period.ID)
	}
	for _, row := range e.Rows() {
		if row.Proof.Line == 0 {
			continue
		}
		subject := strings.Join([]string{e.Plan, e.Period.ID, row.ID}, "/")
		if known.decided[row.Proof.Line] != (decision{subject, row.Proof.Hash}) {
			return engine.Errorf(engine.Conflict, "evaluation %d of %s/%s rests %s on line %d of the journal, but that is another line", e.Number, e.Plan, e.Period.ID, row.ID, row.Proof.Line)
		}
		v.Proofs++
	}
	return nil
}
