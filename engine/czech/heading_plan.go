package czech

import (
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// planNames gives the name of a plan by the folded words it is mentioned with.
var planNames = []struct {
	stem, name string
	kind       engine.PlanKind
}{
	{"komunitni", "Komunitní plán", engine.MediumTermPlan},
	{"strednedob", "Střednědobý plán", engine.MediumTermPlan},
	{"akcni", "Akční plán", engine.ActionPlan},
}

var (
	// mentioned is a plan with the years behind it; what follows is read by more.
	mentioned = pattern.New(`(Komunitní\pL*|Střednědob\pL+|Akční\pL*) plán\pL*( [^:;•\x{f0b7}\x{f0fc}]{0,90}?)?` +
		`(?: by[lt]\pL* (?:zpracován|vytvořen)\pL*)? (?:na|pro) (?:období|roky?|léta) ` + yearPattern + `( ?[–-] ?| a |, |\b)(?:` + yearPattern + `)?`)
	morePeriods = pattern.New(`^(?:,? a)? pro období ` + yearPattern + ` ?[–-] ?` + yearPattern)
	extension   = pattern.New(`^,? jehož platnost byla (\pL+ skupin\pL+|rad\pL+ města|zastupitelstv\pL+)(?: plánování)? ` +
		`prodloužena (?:i )?do (?:konce )?(?:roku )?` + yearPattern)
)

// ReadMentionedPlans finds the plans a running text names with their years, and
// the extensions of their validity. Words between a plan and its years are part
// of its title.
func ReadMentionedPlans(text string) []engine.Plan {
	var plans []engine.Plan
	for _, m := range mentioned.FindAllStringSubmatchIndex(text, -1) {
		alone := m[10] < 0 // one year, whatever follows it
		if alone {
			m[10], m[11] = m[6], m[7]
		}
		kind, title := planName(text[m[2]:m[3]])
		if m[4] >= 0 {
			title += strings.TrimRight(text[m[4]:m[5]], " ,")
		}
		from, to := text[m[6]:m[7]], text[m[10]:m[11]]
		if !alone && strings.ContainsAny(text[m[8]:m[9]], "a,") { // a list: one plan a year
			plans = append(plans, planOf(kind, title, from, from), planOf(kind, title, to, to))
			continue
		}
		plans = append(plans, planOf(kind, title, from, to))
		plans = readMore(plans, text[m[1]:])
	}
	return plans
}

// readMore reads "a pro období 2015 – 2017, jehož platnost byla … prodloužena".
func readMore(plans []engine.Plan, rest string) []engine.Plan {
	for {
		last := &plans[len(plans)-1]
		if m := extension.FindStringSubmatchIndex(rest); m != nil {
			last.Approvals = append(last.Approvals, engine.Approval{Body: bodyOf(rest[m[2]:m[3]]), Verb: engine.VerbExtended,
				What: strings.TrimLeft(rest[:m[1]], ", "), Until: engine.Year(number(rest[m[4]:m[5]])).End})
			rest = rest[m[1]:]
			continue
		}
		m := morePeriods.FindStringSubmatchIndex(rest)
		if m == nil {
			return plans
		}
		plans = append(plans, planOf(last.Kind, last.Title, rest[m[2]:m[3]], rest[m[4]:m[5]]))
		rest = rest[m[1]:]
	}
}

func planOf(kind engine.PlanKind, title, from, to string) engine.Plan {
	return engine.Plan{Kind: kind, Title: title, Start: engine.Year(number(from)).Start, End: engine.Year(number(to)).End}
}

func planName(word string) (engine.PlanKind, string) {
	for _, n := range planNames {
		if strings.HasPrefix(Fold(word), n.stem) {
			return n.kind, n.name
		}
	}
	return engine.MediumTermPlan, word
}
