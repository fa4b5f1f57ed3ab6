package workflows

import (
	"context"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
)

// ProposeMeeting gives a meeting about a season as the coordinator would call it
// if she left everything as proposed: all but day, hour and place.
func (o *Office) ProposeMeeting(ctx context.Context, plan, period string) (engine.Meeting, error) {
	m := engine.Meeting{Plan: plan, Period: period, Body: czech.SteeringGroup}
	p, err := o.Records.Plan(ctx, plan)
	if err != nil {
		return m, err
	}
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return m, err
	}
	for _, f := range decidable(p, s) {
		ids, err := o.Records.EntryIDs(ctx, f, 0, engine.MaxItems)
		if err != nil {
			return m, err
		}
		for _, id := range ids {
			if len(m.Items) < engine.MaxItems && !slices.Contains(m.Items, id) {
				m.Items = append(m.Items, id)
			}
		}
	}
	m.Agenda, err = o.agenda(ctx, p, s)
	return m, err
}

// decidable gives what the members have to decide about: results of which
// nobody said what follows, and promises nobody answered about.
func decidable(p engine.Plan, s engine.Season) []engine.EntryFilter {
	f := engine.EntryFilter{Plan: s.Plan, Period: s.Period.ID}
	undecided, silent := f, f
	undecided.States, undecided.Undecided, undecided.Official = p.Unsettled(s.Period), true, true
	silent.Unanswered = true
	return []engine.EntryFilter{undecided, silent}
}

func (o *Office) agenda(ctx context.Context, p engine.Plan, s engine.Season) ([]string, error) {
	a := czech.AgendaFor{Plan: p.Title, Period: s.Period}
	for i, f := range decidable(p, s) {
		counts, err := o.Records.EntryCounts(ctx, f)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			a.Undecided = engine.Counted(counts)
		} else {
			a.Silent = engine.Counted(counts)
		}
	}
	heads, err := o.Records.EvaluationHeads(ctx, s.Plan)
	for _, e := range heads {
		if e.Period.ID == s.Period.ID {
			a.Approved = e.State == engine.EvaluationApproved
		}
	}
	return czech.Agenda(a), err
}

// SendDay gives the day the papers of a meeting would leave by themselves.
func (o *Office) SendDay(ctx context.Context, day engine.Date) (engine.Date, error) {
	m, err := o.Records.Municipality(ctx)
	return engine.SendDay(day, o.today(), engine.NewWorkdays(m.DaysOff)), err
}

// Meeting gives one meeting of a season.
func (o *Office) Meeting(ctx context.Context, plan, period string, id int) (engine.Meeting, error) {
	all, err := o.Records.Meetings(ctx, plan, period)
	if err != nil {
		return engine.Meeting{}, err
	}
	i := slices.IndexFunc(all, func(m engine.Meeting) bool { return m.ID == id })
	if i < 0 {
		return engine.Meeting{}, engine.Errorf(engine.NotFound, "season %s has no meeting %s", period, strconv.Itoa(id))
	}
	return all[i], nil
}

// calling gathers what it takes to decide about a meeting.
func (o *Office) calling(ctx context.Context, m engine.Meeting) (engine.Calling, error) {
	c := engine.Calling{Now: o.local()}
	if err := o.begun(ctx, m.Plan, m.Period); err != nil {
		return c, err
	}
	town, err := o.Records.Municipality(ctx)
	if err != nil {
		return c, err
	}
	c.Workdays = engine.NewWorkdays(town.DaysOff)
	if c.Before, err = o.Records.Meetings(ctx, m.Plan, m.Period); err != nil || len(m.Items) == 0 {
		return c, err
	}
	c.Entries, err = o.Records.Entries(ctx, m.Plan, m.Period, m.Items...)
	return c, err
}

// CallMeeting calls a meeting and gives it as it is stored.
func (o *Office) CallMeeting(ctx context.Context, m engine.Meeting, who engine.Actor) (engine.Meeting, error) {
	c, err := o.calling(ctx, m)
	if err != nil {
		return m, err
	}
	ch, err := c.Call(m, who)
	if err != nil {
		return m, err
	}
	return o.committed(ctx, ch)
}

// ChangeMeeting changes a meeting as it was shown (its Version), and gives it as
// it is stored.
func (o *Office) ChangeMeeting(ctx context.Context, m engine.Meeting, who engine.Actor) (engine.Meeting, error) {
	return o.onMeeting(ctx, m, func(c engine.Calling, was engine.Meeting) (engine.Change, error) { return c.Amend(was, m, who) })
}

// ForgetPack stops asking about papers that never left.
func (o *Office) ForgetPack(ctx context.Context, m engine.Meeting, who engine.Actor) error {
	_, err := o.onMeeting(ctx, m, func(c engine.Calling, was engine.Meeting) (engine.Change, error) { return c.Forget(was, who) })
	return err
}

// CancelMeeting says that a meeting does not take place. Members who were
// invited are told in the same Change.
func (o *Office) CancelMeeting(ctx context.Context, m engine.Meeting, reason string, who engine.Actor) error {
	_, err := o.onMeeting(ctx, m, func(c engine.Calling, was engine.Meeting) (engine.Change, error) {
		ch, err := c.Cancel(was, reason, who)
		if err != nil || ch.Meetings[0].Sending == was.Sending {
			return ch, err
		}
		_, err = o.invite(ctx, &ch, engine.Meeting{}, 0)
		return ch, err
	})
	return err
}

// onMeeting commits what change makes of a meeting as it was shown.
func (o *Office) onMeeting(ctx context.Context, shown engine.Meeting, change func(engine.Calling, engine.Meeting) (engine.Change, error)) (engine.Meeting, error) {
	was, err := o.Meeting(ctx, shown.Plan, shown.Period, shown.ID)
	if err != nil {
		return was, err
	}
	if was.Version != shown.Version {
		return was, engine.Errorf(engine.Conflict, "the meeting of %s was changed since you were shown it; look at it again", was.Day)
	}
	c, err := o.calling(ctx, shown)
	if err != nil {
		return was, err
	}
	ch, err := change(c, was)
	if err != nil || ch.Event == "" {
		return was, err
	}
	return o.committed(ctx, ch)
}

// committed stores a Change of one meeting and gives it as it then stands.
func (o *Office) committed(ctx context.Context, ch engine.Change) (engine.Meeting, error) {
	m := ch.Meetings[0]
	m.Version++
	return m, o.Records.Commit(ctx, ch)
}
