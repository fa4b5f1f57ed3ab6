package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// routes lists every page with whether it needs a session. A new route belongs
// here too: TestEveryRouteIsListed finds it missing.
func routes(h *house) []struct {
	method, pattern, path string
	desk                  bool
} {
	season := "/stul/vyhodnoceni/ap2023/2023"
	return []struct {
		method, pattern, path string
		desk                  bool
	}{
		{"GET", "/{$}", "/", false},
		{"GET", "/healthz", "/healthz", false},
		{"GET", "/static/{name}", "/static/nic", false},
		{"GET", "/o/{token}", h.path("charita"), false},
		{"POST", "/o/{token}", h.path("charita"), false},
		{"GET", "/o/{token}/prehled", h.path("charita") + "/prehled", false},
		{"GET", "/stul/prihlaseni", "/stul/prihlaseni?kod=ABC", false},
		{"POST", "/stul/prihlaseni", "/stul/prihlaseni", false},
		{"POST", "/stul/odhlaseni", "/stul/odhlaseni", true},
		{"GET", "/stul", "/stul", true},
		{"POST", "/stul/rozhodnuti", "/stul/rozhodnuti", true},
		{"POST", "/stul/hromadne", "/stul/hromadne", true},
		{"POST", "/stul/odkaz", "/stul/odkaz", true},
		{"GET", "/stul/aktivity/{plan}/{period}", "/stul/aktivity/ap2023/2023", true},
		{"POST", "/stul/aktivity/{plan}/{period}", "/stul/aktivity/ap2023/2023", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}", season, true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}", season, true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/soubor/{name}", season + "/soubor/vyhodnoceni.html", true},
		{"GET", "/stul/posta", "/stul/posta", true},
		{"POST", "/stul/posta", "/stul/posta", true},
		{"POST", "/stul/kontakt", "/stul/kontakt", true},
		{"GET", "/stul/prichozi", "/stul/prichozi?stav=answer", true},
		{"GET", "/stul/prichozi/{id}", h.newestMail(), true},
		{"POST", "/stul/prichozi/{id}", h.newestMail(), true},
		{"GET", "/stul/prichozi/{id}/original", h.newestMail() + "/original", true},
		{"GET", "/stul/prichozi/{id}/priloha/{n}", h.newestMail() + "/priloha/1", true},
		{"GET", "/stul/organizace", "/stul/organizace", true},
		{"GET", "/stul/organizace/nova", "/stul/organizace/nova", true},
		{"POST", "/stul/organizace/nova", "/stul/organizace/nova", true},
		{"GET", "/stul/organizace/osoba", "/stul/organizace/osoba", true},
		{"POST", "/stul/organizace/osoba", "/stul/organizace/osoba", true},
		{"GET", "/stul/organizace/{id}", "/stul/organizace/charita", true},
		{"POST", "/stul/organizace/{id}", "/stul/organizace/charita", true},
		{"POST", "/stul/organizace/{id}/kontakt", "/stul/organizace/charita/kontakt", true},
		{"POST", "/stul/organizace/{id}/odkaz", "/stul/organizace/charita/odkaz", true},
		{"GET", "/stul/organizace/{id}/clenove", "/stul/organizace/charita/clenove", true},
		{"POST", "/stul/organizace/{id}/clenove", "/stul/organizace/charita/clenove", true},
		{"GET", "/stul/organizace/{id}/konec", "/stul/organizace/charita/konec", true},
		{"POST", "/stul/organizace/{id}/konec", "/stul/organizace/charita/konec", true},
		{"GET", "/posta", "/posta", false},
		{"GET", "/posta/{n}", "/posta/1", false},
		{"GET", "/posta/{n}/html", "/posta/1/html", false},
	}
}

func (h *house) send(method, path string, header http.Header) reply {
	h.t.Helper()
	req, err := http.NewRequest(method, h.server.URL+path, strings.NewReader("action=odeslat"))
	h.must(err)
	req.Header = header.Clone()
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(req)
}

func TestReadingChangesNothing(t *testing.T) {
	h := newHouse(t)
	h.receives("stray", "reply")
	for _, signedIn := range []bool{false, true} {
		if signedIn {
			h.signIn()
		}
		before := h.fingerprint()
		for _, route := range routes(h) {
			for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
				if r := h.send(method, route.path, http.Header{}); len(r.head.Values("Set-Cookie")) > 0 {
					t.Errorf("%s %s sets a cookie", method, route.path)
				}
			}
		}
		if h.fingerprint() != before {
			t.Errorf("reading changed what is stored (signed in: %v)", signedIn)
		}
	}
}

func TestHeadersOnEveryRoute(t *testing.T) {
	h := newHouse(t)
	h.receives("reply")
	h.signIn()
	for _, route := range routes(h) {
		r := h.send(route.method, route.path, http.Header{"Sec-Fetch-Site": {"same-origin"}})
		want := map[string]string{"Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
		for name, value := range want {
			if got := r.head.Get(name); got != value {
				t.Errorf("%s %s: %s is %q", route.method, route.path, name, got)
			}
		}
		csp := r.head.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "base-uri 'none'") || strings.Contains(csp, "script-src 'unsafe") {
			t.Errorf("%s %s: policy %q", route.method, route.path, csp)
		}
		if r.status >= 500 || strings.Contains(r.body, "style=\"") || strings.Contains(r.body, "<script>") {
			t.Errorf("%s %s: status %d, or something inline", route.method, route.path, r.status)
		}
	}
}

