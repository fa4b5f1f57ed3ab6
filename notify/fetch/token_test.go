package fetch

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// signIn is a sign-in server: it gives tokens that live so many seconds, or
// answers what it is told.
type signIn struct {
	*httptest.Server
	forms  []url.Values
	lives  int
	status int
	body   string
}

func newSignIn(t *testing.T) *signIn {
	s := &signIn{lives: 3600, status: http.StatusOK}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		s.forms = append(s.forms, r.PostForm)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(s.status)
		if s.body != "" {
			_, _ = io.WriteString(w, s.body)
			return
		}
		_, _ = fmt.Fprintf(w, `{"access_token":"token-%d","token_type":"Bearer","expires_in":%d}`, len(s.forms), s.lives)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestMicrosoftTokens(t *testing.T) {
	s := newSignIn(t)
	tokens := Microsoft("tenant", "app", "tajemstvi", s.URL)
	for range 3 {
		if got, err := tokens.Token(context.Background()); got != "token-1" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	want := url.Values{"grant_type": {"client_credentials"}, "client_id": {"app"}, "client_secret": {"tajemstvi"}, "scope": {"https://outlook.office365.com/.default"}}
	if len(s.forms) != 1 || s.forms[0].Encode() != want.Encode() {
		t.Errorf("asked with %v", s.forms)
	}
	s.lives = 61 // less than a minute is as good as over
	tokens = Microsoft("tenant", "app", "tajemstvi", s.URL)
	for i, want := range []string{"token-2", "token-3"} {
		if got, err := tokens.Token(context.Background()); got != want || err != nil {
			t.Errorf("%d: %q, %v", i, got, err)
		}
	}
}

func TestTokenErrorsHoldNoSecrets(t *testing.T) {
	s := newSignIn(t)
	for body, want := range map[string]string{
		`{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided: tajemstvi for app mesto@example.cz"}`: "(invalid_client, AADSTS7000215)",
		`{"error":"tajemstvi mesto@example.cz"}`: "(no reason)",
		`tajemstvi`:                              "(no reason)",
	} {
		s.status, s.body = http.StatusUnauthorized, body
		_, err := Microsoft("tenant", "app", "tajemstvi", s.URL).Token(context.Background())
		if engine.CodeOf(err) != engine.Unavailable || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "tajemstvi") || strings.Contains(err.Error(), "mesto@") {
			t.Errorf("%s: %v", body, err)
		}
	}
	s.status, s.body = http.StatusOK, `{"access_token":""}`
	if _, err := Microsoft("tenant", "app", "tajemstvi", s.URL).Token(context.Background()); engine.CodeOf(err) != engine.Unavailable {
		t.Error(err)
	}
	s.Close()
	if _, err := Microsoft("tenant", "app", "tajemstvi", s.URL).Token(context.Background()); err == nil || !strings.Contains(err.Error(), "cannot be reached") {
		t.Error(err)
	}
}

func TestGoogleTokens(t *testing.T) {
	s := newSignIn(t)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := json.Marshal(map[string]string{"type": "service_account", "client_email": "splneno@projekt.example", "private_key_id": "k1",
		"private_key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), "token_uri": s.URL})
	tokens, err := Google(file, "mesto@example.cz")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, err := tokens.Token(context.Background()); got != "token-1" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	parts := strings.Split(s.forms[0].Get("assertion"), ".")
	raw, _ := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct {
		Iss, Sub, Scope, Aud string
		Iat, Exp             int64
	}
	if err := json.Unmarshal(raw, &claims); err != nil || claims.Iss != "splneno@projekt.example" || claims.Sub != "mesto@example.cz" || claims.Scope != "https://mail.google.com/" || claims.Aud != s.URL {
		t.Errorf("%s, %v", raw, err)
	}
	if d := time.Duration(claims.Exp-claims.Iat) * time.Second; d <= 0 || d > time.Hour+time.Minute {
		t.Errorf("the request lives %v", d)
	}
	for _, bad := range []string{"", "{}", `{"client_email":"a","private_key":"tajemstvi"`, `{"client_email":"a","private_key":"b"}`} {
		if _, err := Google([]byte(bad), "x"); engine.CodeOf(err) != engine.Invalid || strings.Contains(err.Error(), "tajemstvi") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	broken, err := Google([]byte(`{"client_email":"a","private_key":"tajemstvi","token_uri":"`+s.URL+`"}`), "x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := broken.Token(context.Background()); engine.CodeOf(err) != engine.Unavailable || strings.Contains(err.Error(), "tajemstvi") {
		t.Error(err)
	}
}
