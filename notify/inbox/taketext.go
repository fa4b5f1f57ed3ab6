package inbox

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The most of a text that is read. A person writes a hundredth of it.
const (
	maxText  = 1 << 20
	maxHTML  = 4 << 20 // most of it is markup
	maxLines = 20_000
)

// leafText gives the text of a part as a person sees it.
func leafText(p part) string {
	if p.kind == "text/html" {
		return cleanText(htmlText(toUTF8(cutBytes(p.data, maxHTML), p.params["charset"])))
	}
	text := lineEnds(toUTF8(cutBytes(p.data, maxText), p.params["charset"]))
	if strings.EqualFold(p.params["format"], "flowed") {
		text = unflow(text, strings.EqualFold(p.params["delsp"], "yes"))
	}
	return cleanText(unsigned(text))
}

// cutBytes cuts a text before its charset is known, and not inside a letter.
func cutBytes(b []byte, limit int) []byte {
	if len(b) <= limit {
		return b
	}
	n := limit
	for n > limit-4 && b[n-1] >= 0x80 {
		n--
	}
	return b[:n]
}

var toLF = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func lineEnds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return toLF.Replace(s)
}

// unflow joins the lines a program broke (RFC 3676): one that ends in a space
// goes on in the next of the same depth of quoting.
func unflow(text string, delsp bool) string {
	var out strings.Builder
	open := -1 // depth of the line that goes on, -1 for none
	for line := range strings.SplitSeq(text, "\n") {
		depth := len(line) - len(strings.TrimLeft(line, ">"))
		line = strings.TrimPrefix(line[depth:], " ")
		if open != depth || line == "-- " {
			if out.Len() > 0 || open >= 0 {
				out.WriteString("\n")
			}
			out.WriteString(strings.Repeat("> ", min(depth, maxDepth)))
		}
		open = -1
		if strings.HasSuffix(line, " ") && line != "-- " {
			open = depth
			if delsp {
				line = line[:len(line)-1]
			}
		}
		out.WriteString(line)
	}
	return out.String()
}

// The lines around a text that was signed with PGP.
const (
	pgpBegin = "-----BEGIN PGP SIGNED MESSAGE-----\n"
	pgpEnd   = "\n-----BEGIN PGP SIGNATURE-----"
	pgpClose = "-----END PGP SIGNATURE-----"
)

// unsigned takes a text out of its PGP signature.
func unsigned(text string) string {
	before, rest, ok := strings.Cut(text, pgpBegin)
	if !ok {
		return text
	}
	_, signed, ok := strings.Cut(rest, "\n\n") // the digest's name comes first
	if !ok {
		return text
	}
	signed, after, _ := strings.Cut(signed, pgpEnd)
	_, after, _ = strings.Cut(after, pgpClose)
	signed = strings.TrimPrefix(strings.ReplaceAll("\n"+signed, "\n- ", "\n"), "\n")
	return before + signed + after
}

// bounded cuts a text that is longer than anybody writes.
func bounded(text string) string {
	text = strings.ToValidUTF8(text[:min(len(text), maxText)], "")
	lines := 0
	for i := range len(text) {
		if text[i] == '\n' {
			if lines++; lines == maxLines {
				return text[:i]
			}
		}
	}
	return text
}

// cleanText leaves what can be seen: every space is one kind of space, and
// characters that control, join or turn the text are gone. Letters that are
// written as two characters become one.
func cleanText(s string) string {
	return norm.NFC.String(strings.Map(visible, lineEnds(s)))
}

func visible(r rune) rune {
	switch {
	case r == '\n' || r >= ' ' && r < 0x7f:
		return r
	case r == '\t' || unicode.Is(unicode.Zs, r):
		return ' '
	case r == '\u2028' || r == '\u2029':
		return '\n'
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// cleanLine makes a text one clean line.
func cleanLine(s string) string {
	return strings.Join(strings.Fields(cleanText(s)), " ")
}
