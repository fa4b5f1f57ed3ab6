package czech

import (
	"fmt"
	"strings"
	"time"

	"splneno/engine"
)

const nbsp = "\u00a0"

// Plural picks the form that goes with n: one for 1, few for 2 to 4, many else.
func Plural(n int, one, few, many string) string {
	switch {
	case n == 1:
		return one
	case n >= 2 && n <= 4:
		return few
	}
	return many
}

// FormatDate writes a day as "30. 6. 2023" with no-break spaces, "" for no day.
func FormatDate(d engine.Date) string {
	y, m, day, ok := split(d)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d.%s%d.%s%d", day, nbsp, m, nbsp, y)
}

// LongDate writes a day in a sentence, "v pondělí 15. ledna 2024", "" for no day.
func LongDate(d engine.Date) string {
	y, m, day, ok := split(d)
	if !ok {
		return ""
	}
	w := weekdays[d.Weekday()]
	return fmt.Sprintf("%s%s%s %d.%s%s %d", w.preposition, nbsp, w.accusative, day, nbsp, MonthGenitive(m), y)
}

// FormatShare writes tenths of a percent: 375 is "37,5 %", 1000 is "100 %".
func FormatShare(permill int) string {
	sign := ""
	if permill < 0 {
		sign, permill = "-", -permill
	}
	whole := fmt.Sprintf("%s%d", sign, permill/10)
	if permill%10 != 0 {
		whole += fmt.Sprintf(",%d", permill%10)
	}
	return whole + nbsp + "%"
}

// Weekday names a day of the week: "pondělí".
func Weekday(d time.Weekday) string { return weekdays[d].nominative }

// MonthGenitive names a month as dates use it: "ledna".
func MonthGenitive(m time.Month) string { return months[m-1].genitive }

// split takes a day apart; ok is false for "" and for what is no day.
func split(d engine.Date) (year int, month time.Month, day int, ok bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t.Year(), t.Month(), t.Day(), err == nil
}

var weekdays = [...]struct{ nominative, preposition, accusative string }{
	time.Sunday:    {"neděle", "v", "neděli"},
	time.Monday:    {"pondělí", "v", "pondělí"},
	time.Tuesday:   {"úterý", "v", "úterý"},
	time.Wednesday: {"středa", "ve", "středu"},
	time.Thursday:  {"čtvrtek", "ve", "čtvrtek"},
	time.Friday:    {"pátek", "v", "pátek"},
	time.Saturday:  {"sobota", "v", "sobotu"},
}

var months = [...]struct{ nominative, genitive, locative string }{
	{"leden", "ledna", "lednu"}, {"únor", "února", "únoru"}, {"březen", "března", "březnu"},
	{"duben", "dubna", "dubnu"}, {"květen", "května", "květnu"}, {"červen", "června", "červnu"},
	{"červenec", "července", "červenci"}, {"srpen", "srpna", "srpnu"}, {"září", "září", "září"},
	{"říjen", "října", "říjnu"}, {"listopad", "listopadu", "listopadu"}, {"prosinec", "prosince", "prosinci"},
}

// monthOf reads a folded month name in any of the three cases, 0 when it is none.
func monthOf(folded string) time.Month {
	for i, m := range months {
		for _, form := range []string{m.nominative, m.genitive, m.locative} {
			if Fold(form) == strings.TrimSpace(folded) {
				return time.Month(i + 1)
			}
		}
	}
	return 0
}
