package inbox

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

// toUTF8 reads bytes in the charset they are said to be in, "" when nothing is
// said. Programs that write Czech mislabel it: where the label cannot be right
// or Czech reads better otherwise, it is read otherwise.
func toUTF8(data []byte, label string) string {
	if s, ok := marked(data); ok {
		return s
	}
	declared, known := charsetOf(label)
	if i := bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf }); i < 0 && (!known || central(declared)) {
		return string(data)
	} else if i >= 0 && (!known || central(declared)) {
		declared = likeliest(data[i:min(len(data), i+sampleSize)], declared, known)
	} else if utf8.Valid(data) && i >= 0 {
		declared = nil
	}
	return decode(data, declared)
}

// sampleSize is how much of a text is looked at to tell its charset. Where it is
// cut inside a letter, that one fault weighs nothing against the rest.
const sampleSize = 64 << 10

// marked reads a text with a byte order mark.
func marked(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return decode(data[3:], nil), true
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decode(data, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)), true
	}
	return "", false
}

// charsetOf finds a charset by the names programs give it; nil is UTF-8. It is
// not known when there is no such charset, or when it says only "ASCII".
func charsetOf(label string) (e encoding.Encoding, known bool) {
	label = strings.ToLower(strings.Trim(label, ` "'`))
	switch label {
	case "utf-8", "utf8":
		return nil, true
	case "", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "8bit", "binary", "utf-7":
		return nil, false
	case "cp1250", "cp-1250", "x-cp1250", "windows1250", "win1250", "win-1250", "ansi":
		return charmap.Windows1250, true
	case "iso8859-2", "iso-8859-2", "latin2", "latin-2":
		return charmap.ISO8859_2, true
	}
	e, err := htmlindex.Get(label)
	if err != nil || e == encoding.Replacement {
		if e, err = ianaindex.MIME.Encoding(label); err != nil || e == nil {
			return nil, false
		}
	}
	if e == unicode.UTF8 {
		e = nil
	}
	return e, true
}

// central reports whether Czech is written in a charset, rightly or by a
// program that takes it for English.
func central(e encoding.Encoding) bool {
	switch e {
	case nil, charmap.Windows1250, charmap.ISO8859_2, charmap.Windows1252, charmap.ISO8859_1, charmap.ISO8859_15:
		return true
	}
	return false
}

// likeliest gives the charset in which a sample reads most like Czech. What is
// declared and reads without a fault is believed, and so is faultless UTF-8
// when nothing else is declared: no other text happens to be that.
func likeliest(sample []byte, declared encoding.Encoding, known bool) encoding.Encoding {
	if declared == nil && utf8.Valid(sample) {
		return nil
	}
	best := declared
	most, faults := score(sample, declared)
	if known && faults == 0 {
		return declared
	}
	for _, e := range []encoding.Encoding{nil, charmap.Windows1250, charmap.ISO8859_2} {
		if n, _ := score(sample, e); n > most {
			best, most = e, n
		}
	}
	return best
}

// score says how much a sample reads like Czech in a charset, and how many
// characters speak against that charset.
func score(sample []byte, e encoding.Encoding) (n, faults int) {
	for _, r := range decode(sample, e) {
		if r < utf8.RuneSelf {
			continue
		}
		worth, ok := worths[r]
		switch {
		case ok:
		case r == utf8.RuneError:
			worth = -10
		case r < 0xa0:
			worth = -5 // a control nobody writes
		default:
			worth = -1
		}
		if e == nil && r != utf8.RuneError {
			worth += 2 // several bytes that fit together
		}
		n += worth
		if worth < 0 {
			faults++
		}
	}
	return n, faults
}

// worths says how much each character speaks for a charset, by number: letters
// of Czech do not stand here. The rare Slovak capitals that wrongly read UTF-8
// is full of are left out, and what iso-8859-2 has in the place of a common
// Czech letter is worth less than that letter.
var worths = func() map[rune]int {
	m := map[rune]int{}
	for worth, runes := range [][]rune{
		{0xa0, 0xa7, 0xb0, 0xb4, 0xb7, 0xd7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e, 0x2022, 0x2026, 0x20ac},
		{0xa9, 0xab, 0xae, 0xbb, 0x13e},
		{0xe1, 0xe4, 0xe9, 0xed, 0xf3, 0xf4, 0xf6, 0xfa, 0xfc, 0xfd, 0xdf, // with acute, diaeresis, circumflex
			0xc1, 0xc9, 0xcd, 0xd3, 0xd6, 0xda, 0xdc, 0xdd,
			0x10d, 0x10f, 0x11b, 0x148, 0x159, 0x161, 0x165, 0x16f, 0x17e, // with caron, and u with ring
			0x10c, 0x10e, 0x11a, 0x147, 0x158, 0x160, 0x164, 0x16e, 0x17d,
			0x13a, 0x155}, // Slovak l and r
	} {
		for _, r := range runes {
			m[r] = worth
		}
	}
	return m
}()

// decode reads bytes in a charset; what cannot be read is U+FFFD.
func decode(data []byte, e encoding.Encoding) string {
	if e != nil {
		if b, err := e.NewDecoder().Bytes(data); err == nil {
			data = b
		}
	}
	return strings.ToValidUTF8(string(data), "\ufffd")
}
