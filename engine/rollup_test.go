package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// spelling is a simple one: the real one knows Czech.
var spelling = engine.Spelling{Fold: plainFold, Sort: func(names []string) {
	slices.SortStableFunc(names, func(a, b string) int { return strings.Compare(plainFold(a), plainFold(b)) })
}}

func plainFold(s string) string {
	return strings.NewReplacer("ě", "e", "ř", "r", "š", "s").Replace(strings.Join(strings.Fields(strings.ToLower(s)), " "))
}

func plainSlug(s string) string { return strings.ReplaceAll(plainFold(s), " ", "-") }

// randomBundle is an evaluation of a town with areas of any code and title.
func randomBundle(r *rand.Rand, n int) engine.Bundle {
	periods := []engine.Period{engine.Year(2023), engine.Year(2023), engine.Year(2022), {ID: "2008-2013", Start: "2008-01-01", End: "2013-12-31"}, {ID: "2022-2024", Start: "2022-01-01", End: "2024-12-31"}}
	titles := []string{"Senioři", "SENIOŘI", "Rodiny s dětmi", "Osoby v krizi", "", "Lidé se zdravotním postižením"}
	t := r.IntN(8)
	b := engine.Bundle{Town: fmt.Sprintf("town-%d", t), Name: fmt.Sprintf("Město %d", t), District: []string{"", "Klatovy", "Sušice", "klatovy"}[t%4]}
	e := &b.Evaluation
	e.Plan, e.Period, e.Number, e.Asked, e.Answered = fmt.Sprintf("plan-%d", n%3), periods[r.IntN(len(periods))], 1+r.IntN(3), r.IntN(40), r.IntN(20)
	names := engine.Totals{}.Shares()
	for i := range r.IntN(6) {
		a := engine.AreaResult{Code: fmt.Sprint(i), Title: titles[r.IntN(len(titles))]}
		if a.Title == "" {
			a.Code = ""
		}
		for range r.IntN(3) {
			m := engine.MeasureResult{Code: "1"}
			m.Totals.Count(names[r.IntN(len(names))].Name, r.IntN(20))
			a.Measures = append(a.Measures, m)
			for _, s := range m.Totals.Shares() {
				a.Totals.Count(s.Name, s.Count)
			}
		}
		e.Areas = append(e.Areas, a)
	}
	return b
}

// randomRegion is one with or without a plan, words and mappings.
func randomRegion(r *rand.Rand) (engine.Region, engine.Plan) {
	region := engine.Region{Name: "Plzeňský kraj", Districts: []string{"Sušice", "Domažlice"}[:r.IntN(3)]}
	var plan engine.Plan
	if r.IntN(2) == 0 {
		plan.Areas = []engine.Area{{Code: "I", Title: "Senioři"}, {Code: "S", Title: "Oddíl"}, {Code: "II", Title: "rodiny  s dětmi", Above: "S"}, {Code: "III", Title: "Prázdná"}}
	}
	if r.IntN(2) == 0 {
		region.Results = []engine.RegionalResult{{Name: "Hotovo", Of: []string{"fulfilled", "another_form"}}, {Name: "Nehotovo", Of: []string{"unfulfilled"}}}
	}
	for range r.IntN(6) {
		m := engine.AreaMapping{To: []string{"", "I", "II", "nikde", "Senioři"}[r.IntN(5)]}
		if r.IntN(2) == 0 {
			m.Town, m.Area = fmt.Sprintf("town-%d", r.IntN(8)), fmt.Sprint(r.IntN(4))
		} else {
			m.Title = []string{"Osoby v krizi", "senioři", ""}[r.IntN(3)]
		}
		region = region.Map([]engine.AreaMapping{m}, plainFold)
	}
	return region, plan
}

func add(t *engine.Totals, o engine.Totals) {
	for _, s := range o.Shares() {
		t.Count(s.Name, s.Count)
	}
}

