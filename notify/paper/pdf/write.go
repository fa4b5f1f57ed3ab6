package pdf

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

const hexes = "0123456789ABCDEF"

// number appends a number, to a hundredth and as short as it can be.
func number(b []byte, v float64) []byte {
	n := len(b)
	b = strconv.AppendFloat(b, v, 'f', 2, 64)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	if string(b[n:]) == "-0" {
		b = append(b[:n], '0')
	}
	return b
}

// numbers gives numbers with spaces between.
func numbers(vs ...float64) string { return string(appendNumbers(nil, vs...)) }

func appendNumbers(b []byte, vs ...float64) []byte {
	for i, v := range vs {
		if i > 0 {
			b = append(b, ' ')
		}
		b = number(b, v)
	}
	return b
}

// ref gives a reference to an object.
func ref(obj int) string { return strconv.Itoa(obj) + " 0 R" }

func appendRef(b []byte, obj int) []byte {
	return append(strconv.AppendInt(b, int64(obj), 10), " 0 R"...)
}

// refs gives an array of references.
func refs(objs []int) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, o := range objs {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(ref(o))
	}
	b.WriteByte(']')
	return b.String()
}

// said writes a text for people: UTF-16 in hexadecimal, whatever is in it.
func said(s string) string {
	b := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(clean(s))) {
		b = append(b, hexes[u>>12], hexes[u>>8&15], hexes[u>>4&15], hexes[u&15])
	}
	return string(append(b, '>'))
}

// literal writes a text of plain letters as a string.
func literal(s string) string {
	b := []byte("<")
	for i := range len(s) {
		b = append(b, hexes[s[i]>>4], hexes[s[i]&15])
	}
	return string(append(b, '>'))
}

// colour gives the three parts of a colour written "#14592f" or "#fff"; black
// for anything else.
func colour(s string) string {
	s = strings.TrimPrefix(s, "#")
	if len(s) == 3 {
		s = s[:1] + s[:1] + s[1:2] + s[1:2] + s[2:] + s[2:]
	}
	v, err := strconv.ParseUint(s, 16, 24)
	if err != nil || len(s) != 6 {
		v = 0
	}
	return numbers(float64(v>>16)/255, float64(v>>8&255)/255, float64(v&255)/255)
}

// clean gives a text without what is no character. White space stays.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r) || r == 0xfeff || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, s)
}
