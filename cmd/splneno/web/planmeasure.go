package web

import (
	"cmp"
	"net/http"
	"slices"

	"splneno/engine"
)

// A measurePage is a measure or an area with what lies in it.
type measurePage struct {
	Plan engine.Plan
	planDay
	planNode
	May         bool
	Addable     bool // an activity may be added
	Description string
	In          *planNode // the area a measure lies in
	Rows        []activityLine
	Pager       pager
}

// An activityLine is one activity in a list.
type activityLine struct {
	engine.Activity
	Href  string
	Words string // how long it has been in the plans
}

const activitiesPerPage = 25

func (s *site) showMeasure(v visit) error {
	b, err := readPlan(v, shownDay(v))
	if err != nil {
		return err
	}
	code := v.r.PathValue("code")
	m, known := b.plan.MeasureByCode(code)
	if _, counted := b.counts[[2]string{code, ""}]; !known && !counted || code == "" {
		return engine.Errorf(engine.NotFound, "plan %s has no measure %s", b.plan.ID, code)
	}
	m.Code = code
	p := measurePage{planNode: *b.measure(m), Description: m.Description, Addable: known && b.Day == ""}
	for _, a := range b.plan.Areas {
		if a.Code == m.Area {
			p.In = &planNode{Level: b.level(a), Own: b.own(a), Code: a.Code, Title: a.Title, Href: planPath(b.plan.ID, "oblast", a.Code) + b.Query()}
		}
	}
	return s.showMeasurePage(b, p, code, "")
}

func (s *site) showArea(v visit) error {
	b, err := readPlan(v, shownDay(v))
	if err != nil {
		return err
	}
	code := v.r.PathValue("code")
	var found *planNode
	var find func(list []*planNode)
	find = func(list []*planNode) {
		for _, n := range list {
			if n.Href == planPath(b.plan.ID, "oblast", code)+b.Query() {
				found = n
			}
			find(n.Nodes)
		}
	}
	find(b.nodes(true))
	if found == nil {
		return engine.Errorf(engine.NotFound, "plan %s has no area %s", b.plan.ID, code)
	}
	return s.showMeasurePage(b, measurePage{planNode: *found}, "", code)
}

// showMeasurePage adds the activities that stand right there.
func (s *site) showMeasurePage(b planBook, p measurePage, measure, area string) error {
	p.Plan, p.planDay, p.May = b.plan, b.planDay, b.may(engine.RightDecide, b.today())
	p.Pager = newPager(b.r, activitiesPerPage, b.counts[[2]string{measure, area}].Activities)
	list, err := b.activities(measure, area, p.Pager)
	for _, a := range list {
		p.Rows = append(p.Rows, activityLine{Activity: a, Href: planPath(a.Plan, "aktivita", a.ID)})
	}
	if err != nil {
		return err
	}
	return s.show(b.w, b.r, http.StatusOK, "planmeasure", p)
}

// activities gives the part of a measure's activities that is on the page. On a
// day gone by those that changed since take the place of what they are now.
func (b planBook) activities(measure, area string, p pager) ([]engine.Activity, error) {
	ctx, records := b.r.Context(), b.office.Records
	if b.Day == "" {
		return records.ActivitiesIn(ctx, b.plan.ID, measure, area, p.Size, p.Offset())
	}
	list, err := records.ActivitiesIn(ctx, b.plan.ID, measure, area, 0, 0)
	changed := map[string]bool{}
	for _, a := range b.now {
		changed[a.ID] = true
	}
	list = slices.DeleteFunc(list, func(a engine.Activity) bool { return changed[a.ID] })
	for _, a := range b.then {
		if a.Measure == measure && (measure != "" || a.Area == area) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, c engine.Activity) int {
		return cmp.Or(cmp.Compare(a.Position, c.Position), cmp.Compare(a.ID, c.ID))
	})
	return paged(p, list), err
}
