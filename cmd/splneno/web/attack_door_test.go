package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/link"
)

// from sends a form as if it came through our proxy from an address.
func (h *house) from(client *http.Client, address string, form url.Values) func() reply {
	return func() reply {
		req, err := http.NewRequest(http.MethodPost, h.server.URL+"/stul/prihlaseni", strings.NewReader(form.Encode()))
		if err != nil {
			h.t.Error(err)
			return reply{}
		}
		req.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"}, "X-Forwarded-For": {address}}
		res, err := client.Do(req)
		if err != nil {
			h.t.Error(err)
			return reply{}
		}
		return readAll(h, res)
	}
}

// Guessing from thousands of addresses, one try a second, and by a crowd at
// once: few tries are looked at at all, and the owner still gets in.
func TestGuessingFromEverywhere(t *testing.T) {
	h := newHouse(t)
	first := h.post("/stul/prihlaseni", password(hanaPassword))
	h.post("/stul/prihlaseni/overeni", secondForm(t, first.body, h.code())).want(t, 303)
	owner, stranger := h.client, h.browser()
	wrong := url.Values{"email": {"kpss@klatovy.example"}, "heslo": {"x"}}
	var crowd []func() reply
	for n := range 60 {
		crowd = append(crowd, h.from(stranger, fmt.Sprintf("10.0.%d.1", n), wrong))
	}
	looked := 0 // each costs an argon2
	for _, r := range h.atOnce(crowd...) {
		if r.status == 403 {
			looked++
		}
	}
	if looked != 10 {
		t.Errorf("%d of a crowd were looked at, want 10", looked)
	}
	for n := range 1500 {
		h.wait(time.Second)
		if r := h.from(stranger, fmt.Sprintf("10.%d.%d.1", n/256, n%256), wrong)(); r.status == 403 {
			looked++
		} else if r.status != 429 || r.head.Get("Retry-After") == "" {
			t.Fatalf("try %d: %d", n, r.status)
		}
	}
	if looked > 25 {
		t.Errorf("%d tries were looked at within 25 minutes", looked)
	}
	h.client = owner
	second := h.post("/stul/prihlaseni", password(hanaPassword))
	second.want(t, 200, `name="kod"`)
	h.post("/stul/prihlaseni/overeni", secondForm(t, second.body, h.code())).want(t, 303)
}

// A thousand codes at once: five are looked at.
func TestCodesOfACrowd(t *testing.T) {
	h := newHouse(t)
	page := h.post("/stul/prihlaseni", password(hanaPassword)).body
	var crowd []func() reply
	for n := range 40 {
		crowd = append(crowd, h.form("/stul/prihlaseni/overeni", secondForm(t, page, fmt.Sprintf("%06d", n))))
	}
	for _, r := range h.atOnce(crowd...) {
		if r.status != 403 && r.status != 429 {
			t.Errorf("%d", r.status)
		}
	}
	h.post("/stul/prihlaseni/overeni", secondForm(t, page, h.code())).want(t, 429) // the right one waits, too
	h.wait(time.Minute)
	h.post("/stul/prihlaseni/overeni", secondForm(t, page, h.code())).want(t, 303)
}

// What ends sessions: a new password ends all but the one it was chosen in, a
// new invitation that is used ends all; nothing in the database opens one.
func TestSessionsDoNotOutliveTheirReason(t *testing.T) {
	h := newHouse(t)
	mine, other := h.session("klatovy", "hana", true), h.session("klatovy", "hana", true)
	opens := func(what, cookie string, status int) {
		t.Helper()
		if r := (person{cookie: cookie}).visit(h, "GET", "/stul"); r.status != status {
			t.Errorf("%s: %d", what, r.status)
		}
	}
	for _, stored := range []string{link.SecretHash(mine), strings.ToUpper(link.SecretHash(mine)), link.SecretHash(link.SecretHash(mine)), spelledPassword(), "' OR '1'='1"} {
		opens("what the database holds", stored, 303)
	}
	h.postAs(mine, "/stul/ucet", url.Values{"action": {"heslo"}, "heslo": {hanaPassword}, "nove": {"nova konev v lese"}, "znovu": {"nova konev v lese"}}).want(t, 303)
	opens("her own", mine, 200)
	opens("another browser after the new password", other, 303)
	token := link.NewSecret()
	h.must(h.office.InviteAgain(t.Context(), "hana", link.SecretHash(token), who))
	opens("an invitation nobody used", mine, 200)
	h.client = h.browser()
	h.post("/stul/pozvani/"+token, url.Values{"nove": {"treti konev v lese"}, "znovu": {"treti konev v lese"}}).want(t, 303)
	opens("after setting up again", mine, 303)
	if a := h.account("hana"); a.Secrets.TOTP != "" || a.InviteHash != "" {
		t.Errorf("what was proved with before is still there: %+v", a)
	}
}

