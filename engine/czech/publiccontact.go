package czech

import (
	"slices"
	"strconv"
	"strings"

	"splneno/engine/pattern"
)

// contacts are the addresses and numbers people are reached at, and numbers that
// name a person; each is looked for only where a text holds what it needs.
var contacts = []struct {
	needs   []string // one of them, in lower case
	pattern pattern.Pattern
}{
	{[]string{"@", "\uff20", "&#64;"}, pattern.New(`(?i)(mailto:)?[\pL\pN._%+'-]+[ \x{a0}]?(@|\x{ff20}|&#64;)[ \x{a0}]?[\pL\pN-]+(\.[\pL\pN-]+)*`)},
	{[]string{"zavin"}, pattern.New(`(?i)[\pL\pN._-]+[\s/]*[(\[{]?\s*zavin\pL{1,4}\s*[)\]}]?[\s/]*[\pL\pN-]+` + dots)},
	{[]string{" at ", "at)", "at]", "at}"}, pattern.New(`(?i)[\pL\pN._-]+\s*[(\[{]?\s*\bat\b\s*[)\]}]?\s*[\pL\pN-]+` + dots)},
	{[]string{"+", "00"}, pattern.New(`(\+|\b00)[1-9]\d{0,2}(` + gap + `*\d){8,10}\b`)},
	{[]string{"420"}, pattern.New(`\b420(` + gap + `?\d{3}){3}\b`)},
	{[]string{"/"}, pattern.New(`\b\d{3}/\d{3}` + gap + `?\d{3}\b`)},
}

// dots are the ends of an address written out, gap what stands between digits of a number.
const (
	dots  = `((\.|\s*[(\[{]?\s*(tečka|dot)\s*[)\]}]?\s*)[\pL\pN-]+)+`
	space = `[ \x{a0}\x{2007}\x{2009}\x{202f}.\x{2010}-\x{2013}-]`
	gap   = `[ \x{a0}\x{2007}\x{2009}\x{202f}./\x{2010}-\x{2013}-]`
)

// birth is a number that names a person, by its form; see [isBirth].
var birth = pattern.New(`(^|[^\d\pL/_-])(\d{2}[0-8]\d[0-3]\d/?\d{3,4})\b`)

// phone is a number of nine digits. A sum of money and the sign of a file are
// written alike: of these, what stands around it tells.
var phone = pattern.New(`(^|[^\d\pL/_-])(\d{3}` + space + `?\d{3}` + space + `?\d{3}|\d{3}( ?\d{2}){3}|\d{2} \d{2} \d{2} \d{3})($|[^\d\pL/_])`)

var money = pattern.New(`(?i)^\s*(,-|,\d|kč|kc|korun|czk|eur|€|tis|mil)`)

// fileSign stands before the number of a file or of a contract.
var fileSign = pattern.New(`(?i)(č\.? ?j\.?|c\. ?j\.|sp\. ?zn\.|reg\. ?č\.|smlouv\pL+ č\.|id) ?:? ?$`)

// isBirth reports whether digits are a number of birth: they begin with a day,
// and those of ten can be divided by eleven. Where a stroke stands and no year
// behind it, the day is enough.
func isBirth(number string) bool {
	digits := strings.ReplaceAll(number, "/", "")
	n, err := strconv.Atoi(digits)
	month, day := n/1_000_000%100, n/10_000%100
	if len(digits) == 9 {
		month, day = n/100_000%100, n/1_000%100
	}
	month %= 50
	if month > 20 {
		month -= 20
	}
	stroke := number != digits && !strings.Contains(number, "/19") && !strings.Contains(number, "/20")
	return err == nil && month >= 1 && month <= 12 && day >= 1 && day <= 31 && (stroke || len(digits) == 10 && n%11 == 0)
}

// withoutContacts leaves them out of a text.
func withoutContacts(text string) string {
	lower := strings.ToLower(text)
	for _, c := range contacts {
		if slices.ContainsFunc(c.needs, func(s string) bool { return strings.Contains(lower, s) }) {
			text = c.pattern.ReplaceAllString(text, Uncontact)
		}
	}
	if digits(text) < 9 {
		return text
	}
	text = birth.ReplaceAllStringFunc(text, func(found string) string {
		number := birth.FindStringSubmatch(found)
		if !isBirth(number[2]) {
			return found
		}
		return number[1] + Uncontact
	})
	for at := 0; at < len(text); {
		found := phone.FindStringSubmatchIndex(text[at:])
		if found == nil {
			break
		}
		from, to := at+found[4], at+found[5]
		if money.MatchString(strings.TrimLeft(text[to:], "\u00a0 ")) || fileSign.MatchString(text[:from]) {
			at = to
			continue
		}
		text, at = text[:from]+Uncontact+text[to:], from+len(Uncontact)
	}
	return text
}

func digits(text string) (n int) {
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			n++
		}
	}
	return n
}
