package web

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
)

var hiddenTicket = regexp.MustCompile(`name="listek" value="([^"]*)"`)

// secondForm is the form of the second step, as the page holds it.
func secondForm(t *testing.T, page, code string) url.Values {
	t.Helper()
	m := regexp.MustCompile(`(?s)action="/stul/prihlaseni/overeni".*?name="listek" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no second step:\n%s", main(page))
	}
	return url.Values{"listek": {m[1]}, "kod": {code}}
}

func password(secret string) url.Values {
	return url.Values{"email": {"KPSS@klatovy.example "}, "heslo": {secret}, "dal": {"/stul/posta"}}
}

// cookieOf gives the session's cookie of an answer, "" for none.
func cookieOf(r reply) string {
	for _, c := range r.head.Values("Set-Cookie") {
		if value, ok := strings.CutPrefix(c, cookieName+"="); ok {
			value, _, _ = strings.Cut(value, ";")
			return value
		}
	}
	return ""
}

func TestSignIn(t *testing.T) {
	h := newHouse(t)
	h.get("/stul/prihlaseni?dal=https://zly.example").want(t, 200, `name="dal" value="/stul"`)
	for _, away := range []string{"//zly.example", "/stul/../..//zly", "/stul\\zly", "/stulu"} {
		h.get("/stul/prihlaseni?dal="+url.QueryEscape(away)).want(t, 200, `name="dal" value="/stul"`)
	}
	first := h.post("/stul/prihlaseni", password(hanaPassword))
	first.want(t, 200, "name=\"kod\"")
	if cookieOf(first) != "" {
		t.Error("half a proof begins a session")
	}
	form := secondForm(t, first.body, h.code())
	r := h.post("/stul/prihlaseni/overeni", form)
	r.want(t, 303)
	head := strings.Join(r.head.Values("Set-Cookie"), "\n")
	if r.head.Get("Location") != "/stul/posta" || !strings.Contains(head, "HttpOnly; SameSite=Lax") || len(cookieOf(r)) != 43 {
		t.Errorf("to %q with %q", r.head.Get("Location"), head)
	}
	h.get("/stul").want(t, 200)
	h.post("/stul/prihlaseni/overeni", form).want(t, 403) // the step was taken
	again := h.post("/stul/prihlaseni", password(hanaPassword))
	h.post("/stul/prihlaseni/overeni", secondForm(t, again.body, h.code())).want(t, 403, "name=\"kod\"") // the code was used
	h.wait(30 * time.Second)
	old := cookieOf(r)
	r = h.post("/stul/prihlaseni/overeni", secondForm(t, again.body, h.code()))
	r.want(t, 303)
	if cookieOf(r) == old || cookieOf(r) == "" {
		t.Error("the session keeps its value")
	}
	if alive, err := h.office.Records.Session(context.Background(), link.SecretHash(old)); err == nil {
		t.Errorf("the former session lives: %+v", alive)
	}
	h.wait(engine.SessionLength)
	h.get("/stul").want(t, 303)
}

func TestSessionsEnd(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	for range 7 { // used every hour and a half, it lasts
		h.wait(90 * time.Minute)
		h.get("/stul").want(t, 200)
	}
	h.wait(91 * time.Minute)
	h.get("/stul").want(t, 303) // but not longer than half a day
	h.signIn()
	h.wait(engine.SessionIdle)
	h.get("/stul").want(t, 303)
	secret := h.session("klatovy", "hana", true)
	with := http.Header{"Cookie": {cookieName + "=" + secret}, "Sec-Fetch-Site": {"same-origin"}}
	if r := h.send("GET", "/stul", with); r.status != 200 {
		t.Fatal(r.status)
	}
	if r := h.send("POST", "/stul/odhlaseni", with); r.status != 303 || !strings.Contains(r.head.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("%d %v", r.status, r.head)
	}
	if r := h.send("GET", "/stul", with); r.status != 303 {
		t.Error("a session lives after signing out:", r.status)
	}
}

// A cookie somebody planted before signing in opens nothing afterwards.
func TestNoFixedSession(t *testing.T) {
	h := newHouse(t)
	u, err := url.Parse(h.server.URL)
	h.must(err)
	planted := strings.Repeat("A", 43)
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: cookieName, Value: planted, Path: "/"}})
	first := h.post("/stul/prihlaseni", password(hanaPassword))
	h.post("/stul/prihlaseni/overeni", secondForm(t, first.body, h.code())).want(t, 303)
	h.get("/stul").want(t, 200)
	if r := h.send("GET", "/stul", http.Header{"Cookie": {cookieName + "=" + planted}}); r.status != 200 { // the jar sends the new one beside it
		t.Log(r.status)
	}
	h.client.Jar = h.browser().Jar
	if r := h.send("GET", "/stul", http.Header{"Cookie": {cookieName + "=" + planted}}); r.status != 303 {
		t.Error("the planted value is signed in:", r.status)
	}
}

// Known or not, with a password or without, invited or ended: strangers are
// told the same.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	h := newHouse(t)
	h.add("klatovy", engine.Account{ID: "konec", Name: "K", Email: "konec@example.cz", Role: engine.RoleReader, Disabled: true})
	bodies := map[string]string{}
	for _, email := range []string{"kpss@klatovy.example", "eva@example.cz", "konec@example.cz", "nikdo@example.cz"} {
		r := h.post("/stul/prihlaseni", url.Values{"email": {email}, "heslo": {"nejaka jina konev"}})
		r.want(t, 403, `id="potiz"`)
		text := strings.ReplaceAll(main(r.body), email, "X")
		text = regexp.MustCompile(`value="[^"]*"|data-options="[^"]*"`).ReplaceAllString(text, "")
		bodies[text] = email
	}
	if len(bodies) != 1 {
		t.Errorf("%d different pages: %v", len(bodies), bodies)
	}
}

func TestGuessingIsSlow(t *testing.T) {
	h := newHouse(t)
	wrong, tried := url.Values{"email": {"kpss@klatovy.example"}, "heslo": {"x"}}, 0
	var last reply
	for range 40 {
		if last = h.post("/stul/prihlaseni", wrong); last.status == 403 {
			tried++
		}
	}
	if tried != 10 || last.status != 429 || last.head.Get("Retry-After") == "" {
		t.Errorf("%d tries, then %d", tried, last.status)
	}
	h.post("/stul/prihlaseni", password(hanaPassword)).want(t, 429) // the right one now, too
	h.wait(time.Minute)
	h.post("/stul/prihlaseni", password(hanaPassword)).want(t, 200)
	unknown := url.Values{"email": {"nikdo@example.cz"}, "heslo": {"x"}}
	for range 10 {
		h.post("/stul/prihlaseni", unknown)
	}
	h.post("/stul/prihlaseni", unknown).want(t, 429) // an unknown one waits as a known one does
}

// Her own browser is not kept out by what strangers try elsewhere.
func TestStrangersDoNotLockTheOwnerOut(t *testing.T) {
	h := newHouse(t)
	first := h.post("/stul/prihlaseni", password(hanaPassword))
	h.post("/stul/prihlaseni/overeni", secondForm(t, first.body, h.code())).want(t, 303)
	mine := h.client
	h.client = h.browser()
	for range 20 {
		h.post("/stul/prihlaseni", url.Values{"email": {"kpss@klatovy.example"}, "heslo": {"x"}})
	}
	h.post("/stul/prihlaseni", password(hanaPassword)).want(t, 429)
	h.client = mine
	h.post("/stul/prihlaseni", password(hanaPassword)).want(t, 200, "name=\"kod\"")
}

func TestTheSecondStep(t *testing.T) {
	h := newHouse(t)
	page := h.post("/stul/prihlaseni", password(hanaPassword)).body
	form := secondForm(t, page, "000000")
	for n := range 7 {
		want := 403
		if n > 3 {
			want = 429
		}
		h.post("/stul/prihlaseni/overeni", form).want(t, want)
	}
	h.wait(time.Minute)
	form.Set("kod", h.code())
	h.post("/stul/prihlaseni/overeni", form).want(t, 303)

	codes, hashes := door.NewRecovery()
	a, err := h.office.Records.Account(context.Background(), "hana")
	h.must(err)
	a.Secrets.Recovery = hashes
	h.add("klatovy", a)
	page = h.post("/stul/prihlaseni", password(hanaPassword)).body
	h.post("/stul/prihlaseni/overeni", secondForm(t, page, strings.ToLower(codes[2]))).want(t, 303)
	page = h.post("/stul/prihlaseni", password(hanaPassword)).body
	h.post("/stul/prihlaseni/overeni", secondForm(t, page, codes[2])).want(t, 403) // used
	late := secondForm(t, page, codes[3])
	h.wait(ticketLength)
	h.post("/stul/prihlaseni/overeni", late).want(t, 403, "name=\"heslo\"")
	for _, forged := range []string{"", "x", h.signer.Seal("passkey", []byte(`{"Account":"hana"}`))} {
		h.post("/stul/prihlaseni/overeni", url.Values{"listek": {forged}, "kod": {h.code()}}).want(t, 403, "name=\"heslo\"")
	}
}

func TestAnInvitationSetsUpOnce(t *testing.T) {
	h := newHouse(t)
	p := "/stul/pozvani/" + invitation
	before := h.fingerprint()
	h.get(p).want(t, 200, "Eva")
	h.post(p, url.Values{"nove": {"kratke"}, "znovu": {"kratke"}}).want(t, 422, "nove-chyba")
	h.post(p, url.Values{"nove": {"heslo1234567"}, "znovu": {"heslo1234567"}}).want(t, 422, "nove-chyba")
	h.post(p, url.Values{"nove": {"zelena konev v lese"}, "znovu": {"jina konev v lese"}}).want(t, 422, "znovu-chyba")
	if h.fingerprint() != before {
		t.Error("a refused password was stored")
	}
	r := h.post(p, url.Values{"nove": {"zelena konev v lese"}, "znovu": {"zelena konev v lese"}})
	r.want(t, 303)
	if r.head.Get("Location") != "/stul/ucet/overeni" {
		t.Errorf("to %q", r.head.Get("Location"))
	}
	h.get("/stul").want(t, 303) // first the second factor
	h.post("/stul/posta", url.Values{"zprava": {"x"}}).want(t, 403)
	page := h.get("/stul/ucet/overeni")
	page.want(t, 200, "data:image/png;base64,", "class=\"secret\"")
	h.get(p).want(t, 410)
	h.post(p, url.Values{"nove": {"zelena konev v lese"}, "znovu": {"zelena konev v lese"}}).want(t, 410)
}
