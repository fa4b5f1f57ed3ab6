package workflows

import (
	"context"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
)

// A QueueItem is one answer in the coordinator's queue with what she compares
// it to, and why it is not to be approved at a glance.
type QueueItem struct {
	engine.Evidence
	Organisation   engine.Organisation
	Plan           engine.Plan
	Season         engine.Season
	SaidThen       *engine.Answer // what the organisation itself said the last time, where it was approved otherwise
	Contradictions []czech.Contradiction
	Risks          []engine.Risk
}

// Queue gives everything that waits for the coordinator, by organisation, the
// one that has waited longest first.
func (o *Office) Queue(ctx context.Context) ([]QueueItem, error) {
	const some = 200
	groups, err := o.Records.QueueGroups(ctx, engine.QueueFilter{})
	if err != nil {
		return nil, err
	}
	var out []QueueItem
	for from := 0; ; from += some {
		items, err := o.QueuePage(ctx, groups, engine.QueueFilter{}, from, some)
		if err != nil || len(items) == 0 {
			return out, err
		}
		out = append(out, items...)
	}
}

// QueuePage gives some of what waits in the groups, which were counted with the
// same filter. Its cost follows what it gives, not what waits.
func (o *Office) QueuePage(ctx context.Context, groups []engine.QueueGroup, f engine.QueueFilter, offset, limit int) ([]QueueItem, error) {
	var pending []engine.Proposal
	for _, g := range groups {
		if offset >= g.Waiting {
			offset -= g.Waiting
			continue
		}
		if len(pending) >= limit {
			break
		}
		some, err := o.Records.QueueOf(ctx, g, f, offset, limit-len(pending))
		if err != nil {
			return nil, err
		}
		pending, offset = append(pending, some...), 0
	}
	return o.queueItems(ctx, pending)
}

// Answered gives the newest answer of an organisation about an activity with
// all around it, whether it waits or not: what an approval is held against.
func (o *Office) Answered(ctx context.Context, k engine.EntryKey, organisation string) (QueueItem, error) {
	all, err := o.Records.Proposals(ctx, k.Plan, k.Period, k.Activity)
	if err != nil {
		return QueueItem{}, err
	}
	newest := engine.Newest(all)
	i := slices.IndexFunc(newest, func(p engine.Proposal) bool { return p.Organisation == organisation })
	if i < 0 {
		return QueueItem{}, engine.Errorf(engine.NotFound, "%s has not answered about %s", organisation, k.Activity)
	}
	items, err := o.itemsAmong(ctx, newest[i:i+1], all)
	if err != nil {
		return QueueItem{}, err
	}
	return items[0], nil
}

// queueItems puts around answers what they are compared to, asking once for
// all that are of one season.
func (o *Office) queueItems(ctx context.Context, answers []engine.Proposal) ([]QueueItem, error) {
	return o.itemsAmong(ctx, answers, nil)
}

// itemsAmong does it where all that was said about their activities in their
// season may be known; nil where it is not.
func (o *Office) itemsAmong(ctx context.Context, answers, all []engine.Proposal) ([]QueueItem, error) {
	if len(answers) == 0 {
		return nil, nil
	}
	out := make([]QueueItem, len(answers))
	seasons := map[[2]string][]*QueueItem{}
	for i, p := range answers {
		out[i].Proposal = p
		key := [2]string{p.Plan, p.Period}
		seasons[key] = append(seasons[key], &out[i])
	}
	for _, items := range seasons {
		if err := o.setSeason(ctx, items, all); err != nil {
			return nil, err
		}
	}
	if err := o.setWriters(ctx, out); err != nil {
		return nil, err
	}
	if err := o.setFiles(ctx, out); err != nil {
		return nil, err
	}
	for i := range out {
		it := &out[i]
		if it.Before != nil {
			a := it.Proposal.Answer
			it.Contradictions = czech.Contradictions(czech.ReadIndicators(a.Done+"\n"+a.Missing), czech.ReadIndicators(it.Before.Narrative))
		}
		it.Disagree = len(it.Contradictions) > 0
		it.Risks = engine.Risks(it.Evidence)
	}
	return out, nil
}

