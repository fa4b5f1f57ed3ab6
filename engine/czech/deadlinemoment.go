package czech

import (
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A unit is how long a moment lasts.
type unit int

const (
	unitDay  unit = iota
	unitPart      // month, quarter, half-year, season, school year
	unitYear
)

// A moment is a day, month, quarter, season or year as printed: from a day of a
// month to a day of a month. Year 0 is not printed; toDay 0 is the month's last.
type moment struct {
	unit               unit
	year               int
	fromMonth, fromDay int
	toMonth, toDay     int
	laterYears         int // by how much it ends in a later year
	weekday            string
	doubt              bool
}

// parts makes a moment of whole months.
func parts(from, to int, year string) moment {
	return moment{unit: unitPart, year: number(year), fromMonth: from, fromDay: 1, toMonth: to}
}

// days gives the first and last day in the year, which stands in for one not
// printed; ok is false for a day the calendar does not have.
func (m moment) days(year int) (start, due engine.Date, ok bool) {
	if m.year > 0 {
		year = m.year
	}
	start, ok1 := day(year, time.Month(m.fromMonth), m.fromDay)
	due, ok2 := day(year+m.laterYears, time.Month(m.toMonth), m.toDay)
	if m.toDay == 0 && m.toMonth >= 1 && m.toMonth <= 12 && year > 0 {
		due, ok2 = engine.MonthEnd(year+m.laterYears, time.Month(m.toMonth)), true
	}
	return start, due, ok1 && ok2 && start <= due
}

// A momentRule reads one spelling at the beginning of a tidied term.
type momentRule struct {
	name    string
	pattern pattern.Pattern
	read    func(m []string) (moment, bool)
}

// starts compiles the pattern for the beginning of a term; it ends at a word's end.
func starts(text string) pattern.Pattern { return pattern.New(`^(?:` + text + `)`) }

// The fragments of the spellings below. Text is folded and tidied.
const (
	yearPattern  = `((?:19|20)\d\d)\b`
	ofYear       = `(?:[ /]?(?:(?:v )?(?:roku|roce|rok|r\.) ?)?` + yearPattern + `)?`
	datePattern  = `(\d{1,2})\. ?(\d{1,2})\b\.?`
	shortYear    = `(?: ?` + yearPattern + `| (\d\d)\b)?` // "2023" or "23"
	monthPattern = `([a-z]{4,10})`                        // judged by monthOf
	weekdayName  = `(?:(?:v |ve )?(pondeli|utery|stred[au]|ctvrtek|patek|sobot[au]|nedel[ei]),? )?`
	ordinal      = `([1-4]|i{1,3}|iv|prvni\w*|druh\w+|treti\w*|ctvrt(?:e|y|em|eho))\.?`
	further      = `(?: ?(-|,| a | az ) ?` + ordinal + `)?`
	quarterWord  = ` ?(?:ctvrtl\w*|kvartal\w*|q\b)\.?`
	halfWord     = ` ?(?:pololet\w*|pol\b\.?|pulrok\w*|h\b|polovin\w*(?: roku| r\.)?)`
)

// momentRules are all tried; the one that takes most of the text decides.
var momentRules = []momentRule{
	{"2023-06-30", starts(yearPattern + `-(\d\d)-(\d\d)\b`), readISO},
	{"30. 6. 2023", starts(weekdayName + datePattern + shortYear), readDayMonth},
	{"30/6/2023", starts(`(\d{1,2})[/-](\d{1,2})[/-]` + yearPattern), readSlashes},
	{"30. června 2023", starts(weekdayName + `(\d{1,2})\.? ?` + monthPattern + ofYear), readDayOfMonth},
	{"1.–31. 3. 2024", starts(`(\d{1,2})\.?-(\d{1,2})\. ?(\d{1,2})\b\.? ?(?:` + yearPattern + `)?`), readDays},
	{"1.–15. června 2024", starts(`(\d{1,2})\.?-(\d{1,2})\.? ?` + monthPattern + ofYear), readDaysOfMonth},
	{"červen 2024", starts(`(?:mesic\w* )?` + monthPattern + ofYear), readMonth},
	{"06/2024", starts(`(\d{1,2})/` + yearPattern), readMonthNumber},
	{"6. 2024", starts(`(\d{1,2})\. ` + yearPattern), readMonthDot},
	{"VI/2024", starts(`(v|vi|vii|viii|ix|x|xi|xii)\.?[/ ]` + yearPattern), readRomanMonth},
	{"1. čtvrtletí 2024", starts(ordinal + further + quarterWord + ofYear), readQuarter},
	{"Q1/2024", starts(`q ?([1-4])(?:(-) ?q? ?([1-4]))?` + ofYear), readQuarter},
	{"poslední čtvrtletí", starts(`posledni\w*` + quarterWord + ofYear), readLastQuarter},
	{"1. pololetí 2023", starts(ordinal + further + halfWord + ofYear), readHalf},
	{"H1/2024", starts(`h ?([12])()()` + ofYear), readHalf},
	{"jaro 2024", starts(`(jar\w|let[oe]|letni obdobi|podzim\w*)\b` + ofYear), readSeason},
	{"letní prázdniny", starts(`letni\w* prazdnin\w*` + ofYear), readHolidays},
	{"školní rok 2023/2024", starts(`skolni\w* ro\w+ ` + yearPattern + `/((?:20)?\d\d)\b`), readSchoolYear},
	{"rok 2023", starts(`(?:kalendarni\w* )?(?:(?:rok|roku|roky|roce|rokem|letech|leta|let|r\.) ?)?` + yearPattern), readYear},
	{"2023–25", starts(yearPattern + `-(\d\d)\b`), readShortRange},
	{"roku", starts(`(?:kalendarni\w* )?(?:roku|roce|rok|r\.)()`), readYear},
}

// momentAt reads the moment a term begins with, and gives what follows it.
func momentAt(s string) (m moment, rest string, ok bool) {
	longest := 0
	for _, rule := range momentRules {
		at := rule.pattern.FindStringSubmatch(s)
		if at == nil || len(at[0]) <= longest || !wordEnd(s, len(at[0])) {
			continue
		}
		if got, good := rule.read(at); good {
			m, rest, ok, longest = got, s[len(at[0]):], true, len(at[0])
		}
	}
	return m, rest, ok
}

// wordEnd reports whether no word or number of s goes on across the byte i.
func wordEnd(s string, i int) bool {
	return i <= 0 || i >= len(s) || !isWordByte(s[i]) || !isWordByte(s[i-1])
}

// isWordByte takes every byte beyond ASCII for a letter.
func isWordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 0x80
}

// ordinalOf reads "1", "ii", "prvni", "druhem"; 0 is none.
func ordinalOf(s string) int {
	for n, stems := range [][]string{{"1", "i", "prvni"}, {"2", "ii", "druh"}, {"3", "iii", "treti"}, {"4", "iv", "ctvrt"}} {
		for _, stem := range stems {
			if s == stem || len(stem) > 3 && strings.HasPrefix(s, stem) {
				return n + 1
			}
		}
	}
	return 0
}
