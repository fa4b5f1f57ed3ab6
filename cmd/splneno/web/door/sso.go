package door

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"splneno/engine"
)

// SSO signs people in at an issuer of OpenID Connect: Entra ID, Keycloak, or
// another one. The issuer is asked for its addresses when it is first needed,
// so that the program starts while it is away.
type SSO struct {
	Issuer, Client, Secret string
	Back                   string           // our address it sends people back to
	Now                    func() time.Time // when a token counts as expired

	mu       sync.Mutex
	provider *oidc.Provider
}

// An Errand is what a browser carries, sealed, to the issuer and back: it
// proves that the answer is to a question of that very browser.
type Errand struct{ State, Nonce, Verifier string }

// An Identity is whom the issuer vouches for.
type Identity struct {
	Subject string // issuer and subject: never given to anybody else
	Email   string // lower case, "" unless the issuer verified it
}

// patience is how long the issuer may take.
const patience = 10 * time.Second

// Begin gives the address to go to, and the errand.
func (s *SSO) Begin(ctx context.Context) (address string, e Errand, err error) {
	config, err := s.config(ctx)
	if err != nil {
		return "", e, err
	}
	e = Errand{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier()}
	return config.AuthCodeURL(e.State, oidc.Nonce(e.Nonce), oauth2.S256ChallengeOption(e.Verifier)), e, nil
}

// Finish takes what the issuer sent back.
func (s *SSO) Finish(ctx context.Context, e Errand, state, code string) (Identity, error) {
	if e.State == "" || subtle.ConstantTimeCompare([]byte(e.State), []byte(state)) != 1 {
		return Identity{}, engine.Errorf(engine.Forbidden, "this sign-in was not begun in this browser")
	}
	config, err := s.config(ctx)
	if err != nil {
		return Identity{}, err
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(e.Verifier))
	if err != nil {
		return Identity{}, engine.Errorf(engine.Forbidden, "the single sign-on does not accept the code it sent")
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := s.provider.Verifier(&oidc.Config{ClientID: s.Client, Now: s.Now}).Verify(ctx, raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(e.Nonce)) != 1 {
		return Identity{}, engine.Errorf(engine.Forbidden, "the single sign-on sent a token that does not hold")
	}
	return identity(id)
}

// identity reads the claims. An address counts only where the issuer says that
// it verified it: anybody may type any address into a profile.
func identity(id *oidc.IDToken) (Identity, error) {
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := id.Claims(&claims); err != nil {
		return Identity{}, engine.Errorf(engine.Forbidden, "the single sign-on sent claims that cannot be read")
	}
	out := Identity{Subject: id.Issuer + " " + id.Subject}
	if claims.Verified {
		out.Email = strings.ToLower(claims.Email)
	}
	return out, nil
}

func (s *SSO) config(ctx context.Context) (*oauth2.Config, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.provider == nil {
		ctx, cancel := s.bounded(ctx)
		defer cancel()
		p, err := oidc.NewProvider(ctx, s.Issuer)
		if err != nil {
			return nil, engine.Errorf(engine.Unavailable, "the single sign-on does not answer; check --oidc-issuer: %w", err)
		}
		s.provider = p
	}
	return &oauth2.Config{ClientID: s.Client, ClientSecret: s.Secret, Endpoint: s.provider.Endpoint(), RedirectURL: s.Back,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}, nil
}

func (s *SSO) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: patience})
	return context.WithTimeout(ctx, patience)
}
