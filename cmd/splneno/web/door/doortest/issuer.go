// Package doortest is a small issuer of OpenID Connect for tests: a discovery
// document, keys, and tokens that are right unless a test wants them wrong.
//
// It must not be imported by anything but tests. Start reading at [NewIssuer].
package doortest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// An Issuer vouches for people.
type Issuer struct {
	URL    string
	key    *rsa.PrivateKey
	other  *rsa.PrivateKey
	mu     sync.Mutex
	grants map[string]grant // by code
}

type grant struct {
	challenge string
	claims    map[string]any
}

// NewIssuer starts one.
func NewIssuer(t *testing.T) *Issuer {
	t.Helper()
	i := &Issuer{grants: map[string]grant{}}
	for _, k := range []**rsa.PrivateKey{&i.key, &i.other} {
		var err error
		if *k, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			t.Fatal(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", i.discovery)
	mux.HandleFunc("GET /keys", i.keys)
	mux.HandleFunc("POST /token", i.token)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	i.URL = server.URL
	return i
}

// Code gives the code that is sent back for an authorisation request, whose
// token will say the claims; nil leaves one out.
func (i *Issuer) Code(asked url.Values, subject string, claims map[string]any) string {
	all := map[string]any{"iss": i.URL, "sub": subject, "aud": asked.Get("client_id"), "nonce": asked.Get("nonce"),
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix()}
	for k, v := range claims {
		if all[k] = v; v == nil {
			delete(all, k)
		}
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	code := rand.Text()
	i.grants[code] = grant{asked.Get("code_challenge"), all}
	return code
}

func (i *Issuer) discovery(w http.ResponseWriter, _ *http.Request) {
	write(w, map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token",
		"jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
}

func (i *Issuer) keys(w http.ResponseWriter, _ *http.Request) {
	write(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
		"n": b64(i.key.N.Bytes()), "e": b64(big.NewInt(int64(i.key.E)).Bytes())}}})
}

// token gives the token for a code, once, to whoever holds the verifier.
func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	g, ok := i.grants[r.FormValue("code")]
	delete(i.grants, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || g.challenge != b64(sum[:]) {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	key := i.key
	if g.claims["forged"] != nil {
		key = i.other
	}
	write(w, map[string]any{"access_token": "x", "token_type": "Bearer", "expires_in": 3600, "id_token": sign(key, g.claims)})
}

func sign(key *rsa.PrivateKey, claims map[string]any) string {
	body, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	text := b64([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + b64(body)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return text + "." + b64(signature)
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}
