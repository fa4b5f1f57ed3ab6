package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What is listed for the walks through all routes is there: a line that leads
// nowhere would be tried in vain.
func TestNoRouteIsListedInVain(t *testing.T) {
	h := newHouse(t)
	there := map[string]bool{}
	for _, r := range (&site{Server: &Server{Mailbox: h.box}}).table() {
		there[r.pattern] = true
	}
	for _, r := range routes(h) {
		if !there[r.method+" "+r.pattern] {
			t.Errorf("%s %s is no route", r.method, r.pattern)
		}
	}
}

// Only a POST from one of our own pages changes anything: every other method,
// and every other way a POST may come, leaves all tables as they are.
func TestNoOtherWayIn(t *testing.T) {
	h := newHouse(t)
	h.busy()
	forms := h.validForms()
	u, err := url.Parse(h.server.URL)
	h.must(err)
	own := map[string]http.Header{
		"GET": {}, "HEAD": {}, "OPTIONS": {}, "PUT": {"Sec-Fetch-Site": {"same-origin"}}, "DELETE": {"Sec-Fetch-Site": {"same-origin"}},
		"PATCH": {"Sec-Fetch-Site": {"same-origin"}}, "TRACE": {}, "post": {},
	}
	foreign := []http.Header{
		{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Sec-Fetch-Site": {"neco"}},
		{"Origin": {"https://zly.example"}}, {"Origin": {"http://pod." + u.Host}}, {"Origin": {"http://" + u.Hostname() + ":1"}}, {"Origin": {"https://" + u.Hostname()}},
		{"Origin": {"null"}, "Sec-Fetch-Site": {"cross-site"}}, {"Origin": {"http://" + u.Host + ".zly.example"}}, {"Origin": {"file://"}},
	}
	before := h.dump("")
	for _, r := range routes(h) {
		kind, body := formBody(h, forms[r.method+" "+r.pattern])
		for method, header := range own {
			if got := h.sendBody(method, r.path, header, kind, body); got.status >= 500 && got.status != http.StatusNotImplemented {
				t.Errorf("%s %s: %d", method, r.path, got.status)
			}
		}
		for _, header := range foreign {
			for _, path := range []string{r.path, r.path + query(r.path) + "jazyk=en"} {
				got := h.sendBody("POST", path, header, kind, body)
				if got.status != http.StatusForbidden || len(got.head.Values("Set-Cookie")) > 0 {
					t.Errorf("POST %s with %v: %d", path, header, got.status)
				}
			}
		}
		if now := h.dump(""); now != before {
			t.Fatalf("%s %s changed:\n%s", r.method, r.path, changed(before, now))
		}
	}
	for _, path := range []string{"/", "/stul", "/o/x", "/prehled/x"} { // choosing a language is no way in either
		h.post(path+"?jazyk=en", url.Values{"action": {"odeslat"}}).want(t, 303)
		h.post(path+"?jazyk=xx", nil).want(t, 422)
	}
	if h.dump("") != before {
		t.Error("choosing a language stored something")
	}
}

func query(path string) string {
	if strings.Contains(path, "?") {
		return "&"
	}
	return "?"
}

func (h *house) sendBody(method, path string, header http.Header, kind string, body []byte) reply {
	h.t.Helper()
	req, err := http.NewRequest(method, h.server.URL+path, bytes.NewReader(body))
	h.must(err)
	req.Header = header.Clone()
	req.Header.Set("Content-Type", kind)
	return h.do(req)
}

// Wherever a request says to go afterwards, it stays within this site.
func TestNoWayLeadsOut(t *testing.T) {
	h := newHouse(t)
	h.busy()
	away := []string{"//zly.example", "https://zly.example", `/\zly.example`, `\\zly.example`, "/stul/../../zly", "/stul//zly.example", "/stul/%2e%2e//zly", "javascript:alert(1)", "/stul\r\nSet-Cookie: x=1",
		"/stul/\tx", " /stul/x", "/stul?x", "/stul#x", "/stul/@zly.example", "?odpoved=//zly", "#//zly.example", "//zly.example#p1"}
	for _, to := range away {
		for _, r := range []reply{
			h.post("/stul/prihlaseni", url.Values{"email": {"eva@example.cz"}, "heslo": {"x"}, "dal": {to}}),
			h.get("/stul/prihlaseni?dal=" + url.QueryEscape(to)),
			h.post("/stul/hromadne", url.Values{"kam": {to}, "skupina": {"vse"}}),
			h.post("/stul/odpovedi", url.Values{"kam": {to}}),
			h.post(to0(to)+"?jazyk=en", nil),
			h.get("/" + strings.TrimLeft(url.PathEscape(to), "/")),
		} {
			at := r.head.Get("Location")
			if l, err := url.Parse(at); err != nil || l.Host != "" || l.Scheme != "" || strings.HasPrefix(at, "//") || strings.HasPrefix(at, `/\`) || strings.Contains(at, "\n") {
				t.Errorf("%q leads to %q", to, at)
			}
			if strings.Contains(r.body, `name="dal" value="//`) || strings.Contains(r.body, `href="//`) || strings.Contains(r.body, `href="javascript:`) {
				t.Errorf("%q stands in the page", to)
			}
		}
	}
	for _, host := range []string{"zly.example", "zly.example:80", "127.0.0.1@zly.example"} {
		for _, path := range []string{"/", "/stul", "/o/x", "/stul/prihlaseni", "/stul/nastaveni/ucty", h.path("charita")} {
			req, err := http.NewRequest("GET", h.server.URL+path, nil)
			h.must(err)
			req.Host = host
			req.Header.Set("X-Forwarded-Host", "zly.example")
			if r := h.do(req); strings.Contains(r.body, "zly.example") || strings.Contains(r.head.Get("Location"), "zly.example") {
				t.Errorf("%s believes the host %s", path, host)
			}
		}
	}
}

// to0 makes an address to post to of what is asked for.
func to0(to string) string {
	if p := url.PathEscape(strings.TrimLeft(to, "/")); p != "" {
		return "/" + "/" + p
	}
	return "/"
}
