package czech

import (
	"slices"
	"strconv"
	"strings"
)

const (
	stemLength  = 5 // letters; endings change behind them
	shortestKey = 4 // letters of a word that may tell titles apart
	longestName = 25
)

// titleStems gives the beginnings of the words that tell titles apart.
func titleStems(p []replyPiece) (out []string) {
	for _, w := range p {
		if s := stemOf(w); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func stemOf(w replyPiece) string {
	if w.kind != aWord || len(w.fold) < shortestKey || neutralWords[w.fold] {
		return ""
	}
	stem := w.fold[:min(len(w.fold), stemLength)]
	if same := languageStems[stem]; same != "" {
		return same
	}
	return stem
}

// languageStems bring the name of a language to its adjective: "kurzy češtiny"
// are "kurzy českého jazyka".
var languageStems = map[string]string{"cesti": "ceske", "nemci": "nemec"}

// nameMention reads the title of an item, whole or as much of it as no other
// item has, before a mark or a status.
func (r *replyReader) nameMention(i int) (mention, bool) {
	if len(r.items) < 2 {
		return mention{}, false
	}
	end := i
	for end < i+longestName && r.at(end).kind != aLine && !r.parts(end) && !r.statusWordAtWord(end) {
		end++
	}
	for end > i && auxiliaries[r.at(end-1).fold] {
		end--
	}
	stems := titleStems(r.p[min(i, len(r.p)):min(end, len(r.p))])
	next, closer := r.closerAt(end)
	if len(stems) < 2 || !r.statusAt(next) && closer == "" && r.at(end).kind != aLine {
		return mention{}, false
	}
	index, sure := r.itemNamed(stems)
	if index < 0 {
		return mention{}, false
	}
	u, _ := r.numberUnit(replyUnit{index: -1, next: end}, strconv.Itoa(r.items[index].Number), "")
	return mention{units: []replyUnit{u}, sure: sure, named: true, next: next}, u.index == index
}

func (r *replyReader) statusWordAtWord(i int) bool {
	return r.at(i).kind == aWord && (auxiliaries[r.at(i).fold] && r.statusAt(i) || r.statusWordAt(i))
}

// itemNamed gives the only item the words name, -1 when there is none or more.
func (r *replyReader) itemNamed(stems []string) (index int, sure bool) {
	index = -1
	for k, title := range r.titles {
		own, all := 0, len(title) >= 2
		for _, s := range title {
			if !slices.Contains(stems, s) {
				all = false
			} else if r.shared[s] == 1 {
				own++
			}
		}
		if own < 2 && !(all && own > 0) {
			continue
		}
		if index >= 0 {
			return -1, false
		}
		index = k
	}
	if index < 0 {
		return -1, false
	}
	strange := slices.ContainsFunc(stems, func(s string) bool { return !slices.Contains(r.titles[index], s) })
	return index, !strange
}

// afterTitle gives the piece after the title of item index repeated from piece i.
func (r *replyReader) afterTitle(i, index int) int {
	for r.at(i).fold == "(" || r.at(i).kind == aLine && i < len(r.p) && r.at(i+1).kind != aNumber {
		j := i + 1
		if u, ok := r.codeAt(j); ok && u.index == index && r.at(u.next).fold == ")" { // "1 (1.1/2)"
			i = u.next + 1
			continue
		}
		break
	}
	title := cutPieces(r.items[index].Title)
	if end := r.heading(i, title); end > i {
		return end
	}
	for j, w := range title {
		if r.at(i+j).fold != w.fold {
			return i
		}
	}
	if len(title) < 2 {
		return i
	}
	next, _ := r.closerAt(i + len(title))
	return next
}

// heading gives the piece after words that are all of the title, before a mark
// and a status: "1. Přednášky – splněno". Two of them need no mark. Without
// such words it gives i.
func (r *replyReader) heading(i int, title []replyPiece) int {
	stems := 0
	for end := i; end < i+longestName && end < len(r.p); end++ {
		if r.statusWordAtWord(end) {
			if stems > 1 {
				return end
			}
			return i
		}
		next, closer := r.closerAt(end)
		if r.at(end).kind == aLine {
			next, closer = r.afterLine(end), ":"
		}
		if stems > 0 && (closer == "-" || closer == ":") && r.statusAt(next) {
			return next
		}
		w := r.p[end]
		if w.kind == aMark && strings.Contains(":,()-\"„“", w.fold) {
			continue
		}
		ofTitle := slices.ContainsFunc(title, func(t replyPiece) bool { return t.fold == w.fold || stemOf(w) != "" && stemOf(t) == stemOf(w) })
		if w.kind == aLine || !ofTitle && !r.initials(end, title) {
			return i
		}
		if stemOf(w) != "" {
			stems++
		}
	}
	return i
}

// afterLine gives the piece after a line break, and after lines of ours.
func (r *replyReader) afterLine(i int) int {
	for i < len(r.p) && (r.p[i].kind == aLine || r.dropped[i] || strings.Contains("->*", r.p[i].fold)) {
		i++
	}
	return i
}

// initials says that piece i is made of the first letters of words of the
// title, one after another: "OZP".
func (r *replyReader) initials(i int, title []replyPiece) bool {
	word, letters := r.text[r.p[i].from:r.p[i].to], ""
	for _, t := range title {
		if t.kind == aWord && len(t.fold) > 2 {
			letters += t.fold[:1]
		}
	}
	return len(word) > 1 && word == strings.ToUpper(word) && strings.Contains(letters, r.p[i].fold)
}
