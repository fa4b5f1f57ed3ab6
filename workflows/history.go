package workflows

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"splneno/engine"
)

// What a history asks for at most: of an activity that is asked about once a
// year this is all there is.
const (
	historyLines    = 200
	historyMails    = 60
	historyAncestry = 12 // plans back or forth
)

// A History is everything that is known of one activity: what it promises,
// where that comes from, and what became of it season by season.
type History struct {
	Plan          engine.Plan
	Activity      engine.Activity
	Organisations map[string]engine.Organisation // all that are named in it
	Amendments    []AmendmentView                // newest first
	Lineage       engine.Lineage
	Before, After []Relative
	Seasons       []SeasonHistory // newest first
	Lines         []engine.JournalLine
}

// An AmendmentView is an amendment with what it changed of the activity.
type AmendmentView struct {
	engine.Amendment
	Differences []engine.Difference
}

// A Relative is an activity this one continues, or that continues it.
type Relative struct {
	Ref      string          // "plan/id"
	Activity engine.Activity // zero when it is not known here
	Plan     engine.Plan
	How      engine.CarryHow
	Steps    int // plans between: 1 for the next
}

// History gathers the history of an activity. Its cost follows what is known of
// this one, not how much there is of others.
func (o *Office) History(ctx context.Context, plan, id string) (History, error) {
	h := History{}
	var err error
	if h.Plan, err = o.Records.Plan(ctx, plan); err != nil {
		return h, err
	}
	if h.Activity, err = o.Activity(ctx, plan, id); err != nil {
		return h, err
	}
	made, err := o.Records.AmendmentsOf(ctx, plan, []string{id})
	if err != nil {
		return h, err
	}
	for _, a := range slices.Backward(made) {
		h.Amendments = append(h.Amendments, AmendmentView{a, engine.Differences(h.Plan, []engine.Activity{h.Activity}, made, a.Number)})
	}
	if err := o.ancestry(ctx, &h); err != nil {
		return h, err
	}
	if h.Lines, err = o.Records.JournalOf(ctx, h.Activity.Ref(), historyLines); err != nil {
		return h, err
	}
	if err := o.seasonsOf(ctx, &h); err != nil {
		return h, err
	}
	return h, o.named(ctx, &h)
}

// ancestry follows the promise back through older plans, and on.
func (o *Office) ancestry(ctx context.Context, h *History) error {
	plans, err := o.Records.Plans(ctx)
	if err != nil {
		return err
	}
	byID := map[string]engine.Plan{}
	for _, p := range plans {
		byID[p.ID] = p
	}
	known := []engine.Activity{h.Activity}
	seen := map[string]bool{h.Activity.Ref(): true}
	step := []engine.Activity{h.Activity}
	for n := 1; n <= historyAncestry && len(step) > 0; n++ {
		var next []engine.Activity
		for _, a := range step {
			for _, ref := range a.Predecessors() {
				if seen[ref] {
					continue
				}
				seen[ref] = true
				r := Relative{Ref: ref, How: a.CarriedAs(ref), Steps: n}
				in, oldID, _ := engine.SplitRef(ref)
				found, err := o.Records.Activities(ctx, in, oldID)
				if err != nil {
					return err
				}
				if len(found) > 0 {
					r.Activity, r.Plan = found[0], byID[in]
					next = append(next, found[0])
				}
				h.Before = append(h.Before, r)
			}
		}
		known, step = append(known, next...), next
	}
	h.Lineage = engine.NewLineages(plans, known).Of(h.Activity.Ref())
	return o.descent(ctx, h, byID, seen)
}

// descent follows the promise into newer plans.
func (o *Office) descent(ctx context.Context, h *History, plans map[string]engine.Plan, seen map[string]bool) error {
	step := []engine.Activity{h.Activity}
	for n := 1; n <= historyAncestry && len(step) > 0; n++ {
		var next []engine.Activity
		for _, a := range step {
			found, err := o.Records.Successors(ctx, a.Ref())
			if err != nil {
				return err
			}
			for _, b := range found {
				if !seen[b.Ref()] {
					seen[b.Ref()] = true
					h.After = append(h.After, Relative{b.Ref(), b, plans[b.Plan], b.CarriedAs(a.Ref()), n})
					next = append(next, b)
				}
			}
		}
		step = next
	}
	return nil
}

// seasonsOf adds the seasons in which the activity was evaluated.
func (o *Office) seasonsOf(ctx context.Context, h *History) error {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		if s.Plan != h.Plan.ID {
			continue
		}
		found, err := o.Records.Entries(ctx, s.Plan, s.Period.ID, h.Activity.ID)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			continue
		}
		x, err := o.EntryHistory(ctx, s, found[0])
		if err != nil {
			return err
		}
		h.Seasons = append(h.Seasons, x)
	}
	slices.SortFunc(h.Seasons, func(a, b SeasonHistory) int { return cmp.Compare(b.Season.Period.End, a.Season.Period.End) })
	return nil
}

