package fetch

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
	"golang.org/x/oauth2/jwt"

	"splneno/engine"
	"splneno/engine/pattern"
)

// Tokens gets access tokens and keeps each until a minute before its end. It is
// safe for concurrent use.
type Tokens struct {
	ask func(context.Context) (*oauth2.Token, error)

	mu  sync.Mutex
	now *oauth2.Token
}

// Microsoft gives tokens of an application of Microsoft 365 that may read the
// mailbox without a person (client credentials). Endpoint is where tokens are
// asked for, "" for Microsoft's own.
func Microsoft(tenant, clientID, secret, endpoint string) *Tokens {
	if endpoint == "" {
		endpoint = "https://login.microsoftonline.com/" + url.PathEscape(tenant) + "/oauth2/v2.0/token"
	}
	c := clientcredentials.Config{ClientID: clientID, ClientSecret: secret, TokenURL: endpoint,
		Scopes: []string{"https://outlook.office365.com/.default"}, AuthStyle: oauth2.AuthStyleInParams}
	return &Tokens{ask: c.Token}
}

// Google gives tokens of a service account of Google Workspace that acts for
// the user subject. The file is what Google hands out as JSON; it says itself
// where tokens are asked for. A file that is no such thing is Invalid.
func Google(file []byte, subject string) (*Tokens, error) {
	var key struct {
		Email    string `json:"client_email"`
		Key      string `json:"private_key"`
		KeyID    string `json:"private_key_id"`
		Endpoint string `json:"token_uri"`
	}
	// The error of the parser would quote the file.
	if err := json.Unmarshal(file, &key); err != nil || key.Email == "" || key.Key == "" || key.Endpoint == "" {
		return nil, engine.Errorf(engine.Invalid, "the file of the Google service account is not the JSON file Google hands out for a key; download it again")
	}
	c := jwt.Config{Email: key.Email, PrivateKey: []byte(key.Key), PrivateKeyID: key.KeyID, Subject: subject,
		Scopes: []string{"https://mail.google.com/"}, TokenURL: key.Endpoint}
	return &Tokens{ask: func(ctx context.Context) (*oauth2.Token, error) { return c.TokenSource(ctx).Token() }}, nil
}

// early is how long before its end a token is not used any more.
const early = time.Minute

// Token gives an access token. Its errors are Unavailable and hold no secret.
func (t *Tokens) Token(ctx context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now.Valid() {
		return t.now.AccessToken, nil
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Timeout: 30 * time.Second})
	token, err := t.ask(ctx)
	if err != nil {
		return "", engine.Errorf(engine.Unavailable, "no access token for the mailbox: %s", tokenReason(err))
	}
	if !token.Expiry.IsZero() {
		token.Expiry = token.Expiry.Add(-early)
	}
	t.now = token
	return token.AccessToken, nil
}

// The codes by which refusals are known; what else is said may hold names.
var (
	oauthCode     = pattern.New(`^[a-z_]{1,40}$`)
	microsoftCode = pattern.New(`\bAADSTS\d+\b`)
)

func tokenReason(err error) string {
	var said *oauth2.RetrieveError
	var network *url.Error
	switch {
	case errors.As(err, &said):
		code := said.ErrorCode
		var body struct{ Error string }
		if code == "" && json.Unmarshal(said.Body, &body) == nil {
			code = body.Error
		}
		if !oauthCode.MatchString(code) {
			code = "no reason"
		}
		if more := microsoftCode.FindString(string(said.Body)); more != "" {
			code += ", " + more
		}
		return "the sign-in server refused (" + code + "); check the application, its secret and its rights"
	case errors.As(err, &network):
		return "the sign-in server cannot be reached; " + network.Err.Error()
	}
	return "the key or the answer of the sign-in server cannot be used; check the key"
}
