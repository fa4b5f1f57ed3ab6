package pdf

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"splneno/notify/paper"
)

func TestHas(t *testing.T) {
	for _, line := range []string{"title", "subtitle", "body", "measure", "done", "box", "name", "charttitle"} {
		for _, r := range strings.ReplaceAll(words(t).one(line), "\u00ad", "") {
			if !Has(r) {
				t.Errorf("%q is lacking", r)
			}
		}
	}
	for r, want := range map[rune]bool{'\u2013': true, '\u201e': true, '\u201c': true, '\u2192': true, '\u25cb': true, '\u2248': true, '\u20ac': true, '\u2713': false, '\u2717': false,
		'\u2205': false, '\u6f22': false, 0x1f600: false, -1: false, 0: false, '\ue000': false, 0x10ffff: false, square: true} {
		if Has(r) != want {
			t.Errorf("Has(%q) is %v", r, !want)
		}
	}
	for sign, like := range alike {
		for _, f := range fonts {
			if _, ok := f().glyph(like); !ok {
				t.Errorf("%q stands for %q and is lacking itself in %s", like, sign, f().name)
			}
		}
	}
}

// Some widths as the font's own table gives them, by hand: of 2048 units.
func TestWidths(t *testing.T) {
	f := fonts[regular]()
	for r, want := range map[rune]uint16{' ': 278, 'i': 222, 'm': 833, '\u011b': 556, 'W': 944} {
		if g, ok := f.glyph(r); !ok || f.advances[g] != want {
			t.Errorf("%q is %d wide", r, f.advances[g])
		}
	}
}

// A subset is a font again: its tables are where it says, their sums fit, and the
// glyphs that were asked for are those of the whole font.
func TestSubset(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2027))
	for _, get := range fonts {
		f := get()
		var used []uint16
		for range 40 {
			used = append(used, uint16(r.IntN(len(f.letters))))
		}
		data := f.subset(used)
		part := &font{tables: map[string][]byte{}}
		for i := range u16(data, 4) {
			at := 12 + 16*i
			table := data[u32(data, at+8) : u32(data, at+8)+u32(data, at+12)]
			part.tables[string(data[at:at+4])] = table
			sum := uint32(0)
			for rest := pad(append([]byte{}, table...)); len(rest) > 0; rest = rest[4:] {
				sum += binary.BigEndian.Uint32(rest)
			}
			if sum != uint32(u32(data, at+4)) {
				t.Errorf("the sum of %s", data[at:at+4])
			}
		}
		for _, g := range used {
			from, to := part.outline(int(g))
			wantFrom, wantTo := f.outline(int(g))
			if !strings.HasPrefix(string(part.tables["glyf"][from:to]), string(f.tables["glyf"][wantFrom:wantTo])) {
				t.Errorf("glyph %d of %s is another one", g, f.name)
			}
		}
		if len(data) > 80_000 {
			t.Errorf("%d bytes", len(data))
		}
	}
}

// lines gives the lines of a text as they are broken.
func lines(t *testing.T, lang, s string, room float64) []string {
	t.Helper()
	w := newWriter(newFile(io.Discard), paper.Paper{Lang: lang}, plan{})
	var out []string
	for _, l := range w.wrap([]paper.Span{{Text: s}}, nil, body, room) {
		text := ""
		for _, r := range l.runs {
			for _, g := range r.glyphs {
				text += string(w.faces[r.face].letters[g])
			}
		}
		if l.width > room+.01 && len([]rune(text)) > 1 {
			t.Errorf("%q is %v wide", text, l.width)
		}
		out = append(out, text)
	}
	return out
}

func TestPrepositionsStayWithTheirWord(t *testing.T) {
	s := words(t).one("body") + " (v " + words(t).one("org") + ") K " + words(t).one("done") + " 5 a 6 o i u nich"
	for room := 60.0; room < 470; room += 3 {
		for _, line := range lines(t, "cs-CZ", s, room) {
			fields := strings.Fields(line)
			last := strings.TrimLeft(fields[len(fields)-1], "(")
			if len(last) == 1 && strings.Contains("ksvzouaiKSVZOUAI", last) {
				t.Fatalf("%q ends with a preposition in %v", line, room)
			}
		}
		if squeezed(strings.Join(lines(t, "cs-CZ", s, room), "")) != squeezed(s) {
			t.Fatalf("words are lost in %v", room)
		}
	}
	english := 0
	for _, line := range lines(t, "en", strings.Repeat("a b ", 200), 100) {
		if strings.HasSuffix(line, " a") || strings.HasSuffix(line, " b") {
			english++
		}
	}
	if english == 0 {
		t.Error("letters of another language are tied")
	}
}

func TestLongWordsAreBrokenAfterAMark(t *testing.T) {
	b, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if address := strings.TrimSpace(line); strings.HasPrefix(address, "https://") {
			got := lines(t, "cs", address, 200)
			if strings.Join(got, "") != address || len(got) < 3 || !strings.HasSuffix(got[0], "-") && !strings.HasSuffix(got[0], "/") {
				t.Errorf("%q", got)
			}
		}
	}
	if got := lines(t, "cs", "abc def", .001); len(got) != 6 {
		t.Errorf("%q", got)
	}
}

// What does not fit a line that stands alone ends with an ellipsis.
func TestPlainLineIsCut(t *testing.T) {
	w := newWriter(newFile(io.Discard), paper.Paper{Lang: "cs"}, plan{})
	for room := 30.0; room < 900; room += 7 {
		l := w.plainLine(words(t).one("body"), regular, 8, "", room)
		last := l.runs[len(l.runs)-1].glyphs
		if l.width > room || !l.last || fonts[regular]().letters[last[len(last)-1]] != '\u2026' {
			t.Fatalf("%v wide in %v", l.width, room)
		}
	}
}
