package web

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/workflows"
)

// A signInPage asks who somebody is.
type signInPage struct {
	Email, Next, Town string
	Problem           string // key of the catalogue
	Wait              int    // minutes until the next try, 0 for at once
	Key               *keyAsk
	SSO               bool
}

func (s *site) showSignIn(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return s.askSignIn(w, r, http.StatusOK, signInPage{Next: inside(q.Get("dal")), Town: q.Get("mesto")})
}

func (s *site) askSignIn(w http.ResponseWriter, r *http.Request, status int, p signInPage) error {
	var err error
	if p.Key, err = s.askKey(ticket{Next: p.Next}); err != nil {
		return err
	}
	p.SSO = s.SSO != nil
	return s.show(w, r, status, "signin", p)
}

// A candidate is an account an address names, in one of the towns.
type candidate struct {
	tenant  string
	office  *workflows.Office
	account engine.Account
	rests   bool // nobody signs in there now
}

// mostTowns is how many towns one address is looked for in.
const mostTowns = 8

// candidates gives the accounts of an address; town, when given, keeps to one.
func (s *site) candidates(ctx context.Context, email, town string) ([]candidate, error) {
	tenants, err := s.TenantsOfAccount(ctx, email)
	if err != nil {
		return nil, err
	}
	var out []candidate
	for _, tenant := range tenants[:min(len(tenants), mostTowns)] {
		if town != "" && tenant != town {
			continue
		}
		c := candidate{tenant: tenant, office: s.Office(tenant)}
		if c.account, err = c.office.Records.AccountByEmail(ctx, email); err != nil {
			return nil, err
		}
		if c.rests, err = s.rests(ctx, tenant); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	s.sort(out)
	return out, nil
}

// sort puts the town of the start page first and those that rest last.
func (s *site) sort(all []candidate) {
	slices.SortStableFunc(all, func(a, b candidate) int { return a.rank(s.Tenant) - b.rank(s.Tenant) })
}

func (c candidate) rank(home string) int {
	switch {
	case c.rests:
		return 2
	case c.tenant != home:
		return 1
	}
	return 0
}

// postSignIn takes address and password. Whatever is wrong is said in the same
// sentence after the same time, so that nobody learns who has an account.
func (s *site) postSignIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := r.PostForm
	p := signInPage{Email: strings.ToLower(clean(f.Get("email"))), Next: inside(f.Get("dal")), Town: clean(f.Get("mesto"))}
	found, err := s.candidates(r.Context(), p.Email, p.Town)
	if err != nil {
		return err
	}
	places := s.places(r, p.Email, found)
	forgive, wait := s.throttle.Try(s.now(), places...)
	if wait > 0 {
		return s.askLater(w, r, p, wait)
	}
	c, stale, err := s.proved(r.Context(), found, f.Get("heslo"))
	if err != nil {
		return err
	}
	if c.account.ID == "" {
		p.Problem = "signin.wrong"
		return s.askSignIn(w, r, http.StatusForbidden, p)
	}
	forgive()
	s.throttle.Passed(places[0])
	if !c.account.Active(today(c.office)) {
		p.Problem = "signin.inactive"
		return s.askSignIn(w, r, http.StatusForbidden, p)
	}
	if stale {
		if c.account.Secrets.Password, err = s.hasher.Hash(r.Context(), f.Get("heslo")); err != nil {
			return err
		}
	}
	return s.passwordHeld(w, r, c, p.Next)
}

// proved gives the account whose password this is, none when it is nobody's.
// An unknown address costs as much as a known one.
func (s *site) proved(ctx context.Context, found []candidate, password string) (c candidate, stale bool, err error) {
	if len(found) == 0 {
		found = []candidate{{}}
	}
	for _, one := range found {
		ok, old, err := s.hasher.Verify(ctx, password, one.account.Secrets.Password)
		if err != nil {
			return c, false, err
		}
		if ok && c.account.ID == "" {
			c, stale = one, old
		}
	}
	return c, stale, nil
}

