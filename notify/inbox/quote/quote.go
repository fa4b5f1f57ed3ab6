// Package quote parts what the writer of a reply wrote from what he quoted.
//
// It must not know mails, only their text as it is read: where answers come
// from, what they mean and whose they are is known elsewhere. Words are folded,
// so that the languages of our letters and of mail programs stand here without
// their accents. Start reading at [Split]; sign.go says where quotes begin,
// item.go which item an answer stands under, signature.go what ends a letter.
package quote

import (
	"strings"
	"unicode/utf8"

	"splneno/engine/czech"
)

// Split parts what the writer wrote from what he quoted, his signature
// and what his server adds. Every line goes to one of the two, in its order.
// Where nobody can tell, a line counts as quoted: a status word of the quoted
// letter must never become an answer.
//
// Before an answer that stands under the only item of a quoted piece of our
// letter, the number of that item is put: "3) ".
func Split(text string) (own, quoted string) {
	p := parting{lines: readLines(text)}
	p.places = make([]place, len(p.lines))
	cut := p.part(0)
	p.keepMoreThan()
	p.takeBareLetter()
	p.takeBrokenLines()
	p.cutSignatures(0, cut)
	if cut < len(p.lines) && !p.anything() {
		p.bottom(cut)
	}
	return p.join(p.anchors())
}

// A line is a line of a mail, with the marks of quoting taken off.
type line struct {
	text   string // as it came
	depth  int    // how many ">" it begins with
	said   string // without them
	folded string // said, without dress of bold type
}

func (l line) blank() bool { return l.folded == "" }

func readLines(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	for s := range strings.SplitSeq(text, "\n") {
		depth, said := quoteDepth(s)
		lines = append(lines, line{text: s, depth: depth, said: said, folded: czech.Fold(strings.Trim(said, "* \t"))})
	}
	return lines
}

// quoteDepth counts the marks a line begins with, and gives what follows them.
func quoteDepth(s string) (depth int, said string) {
	for {
		rest, ok := strings.CutPrefix(strings.TrimLeft(s, " \t"), ">")
		if !ok {
			return depth, s
		}
		depth, s = depth+1, rest
	}
}

// A place says whose words a line holds.
type place byte

const (
	theirs    place = iota // quoted
	mine                   // what the writer wrote
	signature              // his signature, and what programs add
)

// A parting is a text under the knife.
type parting struct {
	lines  []line
	places []place
	signs  bool // something says that letters are quoted, not just a ">"
	ends   int  // endings of letters that were weighed
}

// part gives every line from there on its place. A quote whose lines are not
// marked has no end that could be told; part gives where it begins, else the
// number of lines.
func (p *parting) part(from int) int {
	for i := from; i < len(p.lines); i++ {
		if p.lines[i].depth > 0 {
			continue
		}
		kind, end := signAt(p.lines, i)
		if kind == noSign {
			p.places[i] = mine
			continue
		}
		next := nextSaid(p.lines, end)
		marked := next < len(p.lines) && p.lines[next].depth > 0
		switch {
		case kind == markerLine, kind == sure && !marked, kind == hint && !marked && isMarker(p.lines, next):
			p.signs = true
			return i
		case marked:
			p.signs = true
			i = end - 1
		default:
			p.places[i] = mine
		}
	}
	return len(p.lines)
}

// nextSaid gives the first line from i on that is not blank.
func nextSaid(lines []line, i int) int {
	for i < len(lines) && lines[i].blank() {
		i++
	}
	return i
}

// keepMoreThan keeps "> 50 klientu": where nothing else is quoted, a ">" before
// a quantity says that there were more. With a status behind the number it is
// an older answer that was quoted.
func (p *parting) keepMoreThan() {
	for _, l := range p.lines {
		if p.signs || l.depth > 0 && (l.depth > 1 || !isQuantity(l)) {
			return
		}
	}
	for i, l := range p.lines {
		if l.depth > 0 {
			p.places[i] = mine
		}
	}
}

// A program that wraps long lines after it marked them leaves their rest
// unmarked. It wraps no line that is shorter than this.
const narrow = 72

// takeBrokenLines gives such a rest back to the quote. It goes on the sentence
// of a full line, and no answer begins so.
func (p *parting) takeBrokenLines() {
	for i := 1; i < len(p.lines); i++ {
		if p.lines[i-1].depth > 0 && p.places[i-1] == theirs && p.places[i] == mine && p.broken(i) {
			for ; i < len(p.lines) && p.places[i] == mine && overflows(p.lines[i-1], p.lines[i]); i++ {
				p.places[i] = theirs
			}
		}
	}
}

func (p *parting) broken(i int) bool {
	before, l := p.lines[i-1], p.lines[i]
	if !overflows(before, l) || strings.ContainsAny(before.folded[len(before.folded)-1:], ".!?:") || startsItem(l.folded) {
		return false
	}
	goesOn := i+1 < len(p.lines) && p.lines[i+1].depth > 0 && startsLower(p.lines[i+1].said)
	return startsLower(l.said) || goesOn
}

// overflows reports whether the first word of l would not have fitted into the
// line before.
func overflows(before, l line) bool {
	word, _, _ := strings.Cut(l.folded, " ")
	return !before.blank() && !l.blank() && utf8.RuneCountInString(before.text)+1+len(word) > narrow
}

// bottom looks for an answer below an unmarked quote of our letter, where
// nothing was written above it. Our letter ends with the line of its token; if
// another quote stood between, what follows could be anybody's.
func (p *parting) bottom(cut int) {
	_, end := signAt(p.lines, cut)
	if !isMarker(p.lines, cut) && !isMarker(p.lines, nextSaid(p.lines, end)) {
		return
	}
	for i := len(p.lines) - 1; i > cut; i-- {
		if p.lines[i].depth == 0 && isMark(p.lines[i]) {
			p.cutSignatures(i+1, p.part(i+1))
			return
		}
	}
}

// anything reports whether the writer wrote something.
func (p *parting) anything() bool {
	for i, l := range p.lines {
		if p.places[i] == mine && !l.blank() {
			return true
		}
	}
	return false
}

func (p *parting) join(anchors map[int]string) (own, quoted string) {
	var written, rest []string
	for i, l := range p.lines {
		if p.places[i] != mine {
			rest = append(rest, l.text)
			continue
		}
		if anchors[i] != "" {
			l.text = anchors[i] + strings.TrimLeft(l.text, " \t")
		}
		written = append(written, l.text)
	}
	return strings.Trim(strings.Join(written, "\n"), "\n"), strings.Trim(strings.Join(rest, "\n"), "\n")
}
