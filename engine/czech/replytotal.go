package czech

import (
	"slices"
	"strings"
)

// noneWords deny every item.
var noneWords = wordSet(`nic zadny zadna zadne zadnou nic niceho nijaky nijaka`)

// total reads "splněno je vše" and "nic nebylo splněno", where the status does
// not stand behind the word for all items. "Nesplněno vše" may deny only that
// all is done.
func (r *replyReader) total(p passage) (saying, bool) {
	clauses := r.stretches(p.from, p.to)
	if len(clauses) == 0 || !clauses[0].sentence || len(clauses) > 1 && !clauses[1].sentence {
		return saying{}, false
	}
	c := clauses[0]
	words := r.words(c.from, c.to-c.from)
	if len(words) < 2 || len(words) != c.to-c.from || slices.ContainsFunc(r.p[c.to:min(c.to+1, len(r.p))], func(p replyPiece) bool { return p.fold == "?" }) {
		return saying{}, false
	}
	all, none := 0, 0
	if k := slices.Index(words, "ani"); k >= 0 && k+1 < len(words) && strings.HasPrefix(words[k+1], "jed") {
		words, none = slices.Delete(words, k, k+2), 1 // "ani jeden bod"
	}
	words = slices.DeleteFunc(words, func(w string) bool {
		switch {
		case allWords[w]:
			all++
		case noneWords[w]:
			none++
		default:
			return itemNouns[w]
		}
		return true
	})
	said := r.phrase(strings.Join(words, " "))
	said.whole = r.textOf(p.from, p.to)
	said.text = r.textOf(c.to, p.to)
	said.lack = r.lacking(said)
	denied := slices.ContainsFunc(words, func(w string) bool {
		return w == "se" || w == "jsme" || strings.HasPrefix(w, "neb") || w == "neni" || w == "nejsou"
	})
	fits := all == 1 && none == 0 && slices.Contains([]Status{fulfilled, inProgress}, said.status) || none == 1 && all == 0 && said.status == unfulfilled && denied
	return said, said.certain && fits && !r.doubted(p.from, p.to) && !r.contradicted(said, clauses[1:])
}
