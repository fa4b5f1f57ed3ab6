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
	Entries     int    // whose state is what their journalled steps lead to
	Evaluations int    // frozen, whose hash still fits what they say
}

// Verify walks the whole journal and holds it against what is stored. The error
// is a Conflict that names the first thing that does not fit.
func (o *Office) Verify(ctx context.Context) (Verification, error) {
	var check engine.JournalCheck
	states := map[string]string{} // subject → state its last step led to
	err := o.Records.Journal(ctx, 1, func(l engine.JournalLine) error {
		if to := l.Detail["to"]; to != "" {
			if was, seen := states[l.Subject]; seen && was != l.Detail["from"] {
				return engine.Errorf(engine.Conflict, "journal line %d moves %s from %s, but it stood at %s", l.Seq, l.Subject, l.Detail["from"], was)
			}
			states[l.Subject] = to
		}
		return check.Next(l)
	})
	v := Verification{Lines: check.Lines, Head: check.Head}
	if err != nil {
		return v, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return v, err
	}
	for _, s := range seasons {
		if err := o.verifySeason(ctx, s, states, &v); err != nil {
			return v, err
		}
	}
	return v, nil
}

func (o *Office) verifySeason(ctx context.Context, s engine.Season, states map[string]string, v *Verification) error {
	entries, err := o.Records.Entries(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		subject := strings.Join([]string{e.Plan, e.Period, e.Activity}, "/")
		want, moved := states[subject]
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
		hash, err := e.Digest()
		if err != nil {
			return err
		}
		if hash != e.Hash {
			return engine.Errorf(engine.Conflict, "evaluation %d of %s/%s was changed after it was approved", e.Number, e.Plan, e.Period.ID)
		}
		v.Evaluations++
	}
	return nil
}
