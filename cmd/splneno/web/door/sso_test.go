package door

import (
	"context"
	"net/url"
	"testing"
	"time"

	"splneno/cmd/splneno/web/door/doortest"
	"splneno/engine"
)

func TestSSO(t *testing.T) {
	issuer := doortest.NewIssuer(t)
	s := &SSO{Issuer: issuer.URL, Client: "splneno", Secret: "tajne", Back: "https://plan.example/stul/prihlaseni/sso", Now: time.Now}
	ctx := context.Background()
	begin := func() (Errand, url.Values) {
		address, e, err := s.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		return e, u.Query()
	}
	e, q := begin()
	if q.Get("code_challenge_method") != "S256" || q.Get("state") != e.State || q.Get("nonce") != e.Nonce || q.Get("redirect_uri") != s.Back || e.State == e.Nonce {
		t.Errorf("asked with %v", q)
	}
	for name, c := range map[string]struct {
		claims map[string]any
		spoil  func(e *Errand, state, code *string)
		want   Identity
	}{
		"verified":              {claims: map[string]any{"email": "Jana@Example.cz", "email_verified": true}, want: Identity{issuer.URL + " u1", "jana@example.cz"}},
		"not verified":          {claims: map[string]any{"email": "jana@example.cz"}, want: Identity{issuer.URL + " u1", ""}},
		"said not verified":     {claims: map[string]any{"email": "jana@example.cz", "email_verified": false}, want: Identity{issuer.URL + " u1", ""}},
		"another state":         {spoil: func(_ *Errand, state, _ *string) { *state = "x" }},
		"no errand":             {spoil: func(e *Errand, state, _ *string) { *e, *state = Errand{}, "" }},
		"another nonce":         {spoil: func(e *Errand, _, _ *string) { e.Nonce = "x" }},
		"no nonce":              {claims: map[string]any{"nonce": nil}},
		"another verifier":      {spoil: func(e *Errand, _, _ *string) { e.Verifier = "x" }},
		"a code nobody gave":    {spoil: func(_ *Errand, _, code *string) { *code = "x" }},
		"for somebody else":     {claims: map[string]any{"aud": "another"}},
		"of another issuer":     {claims: map[string]any{"iss": "https://zly.example"}},
		"expired":               {claims: map[string]any{"exp": time.Now().Add(-time.Hour).Unix()}},
		"signed by another key": {claims: map[string]any{"forged": true}},
	} {
		e, q := begin()
		code, state := issuer.Code(q, "u1", c.claims), q.Get("state")
		if c.spoil != nil {
			c.spoil(&e, &state, &code)
		}
		got, err := s.Finish(ctx, e, state, code)
		if got != c.want || (err == nil) != (c.want != Identity{}) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
		if c.want == (Identity{}) && engine.CodeOf(err) != engine.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSSOIsAway(t *testing.T) {
	s := &SSO{Issuer: "http://127.0.0.1:1", Client: "x", Secret: "tajemstvi", Now: time.Now}
	if _, _, err := s.Begin(context.Background()); engine.CodeOf(err) != engine.Unavailable {
		t.Error(err)
	}
}
