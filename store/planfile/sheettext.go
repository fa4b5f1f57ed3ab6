package planfile

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"splneno/engine/pattern"
)

// What a cell of a sheet cannot hold, or must not begin with, is written so
// that it can be read back. Both forms are those spreadsheets use themselves:
// _x000D_ for a character, an apostrophe before what would be a formula.

var escaped = pattern.New(`_x([0-9A-Fa-f]{4})_`)

// escapeBook writes characters that XML or a CSV reader would lose.
func escapeBook(s string) string {
	s = escaped.ReplaceAllString(s, "_x005F$0")
	if strings.IndexFunc(s, unwritable) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unwritable(r) {
			const width = 4
			hex := strings.ToUpper(strconv.FormatInt(int64(r), 16))
			b.WriteString("_x" + strings.Repeat("0", width-len(hex)) + hex + "_")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unwritable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == '\x7f' || r == '\ufffe' || r == '\uffff' || r == '\ufeff'
}

// unescapeBook reads what escapeBook or Excel wrote.
func unescapeBook(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return m
		}
		return string(rune(n))
	})
}

// formulaMarks begin what some spreadsheet takes for a formula, full width forms
// and the white space it skips included.
const formulaMarks = "=+-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20"

// harmless puts an apostrophe before a text that a spreadsheet would run; so it
// does before one that begins with an apostrophe already, to be told apart.
func harmless(s string) string {
	if risky(s) || strings.HasPrefix(s, "'") {
		return "'" + s
	}
	return s
}

// asWritten takes the apostrophe off again.
func asWritten(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && (risky(rest) || strings.HasPrefix(rest, "'")) {
		return rest
	}
	return s
}

func risky(s string) bool {
	first := strings.TrimLeft(s, " \u00a0")
	r, _ := utf8.DecodeRuneInString(first)
	return first != "" && strings.ContainsRune(formulaMarks, r) || strings.HasPrefix(first, "_x00")
}
