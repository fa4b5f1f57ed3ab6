package czech

import (
	"slices"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/pattern"
)

const longestAbsence = 20 << 10 // bytes; an automatic reply says it at the beginning

// ReadAbsence reads an out-of-office text, received on that day: until when
// somebody is away, and who stands in. A day without a year is the next such
// day. What is not plainly said stays empty.
func ReadAbsence(text string, received engine.Date) engine.Absence {
	if len(text) > longestAbsence {
		text = text[:longestAbsence]
	}
	text = strings.ToValidUTF8(strings.NewReplacer("\r", "", "\u00a0", " ").Replace(text), "")
	a := engine.Absence{Deputy: readDeputy(text)}
	if _, err := engine.ParseDate(string(received)); err == nil {
		a.Until = lastAway(Fold(text), received)
	}
	return a
}

// The ways a day is written; a letter stands for a digit of none.
const (
	aDay      = `(?:(\d{1,2})\. ?(\d{1,2})\.?(?: ?(20\d\d))?|(\d{1,2})\.? (?:of )?([a-z]{3,10})\.?,?(?: (20\d\d))?|(20\d\d)-(\d\d)-(\d\d)|(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|may|june|july|august|september|october|november|december) (\d{1,2})(?:st|nd|rd|th)?,?(?: (20\d\d))?)`
	weekday   = `(?:(?:v|ve|vo|on|am|do|na)? ?(?:pondeli|pondelok|pondelka|utery|utorok|uterka|stred[aou]|stvrtok|ctvrt[eku]{2,3}|patek|patku|piatok|piatka|sobot[auy]|nedel[iue]|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag),? ?(?:dne |the |den )?)?`
	dayFiller = `(?: (?:budu|budem|budeme|opet|zase|zpet|spat|do|prace|az|v|ve|na|dne|znovu|kancelari|kancelarii|kanclu|praci|again|back|in|the|office|on|from|only|jsem|bych|mel|mela|byt|k|dispozici|dosazitelny|dosazitelna|pritomna|pritomen|hned|teprve|wieder|ab|am|im|buro|dem|den|nejdrive|ode|od|dosiahnutelny|dosiahnutelna|pritomny|po|dovolene)){0,8}`
)

var (
	// untilDay is the last day away; backDay the first day at work again.
	untilDay = pattern.New(`(?:\b(?:do|az|az do|vcetne|until|till|through|bis|bis zum|to)|-) ?` + weekday + aDay)
	backDay  = pattern.New(`\b(?:vratim se|vracim se|vratim sa|vraciam sa|navrat|zpet|spat|zpatky|nastupuji|nastupim|nastup|back|return|returning|zuruck|wieder|od|ab|opet|v praci budu|v kancelari budu|zase|k zastizeni budu|k zastizeni|dostupna|dostupny|k dispozici)` + dayFiller + ` ?:? ?` + weekday + aDay)
	monthEnd = pattern.New(`\b(?:do konce|do konca|until the end of|till the end of|by the end of|bis ende) (?:mesice |mesiaca )?([a-z]+)(?: (20\d\d))?`)
	anyDay   = pattern.New(aDay)

	awayWords = pattern.New(`\b(?:mimo|nepritom\w*|dovolen\w*|volno|volna|nejsem|nebudu|nejsme|nebudem\w*|nie som|budem mimo|sluzebni ceste|sluzobnej ceste|absence|absen\w*|nemoc\w*|pracovni neschop\w*|neschop\w*|osetrov\w*|skoleni|vycvik\w*|seminari|konferenci|stazi|zastup\w*|zastihn\w*|nezastihn\w*|out of (?:the )?office|away|vacation|holiday|leave|absent|abwesen\w*|nicht im|urlaub|pn|rodicovsk\w*|matersk\w*|cerpam|sick|ooo|uzavren\w*|zavren\w*|neuradujeme)\b`)
	backWords = pattern.New(`\b(?:vratim|vracim|vraciam|navrat|zpet|spat|zpatky|nastup\w*|back|return\w*|zuruck|wieder|k zastizeni|v kancelari|v praci|k dispozici|dostupn\w*|dosazitel\w*|dosiahnutel\w*)\b`)
	deadlines = pattern.New(`\b(?:odpov\w*|zasl\w*|poslat|poslete|termin\w*|lhut\w*|uzaverk\w*|odevzd\w*|deadline|vyridim|reply by|schuz\w*|predloz\w*|aktualiz\w*)\b`)
)

// lastAway gives the latest day that a sentence about an absence names.
func lastAway(s string, received engine.Date) (last engine.Date) {
	for _, sentence := range absenceSentences(s) {
		away, back := awayWords.MatchString(sentence), backWords.MatchString(sentence)
		if !away && !back || deadlines.MatchString(sentence) && !awayWords.MatchString(sentence) {
			continue
		}
		last = max(last, latestDay(withoutDeadlines(sentence), away, back, received))
	}
	return last
}

