package web

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"splneno/engine"
	"splneno/engine/czech"
)

// plain gives the words of a page without diacritics, as these tests look for them.
func (r reply) plain() string { return czech.Fold(main(r.body)) }

// saysAll checks the status and that the page says the texts, diacritics aside.
func (r reply) saysAll(t *testing.T, status int, texts ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, want %d\n%.3000s", r.status, status, main(r.body))
	}
	for _, text := range texts {
		if !strings.Contains(r.plain(), czech.Fold(text)) {
			t.Errorf("the page does not say %q:\n%.5000s", text, main(r.body))
		}
	}
}

const yearPath = "/stul/obdobi/ap2023/2023"

// The year is looked at, a letter is moved, stopped and restored, a body muted.
func TestYearIsMovedAbout(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/obdobi").saysAll(t, 200, "Obdobi", "otevreno", "Pripravit nove obdobi")
	h.get(yearPath).saysAll(t, 200, "Rok na jedne strance", "Co kdy odejde", "prvni pripominky", "zprava vam o", "Unor 2024", "Uzavrit bez vyhodnoceni")
	day := h.firstDay()
	h.get(yearPath+"/den/"+string(day)).saysAll(t, 200, "Charita Vzorov", "Prvni pripominka", "Protoze neodpovedela na 3 aktivity")
	body := yearPath + "/organizace/charita"
	r := h.get(body)
	r.saysAll(t, 200, "V tomto obdobi uz odeslo 1 z nejvyse 8 zprav", "Presunout na den", "Druha pripominka")
	key := regexp.MustCompile(`name="klic" value="([^"]+)"`).FindStringSubmatch(r.body)[1]
	f := url.Values{"organizace": {"charita"}, "klic": {key}, "den": {"2024-02-10"}, "action": {"presunout"}}
	h.post(body, f).saysAll(t, 422, "na tento den zpravu presunout nejde", `value="2024-02-10"`) // a Saturday
	f.Set("den", "brzy")
	h.post(body, f).saysAll(t, 422, "Vyberte den")
	f.Set("den", "2024-02-09")
	h.post(body, f).want(t, 303)
	h.get(body).saysAll(t, 200, "9.\u00a02.\u00a02024", "presunuto vami", "Vase rozhodnuti")
	f.Set("action", "neposilat")
	h.post(body, f).want(t, 303)
	h.get(body).saysAll(t, 200, "neposila se")
	f.Set("action", "vratit")
	h.post(body, f).want(t, 303)
	if r := h.get(body); strings.Contains(r.plain(), "rozhodnuti</h2>") || main(r.body) != main(h.get(body).body) {
		t.Error("what was taken back still stands")
	}
	h.post(body, url.Values{"organizace": {"charita"}, "action": {"nepsat"}}).want(t, 303)
	h.get(body).saysAll(t, 200, "se v tomto obdobi nepise", "Neodejde zadna zprava", "Zase psat")
	h.get(yearPath+"/organizace?hledat=CHARIT").saysAll(t, 200, "nepise se", "Charita Vzorov")
	h.post(body, url.Values{"organizace": {"charita"}, "action": {"psat"}}).want(t, 303)
	f = url.Values{"organizace": {"charita"}, "klic": {"rung/1/0"}, "action": {"neposilat"}}
	h.post(body, f).saysAll(t, 409, "uz odesla")
	h.post(yearPath+"/den/2024-02-09", url.Values{"action": {"nic"}}).want(t, 422)
	h.get(yearPath+"/den/nikdy").want(t, 404)
	h.get(yearPath+"/organizace/nikdo").want(t, 404)
	h.get("/stul/obdobi/ap2023/1999").want(t, 404)
	noBreakOut(t, h.get(yearPath+"/organizace/zla").body)
	noBreakOut(t, h.get(yearPath+"/organizace").body)
}

// firstDay gives the first day on which mail will leave.
func (h *house) firstDay() engine.Date {
	h.t.Helper()
	m := regexp.MustCompile(yearPath + `/den/(\d{4}-\d\d-\d\d)`).FindStringSubmatch(h.get(yearPath).body)
	if m == nil {
		h.t.Fatal("nothing leaves")
	}
	return engine.Date(m[1])
}

