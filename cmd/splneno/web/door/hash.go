package door

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// A cost is what argon2id is asked to spend. 19 MiB, two passes and one lane
// is what OWASP's cheat sheet names first: on the small machine of a town it
// takes some tens of milliseconds.
type cost struct {
	memory, passes uint32
	lanes          uint8
}

var today = cost{memory: 19 << 10, passes: 2, lanes: 1}

const (
	saltLen = 16
	hashLen = 32
)

// A Hasher hashes and verifies passwords, two at a time: a crowd of tries waits
// its turn instead of eating the machine's memory.
type Hasher struct {
	turns chan struct{}
	dummy string
}

// NewHasher gives a hasher.
func NewHasher() *Hasher {
	h := &Hasher{turns: make(chan struct{}, 2)}
	h.dummy = today.spell(random(saltLen), random(hashLen))
	return h
}

// Hash gives a password as it is stored: argon2id in its usual spelling.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := random(saltLen)
	key, err := h.key(ctx, password, salt, today)
	if err != nil {
		return "", err
	}
	return today.spell(salt, key), nil
}

// Verify reports whether the password is the one stored; stale when it was
// hashed at another cost than today's and should be hashed again. With stored
// "" the same time is spent on nothing, so that nobody learns from the clock
// whether there is such an account. The error is the context's.
func (h *Hasher) Verify(ctx context.Context, password, stored string) (ok, stale bool, err error) {
	known := stored != ""
	if !known {
		stored = h.dummy
	}
	c, salt, want, err := read(stored)
	if err != nil {
		return false, false, err
	}
	got, err := h.key(ctx, password, salt, c)
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(got, want) == 1 && known
	return ok, ok && c != today, nil
}

// key waits for a turn and computes.
func (h *Hasher) key(ctx context.Context, password string, salt []byte, c cost) ([]byte, error) {
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.turns }()
	if len(password) > 4*MaxPassword { // nothing that long was ever chosen
		password = password[:4*MaxPassword]
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.passes, c.memory, c.lanes, hashLen), nil
}

func (c cost) spell(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes, b.EncodeToString(salt), b.EncodeToString(key))
}

// read understands a stored password. Its limits keep a row somebody tampered
// with from asking for all the memory there is.
func read(stored string) (c cost, salt, key []byte, err error) {
	bad := fmt.Errorf("a stored password is damaged")
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, bad
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil {
		return c, nil, nil, bad
	}
	if c.memory < 8 || c.memory > 256<<10 || c.passes < 1 || c.passes > 16 || c.lanes < 1 || c.lanes > 8 {
		return c, nil, nil, bad
	}
	salt, saltErr := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(key) != hashLen {
		return c, nil, nil, bad
	}
	return c, salt, key, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // documented never to fail
	return b
}
