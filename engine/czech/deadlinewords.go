package czech

import (
	"strings"

	"splneno/engine/pattern"
)

// nothingPrinted are the ways a plan says that a term has no words, or none is set.
var nothingPrinted = map[string]bool{
	"": true, "bez terminu": true, "neuveden": true, "neuvedeno": true, "nestanoven": true,
	"nestanoveno": true, "neni stanoven": true, "neni stanoveno": true, "neni uveden": true,
}

// A beside is a word beside the dates of a term: at its beginning or its end.
type beside struct {
	words string
	mean  func(*termReader)
}

func filler(*termReader)     {}
func doubting(r *termReader) { r.doubt = true }
func goingOn(r *termReader)  { r.ongoing = true }

// besides are taken off both ends of a term until none is left.
var besides = []beside{
	{"v terminu", filler}, {"termin realizace", filler}, {"termin plneni", filler}, {"termin splneni", filler}, {"termin dokonceni", filler},
	{"terminy", filler}, {"termin", filler}, {"realizace", filler}, {"nejpozdeji", filler}, {"vcetne", func(r *termReader) { r.inclusive = true }},
	{"a to", filler}, {"a i", filler}, {"a dale", filler}, {"dale", filler}, {"nasledne", filler}, {"pote", filler}, {"pak", filler},
	{"a", filler}, {"t", filler}, {"data", filler}, {"platnost", filler}, {"splnit", filler}, {"dokoncit", filler}, {"dokonceni", filler},

	{"i prubezne", goingOn}, {"prubezne", goingOn}, {"prubezny", goingOn}, {"prubezna", goingOn}, {"stale", goingOn}, {"stala", goingOn}, {"staly", goingOn},
	{"trvale", goingOn}, {"trvala", goingOn}, {"trvaly ukol", goingOn}, {"trvaly", goingOn}, {"nepretrzite", goingOn}, {"neustale", goingOn},
	{"kontinualne", goingOn}, {"celorocne", goingOn},
	{"po celou dobu platnosti planu", goingOn}, {"po celou dobu realizace planu", goingOn}, {"po celou dobu realizace", goingOn},
	{"po celou dobu", goingOn}, {"po cele obdobi platnosti planu", goingOn}, {"po cele obdobi", goingOn},
	{"po cely rok", goingOn}, {"cely rok", goingOn},
	{"po dobu platnosti planu", func(r *termReader) { r.ongoing, r.doubt = true, true }},
	{"dlouhodobe", func(r *termReader) { r.ongoing, r.doubt = true, true }},
	{"opakovane", func(r *termReader) { r.ongoing, r.doubt = true, true }},

	{"dle potreby", needed}, {"dle potreb", needed}, {"podle potreby", needed}, {"podle potreb", needed},
	{"dle aktualni potreby", needed}, {"dle aktualnich potreb", needed}, {"podle aktualnich potreb", needed},

	{"nebo", doubting}, {"ci", doubting}, {"cca", doubting}, {"asi", doubting}, {"priblizne", doubting}, {"zhruba", doubting},
	{"snad", doubting}, {"mozna", doubting}, {"pravdepodobne", doubting}, {"orientacne", doubting}, {"predbezne", doubting},
	{"predpoklad", doubting}, {"predpokladany", doubting}, {"predpokladane", doubting}, {"plan", doubting}, {"planovano", doubting},
	{"nejdrive", doubting}, {"nejlepe", doubting}, {"idealne", doubting}, {"minimalne", doubting}, {"min", doubting},
	{"az", doubting}, {"?", doubting}, {"??", doubting}, {"horizont", doubting}, {"vyhled", doubting}, {"vyhledove", doubting},
	{"bude upresneno", doubting}, {"bude upresnen", doubting}, {"upresneni", doubting}, {"puvodne", doubting}, {"puvodni", doubting},
}

func needed(r *termReader) { r.asNeeded = true }

// conditions make a term hang on money or on an event. What stands before one
// is still read, never surely; what follows is not.
var conditions = []string{
	"dle financ", "podle financ", "dle moznosti", "podle moznosti", "dle kapacit", "podle kapacit", "v zavislosti", "zavisi",
	"v pripade", "za predpokladu", "za podminky", "podmin", "pokud", "jestlize", "po ziskani", "pri ziskani", "dle dotac",
	"podle dotac", "dle vyzv", "podle vyzv", "v navaznosti", "s ohledem", "dle vyvoje", "podle vyvoje", "dle harmonogramu",
	"podle harmonogramu", "do doby", "do vycerpani", "dle vyse", "dle rozpoctu", "podle rozpoctu", "dle dohody", "dle zajmu",
	"podle zajmu", "bude-li", "od data", "ode dne schvaleni", "ode dne podpisu", "ve spolupraci", "dle situace", "dle rozhodnuti",
	"po roce", "po dobu trvani", "po dobu realizace", "od vzniku", "po vzniku", "od podpisu", "po podpisu",
}