// A season is prepared, looked at, opened and closed at the desk; nothing leaves
// while it is prepared.
func TestSeasonIsPreparedAndOpened(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	f := url.Values{"plan": {"ap2023"}, "od": {"2023"}}
	h.post("/stul/obdobi", f).saysAll(t, 409, "uz existuje")
	f.Set("od", "letos")
	h.post("/stul/obdobi", f).saysAll(t, 422, "ctyrmi cislicemi", `value="letos"`)
	f.Set("od", "2024")
	f.Set("do", "2023")
	h.post("/stul/obdobi", f).saysAll(t, 422, "nepredchazi prvnimu")
	f.Del("do")
	h.post("/stul/obdobi", f).want(t, 303)
	next := "/stul/obdobi/ap2023/2024"
	h.get(next).saysAll(t, 200, "pripraveno", "dokud obdobi neotevrete", "zadosti o stav", "10.\u00a01.\u00a02025")
	h.post(next, url.Values{"action": {"dny"}, "dotazat": {"2025-01-13"}, "koncept": {"2025-01-12"}}).saysAll(t, 422, "vyberte pracovni den")
	h.post(next, url.Values{"action": {"dny"}, "dotazat": {"2025-01-13"}, "koncept": {"2025-02-12"}}).want(t, 303)
	h.get(next).saysAll(t, 200, "13.\u00a01.\u00a02025", "12.\u00a02.\u00a02025")
	h.wait(24 * time.Hour)
	h.must(h.office.Tick(context.Background()))
	h.signIn()
	h.post(next, url.Values{"action": {"otevrit"}}).saysAll(t, 422, "aria-invalid")
	if s, err := h.office.Records.Season(context.Background(), "ap2023", "2024"); err != nil || s.State != engine.SeasonPrepared {
		t.Errorf("%+v, %v", s, err)
	}
	h.post(next, url.Values{"action": {"otevrit"}, "potvrzeni": {"1"}}).want(t, 303)
	h.get(next).saysAll(t, 200, "otevreno", "13.\u00a01.\u00a02025")
	h.post(next, url.Values{"action": {"otevrit"}, "potvrzeni": {"1"}}).saysAll(t, 409, "mezitim zmenilo")
	h.post(next, url.Values{"action": {"uzavrit"}}).saysAll(t, 422, "napiste duvod", "details open")
	h.post(next, url.Values{"action": {"uzavrit"}, "duvod": {"omyl"}}).want(t, 303)
	h.get(next).saysAll(t, 200, "uzavreno", "obdobi skoncilo")
	f.Set("od", "2025")
	h.post("/stul/obdobi", f).want(t, 303)
	h.post("/stul/obdobi/ap2023/2025", url.Values{"action": {"zrusit"}, "duvod": {"omyl"}}).want(t, 303)
	h.get("/stul/obdobi").saysAll(t, 200, "zruseno pred otevrenim")
}