// named adds the organisations the history speaks of.
func (o *Office) named(ctx context.Context, h *History) error {
	var ids []string
	for _, p := range h.Activity.Responsible {
		ids = append(ids, p.Organisation)
	}
	for _, s := range h.Seasons {
		ids = append(ids, s.Entry.Askees...)
		for _, e := range s.Events {
			if e.Proposal != nil {
				ids = append(ids, e.Proposal.Organisation)
			}
		}
	}
	slices.Sort(ids)
	found, err := o.Records.Organisations(ctx, append(slices.Compact(ids), "")...)
	h.Organisations = engine.OrganisationsByID(found)
	return err
}

// A SeasonHistory is what became of an activity in one season.
type SeasonHistory struct {
	Season engine.Season
	Entry  engine.Entry
	Events []HistoryEvent // newest first
	Rests  *HistoryEvent  // the act that made the state what it is, nil when none is on record
	Said   *engine.Proposal
}

// A HistoryEvent is one thing that happened: an answer, a mail, a resolution,
// or an act in the journal. An answer has its journal line too.
type HistoryEvent struct {
	At         time.Time
	Proposal   *engine.Proposal
	Message    *engine.Message
	Resolution *engine.Resolution
	Item       engine.ResolutionItem // of the resolution: what it says of this activity
	Line       *engine.JournalLine
}

// EntryHistory gathers what happened about an entry.
func (o *Office) EntryHistory(ctx context.Context, s engine.Season, e engine.Entry) (SeasonHistory, error) {
	x := SeasonHistory{Season: s, Entry: e}
	subject := s.Plan + "/" + s.Period.ID + "/"
	lines, err := o.Records.JournalOf(ctx, subject+e.Activity, historyLines)
	if err != nil {
		return x, err
	}
	for i := range lines {
		x.Events = append(x.Events, HistoryEvent{At: lines[i].At, Line: &lines[i]})
	}
	bodies := map[string][]engine.JournalLine{}
	lineOf := func(body string, is func(engine.JournalLine) bool) (*engine.JournalLine, error) {
		if _, read := bodies[body]; !read {
			if bodies[body], err = o.Records.JournalOf(ctx, subject+body, historyLines); err != nil {
				return nil, err
			}
		}
		if i := slices.IndexFunc(bodies[body], is); i >= 0 {
			return &bodies[body][i], nil
		}
		return nil, nil
	}
	proposals, err := o.Records.Proposals(ctx, s.Plan, s.Period.ID, e.Activity)
	if err != nil {
		return x, err
	}
	for i, p := range proposals {
		line, err := lineOf(p.Organisation, func(l engine.JournalLine) bool { return l.At.Equal(p.At) && l.Detail["answers"] != "" })
		if err != nil {
			return x, err
		}
		x.Events = append(x.Events, HistoryEvent{At: p.At, Proposal: &proposals[i], Line: line})
		if p.State == engine.Approved && p.DecidedAt.Equal(e.ApprovedAt) {
			x.Said = &proposals[i]
		}
	}
	asked := e.Askees
	if s.OpenedAt.IsZero() { // nothing leaves a season before it is open
		asked = nil
	}
	for _, body := range asked {
		mails, err := o.Records.MessagesIn(ctx, body, s.OpenedAt, until(s, o.local()), historyMails)
		if err != nil {
			return x, err
		}
		for i, m := range mails {
			line, err := lineOf(body, func(l engine.JournalLine) bool { return l.Detail["message"] == m.MessageID })
			if err != nil {
				return x, err
			}
			x.Events = append(x.Events, HistoryEvent{At: m.CreatedAt, Message: &mails[i], Line: line})
		}
	}
	if err := o.resolved(ctx, &x); err != nil {
		return x, err
	}
	slices.SortStableFunc(x.Events, func(a, b HistoryEvent) int { return b.At.Compare(a.At) })
	x.rest()
	return x, nil
}

// until gives the end of a season, now for one that is not closed.
func until(s engine.Season, now time.Time) time.Time {
	if s.ClosedAt.IsZero() {
		return now
	}
	return s.ClosedAt
}

// resolved adds the resolutions that named the activity.
func (o *Office) resolved(ctx context.Context, x *SeasonHistory) error {
	all, err := o.Records.Resolutions(ctx, x.Season.Plan, x.Season.Period.ID)
	for i, r := range all {
		for _, item := range r.Items {
			if item.Activity == x.Entry.Activity {
				x.Events = append(x.Events, HistoryEvent{At: r.At, Resolution: &all[i], Item: item})
			}
		}
	}
	return err
}

// rest finds the act the official state rests on: the newest that approved or
// reported it.
func (x *SeasonHistory) rest() {
	for i, e := range x.Events {
		if e.Line != nil && e.Proposal == nil && e.At.Equal(x.Entry.ApprovedAt) && strings.Contains("approved reported", e.Line.Event) {
			x.Rests = &x.Events[i]
			return
		}
	}
}