// Every unit of every evaluation that takes part is in exactly one place, the
// sums agree at every level, and the order of the bundles changes nothing.
func TestRollUpSums(t *testing.T) {
	r := dice(t, 6)
	for range 3000 {
		region, plan := randomRegion(r)
		var bundles []engine.Bundle
		for i := range r.IntN(14) {
			b := randomBundle(r, i)
			if !slices.ContainsFunc(bundles, func(o engine.Bundle) bool {
				return o.Town == b.Town && o.Evaluation.Plan == b.Evaluation.Plan && o.Evaluation.Period == b.Evaluation.Period
			}) {
				bundles = append(bundles, b)
			}
		}
		got := engine.Roll(region, plan, bundles, engine.Year(2023), spelling)
		checkRollUp(t, got, bundles)
		shuffled := slices.Clone(bundles)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if d := cmp.Diff(got, engine.Roll(region, plan, shuffled, engine.Year(2023), spelling)); d != "" {
			t.Fatalf("the order of the bundles changes the roll-up:\n%s", d)
		}
	}
}

func checkRollUp(t *testing.T, r engine.RollUp, bundles []engine.Bundle) {
	t.Helper()
	var byArea, byDistrict, byTown, crossed, delivered engine.Totals
	var places []string
	for _, a := range r.Areas {
		var from, districts engine.Totals
		for _, l := range a.From {
			add(&from, l.Totals)
			places = append(places, l.Town+"/"+l.Plan+"/"+l.Period+"/"+l.Code+"/"+l.Title)
			if a.Unplaced != (l.How == engine.PlacedNowhere || l.How == engine.PlacedOutside || l.How == engine.PlacedLost) {
				t.Fatalf("%+v stands in %q", l, a.Title)
			}
		}
		for _, d := range a.Districts {
			add(&districts, d)
		}
		if from != a.Totals || districts != a.Totals || len(a.Districts) != len(r.Districts) {
			t.Fatalf("area %q: %+v of %+v and %+v", a.Title, a.Totals, from, districts)
		}
		add(&byArea, a.Totals)
	}
	for i, d := range r.Districts {
		add(&byDistrict, d.Totals)
		for _, a := range r.Areas {
			add(&crossed, a.Districts[i])
		}
	}
	for _, town := range r.Towns {
		add(&byTown, town.Totals)
		i := slices.IndexFunc(bundles, func(b engine.Bundle) bool {
			return b.Town == town.Town && b.Evaluation.Plan == town.Plan && b.Evaluation.Period == town.Period
		})
		for _, a := range bundles[i].Evaluation.Areas {
			add(&delivered, a.Totals)
		}
	}
	for name, sum := range map[string]engine.Totals{"areas": byArea, "districts": byDistrict, "towns": byTown, "areas by districts": crossed, "bundles": delivered} {
		if sum != r.Totals {
			t.Fatalf("%s add up to %+v, not %+v", name, sum, r.Totals)
		}
	}
	count, share := 0, 0
	for _, w := range r.Words(r.Totals) {
		count, share = count+w.Count, share+w.PerMill
	}
	if count != r.Totals.All || share != 1000 && r.Totals.All > 0 {
		t.Fatalf("%d of %d units have a word, the shares make %d", count, r.Totals.All, share)
	}
	for i, a := range r.Areas {
		if a.Unplaced && i != len(r.Areas)-1 {
			t.Fatal("what belongs nowhere does not come last")
		}
	}
}

// three is a region of two towns that delivered and one that did not.
func three() (engine.Region, engine.Plan, []engine.Bundle) {
	area := func(code, title string, done, silent int) engine.AreaResult {
		a := engine.AreaResult{Code: code, Title: title}
		a.Totals.Count("fulfilled", done)
		a.Totals.Count("no_answer", silent)
		return a
	}
	bundle := func(town, name, district, plan string, p engine.Period, areas ...engine.AreaResult) engine.Bundle {
		return engine.Bundle{Town: town, Name: name, District: district, Evaluation: engine.Evaluation{Plan: plan, Period: p, Number: 1, Areas: areas}}
	}
	long := engine.Period{ID: "2022-2024", Start: "2022-01-01", End: "2024-12-31"}
	return engine.Region{Name: "Plzeňský kraj", Districts: []string{"Klatovy", "Domažlice"}, Results: []engine.RegionalResult{{Name: "Naplněno", Of: []string{"fulfilled"}}}},
		engine.Plan{Areas: []engine.Area{{Code: "1", Title: "Senioři"}, {Code: "2", Title: "Rodiny"}}},
		[]engine.Bundle{
			bundle("klatovy", "Klatovy", "Klatovy", "kpss", engine.Year(2023), area("3", "SENIOŘI", 4, 0), area("4", "Krize", 2, 1)),
			bundle("susice", "Sušice", "", "kpss", long, area("A", "Seniori", 1, 0)),
			bundle("susice", "Sušice", "", "kpss", engine.Period{ID: "2021-2023", Start: "2021-01-01", End: "2023-12-31"}, area("A", "Seniori", 9, 0)),
			bundle("nyrsko", "Nýrsko", "Klatovy", "kpss", engine.Year(2022), area("1", "Senioři", 7, 0)),
			bundle("nyrsko", "Nýrsko", "Klatovy", "kpss", engine.Year(2021), area("1", "Senioři", 7, 0)),
		}
}

