package czech

import (
	"strconv"
	"strings"
)

// A passage is a mention of items and what is said of them until the next.
type passage struct {
	mention
	start    int // first piece of the mention
	from, to int // pieces of the body
}

// passages cuts the reply at its mentions. The first passage mentions nothing.
func (r *replyReader) passages() (out []passage) {
	cur, last, depth := passage{}, 0, 0
	labels := -1 // item whose parts are being answered
	if len(r.items) == 1 {
		labels = 0
	}
	for i := 0; i < len(r.p); {
		if r.at(i-1).kind == aLine {
			depth = 0
		}
		m, ok := mention{}, false
		if !r.dropped[i] && depth == 0 && r.mayMention(i) {
			m, ok = r.nextMention(i, r.placeOf(i), cur, last, labels)
		}
		if !ok {
			if !r.numberInBrackets(i) {
				depth = deeper(depth, r.p[i].fold)
			}
			i++
			continue
		}
		cur.to = i
		out = append(out, cur)
		if len(m.units) == 1 && m.units[0].index >= 0 {
			m.next = r.afterSaying(r.afterTitle(m.next, m.units[0].index))
			labels = m.units[0].index
		} else {
			labels = -1
		}
		if n := lastNumber(m.units); n > 0 {
			last = n
		}
		m.next = max(m.next, i+1)
		cur = passage{mention: m, start: i, from: min(m.next, len(r.p))}
		i = cur.from
	}
	cur.to = len(r.p)
	return append(out, cur)
}

func deeper(depth int, mark string) int {
	switch mark {
	case "(", "[":
		return depth + 1
	case ")", "]":
		return max(0, depth-1)
	}
	return depth
}

func lastNumber(units []replyUnit) int {
	if len(units) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(units[len(units)-1].item)
	return n
}

// mayMention keeps the search off pieces at which no mention begins.
func (r *replyReader) mayMention(i int) bool {
	p := r.at(i)
	return p.kind == aNumber || p.kind == aWord || p.fold == "#"
}

// nextMention reads the mention at piece i, given the passage before it.
func (r *replyReader) nextMention(i int, where place, cur passage, last, labels int) (mention, bool) {
	if cur.all || cur.rest {
		if m, ok := r.exceptAt(i); ok {
			_, closer := r.closerAt(m.next)
			m.bare = closer == ""
			return m, true
		}
	}
	if m, ok := r.labelMention(i, where, labels, i == cur.from); ok {
		return m, true
	}
	if where == inside && r.at(i).kind == aWord && !refNouns[r.at(i).fold] {
		at := i
		if weakNouns[r.at(i).fold] {
			at++
		}
		if ordinals[r.at(at).fold] > 0 && r.whole(cur, i) { // "první ano druhé ne"
			return r.ordinalAt(at, clauseStart)
		}
		return mention{}, false
	}
	if where != lineStart && r.at(i-1).fold == "." && r.at(i-2).kind == aNumber && r.at(i).kind == aNumber {
		return mention{}, false // "5. 6." is a day
	}
	m, ok := r.mentionAt(i, where, last, r.whole(cur, i))
	if ok && m.named && len(cur.units) == 1 && cur.units[0].index == m.units[0].index {
		return mention{}, false // his sentence goes on with words of the title
	}
	if ok && m.named && len(cur.units) > 0 && i == cur.from {
		m.open = true // the number says one item and the title another
	}
	return m, ok
}

// labelMention reads the label of a lettered part: "a)", or "b ne".
func (r *replyReader) labelMention(i int, where place, index int, first bool) (mention, bool) {
	p := r.at(i)
	if index < 0 || p.kind != aWord || len(p.fold) != 1 || !r.hasPart(index, p.fold) {
		return mention{}, false
	}
	end, closer := r.closerAt(i + 1)
	bracket := closer == ")" || closer == ":"
	if !bracket && !(r.statusAt(end) && (first || where != inside && p.fold != "a")) {
		return mention{}, false
	}
	u := replyUnit{item: strconv.Itoa(r.items[index].Number), index: index, part: p.fold, sure: true}
	return mention{units: []replyUnit{u}, sure: true, next: end}, true
}

// whole says that what was said so far in the passage is a complete answer.
func (r *replyReader) whole(cur passage, i int) bool {
	const short = 6 // pieces
	to := i
	if r.at(to-1).fold == "a" || r.at(to-1).fold == "ale" {
		to--
	}
	if len(cur.units) == 0 || to <= cur.from || to-cur.from > short {
		return false
	}
	return r.phrase(strings.TrimSpace(r.text[r.p[cur.from].from:r.p[to-1].to])).certain
}

// placeOf says where piece i stands.
func (r *replyReader) placeOf(i int) place {
	before := i - 1
	for before >= 0 && (r.at(before).kind == aMark && strings.Contains("-*•·>#", r.at(before).fold) || r.numberInBrackets(before)) {
		before--
	}
	if b := r.at(before); b.kind == aLine && (before < 0 || !r.numberWraps(before)) || before >= 0 && r.dropped[before] {
		return lineStart
	}
	if b := r.at(i - 1); b.kind == aMark && (r.parts(i-1) || b.fold == "\"" || b.fold == ".") {
		return clauseStart
	}
	return inside
}

// numberInBrackets says that "(1)" begins at piece i.
func (r *replyReader) numberInBrackets(i int) bool {
	return r.at(i).fold == "(" && r.at(i+1).kind == aNumber && r.at(i+2).fold == ")"
}

// numberWraps says that the line break i stands inside a day or after a word
// that goes on.
func (r *replyReader) numberWraps(i int) bool {
	before := r.at(i - 1)
	return before.fold == "." && r.at(i-2).kind == aNumber && r.at(i+1).kind == aNumber || danglingWords[before.fold]
}
