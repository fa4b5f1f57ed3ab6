package czech

import "strconv"

const mostUnits = 60 // in one list

// unitList reads "1, 2 a 4" and "1 až 3". With single it stops after the first.
func (r *replyReader) unitList(i int, single bool) (units []replyUnit, next int) {
	next = i
	for len(units) < mostUnits {
		u, ok := r.unitAt(i)
		if !ok {
			return units, next
		}
		units = append(units, u)
		next, i = u.next, u.next
		if single {
			return units, next
		}
		if r.at(i).fold == "." || r.at(i).fold == ")" {
			i++
		}
		from, to := u, replyUnit{}
		if end, isRange := r.rangeAt(i); isRange {
			if to, ok = r.unitAt(end); !ok {
				return units, next
			}
			between, ok := r.between(from, to)
			if !ok {
				return units, next
			}
			if r.at(i).fold == "-" && r.at(i).spaced { // "1 - 3 splněné akce": a dash may only separate
				sure := len(r.words(to.next, 3)) == 1
				for k := range between {
					between[k].sure = between[k].sure && sure
				}
				units[len(units)-1].sure = from.sure && sure
			}
			units = append(units, between...)
			next, i = to.next, to.next
			if r.at(i).fold == "." {
				i++
			}
		}
		joined := false
		for n := 0; n < 2 && joinWords[r.at(i).fold]; n++ {
			i, joined = i+1, true
		}
		if joined && refNouns[r.at(i).fold] {
			i++
		}
		if !joined {
			return units, next
		}
	}
	return units, next
}

func (r *replyReader) rangeAt(i int) (after int, ok bool) {
	f := r.at(i).fold
	if f == "az" || f == "-" || f == "bis" || f == "to" {
		return i + 1, true
	}
	return i, false
}

// between gives the units after from up to to.
func (r *replyReader) between(from, to replyUnit) (out []replyUnit, ok bool) {
	a, errA := strconv.Atoi(from.item)
	b, errB := strconv.Atoi(to.item)
	if errA != nil || errB != nil || from.code || to.code || a >= b || b-a > mostUnits {
		return nil, false
	}
	for n := a + 1; n <= b; n++ {
		u, ok := r.numberUnit(replyUnit{index: -1, item: strconv.Itoa(n)}, strconv.Itoa(n), "")
		if !ok {
			return nil, false
		}
		out = append(out, u)
	}
	return out, true
}
