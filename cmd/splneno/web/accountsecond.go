package web

import (
	"html/template"
	"net/http"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
)

// A factorPage adds a second factor to the own account.
type factorPage struct {
	First   bool // the account has none, and its role needs one
	Fresh   bool
	TOTP    door.Enrolment
	Picture template.URL
	Ticket  string
	Key     *keyAsk
	Name    string // of the passkey, as typed
	Problem string
}

func (s *site) showFactor(v visit) error {
	return s.askFactor(v, http.StatusOK, ticket{Secret: door.NewTOTP()}, "")
}

// askFactor shows a secret for an authenticator and asks for a passkey. The
// secret is kept in the page, sealed, until a code proves that it arrived.
func (s *site) askFactor(v visit, status int, t ticket, problem string) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	t.Tenant, t.Account = v.tenant, v.account.ID
	p := factorPage{First: v.halfway, Fresh: v.fresh(), Ticket: s.seal("totp", t), Problem: problem, Name: clean(v.r.PostForm.Get("jmeno"))}
	if p.TOTP, err = door.Enrol(t.Secret, m.Name, v.account.Email); err != nil {
		return err
	}
	p.Picture = template.URL("data:image/png;base64," + p.TOTP.QR) //nolint:gosec // a picture we drew
	if s.keys != nil {
		options, memory, err := s.keys.Enrol(holder(v.account))
		if err != nil {
			return err
		}
		p.Key = &keyAsk{Options: string(options), Ticket: s.seal("enrol", ticket{Tenant: v.tenant, Account: v.account.ID, Memory: memory})}
	}
	return s.show(v.w, v.r, status, "accountsecond", p)
}

// postFactor takes a code of the new authenticator, or the new passkey.
func (s *site) postFactor(v visit) error {
	if !v.fresh() {
		return s.halt(v.w, v.r, "fresh")
	}
	if v.r.PostForm.Get("action") == "klic" {
		return s.addKey(v)
	}
	t, err := s.ownTicket(v, "totp")
	if err != nil {
		return s.askFactor(v, http.StatusUnprocessableEntity, ticket{Secret: door.NewTOTP()}, "account.again")
	}
	step, ok := door.CheckTOTP(t.Secret, clean(v.r.PostForm.Get("kod")), 0, v.office.Now())
	if !ok {
		return s.askFactor(v, http.StatusUnprocessableEntity, ticket{Secret: t.Secret}, "account.code")
	}
	v.account.Secrets.TOTP = s.Signer.Seal(totpPurpose(v.tenant, v.account.ID), []byte(t.Secret))
	v.account.Secrets.TOTPStep = step
	return s.added(v, "authenticator added")
}

// ownTicket opens a ticket of this very account.
func (s *site) ownTicket(v visit, purpose string) (ticket, error) {
	t, err := s.unseal(purpose, v.r.PostForm.Get("listek"))
	if err == nil && (t.Account != v.account.ID || t.Tenant != v.tenant) {
		err = engine.Errorf(engine.Forbidden, "this step was begun for another account")
	}
	return t, err
}

// mostKeys is how many passkeys an account holds.
const mostKeys = 10

func (s *site) addKey(v visit) error {
	if s.keys == nil || len(v.account.Secrets.Passkeys) >= mostKeys {
		return s.askFactor(v, http.StatusUnprocessableEntity, ticket{Secret: door.NewTOTP()}, "account.key")
	}
	t, err := s.ownTicket(v, "enrol")
	if err == nil {
		err = s.spent.take(t, v.office.Now())
	}
	var key []byte
	if err == nil {
		key, err = s.keys.Enrolled(holder(v.account), t.Memory, []byte(v.r.PostForm.Get("odpoved")))
	}
	if err != nil {
		return s.askFactor(v, http.StatusUnprocessableEntity, ticket{Secret: door.NewTOTP()}, "account.key")
	}
	name := []rune(clean(v.r.PostForm.Get("jmeno")))
	v.account.Secrets.Passkeys = append(v.account.Secrets.Passkeys,
		engine.Passkey{Name: string(name[:min(len(name), 60)]), AddedAt: v.office.Now().UTC(), Data: key})
	return s.added(v, "passkey added")
}

// added stores a new factor. Every session ends, and this browser goes on in a
// new, strong one; with the first factor come recovery codes.
func (s *site) added(v visit, what string) error {
	var codes []string
	if len(v.account.Secrets.Recovery) == 0 {
		codes, v.account.Secrets.Recovery = door.NewRecovery()
	}
	if err := v.office.Prove(v.r.Context(), v.account, what, ""); err != nil {
		return err
	}
	a, err := v.office.Records.Account(v.r.Context(), v.account.ID)
	if err != nil {
		return err
	}
	if err := s.begin(v.w, v.r, v.office, a, what, true); err != nil {
		return err
	}
	if codes == nil {
		return v.back("/stul/ucet", flash("overeni-pridano"))
	}
	v.halfway = false
	return s.show(v.w, v.r, http.StatusOK, "accountcodes", codes)
}