// What settings change is shown first; nothing is stored by looking, and nobody
// is mailed by storing.
func TestCalendarShowsItsDifference(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	const at = "/stul/nastaveni/kalendar"
	page := h.get(at)
	page.saysAll(t, 200, "Nastaveni kalendare", `value="10"`, `value="08:00"`, `value="60, 14"`, "Velky patek", "29.\u00a03.\u00a02024")
	f := untouched(page.body)
	f.Set("letters-cas", "09:30")
	f.Set("volno-od", "2024-02-05")
	f.Set("volno-do", "2024-02-12")
	f.Set("volno-proc", "jarni uklid")
	f.Set("lhuta", "10")
	before := h.fingerprint()
	f.Set("action", "ukazat")
	h.post(at, f).saysAll(t, 200, "Co se zmeni", "Zatim nic neni ulozene", "jarni uklid", "stupen pripominani", `value="09:30"`)
	if h.fingerprint() != before {
		t.Error("looking at a difference stored something")
	}
	f.Set("action", "ulozit")
	h.post(at, f).want(t, 303)
	m, err := h.office.Records.Municipality(context.Background())
	h.must(err)
	if m.Schedule["letters"] != "30 9 * * *" || len(m.Schedule) != 1 || len(m.DaysOff) != 8 || m.Policy.AnswerDays != 10 || m.Settings.DaysOffWhy["2024-02-07"] != "jarni uklid" {
		t.Errorf("%+v", m)
	}
	f.Set("strop", "5")
	h.post(at, f).saysAll(t, 409, "zmenil nekdo jiny", `value="09:30"`)
	f = untouched(h.get(at).body)
	f.Set("odebrat", "2024-02-05/2024-02-12")
	f.Set("rytmus", "autumn")
	f.Set("digest-cron", "30 7 * * 1-5")
	f.Set("action", "ulozit")
	h.post(at, f).want(t, 303)
	m, err = h.office.Records.Municipality(context.Background())
	h.must(err)
	if m.Preset != engine.Autumn || m.Schedule["ask"] != "" || m.Schedule["digest"] != "30 7 * * 1-5" || len(m.DaysOff) != 0 || len(m.Settings.DaysOffWhy) != 0 {
		t.Errorf("%+v", m)
	}
	for name, bad := range map[string]string{"lhuta": "0", "strop": "mnoho", "predem": "60; 500", "dny-1": "zitra", "letters-cas": "02:00", "ask-den": "40",
		"ask-cron": "@every 1s", "volno-od": "2024-13-01", "rytmus": "jaro"} {
		f := untouched(h.get(at).body)
		f.Set(name, bad)
		f.Set("action", "ulozit")
		h.post(at, f).saysAll(t, 422, "Nic se neulozilo", "fault-text")
	}
	f = untouched(h.get(at).body)
	f.Set("volno-od", "2024-05-02")
	f.Set("volno-proc", hostile)
	f.Set("action", "ulozit")
	h.post(at, f).want(t, 303)
	noBreakOut(t, h.get(at).body)
}

// untouched gives what a browser would send of a page with one form, untouched.
func untouched(body string) url.Values {
	body, f := main(body), url.Values{}
	for _, tag := range inputs.FindAllString(body, -1) {
		kind := attribute(tag, "type")
		if (kind == "radio" || kind == "checkbox") && !strings.Contains(tag, " checked") {
			continue
		}
		f.Add(attribute(tag, "name"), html.UnescapeString(attribute(tag, "value")))
	}
	for _, m := range selects.FindAllStringSubmatch(body, -1) {
		value := ""
		if c := chosen.FindStringSubmatch(m[2]); c != nil {
			value = c[1]
		}
		f.Set(m[1], value)
	}
	return f
}

var (
	inputs  = regexp.MustCompile(`<input [^>]*>`)
	selects = regexp.MustCompile(`(?s)<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>`)
	chosen  = regexp.MustCompile(`<option value="([^"]*)" selected`)
)

func attribute(tag, name string) string {
	m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return m[1]
}

// The pages as people see them, for whoever looks at the pictures.
func TestYearInABrowser(t *testing.T) {
	for _, width := range []int64{1280, 320} {
		h := newHouse(t)
		w := openBrowser(t, h, width, 900, true)
		name := map[int64]string{1280: "wide", 320: "narrow"}[width]
		w.run(w.signIn()...)
		h.signIn()
		h.post("/stul/obdobi", url.Values{"plan": {"ap2023"}, "od": {"2024"}}).want(t, 303)
		for page, path := range map[string]string{"seasons": "/stul/obdobi", "year": yearPath, "prepared": "/stul/obdobi/ap2023/2024", "day": yearPath + "/den/" + string(h.firstDay()),
			"body": yearPath + "/organizace/charita", "bodies": yearPath + "/organizace", "calendar": "/stul/nastaveni/kalendar"} {
			w.run(w.goTo(path), chromedp.WaitVisible(chromedp.CSS("main h1")), w.fits(), w.picture("season-"+page+"-"+name))
		}
		w.run(w.goTo("/stul/nastaveni/kalendar"), chromedp.WaitVisible(chromedp.CSS("main h1")), chromedp.Click(chromedp.CSS("button[value=ukazat]")), chromedp.WaitVisible(chromedp.CSS("#zmeny")), w.fits(), w.picture("h7-difference-"+name))
	}
}
