package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/link"
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
		{"GET", "/pristupnost", "/pristupnost", false},
		{"GET", "/healthz", "/healthz", false},
		{"GET", "/static/{name}", "/static/nic", false},
		{"GET", "/o/{token}", h.path("charita"), false},
		{"POST", "/o/{token}", h.path("charita"), false},
		{"GET", "/o/{token}/prehled", h.path("charita") + "/prehled", false},
		{"GET", "/stul/prihlaseni", "/stul/prihlaseni?dal=/stul/posta", false},
		{"POST", "/stul/prihlaseni", "/stul/prihlaseni", false},
		{"GET", "/stul/prihlaseni/overeni", "/stul/prihlaseni/overeni", false},
		{"POST", "/stul/prihlaseni/overeni", "/stul/prihlaseni/overeni", false},
		{"GET", "/stul/prihlaseni/klic", "/stul/prihlaseni/klic", false},
		{"POST", "/stul/prihlaseni/klic", "/stul/prihlaseni/klic", false},
		{"GET", "/stul/prihlaseni/sso", "/stul/prihlaseni/sso?code=x&state=y", false},
		{"POST", "/stul/prihlaseni/sso", "/stul/prihlaseni/sso", false},
		{"GET", "/stul/pozvani/{token}", "/stul/pozvani/" + invitation, false},
		{"POST", "/stul/pozvani/{token}", "/stul/pozvani/" + invitation, false},
		{"GET", "/stul/ucet", "/stul/ucet", true},
		{"POST", "/stul/ucet", "/stul/ucet", true},
		{"GET", "/stul/ucet/overeni", "/stul/ucet/overeni", true},
		{"POST", "/stul/ucet/overeni", "/stul/ucet/overeni", true},
		{"GET", "/stul/nastaveni/ucty", "/stul/nastaveni/ucty", true},
		{"POST", "/stul/nastaveni/ucty", "/stul/nastaveni/ucty", true},
		{"GET", "/stul/nastaveni/ucty/{id}", "/stul/nastaveni/ucty/hana", true},
		{"POST", "/stul/nastaveni/ucty/{id}", "/stul/nastaveni/ucty/hana", true},
		{"GET", "/stul", "/stul", true},
		{"GET", "/stul/znovu", "/stul/znovu?plan=ap2023&obdobi=2023&koho=mlci", true},
		{"POST", "/stul/znovu", "/stul/znovu", true},
		{"GET", "/stul/odpovedi", "/stul/odpovedi", true},
		{"GET", "/stul/odpovedi/odpoved", "/stul/odpovedi/odpoved?odpoved=ap2023/2023/charita/0/1.1/1", true},
		{"POST", "/stul/rozhodnuti", "/stul/rozhodnuti", true},
		{"POST", "/stul/hromadne", "/stul/hromadne", true},
		{"GET", "/stul/aktivity/{plan}/{period}", "/stul/aktivity/ap2023/2023", true},
		{"GET", "/stul/aktivity/{plan}/{period}/{id...}", "/stul/aktivity/ap2023/2023/1.1/1", true},
		{"POST", "/stul/aktivity/{plan}/{period}/{id...}", "/stul/aktivity/ap2023/2023/1.1/1", true},
		{"GET", "/stul/vyhodnoceni", "/stul/vyhodnoceni", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}", season, true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}", season, true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/soubor/{name}", season + "/soubor/vyhodnoceni.html", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/zverejneni", season + "/zverejneni", true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}/zverejneni", season + "/zverejneni", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/upravy", season + "/upravy", true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}/upravy", season + "/upravy", true},
		{"GET", "/stul/nastaveni/sablona", "/stul/nastaveni/sablona", true},
		{"POST", "/stul/nastaveni/sablona", "/stul/nastaveni/sablona", true},
		{"GET", "/stul/nastaveni/sablona/{name}", "/stul/nastaveni/sablona/nynejsi", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/vety", season + "/vety", true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}/vety", season + "/vety", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/prehled", season + "/prehled", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/jednani", season + "/jednani", true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}/jednani", season + "/jednani", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/jednani/{id}", season + "/jednani/1", true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}/jednani/{id}", season + "/jednani/1", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/jednani/{id}/soubor/{name}", season + "/jednani/1/soubor/pack-2023.pdf", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/usneseni", season + "/usneseni", true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}/usneseni", season + "/usneseni", true},
		{"GET", "/stul/vyhodnoceni/{plan}/{period}/usneseni/{id}", season + "/usneseni/1", true},
		{"POST", "/stul/vyhodnoceni/{plan}/{period}/usneseni/{id}", season + "/usneseni/1", true},
		{"GET", "/stul/prevod/{plan}/{period}", "/stul/prevod/ap2023/2023", true},
		{"POST", "/stul/prevod/{plan}/{period}", "/stul/prevod/ap2023/2023", true},
		{"GET", "/stul/prevod/{plan}/{period}/dalsi-plan", "/stul/prevod/ap2023/2023/dalsi-plan", true},
		{"POST", "/stul/prevod/{plan}/{period}/dalsi-plan", "/stul/prevod/ap2023/2023/dalsi-plan", true},
		{"GET", "/prehled/{token}", "/prehled/" + h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0), false},
		{"GET", "/stul/pozastaveni", "/stul/pozastaveni", true},
		{"POST", "/stul/pozastaveni", "/stul/pozastaveni", true},
		{"GET", "/stul/pozastaveni/konec", "/stul/pozastaveni/konec", true},
		{"POST", "/stul/pozastaveni/konec", "/stul/pozastaveni/konec", true},
		{"GET", "/stul/posta", "/stul/posta", true},
		{"GET", "/stul/posta/zprava", "/stul/posta/zprava?klic=organisation/charita/2024-01-23", true},
		{"POST", "/stul/posta", "/stul/posta", true},
		{"GET", "/stul/nastaveni", "/stul/nastaveni", true},
		{"GET", "/stul/predani", "/stul/predani", true},
		{"POST", "/stul/nastaveni", "/stul/nastaveni", true},
		{"GET", "/stul/nastaveni/slova", "/stul/nastaveni/slova", true},
		{"POST", "/stul/nastaveni/slova", "/stul/nastaveni/slova", true},
		{"GET", "/stul/nastaveni/urovne", "/stul/nastaveni/urovne", true},
		{"POST", "/stul/nastaveni/urovne", "/stul/nastaveni/urovne", true},
		{"GET", "/stul/nastaveni/dopisy", "/stul/nastaveni/dopisy", true},
		{"GET", "/stul/nastaveni/dopisy/{kind}", "/stul/nastaveni/dopisy/request", true},
		{"POST", "/stul/nastaveni/dopisy/{kind}", "/stul/nastaveni/dopisy/request", true},
		{"GET", "/logo/{tenant}/{name}", "/logo/klatovy/0011223344556677", false},
		{"GET", "/stul/prichozi", "/stul/prichozi?stav=answer", true},
		{"GET", "/stul/prichozi/{id}", h.newestMail(), true},
		{"POST", "/stul/prichozi/{id}", h.newestMail(), true},
		{"GET", "/stul/prichozi/{id}/original", h.newestMail() + "/original", true},
		{"GET", "/stul/prichozi/{id}/priloha/{n}", h.newestMail() + "/priloha/1", true},
		{"GET", "/stul/hledat", "/stul/hledat?q=sluzba", true},
		{"GET", "/stul/plan", "/stul/plan", true},
		{"GET", "/stul/plan/{plan}", "/stul/plan/ap2023?ke-dni=2023-05-01", true},
		{"GET", "/stul/plan/{plan}/oblast/{code...}", "/stul/plan/ap2023/oblast/1", true},
		{"GET", "/stul/plan/{plan}/opatreni/{code...}", "/stul/plan/ap2023/opatreni/1.1", true},
		{"GET", "/stul/plan/{plan}/aktivita/{id...}", "/stul/plan/ap2023/aktivita/1.1/1", true},
		{"GET", "/stul/plan/{plan}/zmeny", "/stul/plan/ap2023/zmeny", true},
		{"GET", "/stul/plan/{plan}/zmeny/{n}", "/stul/plan/ap2023/zmeny/1", true},
		{"GET", "/stul/plan/{plan}/upravit", "/stul/plan/ap2023/upravit", true},
		{"POST", "/stul/plan/{plan}/upravit", "/stul/plan/ap2023/upravit", true},
		{"GET", "/stul/plan/{plan}/nadpis/{code...}", "/stul/plan/ap2023/nadpis/1.1", true},
		{"POST", "/stul/plan/{plan}/nadpis/{code...}", "/stul/plan/ap2023/nadpis/1.1", true},
		{"GET", "/stul/plan/{plan}/upravit/{id...}", "/stul/plan/ap2023/upravit/1.1/1", true},
		{"POST", "/stul/plan/{plan}/upravit/{id...}", "/stul/plan/ap2023/upravit/1.1/1", true},
		{"GET", "/stul/plan/{plan}/pridat/{code...}", "/stul/plan/ap2023/pridat/1.1", true},
		{"POST", "/stul/plan/{plan}/pridat/{code...}", "/stul/plan/ap2023/pridat/1.1", true},
		{"GET", "/stul/obdobi", "/stul/obdobi", true},
		{"POST", "/stul/obdobi", "/stul/obdobi", true},
		{"GET", "/stul/obdobi/{plan}/{period}", "/stul/obdobi/ap2023/2023", true},
		{"POST", "/stul/obdobi/{plan}/{period}", "/stul/obdobi/ap2023/2023", true},
		{"GET", "/stul/obdobi/{plan}/{period}/den/{day}", "/stul/obdobi/ap2023/2023/den/2024-01-26", true},
		{"POST", "/stul/obdobi/{plan}/{period}/den/{day}", "/stul/obdobi/ap2023/2023/den/2024-01-26", true},
		{"GET", "/stul/obdobi/{plan}/{period}/organizace", "/stul/obdobi/ap2023/2023/organizace?hledat=char", true},
		{"GET", "/stul/obdobi/{plan}/{period}/organizace/{id}", "/stul/obdobi/ap2023/2023/organizace/charita", true},
		{"POST", "/stul/obdobi/{plan}/{period}/organizace/{id}", "/stul/obdobi/ap2023/2023/organizace/charita", true},
		{"GET", "/stul/nastaveni/kalendar", "/stul/nastaveni/kalendar", true},
		{"POST", "/stul/nastaveni/kalendar", "/stul/nastaveni/kalendar", true},
		{"GET", "/kalendar/{name}", "/kalendar/" + h.signer.FeedToken("klatovy", "charita", 0) + ".ics", false},
		{"GET", "/stul/kraj", "/stul/kraj", true},
		{"POST", "/stul/kraj", "/stul/kraj", true},
		{"GET", "/stul/kraj/soubor/{period}/{name}", "/stul/kraj/soubor/2023/rollup-2023.csv", true},
		{"GET", "/stul/kraj/oblasti", "/stul/kraj/oblasti", true},
		{"POST", "/stul/kraj/oblasti", "/stul/kraj/oblasti", true},
		{"GET", "/stul/kraj/mezery", "/stul/kraj/mezery", true},
		{"GET", "/stul/kraj/nastaveni", "/stul/kraj/nastaveni", true},
		{"POST", "/stul/kraj/nastaveni", "/stul/kraj/nastaveni", true},
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
		{"GET", "/obec/{tenant}", "/obec/klatovy", false},
		{"GET", "/obec/{tenant}/zmeny.atom", "/obec/klatovy/zmeny.atom", false},
		{"GET", "/obec/{tenant}/katalog.jsonld", "/obec/klatovy/katalog.jsonld", false},
		{"GET", "/obec/{tenant}/plan/{plan}", "/obec/klatovy/plan/ap2023", false},
		{"GET", "/obec/{tenant}/plan/{plan}/{place...}", "/obec/klatovy/plan/ap2023/2023", false},
		{"GET", "/schema/{name}", "/schema/evaluation.json", false},
		{"GET", "/robots.txt", "/robots.txt", false},
		{"GET", "/posta", "/posta", false},
		{"GET", "/posta/{n}", "/posta/1", false},
		{"GET", "/posta/{n}/html", "/posta/1/html", false},
		{"POST", "/stul/odhlaseni", "/stul/odhlaseni", true}, // the last one: it ends the session
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
		want := map[string]string{"Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": permissions, "Strict-Transport-Security": ""}
		if _, _, _, keyed := keyed(route.path); keyed {
			want["Referrer-Policy"] = "no-referrer"
		}
		if strings.HasPrefix(route.path, "/schema/") { // it never changes what it says
			want["Cache-Control"] = "public, max-age=86400"
		}
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
	ended, idle := h.session("klatovy", "hana", true), h.session("klatovy", "hana", true)
	h.must(h.office.Records.EndSession(context.Background(), link.SecretHash(ended)))
	h.wait(engine.SessionIdle)
	for _, route := range routes(h) {
		if strings.HasPrefix(route.path, "/stul") != route.desk && !strings.HasPrefix(route.path, "/stul/prihlaseni") && !strings.HasPrefix(route.path, "/stul/pozvani") {
			t.Errorf("%s is listed wrongly", route.path)
		}
		if !route.desk {
			continue
		}
		for _, cookie := range []string{"", "x", ended, idle, link.SecretHash(idle)} {
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
			if header.Get("Origin") == "null" && speaksForItself(&http.Request{URL: &url.URL{Path: route.path}, Header: header}) {
				continue // TestOldBrowsersMayAnswer
			}
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

// Pages whose address is a key name no referrer, and browsers that know no
// Sec-Fetch-Site then call the origin of their forms "null".
func TestOldBrowsersMayAnswer(t *testing.T) {
	h := newHouse(t)
	for path, header := range map[string]http.Header{
		h.path("charita"):             {"Origin": {"null"}},
		"/stul/pozvani/" + invitation: {"Origin": {"null"}},
	} {
		if r := h.send("POST", path, header); r.status != 422 {
			t.Errorf("%s from an old browser: %d", path, r.status)
		}
		header.Set("Sec-Fetch-Site", "cross-site")
		if r := h.send("POST", path, header); r.status != 403 {
			t.Errorf("%s from another site: %d", path, r.status)
		}
	}
	h.signIn()
	if r := h.send("POST", "/stul/odhlaseni", http.Header{"Origin": {"null"}}); r.status != 403 {
		t.Errorf("the desk from nowhere: %d", r.status)
	}
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
