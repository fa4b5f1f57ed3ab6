package check

import (
	"net/netip"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// The forms a term of a record may have (RFC 7208, 4.6.1 and 5).
var (
	modifier  = pattern.New(`^([A-Za-z][A-Za-z0-9_.-]*)=(.*)$`)
	mechanism = pattern.New(`^([+?~-]?)([A-Za-z][A-Za-z0-9]*)(?::([^/]*))?(/.*)?$`)
	networks  = pattern.New(`^(/(3[0-2]|[12]?\d))?(//(12[0-8]|1[01]\d|\d{1,2}))?$`)
	address   = pattern.New(`^([+?~-]?)(ip[46]):(.*)$`)
)

// parseTerm takes a mechanism apart and refuses what receivers refuse.
func parseTerm(domain, term string) (how, kind, value string, err error) {
	if m := address.FindStringSubmatch(strings.ToLower(term)); m != nil {
		prefix, err := netip.ParsePrefix(m[3])
		ip := prefix.Addr()
		if err != nil {
			ip, err = netip.ParseAddr(m[3])
		}
		if err != nil || ip.Is4() != (m[2] == "ip4") || ip.Zone() != "" {
			return "", "", "", wrong(domain, term)
		}
		return m[1], m[2], m[3], nil
	}
	m := mechanism.FindStringSubmatch(term)
	if m == nil {
		return "", "", "", wrong(domain, term)
	}
	how, kind, value = m[1], strings.ToLower(m[2]), m[3]
	if how == "" {
		how = "+"
	}
	empty := strings.Contains(term, ":") && value == ""
	fits := false
	switch kind {
	case "all":
		fits = !strings.ContainsAny(term, ":/")
	case "include", "exists":
		fits = value != "" && m[4] == ""
	case "a", "mx":
		fits = !empty && networks.MatchString(m[4])
	case "ptr":
		fits = !empty && m[4] == ""
	}
	if !fits {
		return "", "", "", wrong(domain, term)
	}
	return how, kind, value, nil
}

func wrong(domain, term string) error {
	return engine.Errorf(engine.Invalid, "in the record of %.100s %.60q is a mistake", domain, term)
}
