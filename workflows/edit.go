package workflows

import (
	"context"

	"splneno/engine"
)

// Edits says what a Word document that somebody worked on would change in the
// newest evaluation. Nothing is stored.
func (o *Office) Edits(ctx context.Context, plan, period string, file []byte) (engine.Takeover, engine.Evaluation, error) {
	e, err := o.Evaluation(ctx, plan, period)
	if err != nil {
		return engine.Takeover{}, e, err
	}
	p, err := o.Print(ctx, e)
	if err != nil {
		return engine.Takeover{}, e, err
	}
	t, err := o.Documents.Edits(file, p)
	return t, e, err
}

// Standing says which paragraphs of the newest evaluation that were rewritten in
// Word still fit what the documents would say today, and which of them somebody
// has to decide about.
func (o *Office) Standing(ctx context.Context, plan, period string) (engine.Takeover, engine.Evaluation, error) {
	e, err := o.Evaluation(ctx, plan, period)
	if err != nil || len(e.Edits) == 0 {
		return engine.Takeover{}, e, err
	}
	p, err := o.Print(ctx, e)
	if err != nil {
		return engine.Takeover{}, e, err
	}
	t, err := o.Documents.Standing(p)
	return t, e, err
}

// TakeOver makes the edits those of the newest evaluation. shown is its number
// and version; when it has moved it is a Conflict.
func (o *Office) TakeOver(ctx context.Context, plan, period string, number, version int, edits []engine.Edit, reason string, who engine.Actor) error {
	e, err := o.evaluationAs(ctx, plan, period, number, version)
	if err != nil {
		return err
	}
	c, err := engine.TakeOver(e, edits, reason, who, o.local().UTC())
	if err != nil || c.Event == "" {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// evaluationAs gives the newest evaluation as it was shown.
func (o *Office) evaluationAs(ctx context.Context, plan, period string, number, version int) (engine.Evaluation, error) {
	e, err := o.Evaluation(ctx, plan, period)
	if err == nil && (e.Number != number || e.Version != version) {
		return e, engine.Errorf(engine.Conflict, "the evaluation of %s was changed since you were shown it; look at it again", period)
	}
	return e, err
}
