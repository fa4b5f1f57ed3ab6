package pdf

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
)

// outline gives where the outline of a glyph begins and ends.
func (f *font) outline(g int) (from, to int) {
	loca := f.tables["loca"]
	if i16(f.tables["head"], 50) == 0 {
		return 2 * u16(loca, 2*g), 2 * u16(loca, 2*g+2)
	}
	return u32(loca, 4*g), u32(loca, 4*g+4)
}

// needs adds a glyph and those it is put together from.
func (f *font) needs(g uint16, all map[uint16]bool) {
	if all[g] {
		return
	}
	all[g] = true
	from, to := f.outline(int(g))
	glyf := f.tables["glyf"]
	if from == to || i16(glyf, from) >= 0 {
		return
	}
	const words, scale, more, scales, matrix = 1, 8, 32, 64, 128
	for at := from + 10; ; {
		flags := u16(glyf, at)
		f.needs(uint16(u16(glyf, at+2)), all)
		at += 6
		for flag, size := range map[int]int{words: 2, scale: 2, scales: 4, matrix: 8} {
			if flags&flag != 0 {
				at += size
			}
		}
		if flags&more == 0 {
			return
		}
	}
}

// subset gives the font with the outlines of these glyphs only; every glyph keeps
// its number.
func (f *font) subset(used []uint16) []byte {
	all := map[uint16]bool{}
	for _, g := range append([]uint16{0}, used...) {
		f.needs(g, all)
	}
	count := int(slices.Max(slices.Collect(maps.Keys(all)))) + 1
	var glyf, loca, hmtx []byte
	for g := range count {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if all[uint16(g)] {
			from, to := f.outline(g)
			glyf = pad(append(glyf, f.tables["glyf"][from:to]...))
		}
		hmtx = append(hmtx, f.metric(g)...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	tables := map[string][]byte{"glyf": glyf, "loca": loca, "hmtx": hmtx}
	for _, name := range []string{"head", "hhea", "maxp", "cvt ", "fpgm", "prep"} {
		tables[name] = bytes.Clone(f.tables[name])
	}
	binary.BigEndian.PutUint32(tables["head"][8:], 0)
	binary.BigEndian.PutUint16(tables["head"][50:], 1) // long offsets
	binary.BigEndian.PutUint16(tables["hhea"][34:], uint16(count))
	binary.BigEndian.PutUint16(tables["maxp"][4:], uint16(count))
	return assembled(tables)
}

// metric gives the width and the bearing of a glyph, as the table holds them.
func (f *font) metric(g int) []byte {
	hmtx := f.tables["hmtx"]
	if g < f.metrics {
		return hmtx[4*g : 4*g+4]
	}
	last, bearing := 4*(f.metrics-1), 4*f.metrics+2*(g-f.metrics)
	return append(bytes.Clone(hmtx[last:last+2]), hmtx[bearing:bearing+2]...)
}

func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// assembled puts tables together to a font.
func assembled(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	log := 0
	for 2<<log <= len(names) {
		log++
	}
	head := binary.BigEndian.AppendUint32(nil, 0x10000)
	for _, v := range []int{len(names), 16 << log, log, 16*len(names) - 16<<log} {
		head = binary.BigEndian.AppendUint16(head, uint16(v))
	}
	var body []byte
	for _, name := range names {
		data := tables[name]
		at := 12 + 16*len(names) + len(body)
		body = append(body, data...)
		body = pad(body)
		sum := uint32(0)
		for padded := pad(bytes.Clone(data)); len(padded) > 0; padded = padded[4:] {
			sum += binary.BigEndian.Uint32(padded)
		}
		head = append(head, name...)
		for _, v := range []uint32{sum, uint32(at), uint32(len(data))} {
			head = binary.BigEndian.AppendUint32(head, v)
		}
	}
	return append(head, body...)
}
