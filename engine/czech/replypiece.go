package czech

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A replyPiece is a word, a number, a mark or a line break of a reply.
type replyPiece struct {
	from, to int // bytes of the text
	fold     string
	kind     pieceKind
	spaced   bool // white space or a line break stands before it
}

type pieceKind int

const (
	aWord pieceKind = iota
	aNumber
	aMark
	aLine
)

// cutPieces cuts a text into pieces. White space is in none of them.
func cutPieces(text string) (out []replyPiece) {
	spaced := true
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		kind := kindOfRune(r)
		if unicode.IsSpace(r) && kind != aLine {
			spaced, i = true, i+n
			continue
		}
		p := replyPiece{from: i, to: i + n, kind: kind, spaced: spaced}
		for kind == aWord || kind == aNumber {
			r, n := utf8.DecodeRuneInString(text[p.to:])
			if n == 0 || kindOfRune(r) != kind {
				break
			}
			p.to += n
		}
		p.fold = Fold(text[p.from:p.to])
		if kind == aLine {
			p.fold = "\n"
		}
		out = append(out, p)
		spaced, i = kind == aLine, p.to
	}
	return out
}

func kindOfRune(r rune) pieceKind {
	switch {
	case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || r == '\u00ad' || r == '\ufeff' || r == '\u200b':
		return aWord
	case '0' <= r && r <= '9':
		return aNumber
	case r == '\n':
		return aLine
	}
	return aMark
}

// at gives piece i, a line break beyond both ends.
func (r *replyReader) at(i int) replyPiece {
	if i < 0 || i >= len(r.p) {
		return replyPiece{from: len(r.text), to: len(r.text), fold: "\n", kind: aLine, spaced: true}
	}
	return r.p[i]
}

// tight says that piece i follows the piece before it without a space.
func (r *replyReader) tight(i int) bool { return !r.at(i).spaced && r.at(i).kind != aLine }

// upper says that piece i is a word that begins with a capital.
func (r *replyReader) upper(i int) bool {
	p := r.at(i)
	c, _ := utf8.DecodeRuneInString(r.text[p.from:])
	return p.kind == aWord && unicode.IsUpper(c)
}

// words gives the words from piece i on that no mark interrupts, at most n.
func (r *replyReader) words(i, n int) (out []string) {
	for ; len(out) < n && (r.at(i).kind == aWord || r.at(i).kind == aNumber); i++ {
		out = append(out, r.p[i].fold)
	}
	return out
}

// A stretch is a run of pieces: a clause of a reply.
type stretch struct {
	from, to int
	sentence bool // it begins a sentence or a line
}

// stretches cuts the pieces [from, to) into clauses; dropped ones are in none.
func (r *replyReader) stretches(from, to int) (out []stretch) {
	s := stretch{from: from, to: from, sentence: true}
	sentence := true
	flush := func(next int) {
		if s.to > s.from {
			out = append(out, s)
			sentence = false
		}
		s = stretch{from: next, to: next}
	}
	for i := from; i < to; i++ {
		if !r.dropped[i] && !r.parts(i) {
			s.sentence = s.sentence || sentence
			s.to = i + 1
			continue
		}
		flush(i + 1)
		sentence = sentence || r.dropped[i] || strings.Contains(".!?\n", r.p[i].fold)
	}
	flush(to)
	return out
}

// parts says whether piece i ends a clause.
func (r *replyReader) parts(i int) bool {
	p, before, after := r.at(i), r.at(i-1), r.at(i+1)
	switch {
	case p.kind == aLine:
		return !r.wrapped(i)
	case p.kind != aMark:
		return false
	case p.fold == ".":
		c, _ := utf8.DecodeRuneInString(r.text[after.from:])
		inDate := before.kind == aNumber && !p.spaced && (after.kind == aNumber || unicode.IsLower(c))
		return !inDate && !(before.kind == aWord && len(before.fold) == 1 && before.fold != "a" && !p.spaced)
	case p.fold == "-":
		return p.spaced || after.spaced || p.to-p.from > 1 && before.kind != aNumber
	}
	return strings.Contains(",;:!?()[]{}=…•*|~→<>", p.fold)
}

const wrapWidth = 55 // bytes; a longer line may have been broken by the mail program

// wrapped says that the line break i stands inside a sentence.
func (r *replyReader) wrapped(i int) bool {
	before, after := r.at(i-1), r.at(i+1)
	if before.kind == aMark || after.kind != aWord || r.upper(i+1) {
		return false
	}
	start := strings.LastIndexByte(r.text[:before.to], '\n') + 1
	return before.to-start >= wrapWidth || danglingWords[before.fold]
}

// textOf gives the words of the pieces [from, to) as written, without dropped
// ones. Marks that only separate are cut off at both ends.
func (r *replyReader) textOf(from, to int) string {
	var parts []string
	for i := from; i < to; {
		if r.dropped[i] {
			i++
			continue
		}
		end := i
		for end < to && !r.dropped[end] {
			end++
		}
		if s := trimText(r.text[r.p[i].from:r.p[end-1].to]); s != "" {
			parts = append(parts, s)
		}
		i = end
	}
	return strings.Join(parts, "\n")
}

// trimText cuts separators off, and brackets around the whole.
func trimText(s string) string {
	s = strings.TrimLeft(strings.TrimSpace(s), "-–—−:;,.!=)]}*•|/ \t\n\r\u00a0")
	s = strings.TrimRight(s, "-–—−:;,=([{*•|/> \t\n\r\u00a0")
	if strings.HasPrefix(s, "(") && strings.TrimRight(s, ".)") != s {
		inner := strings.TrimSuffix(strings.TrimRight(s[1:], "."), ")")
		if !strings.ContainsAny(inner, "()") {
			return strings.TrimSpace(inner)
		}
	}
	return s
}
