package web

import (
	"cmp"
	"net/http"
	"slices"

	"splneno/engine"
)

// A plansPage lists the plans.
type plansPage struct {
	Rows  []planLine
	Pager pager
}

// A planLine is one plan of the list.
type planLine struct {
	engine.Plan
	Href       string
	Activities int
	Until      engine.Date // the last day, after every extension
	ParentPlan engine.Plan // zero when it has none here
	ParentHref string
}

const plansPerPage = 30

func (s *site) showPlans(v visit) error {
	ctx := v.r.Context()
	plans, err := v.office.Records.Plans(ctx)
	if err != nil {
		return err
	}
	counts, err := v.office.Records.PlanCounts(ctx)
	if err != nil {
		return err
	}
	byID := map[string]engine.Plan{}
	for _, p := range plans {
		byID[p.ID] = p
	}
	slices.SortStableFunc(plans, func(a, b engine.Plan) int { return cmp.Compare(b.Start, a.Start) })
	p := plansPage{Pager: newPager(v.r, plansPerPage, len(plans))}
	for _, plan := range paged(p.Pager, plans) {
		line := planLine{Plan: plan, Href: planPath(plan.ID), Activities: counts[plan.ID], Until: plan.ValidUntil()}
		if parent, ok := byID[plan.Parent]; ok {
			line.ParentPlan, line.ParentHref = parent, planPath(parent.ID)
		}
		p.Rows = append(p.Rows, line)
	}
	return s.show(v.w, v.r, http.StatusOK, "plans", p)
}
