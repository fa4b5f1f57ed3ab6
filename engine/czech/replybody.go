package czech

import (
	"regexp"
	"slices"
	"strings"

	"splneno/engine"
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
var aYear = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// sideWords in the clause of a status change nothing: how well, when, in which time.
var sideWords = regexp.MustCompile(`\b(?:bez vyhrad|bez vyhrady|bez problemu|v plnom rozsahu|v celem rozsahu|v celom rozsahu|(?:ve|v|za) (?:celem |cele )?(?:sledovan|hodnocen|uveden)\w+ obdobi|s [a-z]+ zpozdenim|podle planu|dle planu|nad plan|na vybornou|jsem|tedy|(?:(?:dne|do|k|ke dni|od) )?\d{1,2}\. ?\d{1,2}\.?)(?: |$)`)

// phrase reads one clause as an answer.
func (r *replyReader) phrase(raw string) saying {
	s := saying{status: unknown}
	if aYear.MatchString(raw) {
		return s
	}
	read := ReadStatusPhrase(raw, r.own)
	if read.Certain {
		s.status, s.qualifier, s.certain = read.Status, read.Qualifier, true
		return s
	}
	words := strings.Fields(strings.Trim(sideWords.ReplaceAllString(Fold(raw), " "), " .\"'„“”_"))
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
	if r.doubted(from, to) || s.status == planned && r.notBegun(from, to) || !slices.Contains(engine.States(), engine.State(s.status)) {
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

// prose reads a text whose status is a sentence of its own, the first or the
// last: "Proběhly tři besedy. Úkol byl splněn."
func (r *replyReader) prose(clauses []stretch) saying {
	found := saying{status: unknown}
	var others []stretch
	for k, c := range clauses {
		s := r.phrase(r.raw(c.from, c.to))
		tail := k > 0 && r.concludes(clauses[:k], c)
		sentence := c.sentence && (k+1 == len(clauses) || clauses[k+1].sentence)
		if !s.certain || !sentence && !tail || !tail && k+1 < len(clauses) && !r.speaksOfItem(c) {
			others = append(others, c)
			continue
		}
		if found.certain && (found.status != s.status || found.qualifier != s.qualifier) {
			return saying{status: unknown}
		}
		found = s
		found.firm = true
	}
	if found.certain && r.contradicted(found, others) {
		found.certain = false
	}
	return found
}

// concludes says that c stands behind a dash after a sentence with a verb:
// "Elektromobily byly pořízeny – splněno." Behind a noun it may answer a part.
func (r *replyReader) concludes(before []stretch, c stretch) bool {
	if r.at(c.from-1).fold != "-" {
		return false
	}
	for k := len(before) - 1; k >= 0; k-- {
		if r.anyStem(before[k], earlierStems) {
			return false
		}
		if slices.ContainsFunc(r.p[before[k].from:before[k].to], func(p replyPiece) bool {
			_, _, participle := participleOf(p.fold)
			return participle || verbs[p.fold]
		}) {
			return true
		}
		if before[k].sentence {
			break
		}
	}
	return false
}

// verbs show that words are a sentence.
var verbs = wordSet(`se jsme jsem je jsou byl byla bylo byly byli mame maji ma sa sme som su bol bola bolo boli`)

func (r *replyReader) speaksOfItem(c stretch) bool {
	return slices.ContainsFunc(r.p[c.from:c.to], func(p replyPiece) bool { return itemNouns[p.fold] })
}

func (r *replyReader) raw(from, to int) string { return r.text[r.p[from].from:r.p[to-1].to] }

// lacking says whether the text names what is missing, or why.
func (r *replyReader) lacking(s saying) bool {
	p := cutPieces(s.text)
	for i, w := range p {
		if hasStem(w.fold, lackStems) {
			return true
		}
		if s.status == fulfilled && s.qualifier == "" {
			continue
		}
		for _, phrase := range causePhrases {
			if spelledBy(p[i:], phrase) {
				return true
			}
		}
	}
	return false
}

func spelledBy(p []replyPiece, phrase []string) bool {
	return len(p) >= len(phrase) && slices.EqualFunc(p[:len(phrase)], phrase, func(w replyPiece, s string) bool { return w.fold == s })
}

func hasStem(word string, stems []string) bool {
	return slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(word, s) })
}
