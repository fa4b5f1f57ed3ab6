package pdf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A face is a font with what one document uses of it.
type face struct {
	*font
	used  []bool   // by glyph
	blank []uint16 // a space
}

// alike are signs that stand in for those the fonts lack.
var alike = map[rune]rune{
	'\u2713': '\u221a', '\u2714': '\u221a', '\u2705': '\u221a', // check marks
	'\u2717': '\u00d7', '\u2718': '\u00d7', '\u274c': '\u00d7', '\u2715': '\u00d7', '\u2716': '\u00d7', // crosses
	'\u25d0': '\u00bd', // half a circle
	'\u2205': '\u00d8', // the empty set
	'\u26a0': '!', '\u2011': '-', '\u2010': '-',
	'\u00a0': ' ', '\u202f': ' ', '\u2007': ' ', '\u2009': ' ',
	'\u2b50': '*', '\u2605': '*', '\u2606': '*',
	'\u27a1': '\u2192', '\u2b06': '\u2191', '\u2b07': '\u2193', '\u2b05': '\u2190',
	'\u2022': '\u00b7', '\u20bf': 'B',
}

// square is what a character without any like sign is shown as.
const square = '\u25a1'

// show gives the glyph to draw for a character, whether there is one to be drawn,
// and whether the character is read from it again. A hard space is a space to a
// reader, and what has no look is nothing.
func (f face) show(r rune) (g uint16, drawn, same bool) {
	if r > ' ' && r < 0x7f || r >= 0xc0 && r < 0x180 {
		g, same = f.glyph(r)
		return g, true, same
	}
	like := alike[r]
	if like == ' ' {
		g, _ = f.glyph(like)
		return g, true, true
	}
	if unicode.In(r, unicode.Cc, unicode.Cf) {
		return 0, false, true
	}
	if g, ok := f.glyph(r); ok {
		return g, true, true
	}
	if unicode.Is(unicode.M, r) {
		return 0, false, false
	}
	if g, ok := f.glyph(like); ok {
		return g, true, false
	}
	g, _ = f.glyph(square)
	return g, true, false
}

// width gives how wide glyphs are, in thousandths of the size.
func (f face) width(glyphs []uint16) int {
	w := 0
	for _, g := range glyphs {
		w += int(f.advances[g])
	}
	return w
}

// embed writes what is used of the face and gives the number of the font.
func (w *writer) embed(f face) int {
	var glyphs []uint16
	for g, used := range f.used {
		if used {
			glyphs = append(glyphs, uint16(g))
		}
	}
	data := f.subset(glyphs)
	file, unicode, descriptor, descendant, obj := w.next(), w.next(), w.next(), w.next(), w.next()
	w.stream(file, "/Length1 "+strconv.Itoa(len(data)), data)
	w.stream(unicode, "", []byte(f.unicode(glyphs)))
	name, slant := "SPLNEN+"+f.name, 0
	if strings.HasSuffix(f.name, "Italic") {
		slant = -12
	}
	head, hhea := f.tables["head"], f.tables["hhea"]
	w.put(descriptor, fmt.Sprintf("<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle %d /Ascent %d /Descent %d /CapHeight 729 /StemV 80 /FontFile2 %s>>",
		name, 4-slant/12*64, f.scaled(i16(head, 36)), f.scaled(i16(head, 38)), f.scaled(i16(head, 40)), f.scaled(i16(head, 42)), slant, f.scaled(i16(hhea, 4)), f.scaled(i16(hhea, 6)), ref(file)))
	var widths strings.Builder
	for _, g := range glyphs {
		fmt.Fprintf(&widths, "%d[%d]", g, f.advances[g])
	}
	w.put(descendant, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /"+name+" /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /CIDToGIDMap /Identity /FontDescriptor "+ref(descriptor)+" /DW 1000 /W ["+widths.String()+"]>>")
	w.put(obj, "<</Type /Font /Subtype /Type0 /BaseFont /"+name+" /Encoding /Identity-H /DescendantFonts ["+ref(descendant)+"] /ToUnicode "+ref(unicode)+">>")
	return obj
}

// unicode gives the table that says which character each glyph is.
func (f face) unicode(glyphs []uint16) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for part := range slices.Chunk(glyphs, 100) { // a table takes no more at once
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for _, g := range part {
			fmt.Fprintf(&b, "<%04X> <%04X>\n", g, f.letters[g])
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}
