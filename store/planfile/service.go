package planfile

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

var (
	serviceRow  = pattern.New(`^-\s*(\p{Ll}[^:]{2,90}):\s*(.+)$`)
	serviceRows = pattern.New(`\s-\s(\p{Ll}[^:]{2,90}:\s)`)
)

const longestProvider = 120

// cutServices takes a list of registered services out of the paragraphs: the
// name of a provider, then its services as "- name: capacity".
func cutServices(paras []string) (services []engine.Service, rest []string) {
	var lines []string
	for _, p := range paras {
		lines = append(lines, strings.Split(serviceRows.ReplaceAllString(p, "\n- $1"), "\n")...)
	}
	provider := ""
	for i, l := range lines {
		m := serviceRow.FindStringSubmatch(l)
		switch {
		case m != nil && provider != "":
			services = append(services, newService(provider, m[1], m[2]))
		case m == nil && i+1 < len(lines) && serviceRow.MatchString(lines[i+1]) && len(l) <= longestProvider:
			provider = l
		default:
			rest = append(rest, l)
		}
	}
	return services, rest
}

func newService(provider, name, capacity string) engine.Service {
	s := engine.Service{Provider: provider, Name: strings.TrimSpace(name)}
	s.Capacity, s.Scope = czech.CutScope(capacity)
	s.Beds = czech.Beds(s.Capacity)
	return s
}
