package czech

import "strings"

// statusFirst finds "splněno: 1, 2; nesplněno: 3", where the number before a
// status belongs to the status before it. Which of the two ways a reply is
// written must be plain, or no status is taken from it.
func (r *replyReader) statusFirst() bool {
	for _, c := range r.stretches(0, len(r.p)) {
		before := c.from - 1
		for r.at(before).kind == aMark && before >= 0 {
			before--
		}
		b := r.at(before)
		follows := b.kind == aNumber || b.kind == aWord && len(b.fold) == 1
		if r.statusAt(c.from) && r.numbersFollow(c) && (!follows || r.endsReply(c)) {
			return true
		}
	}
	return false
}

// endsReply says that nothing stands behind the clause c but its numbers:
// "..., ne: 2".
func (r *replyReader) endsReply(c stretch) bool {
	numbers := 0
	for i := c.from; i < len(r.p); i++ {
		if r.p[i].kind == aNumber {
			numbers++
		}
		if numbers > 0 && r.p[i].kind == aWord && !r.dropped[i] && !joinWords[r.p[i].fold] {
			return false
		}
	}
	return numbers > 0
}

// numbersFollow says that nothing but numbers of items follow the status c.
func (r *replyReader) numbersFollow(c stretch) bool {
	i := c.from
	for i < c.to && r.p[i].kind == aWord {
		i++
	}
	for strings.Contains(":-(", r.at(i).fold) {
		i++
	}
	for refNouns[r.at(i).fold] || weakNouns[r.at(i).fold] || r.at(i).fold == "." {
		i++
	}
	said := r.phrase(strings.Trim(r.text[r.at(c.from).from:r.at(i).from], " :-(."))
	sign, n := signAt(r.words(c.from, longestSign))
	u, ok := r.unitAt(i)
	if !said.certain && n > 0 && sign.doubtful { // "čeká se na 2. kolo"
		return false
	}
	if !ok || r.items != nil && u.index < 0 || said.status == unknown && !r.statusAt(c.from) {
		return false
	}
	after := r.at(u.next)
	return after.kind == aLine || after.kind == aMark && after.fold != "%" && after.fold != "×" && !(after.fold == ")" && !strings.Contains(":-(", r.at(i-1).fold)) || joinWords[after.fold]
}
