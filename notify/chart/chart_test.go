package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func labels(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/labels.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

func kinds() []Kind {
	return []Kind{{"splněno", "✓", "#1b6b36", Plain}, {"splněno jinou formou", "≈", "#1a5f6b", Rising}, {"částečně splněno", "◐", "#8a5200", Falling},
		{"nesplněno", "✗", "#8c1d24", Crossed}, {"probíhá", "→", "#1d5f8c", Level}, {"dosud nezahájeno", "○", "#4a4a4a", Upright},
		{"neuvedeno", "?", "#5a3d85", Dotted}, {"bez odpovědi", "∅", "#262626", Hollow}}
}

func stack(t testing.TB) Stack {
	s := Stack{ID: "oblasti", Title: "Výsledky podle oblastí", Desc: "Podíl stavů v každé oblasti", Kinds: kinds()}
	for i, l := range labels(t) {
		s.Bars = append(s.Bars, Bar{l, []int{5 * i, 1, 3, 2, i % 2, 0, 0, 9 - i}})
	}
	s.Bars = append(s.Bars, Bar{"Prázdná oblast", make([]int, 8)})
	return s
}

func pairs(t testing.TB) Pairs {
	p := Pairs{ID: "ukazatele", Title: "Ukazatele", Desc: "Plán a skutečnost", Planned: Kind{"plán", "", "#4a4a4a", Rising}, Actual: Kind{"skutečnost", "", "#1d5f8c", Plain}}
	for i, l := range labels(t) {
		p.Items = append(p.Items, Pair{l, float64(60 * i), 57.5, strconv.Itoa(60*i) + " osob", "57,5 osob"})
	}
	p.Items = append(p.Items, Pair{Label: "Bez plánu", Actual: 3, Given: "3 úvazky pracovníků v sociálních službách přepočtené na celý rok"},
		Pair{Label: "Nekonečno", Planned: math.Inf(1), Actual: math.NaN(), PlannedAs: "∞", Given: "?"}, Pair{Label: "Nic", Given: "0"})
	return p
}

func TestGoldenDrawings(t *testing.T) {
	for name, got := range map[string]string{"stack": stack(t).Draw(), "pairs": pairs(t).Draw(), "empty": Stack{ID: "nic", Title: "Nic", Desc: "Žádná aktivita"}.Draw()} {
		path := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(path, []byte(got+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got+"\n"); d != "" {
			t.Errorf("%s differs; look at it, then run with -update\n%s", path, d)
		}
	}
}

// A shape is an element of a drawing as a browser reads it.
type shape struct {
	name string
	attr map[string]string
	said string
	on   []string // elements it lies in
	mid  bool     // in a group that writes from the middle
}

// shapes reads a drawing as strict XML: whatever was put in, it is well formed.
func shapes(t testing.TB, svg string) (out []shape) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	var open []int
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			s := shape{name: e.Name.Local, attr: map[string]string{}}
			for _, a := range e.Attr {
				s.attr[a.Name.Local] = a.Value
			}
			for _, i := range open {
				s.on = append(s.on, out[i].name)
				s.mid = s.mid || out[i].attr["text-anchor"] == "middle"
			}
			open = append(open, len(out))
			out = append(out, s)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				out[open[len(open)-1]].said += string(e)
			}
		}
	}
}

func length(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		t.Fatalf("%q is no length", s)
	}
	return v
}

// checkDrawing holds a drawing against what every drawing must be.
func checkDrawing(t testing.TB, svg string) {
	t.Helper()
	all := shapes(t, svg)
	tall := length(t, all[0].attr["height"])
	if all[0].attr["role"] != "img" || all[1].name != "title" || all[2].name != "desc" || all[0].attr["aria-labelledby"] != all[1].attr["id"]+" "+all[2].attr["id"] {
		t.Errorf("the drawing has no name: %v", all[:3])
	}
	for _, s := range all {
		if !slices.Contains([]string{"svg", "title", "desc", "defs", "g", "pattern", "path", "rect", "text"}, s.name) {
			t.Errorf("a stranger in the drawing: %s", s.name)
		}
		if _, inline := s.attr["style"]; inline {
			t.Error("a style attribute")
		}
		x, y, w := 0.0, 0.0, 0.0
		switch {
		case slices.Contains(s.on, "pattern"):
			continue
		case s.name == "rect":
			x, y, w = length(t, s.attr["x"]), length(t, s.attr["y"])+length(t, s.attr["height"]), length(t, s.attr["width"])
		case s.name == "text":
			x, y, w = length(t, s.attr["x"]), length(t, s.attr["y"])+4, measured(s.said)
			if s.mid {
				x -= w / 2
			}
		}
		if x < -.06 || x+w > width+.11 || y > tall {
			t.Errorf("%s %v %q reaches beyond the drawing (%v wide)", s.name, s.attr, s.said, x+w)
		}
	}
}

func TestDrawingsStayInTheirBox(t *testing.T) {
	checkDrawing(t, stack(t).Draw())
	checkDrawing(t, pairs(t).Draw())
	if svg := stack(t).Draw(); strings.Contains(svg, "<script") || strings.Contains(svg, "<img") {
		t.Error("a label broke out")
	}
}

// Random counts: the pieces of each bar follow one another and fill the whole
// width, each as wide as its share.
func TestSharesFillTheBar(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 2027))
	for range 2000 {
		counts := make([]int, 8)
		all, parts := 0, 0
		for k := range counts {
			if r.IntN(3) > 0 {
				counts[k] = r.IntN(1 << r.IntN(14))
			}
			all += counts[k]
			if counts[k] > 0 {
				parts++
			}
		}
		svg := Stack{ID: "x", Kinds: kinds(), Bars: []Bar{{"", counts}}}.Draw()
		checkDrawing(t, svg)
		at, found := 0.0, 0
		for _, s := range shapes(t, svg) {
			if s.name != "rect" || s.attr["height"] != strconv.Itoa(barTall) {
				continue
			}
			x := length(t, s.attr["x"])
			if math.Abs(x-at) > .11 {
				t.Fatalf("%v: a gap or an overlap at %v", counts, x)
			}
			at = x + length(t, s.attr["width"])
			found++
		}
		if all > 0 && (math.Abs(at-width) > .11 || found != parts) {
			t.Fatalf("%v: %d pieces of %d, %v wide", counts, found, parts, at)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, l := range labels(t) {
		for _, room := range []float64{40, 120, width} {
			lines := wrapped(l, room, maxLines)
			if len(lines) > maxLines {
				t.Errorf("%d lines", len(lines))
			}
			for _, line := range lines {
				if measured(line) > room {
					t.Errorf("%q is %v wide in %v", line, measured(line), room)
				}
			}
		}
	}
	if got := wrapped("jedna dvě", width, 1); !slices.Equal(got, []string{"jedna dvě"}) {
		t.Errorf("%q", got)
	}
}
