package web

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
)

func (h *house) account(id string) engine.Account {
	h.t.Helper()
	a, err := h.office.Records.Account(context.Background(), id)
	h.must(err)
	return a
}

func TestOwnPassword(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	other := person{cookie: h.session("klatovy", "hana", true)}
	change := func(old, password, again string) url.Values {
		return url.Values{"action": {"heslo"}, "heslo": {old}, "nove": {password}, "znovu": {again}}
	}
	before := h.account("hana").Secrets
	h.post("/stul/ucet", change("x", "uplne nova konev", "uplne nova konev")).want(t, 422, "heslo-chyba")
	h.post("/stul/ucet", change(hanaPassword, "kratke", "kratke")).want(t, 422, "nove-chyba")
	h.post("/stul/ucet", change(hanaPassword, "uplne nova konev", "jina konev v lese")).want(t, 422, "znovu-chyba")
	if h.account("hana").Secrets.Password != before.Password {
		t.Error("a refused password was stored")
	}
	h.post("/stul/ucet", change(hanaPassword, "uplne nova konev", "uplne nova konev")).want(t, 303)
	h.get("/stul").want(t, 200)
	mine := h.client.Jar
	if r := other.visit(h, "GET", "/stul"); r.status != 303 {
		t.Error("another browser stays signed in after the password changed:", r.status)
	}
	h.client.Jar = mine
	for range 6 {
		h.post("/stul/ucet", change("x", "uplne nova konev", "uplne nova konev"))
	}
	h.post("/stul/ucet", change("uplne nova konev", "zase jina konev", "zase jina konev")).want(t, 429)
}

// What somebody proves themselves with is changed shortly after signing in, or
// not at all.
func TestAnOpenBrowserIsNotEnough(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.wait(freshFor)
	before := h.fingerprint()
	for _, action := range []string{"kody", "totp-pryc", "klic-pryc", "propojit", "odpojit"} {
		h.post("/stul/ucet", url.Values{"action": {action}}).want(t, 403)
	}
	h.post("/stul/ucet/overeni", url.Values{"action": {"totp"}}).want(t, 403)
	h.get("/stul/ucet").want(t, 200, "/stul/prihlaseni?dal=/stul/ucet")
	if h.fingerprint() != before {
		t.Error("an open browser changed something")
	}
}

func TestOwnSecondFactor(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post("/stul/ucet", url.Values{"action": {"totp-pryc"}}).want(t, 422) // the last one of a coordinator
	page := h.get("/stul/ucet/overeni").body
	secret := strings.ReplaceAll(regexp.MustCompile(`class="secret">([A-Z2-7 ]+)<`).FindStringSubmatch(page)[1], " ", "")
	form := url.Values{"action": {"totp"}, "listek": {hiddenTicket.FindStringSubmatch(page)[1]}, "kod": {"000000"}}
	again := h.post("/stul/ucet/overeni", form)
	again.want(t, 422, "potiz")
	if !strings.Contains(strings.ReplaceAll(again.body, " ", ""), secret) {
		t.Error("a mistyped code changes the secret under the phone's feet")
	}
	form.Set("kod", door.Code(secret, h.now()))
	r := h.post("/stul/ucet/overeni", form)
	r.want(t, 200, "<code>")
	if cookieOf(r) == "" {
		t.Error("the session keeps its value")
	}
	a := h.account("hana")
	if len(a.Secrets.Recovery) != 8 || strings.Contains(a.Secrets.TOTP, secret) {
		t.Errorf("stored: %+v", a.Secrets)
	}
	stolen := a
	stolen.Secrets.TOTP = h.signer.Seal(totpPurpose("klatovy", "eva"), []byte(secret)) // another row's seal
	if with := (&site{Server: &Server{Office: h.officeOf, Signer: h.signer, Tenant: "klatovy", Log: discard()}}).useCode("klatovy", &stolen, door.Code(secret, h.now().Add(30*time.Second))); with != "" {
		t.Error("a secret moved to another row opens")
	}
}

