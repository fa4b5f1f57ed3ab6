package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"

	"github.com/chromedp/chromedp"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
)

// What the coordinator of the fixture signs in with.
const (
	hanaPassword = "modra konev v lese"
	hanaTOTP     = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
)

// invitation is the token that sets up the account of eva, who is to help.
const invitation = "cJ3uKkq2vS8yR5tNw0Zb7LxPmHdFgE4aQiUoVjBnYsT"

// spelledPassword hashes it once for all tests: that is meant to be slow.
var spelledPassword = sync.OnceValue(func() string {
	spelled, err := door.NewHasher().Hash(context.Background(), hanaPassword)
	if err != nil {
		panic(err)
	}
	return spelled
})

// session begins a session of an account and gives the value of its cookie.
func (h *house) session(tenant, account string, strong bool) string {
	h.t.Helper()
	secret, now := link.NewSecret(), h.now()
	h.must(h.officeOf(tenant).Records.AddSession(context.Background(), engine.Session{Hash: link.SecretHash(secret), Account: account,
		CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(engine.SessionLength), Strong: strong}))
	return secret
}

// signInAs puts a session of an account of this town into the browser.
func (h *house) signInAs(account string) {
	h.t.Helper()
	u, err := url.Parse(h.server.URL)
	h.must(err)
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: cookieName, Value: h.session("klatovy", account, true), Path: "/"}})
}

// add stores accounts of a town.
func (h *house) add(tenant string, accounts ...engine.Account) {
	h.t.Helper()
	h.must(h.officeOf(tenant).Records.Commit(context.Background(),
		engine.Change{At: h.now(), Actor: who, Event: "added", Subject: "accounts", Accounts: accounts}))
}

// code gives what the coordinator's authenticator shows now.
func (h *house) code() string { return door.Code(hanaTOTP, h.now()) }

// signIn types the coordinator's address and password, and her code.
func (w window) signIn() []step {
	return []step{
		w.goTo("/stul/prihlaseni"), chromedp.SendKeys(chromedp.CSS("#email"), "kpss@klatovy.example"),
		chromedp.SendKeys(chromedp.CSS("#heslo"), hanaPassword), chromedp.Click(chromedp.CSS("main form.narrow button")),
		chromedp.WaitVisible(chromedp.CSS("#kod")), chromedp.SendKeys(chromedp.CSS("#kod"), w.code()),
		chromedp.Click(chromedp.CSS("main form.narrow button")), chromedp.WaitVisible(chromedp.CSS("h1")),
	}
}

// discard is a log nobody reads.
func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
