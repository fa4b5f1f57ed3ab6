package czech

import (
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

const largestNumber = 999 // of an item; a larger number is a year, a sum or a count

// A replyUnit is one item as a reply names it.
type replyUnit struct {
	item  string // number of the item, or as written
	index int    // of the item, -1 when it is none of ours
	part  string // label of a lettered part
	code  bool   // named by code
	sure  bool
	next  int // piece after it
}

// unitAt reads a number or a code at piece i. What may as well be a date, a
// year or a sum is none.
func (r *replyReader) unitAt(i int) (replyUnit, bool) {
	if u, ok := r.codeAt(i); ok {
		return u, true
	}
	if r.items == nil && r.upper(i) && len(r.at(i).fold) == 1 && r.at(i+1).fold == "/" && r.at(i+2).kind == aNumber && r.tight(i+1) && r.tight(i+2) {
		return replyUnit{item: r.text[r.p[i].from:r.p[i+2].to], index: -1, code: true, sure: true, next: i + 3}, true // "B/1"
	}
	if r.at(i).kind != aNumber || r.dateAt(i) || r.clockAt(i) {
		return replyUnit{}, false
	}
	end := i + 1
	for r.at(end).fold == "." && r.tight(end) && r.at(end+1).kind == aNumber && r.tight(end+1) {
		end += 2
	}
	number := end == i+1
	letter := ""
	if w := r.at(end); w.kind == aWord && r.tight(end) && len(w.fold) == 1 && w.fold != "x" && !r.wordGoesOn(end) {
		letter, end = w.fold, end+1
	}
	if r.at(end).fold == "/" && r.tight(end) && r.at(end+1).kind == aNumber && r.tight(end+1) {
		number, end = false, end+2
	}
	u := replyUnit{item: r.text[r.p[i].from:r.p[end-1].to], index: -1, next: end, code: !number || letter != ""}
	if number {
		return r.numberUnit(u, r.p[i].fold, letter)
	}
	r.measureUnit(&u)
	return u, true
}

func (r *replyReader) wordGoesOn(i int) bool {
	return r.tight(i+1) && (r.at(i+1).kind == aNumber || r.at(i+1).kind == aWord)
}

// numberUnit finds the item of a number, with the letter of a part or "".
func (r *replyReader) numberUnit(u replyUnit, digits, letter string) (replyUnit, bool) {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > largestNumber || r.thousandsAt(u.next) {
		return u, false
	}
	if r.items == nil {
		if letter == "" {
			u.item = strconv.Itoa(n)
		}
		u.sure = true
		return u, true
	}
	byNumber := slices.IndexFunc(r.items, func(it engine.ReplyItem) bool { return it.Number == n })
	byCode := slices.IndexFunc(r.items, func(it engine.ReplyItem) bool { return it.Code == digits })
	switch {
	case byNumber >= 0 && byCode >= 0 && byNumber != byCode:
		return u, false // nobody can tell which of the two is meant
	case byNumber < 0:
		byNumber = byCode
	}
	if byNumber < 0 {
		return u, true
	}
	if letter != "" && !r.hasPart(byNumber, letter) {
		return u, true
	}
	u.item, u.index, u.part, u.sure = strconv.Itoa(r.items[byNumber].Number), byNumber, letter, true
	return u, true
}

func (r *replyReader) hasPart(index int, letter string) bool {
	return slices.ContainsFunc(r.items[index].Parts, func(part string) bool { return Fold(part) == letter })
}

// measureUnit takes the code of a measure for its only item.
func (r *replyReader) measureUnit(u *replyUnit) {
	u.sure = r.items == nil && !(r.at(u.next).fold == "." && r.tight(u.next)) // "1.1." may be a day
	found := -1
	for k, it := range r.items {
		rest, ok := strings.CutPrefix(Fold(it.Code), Fold(u.item))
		if !ok || rest == "" || rest[0] != '/' && (rest[0] < 'a' || rest[0] > 'z') {
			continue
		}
		if found >= 0 {
			return
		}
		found = k
	}
	if found >= 0 {
		u.item, u.index, u.sure = strconv.Itoa(r.items[found].Number), found, true
	}
}

// codeAt finds the longest code of an item that stands at piece i. Only the
// letter may stand apart, before a bracket: "1.1 a)".
func (r *replyReader) codeAt(i int) (best replyUnit, ok bool) {
	for k, code := range r.codes {
		if len(code) < 2 || best.next >= i+len(code) || !r.spelled(i, code) {
			continue
		}
		end := i + len(code)
		last := r.at(end)
		if r.tight(end) && (last.kind == aWord || last.kind == aNumber || strings.Contains("./", last.fold) && r.at(end+1).kind == aNumber && r.tight(end+1)) {
			continue
		}
		date := r.dateAt(i)
		best, ok = replyUnit{item: strconv.Itoa(r.items[k].Number), index: k, code: true, sure: !date, next: end}, true
	}
	return best, ok
}

func (r *replyReader) spelled(i int, code []replyPiece) bool {
	for j, c := range code {
		p := r.at(i + j)
		if p.fold != c.fold {
			return false
		}
		apart := c.kind == aWord && r.at(i+j+1).fold == ")"
		if j > 0 && p.spaced && !apart {
			return false
		}
	}
	return true
}
