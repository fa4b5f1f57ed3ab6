package web

import (
	"context"
	"net/http"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
)

// ssoCookie carries the errand to the issuer and back.
const ssoCookie = "stul-cesta"

// A leavingPage leads to the issuer of the single sign-on.
type leavingPage struct{ Address string }

// postSSO sends somebody to the issuer. Our policy lets forms lead to nobody
// else, redirects included, so a page in between goes on by itself.
func (s *site) postSSO(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	return s.leave(w, r, ticket{Next: inside(r.PostForm.Get("dal"))})
}

func (s *site) leave(w http.ResponseWriter, r *http.Request, t ticket) error {
	if s.SSO == nil {
		return engine.Errorf(engine.NotFound, "no single sign-on is set up")
	}
	address, errand, err := s.SSO.Begin(r.Context())
	if err != nil {
		return err
	}
	t.Errand = errand
	s.setCookie(w, ssoCookie, s.seal("sso", t), ticketLength)
	w.Header().Set("Refresh", "0; url="+address)
	return s.show(w, r, http.StatusOK, "leaving", leavingPage{address})
}

// showSSO is where the issuer sends people back to. It is the one GET that
// signs somebody in, as the protocol asks for it: the code in the address works
// once, and only in the browser that has the errand. Whoever merely opens the
// address changes nothing.
func (s *site) showSSO(w http.ResponseWriter, r *http.Request) error {
	if s.SSO == nil {
		return engine.Errorf(engine.NotFound, "no single sign-on is set up")
	}
	c, err := r.Cookie(s.cookie(ssoCookie))
	if err != nil {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: "/stul", Problem: "signin.again"})
	}
	t, err := s.unseal("sso", c.Value)
	if err == nil {
		err = s.spent.take(t, s.now())
	}
	s.setCookie(w, ssoCookie, "", -time.Second)
	if err != nil {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: "/stul", Problem: "signin.again"})
	}
	id, err := s.SSO.Finish(r.Context(), t.Errand, r.URL.Query().Get("state"), r.URL.Query().Get("code"))
	if engine.CodeOf(err) == engine.Unavailable {
		return err
	}
	if err != nil {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: t.Next, Problem: "signin.sso"})
	}
	if t.Account != "" {
		return s.linkSSO(w, r, t, id)
	}
	return s.enterSSO(w, r, t, id)
}

// enterSSO signs in whom the issuer vouches for. It asks for a second factor in
// its own way, so the session counts as a strong one.
func (s *site) enterSSO(w http.ResponseWriter, r *http.Request, t ticket, id door.Identity) error {
	found, err := s.vouched(r.Context(), id)
	if err != nil {
		return err
	}
	for _, c := range found {
		if !c.account.Active(today(c.office)) {
			continue
		}
		c.account.Subject = id.Subject
		if err := s.begin(w, r, c.office, c.account, "single sign-on", true); err != nil {
			return err
		}
		http.Redirect(w, r, landing(c.account, t.Next, today(c.office)), http.StatusSeeOther)
		return nil
	}
	return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: t.Next, Problem: "signin.nobody"})
}

// vouched gives the accounts of an identity: those it signed in to before, else
// those of its verified address that belong to no other identity.
func (s *site) vouched(ctx context.Context, id door.Identity) ([]candidate, error) {
	tenants, err := s.TenantsOfSubject(ctx, id.Subject)
	if err != nil {
		return nil, err
	}
	var out []candidate
	for _, tenant := range tenants {
		c := candidate{tenant: tenant, office: s.Office(tenant)}
		if c.account, err = c.office.Records.AccountBySubject(ctx, id.Subject); err != nil {
			return nil, err
		}
		if c.rests, err = s.rests(ctx, tenant); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	s.sort(out)
	if len(out) > 0 || id.Email == "" {
		return out, nil
	}
	all, err := s.candidates(ctx, id.Email, "")
	for _, c := range all {
		if c.account.Subject == "" {
			out = append(out, c)
		}
	}
	return out, err
}

// linkSSO binds an identity to the account somebody is signed in to: the way
// for issuers that verify no address.
func (s *site) linkSSO(w http.ResponseWriter, r *http.Request, t ticket, id door.Identity) error {
	sc := sceneOf(r)
	if sc.account.ID != t.Account || sc.tenant != t.Tenant {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: "/stul/ucet", Problem: "signin.again"})
	}
	a := sc.account
	a.Subject = id.Subject
	if err := s.Office(sc.tenant).Prove(r.Context(), a, "single sign-on added", sc.session.Hash); err != nil {
		return err
	}
	http.Redirect(w, r, "/stul/ucet?zprava=propojeno", http.StatusSeeOther)
	return nil
}
