package link

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

// lower is an alphabet that survives mail servers which change the case of an
// address.
var lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// The parts of a reply token: 16 bytes name the request, 4 bytes tell a token
// of ours from a word. 20 bytes are 32 characters without padding.
const (
	replyBody  = 16
	replyCheck = 4
	replyLen   = (replyBody + replyCheck) * 8 / 5
)

// ReplyToken gives the token that replies about a request carry in their
// address, Message-ID and text. It is another one than the link's: who sees it
// in a forwarded or quoted mail can open no page with it.
func (s *Signer) ReplyToken(tenant string, r engine.Request) string {
	body := s.mac("reply", tenant, r.Plan, r.Period, r.Organisation, strconv.Itoa(r.LinkSerial))[:replyBody]
	return lower.EncodeToString(append(body, s.mac("reply check", string(body))[:replyCheck]...))
}

// ReplyHash gives what is stored of a reply token. A token that was never
// signed here is NotFound, without asking anybody.
func (s *Signer) ReplyHash(token string) (string, error) {
	raw, err := lower.DecodeString(token)
	if len(token) != replyLen || err != nil || len(raw) != replyBody+replyCheck ||
		!hmac.Equal(raw[replyBody:], s.mac("reply check", string(raw[:replyBody]))[:replyCheck]) {
		return "", engine.Errorf(engine.NotFound, "this mark of a reply was not made here")
	}
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:]), nil
}

// ReplyTokens finds the reply tokens in a text that were signed here, each once
// and in lower case, in the order they stand.
func (s *Signer) ReplyTokens(text string) []string {
	var out []string
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && inToken(text[i]) {
			continue
		}
		if i-start == replyLen {
			token := strings.ToLower(text[start:i])
			if _, err := s.ReplyHash(token); err == nil && !slices.Contains(out, token) {
				out = append(out, token)
			}
		}
		start = i + 1
	}
	return out
}

// inToken reports whether a byte can stand in a reply token, in either case.
func inToken(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '2' && b <= '7'
}
