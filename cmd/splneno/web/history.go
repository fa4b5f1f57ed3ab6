package web

import (
	"net/http"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// A historyPage is everything that is known of an activity.
type historyPage struct {
	workflows.History
	May    bool
	Words  string      // how long it has been in the plans
	Told   []happening // of the activity itself
	Before []relativeLine
	After  []relativeLine
}

// A relativeLine is an activity this one continues, or that continues it.
type relativeLine struct {
	workflows.Relative
	Href string // "" when it is not known here
}

func (s *site) showHistory(v visit) error {
	h, err := v.office.History(v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := historyPage{History: h, May: v.may(engine.RightDecide, v.today()), Words: v.lineage(h.Lineage), Told: linesTold(h.Lines, h.Organisations),
		Before: relatives(h.Before), After: relatives(h.After)}
	return s.show(v.w, v.r, http.StatusOK, "history", p)
}

// Happened gives what happened in a season, newest first.
func (p historyPage) Happened(s workflows.SeasonHistory) []happening {
	return happenings(s.Events, p.Organisations)
}

func relatives(list []workflows.Relative) (out []relativeLine) {
	for _, r := range list {
		line := relativeLine{Relative: r}
		if r.Activity.ID != "" {
			line.Href = planPath(r.Activity.Plan, "aktivita", r.Activity.ID)
		}
		out = append(out, line)
	}
	return out
}

// lineage says how long plans have promised something.
func (t *tongue) lineage(l engine.Lineage) string {
	switch {
	case t.tag == "cs" || l.Carried == 0:
		return czech.LineageWord(l)
	case l.Since == 0:
		return t.count("history.carried", l.Carried)
	}
	return t.count("history.since", l.Carried, "Since", l.Since)
}

// Edit gives the way to the form that changes the activity.
func (p historyPage) Edit() string { return planPath(p.Plan.ID, "upravit", p.Activity.ID) }

// Measure gives the way to the measure the activity stands in.
func (p historyPage) Measure() string {
	if p.Activity.Measure == "" {
		return planPath(p.Plan.ID, "oblast", p.Activity.Area)
	}
	return planPath(p.Plan.ID, "opatreni", p.Activity.Measure)
}

// PlanHref gives the way to the plan.
func (p historyPage) PlanHref() string { return planPath(p.Plan.ID) }
