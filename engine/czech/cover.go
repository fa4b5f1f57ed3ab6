package czech

import (
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

var (
	actionPlan = pattern.New(`(?i)^akční plán (?:na rok|pro rok|na období roku) ((?:19|20)\d\d)$`)
	planTitle  = pattern.New(`(?i)^(?:střednědobý |komunitní )+plán (?:rozvoje )?sociálních služeb`)
	evaluation = pattern.New(`(?i)^(?:vyhodnocení|hodnocení|zhodnocení) `)
	period     = pattern.New(`(?i) (?:pro|na|za|v) (?:období|letech|roky) ((?:19|20)\d\d) ?[–/-] ?(.+)$`)
	approval   = pattern.New(`(?i)schválen\pL* (?:na |dne )?(ř[ií]d[ií]c\pL* skupin\pL*|rad\pL+ města|zastupitelstv\pL+)(?: dne)? ` +
		`(\d{1,2}\. ?\d{1,2}\. ?\d{4})(?: v (\p{Lu}\pL+))?`)
	beds  = pattern.New(`(\d+) lůž`)
	scope = pattern.New(`\((?:pro celé|v |za území|na území)[^()]*\)`)
)

// bodies gives the name of an approving body by the stem of its declined form.
var bodies = []struct{ stem, name string }{
	{"ridic", "řídicí skupina"},
	{"rad", "rada města"},
	{"zastupitelstv", "zastupitelstvo"},
}

// fundingWords begin the lines of a publicity notice.
var fundingWords = []string{"evropska unie", "evropsky socialni fond", "operacni program"}

// A Cover is what the first page of a plan says of it.
type Cover struct {
	Kind       engine.PlanKind
	Title      string
	Start, End engine.Date
	OpenEnd    string
}

// ReadActionPlanTitle reads "Akční plán na rok 2023".
func ReadActionPlanTitle(line string) (Cover, bool) {
	line = Squeeze(line)
	m := actionPlan.FindStringSubmatch(line)
	if m == nil {
		return Cover{}, false
	}
	year, err := strconv.Atoi(m[1])
	if err != nil {
		return Cover{}, false
	}
	p := engine.Year(year)
	return Cover{Kind: engine.ActionPlan, Title: line, Start: p.Start, End: p.End}, true
}

// IsPlanTitle says whether a line is the title of a community plan.
func IsPlanTitle(line string) bool { return planTitle.MatchString(Squeeze(line)) }

// ReadEvaluationTitle reads "Vyhodnocení … pro období 2008 – do doby platnosti
// nového plánu". The period is cut off the title.
func ReadEvaluationTitle(text string) (Cover, bool) {
	text = Squeeze(text)
	if !evaluation.MatchString(text) {
		return Cover{}, false
	}
	c := Cover{Kind: engine.EvaluationPlan, Title: text}
	m := period.FindStringSubmatchIndex(text)
	if m == nil {
		return c, true
	}
	c.Title = text[:m[0]]
	c.Start = engine.Date(text[m[2]:m[3]] + "-01-01")
	end := text[m[4]:m[5]]
	if year, err := strconv.Atoi(end); err == nil && len(end) == 4 {
		c.End = engine.Year(year).End
	} else {
		c.OpenEnd = end
	}
	return c, true
}

// IsFunding says whether a line belongs to a publicity notice of funding.
func IsFunding(line string) bool {
	folded := Fold(line)
	for _, w := range fundingWords {
		if strings.HasPrefix(folded, w) {
			return true
		}
	}
	return false
}

// ReadApproval finds who approved a plan, on which day and where.
func ReadApproval(text string) (body string, on engine.Date, place string, ok bool) {
	m := approval.FindStringSubmatch(Squeeze(text))
	if m == nil {
		return "", "", "", false
	}
	if m[3] != "" {
		place = TownOf(m[3])
	}
	return bodyOf(m[1]), ReadDeadline(m[2], 0).Due, place, true
}

// bodyOf gives the name of an approving body by its declined form, "" for none.
func bodyOf(form string) string {
	for _, b := range bodies {
		if strings.HasPrefix(Fold(form), b.stem) {
			return b.name
		}
	}
	return ""
}

// Beds counts the beds a capacity names: "37 lůžek" is 37.
func Beds(capacity string) int {
	total := 0
	for _, m := range beds.FindAllStringSubmatch(capacity, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil || n > 10000 {
			continue
		}
		total += n
	}
	return total
}

// CutScope takes the territory off a capacity: "4 kl. (v Plz. kraji)".
func CutScope(capacity string) (rest, territory string) {
	at := scope.FindStringIndex(capacity)
	if at == nil {
		return Squeeze(capacity), ""
	}
	territory = capacity[at[0]+1 : at[1]-1]
	return Squeeze(capacity[:at[0]] + strings.Trim(capacity[at[1]:], " .")), territory
}
