package czech

import (
	"slices"
	"strings"
)

// lacking says whether the text names what is missing, or why.
func (r *replyReader) lacking(s saying) bool {
	p := cutPieces(s.text)
	for i, w := range p {
		if hasStem(w.fold, lackStems) {
			return true
		}
		if s.status == fulfilled && s.qualifier == "" {
			continue
		}
		for _, phrase := range causePhrases {
			if spelledBy(p[i:], phrase) {
				return true
			}
		}
	}
	return false
}

func spelledBy(p []replyPiece, phrase []string) bool {
	return len(p) >= len(phrase) && slices.EqualFunc(p[:len(phrase)], phrase, func(w replyPiece, s string) bool { return w.fold == s })
}

func hasStem(word string, stems []string) bool {
	return slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(word, s) })
}
