package czech

import "strings"

// groups reads "splněno: 1, 2; nesplněno: 3", where the status stands before
// its items. Nothing else may be in the reply: every status has a colon, or
// brackets round its items, and every item is ours and has one status.
func (r *replyReader) groups() (claims []claim, ok bool) {
	seen := map[string]bool{}
	groups, sum := 0, 0
	for i := r.skipMarks(0); i < len(r.p); i = r.skipMarks(i) {
		from := i
		for r.at(i).kind == aWord {
			i++
		}
		bracket := r.at(i).fold == "("
		if i == from || !bracket && r.at(i).fold != ":" {
			return nil, false
		}
		s := r.phrase(r.raw(from, i))
		units, next := r.unitList(i+1, false)
		if !s.certain || len(units) == 0 || bracket != (r.at(next).fold == ")") {
			return nil, false
		}
		for _, u := range units {
			if seen[u.item] || r.items != nil && (u.index < 0 || !u.sure) {
				return nil, false
			}
			seen[u.item] = true
			claims = append(claims, claim{item: u.item, part: u.part, index: u.index, sure: true, words: r.textOf(from, next), saying: s})
		}
		i, groups, sum = next, groups+1, sum+lastNumber(units)
		if r.at(i).kind == aWord && !joinWords[r.at(i).fold] {
			return nil, false
		}
	}
	if groups == len(claims) && (groups < 2 || sum == len(r.items)) {
		return nil, false // "splněno: 3, nesplněno: 2" may count the items
	}
	return claims, true
}

// skipMarks gives the first piece from i on that is neither courtesy nor a mark
// that only parts.
func (r *replyReader) skipMarks(i int) int {
	for i < len(r.p) && (r.dropped[i] || r.p[i].kind == aLine || strings.Contains(".,;)", r.p[i].fold) || joinWords[r.p[i].fold]) {
		i++
	}
	return i
}
