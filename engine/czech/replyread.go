package czech

import (
	"slices"
	"strconv"
	"strings"
)

// A claim is one saying about one item.
type claim struct {
	item    string
	part    string
	index   int
	sure    bool // the item is
	correct bool
	words   string // the mention and what follows it
	silent  bool   // an exception of which nothing more is said
	saying
}

// A draft is everything a reply claims, before it is settled.
type draft struct {
	claims []claim
	whole  []claim // of "vše" and "ostatní"
	left   []string
	loose  map[string]string // items that stand where no mention was read
}

// read reads every passage.
func (r *replyReader) read(passages []passage) draft {
	var d draft
	if g, ok := r.groups(); ok {
		return draft{claims: g.claims, whole: g.whole, left: r.aside}
	}
	d.left, d.loose = r.aside, r.looseItems(passages)
	counts, reversed, another := r.counts(passages), r.statusFirst(), r.another(passages)
	for k, p := range passages {
		if len(p.units) == 0 && len(r.items) == 1 && !p.all && !p.rest {
			p.from = r.afterTitle(r.firstSaid(p.from, p.to), 0)
		}
		s := r.readBody(p.from, p.to)
		if p.except {
			s = r.readException(p)
		}
		counting := p.bare && (counts || r.manyAt(p))
		if p.open || another[k] || counting || reversed && len(r.items) != 1 {
			s.doubt()
		}
		switch {
		case p.all || p.rest:
			d.addWhole(r, p, s)
		case len(p.units) == 0:
			d.addLead(r, p, s, passages[k+1:])
			continue
		}
		for _, u := range p.units {
			if p.all || p.rest {
				d.claims = append(d.claims, claim{item: u.item, index: u.index, silent: true, saying: saying{status: unknown}})
				continue
			}
			if s.whole == "" && !p.except {
				continue
			}
			sure := u.sure && p.sure && !counting
			d.claims = append(d.claims, claim{item: u.item, part: u.part, index: u.index, sure: sure, correct: p.correct, words: r.textOf(p.start, p.to), silent: p.except && r.textOf(p.from, p.to) == "", saying: s})
		}
	}
	return d
}

// firstSaid gives the first piece of [from, to) that is neither courtesy nor a
// line break, from when there is none.
func (r *replyReader) firstSaid(from, to int) int {
	for i := from; i < to; i++ {
		if !r.dropped[i] && r.p[i].kind != aLine {
			return i
		}
	}
	return from
}

// addWhole takes in "vše splněno". Of all, only a plain denial is sure: "vše
// není splněno" may mean that a part is.
func (d *draft) addWhole(r *replyReader, p passage, s saying) {
	denied := s.status == unfulfilled && !strings.HasPrefix(r.at(p.from).fold, "nespln") && !p.rest
	if !s.certain || !p.sure || denied {
		d.left = append(d.left, r.textOf(p.start, p.to))
		return
	}
	d.whole = append(d.whole, claim{sure: true, saying: s})
}

// addLead takes in what stands before the first item: the answer when only one
// was asked about, else an introduction or a text nobody can place.
func (d *draft) addLead(r *replyReader, p passage, s saying, after []passage) {
	if s.whole == "" {
		return
	}
	if len(r.items) == 1 {
		if r.polite(p.from, p.to) {
			s.doubt()
		}
		d.claims = append(d.claims, claim{item: strconv.Itoa(r.items[0].Number), sure: true, saying: s})
		return
	}
	if said, ok := r.total(p); ok && len(after) == 0 {
		d.whole = append(d.whole, claim{sure: true, saying: said})
		return
	}
	if len(after) > 0 {
		if (after[0].all || after[0].rest) && s.certain && s.text == "" && r.readBody(after[0].from, after[0].to).status == s.status {
			return // "Ano, vše splněno."
		}
		last := p.to - 1
		for last > p.from && (r.p[last].kind == aLine || r.p[last].fold == "," || r.dropped[last] && !sayWords[r.p[last].fold]) {
			last--
		}
		telling := slices.ContainsFunc(r.stretches(p.from, p.to), func(c stretch) bool { return r.tells(c) })
		if (r.at(last).fold == ":" || sayWords[r.at(last).fold]) && !telling {
			return
		}
	}
	d.left = append(d.left, s.whole)
}

// readException reads ", ty probíhají" after "kromě 2 a 4".
func (r *replyReader) readException(p passage) saying {
	from := p.from
	for from < p.to && (r.at(from).kind == aMark || r.at(from).kind == aLine || answerFillers[r.at(from).fold]) {
		from++
	}
	s := r.readBody(from, p.to)
	if s.certain {
		return s
	}
	s.whole = r.textOf(p.start, p.to)
	s.text = s.whole
	return s
}

// manyAt says that a bare number may count what follows: "2 splněny".
func (r *replyReader) manyAt(p passage) bool {
	i := p.from
	for auxiliaries[r.at(i).fold] && !pluralStatus[r.at(i).fold] {
		i++
	}
	if p.units[0].item != "1" && pluralStatus[r.at(i).fold] {
		return true
	}
	_, _, participle := participleOf(r.at(i).fold)
	return participle && refNouns[r.at(i+1).fold] || participle && strings.HasPrefix(r.at(i+1).fold, "akc")
}

// counts says that the numbers may count items instead of naming them: "3
// splněno, 2 nesplněno" of five.
func (r *replyReader) counts(passages []passage) bool {
	sum, n, first := 0, 0, 0
	for _, p := range passages {
		if len(p.units) == 0 {
			continue
		}
		v := lastNumber(p.units)
		if answer := r.at(p.from).fold; !p.bare || v == 0 || answer == "ano" || answer == "jo" || answer == "ne" || answer == "nie" || answer == "ok" || n > 0 && r.placeOf(p.start) == lineStart {
			return false
		}
		if n == 0 {
			first = v
		}
		sum += v
		n++
	}
	return n > 1 && first != 1 && sum == len(r.items)
}
