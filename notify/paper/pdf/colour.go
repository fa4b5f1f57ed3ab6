package pdf

import (
	"encoding/binary"
	"math"
)

// intent writes which colours are meant by red, green and blue: those of sRGB.
func (w *writer) intent() int {
	profile, obj := w.next(), w.next()
	w.stream(profile, "/N 3", srgb())
	w.put(obj, "<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile "+ref(profile)+">>")
	return obj
}

// srgb gives a colour profile of version 2 from the numbers of IEC 61966-2-1: the
// primaries adapted to D50, and the curve at 1024 points.
func srgb() []byte {
	curve := append([]byte("curv\x00\x00\x00\x00"), 0, 0, 4, 0)
	for i := range 1024 {
		v := float64(i) / 1023
		if v <= .04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	const name = "sRGB"
	desc := append([]byte("desc\x00\x00\x00\x00"), 0, 0, 0, byte(len(name)+1))
	desc = append(desc, name+"\x00"...)
	desc = append(desc, make([]byte, 4+4+2+1+67)...)
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", desc}, {"cprt", []byte("text\x00\x00\x00\x00none\x00")}, {"wtpt", xyz(.9642, 1, .8249)},
		{"rXYZ", xyz(.43607, .22249, .01392)}, {"gXYZ", xyz(.38515, .71687, .09708)}, {"bXYZ", xyz(.14307, .06061, .7141)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	at := 0
	for i, t := range tags {
		if i < 7 { // the three curves are one
			at = 128 + 4 + 12*len(tags) + len(body)
			body = pad(append(body, t.data...))
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.data)))
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(128+len(table)+len(body)))
	head[8], head[9] = 2, 0x10
	copy(head[12:], "mntrRGB XYZ ")
	binary.BigEndian.PutUint16(head[24:], 2026)
	head[27], head[29] = 1, 1
	copy(head[36:], "acsp")
	copy(head[68:], xyz(.9642, 1, .8249)[8:])
	return append(append(head, table...), body...)
}

// xyz gives a colour as a profile writes it.
func xyz(vs ...float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range vs {
		b = binary.BigEndian.AppendUint32(b, uint32(math.Round(v*65536)))
	}
	return b
}
