package web

import (
	"cmp"
	"context"
	"slices"

	"splneno/engine"
	"splneno/workflows"
)

// A seasonBoard says who has answered in a season and who has not.
type seasonBoard struct {
	Season     engine.Season
	PlanTitle  string
	Rows       []boardRow
	Answered   int // bodies that answered anything
	Owing      int // bodies that owe something
	Evaluation *engine.Evaluation
}

// A boardRow is one organisation in a season.
type boardRow struct {
	Request      engine.Request
	Name         string
	Body         engine.Organisation
	Today        engine.Date
	Reachable    bool
	Own          int // items it has answered itself
	Given, Total int // items answered by anybody
	Returned     int // of its own, sent back with a question
}

// Done reports whether nothing is owed.
func (r boardRow) Done() bool { return r.Given == r.Total && r.Returned == 0 }

// Last gives the day it was last written to, "" for never.
func (r boardRow) Last() engine.Date {
	if n := len(r.Request.Written); n > 0 {
		return r.Request.Written[n-1]
	}
	return ""
}

// boards gives the open seasons first, then the closed ones, newest first.
func boards(ctx context.Context, o *workflows.Office) ([]seasonBoard, error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	names, err := organisations(ctx, o)
	if err != nil {
		return nil, err
	}
	var open, closed []seasonBoard
	for _, s := range seasons {
		b, err := newBoard(ctx, o, s, names)
		if err != nil {
			return nil, err
		}
		if s.State == engine.SeasonOpen {
			open = append(open, b)
		} else {
			closed = append(closed, b)
		}
	}
	slices.SortStableFunc(closed, func(a, b seasonBoard) int { return cmp.Compare(b.Season.Period.End, a.Season.Period.End) })
	return append(open, closed...), nil
}

func newBoard(ctx context.Context, o *workflows.Office, s engine.Season, names map[string]engine.Organisation) (seasonBoard, error) {
	b := seasonBoard{Season: s}
	plan, err := o.Records.Plan(ctx, s.Plan)
	if err != nil {
		return b, err
	}
	b.PlanTitle = plan.Title
	made, err := o.Records.Evaluations(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return b, err
	}
	if len(made) > 0 {
		b.Evaluation = &made[len(made)-1]
	}
	requests, err := o.Records.Requests(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return b, err
	}
	answered, own, err := given(ctx, o, s)
	if err != nil {
		return b, err
	}
	for _, q := range requests {
		row := boardRow{Request: q, Name: names[q.Organisation].Name, Total: len(q.Activities), Body: names[q.Organisation],
			Today: engine.DateOf(o.Now().In(o.Zone))}
		_, row.Reachable = names[q.Organisation].Contact()
		for _, id := range q.Activities {
			if answered[id] {
				row.Given++
			}
			switch own[[2]string{q.Organisation, id}] {
			case "":
			case engine.Returned:
				row.Own, row.Returned = row.Own+1, row.Returned+1
			default:
				row.Own++
			}
		}
		if row.Own > 0 {
			b.Answered++
		}
		if !row.Done() {
			b.Owing++
		}
		b.Rows = append(b.Rows, row)
	}
	return b, nil
}

// given says which activities of a season have an answer or a result, and what
// became of each organisation's own answer, by organisation and activity.
func given(ctx context.Context, o *workflows.Office, s engine.Season) (map[string]bool, map[[2]string]engine.ProposalState, error) {
	entries, err := o.Records.Entries(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return nil, nil, err
	}
	answered := map[string]bool{}
	for _, e := range entries {
		answered[e.Activity] = !e.AnsweredAt.IsZero() || e.State.Final()
	}
	proposals, err := o.Records.Proposals(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return nil, nil, err
	}
	own := map[[2]string]engine.ProposalState{}
	for _, p := range engine.Newest(proposals) {
		own[[2]string{p.Organisation, p.Activity}] = p.State
	}
	return answered, own, nil
}

// Activities gives the way to the list of entries.
func (b seasonBoard) Activities() string {
	return seasonPath("aktivity", b.Season.Plan, b.Season.Period.ID)
}

// EvaluationPage gives the way to the evaluation.
func (b seasonBoard) EvaluationPage() string {
	return seasonPath("vyhodnoceni", b.Season.Plan, b.Season.Period.ID)
}
