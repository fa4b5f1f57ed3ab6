package document

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"

	"splneno/engine"
)

// sealer gives the seal of an installation; another n is another one.
func sealer(n byte) func([]byte) engine.Seal {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
	return func(message []byte) engine.Seal {
		return engine.Seal{Key: base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)), Signature: base64.StdEncoding.EncodeToString(ed25519.Sign(key, message))}
	}
}
