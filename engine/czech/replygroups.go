package czech

import "strings"

// A grouping is a reply that puts the status before its items.
type grouping struct {
	claims []claim
	whole  []claim // of "ostatní"
	seen   map[string]bool
	groups int
	marked bool // every status has a colon, or brackets round its items
}

// groups reads "splněno: 1, 2; nesplněno: 3", where the status stands before
// its items. Nothing else may be in the reply, but what is said of the rest at
// its end. Without colons, or with one number each, the numbers must be all that
// were asked about: else one of them may belong to the status behind it, or
// count something.
func (r *replyReader) groups() (g grouping, ok bool) {
	g = grouping{seen: map[string]bool{}, marked: true}
	for i := r.skipMarks(0); i < len(r.p); i = r.skipMarks(i) {
		if rest, ok := r.restAt(i); ok && g.groups > 0 {
			g.whole = []claim{{sure: true, saying: rest}}
			break
		}
		if i, ok = r.group(i, &g); !ok {
			return g, false
		}
	}
	if g.marked && g.groups < len(g.claims) {
		return g, true
	}
	return g, g.whole == nil && g.groups > 1 && len(g.claims) == len(r.items) // "splněno: 3, nesplněno: 2" may count the items
}

// group reads the status at piece i and its items, and gives the piece after.
func (r *replyReader) group(i int, g *grouping) (next int, ok bool) {
	from := i
	for r.at(i).kind == aWord {
		i++
	}
	end := i
	for end > from+1 && (refNouns[r.at(end-1).fold] || weakNouns[r.at(end-1).fold]) {
		end--
	}
	if i == from {
		return i, false
	}
	bracket, mark := r.at(i).fold == "(", r.at(i).fold == ":"
	g.marked = g.marked && (bracket || mark)
	if bracket || mark || r.at(i).fold == "-" {
		i++
	}
	for refNouns[r.at(i).fold] || weakNouns[r.at(i).fold] {
		i++
	}
	s := r.phrase(r.raw(from, end))
	units, next := r.unitList(i, false)
	if !s.certain || len(units) == 0 || bracket != (r.at(next).fold == ")") || r.counted(next) && !joinWords[r.at(next).fold] {
		return i, false
	}
	for _, u := range units {
		if g.seen[u.item] || r.items != nil && (u.index < 0 || !u.sure) {
			return i, false
		}
		g.seen[u.item] = true
		g.claims = append(g.claims, claim{item: u.item, part: u.part, index: u.index, sure: true, words: r.textOf(from, next), saying: s})
	}
	g.groups++
	return next, r.at(next).kind != aWord || joinWords[r.at(next).fold] || !g.marked
}

// restAt reads "ostatní splněny" at the end of the reply.
func (r *replyReader) restAt(i int) (saying, bool) {
	m, ok := r.wholeMention(i, lineStart)
	if !ok || !m.rest || m.units != nil {
		return saying{}, false
	}
	s := r.readBody(m.next, len(r.p))
	return s, s.certain && s.text == ""
}

// skipMarks gives the first piece from i on that is neither courtesy nor a mark
// that only parts.
func (r *replyReader) skipMarks(i int) int {
	for i < len(r.p) && (r.dropped[i] || r.p[i].kind == aLine || strings.Contains(".,;)", r.p[i].fold) || joinWords[r.p[i].fold]) {
		i++
	}
	return i
}
