package docx

import (
	"maps"
	"slices"
	"strings"
)

// A Finding is something about a layout whoever made it should know.
type Finding struct {
	Name    string // of the placeholder or the style, "" for one about the file
	Fault   string // what is wrong, as a code: see below; "" for a placeholder that is found
	Nearest string // the known placeholder an unknown one may mean
	Found   bool   // the placeholder is known and there
}

// The faults of a layout.
const (
	FaultUnknown = "unknown" // no placeholder of this name: its text stays as it is
	FaultMissing = "missing" // a known placeholder the layout does without
	FaultInside  = "inside"  // a part among other text, or in a table, a box, a header: it needs a paragraph of its own
	FaultStyle   = "style"   // the layout lacks the style: it gets ours
	FaultMacro   = "macro"   // the file holds programs or foreign objects
	FaultOutside = "outside" // the file takes something from elsewhere when it is opened
)

// Fatal reports whether the layout cannot be used for it.
func (f Finding) Fatal() bool {
	return f.Fault == FaultInside || f.Fault == FaultMacro || f.Fault == FaultOutside
}

// Check says what Fill will do with a layout: what is wrong with the file, its
// placeholders as they come, styles it lacks, and placeholders it does without.
// Its error is Invalid for a file that is no Word document.
func Check(data []byte, known Filling) ([]Finding, error) {
	l, err := openLayout(data)
	if err != nil {
		return nil, err
	}
	return l.findings(namesOf(known))
}

func (l layout) findings(known names) ([]Finding, error) {
	out := slices.Clone(l.faults)
	add := func(f Finding) {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	there, parts := map[string]bool{}, false
	for _, p := range l.everyParagraph() {
		for _, u := range known.uses(p) {
			switch {
			case u.known == "":
				add(Finding{Name: u.name, Fault: FaultUnknown, Nearest: known.nearest(u.name)})
				continue
			case u.part && !u.alone:
				add(Finding{Name: u.known, Fault: FaultInside})
			default:
				add(Finding{Name: u.known, Found: true})
			}
			there[u.known], parts = true, parts || u.part
		}
	}
	styles, err := l.styles()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"heading 1", "heading 2", "heading 3"} {
		if parts && styles.byName[name] == "" {
			add(Finding{Name: name, Fault: FaultStyle})
		}
	}
	for _, folded := range slices.SortedFunc(maps.Keys(known), strings.Compare) {
		if u := known[folded]; !there[u.known] {
			add(Finding{Name: u.known, Fault: FaultMissing})
		}
	}
	return out, nil
}

// everyParagraph gives the paragraphs of the text, then those around it.
func (l layout) everyParagraph() []scanned {
	out := slices.Clone(l.text.paras)
	for _, name := range slices.Sorted(maps.Keys(l.others)) {
		for _, p := range l.others[name].paras {
			p.body = false
			out = append(out, p)
		}
	}
	return out
}