// setSeason sets what is known of the activities in this season and before it;
// all is what was said about them, nil where it is to be asked.
func (o *Office) setSeason(ctx context.Context, items []*QueueItem, all []engine.Proposal) error {
	k := items[0].Proposal.EntryKey
	var ids []string
	for _, it := range items {
		ids = append(ids, it.Proposal.Activity)
	}
	plan, err := o.Records.Plan(ctx, k.Plan)
	if err != nil {
		return err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	s := slices.IndexFunc(seasons, func(s engine.Season) bool { return s.Plan == k.Plan && s.Period.ID == k.Period })
	if s < 0 {
		return engine.Errorf(engine.NotFound, "season %s of plan %s of an answer is not known", k.Period, k.Plan)
	}
	season := seasons[s]
	activities, err := o.Records.Activities(ctx, k.Plan, ids...)
	if err != nil {
		return err
	}
	entries, err := o.Records.Entries(ctx, k.Plan, k.Period, ids...)
	if err != nil {
		return err
	}
	if all == nil {
		if all, err = o.Records.Proposals(ctx, k.Plan, k.Period, ids...); err != nil {
			return err
		}
	}
	for _, it := range items {
		p := it.Proposal
		a := slices.IndexFunc(activities, func(a engine.Activity) bool { return a.ID == p.Activity })
		e := slices.IndexFunc(entries, func(e engine.Entry) bool { return e.Activity == p.Activity })
		if a < 0 || e < 0 {
			return engine.Errorf(engine.NotFound, "activity %s of an answer is not known", p.Activity)
		}
		it.Plan, it.Season, it.Period, it.Activity, it.Entry = plan, season, season.Period, activities[a], entries[e]
		it.setAnswers(all)
	}
	return o.setBefore(ctx, items, seasons)
}

// setAnswers sets the other answers about the same activity.
func (it *QueueItem) setAnswers(all []engine.Proposal) {
	p := it.Proposal
	for _, q := range all {
		if q.Activity == p.Activity && q.Organisation == p.Organisation && q.Revision < p.Revision {
			it.Earlier = append(it.Earlier, q)
		}
	}
	slices.SortFunc(it.Earlier, func(a, b engine.Proposal) int { return a.Revision - b.Revision })
	it.Others = slices.DeleteFunc(engine.Newest(all), func(q engine.Proposal) bool {
		return q.Activity != p.Activity || q.Organisation == p.Organisation
	})
}

// setBefore sets what was approved the last time: in the season of the same
// plan before this one, or about the activity this one continues.
func (o *Office) setBefore(ctx context.Context, items []*QueueItem, seasons []engine.Season) error {
	wanted := map[engine.EntryKey][]*QueueItem{} // by what came before
	for _, it := range items {
		for _, ref := range append([]string{it.Activity.Ref()}, it.Activity.Predecessors()...) {
			plan, id, ok := engine.SplitRef(ref)
			period := lastSeason(seasons, plan, it.Period)
			if ok && period != "" {
				k := engine.EntryKey{Plan: plan, Period: period, Activity: id}
				wanted[k] = append(wanted[k], it)
				break
			}
		}
	}
	byPlan := map[[2]string][]string{}
	for k := range wanted {
		byPlan[[2]string{k.Plan, k.Period}] = append(byPlan[[2]string{k.Plan, k.Period}], k.Activity)
	}
	for season, ids := range byPlan {
		entries, err := o.Records.Entries(ctx, season[0], season[1], ids...)
		if err != nil {
			return err
		}
		said, err := o.Records.Proposals(ctx, season[0], season[1], ids...)
		if err != nil {
			return err
		}
		for _, e := range entries {
			for _, it := range wanted[e.EntryKey] {
				it.remember(e, said)
			}
		}
	}
	return nil
}

// remember keeps an earlier result, and what the organisation said of it where
// another wording was approved.
func (it *QueueItem) remember(e engine.Entry, said []engine.Proposal) {
	if e.ApprovedAt.IsZero() {
		return
	}
	it.Before = &e
	for _, p := range said {
		a := p.Answer
		if p.EntryKey == e.EntryKey && p.Organisation == it.Proposal.Organisation && p.State == engine.Approved &&
			(a.Status != e.State || a.Qualifier != e.Qualifier || a.Done != e.Narrative || a.Missing != e.Missing) {
			it.SaidThen = &a
		}
	}
}

// lastSeason gives the newest season of a plan that ended before a period began.
func lastSeason(seasons []engine.Season, plan string, before engine.Period) string {
	var last engine.Season
	for _, s := range seasons {
		if s.Plan == plan && s.Begun() == nil && s.Period.End < before.Start && s.Period.End > last.Period.End {
			last = s
		}
	}
	return last.Period.ID
}

// setWriters sets the organisations and who is known to write for them: its
// contacts, and whoever wrote what was approved before.
func (o *Office) setWriters(ctx context.Context, items []QueueItem) error {
	var ids []string
	for _, it := range items {
		if !slices.Contains(ids, it.Proposal.Organisation) {
			ids = append(ids, it.Proposal.Organisation)
		}
	}
	found, err := o.Records.Organisations(ctx, ids...)
	if err != nil {
		return err
	}
	bodies := engine.OrganisationsByID(found)
	writers, err := o.Records.Writers(ctx, ids)
	if err != nil {
		return err
	}
	for i := range items {
		it := &items[i]
		id := it.Proposal.Organisation
		it.Organisation, it.Writers = bodies[id], slices.Clone(writers[id])
		for _, c := range bodies[id].Contacts {
			if !c.Proposed {
				it.Writers = append(it.Writers, c.Name, c.Email)
			}
		}
	}
	return nil
}

// setFiles sets the attachments that came with the answers, without their bytes.
func (o *Office) setFiles(ctx context.Context, items []QueueItem) error {
	var ids []string
	for _, it := range items {
		if it.Proposal.Inbound != "" {
			ids = append(ids, it.Proposal.Inbound)
		}
	}
	mails, err := o.Records.InboundByID(ctx, ids)
	for _, in := range mails {
		for i := range items {
			if items[i].Proposal.Inbound == in.ID {
				items[i].Files = in.Mail.Files
			}
		}
	}
	return err
}
