package notify

import "splneno/engine/pattern"

// The strict form of an address: ASCII letters, digits and the few signs role
// addresses use, one @, a domain with a dot. Quoted local parts, comments,
// literals and lists have no place in mail of a town hall, and each has carried
// an attack on some mail server.
var (
	localPart = pattern.New(`^[A-Za-z0-9_][A-Za-z0-9!#$%&'*+/=?^_{|}~.-]{0,63}$`)
	domain    = pattern.New(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
	dots      = pattern.New(`\.\.|\.@`)
	address   = pattern.New(`^([^@]*)@([^@]*)$`)
)

const maxAddress = 254

// refuseAddress says what is wrong with an address, "" for nothing. The words
// go behind "the address of X", and do not repeat the address: errors are
// logged, and an address may be a person's.
func refuseAddress(a string) string {
	parts := address.FindStringSubmatch(a)
	switch {
	case a == "":
		return "is missing"
	case len(a) > maxAddress:
		return "is longer than 254 characters"
	case parts == nil:
		return "must have exactly one @"
	case !localPart.MatchString(parts[1]) || dots.MatchString(a):
		return "has a sign before the @ that cannot be used in a mail"
	case !domain.MatchString(parts[2]):
		return "must end in a domain like klatovy.cz, in letters without accents"
	}
	return ""
}

// ValidAddress reports whether mail can be written to an address.
func ValidAddress(a string) bool { return refuseAddress(a) == "" }