// anEvent is "po schválení", "od zahájení", "do přijetí": an event and no day.
var anEvent = pattern.New(`\b(?:po|pri|od|do|pred) [a-z]+(?:eni|ani|uti|ijeti)\b`)

// condition cuts a term at its first condition.
func (r *termReader) condition(s string) string {
	cut := len(s)
	if at := anEvent.FindStringIndex(s); at != nil {
		cut = at[0]
	}
	for _, words := range conditions {
		if i := indexWords(s, words); i >= 0 {
			cut = min(cut, i)
		}
	}
	r.doubt = r.doubt || cut < len(s)
	r.since = cut < len(s) && strings.HasSuffix(s[:cut], "-") // "2008 – do doby platnosti"
	return trimTerm(s[:cut])
}

// changes announce the term that now holds: "původně 2022, nově 2023".
var changes = pattern.New(`(?:^|.*[ ,;(])(?:prodlouzen[aoy]?|posunut[aoy]?|presunut[aoy]?|odlozen[aoy]?|prelozen[aoy]?|` +
	`zmenen[aoy]?|zmena|nove|novy|nyni|aktualne|aktualizovan[aoy]?|preveden[aoy]?)\b(?: termin\w*)?:?(?: z .+? na| na)? +(.+)$`)

var fromTo = pattern.New(`^z (.+) na (.+)$`)

// changed leaves the new one of two terms. An arrow may as well be a range.
func (r *termReader) changed(s string) string {
	if m := changes.FindStringSubmatch(s); m != nil {
		return trimTerm(m[1])
	}
	if m := fromTo.FindStringSubmatch(s); m != nil {
		return trimTerm(m[2])
	}
	if i := strings.LastIndex(s, " → "); i >= 0 {
		r.doubt = true
		return trimTerm(s[i+len(" → "):])
	}
	return s
}

// stillRuns ends a term that has a beginning only.
var stillRuns = []string{"dosud", "doposud", "az dosud", "do soucasnosti", "soucasnost", "trva", "a dale", "dale", "a nasledujici roky", "a dalsi roky"}

// peel takes off both ends what is said beside the dates.
func (r *termReader) peel(s string) string {
	for {
		before := s
		s = r.peelWeekday(r.peelRecurrence(trimTerm(s)))
		for _, words := range stillRuns {
			if rest, ok := cutWordsAfter(s, words); ok && !r.ongoing && strings.ContainsAny(rest, "0123456789") {
				r.since, s = true, rest
			}
		}
		for _, b := range besides {
			rest, ok := cutWordsAfter(s, b.words)
			if before := strings.TrimSuffix(s, b.words); ok && strings.HasSuffix(before, "-") {
				r.since, r.doubt = true, true // "2024 – průběžně": in 2024, or from then on?
			}
			if !ok {
				rest, ok = cutWords(s, b.words)
			}
			if ok {
				b.mean(r)
				s = rest
			}
		}
		if s == before {
			return s
		}
	}
}

// peelWeekday takes off the end the weekday of "31. 12. 2023 (neděle)".
func (r *termReader) peelWeekday(s string) string {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s
	}
	if _, ok := weekdayOf(s[i+1:]); ok {
		r.weekday = s[i+1:]
		return trimTerm(s[:i])
	}
	return s
}

// cutWords takes words off the beginning of s, where they end as words.
func cutWords(s, words string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(s, words)
	if !ok || words == "" {
		return rest, ok
	}
	return strings.TrimLeft(rest, " .,;:"), wordEnd(s, len(words))
}

// cutWordsAfter takes words off the end of s, where they begin as words.
func cutWordsAfter(s, words string) (rest string, ok bool) {
	rest, ok = strings.CutSuffix(s, words)
	return trimTerm(rest), ok && wordEnd(s, len(rest)) && rest+words != ""
}

// indexWords finds words that begin as a word; -1 is nowhere.
func indexWords(s, words string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], words)
		if i < 0 {
			return -1
		}
		if i += from; i == 0 || !isWordByte(s[i-1]) {
			return i
		}
		from = i + 1
	}
}
