package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// take shows what a document worked on in Word would change, and stores it.
func (e evaluateCommand) take(ctx context.Context, o *workflows.Office, s engine.Season, who engine.Actor, w *world) error {
	file, err := os.ReadFile(e.Take)
	if err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be read: %w", e.Take, err)
	}
	t, ev, err := o.Edits(ctx, s.Plan, s.Period.ID, file)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Take, err)
	}
	edits, taken := t.Edits, t.Taken
	tellTakeover(w, t, ev, e.Mine)
	if e.Mine {
		for _, c := range t.Conflicts {
			if x, stands := c.Choose(); stands {
				edits, taken = append(edits, x), taken+1
			}
		}
	}
	if taken == 0 {
		_, err := fmt.Fprintln(w.out, "There is nothing to take over.")
		return err
	}
	if ev.State == engine.EvaluationApproved && strings.TrimSpace(e.Restate) == "" {
		return engine.Errorf(engine.Invalid, "evaluation %d of %s is frozen; say why it is restated with --restate", ev.Number, ev.Period.ID)
	}
	if !e.Yes && !consents(w) {
		return nil
	}
	if err := o.TakeOver(ctx, s.Plan, s.Period.ID, ev.Number, ev.Version, edits, e.Restate, who); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "Taken over: %d of the paragraphs. Make the documents anew: splneno evaluate --season %s\n", taken, s.Period.ID)
	return err
}

// tellTakeover says what would change, what both sides changed, and what is
// changed at the desk only.
func tellTakeover(w *world, t engine.Takeover, ev engine.Evaluation, mine bool) {
	known := map[string]engine.Edit{}
	for _, x := range ev.Edits {
		known[x.Key] = x
	}
	for _, x := range t.Edits {
		if old, ok := known[x.Key]; !ok || strings.Join(old.After, "\n") != strings.Join(x.After, "\n") {
			fmt.Fprintf(w.out, "takes over: %s → %s\n", saying(x.Before), saying(strings.Join(x.After, " ¶ ")))
		}
	}
	wins := "ours stays; --mine takes yours"
	if mine {
		wins = "yours is taken"
	}
	for _, c := range t.Conflicts {
		fmt.Fprintf(w.out, "changed on both sides (%s): it was %s, here it is %s, yours is %s\n", wins, saying(c.Before), saying(c.Ours), saying(strings.Join(c.Mine, " ¶ ")))
	}
	for _, r := range t.Refused {
		fmt.Fprintf(w.out, "a fact, changed at the desk only: %s → %s\n", saying(r.Before), saying(r.After))
	}
}

// settle decides about all paragraphs rewritten before that no longer fit.
func (e evaluateCommand) settle(ctx context.Context, o *workflows.Office, s engine.Season, who engine.Actor, w *world) error {
	t, ev, err := o.Standing(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return err
	}
	edits := t.Edits
	for _, c := range t.Conflicts {
		if x, stands := c.Choose(); stands && e.Settle == "mine" {
			edits = append(edits, x)
		}
	}
	if err := o.TakeOver(ctx, s.Plan, s.Period.ID, ev.Number, ev.Version, edits, e.Restate, who); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "Decided: %d of the paragraphs. Make the documents anew: splneno evaluate --season %s\n", len(t.Conflicts), s.Period.ID)
	return err
}

// tellStanding says which paragraphs rewritten before somebody has to decide about.
func tellStanding(ctx context.Context, o *workflows.Office, s engine.Season, w *world) error {
	t, _, err := o.Standing(ctx, s.Plan, s.Period.ID)
	for _, c := range t.Conflicts {
		fmt.Fprintf(w.out, "rewritten before, and new here since (ours stands until you decide with --settle): it was %s, here it is %s, yours is %s\n", saying(c.Before), saying(c.Ours), saying(strings.Join(c.Mine, " \u00b6 ")))
	}
	return err
}
