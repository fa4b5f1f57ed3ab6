package door

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// typable leaves out I, O, 0 and 1, which people mistake for one another.
var typable = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// recoveryCodes is how many somebody gets to print out.
const recoveryCodes = 8

// NewRecovery draws single-use codes of 80 bits for whoever loses the second
// factor, and gives them with the hashes that are stored. With 80 bits of
// chance a plain hash is enough: there is nothing to guess.
func NewRecovery() (codes, hashes []string) {
	for range recoveryCodes {
		c := typable.EncodeToString(random(10))
		codes, hashes = append(codes, strings.ReplaceAll(grouped(c), " ", "-")), append(hashes, recoveryHash(c))
	}
	return codes, hashes
}

// UseRecovery takes a code out of the hashes. Case, spaces and dashes do not
// matter.
func UseRecovery(hashes []string, typed string) (rest []string, ok bool) {
	i := slices.Index(hashes, recoveryHash(typed))
	if i < 0 {
		return hashes, false
	}
	return slices.Delete(slices.Clone(hashes), i, i+1), true
}

func recoveryHash(code string) string {
	bare := strings.NewReplacer("-", "", " ", "", "\u00a0", "").Replace(strings.ToUpper(code))
	sum := sha256.Sum256([]byte(bare))
	return hex.EncodeToString(sum[:])
}

// grouped writes a code in groups of four, as people read it aloud.
func grouped(code string) string {
	var groups []string
	for part := range slices.Chunk([]byte(code), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, " ")
}

// base32Secret reads the secret of an authenticator.
func base32Secret(secret string) ([]byte, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return nil, fmt.Errorf("the secret of an authenticator is damaged")
	}
	return raw, nil
}
