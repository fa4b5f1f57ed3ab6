package czech

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"splneno/engine"
)

// A deadlineRule reads one shape of term. The pattern meets folded text (no
// diacritics, "-" for every dash) and must take all of it. read may still
// refuse what the calendar does not have; then the term is unknown.
type deadlineRule struct {
	name    string
	pattern *regexp.Regexp
	read    func(m []string, year int) (engine.Deadline, bool)
}

const (
	yearPattern = `((?:19|20)\d\d)`
	datePattern = `(\d{1,2})\. ?(\d{1,2})\. ?` + yearPattern
	inYears     = `(?:(?:v )?(?:rok|roku|roky|roce|letech|r\.) ?)?`
	endOf       = `(?:do |ke? )?(?:konec |konce |konci )`
)

// deadlineRules are tried in this order; the first pattern that fits decides.
var deadlineRules = []deadlineRule{
	{"none", whole(`-*`), readNone},
	{"ongoing", whole(`prubezne(?: dle potreby| podle potreby)?`), readOngoing},
	{"year", whole(inYears + yearPattern), readYear},
	{"end of year", whole(endOf + inYears + yearPattern), readEndOfYear},
	{"year and ongoing", whole(inYears + yearPattern + `,? (?:a )?(?:dale )?prubezne(?: dle potreby| podle potreby)?`), readYearOngoing},
	{"range", whole(inYears + yearPattern + ` ?- ?` + yearPattern), readRange},
	{"list", whole(inYears + yearPattern + `(?:(?:, ?| a | i )` + yearPattern + `)+`), readList},
	{"date", whole(`(?:do )?` + datePattern), readDate},
	{"range of dates", whole(`(?:od )?` + datePattern + `(?: ?- ?| do )` + datePattern), readDateRange},
	{"end of month", whole(endOf + `([a-z]+)(?: ` + yearPattern + `)?`), readMonth},
	{"in a month", whole(`(?:v |ve )?(?:mesici )?([a-z]+) ` + yearPattern), readMonth},
}

func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

func readNone([]string, int) (engine.Deadline, bool) {
	return engine.Deadline{Kind: engine.DeadlineNone}, true
}

func readOngoing([]string, int) (engine.Deadline, bool) {
	return engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true}, true
}

func readYear(m []string, _ int) (engine.Deadline, bool) {
	d := span(engine.DeadlineYear, number(m[1]), number(m[1]))
	d.Years = []int{number(m[1])}
	return d, true
}

func readEndOfYear(m []string, _ int) (engine.Deadline, bool) {
	d, _ := readYear(m, 0)
	d.Start = ""
	return d, true
}

func readYearOngoing(m []string, _ int) (engine.Deadline, bool) {
	d, _ := readYear(m, 0)
	d.Ongoing = true
	return d, true
}

func readRange(m []string, _ int) (engine.Deadline, bool) {
	from, to := number(m[1]), number(m[2])
	return span(engine.DeadlineRange, from, to), from <= to
}

var anyYear = regexp.MustCompile(yearPattern)

func readList(m []string, _ int) (engine.Deadline, bool) {
	var years []int
	for _, y := range anyYear.FindAllString(m[0], -1) {
		years = append(years, number(y))
	}
	slices.Sort(years)
	years = slices.Compact(years)
	d := span(engine.DeadlineYears, years[0], years[len(years)-1])
	d.Years = years
	return d, true
}

func readDate(m []string, _ int) (engine.Deadline, bool) {
	due, ok := dateOf(m[1:4])
	return engine.Deadline{Kind: engine.DeadlineDate, Due: due}, ok
}

func readDateRange(m []string, _ int) (engine.Deadline, bool) {
	start, ok1 := dateOf(m[1:4])
	due, ok2 := dateOf(m[4:7])
	return engine.Deadline{Kind: engine.DeadlineRange, Start: start, Due: due}, ok1 && ok2 && start <= due
}

// readMonth is due on the last day of the month, of the given year when none is printed.
func readMonth(m []string, year int) (engine.Deadline, bool) {
	if m[2] != "" {
		year = number(m[2])
	}
	month := monthOf(m[1])
	if month == 0 || year <= 0 {
		return engine.Deadline{}, false
	}
	return engine.Deadline{Kind: engine.DeadlineDate, Due: engine.MonthEnd(year, month)}, true
}

// span runs from the first day of one year to the last of another.
func span(kind engine.DeadlineKind, from, to int) engine.Deadline {
	return engine.Deadline{
		Kind:  kind,
		Start: engine.NewDate(from, time.January, 1),
		Due:   engine.NewDate(to, time.December, 31),
	}
}

// dateOf reads day, month and year as matched.
func dateOf(m []string) (engine.Date, bool) {
	return day(number(m[2]), time.Month(number(m[1])), number(m[0]))
}

// number reads digits a pattern has already counted.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
