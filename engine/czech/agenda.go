package czech

import (
	"fmt"
	"strings"

	"splneno/engine"
)

// SteeringGroup is what the body is called that a meeting is of, unless the
// coordinator calls it otherwise.
const SteeringGroup = "Řídící skupina komunitního plánování"

// An AgendaFor is what the proposed agenda of a meeting speaks of.
type AgendaFor struct {
	Plan      string // title
	Period    engine.Period
	Approved  bool // the evaluation is approved already: the body takes note of it
	Undecided int  // activities of which nobody said what follows
	Silent    int  // those without an answer
}

// Agenda proposes the points of a meeting about the results of a season.
func Agenda(a AgendaFor) []string {
	period := "za období " + strings.ReplaceAll(a.Period.ID, "-", "–")
	if a.Period.Start != "" && a.Period == engine.Year(a.Period.Start.Year()) {
		period = "za rok " + a.Period.ID
	}
	about := fmt.Sprintf("Vyhodnocení plnění plánu „%s“ %s – projednání a schválení", a.Plan, period)
	if a.Approved {
		about = fmt.Sprintf("Vyhodnocení plnění plánu „%s“ %s – vzetí na vědomí", a.Plan, period)
	}
	points := []string{"Zahájení a schválení programu", about}
	if a.Undecided > 0 {
		points = append(points, fmt.Sprintf("Nesplněné a částečně splněné aktivity – rozhodnutí o dalším postupu (%d %s)", a.Undecided,
			Plural(a.Undecided, "aktivita", "aktivity", "aktivit")))
	}
	if a.Silent > 0 {
		points = append(points, fmt.Sprintf("Aktivity, ke kterým nepřišla odpověď (%d %s)", a.Silent, Plural(a.Silent, "aktivita", "aktivity", "aktivit")))
	}
	return append(points, "Termín dalšího jednání", "Různé a závěr")
}
