package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/link"
)

// An accountForm is what was typed about an account.
type accountForm struct {
	Name, Email, StandsFor string
	Role                   engine.Role
	Areas                  string // codes, with commas
	From, Until            string
	Version                int
	Problem                string            // of the whole, key of the catalogue
	Faults                 map[string]string // by field
	Roles                  []engine.Role
}

// An accountsPage lists who may sign in.
type accountsPage struct {
	Accounts []accountLine
	Pager    pager
	Form     accountForm
	Link     string // of the invitation just made, shown this once
	Name     string // of whom it is
}

// An accountLine is an account with what is said of it.
type accountLine struct {
	engine.Account
	State string // ending of a key: active, invited, expired, ended, later, over
}

// An oneAccountPage changes one account.
type oneAccountPage struct {
	Account accountLine
	Form    accountForm
	Link    string
	Self    bool
}

func lineOf(a engine.Account, now time.Time, day engine.Date) accountLine {
	l := accountLine{Account: a, State: "active"}
	switch {
	case a.Disabled:
		l.State = "ended"
	case a.Invited(now):
		l.State = "invited"
	case !a.SetUp():
		l.State = "expired"
	case a.From != "" && day < a.From:
		l.State = "later"
	case !a.Active(day):
		l.State = "over"
	}
	return l
}

// accountsAPage is how many accounts one page lists.
const accountsAPage = 50

func (s *site) showAccounts(v visit) error {
	return s.accountsWith(v, http.StatusOK, accountForm{Role: engine.RoleCoordinator}, "", "")
}

func (s *site) accountsWith(v visit, status int, f accountForm, invitation, name string) error {
	all, err := v.office.Records.Accounts(v.r.Context())
	if err != nil {
		return err
	}
	sorted(v.tongue, all, func(a engine.Account) string { return a.Name })
	slices.SortStableFunc(all, func(a, b engine.Account) int { return cmp.Compare(onOff(a.Disabled), onOff(b.Disabled)) })
	f.Roles = engine.Roles()
	p := accountsPage{Form: f, Link: invitation, Name: name, Pager: newPager(v.r, accountsAPage, len(all))}
	for _, a := range paged(p.Pager, all) {
		p.Accounts = append(p.Accounts, lineOf(a, v.office.Now(), v.today()))
	}
	return s.show(v.w, v.r, status, "accounts", p)
}

func onOff(b bool) int {
	if b {
		return 1
	}
	return 0
}

// postAccounts invites somebody.
func (s *site) postAccounts(v visit) error {
	f := readAccount(v.r)
	if f.check(); len(f.Faults) > 0 {
		return s.accountsWith(v, http.StatusUnprocessableEntity, f, "", "")
	}
	a := engine.Account{ID: link.NewSecret()[:22], Email: f.Email}
	f.apply(&a)
	token := link.NewSecret()
	err := v.office.Invite(v.r.Context(), a, link.SecretHash(token), v.who)
	switch engine.CodeOf(err) {
	case engine.Invalid: // the fields say what else is asked of an address
		f.fault("email", "fault.account-email")
	case engine.Conflict:
		f.fault("email", "accounts.taken")
	}
	if len(f.Faults) > 0 {
		return s.accountsWith(v, http.StatusUnprocessableEntity, f, "", "")
	}
	if err != nil {
		return err
	}
	return s.accountsWith(v, http.StatusOK, accountForm{Role: engine.RoleCoordinator}, s.Signer.InviteURL(token), a.Name)
}

// fault says what is wrong with a field, under what heading.
func (f *accountForm) fault(field, key string) {
	if f.Faults == nil {
		f.Faults = map[string]string{}
	}
	f.Faults[field], f.Problem = key, "fault.form"
}

