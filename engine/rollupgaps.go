package engine

import "slices"

// gaps says what the roll-up does not.
func (p *rolling) gaps(bundles, taken, passed []Bundle) {
	g := &p.out.Gaps
	if len(p.rest.From) > 0 {
		p.out.Areas = append(p.out.Areas, p.rest)
	}
	for i := range p.out.Areas { // areas that came late have heard of fewer districts
		a := &p.out.Areas[i]
		a.Districts = append(a.Districts, make([]Totals, len(p.out.Districts)-len(a.Districts))...)
		for _, local := range a.From {
			if local.How == PlacedNowhere || local.How == PlacedLost {
				g.Areas = append(g.Areas, local)
			}
		}
		if len(a.From) == 0 {
			g.EmptyAreas = append(g.EmptyAreas, Area{Code: a.Code, Title: a.Title})
		}
	}
	for _, t := range p.out.Towns {
		if t.District == "" {
			g.NoDistrict = append(g.NoDistrict, t)
		}
	}
	for _, d := range p.out.Districts {
		if len(d.Towns) == 0 {
			g.EmptyDistricts = append(g.EmptyDistricts, d.Name)
		}
	}
	for _, b := range passed {
		t := p.town(b)
		t.Totals = b.Evaluation.Totals
		g.PassedOver = append(g.PassedOver, t)
	}
	p.absent(bundles, taken)
	p.wordless()
}

// absent finds the towns that were heard from about other periods only.
func (p *rolling) absent(bundles, taken []Bundle) {
	newest := map[string]Date{}
	for _, b := range bundles {
		if slices.ContainsFunc(taken, func(o Bundle) bool { return o.Town == b.Town }) {
			continue
		}
		i := slices.IndexFunc(p.out.Gaps.Absent, func(a Absent) bool { return a.Town == b.Town })
		a := Absent{b.Town, b.Name, b.District, b.Evaluation.Period.ID}
		switch {
		case i < 0:
			p.out.Gaps.Absent = append(p.out.Gaps.Absent, a)
		case b.Evaluation.Period.End > newest[b.Town]:
			p.out.Gaps.Absent[i] = a
		default:
			continue
		}
		newest[b.Town] = b.Evaluation.Period.End
	}
}

// wordless finds counts the region has no word for though it has words.
func (p *rolling) wordless() {
	if len(p.region.Results) == 0 {
		return
	}
	for _, s := range p.out.Totals.Shares() {
		named := slices.ContainsFunc(p.region.Results, func(r RegionalResult) bool { return slices.Contains(r.Of, s.Name) })
		if s.Count > 0 && !named {
			p.out.Gaps.Results = append(p.out.Gaps.Results, s.Name)
		}
	}
}
