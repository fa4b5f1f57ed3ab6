// Package link makes and checks the secrets that travel in addresses: the
// tokens of answer pages and of replies, all derived from one key, so that
// nothing secret is stored anywhere. It also draws the random ones of sessions
// and invitations, seals what has to lie in the database or pass through a
// browser unread, and puts the seal of a municipality on its documents.
//
// It must not know whether a link is still valid, revoked or answered, nor who
// may do what: it only says whether a token was signed here. Start reading at
// [Signer.Token], then [Signer.Hash].
package link

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"splneno/engine"
)

// The parts of a token: bodyLen bytes name the request, checkLen bytes prove
// that the body was made here. 24 bytes are 32 characters without padding, so
// every token has exactly one spelling.
const (
	bodyLen  = 18
	checkLen = 6
	tokenLen = (bodyLen + checkLen) * 8 / 6
)

// A Signer signs and checks. It is safe for concurrent use.
type Signer struct {
	key  []byte
	base string
}

// New gives a signer with a key of [NewKey], and the address under which the
// pages are reached from outside, like "https://plan.klatovy.cz".
func New(key []byte, baseURL string) (*Signer, error) {
	if len(key) < keyLen {
		return nil, engine.Errorf(engine.Invalid, "the link key has %d bytes; it needs at least %d", len(key), keyLen)
	}
	if !strings.HasPrefix(baseURL, "http://") && !strings.HasPrefix(baseURL, "https://") {
		return nil, engine.Errorf(engine.Invalid, "the base address %q must begin with https:// (or http:// on this machine)", baseURL)
	}
	return &Signer{key: key, base: strings.TrimRight(baseURL, "/")}, nil
}

// Token gives the token of a request; always the same for the same serial, and
// another one when the serial is raised. A new round keeps the link: people
// find the page again in any mail of the season.
func (s *Signer) Token(tenant string, r engine.Request) string {
	body := s.mac("answer", tenant, r.Plan, r.Period, r.Organisation,
		strconv.Itoa(r.LinkSerial))[:bodyLen]
	return base64.RawURLEncoding.EncodeToString(append(body, s.check(body)...))
}

// Hash gives what is stored of a token. A token that was never signed here is
// NotFound, without asking anybody.
func (s *Signer) Hash(token string) (string, error) {
	// The length is checked first: the decoder skips line ends, and would give
	// one token several spellings.
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if len(token) != tokenLen || err != nil || len(raw) != bodyLen+checkLen ||
		!hmac.Equal(raw[bodyLen:], s.check(raw[:bodyLen])) {
		return "", engine.Errorf(engine.NotFound, "this link was not made here; use the address from the mail whole, as it stands there")
	}
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:]), nil
}

// AnswerURL gives the address of the answer page behind a token.
func (s *Signer) AnswerURL(token string) string { return s.base + "/o/" + token }

// DeskURL gives the address of the coordinator's desk.
func (s *Signer) DeskURL() string { return s.base + "/stul" }

func (s *Signer) check(body []byte) []byte {
	return s.mac("check", string(body))[:checkLen]
}

// mac is HMAC-SHA256 over a purpose and its parts, each with its length before
// it, so that no two lists of parts read alike and no purpose can stand in for
// another.
func (s *Signer) mac(purpose string, parts ...string) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(purpose + "\x00"))
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}
