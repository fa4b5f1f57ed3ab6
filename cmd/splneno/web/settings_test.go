package web

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

func (h *house) municipality() engine.Municipality {
	h.t.Helper()
	m, err := h.office.Records.Municipality(context.Background())
	h.must(err)
	return m
}

func (h *house) version() string { return strconv.Itoa(h.municipality().Version) }

// townForm is the first page of the settings as it stands.
func (h *house) townForm() url.Values {
	f := settingsOf("klatovy", h.municipality())
	return url.Values{"verze": {strconv.Itoa(f.Version)}, "obec": {f.Name}, "odesilatel": {f.Sender}, "odpovedi": {f.ReplyTo}, "koordinator": {f.Coordinator},
		"adresa": {f.Mail}, "funkce": {f.Office}, "ridici": {f.Steering}, "publicita": {f.Funding}}
}

func TestTheTownIsChanged(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	form := h.townForm()
	form.Set("obec", "Statutární město Žďár nad Ďáblicí")
	form.Set("ridici", "Ing. Žofie Příkladná, Ph.D. <zofie@klatovy.example>\n\nrada@klatovy.example\n")
	form.Set("publicita", "Spolufinancováno Evropskou unií")
	h.post("/stul/nastaveni", form).want(t, 303)
	m := h.municipality()
	if m.Name != form.Get("obec") || len(m.SteeringGroup) != 2 || m.SteeringGroup[0].Name != "Ing. Žofie Příkladná, Ph.D." || m.SteeringGroup[1].Email != "rada@klatovy.example" {
		t.Errorf("stored: %+v", m)
	}
	if again := h.townForm(); again.Get("ridici") != "Ing. Žofie Příkladná, Ph.D. <zofie@klatovy.example>\nrada@klatovy.example" {
		t.Errorf("shown again: %q", again.Get("ridici"))
	}
}

func TestWrongSettingsKeepWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	before := h.municipality()
	for field, wrong := range map[string]string{"obec": "", "adresa": "nikdo", "odesilatel": "a@b@c", "ridici": "Jan Novák, bez adresy", "publicita": strings.Repeat("ž", 501),
		"odpovedi": "odpovedi+{token}+{token}@mesto.cz"} {
		form := h.townForm()
		form.Set("funkce", "vedoucí odboru – řídí "+field)
		form.Set(field, wrong)
		h.post("/stul/nastaveni", form).want(t, 422, "vedoucí odboru – řídí "+field)
	}
	if after := h.municipality(); after.Version != before.Version {
		t.Errorf("something was stored: %+v", after)
	}
}

// Two coordinators at once: the later one is told, and loses nothing.
func TestSettingsDoNotOverwriteAnothersChange(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	hers, his := h.townForm(), h.townForm()
	hers.Set("obec", "Město Klatovy nad Úhlavou")
	his.Set("funkce", "koordinátor")
	h.post("/stul/nastaveni", hers).want(t, 303)
	r := h.post("/stul/nastaveni", his)
	r.want(t, 409, "Nastavení mezitím změnil někdo jiný", `value="koordinátor"`)
	if m := h.municipality(); m.Name != "Město Klatovy nad Úhlavou" || m.Coordinator.Role != "" {
		t.Errorf("stored: %+v", m)
	}
}

func TestWordsOfTheTown(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post("/stul/nastaveni/slova", url.Values{"verze": {h.version()}, "tisk-fulfilled": {"naplněno"}, "slovo": {"zelená", "", "rozpracováno"},
		"stav": {"fulfilled", "planned", "in_progress"}}).want(t, 303)
	m := h.municipality()
	if m.Settings.StatusNames["fulfilled"] != "naplněno" || len(m.StatusWords) != 2 || m.StatusWords["rozpracováno"] != "in_progress" {
		t.Errorf("stored: %+v %+v", m.Settings, m.StatusWords)
	}
	h.get("/stul/nastaveni/slova").want(t, 200, `value="naplněno"`, `value="zelená"`)
	h.post("/stul/nastaveni/slova", url.Values{"verze": {h.version()}, "tisk-fulfilled": {strings.Repeat("ž", 41)}}).want(t, 422, strings.Repeat("ž", 41))
}

func TestOwnWordsOfLetters(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := "/stul/nastaveni/dopisy/request"
	h.get("/stul/nastaveni/dopisy").want(t, 200, page)
	form := url.Values{"verze": {h.version()}, "predmet": {"Jak jste na tom, {organizace}?"}, "uvod": {"Milí poskytovatelé,"}, "action": {"nahled"}}
	h.post(page, form).want(t, 200, "Zatím není nic uloženo", "Milí poskytovatelé,")
	if len(h.municipality().Settings.MailTexts) != 0 {
		t.Error("a preview was stored")
	}
	form.Set("action", "ulozit")
	h.post(page, form).want(t, 303)
	if got := h.municipality().Settings.MailTexts[engine.LetterRequest].Opening; got != "Milí poskytovatelé," {
		t.Errorf("stored %q", got)
	}
	form.Set("uvod", "Vážený {titul}")
	form.Set("verze", h.version())
	h.post(page, form).want(t, 422, "které nikdo nevyplní", "Vážený {titul}")
	h.get("/stul/nastaveni/dopisy/digest").want(t, 404)
	h.post(page, url.Values{"verze": {h.version()}, "action": {"ulozit"}}).want(t, 303)
	if len(h.municipality().Settings.MailTexts) != 0 {
		t.Error("empty words stay")
	}
}

func TestNamesOfLevels(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post("/stul/nastaveni/urovne", url.Values{"plan": {"ap2023"}, "verze": {"1"}, "opatreni": {"Cíl"}}).want(t, 303)
	h.post("/stul/nastaveni/urovne", url.Values{"plan": {"ap2023"}, "verze": {"1"}, "opatreni": {"Úkol"}}).want(t, 409)
	if p, err := h.office.Records.Plan(context.Background(), "ap2023"); err != nil || p.Levels.Measure != "Cíl" {
		t.Errorf("levels: %+v %v", p.Levels, err)
	}
}

// upload sends the first page of the settings with a file.
func (h *house) upload(file []byte) reply {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range h.townForm() {
		h.must(w.WriteField(name, values[0]))
	}
	part, err := w.CreateFormFile("logo", "znak.png")
	h.must(err)
	_, err = part.Write(file)
	h.must(err)
	h.must(w.Close())
	req, err := http.NewRequest(http.MethodPost, h.server.URL+"/stul/nastaveni", &b)
	h.must(err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return h.do(req)
}

func TestLogo(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	var picture bytes.Buffer
	h.must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 20))))
	h.upload(picture.Bytes()).want(t, 303)
	path := logoPath("klatovy", h.municipality())
	r := h.get(path)
	if r.status != 200 || r.head.Get("Content-Type") != "image/png" || r.body != picture.String() {
		t.Errorf("logo: %d %s", r.status, r.head.Get("Content-Type"))
	}
	h.get("/logo/klatovy/0000000000000000").want(t, 404)
	for what, wrong := range map[string][]byte{"svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "text": []byte("znak"),
		"huge": huge(t)} {
		if r := h.upload(wrong); r.status != 422 {
			t.Errorf("%s: %d", what, r.status)
		}
	}
	form := h.townForm()
	form.Set("bez-loga", "1")
	h.post("/stul/nastaveni", form).want(t, 303)
	if len(h.municipality().Settings.Logo) != 0 {
		t.Error("the logo is still there")
	}
}

// huge is a small file of a picture nobody has the memory for.
func huge(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 5000, 3))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
