package docx

import (
	"bufio"
	"strings"
	"unicode/utf8"
)

// The namespaces of what is written. Every drawing and link names its own, so
// that it can stand in a document that does not declare them.
const (
	nsMain     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsLinks    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPlace    = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	nsDrawing  = "http://schemas.openxmlformats.org/drawingml/2006/main"
	nsChart    = "http://schemas.openxmlformats.org/drawingml/2006/chart"
	nsPicture  = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpaces = ` xmlns:w="` + nsMain + `" xmlns:r="` + nsLinks + `"`
)

// allowed reports whether a character may stand in XML.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000
}

// clean takes out what XML has no place for, and makes every break a newline.
func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\v', r == '\f', r == '\u2028', r == '\u2029':
			return '\n'
		case r == utf8.RuneError, !allowed(r):
			return -1
		}
		return r
	}, s)
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;")

// escaped gives a text as it stands in XML, in an attribute or between tags.
func escaped(s string) string { return escapes.Replace(clean(s)) }

// plain gives a paragraph as [Read] reads it: breaks are spaces.
func plain(s string) string {
	return strings.TrimSpace(spaces.Replace(clean(s)))
}

var spaces = strings.NewReplacer("\n", " ", "\t", " ")

// write puts parts into the text of a document. A failure stays in the writer
// and is told when it is flushed.
func write(out *bufio.Writer, parts ...string) {
	for _, p := range parts {
		_, _ = out.WriteString(p)
	}
}

// words writes the text of a run with its breaks and tabs.
func words(out *bufio.Writer, s string) {
	for s = clean(s); s != ""; {
		i := strings.IndexAny(s, "\n\t")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			write(out, `<w:t xml:space="preserve">`, escapes.Replace(s[:i]), `</w:t>`)
		}
		if i < len(s) {
			write(out, map[byte]string{'\n': `<w:br/>`, '\t': `<w:tab/>`}[s[i]])
			i++
		}
		s = s[i:]
	}
}
