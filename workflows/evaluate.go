package workflows

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// draft is the yearly rule that makes the evaluation of every open season it
// serves, without anybody asking for it.
func (o *Office) draft(ctx context.Context, occ engine.Occurrence) (string, error) {
	seasons, err := o.served(ctx, occ)
	if err != nil {
		return "", err
	}
	for _, s := range seasons {
		if _, err := o.Draft(ctx, s.Plan, s.Period.ID, "", engine.Actor{Kind: engine.ActorCalendar, Name: "draft"}); err != nil {
			return "", err
		}
	}
	return engine.CountOf(len(seasons), "evaluation drafted", "evaluations drafted"), nil
}

// Draft makes or renews the draft of a season's evaluation and gives it. After
// an approval it makes the draft of the next restatement, for reason; when
// nothing has changed since, it gives the approved one.
func (o *Office) Draft(ctx context.Context, plan, period, reason string, who engine.Actor) (engine.Evaluation, error) {
	if err := o.begun(ctx, plan, period); err != nil {
		return engine.Evaluation{}, err
	}
	e, err := o.Evaluate(ctx, plan, period)
	if err != nil {
		return e, err
	}
	before, err := o.Records.Evaluations(ctx, plan, period)
	if err != nil {
		return e, err
	}
	c, err := engine.SaveEvaluation(e, before, reason, who)
	if err != nil {
		return e, err
	}
	if c.Event == "" {
		return before[len(before)-1], nil
	}
	if err := o.Records.Commit(ctx, c); err != nil {
		return e, err
	}
	return o.Evaluation(ctx, plan, period)
}

// Evaluation gives the newest stored evaluation of a season.
func (o *Office) Evaluation(ctx context.Context, plan, period string) (engine.Evaluation, error) {
	all, err := o.Records.Evaluations(ctx, plan, period)
	if err != nil {
		return engine.Evaluation{}, err
	}
	if len(all) == 0 {
		return engine.Evaluation{}, engine.Errorf(engine.NotFound, "season %s of plan %s has no evaluation yet", period, plan)
	}
	return all[len(all)-1], nil
}

// ApproveEvaluation freezes the draft with this number as it was shown (its
// Version), closes the season, and sends it to the steering group in the same
// Change. It is Invalid while somebody has to decide about paragraphs that were
// rewritten; see [Office.Standing].
func (o *Office) ApproveEvaluation(ctx context.Context, plan, period string, shown int, who engine.Actor) (engine.Evaluation, error) {
	t, e, err := o.Standing(ctx, plan, period)
	if err != nil {
		return e, err
	}
	if e.Version != shown {
		return e, engine.Errorf(engine.Conflict, "the draft of %s was made anew since you were shown it; look at it and approve again", period)
	}
	if n := len(t.Conflicts); n > 0 {
		return e, engine.Errorf(engine.Invalid, "%s; decide about that first, on the desk or with: splneno evaluate --settle",
			engine.CountOf(n, "of the paragraphs rewritten in Word says something new by itself now", "of the paragraphs rewritten in Word say something new by themselves now"))
	}
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return e, err
	}
	if err := s.Begun(); err != nil {
		return e, err
	}
	if e.People, err = o.peopleIn(ctx, e); err != nil {
		return e, err
	}
	c, err := engine.Freeze(e, s, who, o.local().UTC())
	if err != nil {
		return e, err
	}
	if err := o.rollUp(ctx, c.Evaluations[0], &c); err != nil {
		return e, err
	}
	if err := o.Records.Commit(ctx, c); err != nil {
		return e, err
	}
	return o.Evaluation(ctx, plan, period)
}

// peopleIn gives the names of people an evaluation may hold: of those who are
// contacts now, and those an evaluation before it held. Who signed an answer is
// not asked: many sign with the name of their body.
func (o *Office) peopleIn(ctx context.Context, e engine.Evaluation) ([]string, error) {
	bodies, err := o.Records.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	before, err := o.Records.EvaluationHeads(ctx)
	if err != nil {
		return nil, err
	}
	var others []string
	for _, b := range before {
		others = append(others, b.People...)
	}
	return czech.People(e, bodies, others...), nil
}

// Approved gives the newest approved evaluation of a season; without one it is a
// Conflict.
func (o *Office) Approved(ctx context.Context, plan, period string) (engine.Evaluation, error) {
	all, err := o.Records.Evaluations(ctx, plan, period)
	for _, e := range slices.Backward(all) {
		if e.State == engine.EvaluationApproved {
			return e, err
		}
	}
	if err == nil {
		err = engine.Errorf(engine.Conflict, "season %s of plan %s has no approved evaluation; approve it first", period, plan)
	}
	return engine.Evaluation{}, err
}

// SendEvaluation writes to the members of the steering group that have not got
// the newest approved evaluation yet, and says to how many.
func (o *Office) SendEvaluation(ctx context.Context, plan, period string, who engine.Actor) (int, error) {
	if err := engine.MayDecide(who); err != nil {
		return 0, err
	}
	e, err := o.Approved(ctx, plan, period)
	if err != nil {
		return 0, err
	}
	c := engine.Change{At: o.local(), Actor: who, Event: "evaluation_sent", Subject: plan + "/" + period, Detail: map[string]string{"number": strconv.Itoa(e.Number)}}
	if err := o.rollUp(ctx, e, &c); err != nil {
		return 0, err
	}
	letters := c.Messages
	c.Messages = nil
	for _, m := range letters {
		said, err := o.Records.HasMessage(ctx, m.Key)
		if err != nil {
			return 0, err
		}
		if !said {
			c.Messages = append(c.Messages, m)
		}
	}
	if len(c.Messages) == 0 {
		return 0, nil
	}
	return len(c.Messages), o.Records.Commit(ctx, c)
}

// rollUp adds to a Change the letters to every member of the steering group.
// Each gets a link of their own to the board. A member who cannot be written to
// keeps nobody else from it, and no evaluation from being approved: the Change
// says who that is.
func (o *Office) rollUp(ctx context.Context, e engine.Evaluation, c *engine.Change) error {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	print, err := o.Print(ctx, e)
	if err != nil {
		return err
	}
	documents, err := o.enclosed(print)
	if err != nil {
		return err
	}
	var unreachable []string
	for i, member := range m.SteeringGroup {
		l := o.toCoordinator(m, engine.LetterRollUp)
		l.To, l.Plan, l.Funding, l.Period = member, e.PlanTitle, e.Funding, e.Period
		l.Link = o.Links.BoardURL(o.boardToken(m, e.Plan, e.Period.ID, member))
		l.Words = m.Settings.MailTexts[engine.LetterRollUp]
		l.Totals, l.Hash, l.Number, l.Attachments = e.Totals, e.Hash, e.Number, documents
		msg, err := o.message(fmt.Sprintf("rollup/%s/%s/%d/%s", e.Plan, e.Period.ID, e.Number, member.Email), "", l)
		if engine.CodeOf(err) == engine.Invalid {
			unreachable = append(unreachable, "member "+strconv.Itoa(i+1)) // the journal names nobody
			continue
		}
		if err != nil {
			return err
		}
		c.Messages = append(c.Messages, msg)
	}
	if len(unreachable) > 0 {
		c.Detail["unreachable"] = strings.Join(unreachable, ", ")
	}
	return nil
}
