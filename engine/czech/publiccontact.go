package czech

import (
	"regexp"
	"slices"
	"strings"
)

// contacts are the addresses and numbers people are reached at, and numbers that
// name a person; each is looked for only where a text holds what it needs.
var contacts = []struct {
	needs   []string // one of them, in lower case
	pattern *regexp.Regexp
}{
	{[]string{"@"}, regexp.MustCompile(`(?i)(mailto:)?[\pL\pN._%+'-]+@[\pL\pN-]+(\.[\pL\pN-]+)*`)},
	{[]string{"zavin"}, regexp.MustCompile(`(?i)[\pL\pN._-]+\s*[(\[]?\s*zavin\S{1,4}\s*[)\]]?\s*[\pL\pN-]+(\.[\pL\pN-]+)+`)},
	{[]string{" at ", "at)", "at]"}, regexp.MustCompile(`(?i)[\pL\pN._-]+\s*[(\[]?\s*\bat\b\s*[)\]]?\s*[\pL\pN-]+(\.[\pL\pN-]+)+`)},
	{[]string{"420"}, regexp.MustCompile(`(\+|\b00)420[ \x{a0}./-]*\d{3}[ \x{a0}./-]*\d{3}[ \x{a0}./-]*\d{3}\b`)},
	{[]string{"/"}, regexp.MustCompile(`\b\d{6}/\d{3,4}\b`)},
}

// phone is a number of nine digits. A sum of money and the sign of a file are
// written alike: of these, what stands around it tells.
var phone = regexp.MustCompile(`(^|[^\d\pL/_-])(\d{3}[ \x{a0}.-]?\d{3}[ \x{a0}.-]?\d{3})($|[^\d\pL/_])`)

var money = regexp.MustCompile(`(?i)^\s*(,-|,\d|kč|kc|korun|czk|eur|€|tis|mil)`)

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
	for at := 0; at < len(text); {
		found := phone.FindStringSubmatchIndex(text[at:])
		if found == nil {
			break
		}
		from, to := at+found[4], at+found[5]
		if money.MatchString(strings.TrimLeft(text[to:], "\u00a0 ")) {
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
