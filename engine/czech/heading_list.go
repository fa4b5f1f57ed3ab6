package czech

import (
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// Some towns print a plan as a list of codes: "1.1." opens a measure, "1.1.1."
// is an item of it, and the colour of the row is its status. The legend says
// what the colours mean; a text has lost them.

var (
	listCode = pattern.New(`^(\d{1,2}(?:\.\d{1,2}){1,2})\.? (\S.*)$`)
	noCode   = pattern.New(`^(_(?:\._)+\.?) (\S.*)$`)
	nextPlan = pattern.New(`(?i)^plán (?:pro|na) rok ((?:19|20)\d\d)$`)
	signedAt = pattern.New(`^(\p{Lu}\pL+(?: \pL+){0,3}),? (?:dne )?(\d{1,2}\. ?\d{1,2}\. ?(?:19|20)\d\d)$`)
	signer   = pattern.New(`(?i)^(zpracoval|schválil)(?:a|i|y)?:\s*(.*)$`)
	byTerm   = pattern.New(`^(.*?) ?((?:rok|konec roku|do) (?:19|20)\d\d)$`)
	ofTown   = pattern.New(`(?:[Ss]tatutární\pL* )?(?i:měst)(?:a|o|ě|em) (\p{Lu}\pL+(?: \p{Lu}\pL+)?)`)
)

// ReadListCode reads "1.1.1. title". The code comes without its last dot; of an
// item that has no number yet ("_._._. title") it is "".
func ReadListCode(line string) (label, code, title string, ok bool) {
	line = Squeeze(line)
	if m := listCode.FindStringSubmatch(line); m != nil {
		return strings.TrimSuffix(line, " "+m[2]), m[1], m[2], true
	}
	if m := noCode.FindStringSubmatch(line); m != nil {
		return m[1], "", m[2], true
	}
	return "", "", "", false
}

// ReadNextPlan reads "Plán pro rok 2009".
func ReadNextPlan(line string) (engine.Plan, bool) {
	line = Squeeze(line)
	m := nextPlan.FindStringSubmatch(line)
	if m == nil {
		return engine.Plan{}, false
	}
	year := engine.Year(number(m[1]))
	return engine.Plan{Title: line, Kind: engine.MediumTermPlan, Start: year.Start, End: year.End}, true
}

// IsProjectList says whether a line opens or heads a table of projects.
func IsProjectList(line string) bool {
	folded := Fold(line)
	return strings.HasPrefix(folded, "naplanovane projekty") || strings.HasPrefix(folded, "projekt realizator termin")
}

// CutTerm takes the term off the end of a row: "MÚSS Chomutov rok 2007".
func CutTerm(line string) (before, term string, ok bool) {
	m := byTerm.FindStringSubmatch(Squeeze(line))
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// ReadPlaceAndDay reads the line above signatures: "Chomutov 3. 9. 2008".
func ReadPlaceAndDay(line string) (place string, on engine.Date, ok bool) {
	m := signedAt.FindStringSubmatch(Squeeze(line))
	if m == nil {
		return "", "", false
	}
	on, ok = readDay(m[2])
	return m[1], on, ok
}

// ReadSigner reads "Schválila: name"; approves is false for who only wrote it.
func ReadSigner(line string) (name string, approves, ok bool) {
	m := signer.FindStringSubmatch(Squeeze(line))
	if m == nil {
		return "", false, false
	}
	return m[2], Fold(m[1]) == "schvalil", true
}

// TownNamed finds the town a title speaks of: "statutárního města Chomutova"
// gives "Chomutov", "" when it names none.
func TownNamed(text string) string {
	m := ofTown.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return TownOf(m[1])
}
