package web

import (
	"context"
	"net/http"
	"net/smtp"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

func TestHostileTextsStayTexts(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	p := h.path("zla")
	f := url.Values{"action": {"odeslat"}, "kdo": {"Zlý " + hostile}, "a1-stav": {"fulfilled"}, "a1-hotovo": {hostile}, "a1-chybi": {hostile}}
	noBreakOut(t, h.post(p, url.Values{"action": {"odeslat"}, "kdo": {hostile}, "a1-hotovo": {hostile}}).body)
	h.post(p, f).want(t, 303)
	d := decision("vratit", "7")
	d.Set("organizace", "zla")
	d.Set("aktivita", "1.1/2")
	d.Set("otazka", hostile)
	d.Set("hotovo", hostile)
	conflict := h.post("/stul/rozhodnuti", d)
	conflict.want(t, 409)
	noBreakOut(t, conflict.body)
	d.Set("revize", "1")
	h.post("/stul/rozhodnuti", d).want(t, 303)
	bad := h.receives("hostile")
	h.get("/stul/prichozi/"+bad).tells(t, 200, "<pre class=\"own\" lang=\"cs\">Text &#34;", "{{.raw}}", "citace &#34;")
	noBreakOut(t, h.post("/stul/prichozi/"+bad, url.Values{"action": {"zaradit"}, "komu": {hostile}}).body)
	h.post("/stul/prichozi/"+bad, url.Values{"action": {"zaradit"}, "komu": {targetOf("charita")}}).want(t, 303)
	for _, page := range []string{p, p + "/prehled", "/stul", "/stul/prichozi", "/stul/prichozi?stav=answer", "/stul/prichozi/" + bad, h.path("charita"),
		"/stul/prichozi?stav=" + url.QueryEscape(hostile), "/stul/aktivity/ap2023/2023", "/stul/vyhodnoceni/ap2023/2023", "/stul/posta",
		"/stul?zprava=" + url.QueryEscape(hostile), "/stul?zprava=schvaleno", "/stul/prihlaseni?mesto=" + url.QueryEscape(hostile), "/" + url.PathEscape(hostile)} {
		r := h.get(page)
		noBreakOut(t, r.body)
		if strings.Contains(r.body, "|Schváleny") {
			t.Errorf("%s shows a sentence with all its forms", page)
		}
	}
}

func TestMailboxShowsMailInASandbox(t *testing.T) {
	h := newHouse(t)
	h.get("/posta").want(t, 200, "Schránka je prázdná.")
	h.get("/posta/1").want(t, 404)
	mail := strings.ReplaceAll(`From: kpss@klatovy.example
To: charita@example.cz
Subject: =?utf-8?q?Stav_=3Cscript=3Ealert?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Otevrete http://127.0.0.1/o/abc. Dekujeme.
--x
Content-Type: text/html; charset=utf-8

<p style="color:red">Ahoj</p><script>alert(1)</script>
--x--
`, "\n", "\r\n")
	h.must(smtp.SendMail(h.box.Addr(), nil, "kpss@klatovy.example", []string{"charita@example.cz"}, []byte(mail)))
	h.get("/posta").want(t, 200, `href="/posta/1"`, "charita@example.cz")
	r := h.get("/posta/1")
	r.want(t, 200, `href="http://127.0.0.1/o/abc"`, `<iframe class="paper" src="/posta/1/html"`, "sandbox", "Dekujeme")
	noBreakOut(t, r.body)
	html := h.get("/posta/1/html")
	html.want(t, 200, "<p style=")
	if html.head.Get("Content-Security-Policy") != paperPolicy || !strings.Contains(paperPolicy, "sandbox") {
		t.Error("mail is not shown in a sandbox")
	}
}

// TestScannerSendsNothing plays a mail scanner that presses every button of the
// answer page as it finds it.
func TestScannerSendsNothing(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	for _, button := range []string{"ulozit", "odeslat", "upravit-1", "vymazat-1", ""} {
		h.post(p, url.Values{"action": {button}, "kdo": {""}, "a1-hotovo": {""}, "a1-chybi": {""}})
	}
	if len(h.proposals()) != 0 || h.entry("1.1/1").State != engine.Planned {
		t.Error("pressing buttons was taken for an answer")
	}
}

// fullDisk reads, but writes nothing.
type fullDisk struct{ workflows.Records }

func (fullDisk) Commit(context.Context, ...engine.Change) error {
	return engine.Errorf(engine.Unavailable, "the disk is full")
}

func (fullDisk) SaveDraft(context.Context, engine.Request, engine.Draft, time.Time) error {
	return engine.Errorf(engine.Unavailable, "the disk is full")
}

func TestStoreTroubleKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	records := h.office.Records
	h.office.Records = fullDisk{records}
	for _, action := range []string{"odeslat", "ulozit"} {
		f := answers()
		f.Set("action", action)
		h.post(p, f).want(t, http.StatusServiceUnavailable, "nepodařilo uložit", "Služba jezdí v šesti obcích.", "Číslo hlášení")
	}
	h.office.Records = records
	if len(h.proposals()) != 0 {
		t.Error("an answer was kept that was said to be lost")
	}
}
