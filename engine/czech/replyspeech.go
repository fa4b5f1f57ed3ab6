package czech

import (
	"slices"
	"strings"
)

// What stands in a reply need not be said by its writer, or not now: he repeats
// an older letter, quotes ours, or takes back what he wrote. No status is taken
// from such words.

// reportStems begin the words that lead to somebody's or some other answer:
// "loni jsme psali: 1 ano".
var reportStems = []string{
	"loni", "lonsk", "vloni", "predlon", "minul", "predchoz", "predesl", "puvodn", "drive", "vlani", "predtym", "povodn", "last",
	"pise", "psal", "napsal", "uvedl", "uvadel", "uviedl", "tvrd", "rika", "rikal", "rekl", "znel", "priklad", "naprikl", "vzor", "treba", "staci", "wrote", "said", "example",
}

// unsettledStems begin the words of a sentence that leads to what is wished,
// planned or asked: "na rok 2026 plánujeme: 1 ano".
var unsettledStems = []string{"plan", "pristi", "navrh", "predvypl", "muzu", "muzeme", "mohu", "mohli", "napsat", "zapsat", "psat", "uvest", "chce", "chtel", "myslite", "bude"}

// introStems begin the words of a sentence that leads to answers of its writer,
// whatever year it names: "k plnění plánu za rok 2025 uvádíme".
var introStems = []string{"uvad", "sdel", "zasil", "posil", "stav", "odpov", "vyjadr", "vyhodnoc", "oznam", "zadost", "plneni"}

// reported says that the sentence before the mention of passage k leads to what
// its writer does not answer now.
func (r *replyReader) reported(passages []passage, k int) bool {
	p, from := passages[k], 0
	if k > 0 {
		from = passages[k-1].from
	}
	i := p.start
	for i > from && !(r.p[i-1].kind == aLine && r.at(i-2).fold != ":" && r.parts(i-1)) && !(strings.Contains(".!?", r.p[i-1].fold) && r.parts(i-1)) {
		i--
	}
	before := p.start - 1
	for before > from && (r.p[before].kind == aLine || strings.Contains("„\"“", r.p[before].fold)) {
		before--
	}
	if k == 0 || len(passages[k-1].units) > 0 && r.at(before).fold != ":" {
		return false
	}
	introduced := r.anyStem(stretch{from: i, to: p.start}, introStems)
	for ; i < p.start; i++ {
		f := r.p[i].fold
		switch {
		case addressWords[r.at(i-1).fold]: // the name of whom he writes to
		case f == "napr", doubtWords[f], hasStem(f, reportStems), r.p[i].kind == aNumber && r.statusAt(i+1):
			return true
		case !introduced && (hasStem(f, unsettledStems) || r.p[i].kind == aWord && denies(f) || r.otherYear(f)):
			return true
		}
	}
	return false
}

var addressWords = wordSet(`pani pane pan slecno pania`)

// quotations marks the pieces that stand between quotation marks of one line.
func (r *replyReader) quotations() []bool {
	inside := make([]bool, len(r.p))
	open := -1
	for i, p := range r.p {
		switch {
		case p.kind == aLine && r.at(i+1).kind == aLine:
			open = -1
		case open >= 0 && strings.Contains("\"“”«'’", p.fold):
			for k := open; k < i; k++ {
				inside[k] = true
			}
			open = -1
		case strings.Contains("„\"“”»‚", p.fold):
			open = i + 1
		}
	}
	return inside
}

// revokeWords take back what was said before.
var revokeWords = wordSet(`neplati neberte neber ignorujte ignoruj zapomente spletl spletla spletli splietol pomylil pomylila pomylili popletl popletla popletli
	storno opak obracene opacne prehodil prehodila prehodili`)

// revoked says that the reply takes something back without saying what stands
// instead. A correction of an item does.
func (r *replyReader) revoked(passages []passage) bool {
	return r.dated() || slices.ContainsFunc(passages, func(p passage) bool {
		if p.correct {
			return p.all || p.rest
		}
		for i := p.from; i < p.to; i++ {
			if revokeWords[r.p[i].fold] && r.at(i+1).fold != "pro" { // "to neplatí pro Plánici"
				return true
			}
		}
		return false
	})
}

// dated finds a sentence that puts all answers into another year: "To je za rok
// 2024."
func (r *replyReader) dated() bool {
	return slices.ContainsFunc(r.stretches(0, len(r.p)), func(c stretch) bool {
		first := r.p[c.from].fold
		return c.sentence && (first == "to" || first == "toto" || first == "udaje" || first == "odpovedi") && (r.anyStem(c, earlierStems) || r.otherYear(r.raw(c.from, c.to)))
	})
}

// another says that what a passage says is not what its writer answers now. What
// is reported goes on in its sentence; a list by lines to its end.
func (r *replyReader) another(passages []passage) []bool {
	quoted, all := r.quotations(), r.revoked(passages)
	out := make([]bool, len(passages))
	follows, list := false, false
	for k, p := range passages {
		mentions := len(p.units) > 0 || p.all || p.rest
		line := r.placeOf(p.start) == lineStart
		if r.reported(passages, k) {
			follows, list = true, line
		}
		follows = mentions && follows && (list || !line)
		out[k] = all || follows || mentions && quoted[p.start]
	}
	return out
}
