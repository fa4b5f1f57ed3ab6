package link

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"splneno/engine"
)

const keyLen = 32

// NewKey gives a fresh random key.
func NewKey() ([]byte, error) {
	key := make([]byte, keyLen)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("link key: %w", err)
	}
	return key, nil
}

// FormatKey writes a key as [ParseKey] reads it: one line without spaces.
func FormatKey(key []byte) string { return base64.RawURLEncoding.EncodeToString(key) }

// ParseKey reads a key written by [FormatKey]; white space around it is allowed.
// Its error is Invalid and never shows the key.
func ParseKey(s string) ([]byte, error) {
	key, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimSpace(s))
	if err != nil || len(key) < keyLen {
		return nil, engine.Errorf(engine.Invalid, "the link key cannot be read; it is at least %d characters of A-Z a-z 0-9 - _", keyLen*4/3+1)
	}
	return key, nil
}

// Fingerprint gives eight hexadecimal digits that tell keys apart and are safe
// to store and to log.
func (s *Signer) Fingerprint() string { return hex.EncodeToString(s.mac("fingerprint")[:4]) }
