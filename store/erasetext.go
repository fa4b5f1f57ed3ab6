package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// What follows finds and cleans the texts of the municipality that hold no
// longer, or not yet: earlier versions of plans, decisions, drafts.

// texts keeps of a query the rows in which a column may hold the address or the
// name. Whether the name is the person's, the engine says.
func (s search) texts(columns ...string) refinement {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			q = q.Where("1 = 0")
			for _, c := range columns {
				if s.who.Email != "" {
					q = q.WhereOr("lower(?) LIKE ?", bun.Ident(c), "%"+like(s.who.Email)+"%")
				}
				if s.who.Name != "" {
					q = q.WhereOr("? LIKE ?", bun.Ident(c), "%"+like(s.who.Name)+"%")
				}
			}
			return q
		})
	}
}

func (s search) entries(ctx context.Context) (was, cleaned []engine.Entry, err error) {
	return touched[entryRow](ctx, s, and(s.texts("onward"), order("plan", "period", "activity")), s.circle.Entry)
}

func (s search) resolutions(ctx context.Context) (was, cleaned []engine.Resolution, err error) {
	return touched[resolutionRow](ctx, s, and(s.texts("body"), order("plan", "period", "id")), s.circle.Resolution)
}

func (s search) meetings(ctx context.Context) (was, cleaned []engine.Meeting, err error) {
	return touched[meetingRow](ctx, s, and(s.texts("body"), order("plan", "period", "id")), s.circle.Meeting)
}

func (s search) evaluations(ctx context.Context) (was, cleaned []engine.Evaluation, err error) {
	return touched[evaluationRow](ctx, s, and(s.texts("body"), order("plan", "period", "number")), s.circle.Evaluation)
}

func (s search) amendments(ctx context.Context) (was, cleaned []engine.Amendment, err error) {
	return touched[amendmentRow](ctx, s, and(s.texts("body", "plan_as"), order("plan", "number")), s.circle.Amendment)
}

func (s search) amended(ctx context.Context) (was, cleaned []amendedRow, err error) {
	return touched[amendedRow](ctx, s, and(s.texts("before"), order("plan", "number", "place")), func(r amendedRow) (amendedRow, bool) {
		if r.Before.V == nil {
			return r, false
		}
		a, changed := s.circle.Activity(*r.Before.V)
		r.Before.V = &a
		return r, changed
	})
}

// countTexts says how many of these texts speak of the person.
func (s search) countTexts(ctx context.Context, f *engine.PersonFile) error {
	_, plans, err := s.amendments(ctx)
	_, activities, failed := s.amended(ctx)
	err = firstOf(err, failed)
	_, decided, failed := s.entries(ctx)
	err = firstOf(err, failed)
	_, resolved, failed := s.resolutions(ctx)
	err = firstOf(err, failed)
	_, met, failed := s.meetings(ctx)
	err = firstOf(err, failed)
	_, drafts, failed := s.evaluations(ctx)
	f.Versions, f.Decisions, f.Evaluations = len(plans)+len(activities), len(decided)+len(resolved)+len(met), len(drafts)
	err = firstOf(err, failed)
	err = firstOf(err, s.journalled(ctx, f))
	return err
}

func (s search) eraseTexts(ctx context.Context, tx bun.Tx) error {
	_, entries, err := s.entries(ctx)
	if err != nil {
		return err
	}
	_, resolutions, err := s.resolutions(ctx)
	if err != nil {
		return err
	}
	_, meetings, err := s.meetings(ctx)
	if err != nil {
		return err
	}
	_, evaluations, err := s.evaluations(ctx)
	if err != nil {
		return err
	}
	_, amendments, err := s.amendments(ctx)
	if err != nil {
		return err
	}
	_, activities, err := s.amended(ctx)
	if err != nil {
		return err
	}
	for _, r := range activities {
		if _, err := tx.NewUpdate().Model(&r).Column("before").WherePK().Exec(ctx); err != nil {
			return err
		}
	}
	return firstOf(save(ctx, tx, rowsOf(s.t.id, entries, newEntryRow)), save(ctx, tx, rowsOf(s.t.id, resolutions, newResolutionRow)),
		save(ctx, tx, rowsOf(s.t.id, meetings, newMeetingRow)), save(ctx, tx, rowsOf(s.t.id, evaluations, newEvaluationRow)), s.t.writeResults(ctx, tx, evaluations),
		save(ctx, tx, rowsOf(s.t.id, amendments, newAmendmentRow)))
}
