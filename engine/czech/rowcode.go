package czech

import (
	"strings"

	"splneno/engine/pattern"
)

// unitNames are the ways a code stands before a name, tried in order. A bare
// number needs a mark or a capital after it: "3 nová auta" has no code.
var unitNames = []pattern.Pattern{
	pattern.New(`^(\d{1,3}(?:\.\d{1,3})+)(?:[.):]*\s+(?:[–—-]\s+)?|[.:]?$)(.*)$`), // "1.1 Péče", "1.2.3 – Péče", "1.1"
	pattern.New(`^(\d{1,2})(?:[.):]\s*|\s+[–—-]\s+|$)(.*)$`),                      // "2) Péče", "2."
	pattern.New(`^(\d{1,2})\s+(\p{Lu}.*)$`),                                       // "1 Senioři"
	pattern.New(`^([A-Z])(?:[.):]\s*|\s+[–—-]\s+|$)(.*)$`),                        // "A – Péče"
}

// CutCode takes the code off the name of an area, a measure or an activity as a
// cell of a table prints it. The code is "" when none is printed.
func CutCode(name string) (code, title string) {
	name = Squeeze(name)
	if h, ok := ReadHeading(name); ok {
		return h.Code, h.Title
	}
	for _, p := range unitNames {
		if m := p.FindStringSubmatch(name); m != nil {
			return m[1], strings.TrimSpace(m[2])
		}
	}
	return "", name
}
