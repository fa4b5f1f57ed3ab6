package web

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
)

// Secrets that pass through a whole run stand in no line of the log, in no line
// of the journal, and in no file of the database.
func TestSecretsStayWhereTheyBelong(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	r, err := h.office.Records.Request(context.Background(), "ap2023", "2023", "charita")
	h.must(err)
	secrets := map[string]string{"answer token": p[3:], "reply token": h.signer.ReplyToken("klatovy", r), "invitation": invitation,
		"password": hanaPassword, "authenticator": hanaTOTP}

	h.get(p)
	h.post(p, answers())
	before := h.databaseFiles()
	h.receives("reply") // a mail is kept as it came, with what it quotes
	for _, path := range []string{p + "/prehled", p + "/" + p[3:], p + "x", "/prehled/" + p[3:], "/kalendar/" + p[3:] + ".ics", "/stul/pozvani/" + invitation + "x",
		"/stul/prihlaseni/sso?code=" + p[3:] + "&state=" + invitation, "/stul/prihlaseni?heslo=" + url.QueryEscape(hanaPassword)} {
		h.get(path)
	}
	secrets["code"] = h.code()
	first := h.post("/stul/prihlaseni", password(hanaPassword))
	secrets["ticket"] = hiddenTicket.FindStringSubmatch(first.body)[1]
	in := h.post("/stul/prihlaseni/overeni", secondForm(t, first.body, h.code()))
	secrets["cookie"] = cookieOf(in)
	h.post("/stul/ucet", url.Values{"action": {"heslo"}, "heslo": {hanaPassword}, "nove": {"uplne nova konev"}, "znovu": {"uplne nova konev"}}).want(t, 303)
	secrets["new password"] = "uplne nova konev"
	codes := h.post("/stul/ucet", url.Values{"action": {"kody"}})
	codes.want(t, 200)
	secrets["recovery code"] = regexp.MustCompile(`<code>([A-Z2-9-]{19})</code>`).FindStringSubmatch(codes.body)[1]
	made := h.post("/stul/nastaveni/ucty", url.Values{"jmeno": {"Nov\u00fd"}, "email": {"novy@example.cz"}, "role": {"leader"}})
	secrets["new invitation"] = regexp.MustCompile(`/stul/pozvani/([A-Za-z0-9_-]{43})`).FindStringSubmatch(made.body)[1]
	h.client.Jar = h.browser().Jar
	h.post("/stul/pozvani/"+invitation, url.Values{"nove": {"zelena konev v lese"}, "znovu": {"zelena konev v lese"}}).want(t, 303)
	secrets["chosen password"] = "zelena konev v lese"
	page := h.get("/stul/ucet/overeni")
	spelled := regexp.MustCompile(`class="secret">([A-Z2-7 ]+)<`).FindStringSubmatch(page.body)[1]
	secrets["new authenticator"] = strings.ReplaceAll(spelled, " ", "")
	m := regexp.MustCompile(`(?s)name="listek" value="([^"]*)">\s*<div class="field"><label for="kod"`).FindStringSubmatch(page.body)
	h.post("/stul/ucet/overeni", url.Values{"action": {"totp"}, "listek": {m[1]}, "kod": {door.Code(secrets["new authenticator"], h.now())}}).want(t, 200)
	h.get("/stul").want(t, 200)

	var journal strings.Builder
	h.must(h.office.Records.Journal(context.Background(), 1, func(l engine.JournalLine) error {
		journal.WriteString(l.Actor + l.Event + l.Subject)
		for k, v := range l.Detail {
			journal.WriteString(k + v)
		}
		return nil
	}))
	stored := h.databaseFiles()
	for name, secret := range secrets {
		if len(secret) < 6 {
			t.Errorf("no %s was seen", name)
		}
		for where, text := range map[string]string{"log": h.logged(), "journal": journal.String(), "database": stored} {
			if where == "database" && (name == "answer token" || name == "reply token") {
				text = before
			}
			if where == "database" && name == "code" { // six digits stand in many a number
				continue
			}
			if strings.Contains(text, secret) {
				t.Errorf("the %s stands in the %s", name, where)
			}
		}
	}
	for _, address := range []string{"kpss@klatovy.example", "eva@example.cz", "novy@example.cz"} {
		if strings.Contains(journal.String(), address) || strings.Contains(h.logged(), address) {
			t.Errorf("%s stands in the journal or the log", address)
		}
	}
	if hash := link.SecretHash(p[3:])[:8]; !strings.Contains(h.logged(), "/o/\u2026"+hash) || !strings.Contains(h.logged(), "/prehled") {
		t.Error("visits to the answer page cannot be told apart")
	}
	if page := h.get(p).body; strings.Contains(strings.ReplaceAll(page, `action="`+p+`"`, ""), p[3:]) {
		t.Error("the token stands on the page beside the form's own address")
	}
}

// databaseFiles gives all that the database has written, its own log included.
func (h *house) databaseFiles() string {
	h.t.Helper()
	names, err := filepath.Glob(filepath.Join(h.dir, "*"))
	h.must(err)
	var all strings.Builder
	for _, name := range names {
		body, err := os.ReadFile(name)
		h.must(err)
		all.Write(body)
	}
	if !strings.Contains(all.String(), "kpss@klatovy.example") {
		h.t.Fatal("the files of the database are not read")
	}
	return all.String()
}

// Over TLS the cookies keep to this very host, and browsers to TLS.
func TestSecureHouse(t *testing.T) {
	h := newHouseAt(t, "127.0.0.1", func(_ *house, s *Server) { s.Secure = true })
	first := h.post("/stul/prihlaseni", password(hanaPassword))
	r := h.post("/stul/prihlaseni/overeni", secondForm(t, first.body, h.code()))
	r.want(t, http.StatusSeeOther)
	for _, c := range r.head.Values("Set-Cookie") {
		if !strings.HasPrefix(c, "__Host-") || !strings.Contains(c, "; Secure") || !strings.Contains(c, "Path=/;") || !strings.Contains(c, "HttpOnly") {
			t.Errorf("cookie %q", c)
		}
	}
	if r.head.Get("Strict-Transport-Security") == "" {
		t.Error("browsers may come back without TLS")
	}
}
