package web

import (
	"net/http"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
)

// An invitePage asks whoever was invited for a password.
type invitePage struct {
	Token   string
	Account engine.Account
	Problem string // key of the catalogue
	Second  bool   // the role asks for a second factor, too
}

// invited finds the account a token in the address sets up. It changes nothing:
// mail scanners open every link.
func (s *site) invited(r *http.Request) (c candidate, hash string, err error) {
	hash = link.SecretHash(r.PathValue("token"))
	if c.tenant, err = s.TenantOfInvite(r.Context(), hash); engine.CodeOf(err) == engine.NotFound {
		return c, hash, engine.Errorf(engine.Gone, "this invitation was used or replaced; ask for a new one")
	}
	if err != nil {
		return c, hash, err
	}
	sceneOf(r).behindKey(c.tenant)
	if err := s.awake(r.Context(), c.tenant); err != nil {
		return c, hash, err
	}
	c.office = s.Office(c.tenant)
	c.account, err = c.office.Invited(r.Context(), hash)
	return c, hash, err
}

func (s *site) showInvite(w http.ResponseWriter, r *http.Request) error {
	c, _, err := s.invited(r)
	if engine.CodeOf(err) == engine.Gone {
		return s.show(w, r, http.StatusGone, "trouble", trouble{Code: "invite", Status: http.StatusGone})
	}
	if err != nil {
		return err
	}
	return s.askPassword(w, r, http.StatusOK, c, "")
}

func (s *site) askPassword(w http.ResponseWriter, r *http.Request, status int, c candidate, problem string) error {
	return s.show(w, r, status, "invite", invitePage{Token: r.PathValue("token"), Account: c.account, Problem: problem,
		Second: c.account.NeedsSecond() && !c.office.Demo})
}

// postInvite takes the password and signs in. A second factor, where the role
// asks for one, is added on the page of the own account: until then nothing
// else opens.
func (s *site) postInvite(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	c, hash, err := s.invited(r)
	if engine.CodeOf(err) == engine.Gone {
		return s.show(w, r, http.StatusGone, "trouble", trouble{Code: "invite", Status: http.StatusGone})
	}
	if err != nil {
		return err
	}
	password, problem := s.chosen(r, c.account)
	if problem != "" {
		return s.askPassword(w, r, http.StatusUnprocessableEntity, c, problem)
	}
	stored, err := s.hasher.Hash(r.Context(), password)
	if err != nil {
		return err
	}
	if c.account, err = c.office.SetUpAccount(r.Context(), hash, stored); err != nil {
		return err
	}
	day := today(c.office)
	if !c.account.Active(day) { // a substitute sets up before the first day
		http.Redirect(w, r, "/stul/prihlaseni?zprava=heslo-nastaveno", http.StatusSeeOther)
		return nil
	}
	if err := s.begin(w, r, c.office, c.account, "invitation", false); err != nil {
		return err
	}
	to := landing(c.account, "/stul", day)
	if c.account.NeedsSecond() && !c.office.Demo {
		to = "/stul/ucet/overeni"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// chosen reads a new password, typed twice, and says what is wrong with it.
func (s *site) chosen(r *http.Request, a engine.Account) (password, problem string) {
	password = r.PostForm.Get("nove")
	if fault := door.CheckPassword(password, a.Name, a.Email); fault != "" {
		return "", "password." + string(fault)
	}
	if r.PostForm.Get("znovu") != password {
		return "", "password.differs"
	}
	return password, ""
}
