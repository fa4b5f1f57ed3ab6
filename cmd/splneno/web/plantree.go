package web

import (
	"cmp"
	"net/http"
	"slices"

	"splneno/engine"
)

// A planPage is the tree of a plan, as it stands or as it stood on a day.
type planPage struct {
	planLine
	planDay
	May        bool // change it
	Nodes      []*planNode
	Amendments []engine.Amendment // the newest
	All        int                // amendments
}

// A planDay is the day a plan is shown as of, and the pages of that day.
type planDay struct {
	Day   engine.Date // "" for as it stands now
	Today engine.Date
	Fault string // of the day asked for, key of the catalogue
}

// Query is what a way to another page of the plan takes along.
func (d planDay) Query() string {
	if d.Day == "" {
		return ""
	}
	return "?ke-dni=" + string(d.Day)
}

// A planNode is a level above, an area or a measure in the tree.
type planNode struct {
	Level               string // its name
	Own                 bool   // the name is the plan's own word
	Code, Title, Href   string
	Activities, Dropped int // in all that lies under it
	Nodes               []*planNode
}

// showsMeasures is how many measures the tree of a plan shows at once; of a
// plan with more, each area shows its own on a page of its own.
const showsMeasures = 150

// shownDay reads the day asked for. A day to come is as it stands.
func shownDay(v visit) planDay {
	d := planDay{Today: v.today()}
	text := v.r.URL.Query().Get("ke-dni")
	if text == "" {
		return d
	}
	day, err := engine.ParseDate(text)
	switch {
	case err != nil:
		d.Fault = "fault.date"
	case day < d.Today:
		d.Day = day
	}
	return d
}

func (s *site) showPlan(v visit) error {
	ctx := v.r.Context()
	p := planPage{planDay: shownDay(v), May: v.may(engine.RightDecide, v.today())}
	book, err := readPlan(v, p.planDay)
	if err != nil {
		return err
	}
	p.Plan, p.Href, p.Until = book.plan, planPath(book.plan.ID), book.plan.ValidUntil()
	p.Nodes = book.nodes(len(book.plan.Measures) <= showsMeasures)
	for _, n := range p.Nodes {
		p.Activities += n.Activities
	}
	if p.Parent != "" {
		if parent, err := v.office.Records.Plan(ctx, p.Parent); err == nil {
			p.ParentPlan, p.ParentHref = parent, planPath(parent.ID)
		} else if engine.CodeOf(err) != engine.NotFound {
			return err
		}
	}
	if p.All, err = v.office.Records.LastAmendment(ctx, p.ID); err != nil {
		return err
	}
	if p.Amendments, err = v.office.Records.AmendmentPage(ctx, p.ID, 3, 0); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "plan", p)
}

// A planBook is a plan on a day with its activities counted, and those of them
// that were otherwise then.
type planBook struct {
	visit
	planDay
	plan      engine.Plan
	counts    map[[2]string]engine.MeasureCount // by measure and area
	now, then []engine.Activity
}

func readPlan(v visit, day planDay) (planBook, error) {
	b := planBook{visit: v, planDay: day, counts: map[[2]string]engine.MeasureCount{}}
	ctx, id := v.r.Context(), v.r.PathValue("plan")
	var err error
	if day.Day == "" {
		b.plan, err = v.office.Records.Plan(ctx, id)
	} else {
		b.plan, b.now, b.then, err = v.office.PlanOn(ctx, id, day.Day)
	}
	if err != nil {
		return b, err
	}
	counts, err := v.office.Records.MeasureCounts(ctx, id)
	for _, c := range counts {
		b.counts[[2]string{c.Measure, c.Area}] = c
	}
	b.count(b.now, -1)
	b.count(b.then, 1)
	return b, err
}

// count takes activities into the counts, or out of them.
func (b planBook) count(list []engine.Activity, by int) {
	for _, a := range list {
		key := [2]string{a.Measure, ""}
		if a.Measure == "" {
			key[1] = a.Area
		}
		c := b.counts[key]
		c.Measure, c.Area = key[0], key[1]
		c.Activities += by
		if a.Dropped != "" {
			c.Dropped += by
		}
		b.counts[key] = c
	}
}

