package czech

import (
	"slices"
	"strings"
)

// looseItems finds the items whose number or code stands in the reply where no
// mention could be read: "vše ano, 2 se musí ještě probrat". By item, the words
// in which it stands.
func (r *replyReader) looseItems(passages []passage) map[string]string {
	loose := map[string]string{}
	for _, p := range passages {
		for i := p.from; i < p.to; i++ {
			u, ok := r.unitAt(i)
			if r.dropped[i] || !ok || u.index < 0 || r.amount(i, u.next) {
				continue
			}
			if loose[u.item] == "" {
				loose[u.item] = r.clauseOf(i)
			}
			i = u.next - 1
		}
	}
	return loose
}

// amount says that the number of pieces [i, next) counts, measures or names
// something else than an item.
func (r *replyReader) amount(i, next int) bool {
	before, after := r.at(i-1), r.at(next)
	switch {
	case strings.HasSuffix(after.fold, "me"): // "2 projednáme"
		return false
	case r.counted(next) && after.kind != aNumber && after.fold != "a", after.fold == "%" || after.fold == "/" || before.fold == "/":
		return true
	case before.kind == aNumber && before.fold != after.fold && r.at(next).kind == aNumber:
		return true // "377 000 121"
	case before.kind == aMark && r.tight(i) && before.fold != "(" && before.fold != ",": // "1,5", "5.6"
		return true
	}
	return after.kind == aMark && after.fold != "-" && after.fold != ":" && !slices.Contains([]string{",", ".", "(", ")"}, after.fold)
}

const longestClause = 60 // pieces on either side

// clauseOf gives the words of the clause in which piece i stands.
func (r *replyReader) clauseOf(i int) string {
	from, to := i, i
	for from > max(0, i-longestClause) && !r.parts(from-1) && !r.dropped[from-1] {
		from--
	}
	for to < min(len(r.p), i+longestClause) && !r.parts(to) && !r.dropped[to] {
		to++
	}
	return r.textOf(from, to)
}
