package czech

import (
	"slices"
	"strings"
	"unicode/utf8"

	"splneno/engine"
)

const longestReply = 100 << 10 // bytes; what follows is not read

// ReadReply reads what a reply says of the items it was asked about. own are the
// municipality's words for statuses. Without items any number or code stands
// for itself, and "vše" is the item "*"; with items an answer names the number
// of its item whenever it can be told. What belongs to no item is an answer of
// the item "". A status is given only when nobody could dispute it; it may
// still not be certain whose it is. A reply that holds nothing is not certain.
//
// It reads in three steps: courtesy is dropped, the rest is cut into passages
// at every mention of an item, and what each passage says is settled into one
// answer per item.
func ReadReply(text string, items []engine.ReplyItem, own map[string]string) engine.ReplyReading {
	r := newReplyReader(strings.TrimSpace(cutReply(strings.TrimSpace(text))), items, own)
	r.dropCourtesy()
	passages := r.passages()
	return r.settle(r.read(passages))
}

func cutReply(text string) string {
	if len(text) <= longestReply {
		return text
	}
	end := longestReply
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// A replyReader holds a reply while it is read.
type replyReader struct {
	text    string
	p       []replyPiece
	dropped []bool   // pieces of courtesy, signatures and marks of ours
	looks   bool     // the courtesy points to an attachment
	aside   []string // sentences that send the reader elsewhere for the answers
	foreign bool     // it is English or German: no Czech or Slovak word of an answer is in it
	items   []engine.ReplyItem
	own     map[string]string
	codes   [][]replyPiece // of items
	titles  [][]string     // stems of the words of the titles
	shared  map[string]int
}

func newReplyReader(text string, items []engine.ReplyItem, own map[string]string) *replyReader {
	r := &replyReader{text: text, p: cutPieces(text), items: items, own: own, shared: map[string]int{}}
	r.dropped = make([]bool, len(r.p))
	said := func(words map[string]bool) bool {
		return slices.ContainsFunc(r.p, func(p replyPiece) bool { return words[p.fold] })
	}
	r.foreign = said(abroadWords) && !said(homeWords)
	for _, it := range items {
		r.codes = append(r.codes, cutPieces(it.Code))
		stems := titleStems(cutPieces(it.Title))
		r.titles = append(r.titles, stems)
		for _, s := range stems {
			r.shared[s]++
		}
	}
	return r
}
