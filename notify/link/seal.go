package link

import (
	"crypto/ed25519"
	"encoding/base64"

	"splneno/engine"
)

// Sign puts the seal of a municipality on a message. Its key is made from the
// installation's, so that it is the same for as long as that one is kept; whoever
// has only seals cannot make another.
func (s *Signer) Sign(tenant string, message []byte) engine.Seal {
	key := ed25519.NewKeyFromSeed(s.mac("seal", tenant)[:ed25519.SeedSize])
	public := key.Public().(ed25519.PublicKey)
	return engine.Seal{Key: base64.StdEncoding.EncodeToString(public), Signature: base64.StdEncoding.EncodeToString(ed25519.Sign(key, message))}
}
