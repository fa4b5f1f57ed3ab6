package engine

import "time"

// A Region is how a body over several towns reads their evaluations: its own
// words for results, and which of its own areas each area of a town belongs to.
// Its areas are those of a plan of its own, imported like any other.
type Region struct {
	Name    string
	Plan    string           // id of its plan, "" when it reads by the towns' own areas
	Results []RegionalResult // in the order they are printed; none for ours
	Areas   []AreaMapping
	Version int
}

// A RegionalResult is a word of the region for one or several of our results.
type RegionalResult struct {
	Name string
	Of   []string // names of counts, as [Totals.Shares] spells them
}

// An AreaMapping puts an area of a town into one of the region's. Town "" means
// every town that has an area of this code and title.
type AreaMapping struct {
	Town string // id of the bundle's town
	Area string // code of the town's area; of cross-cutting measures ""
	To   string // code of the region's area, "" for: it belongs to none
}

// A Bundle is an evaluation as one town hands it to its region: approved, as
// told, and sealed by the town.
type Bundle struct {
	Town       string // what tells towns apart, of the name and the key: never changes for one installation
	Name       string
	District   string
	Region     string
	Evaluation Evaluation
	Seal       Seal
	TakenAt    time.Time // when the region took it in
	Version    int
}
