package web

import (
	"net/http"
	"net/url"

	"splneno/engine"
)

// An activitiesPage lists every entry of a season.
type activitiesPage struct {
	Plan   engine.Plan
	Season engine.Season
	Groups []entryGroup
	Reason string // why the last form was not taken, key of the catalogue
}

// An entryGroup is the entries of one measure.
type entryGroup struct {
	Code, Title string
	Rows        []entryRow
}

// An entryRow is one entry with the forms that change it.
type entryRow struct {
	ID       int // on the page
	Activity engine.Activity
	Entry    engine.Entry
	Pending  int // answers that wait
	Askees   []string
	Form     entryForm
}

// Final reports whether the entry has a yearly result.
func (r entryRow) Final() bool { return r.Entry.State.Final() }

// Choices lists the statuses offered.
func (entryRow) Choices() []choice { return choices }

// Steps lists the next steps offered.
func (entryRow) Steps() []engine.NextStep { return engine.NextSteps() }

// An entryForm is what was typed into one of the forms of a row.
type entryForm struct {
	Action, Activity string
	Reason           string
	Source           string
	Typed            typed
	NextStep         engine.NextStep
	Until            string // of a postponed activity, as typed
	Faults           map[string]string
}

// Address gives the page's own path.
func (p activitiesPage) Address() string {
	return seasonPath("aktivity", p.Plan.ID, p.Season.Period.ID)
}

func seasonPath(room, plan, period string) string {
	return "/stul/" + room + "/" + url.PathEscape(plan) + "/" + url.PathEscape(period)
}

func (s *site) showActivities(v visit) error {
	p, err := readActivities(v, entryForm{})
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "activities", p)
}

// readActivities builds the page; form is put back into the row it came from.
func readActivities(v visit, form entryForm) (activitiesPage, error) {
	ctx, plan, period := v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period")
	p := activitiesPage{}
	var err error
	if p.Season, err = v.office.Records.Season(ctx, plan, period); err != nil {
		return p, err
	}
	if p.Plan, err = v.office.Records.Plan(ctx, plan); err != nil {
		return p, err
	}
	activities, err := v.office.Records.Activities(ctx, plan)
	if err != nil {
		return p, err
	}
	rows, err := entryRows(v, p.Season)
	if err != nil {
		return p, err
	}
	for n, a := range activities {
		row, ok := rows[a.ID]
		if !ok {
			continue
		}
		row.ID, row.Activity = n+1, a
		row.Form.Typed.Numbers = make([]string, len(a.Indicators))
		if form.Activity == a.ID {
			row.Form = form
		}
		p.add(row)
	}
	return p, nil
}

func (p *activitiesPage) add(row entryRow) {
	m, _ := p.Plan.MeasureByCode(row.Activity.Measure)
	if n := len(p.Groups); n == 0 || p.Groups[n-1].Code != m.Code {
		p.Groups = append(p.Groups, entryGroup{Code: m.Code, Title: m.Title})
	}
	g := &p.Groups[len(p.Groups)-1]
	g.Rows = append(g.Rows, row)
}

// entryRows gives the entries of a season by activity, with whom was asked.
func entryRows(v visit, season engine.Season) (map[string]entryRow, error) {
	ctx := v.r.Context()
	entries, err := v.office.Records.Entries(ctx, season.Plan, season.Period.ID)
	if err != nil {
		return nil, err
	}
	names, err := organisations(ctx, v.office)
	if err != nil {
		return nil, err
	}
	proposals, err := v.office.Records.Proposals(ctx, season.Plan, season.Period.ID)
	if err != nil {
		return nil, err
	}
	rows := map[string]entryRow{}
	for _, e := range entries {
		row := entryRow{Entry: e}
		for _, id := range e.Askees {
			row.Askees = append(row.Askees, names[id].Name)
		}
		for _, p := range proposals {
			if p.Activity == e.Activity && p.State == engine.Pending {
				row.Pending++
			}
		}
		rows[e.Activity] = row
	}
	return rows, nil
}