// Keys stand nowhere but where they are needed: on no page of the desk, in no
// line of the log or the journal.
func TestKeysStandOnNoPage(t *testing.T) {
	h := newHouse(t)
	people := h.settle()
	h.busy()
	board, feed := h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0), h.signer.FeedToken("klatovy", "charita", 0)
	r, err := h.office.Records.Request(t.Context(), "ap2023", "2023", "charita")
	h.must(err)
	answer, reply := h.path("charita")[3:], h.signer.ReplyToken("klatovy", r)
	text := "Odpovezte na " + h.signer.AnswerURL(answer) + " nebo " + reply + "; prehled " + h.signer.BoardURL(board)
	h.must(h.office.Records.Commit(t.Context(), engine.Change{At: h.now(), Actor: who, Event: "letters", Messages: []engine.Message{{Key: "klic/1", Kind: engine.LetterRequest, Organisation: "charita", To: "charita@example.cz",
		Subject: "Zadost", Text: text, State: engine.Sent, Raw: []byte(text), CreatedAt: h.now()}}}))
	a := h.account("hana")
	keys := map[string]string{"answer token": answer, "reply token": reply, "board token": board, "invitation": invitation, "password": hanaPassword, "hash of a password": "$argon2id$",
		"sealed authenticator": a.Secrets.TOTP, "authenticator": hanaTOTP, "hash of an invitation": link.SecretHash(invitation), "hash of a link": r.LinkHash}
	for _, p := range people {
		if p.cookie != "" && p.cookie != "x" {
			keys["cookie of "+p.name], keys["hash of the cookie of "+p.name] = p.cookie, link.SecretHash(p.cookie)
		}
	}
	paths := h.paths()
	paths["GET message"], paths["GET all mail"] = "/stul/posta/zprava?klic=klic/1", "/stul/posta?stav=sent"
	for _, p := range people {
		for pattern, path := range paths {
			if !strings.HasPrefix(pattern, "GET /stul") && !strings.HasPrefix(pattern, "GET message") && !strings.HasPrefix(pattern, "GET all") && pattern != "GET /{$}" {
				continue
			}
			if strings.HasPrefix(pattern, "GET /stul/pozvani") {
				continue
			}
			body := p.visit(h, "GET", path).body
			for name, key := range keys {
				if strings.Contains(body, key) {
					t.Errorf("the %s stands on %s as %s sees it", name, path, p.name)
				}
			}
		}
	}
	for _, path := range []string{"/prehled/" + board, "/prehled/" + board + "x", "/prehled/" + board + "/x", "/kalendar/" + feed + ".ics", "/kalendar/" + feed, "/kalendar/x/" + feed, "/o/" + answer, "/o/" + answer + "/x/y", "/o//" + answer,
		"//o/" + answer, "/O/" + answer, "/predpona/o/" + answer, "/predpona/prehled/" + board, "/stul/../o/" + answer, "/stul/pozvani/" + invitation, "/stul/pozvani/x/../" + invitation, "/stul/prihlaseni/sso?code=" + answer + "&state=" + board} {
		h.get(path)
	}
	keys["calendar's name"] = feed
	delete(keys, "hash of a password")
	for name, key := range keys {
		if strings.Contains(h.logged(), key) || strings.Contains(h.journal(), key) {
			t.Errorf("the %s stands in the log or the journal", name)
		}
	}
}

// Forms that are too long, of too many fields or of no kind a page sends are
// refused by every route, and nothing is stored.
func TestMonstrousForms(t *testing.T) {
	h := newHouse(t)
	h.busy()
	before := h.dump("")
	var parts bytes.Buffer
	w := multipart.NewWriter(&parts)
	for n := range 20_000 {
		h.must(w.WriteField(fmt.Sprint("p", n), ""))
	}
	h.must(w.Close())
	var file bytes.Buffer
	fw := multipart.NewWriter(&file)
	part, err := fw.CreateFormFile("logo", "../../x.png")
	h.must(err)
	_, err = part.Write(bytes.Repeat([]byte("x"), 2<<20))
	h.must(err)
	h.must(fw.Close())
	for _, r := range routes(h) {
		if r.method != http.MethodPost || r.pattern == "/stul/odhlaseni" {
			continue
		}
		for name, c := range map[string]struct{ kind, body string }{
			"long":            {"application/x-www-form-urlencoded", "action=" + strings.Repeat("x", 2<<20)},
			"many fields":     {"application/x-www-form-urlencoded", strings.Repeat("vyber=x&", 100_000)},
			"many names":      {"application/x-www-form-urlencoded", strings.Repeat("%61=&b;=%zz&", 50_000)},
			"many parts":      {w.FormDataContentType(), parts.String()},
			"a long file":     {fw.FormDataContentType(), file.String()},
			"no end":          {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nodeslat"},
			"JSON":            {"application/json", `{"action":"odeslat"}`},
			"text":            {"text/plain", "action=odeslat"},
			"no kind":         {"", "action=odeslat"},
			"a strange kind":  {"multipart/form-data", "x"},
			"a charset":       {"application/x-www-form-urlencoded; charset=utf-7", "action=+ADw-script+AD4-"},
			"nothing at all":  {"application/x-www-form-urlencoded", ""},
			"a broken escape": {"application/x-www-form-urlencoded", "action=%"},
		} {
			req, err := http.NewRequest(http.MethodPost, h.server.URL+r.path, strings.NewReader(c.body))
			h.must(err)
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			if c.kind != "" {
				req.Header.Set("Content-Type", c.kind)
			}
			begun := time.Now()
			got := h.do(req)
			if got.status >= 500 {
				t.Errorf("%s to %s: %d", name, r.path, got.status)
			}
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("%s to %s took %v", name, r.path, took)
			}
			if got.head.Get("X-Content-Type-Options") != "nosniff" || got.head.Get("Content-Security-Policy") == "" || got.head.Get("Cache-Control") != "no-store" {
				t.Errorf("%s to %s: headers %v", name, r.path, got.head)
			}
		}
	}
	if after := h.dump(""); after != before {
		t.Errorf("stored:\n%s", changed(before, after))
	}
}
