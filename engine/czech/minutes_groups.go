package czech

import (
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

var (
	oneGroup      = pattern.New(`pracovní skupin(?:y|u|a),? `)
	activeIn      = pattern.New(`^které působí (.+)$`)
	betweenTowns  = pattern.New(`(?:^|,? a |, )ve? `)
	coordination  = pattern.New(`koordinační skupina \(([^()]+)\)`)
	steeringGroup = pattern.New(`(?i)ř[ií]d[ií]cí skupin`)
	countWord     = pattern.New(`^(\d{1,2}|\pL+) `)
)

// firstCases puts the words minutes decline back into the nominative.
var firstCases = []struct{ declined, nominative string }{
	{"pracovni skupiny ", "pracovní skupina "},
	{"ridici skupiny", "řídicí skupina"},
	{"koordinacni skupiny", "koordinační skupina"},
	{"verejnem projednani", "veřejné projednání"},
	{"kulatem stolu", "kulatý stůl"},
}

// nominative leaves words it does not know as they are.
func nominative(words string) string {
	words = Squeeze(words)
	for _, c := range firstCases {
		if strings.HasPrefix(Fold(words)+" ", c.declined) {
			n := strings.Count(c.declined, " ") // words that are replaced
			if !strings.HasSuffix(c.declined, " ") {
				n++
			}
			rest := strings.Fields(words)[n:]
			return strings.Join(append([]string{strings.TrimSpace(c.nominative)}, rest...), " ")
		}
	}
	return words
}

// ReadGroups finds the groups of the planning a text names, those of towns by
// their town. count is how many working groups it says there are, 0 when it
// does not say.
func ReadGroups(text string) (groups []engine.Group, count int) {
	if steeringGroup.MatchString(text) {
		groups = append(groups, engine.Group{Name: "řídicí skupina", Kind: engine.SteeringGroup})
	}
	if m := coordination.FindStringSubmatch(text); m != nil {
		groups = append(groups, engine.Group{Name: "koordinační skupina", Kind: engine.CoordinationGroup, Members: strings.Split(m[1], ", ")})
	}
	m := countOfGroups.FindStringSubmatchIndex(text)
	if m == nil {
		return groups, 0
	}
	rest := sentences(text[m[1]:])[0].text
	for i, piece := range oneGroup.Split(rest, -1) {
		if i == 0 {
			continue // what introduces the list
		}
		groups = append(groups, workingGroups(piece)...)
	}
	return groups, number(text[m[2]:m[3]])
}

// workingGroups reads one piece of a list of groups: a name, or "které působí
// ve Strmilově, v Nové Bystřici".
func workingGroups(piece string) []engine.Group {
	for _, end := range []string{".", ",", " a dále", " a"} {
		piece = strings.TrimSuffix(strings.TrimSpace(piece), end)
	}
	m := activeIn.FindStringSubmatch(piece)
	if m == nil {
		if piece == "" {
			return nil
		}
		return []engine.Group{{Name: piece, Kind: engine.WorkingGroup}}
	}
	var groups []engine.Group
	for _, form := range betweenTowns.Split(m[1], -1) {
		if town := townByWords(form); town != "" {
			groups = append(groups, engine.Group{Name: town, Kind: engine.WorkingGroup, Territory: town})
		}
	}
	return groups
}

// townByWords gives the town whose every word begins as those of the declined
// form do ("Kardašově Řečici"), or the form when no town of the list fits.
func townByWords(form string) string {
	form = Squeeze(form)
	words := strings.Fields(Fold(form))
	best := ""
	for fold, name := range towns {
		if declines(strings.Fields(fold), words) && (best == "" || name < best) {
			best = name
		}
	}
	if best == "" {
		return form
	}
	return best
}

func declines(town, form []string) bool {
	if len(town) != len(form) {
		return false
	}
	for i := range town {
		n := commonPrefix(town[i], form[i])
		if n < 3 || n < len(town[i])-2 || len(form[i])-n > 3 {
			return false
		}
	}
	return true
}

// deliverableCounts are the words of numbers that deliverables begin with.
var deliverableCounts = map[string]int{
	"jeden": 1, "jedna": 1, "jedno": 1, "dva": 2, "dve": 2, "tri": 3, "ctyri": 4, "pet": 5, "sest": 6,
}

// CutCount takes the number off a deliverable: "Dvě veřejná projednání" is 2 of
// "veřejná projednání".
func CutCount(text string) (n int, what string, ok bool) {
	m := countWord.FindStringSubmatch(text)
	if m == nil {
		return 0, "", false
	}
	if n = deliverableCounts[Fold(m[1])]; n == 0 {
		n = number(m[1])
	}
	return n, text[len(m[0]):], n > 0
}

// deliverableHeadings are the folded headings under which minutes list what the
// process is to bring.
var deliverableHeadings = []string{"hlavni aktivity", "vystupy projektu", "klicove aktivity"}

// ListsDeliverables says whether a heading of minutes opens their list.
func ListsDeliverables(heading string) bool {
	folded := Fold(heading)
	for _, h := range deliverableHeadings {
		if strings.HasPrefix(folded, h) {
			return true
		}
	}
	return false
}

// IsProgramme says whether a line opens the programme of a meeting.
func IsProgramme(line string) bool { return Fold(strings.TrimSpace(line)) == "program:" }