func TestDeskNeedsASession(t *testing.T) {
	h := newHouse(t)
	h.receives("reply")
	before := h.fingerprint()
	for _, route := range routes(h) {
		if strings.HasPrefix(route.path, "/stul") != route.desk && !strings.HasPrefix(route.path, "/stul/prihlaseni") {
			t.Errorf("%s is listed wrongly", route.path)
		}
		if !route.desk {
			continue
		}
		for _, cookie := range []string{"", "x", h.signer.SessionToken("board", h.now().Add(time.Hour)), h.signer.SessionToken("desk/klatovy", h.now())} {
			r := h.send(route.method, route.path, http.Header{"Sec-Fetch-Site": {"same-origin"}, "Cookie": {cookieName + "=" + cookie}})
			switch {
			case route.method == "GET" && (r.status != 303 || !strings.HasPrefix(r.head.Get("Location"), "/stul/prihlaseni?dal=")):
				t.Errorf("GET %s: %d", route.path, r.status)
			case route.method == "POST" && (r.status != 403 || !strings.Contains(r.body, "Přihlášení vypršelo")):
				t.Errorf("POST %s: %d", route.path, r.status)
			}
		}
	}
	if h.fingerprint() != before {
		t.Error("a stranger changed something")
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	h := newHouse(t)
	h.receives("stray")
	h.signIn()
	before := h.fingerprint()
	foreign := []http.Header{
		{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}},
		{"Origin": {"https://zly.example"}}, {"Origin": {"null"}}, {"Origin": {strings.Replace(h.server.URL, "127", "pod.127", 1)}},
	}
	for _, route := range routes(h) {
		for _, header := range foreign {
			if r := h.send("POST", route.path, header); route.method == "POST" && (r.status != 403 || !strings.Contains(r.body, "přímo z této stránky")) {
				t.Errorf("POST %s with %v: %d", route.path, header, r.status)
			}
		}
	}
	if h.fingerprint() != before {
		t.Error("a form of another site changed something")
	}
	h.post(h.path("charita"), answers()).want(t, 303)
}

func TestTokensStayOutOfTheLog(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	h.get(p)
	h.post(p, answers())
	h.get(p + "/prehled")
	h.get(p + "/" + p[3:])
	h.get(p + "x")
	h.signIn()
	h.get("/stul/prihlaseni?kod=" + h.signer.DeskCode())
	log, hash := h.logged(), ""
	hash, err := h.signer.Hash(p[3:])
	h.must(err)
	if strings.Contains(log, p[3:]) || strings.Contains(log, h.signer.DeskCode()) || strings.Contains(log, hash) {
		t.Error("a secret stands in the log:\n", log)
	}
	if !strings.Contains(log, "/o/…"+hash[:8]) || !strings.Contains(log, "/prehled") {
		t.Error("visits to the answer page cannot be told apart:\n", log)
	}
	if page := h.get(p).body; strings.Contains(strings.ReplaceAll(page, `action="`+p+`"`, ""), p[3:]) {
		t.Error("the token stands on the page beside the form's own address")
	}
}

func TestSignIn(t *testing.T) {
	h := newHouse(t)
	h.get("/stul/prihlaseni?kod=ABCD").want(t, 200, `value="ABCD"`)
	h.get("/stul/prihlaseni?dal=https://zly.example").want(t, 200, `name="dal" value="/stul"`)
	for _, away := range []string{"//zly.example", "/stul/../..//zly", "/stul\\zly", "/stulu"} {
		h.get("/stul/prihlaseni?dal="+url.QueryEscape(away)).want(t, 200, `name="dal" value="/stul"`)
	}
	right := url.Values{"kod": {strings.ToLower(h.signer.DeskCode())}, "dal": {"/stul/posta"}}
	for range triesAMinute {
		h.post("/stul/prihlaseni", url.Values{"kod": {"spatny"}}).want(t, 403, "Tento kód nesouhlasí")
	}
	h.post("/stul/prihlaseni", right).want(t, 429, "Počkejte minutu")
	h.wait(time.Minute)
	r := h.post("/stul/prihlaseni", right)
	r.want(t, 303)
	cookie := r.head.Get("Set-Cookie")
	if r.head.Get("Location") != "/stul/posta" || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("to %q with %q", r.head.Get("Location"), cookie)
	}
	h.get("/stul").want(t, 200)
	h.wait(sessionLength)
	h.get("/stul").want(t, 303)
	h.wait(-time.Hour)
	h.post("/stul/odhlaseni", nil).want(t, 303)
	h.get("/stul").want(t, 303)
}

func TestAssetsMayBeKept(t *testing.T) {
	h := newHouse(t)
	page := h.get("/").body
	for _, name := range []string{"style", "page", "icon"} {
		i := strings.Index(page, "/static/"+name)
		path, _, _ := strings.Cut(page[i:], `"`)
		if r := h.get(path); r.status != 200 || !strings.Contains(r.head.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %q", path, r.status, r.head.Get("Cache-Control"))
		}
	}
}
