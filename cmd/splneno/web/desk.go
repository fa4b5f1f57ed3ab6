package web

import (
	"context"
	"net/http"

	"splneno/engine"
	"splneno/workflows"
)

// A deskPage is the coordinator's first page.
type deskPage struct {
	Waiting map[string]int
	Groups  []queueGroup
	Seasons []seasonBoard
}

func (s *site) showDesk(v visit) error {
	ctx := v.r.Context()
	p := deskPage{}
	var err error
	if p.Waiting, err = v.office.Waiting(ctx); err != nil {
		return err
	}
	items, err := v.office.Queue(ctx)
	if err != nil {
		return err
	}
	if p.Groups, err = queueGroups(ctx, v.office, items); err != nil {
		return err
	}
	if p.Seasons, err = boards(ctx, v.office); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "desk", p)
}

// Pending gives how many answers wait.
func (p deskPage) Pending() int { return p.Waiting["pending"] }

// A seasonBoard says who has answered in a season and who has not.
type seasonBoard struct {
	Season     engine.Season
	PlanTitle  string
	Rows       []boardRow
	Answered   int // bodies that owe nothing
	Evaluation *engine.Evaluation
}

// A boardRow is one organisation in a season.
type boardRow struct {
	Request      engine.Request
	Name         string
	Reachable    bool
	Given, Total int // items somebody has answered
	Returned     int
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

// boards gives the open seasons first, then the newest closed one of each plan.
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
	answered, returned, err := given(ctx, o, s)
	if err != nil {
		return b, err
	}
	for _, q := range requests {
		row := boardRow{Request: q, Name: names[q.Organisation].Name, Total: len(q.Activities)}
		_, row.Reachable = names[q.Organisation].Contact()
		for _, id := range q.Activities {
			if answered[id] {
				row.Given++
			}
			if returned[[2]string{q.Organisation, id}] {
				row.Returned++
			}
		}
		if row.Done() {
			b.Answered++
		}
		b.Rows = append(b.Rows, row)
	}
	return b, nil
}

// given says which activities of a season have an answer or a result, and which
// answers were returned, by organisation and activity.
func given(ctx context.Context, o *workflows.Office, s engine.Season) (map[string]bool, map[[2]string]bool, error) {
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
	returned := map[[2]string]bool{}
	for _, p := range engine.Newest(proposals) {
		returned[[2]string{p.Organisation, p.Activity}] = p.State == engine.Returned
	}
	return answered, returned, nil
}

// organisations gives every organisation by id.
func organisations(ctx context.Context, o *workflows.Office) (map[string]engine.Organisation, error) {
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	return engine.OrganisationsByID(all), nil
}

// postLink ends or replaces the link of an organisation.
func (s *site) postLink(v visit) error {
	form := v.r.PostForm
	renew := form.Get("action") == "novy"
	if !renew && form.Get("action") != "zneplatnit" {
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the link")
	}
	if err := v.office.RevokeLink(v.r.Context(), form.Get("plan"), form.Get("obdobi"), form.Get("organizace"), renew, v.who); err != nil {
		return err
	}
	word := "odkaz-zneplatnen"
	if renew {
		word = "odkaz-novy"
	}
	return v.back("/stul", flash(word))
}

// Drafts gives how many evaluations wait for approval.
func (p deskPage) Drafts() int { return p.Waiting["drafts"] }

// MailTrouble gives how many messages a person must look at.
func (p deskPage) MailTrouble() int {
	return p.Waiting["failed"] + p.Waiting["unsure"] + p.Waiting["held"]
}

// Activities gives the way to the list of entries.
func (b seasonBoard) Activities() string {
	return seasonPath("aktivity", b.Season.Plan, b.Season.Period.ID)
}

// EvaluationPage gives the way to the evaluation.
func (b seasonBoard) EvaluationPage() string {
	return seasonPath("vyhodnoceni", b.Season.Plan, b.Season.Period.ID)
}