func TestRollUpGaps(t *testing.T) {
	region, plan, bundles := three()
	r := engine.Roll(region, plan, bundles, engine.Year(2023), spelling)
	var said []string
	for _, a := range r.Gaps.Areas {
		said = append(said, a.TownName+" "+a.Title+" "+string(a.How))
	}
	for _, a := range r.Gaps.EmptyAreas {
		said = append(said, "empty "+a.Title)
	}
	for _, a := range r.Gaps.NoDistrict {
		said = append(said, "no district "+a.Name)
	}
	for _, a := range r.Gaps.Absent {
		said = append(said, "absent "+a.Name+" "+a.Last)
	}
	for _, a := range r.Gaps.PassedOver {
		said = append(said, "passed "+a.Name+" "+a.Period.ID)
	}
	said = append(append(said, r.Gaps.EmptyDistricts...), r.Gaps.Results...)
	want := "Klatovy Krize nowhere|empty Rodiny|no district Sušice|absent Nýrsko 2022|passed Sušice 2021-2023|Domažlice|no_answer"
	if got := strings.Join(said, "|"); got != want {
		t.Errorf("gaps\n%s, want\n%s", got, want)
	}
	if r.Gaps.Units() != 3 || r.Totals.All != 8 || r.Areas[0].Totals.All != 5 || !r.Towns[1].Overlaps || r.Towns[0].Overlaps {
		t.Errorf("units %d, totals %+v, towns %+v", r.Gaps.Units(), r.Totals, r.Towns)
	}
	region = region.Map([]engine.AreaMapping{{Title: "krize", To: "2"}, {Town: "klatovy", Area: "3", To: "9"}}, plainFold)
	r = engine.Roll(region, plan, bundles, engine.Year(2023), spelling)
	if r.Areas[1].Totals.All != 3 || r.Gaps.Areas[0].How != engine.PlacedLost || r.Areas[2].Totals.All != 4 {
		t.Errorf("mapped: %+v", r.Areas)
	}
	region = region.Unmap(engine.AreaMapping{Town: "klatovy", Area: "3"}, plainFold).Map([]engine.AreaMapping{{Title: "KRIZE", To: ""}}, plainFold)
	r = engine.Roll(region, plan, bundles, engine.Year(2023), spelling)
	if len(region.Areas) != 1 || len(r.Gaps.Areas) != 0 || r.Areas[2].From[0].How != engine.PlacedOutside {
		t.Errorf("outside: %+v, %+v", region.Areas, r.Areas)
	}
}

func TestRegionCheck(t *testing.T) {
	for _, c := range []struct {
		results []engine.RegionalResult
		want    engine.Code
	}{
		{nil, ""},
		{[]engine.RegionalResult{{"Ano", []string{"fulfilled"}}, {"Ne", []string{"unfulfilled", "no_answer"}}}, ""},
		{[]engine.RegionalResult{{"", []string{"fulfilled"}}}, engine.Invalid},
		{[]engine.RegionalResult{{"Ano", nil}}, engine.Invalid},
		{[]engine.RegionalResult{{"Ano", []string{"done"}}}, engine.Invalid},
		{[]engine.RegionalResult{{"Ano", []string{"fulfilled"}}, {"Ne", []string{"fulfilled"}}}, engine.Invalid},
		{[]engine.RegionalResult{{"Ano", []string{"fulfilled"}}, {"Ano", []string{"partial"}}}, engine.Invalid},
		{[]engine.RegionalResult{{strings.Repeat("ž", 61), []string{"fulfilled"}}}, engine.Invalid},
	} {
		if err := (engine.Region{Results: c.results}).Check(); engine.CodeOf(err) != c.want {
			t.Errorf("%+v: %v", c.results, err)
		}
	}
}
