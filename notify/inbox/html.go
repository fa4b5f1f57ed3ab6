package inbox

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// htmlText gives what a person reads of HTML, with "> " before quoted lines. It
// reads tokens and keeps a stack with a bound instead of building a tree: no
// nesting can make it slow.
func htmlText(source string) string {
	w := htmlWriter{stack: []htmlElement{{unsure: -1}}, after: startOfText}
	for z := html.NewTokenizer(strings.NewReader(source)); ; {
		switch z.Next() {
		case html.ErrorToken:
			w.closeTo(1)
			return w.text()
		case html.TextToken:
			w.write(z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(string(name))
		}
	}
}

// A gap is what stands between the last word and the next. The greater swallows
// the smaller.
type gap int

const (
	noGap gap = iota
	spaceGap
	lineGap
	paragraphGap
	startOfText // nothing was written yet
)

// An htmlLine is a line of text, and how deep it is quoted.
type htmlLine struct {
	text  string
	depth int
}

// An htmlWriter writes the text of HTML, line by line.
type htmlWriter struct {
	stack  []htmlElement // never empty: the root comes first
	over   int           // elements open beyond the bound
	quotes int           // begun so far
	lines  []htmlLine
	size   int // bytes in lines
	line   strings.Builder
	depth  int    // of the line being written
	after  gap    // what comes before the next word
	marker string // of a list entry that has no text yet
	fresh  bool   // a cell or entry has no text yet: a block inside begins no line
}

func (w *htmlWriter) top() *htmlElement { return &w.stack[len(w.stack)-1] }

// write takes the text between two tags.
func (w *htmlWriter) write(s string) {
	top := w.top()
	if top.hidden || top.dim || w.size > maxText {
		return
	}
	if top.pre {
		for i, l := range strings.Split(lineEnds(s), "\n") {
			if i > 0 {
				w.newline()
			}
			w.word(l)
		}
		return
	}
	if w.after >= lineGap && strings.Contains(s, "\u00a0") && strings.TrimSpace(s) == "" {
		w.newline() // the way Word writes an empty line
		return
	}
	for s != "" {
		end := strings.IndexFunc(s, unicode.IsSpace)
		if end < 0 {
			w.word(s)
			return
		}
		w.word(s[:end])
		w.want(spaceGap)
		s = strings.TrimLeftFunc(s[end:], unicode.IsSpace)
	}
}

// word writes text without a space at its ends.
func (w *htmlWriter) word(s string) {
	if strings.TrimFunc(s, unseen) == "" && (!w.top().pre || s == "") {
		return
	}
	depth := w.top().depth
	if w.line.Len() > 0 && w.depth != depth {
		w.want(lineGap)
	}
	switch {
	case w.after == startOfText:
	case w.after >= lineGap:
		w.endLine()
		if n := len(w.lines); w.after == paragraphGap && n > 0 && w.lines[n-1].text != "" {
			w.add(htmlLine{depth: min(depth, w.depth)})
		}
	case w.after == spaceGap && w.line.Len() > 0:
		w.line.WriteByte(' ')
	}
	w.depth, w.after = depth, noGap
	w.line.WriteString(w.marker)
	w.line.WriteString(s)
	w.marker, w.fresh = "", false
}

// unseen reports whether a character takes no room.
func unseen(r rune) bool { return visible(r) < 0 }

// want asks for a gap before the next word.
func (w *htmlWriter) want(g gap) { w.after = max(w.after, g) }

// block asks for a new line, unless nothing was written since the cell or entry
// began.
func (w *htmlWriter) block(g gap) {
	if !w.fresh {
		w.want(g)
	}
}

// endLine puts the line aside.
func (w *htmlWriter) endLine() {
	if w.line.Len() > 0 {
		w.add(htmlLine{w.line.String(), w.depth})
		w.line.Reset()
	}
}

// add keeps a line, as long as there are not too many.
func (w *htmlWriter) add(l htmlLine) {
	if len(w.lines) <= maxLines {
		w.lines = append(w.lines, l)
		w.size += len(l.text) + 1
	}
}

// newline is a line end somebody typed.
func (w *htmlWriter) newline() {
	if w.top().hidden || w.top().dim || w.after == startOfText {
		return
	}
	if w.line.Len() > 0 && w.after < lineGap {
		w.after = lineGap
		return
	}
	w.endLine()
	w.add(htmlLine{depth: w.top().depth})
	w.after, w.fresh = lineGap, false
}

// text joins the lines.
func (w *htmlWriter) text() string {
	w.endLine()
	var b strings.Builder
	for i, l := range w.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Repeat("> ", min(l.depth, maxDepth)))
		b.WriteString(l.text)
	}
	return b.String()
}