// nodes builds the tree: levels above, areas, measures where they are wanted,
// then what lies in no area.
func (b planBook) nodes(measures bool) []*planNode {
	areas := map[string]*planNode{}
	for _, a := range b.plan.Areas {
		areas[a.Code] = &planNode{Level: b.level(a), Own: b.own(a), Code: a.Code, Title: a.Title, Href: planPath(b.plan.ID, "oblast", a.Code) + b.Query()}
	}
	var top []*planNode
	put := func(n *planNode, area string, shown bool) {
		switch in := areas[area]; {
		case in == nil || in == n:
			top = append(top, n)
		case shown:
			in.Nodes = append(in.Nodes, n)
		}
	}
	for _, a := range b.plan.Areas {
		if !b.follows(a.Code) {
			continue
		}
		put(areas[a.Code], a.Above, true)
		b.lift(areas, a.Code, b.counts[[2]string{"", a.Code}])
	}
	for _, m := range append(slices.Clone(b.plan.Measures), b.strays()...) {
		if m.Area != "" && !b.account.Sees(m.Area) {
			continue
		}
		put(b.measure(m), m.Area, measures)
		b.lift(areas, m.Area, b.counts[[2]string{m.Code, ""}])
	}
	return top
}

// follows reports whether an area is in the tree of whoever looks: it is
// followed, or holds one that is.
func (b planBook) follows(code string) bool {
	for _, f := range b.account.Follows() {
		for range len(b.plan.Areas) { // a file may let sections lie in each other
			if f = b.above(f); f == code && f != "" {
				return true
			}
		}
	}
	return b.account.Sees(code)
}

// lift adds counts to an area and to all it lies in.
func (b planBook) lift(areas map[string]*planNode, code string, c engine.MeasureCount) {
	for range len(areas) { // a file may let sections lie in each other
		n := areas[code]
		if n == nil {
			return
		}
		n.Activities += c.Activities
		n.Dropped += c.Dropped
		code = b.above(code)
	}
}

// strays gives the measures activities name and the plan does not.
func (b planBook) strays() (out []engine.Measure) {
	for key, c := range b.counts {
		if _, known := b.plan.MeasureByCode(key[0]); !known && key[0] != "" && c.Activities > 0 {
			out = append(out, engine.Measure{Code: key[0]})
		}
	}
	slices.SortFunc(out, func(a, b engine.Measure) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

func (b planBook) measure(m engine.Measure) *planNode {
	c := b.counts[[2]string{m.Code, ""}]
	return &planNode{Level: levelName(b.visit, b.plan.Levels.Measure, "plan.measure"), Own: b.plan.Levels.Measure != "", Code: m.Code, Title: m.Title,
		Href: planPath(b.plan.ID, "opatreni", m.Code) + b.Query(), Activities: c.Activities, Dropped: c.Dropped}
}

// above gives the code of the section an area lies in, "" for none.
func (b planBook) above(code string) string {
	i := slices.IndexFunc(b.plan.Areas, func(a engine.Area) bool { return a.Code == code })
	if i < 0 || b.plan.Areas[i].Above == code {
		return ""
	}
	return b.plan.Areas[i].Above
}

// level names the level of an area: one that others lie in is the level above.
func (b planBook) level(a engine.Area) string {
	if b.over(a) {
		return levelName(b.visit, b.plan.Levels.Above, "plan.above")
	}
	return levelName(b.visit, b.plan.Levels.Area, "plan.area")
}

// own reports whether the plan has a word of its own for the level.
func (b planBook) own(a engine.Area) bool {
	return b.over(a) && b.plan.Levels.Above != "" || !b.over(a) && b.plan.Levels.Area != ""
}

// over reports whether other areas lie in one.
func (b planBook) over(a engine.Area) bool {
	return slices.ContainsFunc(b.plan.Areas, func(o engine.Area) bool { return o.Above == a.Code && o.Code != a.Code })
}

// levelName gives the plan's own word for a level, or ours.
func levelName(v visit, own, key string) string {
	if own != "" {
		return own
	}
	return v.say(key)
}
