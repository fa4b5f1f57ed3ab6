package check

import (
	"context"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"splneno/engine"
)

// DKIM looks at the public key under which a mail server signs mail of a
// domain.
func DKIM(ctx context.Context, dns Resolver, selector, domain string) Finding {
	name := fmt.Sprintf("DKIM key %s of %s", selector, domain)
	const publish = "publish the key your mail server signs with, or correct the selector"
	found, err := texts(ctx, dns, selector+"._domainkey."+domain, func(string) bool { return true })
	switch {
	case err != nil:
		return unanswered(name, err)
	case len(found) == 0:
		return Finding{name, Fail, "no record", publish}
	case len(found) > 1:
		return Finding{name, Fail, fmt.Sprintf("%d records: %s", len(found), line(strings.Join(found, " | "))), "leave one record under this selector"}
	}
	strength, err := readKey(found[0])
	switch {
	case err != nil:
		return Finding{name, Fail, line(found[0]) + " – " + line(err.Error()), publish}
	case strength.bits > 0 && strength.bits < 1024:
		return Finding{name, Fail, fmt.Sprintf("%s – RSA of %d bits, which nobody accepts", line(found[0]), strength.bits), "make a key of 2048 bits"}
	case strength.bits > 0 && strength.bits < 2048:
		return Finding{name, Warn, fmt.Sprintf("%s – RSA of %d bits", line(found[0]), strength.bits), "make a key of 2048 bits"}
	case strength.testing:
		return Finding{name, Warn, line(found[0]) + " – marked as a test (t=y)", "take t=y out: receivers may treat the mail as unsigned"}
	case strength.bits == 0:
		return Finding{name, Warn, line(found[0]) + " – Ed25519", "sign with an RSA key too: many receivers do not know Ed25519"}
	}
	return Finding{name, OK, fmt.Sprintf("%s – RSA of %d bits", line(found[0]), strength.bits), ""}
}

// A keyStrength is what a record says of its key; bits is 0 for Ed25519.
type keyStrength struct {
	bits    int
	testing bool
}

// readKey reads a record as RFC 6376, 3.6.1 asks. Its errors are Invalid.
func readKey(record string) (s keyStrength, err error) {
	values, ok := tags(record)
	version, said := values["v"]
	switch {
	case !ok:
		return s, engine.Errorf(engine.Invalid, "the record cannot be read")
	case said && (version != "DKIM1" || !strings.HasPrefix(strings.TrimSpace(record), "v")):
		return s, engine.Errorf(engine.Invalid, "the record does not begin with v=DKIM1")
	case strings.Join(strings.Fields(values["p"]), "") == "":
		return s, engine.Errorf(engine.Invalid, "the key is revoked (p is empty)")
	case values["h"] != "" && !listed(values["h"], "sha256"):
		return s, engine.Errorf(engine.Invalid, "the key allows no sha256 (h)")
	case values["s"] != "" && !listed(values["s"], "*") && !listed(values["s"], "email"):
		return s, engine.Errorf(engine.Invalid, "the key is not for mail (s)")
	}
	s.testing = listed(values["t"], "y")
	key, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(values["p"]), ""))
	if err != nil {
		return s, engine.Errorf(engine.Invalid, "the key is not whole (p is no base64)")
	}
	switch strings.ToLower(values["k"]) {
	case "", "rsa":
		s.bits, err = rsaBits(key)
		return s, err
	case "ed25519":
		if len(key) != ed25519.PublicKeySize {
			return s, engine.Errorf(engine.Invalid, "the key is not whole (Ed25519 of %d bytes)", len(key))
		}
		return s, nil
	}
	return s, engine.Errorf(engine.Invalid, "nobody knows keys of the kind %.60q", values["k"])
}

// listed reports whether a word stands in a list with colons.
func listed(list, word string) bool {
	return slices.ContainsFunc(strings.Split(list, ":"), func(s string) bool { return strings.TrimSpace(s) == word })
}

// rsaBits gives the length of a public key in either form that is used.
func rsaBits(key []byte) (int, error) {
	if any, err := x509.ParsePKIXPublicKey(key); err == nil {
		if public, ok := any.(*rsa.PublicKey); ok {
			return public.N.BitLen(), nil
		}
		return 0, engine.Errorf(engine.Invalid, "the key is not of the kind rsa, as the record says")
	}
	public, err := x509.ParsePKCS1PublicKey(key)
	if err != nil {
		return 0, engine.Errorf(engine.Invalid, "the key is not whole (p is no public key)")
	}
	return public.N.BitLen(), nil
}
