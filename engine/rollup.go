package engine

import (
	"cmp"
	"slices"
	"time"
)

// A RollUp is what became of the promises of many towns in a period, as their
// region reads it. Every unit of every evaluation that takes part is in exactly
// one area, one district and one town; the sums agree at every level.
type RollUp struct {
	Region    string
	PlanTitle string // of the region's plan, "" without one
	Period    Period
	Results   []RegionalResult // every count of [Totals] is in exactly one
	Totals    Totals
	Asked     int // organisations asked, summed over the evaluations: one asked by two towns counts twice
	Answered  int
	Silent    int
	Areas     []RegionalArea // in the order of the region's plan; last, with Unplaced, what belongs to none
	Districts []DistrictResult
	Towns     []TownResult
	Gaps      Gaps
}

// A RegionalArea is one area of the region with what went into it.
type RegionalArea struct {
	Code, Title string
	Unplaced    bool
	Totals      Totals
	Districts   []Totals // in the order of the districts of the roll-up
	From        []LocalArea
}

// A LocalArea is an area of a town's evaluation and where it went.
type LocalArea struct {
	Town, TownName, District string
	Plan, PlanTitle, Period  string
	Code, Title              string
	Totals                   Totals
	Measures                 []MeasureTotals // none where only heads of evaluations were read
	To                       string          // code of the regional area, its title where the region has no plan
	How                      Placing
}

// A MeasureTotals is one measure of a local area.
type MeasureTotals struct {
	Code, Title string
	Totals      Totals
}

// A Placing says why a local area went where it did.
type Placing string

// The placings.
const (
	PlacedByMapping Placing = "mapping" // the region says so
	PlacedByTitle   Placing = "title"   // the titles are alike
	PlacedNowhere   Placing = "nowhere" // nobody has said where it belongs
	PlacedOutside   Placing = "outside" // the region says that it belongs to none
	PlacedLost      Placing = "lost"    // the region says it belongs to an area it does not have
)

// A DistrictResult is one district; Name is "" for towns that named none.
type DistrictResult struct {
	Name                    string
	Towns                   []string // names
	Totals                  Totals
	Asked, Answered, Silent int
}

// A TownResult is one evaluation of one town.
type TownResult struct {
	Town, Name, District    string
	Plan, PlanTitle         string
	Period                  Period
	Overlaps                bool // its period is not the one of the roll-up, but meets it
	Number                  int
	ApprovedAt              time.Time
	ApprovedBy              string
	Hash, Fingerprint       string
	Totals                  Totals
	Asked, Answered, Silent int
	Demo                    bool
	Words                   map[string]string // its own words of statuses that are not ours
}

// Gaps are what a reader of a roll-up must know that it does not say.
type Gaps struct {
	Areas          []LocalArea  // that nobody has said a place for, or a place that is not there; their counts stay in the sums
	EmptyAreas     []Area       // areas of the region nothing came into
	NoDistrict     []TownResult // towns that name no district
	Absent         []Absent     // towns heard from about other periods, not about this one
	EmptyDistricts []string     // districts no town was heard from
	Results        []string     // names of counts that are there, and that the region has no word for
	PassedOver     []TownResult // evaluations of a plan that another of its evaluations speaks for
}

// An Absent town delivered about other periods; Last is the newest of them.
type Absent struct{ Town, Name, District, Last string }

// Words gives the counts in the words of the roll-up, with shares that add up.
// Our own words, where the region has none, go by the names of the counts.
func (r RollUp) Words(t Totals) []Share {
	shares := t.Shares()
	out := make([]Share, len(r.Results))
	for i, result := range r.Results {
		out[i].Name = result.Name
		for _, s := range shares {
			if slices.Contains(result.Of, s.Name) {
				out[i].Count += s.Count
			}
		}
	}
	apportion(out, t.All)
	return out
}

// Units says how many activities are in gaps that a mapping would close.
func (g Gaps) Units() int {
	n := 0
	for _, a := range g.Areas {
		n += a.Totals.All
	}
	return n
}

// plus adds up counts.
func (t Totals) plus(o Totals) Totals {
	for _, s := range o.Shares() {
		t.Count(s.Name, s.Count)
	}
	return t
}

// A Spelling is how names are compared in the language they are in.
type Spelling struct {
	Fold func(string) string // makes two spellings of one title alike
	Sort func(names []string)
}

// names gives each name of bundles once, in order.
func (s Spelling) names(bundles []Bundle, of func(Bundle) string) []string {
	var out []string
	for _, b := range bundles {
		out = append(out, of(b))
	}
	slices.Sort(out) // names that sort alike come in one order whatever they came in
	out = slices.Compact(out)
	s.Sort(out)
	return out
}

// Roll rolls up what towns delivered about a period. plan is that of the region,
// zero where it has none; bundles are all it ever took in, whole or as heads.
func Roll(r Region, plan Plan, bundles []Bundle, period Period, s Spelling) RollUp {
	bundles = slices.Clone(bundles)
	rank := map[string]int{}
	for i, name := range s.names(bundles, func(b Bundle) string { return b.Name }) {
		rank[name] = i
	}
	slices.SortStableFunc(bundles, func(a, b Bundle) int {
		return cmp.Or(rank[a.Name]-rank[b.Name], cmp.Compare(a.Town, b.Town), cmp.Compare(a.Evaluation.Plan, b.Evaluation.Plan),
			cmp.Compare(a.Evaluation.Period.End, b.Evaluation.Period.End), cmp.Compare(a.Evaluation.Period.ID, b.Evaluation.Period.ID))
	})
	p := newRolling(r, plan, period, s)
	taken, passed := choose(bundles, period)
	p.results()
	p.districts(taken)
	for _, b := range taken {
		p.take(b)
	}
	p.gaps(bundles, taken, passed)
	return p.out
}

// choose gives the evaluations that take part: of each plan of a town the one of
// this very period, else the one that ends last of those that meet it.
func choose(bundles []Bundle, period Period) (taken, passed []Bundle) {
	better := func(a, b Bundle) bool {
		if exact := a.Evaluation.Period == period; exact != (b.Evaluation.Period == period) {
			return exact
		}
		return a.Evaluation.Period.End >= b.Evaluation.Period.End
	}
	for _, b := range bundles {
		if !b.Evaluation.Period.meets(period) {
			continue
		}
		i := slices.IndexFunc(taken, func(o Bundle) bool { return o.Town == b.Town && o.Evaluation.Plan == b.Evaluation.Plan })
		switch {
		case i < 0:
			taken = append(taken, b)
		case better(b, taken[i]):
			passed = append(passed, taken[i])
			taken[i] = b
		default:
			passed = append(passed, b)
		}
	}
	return taken, passed
}

// meets reports whether two periods have a day in common.
func (p Period) meets(o Period) bool { return p.Start <= o.End && o.Start <= p.End }