func TestOwnSessionsAndLanguage(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	other := h.session("klatovy", "hana", true)
	page := h.get("/stul/ucet").body
	m := regexp.MustCompile(`name="relace" value="([0-9a-f]{16})"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no other session:\n%s", main(page))
	}
	h.post("/stul/ucet", url.Values{"action": {"relace"}, "relace": {m[1]}}).want(t, 303)
	mine := h.client.Jar
	if r := (person{cookie: other}).visit(h, "GET", "/stul"); r.status != 303 {
		t.Error("signed out and still in:", r.status)
	}
	h.client.Jar = mine
	other = h.session("klatovy", "hana", true)
	foreign := h.session("klatovy", "eva", false)
	h.post("/stul/ucet", url.Values{"action": {"relace-vse"}}).want(t, 303)
	h.get("/stul").want(t, 200)
	if r := (person{cookie: other}).visit(h, "GET", "/stul"); r.status != 303 {
		t.Error("everywhere is not everywhere:", r.status)
	}
	if r := (person{cookie: foreign}).visit(h, "GET", "/stul/ucet"); r.status != 200 {
		t.Error("somebody else was signed out:", r.status)
	}
	h.client.Jar = mine
	h.post("/stul/ucet", url.Values{"action": {"jazyk"}, "jazyk": {"en"}}).want(t, 303)
	h.get("/stul/ucet").want(t, 200, `<html lang="en">`, "Where you are signed in")
}

func TestAccountsOfATown(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	invite := url.Values{"jmeno": {"Jan " + hostile}, "email": {"jan@example.cz"}, "role": {"substitute"}}
	h.post("/stul/nastaveni/ucty", invite).want(t, 422, "potiz", "za-chyba", "od-chyba", "do-chyba", `value="jan@example.cz"`) // no days
	for k, v := range map[string]string{"za": "Hana", "od": "2024-02-01", "do": "2024-02-29"} {
		invite.Set(k, v)
	}
	r := h.post("/stul/nastaveni/ucty", invite)
	r.want(t, 200, "/stul/pozvani/")
	if strings.Contains(r.body, "<script>alert") {
		t.Error("a name is markup")
	}
	h.post("/stul/nastaveni/ucty", invite).want(t, 422, "potiz", "email-chyba") // twice
	all, err := h.office.Records.Accounts(context.Background())
	h.must(err)
	var jan engine.Account
	for _, a := range all {
		if a.Email == "jan@example.cz" {
			jan = a
		}
	}
	if jan.From != "2024-02-01" || jan.Until != "2024-02-29" || jan.StandsFor != "Hana" || jan.Role != engine.RoleSubstitute {
		t.Fatalf("%+v", jan)
	}
	p := "/stul/nastaveni/ucty/" + jan.ID
	save := url.Values{"action": {"ulozit"}, "verze": {"1"}, "jmeno": {"Jan"}, "role": {"leader"}, "oblasti": {"1, 2"}}
	h.post(p, save).want(t, 303)
	h.post(p, save).want(t, 409, "potiz") // it has moved
	if a := h.account(jan.ID); a.Role != engine.RoleLeader || len(a.Areas) != 2 || a.StandsFor != "" {
		t.Errorf("%+v", a)
	}
	h.post(p, url.Values{"action": {"ukoncit"}}).want(t, 303)
	if a := h.account(jan.ID); !a.Disabled {
		t.Error("not ended")
	}
	h.post(p, url.Values{"action": {"pozvat"}}).want(t, 200, "/stul/pozvani/")
	h.post("/stul/nastaveni/ucty/hana", url.Values{"action": {"ukoncit"}, "verze": {"1"}}).want(t, 409, "potiz") // the last one
	h.post("/stul/nastaveni/ucty/hana", url.Values{"action": {"ulozit"}, "verze": {"1"}, "jmeno": {"Hana"}, "role": {"reader"}}).want(t, 409, "potiz")
	h.get("/stul").want(t, 200)
}