// withoutDeadlines leaves out the clauses that ask for something by a day.
func withoutDeadlines(sentence string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(sentence, ", "), func(clause string) bool {
		return deadlines.MatchString(clause) && !awayWords.MatchString(clause) && !backWords.MatchString(clause)
	}), ", ")
}

// latestDay reads the days of one sentence.
func latestDay(s string, away, back bool, received engine.Date) (last engine.Date) {
	if back {
		for _, m := range backDay.FindAllStringSubmatchIndex(s, -1) {
			begins := strings.HasPrefix(s[m[0]:], "od ") || strings.HasPrefix(s[m[0]:], "ab ")
			if begins && (away || untilDay.MatchString(s[m[1]:])) || denied.MatchString(s[:m[0]]) {
				continue // "od 1. 8. do 14. 8." begins the absence
			}
			if d := dayIn(s, m, received); d != "" && d > received {
				last = max(last, d.AddDays(-1))
			}
		}
		if last != "" {
			return last
		}
	}
	if !away && !strings.Contains(s, "do ") {
		return ""
	}
	for _, m := range untilDay.FindAllStringSubmatchIndex(s, -1) {
		last = max(last, dayIn(s, m, received))
	}
	for _, m := range monthEnd.FindAllStringSubmatch(s, -1) {
		if month := time.Month(dateMonth(m[1])); month > 0 {
			last = max(last, nextDay(lastDay(month), int(month), m[2], received))
		}
	}
	if last == "" && away && len(anyDay.FindAllString(s, 3)) == 1 {
		if m := anyDay.FindStringSubmatchIndex(s); !strings.HasSuffix(strings.TrimSpace(s[:m[0]]), " od") && singleDay.MatchString(s[:m[0]]) {
			last = dayIn(s, m, received)
		}
	}
	return last
}

// denied stands before what would else be a return: "nebudu k zastižení 5. 8.".
var denied = pattern.New(`\b(?:nebudu|nejsem|nebudeme|nejsme|nebudem|nie som|not|nicht)(?: be| available| v)?[ a-z]{0,12}$`)

var singleDay = pattern.New(`(?:^|\b(?:dne|dnes|dna|on|am)) ?$`)

// dayIn reads the day a pattern that ends in aDay found.
func dayIn(s string, m []int, received engine.Date) engine.Date {
	g := func(k int) string {
		if m[2*k] < 0 {
			return ""
		}
		return s[m[2*k]:m[2*k+1]]
	}
	switch {
	case g(1) != "":
		return nextDay(number(g(1)), number(g(2)), g(3), received)
	case g(4) != "":
		return nextDay(number(g(4)), dateMonth(g(5)), g(6), received)
	case g(7) != "":
		return nextDay(number(g(9)), number(g(8)), g(7), received)
	}
	return nextDay(number(g(11)), dateMonth(g(10)), g(12), received)
}

// lastDay gives the last day of a month, of February the 28th.
func lastDay(month time.Month) int {
	_, _, day, _ := split(engine.MonthEnd(2001, month))
	return day
}

// nextDay gives the day on or after received, at most a year ahead.
func nextDay(day, month int, year string, received engine.Date) engine.Date {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return ""
	}
	y := received.Year()
	if year != "" {
		y = number(year)
	}
	d := engine.NewDate(y, time.Month(month), day)
	if year == "" && d < received {
		d = engine.NewDate(y+1, time.Month(month), day)
		if d.Sub(received) > longestAway { // a day just gone, not one of the next year
			return ""
		}
	}
	if _, m, _, _ := split(d); int(m) != month || d < received || d.Sub(received) > 366 {
		return ""
	}
	return d
}

const longestAway = 300 // days ahead that a day without a year may be

var awayEnd = pattern.New(`[!?;]|[^\d ]\. |[a-z]\.$|\d{4}\. |,? a (?:vratim|budu zpet|zpet)`)

// absenceSentences cuts a folded text after its sentences, not inside a day.
func absenceSentences(s string) (out []string) {
	from := 0
	for _, m := range awayEnd.FindAllStringIndex(s, -1) {
		if strings.HasPrefix(s[m[0]:], ",") || strings.HasPrefix(s[m[0]:], " a ") {
			continue
		}
		if end := m[1]; end > from && !abbreviated(s[from:end]) {
			out = append(out, s[from:end])
			from = end
		}
	}
	return append(out, s[from:])
}

func abbreviated(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return false
	}
	return slices.Contains([]string{"mgr.", "ing.", "bc.", "phdr.", "dr.", "tel.", "tj.", "tzn.", "mob.", "c.", "resp.", "judr.", "paeddr.", "st."}, fields[len(fields)-1])
}

var otherMonths = map[string]int{
	"januara": 1, "februara": 2, "marca": 3, "aprila": 4, "maja": 5, "juna": 6, "jula": 7, "augusta": 8, "septembra": 9, "oktobra": 10, "novembra": 11, "decembra": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"januar": 1, "februar": 2, "marz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12,
}

// dateMonth reads a folded month, Czech, Slovak, English or German, 0 for none.
func dateMonth(folded string) int {
	if m := monthOf(folded); m > 0 {
		return int(m)
	}
	return otherMonths[folded]
}
