package pdf

import (
	"encoding/binary"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
)

// The faces a text is written in.
const (
	regular = iota
	bold
	italic
)

var fonts = [3]func() *font{
	regular: sync.OnceValue(func() *font { return parse("LiberationSans", liberationsansregular.TTF) }),
	bold:    sync.OnceValue(func() *font { return parse("LiberationSans-Bold", liberationsansbold.TTF) }),
	italic:  sync.OnceValue(func() *font { return parse("LiberationSans-Italic", liberationsansitalic.TTF) }),
}

// A font is a TrueType font that is compiled in, so it is trusted to be whole.
type font struct {
	name     string
	tables   map[string][]byte
	units    int      // of the square a letter is drawn in
	metrics  int      // glyphs with a width of their own
	glyphs   []uint16 // by character, 0 for one it lacks
	letters  []rune   // by glyph, the character it is read as
	advances []uint16 // by glyph, in thousandths of the size
}

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
func i16(b []byte, at int) int { return int(int16(binary.BigEndian.Uint16(b[at:]))) }
func u32(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }

// Has reports whether every font of the document can show a character. One they
// lack is shown as a like sign, or as an empty square; whoever reads the text
// without seeing it still gets the character.
func Has(r rune) bool {
	for _, f := range fonts {
		if _, ok := f().glyph(r); !ok {
			return false
		}
	}
	return true
}

func parse(name string, data []byte) *font {
	f := &font{name: name, tables: map[string][]byte{}, glyphs: make([]uint16, 1<<16)}
	for i := range u16(data, 4) {
		at := 12 + 16*i
		f.tables[string(data[at:at+4])] = data[u32(data, at+8) : u32(data, at+8)+u32(data, at+12)]
	}
	f.units = u16(f.tables["head"], 18)
	f.metrics = u16(f.tables["hhea"], 34)
	count := u16(f.tables["maxp"], 4)
	f.letters, f.advances = make([]rune, count), make([]uint16, count)
	for g := range f.advances {
		f.advances[g] = uint16(f.scaled(u16(f.tables["hmtx"], 4*min(g, f.metrics-1))))
	}
	f.characters()
	return f
}

// scaled gives a length of the font in thousandths of the size.
func (f *font) scaled(v int) int { return (v*1000 + f.units/2) / f.units }

// characters reads which glyph shows which character: the table of Windows and
// Unicode, in segments.
func (f *font) characters() {
	cmap := f.tables["cmap"]
	for i := range u16(cmap, 2) {
		if u16(cmap, 4+8*i) != 3 || u16(cmap, 6+8*i) != 1 {
			continue
		}
		t := cmap[u32(cmap, 8+8*i):]
		count := u16(t, 6) / 2
		for k := range count {
			end, start := u16(t, 14+2*k), u16(t, 16+2*count+2*k)
			delta, offset := u16(t, 16+4*count+2*k), 16+6*count+2*k
			for c := start; c <= end && c < 0xffff; c++ {
				g := c
				if skip := u16(t, offset); skip != 0 {
					g = u16(t, offset+skip+2*(c-start))
				}
				if g != 0 {
					f.show(rune(c), uint16(g+delta))
				}
			}
		}
	}
}

// show notes that a glyph shows a character. A glyph of several is read as the
// first; characters for private use say nothing to a reader.
func (f *font) show(r rune, g uint16) {
	if r >= 0xe000 && r < 0xf900 || int(g) >= len(f.letters) {
		return
	}
	f.glyphs[r] = g
	if f.letters[g] == 0 {
		f.letters[g] = r
	}
}

// glyph gives the glyph of a character. It is false for one the font lacks, and
// for one that would be read as another.
func (f *font) glyph(r rune) (uint16, bool) {
	if r >= 1<<16 || r < 0 || f.glyphs[r] == 0 {
		return 0, false
	}
	g := f.glyphs[r]
	return g, f.letters[g] == r
}
