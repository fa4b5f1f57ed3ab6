package door

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Passkeys holds the ceremonies with authenticators of the browser.
type Passkeys struct{ at *webauthn.WebAuthn }

// A Holder is whoever a passkey belongs to.
type Holder struct {
	ID    string   // the account; the passkey carries it
	Name  string   // what the browser lists it under
	Label string   // the person
	Keys  [][]byte // credentials as [Passkeys] gave them
}

// NewPasskeys gives the ceremonies of pages at base. It is nil where browsers
// know no passkeys: at a bare address, or without TLS on another machine.
func NewPasskeys(base, name string) (*Passkeys, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, nil
	}
	at, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired}})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Passkeys{at}, nil
}

// Enrol gives what the browser asks an authenticator for, and what to remember
// until it answers.
func (p *Passkeys) Enrol(h Holder) (options, memory []byte, err error) {
	user, err := h.user()
	if err != nil {
		return nil, nil, err
	}
	ask, session, err := p.at.BeginRegistration(user, webauthn.WithExclusions(webauthn.Credentials(user.keys).CredentialDescriptors()))
	return written(ask, session, err)
}

// Enrolled checks the authenticator's answer and gives the credential to store.
func (p *Passkeys) Enrolled(h Holder, memory, answer []byte) ([]byte, error) {
	user, err := h.user()
	if err != nil {
		return nil, err
	}
	session, err := remembered(memory)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, fmt.Errorf("passkey: %w", err)
	}
	key, err := p.at.CreateCredential(user, session, parsed)
	if err != nil {
		return nil, fmt.Errorf("passkey: %w", err)
	}
	return json.Marshal(key)
}

// Ask gives what the browser asks for when somebody signs in, whoever it is.
func (p *Passkeys) Ask() (options, memory []byte, err error) {
	ask, session, err := p.at.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	return written(ask, session, err)
}

// Answered checks the authenticator's answer. find gives whose passkey it is by
// the id it carries. It gives that id, which of the keys answered, and that key
// as it is to be stored now. A key whose counter went back is refused: there
// are two of it.
func (p *Passkeys) Answered(memory, answer []byte, find func(id string) (Holder, error)) (id string, n int, key []byte, err error) {
	session, err := remembered(memory)
	if err != nil {
		return "", 0, nil, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", 0, nil, fmt.Errorf("passkey: %w", err)
	}
	var owner user
	used, err := p.at.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		h, err := find(string(handle))
		if err != nil {
			return nil, err
		}
		owner, err = h.user()
		return owner, err
	}, session, parsed)
	if err != nil {
		return "", 0, nil, fmt.Errorf("passkey: %w", err)
	}
	if used.Authenticator.CloneWarning {
		return "", 0, nil, fmt.Errorf("passkey: its counter went back, so there may be a copy of it")
	}
	for i, k := range owner.keys {
		if string(k.ID) == string(used.ID) {
			n = i
		}
	}
	key, err = json.Marshal(used)
	return owner.ID, n, key, err
}

// user is a holder as the library asks for one.
type user struct {
	Holder
	keys []webauthn.Credential
}

func (h Holder) user() (user, error) {
	u := user{Holder: h}
	for _, data := range h.Keys {
		var k webauthn.Credential
		if err := json.Unmarshal(data, &k); err != nil {
			return u, fmt.Errorf("a stored passkey is damaged: %w", err)
		}
		u.keys = append(u.keys, k)
	}
	return u, nil
}

// WebAuthnID gives what a passkey carries.
func (u user) WebAuthnID() []byte { return []byte(u.ID) }

// WebAuthnName gives what the browser lists it under.
func (u user) WebAuthnName() string { return u.Name }

// WebAuthnDisplayName gives the person.
func (u user) WebAuthnDisplayName() string { return u.Label }

// WebAuthnCredentials gives the keys.
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }

func written(options any, session *webauthn.SessionData, err error) ([]byte, []byte, error) {
	if err != nil {
		return nil, nil, fmt.Errorf("passkey: %w", err)
	}
	o, err := json.Marshal(options)
	if err != nil {
		return nil, nil, err
	}
	m, err := json.Marshal(session)
	return o, m, err
}

func remembered(memory []byte) (s webauthn.SessionData, err error) {
	if err = json.Unmarshal(memory, &s); err != nil {
		err = fmt.Errorf("passkey: %w", err)
	}
	return s, err
}
