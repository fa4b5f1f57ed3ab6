package czech

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A saying is what a passage says of its items.
type saying struct {
	status    Status
	qualifier string
	certain   bool
	text      string // what follows the status
	whole     string // all words of it
	lack      bool
	firm      bool // said by "nesplněno", not by a bare "ne"
}

// doubt takes the status back and keeps the words.
func (s *saying) doubt() {
	s.status, s.qualifier, s.certain, s.text = unknown, "", false, s.whole
}

// aYear in the words of a status may be another one than was asked about.
var aYear = pattern.New(`\b(?:19|20)\d\d\b`)

// otherYear says that a text names a year that is not known to be the one that
// was asked about.
func (r *replyReader) otherYear(text string) bool {
	return slices.ContainsFunc(aYear.FindAllString(text, -1), func(year string) bool {
		return len(r.items) == 0 || !r.items[0].Period.Holds(number(year))
	})
}

// sideWords in the clause of a status change nothing: when, and in which time.
var sideWords = pattern.New(`\b(?:(?:ve|v|za) (?:celem |cele )?(?:sledovan|hodnocen|uveden)\w+ obdobi|s [a-z]+ zpozdenim|podle planu|dle planu|nad plan|jsem|tedy|(?:(?:dne|do|k|ke dni|od) )?\d{1,2}\. ?\d{1,2}\.?)(?: |$)`)

// wholeWords mean "zcela" in the clause of a status: denied, a part may be left.
var wholeWords = pattern.New(`\b(?:bez vyhrad|bez vyhrady|bez problemu|na vybornou|v plnom rozsahu|v celem rozsahu|v celom rozsahu)\b`)

// phrase reads one clause as an answer.
func (r *replyReader) phrase(raw string) saying {
	s := saying{status: unknown}
	if r.otherYear(raw) {
		return s
	}
	read := ReadStatusPhrase(raw, r.own)
	if read.Certain {
		s.status, s.qualifier, s.certain = read.Status, read.Qualifier, true
		return s
	}
	words := strings.Fields(strings.Trim(sideWords.ReplaceAllString(wholeWords.ReplaceAllString(Fold(raw), "zcela"), " "), " .\"'„“”_"))
	for len(words) > 1 && answerFillers[words[0]] {
		words = words[1:]
	}
	key := strings.Join(words, " ")
	a, ok := shortAnswers[key]
	if !ok {
		a, ok = plainForeign[key]
	}
	if !ok && r.foreign {
		a, ok = onlyForeign[key]
	}
	if ok {
		return saying{status: a.status, qualifier: a.qualifier, certain: true}
	}
	if len(words) == 0 || len(raw) > longestStatus {
		return s
	}
	read = ReadStatusPhrase(key, nil)
	if first, ok := shortAnswers[words[0]]; ok && !read.Certain { // "ano splněno", "ano, částečně"
		rest := ReadStatusPhrase(strings.Join(words[1:], " "), nil)
		if first.status == rest.Status || first.status == fulfilled && rest.Status == partial {
			read = rest
		}
	}
	return saying{status: read.Status, qualifier: read.Qualifier, certain: read.Certain}
}

// readBody reads what the pieces [from, to) say.
func (r *replyReader) readBody(from, to int) saying {
	for to < len(r.p) && to > from && (leadWords[r.at(to-1).fold] || correctWords[r.at(to-1).fold]) {
		to--
	}
	clauses := r.stretches(from, to)
	whole := r.textOf(from, to)
	s, after := r.head(clauses)
	if s.certain {
		s.firm = slices.ContainsFunc(r.p[clauses[0].from:after], func(p replyPiece) bool { _, _, ok := participleOf(p.fold); return ok })
		s.text = r.textOf(after, to)
		s.certain = !r.contradicted(s, r.stretches(after, to))
	} else {
		s = r.prose(clauses)
		s.text = whole
	}
	s.whole = whole
	if r.doubted(from, to) || s.status != unfulfilled && s.status != partial && r.notBegun(from, to) || !slices.Contains(engine.States(), engine.State(s.status)) {
		s.certain = false
	}
	if !s.certain {
		s.doubt()
	}
	if s.status == partial {
		s.qualifier = ""
	}
	s.lack = r.lacking(s)
	return s
}

// head reads the status a body begins with, and gives the piece after it.
func (r *replyReader) head(clauses []stretch) (s saying, after int) {
	s.status = unknown
	if len(clauses) == 0 {
		return s, 0
	}
	c := clauses[0]
	s, after = r.phrase(r.raw(c.from, c.to)), c.to
	if !s.certain {
		return r.cutHead(c)
	}
	yes := shortAnswers[Fold(r.raw(c.from, c.to))] == shortAnswer{fulfilled, ""}
	for _, next := range clauses[1:] {
		n := r.phrase(r.raw(next.from, next.to))
		switch {
		case !n.certain, n.status != s.status && !(yes && n.status == partial), n.qualifier == "" && s.qualifier != "":
			return s, after
		}
		yes = yes && n.status == fulfilled
		s, after = n, next.to
	}
	return s, after
}

// cutHead takes "nesplněno z důvodu nemoci" and "ne chybí peníze" apart.
func (r *replyReader) cutHead(c stretch) (s saying, after int) {
	for i := c.from + 1; i < c.to; i++ {
		cut := startsWith(r, i, causePhrases) || startsWith(r, i, wayPhrases)
		lack := !cut && hasStem(r.p[i].fold, lackStems)
		if !cut && !lack {
			continue
		}
		s := r.phrase(r.raw(c.from, i))
		if s.certain && (cut || s.status == unfulfilled) {
			return s, i
		}
		if lack && s.status == unknown && i > c.from+2 {
			break
		}
	}
	return saying{status: unknown}, c.from
}

func startsWith(r *replyReader, i int, phrases [][]string) bool {
	words := r.words(i, 2)
	return slices.ContainsFunc(phrases, func(p []string) bool {
		return len(words) >= len(p) && slices.Equal(words[:len(p)], p)
	})
}

func (r *replyReader) raw(from, to int) string { return r.text[r.p[from].from:r.p[to-1].to] }
