package czech

import (
	"slices"
	"strings"

	"splneno/engine"
)

// doubted finds questions, conditions and guesses.
func (r *replyReader) doubted(from, to int) bool {
	for i := from; i < to; i++ {
		if r.dropped[i] {
			continue
		}
		f := r.p[i].fold
		next := r.at(i + 1).fold
		if f == "?" || doubtWords[f] || r.slipAt(i) || (f == "neni" || f == "nie") && strings.HasPrefix(next, "pravd") || (f == "uz" || f == "jiz") && deniers[next] || deniers[f] && r.deniedBefore(i) ||
			correctWords[f] && f != "spravne" || f == "→" || f == ">" && r.at(i-1).fold == "-" {
			return true
		}
	}
	return r.retold(from, to)
}

// deniers are a bare no.
var deniers = wordSet(`ne nie`)

// deniedBefore says that the no at piece i follows a denial: "nesplněno – ne".
func (r *replyReader) deniedBefore(i int) bool {
	_, negated, ok := participleOf(r.at(i - 2).fold)
	return ok && negated && r.at(i-1).kind == aMark
}

// notBegun finds "nezačali jsme", which may be a failure as well as a plan.
func (r *replyReader) notBegun(from, to int) bool {
	return slices.ContainsFunc(r.p[from:to], func(p replyPiece) bool { return strings.HasPrefix(p.fold, "nezacal") })
}

// earlierStems begin the words for another year.
var earlierStems = []string{"loni", "lonsk", "vloni", "vlani", "minul", "predlon"}

func (r *replyReader) anyStem(c stretch, stems []string) bool {
	return slices.ContainsFunc(r.p[c.from:c.to], func(p replyPiece) bool { return hasStem(p.fold, stems) })
}

// retold says that the pieces tell what was answered in another year.
func (r *replyReader) retold(from, to int) bool {
	c := stretch{from: from, to: to}
	return r.anyStem(c, earlierStems) && r.anyStem(c, []string{"psal", "napsal", "uvedl", "uviedl", "odpoved", "odpovid", "znel", "hlasil", "sdelil"})
}

// contradicted says whether a clause leaves the status s open.
func (r *replyReader) contradicted(s saying, clauses []stretch) bool {
	return slices.ContainsFunc(clauses, func(c stretch) bool {
		if said := r.phrase(r.raw(c.from, c.to)); said.certain && said.status != s.status {
			return true
		}
		words := make([]string, 0, c.to-c.from)
		for _, p := range r.p[c.from:c.to] {
			if p.kind != aMark && p.kind != aLine {
				words = append(words, p.fold)
			} else if p.fold == "%" && len(words) > 0 {
				words[len(words)-1] += "%"
			}
		}
		return against(s, words) || c.from == clauses[0].from && r.onlyYear(words)
	})
}

// onlyYear says that words tell nothing but in which other year: "splněno (k
// 31. 12. 2024)". A day alone tells when it was done.
func (r *replyReader) onlyYear(words []string) bool {
	if len(words) > 1 && digitsOnly(words[0]) {
		return false
	}
	rest := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return digitsOnly(w) && len(w) < 3 })
	return slices.ContainsFunc(rest, func(w string) bool { return plainYear.MatchString(w) && r.otherYear(w) }) && !readClause(rest).doubt
}