// passwordHeld goes on to the second factor, or in.
func (s *site) passwordHeld(w http.ResponseWriter, r *http.Request, c candidate, next string) error {
	if c.account.Secrets.Second() {
		return s.askSecond(w, r, http.StatusOK, c, ticket{Next: next}, "")
	}
	if err := s.begin(w, r, c.office, c.account, "password", false); err != nil {
		return err
	}
	http.Redirect(w, r, landing(c.account, next, today(c.office)), http.StatusSeeOther)
	return nil
}

// askLater says how long to wait.
func (s *site) askLater(w http.ResponseWriter, r *http.Request, p signInPage, wait time.Duration) error {
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	p.Wait = int(math.Ceil(wait.Minutes()))
	return s.askSignIn(w, r, http.StatusTooManyRequests, p)
}

// A secondPage asks for the second factor.
type secondPage struct {
	Ticket  string
	TOTP    bool
	Codes   bool // recovery codes are left
	Problem string
	Wait    int
	Key     *keyAsk
}

func (s *site) askSecond(w http.ResponseWriter, r *http.Request, status int, c candidate, t ticket, problem string) error {
	t.Tenant, t.Account, t.Version = c.tenant, c.account.ID, c.account.Version
	p := secondPage{Ticket: s.seal("second", t), TOTP: c.account.Secrets.TOTP != "", Codes: len(c.account.Secrets.Recovery) > 0, Problem: problem}
	if wait := s.throttle.Wait(s.now(), door.Second(c.account.ID)); wait > 0 {
		p.Wait, status = int(math.Ceil(wait.Minutes())), http.StatusTooManyRequests
	}
	var err error
	if len(c.account.Secrets.Passkeys) > 0 {
		if p.Key, err = s.askKey(ticket{Next: t.Next, Tenant: c.tenant, Account: c.account.ID}); err != nil {
			return err
		}
	}
	return s.show(w, r, status, "signinsecond", p)
}

// postSecond takes a code of the authenticator, or a recovery code.
func (s *site) postSecond(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	t, err := s.unseal("second", r.PostForm.Get("listek"))
	if err != nil {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: "/stul", Problem: "signin.again"})
	}
	c := candidate{tenant: t.Tenant, office: s.Office(t.Tenant)}
	if c.account, err = c.office.Records.Account(r.Context(), t.Account); err != nil {
		return err
	}
	if c.account.Version != t.Version || !c.account.Active(today(c.office)) {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: t.Next, Problem: "signin.again"})
	}
	place := door.Second(c.account.ID)
	if _, wait := s.throttle.Try(s.now(), place); wait > 0 {
		return s.askSecond(w, r, http.StatusTooManyRequests, c, t, "")
	}
	with := s.useCode(c.tenant, &c.account, clean(r.PostForm.Get("kod")))
	if with == "" {
		return s.askSecond(w, r, http.StatusForbidden, c, t, "signin.code")
	}
	if err := s.begin(w, r, c.office, c.account, "password, "+with, true); err != nil {
		return err
	}
	s.throttle.Passed(place)
	http.Redirect(w, r, landing(c.account, t.Next, today(c.office)), http.StatusSeeOther)
	return nil
}

// useCode uses a code up and says of what kind it was, "" for none.
func (s *site) useCode(tenant string, a *engine.Account, typed string) string {
	if a.Secrets.TOTP != "" {
		secret, err := s.Signer.Open(totpPurpose(tenant, a.ID), a.Secrets.TOTP)
		if err != nil {
			s.Log.Error("an authenticator cannot be opened; was the key file changed?", "account", a.ID)
		} else if step, ok := door.CheckTOTP(string(secret), typed, a.Secrets.TOTPStep, s.now()); ok {
			a.Secrets.TOTPStep = step
			return "authenticator"
		}
	}
	if rest, ok := door.UseRecovery(a.Secrets.Recovery, typed); ok {
		a.Secrets.Recovery = rest
		return "recovery code"
	}
	return ""
}

// totpPurpose binds a sealed secret to its account: moved to another row it
// opens nothing.
func totpPurpose(tenant, account string) string { return "totp/" + tenant + "/" + account }
