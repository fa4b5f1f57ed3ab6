package czech

import (
	"slices"
	"strings"
)

// dateAt says that a day stands at piece i: "5. 6.", "30.6.2026", "3. května".
func (r *replyReader) dateAt(i int) bool {
	day, dot, month := r.at(i), r.at(i+1), r.at(i+2)
	if day.kind != aNumber || dot.fold != "." || len(day.fold) > 2 {
		return false
	}
	if month.kind == aWord {
		return dateMonth(month.fold) > 0
	}
	if month.kind != aNumber || len(month.fold) > 2 || number(month.fold) > 12 || number(month.fold) < 1 || number(day.fold) > 31 {
		return month.kind == aNumber && len(month.fold) == 4 && number(day.fold) <= 12 // "6. 2026"
	}
	return r.at(i+3).fold == "." && r.tight(i+3) && !(r.at(i+4).kind == aNumber && r.tight(i+4) && len(r.at(i+4).fold) < 4)
}

// clockAt says that a time stands at piece i: "10:30".
func (r *replyReader) clockAt(i int) bool {
	return r.at(i+1).fold == ":" && r.tight(i+1) && r.at(i+2).kind == aNumber && r.tight(i+2) && len(r.at(i+2).fold) == 2
}

// thousandsAt says that piece i goes on with a sum: "1 000".
func (r *replyReader) thousandsAt(i int) bool {
	return r.at(i).kind == aNumber && len(r.at(i).fold) == 3 && r.at(i).from-r.at(i-1).to <= 2
}

// statusAt says that words of a status begin at piece i.
func (r *replyReader) statusAt(i int) bool {
	for range 4 {
		if r.at(i).kind == aMark {
			_, ok := shortAnswers[r.at(i).fold]
			return ok
		}
		if r.at(i).kind != aWord {
			return false
		}
		if r.statusWordAt(i) || r.slipAt(i) {
			return true
		}
		if !auxiliaries[r.at(i).fold] {
			return false
		}
		i++
	}
	return false
}

func (r *replyReader) statusWordAt(i int) bool {
	words := r.words(i, longestSign)
	for n := len(words); n > 0; n-- {
		key := strings.Join(words[:n], " ")
		_, short := shortAnswers[key]
		_, foreign := plainForeign[key]
		_, only := onlyForeign[key]
		if short || foreign || only && r.foreign {
			return true
		}
	}
	for word := range r.own {
		if strings.HasPrefix(strings.Join(words, " "), Fold(word)) && word != "" {
			return true
		}
	}
	if s, n := signAt(words); n > 0 && s.sign != neutral && s.sign != unsure {
		return true
	}
	_, _, ok := participleOf(words[0])
	return ok
}

// counted says that the word at piece i is something a number counts.
func (r *replyReader) counted(i int) bool {
	p := r.at(i)
	if p.kind != aWord {
		return p.fold == "%" || p.fold == "×" || p.kind == aNumber
	}
	return slices.ContainsFunc(countStems, func(s string) bool {
		return p.fold == s || len(s) > 2 && strings.HasPrefix(p.fold, s)
	})
}
