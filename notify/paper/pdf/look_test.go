package pdf

import (
	"testing"

	"splneno/notify/paper"
)

// Links of a table are not underlined: many beside one another would be noise.
func TestLinksOfTables(t *testing.T) {
	link := paper.Span{Text: "x", Link: "https://plan.example.cz"}
	w := &writer{file: &file{}}
	for _, tabled := range []bool{false, true} {
		w.tabled = tabled
		if l := w.look(link, &elem{}, body); l.link == "" || l.under == tabled {
			t.Errorf("within a table %v: link %q, underlined %v", tabled, l.link, l.under)
		}
	}
}
