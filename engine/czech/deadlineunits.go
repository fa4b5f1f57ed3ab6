package czech

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// The readers of momentRules. m are the groups of the rule's pattern.

func readISO(m []string) (moment, bool) {
	return dayOf(number(m[1]), number(m[2]), number(m[3])), true
}

func readDayMonth(m []string) (moment, bool) {
	x := dayOf(number(m[4]), number(m[3]), number(m[2]))
	x.weekday = m[1]
	if m[5] != "" {
		x.year = 2000 + number(m[5])
	}
	return x, true
}

// readSlashes doubts "5/6/2023": some count the month first.
func readSlashes(m []string) (moment, bool) {
	x := dayOf(number(m[3]), number(m[2]), number(m[1]))
	x.doubt = number(m[1]) <= 12 && m[1] != m[2]
	return x, true
}

func readDayOfMonth(m []string) (moment, bool) {
	month := int(monthOf(m[3]))
	x := dayOf(number(m[4]), month, number(m[2]))
	x.weekday = m[1]
	return x, month > 0
}

func readDays(m []string) (moment, bool) {
	x := dayOf(number(m[4]), number(m[3]), number(m[1]))
	x.unit, x.toDay = unitPart, number(m[2])
	return x, x.toMonth <= 12
}

func readDaysOfMonth(m []string) (moment, bool) {
	month := int(monthOf(m[3]))
	x := dayOf(number(m[4]), month, number(m[1]))
	x.unit, x.toDay = unitPart, number(m[2])
	return x, month > 0
}

func readMonth(m []string) (moment, bool) {
	month := int(monthOf(m[1]))
	return parts(month, month, m[2]), month > 0
}

// readMonthNumber doubts "1/2024", which may be a quarter or a half-year.
func readMonthNumber(m []string) (moment, bool) {
	x := parts(number(m[1]), number(m[1]), m[2])
	x.doubt = x.toMonth <= 4 && len(m[1]) == 1
	return x, true
}

// readMonthDot doubts "6. 2024": the day may have been lost.
func readMonthDot(m []string) (moment, bool) {
	x := parts(number(m[1]), number(m[1]), m[2])
	x.doubt = true
	return x, true
}

// readRomanMonth begins at V: I to IV may be quarters and are not read.
func readRomanMonth(m []string) (moment, bool) {
	month := 5 + slices.Index([]string{"v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}, m[1])
	return parts(month, month, m[2]), true
}

func readQuarter(m []string) (moment, bool) { return readFraction(m, 4) }

func readHalf(m []string) (moment, bool) { return readFraction(m, 2) }

// readFraction reads "1. – 3." or "1. a 2." of n equal parts of a year.
func readFraction(m []string, n int) (moment, bool) {
	first := ordinalOf(m[1])
	last := first
	if m[3] != "" {
		last = ordinalOf(m[3])
	}
	apart := (m[2] == "," || m[2] == " a ") && last != first+1
	if first < 1 || last > n || last < first || apart {
		return moment{}, false
	}
	return parts((first-1)*12/n+1, last*12/n, m[4]), true
}

func readLastQuarter(m []string) (moment, bool) { return parts(10, 12, m[1]), true }

// readSeason takes whole months, which two coordinators may count otherwise.
func readSeason(m []string) (moment, bool) {
	first := map[string]int{"jar": 3, "let": 6, "pod": 9}[m[1][:3]]
	x := parts(first, first+2, m[2])
	x.doubt = true
	return x, true
}

func readHolidays(m []string) (moment, bool) { return parts(7, 8, m[1]), true }

func readSchoolYear(m []string) (moment, bool) {
	x := parts(9, 8, m[1])
	x.laterYears = 1
	return x, strings.HasSuffix(strconv.Itoa(x.year+1), m[2])
}

func readYear(m []string) (moment, bool) {
	x := parts(1, 12, m[1])
	x.unit = unitYear
	return x, true
}

// readShortRange reads "2023-25"; "2011-12" may be December and is not read.
func readShortRange(m []string) (moment, bool) {
	x := parts(1, 12, m[1])
	to := x.year/100*100 + number(m[2])
	x.laterYears = to - x.year
	return x, number(m[2]) > 12 && to > x.year
}

func dayOf(year, month, d int) moment {
	return moment{unit: unitDay, year: year, fromMonth: month, fromDay: d, toMonth: month, toDay: d}
}

// weekdayOf reads a folded weekday in the nominative or accusative.
func weekdayOf(folded string) (time.Weekday, bool) {
	for i, w := range weekdays {
		if folded != "" && (Fold(w.nominative) == folded || Fold(w.accusative) == folded) {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// number reads digits a pattern has already counted; none is 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
