package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
)

// freshFor is how long after signing in somebody may change what they prove
// themselves with: a browser left open must not be enough for that.
const freshFor = 15 * time.Minute

func (v visit) fresh() bool { return v.office.Now().Sub(v.session.CreatedAt) < freshFor }

// An accountPage is one's own account.
type accountPage struct {
	Account  engine.Account
	Sessions []engine.Session
	Current  string // hash of the session the page is shown in
	Fresh    bool
	SSO      bool
	MayDrop  bool // the last second factor may go
	Problem  string
	Codes    []string // recovery codes, shown this once
	Language string   // chosen, or the one the page is in
}

func (s *site) showAccount(v visit) error {
	return s.accountWith(v, http.StatusOK, "", nil)
}

func (s *site) accountWith(v visit, status int, problem string, codes []string) error {
	all, err := v.office.Records.Sessions(v.r.Context(), v.account.ID)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(x engine.Session) bool { return !x.Alive(v.office.Now()) })
	return s.show(v.w, v.r, status, "account", accountPage{Account: v.account, Sessions: all[:min(len(all), 20)], Current: v.session.Hash, Fresh: v.fresh(),
		SSO: s.SSO != nil, MayDrop: v.mayDrop(), Problem: problem, Codes: codes,
		Language: cmp.Or(v.account.Language, v.tag)})
}

// mayDrop reports whether a second factor may be taken off: not the last one of
// a role that needs one.
func (v visit) mayDrop() bool {
	n := len(v.account.Secrets.Passkeys)
	if v.account.Secrets.TOTP != "" {
		n++
	}
	return n > 1 || !v.account.NeedsSecond() || v.office.Demo
}

// postAccount changes one thing about the own account.
func (s *site) postAccount(v visit) error {
	action, which := v.r.PostForm.Get("action"), v.r.PostForm.Get("klic")
	switch action {
	case "heslo":
		return s.newPassword(v)
	case "jazyk":
		return s.newLanguage(v)
	case "relace":
		return s.endSession(v)
	case "relace-vse":
		if err := v.office.Records.EndSessions(v.r.Context(), v.account.ID, v.session.Hash, v.office.Now()); err != nil {
			return err
		}
		return v.back("/stul/ucet", flash("odhlaseno-jinde"))
	}
	if !v.fresh() {
		return s.halt(v.w, v.r, "fresh")
	}
	switch action {
	case "kody":
		return s.newCodes(v)
	case "klic-pryc":
		return s.dropKey(v, which)
	case "totp-pryc":
		return s.dropTOTP(v)
	case "propojit":
		return s.leave(v.w, v.r, ticket{Account: v.account.ID, Tenant: v.tenant})
	case "odpojit":
		return s.dropSSO(v)
	}
	return engine.Errorf(engine.Invalid, "the form does not say what to change")
}

// newPassword asks for the old one, as often as a stranger at an open browser
// might guess, and ends every other session.
func (s *site) newPassword(v visit) error {
	a := v.account
	place := door.Second("password " + a.ID)
	forgive, wait := s.throttle.Try(v.office.Now(), place)
	if wait > 0 {
		return s.accountWith(v, http.StatusTooManyRequests, "account.later", nil)
	}
	ok, _, err := s.hasher.Verify(v.r.Context(), v.r.PostForm.Get("heslo"), a.Secrets.Password)
	if err != nil {
		return err
	}
	if !ok && (a.Secrets.Password != "" || !v.fresh()) {
		return s.accountWith(v, http.StatusUnprocessableEntity, "password.old", nil)
	}
	forgive()
	password, problem := s.chosen(v.r, a)
	if problem != "" {
		return s.accountWith(v, http.StatusUnprocessableEntity, problem, nil)
	}
	if a.Secrets.Password, err = s.hasher.Hash(v.r.Context(), password); err != nil {
		return err
	}
	if err := v.office.Prove(v.r.Context(), a, "password", v.session.Hash); err != nil {
		return err
	}
	s.throttle.Passed(place)
	return v.back("/stul/ucet", flash("heslo-zmeneno"))
}

func (s *site) newLanguage(v visit) error {
	tag := v.r.PostForm.Get("jazyk")
	if s.tongues[tag] == nil {
		return engine.Errorf(engine.Invalid, "there is no language %q", tag)
	}
	if err := v.office.SpeakTo(v.r.Context(), v.account, tag); err != nil {
		return err
	}
	http.SetCookie(v.w, &http.Cookie{Name: tongueCookie, Path: "/", MaxAge: -1})
	return v.back("/stul/ucet", flash("jazyk-ulozen"))
}

// endSession signs one of the own browsers out. It is named by the beginning
// of its hash, which opens nothing.
func (s *site) endSession(v visit) error {
	all, err := v.office.Records.Sessions(v.r.Context(), v.account.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Hash[:16] == v.r.PostForm.Get("relace") {
			if err := v.office.Records.EndSession(v.r.Context(), x.Hash); err != nil {
				return err
			}
		}
	}
	return v.back("/stul/ucet", flash("odhlaseno-jinde"))
}

func (s *site) newCodes(v visit) error {
	if !v.account.Secrets.Second() {
		return engine.Errorf(engine.Invalid, "recovery codes stand in for a second factor; add one first")
	}
	codes, hashes := door.NewRecovery()
	v.account.Secrets.Recovery = hashes
	if err := v.office.Prove(v.r.Context(), v.account, "recovery codes", v.session.Hash); err != nil {
		return err
	}
	return s.accountWith(v, http.StatusOK, "", codes)
}

func (s *site) dropKey(v visit, which string) error {
	n, err := strconv.Atoi(which)
	keys := v.account.Secrets.Passkeys
	if err != nil || n < 0 || n >= len(keys) || keys[n].AddedAt.Format(time.RFC3339Nano) != v.r.PostForm.Get("pridan") {
		return engine.Errorf(engine.Conflict, "this passkey is not there any more; look again")
	}
	v.account.Secrets.Passkeys = slices.Delete(slices.Clone(keys), n, n+1)
	return s.dropped(v, "passkey removed")
}

func (s *site) dropTOTP(v visit) error {
	v.account.Secrets.TOTP, v.account.Secrets.TOTPStep = "", 0
	return s.dropped(v, "authenticator removed")
}

// dropped stores that a second factor is gone; recovery codes go with the last.
func (s *site) dropped(v visit, what string) error {
	if v.account.NeedsSecond() && !v.account.Secrets.Second() && !v.office.Demo {
		return s.accountWith(v, http.StatusUnprocessableEntity, "account.last", nil)
	}
	if !v.account.Secrets.Second() {
		v.account.Secrets.Recovery = nil
	}
	if err := v.office.Prove(v.r.Context(), v.account, what, v.session.Hash); err != nil {
		return err
	}
	return v.back("/stul/ucet", flash("overeni-pryc"))
}

func (s *site) dropSSO(v visit) error {
	v.account.Subject = ""
	if !v.account.SetUp() {
		return s.accountWith(v, http.StatusUnprocessableEntity, "account.only", nil)
	}
	if err := v.office.Prove(v.r.Context(), v.account, "single sign-on removed", v.session.Hash); err != nil {
		return err
	}
	return v.back("/stul/ucet", flash("odpojeno"))
}
