package paper

import (
	"slices"
	"testing"
)

// Shares are kept where nobody lacks room; who needs more gets it from those that
// have some, and no width is lost.
func TestWidths(t *testing.T) {
	columns := []Column{{Width: 6}, {Width: 2}, {Width: 2}}
	for _, c := range []struct{ least, want []float64 }{
		{[]float64{0, 0, 0}, []float64{60, 20, 20}},
		{[]float64{10, 30, 20}, []float64{50, 30, 20}},
		{[]float64{60, 20, 20}, []float64{60, 20, 20}},
	} {
		if got := Widths(columns, c.least, 100); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v", c.least, got)
		}
	}
	if got := Widths([]Column{{}, {}}, make([]float64, 2), 100); !slices.Equal(got, []float64{50, 50}) {
		t.Errorf("columns that ask for nothing: %v", got)
	}
}

func TestParas(t *testing.T) {
	blocks := []Block{Heading{Text: "h"}, Plain("a"), Box{Blocks: []Block{Plain("b"), List{Items: []Para{Plain("c")}}}},
		Table{Rows: []Row{{Cells: []Cell{{Plain("d")}, nil, {List{Items: []Para{Plain("e"), Plain("f")}}}}}}}, Break{}, Plain("g")}
	var got string
	for p := range Paras(blocks) {
		got += p.Text()
	}
	if got != "abcdefg" {
		t.Error(got)
	}
	for stop := range 7 { // wherever a reader stops, nothing more is told
		n := 0
		for range Paras(blocks) {
			if n++; n > stop {
				break
			}
		}
		if n != stop+1 {
			t.Errorf("%d of %d", n, stop+1)
		}
	}
}

// A title page ends before the first part.
func TestCovered(t *testing.T) {
	title := Para{Style: Title}
	for name, c := range map[string]struct {
		blocks []Block
		want   bool
	}{
		"a title page": {[]Block{title, Box{}, Break{}, Heading{}}, true}, "no break": {[]Block{title, Heading{}, Break{}}, false},
		"no title": {[]Block{Plain("a"), Break{}}, false}, "nothing": {nil, false},
	} {
		if (Paper{Blocks: c.blocks}).Covered() != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}
