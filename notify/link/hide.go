package link

import (
	"strings"

	"splneno/engine/pattern"
)

// maybeTokens finds what is as long as a token of ours and spelt like one: of a
// link, or of a reply.
var maybeTokens = pattern.New(`/(?:o|prehled)/[A-Za-z0-9_-]{32}|\b[A-Za-z2-7]{32}\b`)

// Hide gives a text with the links and reply tokens that were signed here left
// out: people quote our letters, and who reads a key in one could answer for
// somebody else. What only looks like one stays.
func (s *Signer) Hide(text string) string {
	return maybeTokens.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "/prehled/") { // whose it is, is not stored: any that may be one is left out
			return "/prehled/\u2026"
		}
		if token, ok := strings.CutPrefix(found, "/o/"); ok {
			if _, err := s.Hash(token); err == nil {
				return "/o/\u2026"
			}
			return found
		}
		if _, err := s.ReplyHash(strings.ToLower(found)); err == nil {
			return "\u2026"
		}
		return found
	})
}
