package link

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"splneno/engine"
)

// NewSecret gives 256 random bits as text: the value of a session's cookie, the
// token of an invitation. Unlike the tokens of answer pages it follows from
// nothing, and only its hash is stored.
func NewSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // documented never to fail
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// SecretHash gives what is stored of such a secret.
func SecretHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Seal closes a small secret that has to lie in the database, or travel through
// a browser and come back: it can be neither read nor altered, nor opened for
// another purpose than it was sealed for.
func (s *Signer) Seal(purpose string, secret []byte) string {
	box := s.box()
	nonce := make([]byte, box.NonceSize())
	_, _ = rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, secret, []byte(purpose)))
}

// Open gives what was sealed for this purpose. Anything else is Invalid.
func (s *Signer) Open(purpose, sealed string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	box := s.box()
	if err == nil && len(raw) >= box.NonceSize() {
		var secret []byte
		if secret, err = box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], []byte(purpose)); err == nil {
			return secret, nil
		}
	}
	return nil, engine.Errorf(engine.Invalid, "this was not sealed here for this purpose; begin again")
}

// box is AES-256-GCM under a key of its own, derived from the installation's.
// Both calls fail only for a key of a wrong length.
func (s *Signer) box() cipher.AEAD {
	block, err := aes.NewCipher(s.mac("seal"))
	if err != nil {
		panic(err)
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return box
}

// InviteURL gives the address behind which an account is set up.
func (s *Signer) InviteURL(token string) string { return s.base + "/stul/pozvani/" + token }

// Base gives the address under which the pages are reached from outside.
func (s *Signer) Base() string { return s.base }
