package inbox

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// The most of a field, and of its parameters, that is read.
const (
	maxValue      = 16 << 10
	maxParameters = 100
)

// mediaType reads a Content-Type; what names none is of the usual type there.
func mediaType(raw, usual string) (kind string, params map[string]string) {
	kind, params = parameters(raw)
	switch {
	case kind == "":
		return usual, params
	case !strings.Contains(kind, "/"):
		return "text/plain", params
	}
	return kind, params
}

// parameters reads a field like `attachment; filename="a.pdf"`: the word before
// the first semicolon in lower case, and the parameters by lower-case name, of
// which the first counts. Unquoted spaces, raw bytes, encoded words and the
// segments and charsets of RFC 2231 are read.
func parameters(raw string) (word string, params map[string]string) {
	word, rest := cutParameter(raw[:min(len(raw), maxValue)])
	word = strings.ToLower(firstWord(word))
	params = map[string]string{}
	var segments map[string][]segment
	for n := 0; rest != "" && n < maxParameters; n++ {
		var p string
		p, rest = cutParameter(rest)
		name, value, ok := strings.Cut(p, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" {
			continue
		}
		if base, extended := extendedName(name); base != "" {
			if segments == nil {
				segments = map[string][]segment{}
			}
			segments[base] = append(segments[base], segment{text: unquoted(value), extended: extended})
			continue
		}
		if _, ok := params[name]; !ok {
			params[name] = plainValue(name, value)
		}
	}
	for name, list := range segments {
		params[name] = joinSegments(list)
	}
	return word, params
}

// cutParameter cuts at the first semicolon that is not quoted.
func cutParameter(s string) (param, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	if i := strings.IndexByte(s, ';'); quoted && i >= 0 { // a quote that never ends
		return s[:i], s[i+1:]
	}
	return s, ""
}

// firstWord gives a token without the comment or junk after it.
func firstWord(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, " \t("); i >= 0 {
		s = s[:i]
	}
	return s
}

// plainValue reads a value. Only names of files hold more than a token.
func plainValue(name, value string) string {
	quoted := strings.HasPrefix(strings.TrimSpace(value), `"`)
	value = unquoted(value)
	switch {
	case name == "name" || name == "filename":
		return decodeField(value)
	case quoted:
		return value
	}
	return firstWord(value)
}

func unquoted(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') { // elsewhere it is of a path
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// A segment is a part of a parameter that is written in several.
type segment struct {
	text     string
	extended bool // it has a charset, and bytes as %E1
}

// extendedName reads "filename*", "filename*0" and "filename*0*" as segments
// of filename; base is "" for any other name. Programs write them in order.
func extendedName(name string) (base string, extended bool) {
	base, mark, ok := strings.Cut(name, "*")
	if !ok {
		return "", false
	}
	if mark == "" {
		return base, true
	}
	number, extended := strings.CutSuffix(mark, "*")
	if _, err := strconv.ParseUint(number, 10, 16); err != nil {
		return "", false
	}
	return base, extended
}

func joinSegments(list []segment) string {
	var all []byte
	charset := ""
	for i, p := range list {
		if !p.extended {
			all = append(all, p.text...)
			continue
		}
		if i == 0 {
			if parts := strings.SplitN(p.text, "'", 3); len(parts) == 3 {
				charset, p.text = parts[0], parts[2]
			}
		}
		all = append(all, unescaped(p.text)...)
	}
	if charset == "" {
		return decodeField(string(all))
	}
	return cleanLine(toUTF8(all, charset))
}

// unescaped undoes %E1; what is no escape stays.
func unescaped(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, err := hex.DecodeString(s[i+1 : i+3]); err == nil {
				out = append(out, b[0])
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}