// against judges the words of one clause beside the status s.
func against(s saying, words []string) bool {
	if s.firm {
		words = withoutSequel(words)
	}
	if s.firm && s.status == unfulfilled {
		words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return stillDenied[w] })
	}
	c := readClause(slices.Clone(words))
	if c.doubt && aside(s, c, words) {
		c.status = ""
	}
	weak := c.signs[partly] || c.signs[mostly] || c.signs[unsure]
	switch s.status {
	case fulfilled:
		instead := s.qualifier == engine.AnotherForm
		return c.status != "" && c.status != fulfilled || weak || c.signs[not] || c.signs[will] || c.signs[inForm] && !instead ||
			slices.ContainsFunc(words, func(w string) bool { return weakens(w, instead) }) || shareOf(words)
	case partial:
		return c.share == 0 || c.share == 100 || !slices.Contains([]Status{"", fulfilled, unfulfilled, partial}, c.status) && !c.signs[will]
	case inProgress:
		return !slices.Contains([]Status{"", inProgress, planned}, c.status) && !c.signs[will] || c.signs[unsure] && c.signs[not] || c.signs[partly]
	case unfulfilled:
		return c.status != "" && c.status != unfulfilled || weak || c.signs[will] || c.signs[inForm] || slices.ContainsFunc(words, func(w string) bool {
			return w == "ano" || weakenWords[w] && !slices.Contains([]string{"bohuzel", "zial", "bohuzial", "malo", "leider"}, w)
		})
	}
	return c.status != "" && c.status != s.status || c.signs[unsure]
}

// stillDenied are words after "nesplněno" that promise nothing yet.
var stillDenied = wordSet(`ale avsak vsak nicmene jedname cekame ceka`)

// aside says that a clause with words of its own tells why something is left:
// "výzva byla zrušena", "stavba nezačala".
func aside(s saying, c clause, words []string) bool {
	switch s.status {
	case partial:
		return slices.Contains([]Status{planned, Cancelled, Postponed}, c.status)
	case unfulfilled:
		return !c.signs[will] && slices.ContainsFunc(words, func(w string) bool {
			return hasStem(w, []string{"zrus", "nezac", "nezah", "nezap"})
		})
	}
	return false
}

// withoutSequel leaves out "budeme pokračovat" and "budeme muset": what was done
// stays done.
func withoutSequel(words []string) []string {
	const reach = 5 // words
	for i, w := range words {
		if !strings.HasPrefix(w, "bude") {
			continue
		}
		if slices.ContainsFunc(words[i:], func(w string) bool { return hasStem(w, []string{"dokonc", "dodel", "dopln", "spln"}) }) {
			return words
		}
		for k := i + 1; k < min(len(words), i+reach); k++ {
			if strings.HasPrefix(words[k], "pokrac") || words[k] == "muset" && w == "budeme" {
				return append(slices.Clone(words[:i]), words[k+1:]...)
			}
		}
	}
	return words
}

// weakens says that a word in the text of a success leaves it open.
func weakens(w string, instead bool) bool {
	if instead && slices.Contains([]string{"misto", "namisto", "miesto", "kvuli", "kvoli"}, w) {
		return false
	}
	if hasStem(w, lackStems) {
		return !instead || !strings.HasPrefix(w, "nemoc")
	}
	return weakenWords[w] || denies(w) || strings.HasPrefix(w, "zrus") || strings.HasPrefix(w, "odloz")
}

func denies(w string) bool {
	if slices.Contains([]string{"nie", "not", "nicht", "never", "without", "cannot"}, w) || strings.HasPrefix(w, "kein") {
		return true
	}
	return strings.HasPrefix(w, "ne") && !hasStem(w, neWords)
}

// shareOf finds "3 z 5" and "až na jednu": less than all.
func shareOf(words []string) bool {
	for i := 0; i+1 < len(words); i++ {
		if words[i] == "az" && words[i+1] == "na" || words[i] == "s" && hasStem(words[i+1], []string{"vyjim", "vynim", "vyhrad"}) {
			return true
		}
		if i > 0 && (words[i] == "z" || words[i] == "ze") && aCount(words[i-1]) && aCount(words[i+1]) {
			return true
		}
	}
	return false
}

// aCount knows a number in digits or letters: "dvě ze tří".
func aCount(w string) bool {
	return digitsOnly(w) || hasStem(w, []string{"jed", "dva", "dve", "dvou", "tri", "ctyr", "pet", "pat", "sest", "sedm", "osm", "devet", "devit", "deset", "deseti"})
}

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" && s != "" }
