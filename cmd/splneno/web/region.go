package web

import (
	"net/http"
	"net/url"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// bundlesOnPage is how many deliveries are listed at a time.
const bundlesOnPage = 25

// A regionPlace is what every page of the region's desk begins with: what was
// delivered, and the period that is looked at, "" while there is none.
type regionPlace struct {
	Region  engine.Region
	Name    string
	Heads   []engine.Bundle
	Periods []engine.Period
	Period  string
	Roll    engine.RollUp // without measures
}

// Query gives the part of an address that keeps the period.
func (p regionPlace) Query() string {
	if p.Period == "" {
		return ""
	}
	return "?obdobi=" + url.QueryEscape(p.Period)
}

// Open says how many areas belong nowhere, and how many other gaps there are.
func (p regionPlace) Open() int { return len(p.Roll.Gaps.Areas) }

// regionPlace reads it.
func (v visit) regionPlace() (regionPlace, error) {
	ctx := v.r.Context()
	var p regionPlace
	var err error
	if p.Region, err = v.office.Records.Region(ctx); err != nil {
		return p, err
	}
	m, err := v.office.Records.Municipality(ctx)
	if err != nil {
		return p, err
	}
	if p.Name = p.Region.Name; p.Name == "" {
		p.Name = m.Name
	}
	if p.Heads, err = v.office.Records.BundleHeads(ctx); err != nil {
		return p, err
	}
	p.Periods = workflows.RollUpPeriods(p.Heads)
	if p.Period = v.r.URL.Query().Get("obdobi"); p.Period == "" && len(p.Periods) > 0 {
		p.Period = p.Periods[0].ID
	}
	if p.Period == "" {
		return p, nil
	}
	p.Roll, err = v.office.RollUpOf(ctx, p.Heads, p.Period)
	return p, err
}

// A regionPage is the overview.
type regionPage struct {
	regionPlace
	Words   []regionWord
	Files   []paper
	Towns   []engine.TownResult
	Pager   pager
	Problem string // why the last file was not taken, key of the catalogue
	Twin    bool   // a town of this name is known by another key
}

// A regionWord is a result in the region's words. Own is false for a name of ours.
type regionWord struct {
	engine.Share
	Own bool
}

func (s *site) readRegion(v visit) (regionPage, error) {
	place, err := v.regionPlace()
	p := regionPage{regionPlace: place}
	if err != nil {
		return p, err
	}
	for i, w := range p.Roll.Words(p.Roll.Totals) {
		if own := p.Roll.Results[i].Of[0] != w.Name; own || w.Count > 0 {
			p.Words = append(p.Words, regionWord{w, own})
		}
	}
	if len(p.Roll.Towns) > 0 {
		for _, a := range v.office.Documents.RollUpNames(p.Roll) {
			p.Files = append(p.Files, paperOf(a))
		}
	}
	p.Pager = newPager(v.r, bundlesOnPage, len(p.Roll.Towns))
	p.Towns = paged(p.Pager, p.Roll.Towns)
	return p, nil
}

func (s *site) showRegion(v visit) error {
	p, err := s.readRegion(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "region", p)
}

// postRegion takes in what a town delivered.
func (s *site) postRegion(v visit) error {
	data, err := uploaded(v.r, "soubor")
	if err != nil {
		return err
	}
	fate, problem, err := v.takeBundle(data)
	if err != nil {
		return err
	}
	if problem == "" {
		return v.back("/stul/kraj", flash(tookWord[fate]))
	}
	p, err := s.readRegion(v)
	if err != nil {
		return err
	}
	p.Problem, p.Twin = problem, fate == engine.BundleOtherKey
	return s.show(v.w, v.r, http.StatusUnprocessableEntity, "region", p)
}

// tookWord says what became of a delivery that was taken.
var tookWord = map[engine.BundleFate]string{
	engine.BundleNew: "kraj-new", engine.BundleNewer: "kraj-newer", engine.BundleChanged: "kraj-changed", engine.BundleSame: "kraj-same",
}

// takeBundle takes a file in, or gives why it is not taken.
func (v visit) takeBundle(data []byte) (fate engine.BundleFate, problem string, err error) {
	if len(data) == 0 {
		return "", "region.fault_none", nil
	}
	b, err := v.office.Documents.ReadBundle(data)
	if err != nil {
		return "", "region.fault_file", nil
	}
	as := engine.Newcomer(v.r.PostForm.Get("kdo"))
	if !slices.Contains([]engine.Newcomer{engine.Nobody, engine.SameTown, engine.AnotherTown}, as) {
		return "", "region.fault_who", nil
	}
	if b.Check() != nil {
		return "", "region.fault_seal", nil
	}
	fate, err = v.office.TakeBundle(v.r.Context(), b, as, v.who)
	switch {
	case fate == engine.BundleOlder:
		return fate, "region.fault_older", nil
	case fate == engine.BundleOtherKey:
		return fate, "region.fault_key", nil
	case engine.CodeOf(err) == engine.Conflict:
		return fate, "region.moved", nil
	}
	return fate, "", err
}

// regionFile hands out one document of the roll-up.
func (s *site) regionFile(v visit) error {
	r, err := v.office.RollUp(v.r.Context(), v.r.PathValue("period"))
	if err != nil {
		return err
	}
	d, err := v.office.Documents.RollUpDocument(r, v.r.PathValue("name"))
	if err != nil {
		return err
	}
	return handPaper(v, d)
}

// gapsOnPage is how many gaps are listed at a time.
const gapsOnPage = 50

// A regionGapsPage lists the gaps that no mapping closes.
type regionGapsPage struct {
	regionPlace
	Gaps  []regionGap
	Pager pager
}

// A regionGap is one of them.
type regionGap struct{ Key, Text, Detail string }

func (s *site) showRegionGaps(v visit) error {
	place, err := v.regionPlace()
	if err != nil {
		return err
	}
	all := gapsOf(place.Roll)
	for i, g := range all {
		if g.Key == "word" {
			all[i].Text = v.say("totals." + g.Text)
		}
	}
	p := regionGapsPage{regionPlace: place, Pager: newPager(v.r, gapsOnPage, len(all))}
	p.Gaps = paged(p.Pager, all)
	return s.show(v.w, v.r, http.StatusOK, "region-gaps", p)
}

// gapsOf lists the gaps of a roll-up but the areas, which have their own page.
func gapsOf(r engine.RollUp) []regionGap {
	var out []regionGap
	add := func(key, text, detail string) { out = append(out, regionGap{key, text, detail}) }
	for _, a := range r.Gaps.Absent {
		add("absent", a.Name, a.Last)
	}
	for _, d := range r.Gaps.EmptyDistricts {
		add("district", d, "")
	}
	for _, a := range r.Gaps.EmptyAreas {
		add("empty", a.Code+" "+a.Title, "")
	}
	for _, t := range r.Gaps.NoDistrict {
		add("nodistrict", t.Name, "")
	}
	for _, t := range r.Towns {
		if t.Overlaps {
			add("overlaps", t.Name, t.Period.ID)
		}
		for _, s := range t.Totals.Shares() {
			if own := t.Words[s.Name]; own != "" && czech.Fold(own) != czech.Fold(czech.CountWord(s.Name)) {
				add("own", t.Name, own+" = "+czech.CountWord(s.Name))
			}
		}
	}
	for _, t := range r.Gaps.PassedOver {
		add("passed", t.Name, t.Period.ID)
	}
	for _, name := range r.Gaps.Results {
		add("word", name, "")
	}
	return out
}
