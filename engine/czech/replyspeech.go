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

// reported says that the sentence before piece i reports, up to i.
func (r *replyReader) reported(i int) bool {
	for k := i - 1; k >= 0; k-- {
		p := r.p[k]
		if p.kind == aLine && r.at(k-1).fold != ":" && r.parts(k) || strings.Contains(".!?", p.fold) && r.parts(k) {
			return false
		}
		if p.kind == aWord && (hasStem(p.fold, reportStems) || p.fold == "napr") {
			return true
		}
	}
	return false
}

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
	storno obracene opacne prehodil prehodila prehodili`)

// revoked says that the reply takes something back without saying what stands
// instead. A correction of an item does.
func (r *replyReader) revoked(passages []passage) bool {
	return slices.ContainsFunc(passages, func(p passage) bool {
		if p.correct {
			return false
		}
		for i := p.from; i < p.to; i++ {
			if revokeWords[r.p[i].fold] && r.at(i+1).fold != "pro" { // "to neplatí pro Plánici"
				return true
			}
		}
		return false
	})
}

// another says that what a passage says is not what its writer answers now.
func (r *replyReader) another(passages []passage) []bool {
	quoted, all := r.quotations(), r.revoked(passages)
	out := make([]bool, len(passages))
	follows := false
	for k, p := range passages {
		mentions := len(p.units) > 0 || p.all || p.rest
		follows = mentions && (follows && r.placeOf(p.start) != lineStart || follows && r.reportedList(passages[:k]) || r.reported(p.start))
		out[k] = all || follows || mentions && quoted[p.start]
	}
	return out
}

// reportedList says that what was reported before is a list by lines.
func (r *replyReader) reportedList(before []passage) bool {
	for k := len(before) - 1; k >= 0 && len(before[k].units) > 0; k-- {
		if r.reported(before[k].start) {
			return r.placeOf(before[k].start) == lineStart
		}
	}
	return false
}
