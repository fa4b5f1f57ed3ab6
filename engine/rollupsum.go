package engine

import (
	"cmp"
	"maps"
	"slices"
)

// rolling is a roll-up being made.
type rolling struct {
	region Region
	Spelling
	planed bool                 // the region has a plan: no area beside its own comes up
	own    map[[2]string]string // town and code of an area: where the region says it belongs
	titled map[string]string    // the same by the folded title, for all towns
	alike  map[string]int       // folded title: place of the regional area
	coded  map[string]int       // code: the same
	rest   RegionalArea         // what belongs to none
	out    RollUp
}

// newRolling reads what the region says.
func newRolling(r Region, plan Plan, period Period, s Spelling) *rolling {
	p := &rolling{region: r, Spelling: s, planed: len(plan.Areas) > 0, own: map[[2]string]string{}, titled: map[string]string{},
		alike: map[string]int{}, coded: map[string]int{}, rest: RegionalArea{Unplaced: true},
		out: RollUp{Region: r.Name, PlanTitle: plan.Title, Period: period}}
	for _, m := range r.Areas {
		if m.Town == "" {
			p.titled[s.Fold(m.Title)] = m.To
		} else {
			p.own[[2]string{m.Town, m.Area}] = m.To
		}
	}
	for _, a := range plan.Areas { // without the sections others lie in
		if !slices.ContainsFunc(plan.Areas, func(o Area) bool { return o.Above == a.Code }) {
			p.area(a)
		}
	}
	return p
}

// results gives every count a word: the region's, else the count's own name.
func (p *rolling) results() {
	p.out.Results = slices.Clone(p.region.Results)
	for _, name := range countNames() {
		if !slices.ContainsFunc(p.region.Results, func(r RegionalResult) bool { return slices.Contains(r.Of, name) }) {
			p.out.Results = append(p.out.Results, RegionalResult{Name: name, Of: []string{name}})
		}
	}
}

// districts sets up the districts: those the region expects first, then the
// others, and last the one of towns that named none.
func (p *rolling) districts(taken []Bundle) {
	for _, name := range p.region.Districts {
		p.district(name)
	}
	for _, name := range p.names(taken, func(b Bundle) string { return b.District }) {
		if name != "" {
			p.district(name)
		}
	}
	if slices.ContainsFunc(taken, func(b Bundle) bool { return b.District == "" }) {
		p.district("")
	}
}

// district gives the place of a district, which is made where there is none.
func (p *rolling) district(name string) int {
	i := slices.IndexFunc(p.out.Districts, func(d DistrictResult) bool { return p.Fold(d.Name) == p.Fold(name) })
	if i < 0 {
		p.out.Districts = append(p.out.Districts, DistrictResult{Name: name})
		i = len(p.out.Districts) - 1
	}
	return i
}

// take adds one evaluation. Its sums are those of its areas.
func (p *rolling) take(b Bundle) {
	e := b.Evaluation
	town := p.town(b)
	d := p.district(b.District)
	for _, a := range e.Areas {
		local := LocalArea{Town: b.Town, TownName: b.Name, District: b.District, Plan: e.Plan, PlanTitle: e.PlanTitle, Period: e.Period.ID,
			Code: a.Code, Title: a.Title, Totals: a.Totals}
		for _, m := range a.Measures {
			local.Measures = append(local.Measures, MeasureTotals{m.Code, m.Title, m.Totals})
		}
		area := p.place(&local)
		area.From = append(area.From, local)
		area.Totals = area.Totals.plus(a.Totals)
		area.Districts = append(area.Districts, make([]Totals, len(p.out.Districts)-len(area.Districts))...)
		area.Districts[d] = area.Districts[d].plus(a.Totals)
		town.Totals = town.Totals.plus(a.Totals)
	}
	district := &p.out.Districts[d]
	if !slices.ContainsFunc(p.out.Towns, func(t TownResult) bool { return t.Town == b.Town }) {
		district.Towns = append(district.Towns, b.Name)
	}
	p.out.Towns = append(p.out.Towns, town)
	district.Totals, p.out.Totals = district.Totals.plus(town.Totals), p.out.Totals.plus(town.Totals)
	for _, to := range []*[3]*int{{&district.Asked, &district.Answered, &district.Silent}, {&p.out.Asked, &p.out.Answered, &p.out.Silent}} {
		*to[0], *to[1], *to[2] = *to[0]+e.Asked, *to[1]+e.Answered, *to[2]+e.Silent
	}
}

func (p *rolling) town(b Bundle) TownResult {
	e := b.Evaluation
	return TownResult{Town: b.Town, Name: b.Name, District: b.District, Plan: e.Plan, PlanTitle: e.PlanTitle, Period: e.Period, Overlaps: e.Period != p.out.Period,
		Number: e.Number, ApprovedAt: e.FrozenAt, ApprovedBy: e.FrozenBy, Hash: e.Hash, Fingerprint: b.Seal.Fingerprint(),
		Asked: e.Asked, Answered: e.Answered, Silent: e.Silent, Demo: e.Demo, Words: maps.Clone(e.StatusNames)}
}

// place finds the regional area of a local one: what the region says of this
// town's area, then what it says of such a title everywhere, then equal titles.
func (p *rolling) place(a *LocalArea) *RegionalArea {
	title := p.Fold(a.Title)
	to, mapped := p.own[[2]string{a.Town, a.Code}]
	if !mapped {
		to, mapped = p.titled[title]
	}
	switch {
	case mapped && to == "":
		a.How = PlacedOutside
		return &p.rest
	case mapped && p.planed:
		if i, known := p.coded[to]; known {
			a.To, a.How = to, PlacedByMapping
			return &p.out.Areas[i]
		}
		a.To, a.How = to, PlacedLost
		return &p.rest
	case mapped:
		a.To, a.How = to, PlacedByMapping
	default:
		a.To, a.How = a.Title, PlacedByTitle
	}
	i, known := p.alike[p.Fold(a.To)]
	switch {
	case !known && (p.planed || a.To == ""):
		a.To, a.How = "", PlacedNowhere
		return &p.rest
	case !known: // without a plan every title is an area
		i = p.area(Area{Title: a.To})
	}
	a.To = cmp.Or(p.out.Areas[i].Code, p.out.Areas[i].Title)
	return &p.out.Areas[i]
}

// area adds an area of the region. Of two titles alike the first is meant.
func (p *rolling) area(a Area) int {
	i := len(p.out.Areas)
	p.out.Areas = append(p.out.Areas, RegionalArea{Code: a.Code, Title: a.Title})
	if _, taken := p.alike[p.Fold(a.Title)]; !taken {
		p.alike[p.Fold(a.Title)] = i
	}
	p.coded[a.Code] = i
	return i
}
