package web

import (
	"context"
	"net/url"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// A queueGroup is what waits from one organisation about one season.
type queueGroup struct {
	ID           int // on the page
	Organisation engine.Organisation
	Plan         engine.Plan
	Period       engine.Period
	Items        []queueItem
	Together     bool // several of them may be approved at once
	Single       bool // others may not
}

// A queueItem is one answer beside what it is compared to.
type queueItem struct {
	workflows.QueueItem
	ID     int // on the page
	Group  int // of the form that approves several at once, 0 for none
	Due    engine.Date
	Before *before
	Names  map[string]engine.Organisation
	Files  []engine.File // that came with the answer
	// Blocked: no step leads from the official state to the one proposed; the
	// entry must be reopened first. Official: a result stands already.
	Blocked, Official bool
	Form              decisionForm
}

// Choices lists the statuses offered.
func (queueItem) Choices() []choice { return choices }

// Steps lists the next steps offered.
func (queueItem) Steps() []engine.NextStep { return engine.NextSteps() }

// Said reports whether the answer has a status. One without is approved only
// with a status the coordinator chooses.
func (q queueItem) Said() bool { return q.Proposal.Answer.Status.Known() }

// Sure reports whether the answer may be approved together with others: it
// says what it says, and the way it came says whose it is.
func (q queueItem) Sure() bool {
	by := q.Proposal.Channel
	return q.Said() && (by == engine.ByLink || by == engine.ByAuthenticated)
}

// Contradictions are figures of the answer that do not agree with what was
// approved the last time about the same year.
func (q queueItem) Contradictions() []czech.Contradiction {
	if q.Before == nil {
		return nil
	}
	a := q.Proposal.Answer
	return czech.Contradictions(czech.ReadIndicators(a.Done+"\n"+a.Missing), czech.ReadIndicators(q.Before.Narrative))
}

// queueGroups puts what waits under the organisations that sent it.
func queueGroups(v visit, items []workflows.QueueItem) ([]queueGroup, error) {
	ctx, o := v.r.Context(), v.office
	names, err := organisations(ctx, o)
	if err != nil {
		return nil, err
	}
	files, err := filesOf(v, items...)
	if err != nil {
		return nil, err
	}
	var groups []queueGroup
	lasts := map[int]map[string]before{}
	for n, it := range items {
		g := len(groups) - 1
		if g < 0 || groups[g].Organisation.ID != it.Proposal.Organisation || groups[g].Plan.ID != it.Proposal.Plan || groups[g].Period.ID != it.Proposal.Period {
			groups = append(groups, queueGroup{ID: len(groups) + 1, Organisation: it.Case.Organisation, Plan: it.Case.Plan, Period: it.Case.Season.Period})
			g++
			if lasts[g], err = lastResults(ctx, o, it.Proposal.Plan, it.Case.Season.Period, it.Case.Activities); err != nil {
				return nil, err
			}
		}
		q := newQueueItem(it, names, files)
		q.ID = n + 1
		if b, ok := lasts[g][it.Activity.ID]; ok {
			q.Before = &b
		}
		groups[g].Items = append(groups[g].Items, q)
	}
	for g := range groups {
		groups[g].join()
	}
	return groups, nil
}

// join offers the answers that may be approved at once, when there are several.
func (g *queueGroup) join() {
	var sure []int
	for i, q := range g.Items {
		if q.Sure() && !q.Blocked {
			sure = append(sure, i)
		}
		g.Single = g.Single || !q.Sure()
	}
	if g.Together = len(sure) > 1; g.Together {
		for _, i := range sure {
			g.Items[i].Group = g.ID
		}
	}
}

func newQueueItem(it workflows.QueueItem, names map[string]engine.Organisation, files mailFiles) queueItem {
	q := queueItem{QueueItem: it, Names: names, Files: files[it.Proposal.Inbound], Due: it.Activity.Deadline.DueIn(it.Case.Season.Period),
		Official: !it.Entry.ApprovedAt.IsZero(), Form: decisionForm{Typed: typedOf(it.Proposal.Answer, it.Activity.Indicators)}}
	_, err := engine.EventTo(it.Entry.State, it.Proposal.Answer.Status)
	q.Blocked = err != nil && q.Said()
	return q
}

// flash puts a code word into a redirect; show finds the sentence.
func flash(word string) url.Values { return url.Values{"zprava": {word}} }

func flashCount(word string, n int) url.Values {
	return url.Values{"zprava": {word}, "n": {strconv.Itoa(n)}}
}

// ReopenPage gives the way to the entry.
func (q queueItem) ReopenPage() string { return entryPath(q.Proposal.EntryKey) }

func entryPath(k engine.EntryKey) string {
	return seasonPath("aktivity", k.Plan, k.Period) + "#" + url.PathEscape(k.Activity)
}

// organisations gives every organisation by id.
func organisations(ctx context.Context, o *workflows.Office) (map[string]engine.Organisation, error) {
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	return engine.OrganisationsByID(all), nil
}
