package engine

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// A Print is what the documents of an evaluation are made of, whole: the same
// Print gives the same bytes.
type Print struct {
	Evaluation  Evaluation // as told, or as everybody may read it; see [Evaluation.Told]
	Resolutions []Resolution
	Layout      []byte // the town's own DOCX, nil for ours
	Address     string // where the documents are published, ending with "/"; "" where they are not
	Logo        []byte // PNG or JPEG, nil for none
	LogoType    string
	Sign        func(message []byte) Seal // nil for documents without a seal: drafts
}

// A Seal says that an installation vouches for a message: an Ed25519 signature
// with a key of the municipality's own.
type Seal struct {
	Key       string `json:"key"`       // the public key, base64
	Signature string `json:"signature"` // base64
}

// Fingerprint gives the key as people compare it: sixteen hexadecimal digits.
func (s Seal) Fingerprint() string {
	key, err := base64.StdEncoding.DecodeString(s.Key)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return ""
	}
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:8])
}

// Check says whether the seal is one of this very message. Whose key it is must
// be known from elsewhere: compare the fingerprint.
func (s Seal) Check(message []byte) error {
	key, err := base64.StdEncoding.DecodeString(s.Key)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return Errorf(Invalid, "the seal names no key")
	}
	signature, err := base64.StdEncoding.DecodeString(s.Signature)
	if err != nil || !ed25519.Verify(key, message, signature) {
		return Errorf(Conflict, "the seal does not fit: what it was put on has been changed since, or it was put on something else")
	}
	return nil
}

// A Filed thing is a file a municipality keeps, by its name: the layout of its
// documents.
type Filed struct {
	Name, Type string
	Data       []byte
	Version    int
}

// LayoutFile is the name the layout of a municipality's documents is kept under.
const LayoutFile = "layout.docx"
