package quote

import (
	"slices"
	"strings"
	"unicode"

	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// How items, titles and days begin a line. All folded.
var (
	itemNumber = pattern.New(`^[-*( ]*(?:(?:ad|bod|bodu|k bodu|c\.|cislo) ?)?(?:\d{1,2}(?:\.\d{1,2})*\.?(?:/\d{1,2}| ?[a-z]\b)?|[a-z]/\d{1,2}\b)(?: ?[.):=,;-]| [a-z]|$)(?: *\d)?`)
	aTitle     = pattern.New(`^(\d{1,3})[.)] ?\S`)
	aDate      = pattern.New(`^[-*( ]*\d{1,2}(?:[:.]\d{2}\b|\. ?(?:\d{1,2}\.(?: ?\d{4}|$| [^\d ])|(?:ledna|leden|unora?|brezna|brezen|dubna|duben|kvetna|kveten|cervna|cerven|cervence|cervenec|srpna|srpen|zari|rijna|rijen|listopadu?|prosince|prosinec|maje|januara|februara|marca|aprila|maja|juna|jula|augusta|septembra|oktobra|novembra|decembra)\b))`)
	quantity   = pattern.New(`^\d[\d ,]*(?:%|[^\d ,.):%-])`)
)

// startsItem reports whether a folded line begins with the number or code of an
// item: "2 ano", "ad 3)", "1.1a splneno". A day and a telephone do not.
func startsItem(folded string) bool {
	m := itemNumber.FindString(folded)
	if m == "" || aDate.MatchString(folded) {
		return false
	}
	return len(m) == len(folded) || !unicode.IsDigit(rune(m[len(m)-1]))
}

// isQuantity reports whether a line begins with how many there were. A status
// behind the number makes it the number of an item.
func isQuantity(l line) bool {
	rest := strings.TrimLeft(l.said, "0123456789,% ")
	return quantity.MatchString(l.folded) && !saysStatus(line{said: rest, folded: czech.Fold(rest)})
}

// startsLower reports whether the first letter is a small one.
func startsLower(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.IsLower(r)
		}
	}
	return false
}

// titleNumber gives the number of the item whose title the line of our letter
// holds, "" when it holds none.
func titleNumber(l line) string {
	m := aTitle.FindStringSubmatch(l.folded)
	if m == nil || aDate.MatchString(l.folded) {
		return ""
	}
	return m[1]
}

// An insertion is an answer between quoted lines, or below them.
type insertion struct {
	first    int      // its first line
	titles   []string // the numbers of the items between it and the answer before
	tail     bool     // the end of our letter stands there too
	end      int      // behind its last line
	numbered bool     // it begins with the number of its item
	above    bool     // the next quoted line is the title of an item
}

// anchors gives the number to put before the first line of an answer, by line.
// It is told by the letter above the answer, so only a quote that carries our
// marker or our token counts, and only a single item since the answer before.
// An answer that can be told from no item would be read as going on with the
// one before it: if it says a status, no answer gets a number. The same holds
// where answers seem to stand above the titles.
func (p *parting) anchors() map[int]string {
	depth, items, ok := p.letter()
	if !ok {
		return nil
	}
	insertions := p.insertions(depth)
	if len(insertions) > maxInsertions {
		return nil
	}
	numbers, known := map[int]string{}, false
	for i, a := range insertions {
		switch {
		case a.numbered:
			known = true
		case i == 0 && len(a.titles) == 0 && a.above:
			return nil
		case len(a.titles) == 1 && (!a.tail || items == 1):
			numbers[a.first], known = a.titles[0]+") ", true
		case len(a.titles) == 0 && !a.tail && known: // more of the same answer
		case i == len(insertions)-1 && known && p.belowLast(a):
			numbers[a.first] = a.titles[len(a.titles)-1] + ") "
		case p.says(a):
			return nil
		default:
			known = false
		}
	}
	return numbers
}

// belowLast reports whether an answer stands between the last title and the end
// of our letter, and items above it were left out: it can only be the last one's.
func (p *parting) belowLast(a insertion) bool {
	titles := slices.Clone(a.titles)
	slices.Sort(titles)
	return len(titles) > 1 && len(slices.Compact(titles)) == len(a.titles) && !a.tail && !a.above
}

// maxInsertions is how many answers a mail may have between quoted lines for
// numbers to be put there; no letter of ours has as many items.
const maxInsertions = 200

// says reports whether an answer says a status, as far as anybody reads on.
func (p *parting) says(a insertion) bool {
	for i := a.first; i < a.end; i++ {
		if i-a.first == maxInsertions || p.places[i] == mine && saysStatus(p.lines[i]) {
			return true
		}
	}
	return false
}

// insertions lists the answers below the first quoted line. A title in a letter
// quoted deeper or less deep counts twice: whose item it is nobody can tell.
func (p *parting) insertions(depth int) (out []insertion) {
	at := insertion{}
	inside, between := false, false
	for i, l := range p.lines {
		switch n := titleNumber(l); {
		case l.blank() || p.places[i] == signature:
		case p.places[i] == theirs:
			if between && len(out) > 0 && n != "" {
				out[len(out)-1].above = true
			}
			if n != "" {
				at.titles = append(at.titles, n)
			}
			if n != "" && l.depth != depth {
				at.titles = append(at.titles, n)
			}
			at.tail = at.tail || isMark(l) || strings.Contains(l.folded, "https://")
			inside, between = true, false
		case inside && !between:
			at.first, at.end, at.numbered = i, i+1, startsItem(l.folded)
			out, at, between = append(out, at), insertion{}, true
		case inside:
			out[len(out)-1].end = i + 1
		}
	}
	return out
}