// check finds what is wrong field by field.
func (f *accountForm) check() {
	substitute := f.Role == engine.RoleSubstitute
	if f.Name == "" || len([]rune(f.Name)) > 200 {
		f.fault("jmeno", "fault.account-name")
	}
	if c, ok := address(f.Email); !ok || c.Name != "" {
		f.fault("email", "fault.account-email")
	}
	if !slices.Contains(engine.Roles(), f.Role) {
		f.fault("role", "fault.account-role")
	}
	if substitute && f.StandsFor == "" {
		f.fault("za", "fault.account-for")
	}
	for field, day := range map[string]string{"od": f.From, "do": f.Until} {
		if dayOf(day) == "" && (day != "" || substitute) {
			f.fault(field, "fault.day")
		}
	}
	if from, until := dayOf(f.From), dayOf(f.Until); from != "" && until != "" && until < from {
		f.fault("do", "fault.account-days")
	}
}

func readAccount(r *http.Request) accountForm {
	get := func(name string) string { return clean(r.PostForm.Get(name)) }
	version, _ := strconv.Atoi(get("verze"))
	return accountForm{Name: get("jmeno"), Email: strings.ToLower(get("email")), Role: engine.Role(get("role")), StandsFor: get("za"),
		Areas: get("oblasti"), From: get("od"), Until: get("do"), Version: version}
}

// apply puts what was typed into an account. What belongs to another role is
// left out.
func (f accountForm) apply(a *engine.Account) {
	a.Name, a.Role, a.StandsFor, a.Areas = f.Name, f.Role, "", nil
	a.From, a.Until = dayOf(f.From), dayOf(f.Until)
	if f.Role == engine.RoleSubstitute {
		a.StandsFor = f.StandsFor
	}
	if f.Role == engine.RoleLeader {
		a.Areas = strings.FieldsFunc(f.Areas, func(r rune) bool { return r == ',' || r == ' ' })
	}
}

// dayOf reads a day; what is none is none.
func dayOf(s string) engine.Date {
	d, err := engine.ParseDate(s)
	if err != nil {
		return ""
	}
	return d
}

func formOf(a engine.Account) accountForm {
	return accountForm{Name: a.Name, Email: a.Email, Role: a.Role, StandsFor: a.StandsFor, Areas: strings.Join(a.Areas, ", "),
		From: string(a.From), Until: string(a.Until), Version: a.Version}
}

func (s *site) showOneAccount(v visit) error {
	a, err := v.office.Records.Account(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.oneAccountWith(v, http.StatusOK, a, formOf(a), "")
}

func (s *site) oneAccountWith(v visit, status int, a engine.Account, f accountForm, invitation string) error {
	f.Roles = engine.Roles()
	return s.show(v.w, v.r, status, "accountone", oneAccountPage{Account: lineOf(a, v.office.Now(), v.today()), Form: f, Link: invitation, Self: a.ID == v.account.ID})
}

// postOneAccount changes, invites again or ends an account.
func (s *site) postOneAccount(v visit) error {
	ctx, id := v.r.Context(), v.r.PathValue("id")
	a, err := v.office.Records.Account(ctx, id)
	if err != nil {
		return err
	}
	f := readAccount(v.r)
	f.Email = a.Email
	switch v.r.PostForm.Get("action") {
	case "ulozit":
		if f.check(); len(f.Faults) > 0 {
			return s.oneAccountWith(v, http.StatusUnprocessableEntity, a, f, "")
		}
		err = v.office.ChangeAccount(ctx, id, f.Version, v.who, f.apply)
	case "pozvat":
		return s.inviteAgain(v, a)
	case "ukoncit":
		f = formOf(a)
		err = v.office.EndAccount(ctx, id, v.who)
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do")
	}
	switch engine.CodeOf(err) {
	case engine.Conflict:
		if f.Problem = "accounts.last"; f.Version != a.Version {
			f.Problem = "accounts.moved"
		}
		f.Version = a.Version
		return s.oneAccountWith(v, http.StatusConflict, a, f, "")
	}
	if err != nil {
		return err
	}
	return v.back("/stul/nastaveni/ucty/"+id, flash("ucet-ulozen"))
}

func (s *site) inviteAgain(v visit, a engine.Account) error {
	token := link.NewSecret()
	if err := v.office.InviteAgain(v.r.Context(), a.ID, link.SecretHash(token), v.who); err != nil {
		return err
	}
	a, err := v.office.Records.Account(v.r.Context(), a.ID)
	if err != nil {
		return err
	}
	return s.oneAccountWith(v, http.StatusOK, a, formOf(a), s.Signer.InviteURL(token))
}
