package web

import (
	"net/http"
	"strconv"

	"splneno/engine"
)

// An amendmentsPage lists the amendments of a plan.
type amendmentsPage struct {
	Plan  engine.Plan
	Href  string
	Rows  []engine.Amendment
	Pager pager
}

const amendmentsPerPage = 20

func (s *site) showAmendments(v visit) error {
	ctx, id := v.r.Context(), v.r.PathValue("plan")
	plan, err := v.office.Records.Plan(ctx, id)
	if err != nil {
		return err
	}
	all, err := v.office.Records.LastAmendment(ctx, id)
	if err != nil {
		return err
	}
	p := amendmentsPage{Plan: plan, Href: planPath(id), Pager: newPager(v.r, amendmentsPerPage, all)}
	if p.Rows, err = v.office.Records.AmendmentPage(ctx, id, p.Pager.Size, p.Pager.Offset()); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "planchanges", p)
}

// An amendmentPage is one amendment with what it changed.
type amendmentPage struct {
	Plan        engine.Plan
	Href        string
	Amendment   engine.Amendment
	Differences []engine.Difference
	Eve         engine.Date // the day before it
	Pager       pager
}

func (s *site) showAmendment(v visit) error {
	ctx, id := v.r.Context(), v.r.PathValue("plan")
	number, err := strconv.Atoi(v.r.PathValue("n"))
	if err != nil {
		return engine.Errorf(engine.NotFound, "plan %s has no amendment %q", id, v.r.PathValue("n"))
	}
	plan, err := v.office.Records.Plan(ctx, id)
	if err != nil {
		return err
	}
	p := amendmentPage{Plan: plan, Href: planPath(id)}
	if p.Amendment, err = v.office.Amendment(ctx, id, number); err != nil {
		return err
	}
	p.Pager, p.Eve = newPager(v.r, amendmentsPerPage, p.Amendment.Touched), p.Amendment.Day.AddDays(-1)
	if p.Differences, err = v.office.Differences(ctx, id, number, p.Pager.Size, p.Pager.Offset()); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "planchange", p)
}
