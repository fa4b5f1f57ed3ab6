package web

import (
	"net/http"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
)

// A keyAsk is what passkey.js asks an authenticator for.
type keyAsk struct{ Options, Ticket string }

// askKey prepares signing in with a passkey; nil where browsers know none. t
// says where to go then, and whose the passkey must be if that is known.
func (s *site) askKey(t ticket) (*keyAsk, error) {
	if s.keys == nil {
		return nil, nil
	}
	options, memory, err := s.keys.Ask()
	if err != nil {
		return nil, err
	}
	t.Memory = memory
	return &keyAsk{Options: string(options), Ticket: s.seal("passkey", t)}, nil
}

// postKey takes the answer of an authenticator. It proves possession and that
// its owner unlocked it, so it is both factors at once.
func (s *site) postKey(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	c, t, err := s.keyHolder(r)
	if err != nil && engine.CodeOf(err) == engine.Unavailable {
		return err
	}
	if err != nil {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: inside(t.Next), Problem: "signin.key"})
	}
	if !c.account.Active(today(c.office)) {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Next: t.Next, Problem: "signin.inactive"})
	}
	if err := s.begin(w, r, c.office, c.account, "passkey", true); err != nil {
		return err
	}
	http.Redirect(w, r, landing(c.account, t.Next, today(c.office)), http.StatusSeeOther)
	return nil
}

// keyHolder finds whose passkey answered, with its counter moved on.
func (s *site) keyHolder(r *http.Request) (c candidate, t ticket, err error) {
	if s.keys == nil {
		return c, t, engine.Errorf(engine.NotFound, "no passkeys here")
	}
	if t, err = s.unseal("passkey", r.PostForm.Get("listek")); err != nil {
		return c, t, err
	}
	if err = s.spent.take(t, s.now()); err != nil {
		return c, t, err
	}
	ctx := r.Context()
	_, n, key, err := s.keys.Answered(t.Memory, []byte(r.PostForm.Get("odpoved")), func(id string) (h door.Holder, err error) {
		if c.tenant, err = s.TenantOfPasskey(ctx, id); err != nil {
			return h, err
		}
		if t.Account != "" && (t.Account != id || t.Tenant != c.tenant) {
			return h, engine.Errorf(engine.Forbidden, "this passkey is somebody else's")
		}
		c.office = s.Office(c.tenant)
		c.account, err = c.office.Records.Account(ctx, id)
		return holder(c.account), err
	})
	if err != nil {
		return c, t, err
	}
	c.account.Secrets.Passkeys[n].Data = key
	return c, t, nil
}

// holder gives an account as passkeys know it.
func holder(a engine.Account) door.Holder {
	h := door.Holder{ID: a.ID, Name: a.Email, Label: a.Name}
	for _, k := range a.Secrets.Passkeys {
		h.Keys = append(h.Keys, k.Data)
	}
	return h
}
