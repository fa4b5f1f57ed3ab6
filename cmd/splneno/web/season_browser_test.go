package web

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"splneno/engine"
	"splneno/notify"
	"splneno/notify/document"
)

// A postman delivers everything and remembers the newest letter to everybody.
type postman struct {
	mu   sync.Mutex
	last map[string]string
}

func (p *postman) Send(_ context.Context, m engine.Message) engine.Outcome {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last[m.To] = strings.NewReplacer("=\r\n", "", "=\n", "", "=3D", "=").Replace(string(m.Raw))
	return engine.Outcome{State: engine.Sent}
}

var letterLink = regexp.MustCompile(`http://127\.0\.0\.1:\d+(/(?:o|prehled)/[A-Za-z0-9_-]+)`)

// A year is a whole season of a house, with what people type in it.
type year struct {
	*house
	postman postman
	typed   map[string]string
	say     *tongue
}

// newYear is a house with a plan, in which no season has begun. Letters and
// documents are the real ones; only the post is a boy with a good memory.
func newYear(t *testing.T) *year {
	t.Helper()
	y := &year{house: bareHouse(t, t.TempDir(), "127.0.0.1", nil), postman: postman{last: map[string]string{}}, say: loadTongues()["cs"]}
	body, err := os.ReadFile("testdata/season.json")
	y.must(err)
	y.must(json.Unmarshal(body, &y.typed))
	y.office.Sender = &y.postman
	y.office.Composer, err = notify.NewComposer()
	y.must(err)
	y.office.Documents, err = document.New()
	y.must(err)
	y.stock()
	activity := func(id, title, body string, position int) engine.Activity {
		return engine.Activity{Plan: "ap2023", ID: id, Area: "1", Measure: "1.2", Label: id, Title: title, ResponsibleRaw: body, Position: position,
			Responsible: []engine.Party{{Name: body, Kind: engine.KindOrganisation, Organisation: body}}, Deadline: engine.Deadline{Raw: "2023", Kind: engine.DeadlineYear,
				Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Certain: true}}
	}
	y.must(y.office.Records.Commit(context.Background(), engine.Change{At: y.now(), Actor: who, Event: "furnished", Subject: "klatovy",
		Organisations: []engine.Organisation{{ID: "diakonie", Name: "Diakonie Vzorov", Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Email: "diakonie@example.cz"}}}},
		Activities: []engine.Activity{activity("1.2/3", y.typed["course"], "charita", 5), activity("1.2/4", y.typed["helpline"], "charita", 6),
			activity("1.2/5", y.typed["group"], "diakonie", 7)}}))
	y.must(y.office.Tick(context.Background()))
	return y
}

// nextDay lets a day go by, and the calendar do what falls to it.
func (y *year) nextDay() {
	y.t.Helper()
	y.wait(24 * time.Hour)
	y.must(y.office.Tick(context.Background()))
}

// letter gives the way to a page out of the newest letter to an address.
func (y *year) letter(to string) string {
	y.t.Helper()
	y.postman.mu.Lock()
	defer y.postman.mu.Unlock()
	m := letterLink.FindStringSubmatch(y.postman.last[to])
	if m == nil {
		y.t.Fatalf("no letter to %s holds a link:\n%s", to, y.postman.last[to])
	}
	return m[1]
}

// then does what leads to another page and waits until it is there.
func (w window) then(steps ...step) {
	w.t.Helper()
	w.run(chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool](`(document.documentElement.dataset.over = "1") === "1"`)(ctx, p)
		return err
	}))
	w.run(steps...)
	w.run(chromedp.WaitVisible(chromedp.CSS("html:not([data-over]) main h1")))
}

// click presses what leads to another page.
func (w window) click(selector string) { w.t.Helper(); w.then(chromedp.Click(chromedp.CSS(selector))) }

// writes types a text into a field, in the place of what stands there.
func (w window) writes(selector, text string) step {
	return chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		if _, err := chromedp.Focus(chromedp.CSS(selector))(ctx, p); err != nil {
			return err
		}
		if _, err := chromedp.Evaluate[bool](`document.activeElement.select() || true`)(ctx, p); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return err
	})
}

// open goes to a page, which must fit.
func (w window) open(path, picture string) {
	w.t.Helper()
	w.run(w.goTo(path), chromedp.WaitVisible(chromedp.CSS("main h1")), w.fits(), w.picture(picture))
}

// told wants a page to tell that something was done.
func (w window) told(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		w.run(w.says(text))
	}
	w.run(w.fits())
}

// A whole season in a real browser: prepared, opened, asked, answered on a
// phone, judged with the keyboard, answered again, carried over, evaluated,
// rewritten in Word, read by the steering group and by everybody, brought to a
// meeting, resolved upon and corrected. What is stored is what
// counts.
func TestASeason(t *testing.T) {
	y := newYear(t)
	desk := openBrowser(t, y.house, 1280, 900, true)
	phone := openBrowser(t, y.house, 360, 740, true)
	phone.run(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch))
	y.begins(t, desk)
	y.answers(t, phone)
	y.judges(t, desk)
	y.answersAgain(t, phone)
	y.judgesAgain(t, desk)
	y.carriesOver(t, desk)
	y.evaluates(t, desk)
	y.steers(t, openBrowser(t, y.house, 360, 740, true))
	y.publishes(t, desk)
	y.reads(t, openBrowser(t, y.house, 360, 740, true))
	y.meets(t, desk)
	y.corrects(t, desk)
	v, err := y.office.Verify(context.Background())
	if err != nil || v.Evaluations != 2 || v.Entries < 7 {
		t.Errorf("verified: %+v, %v", v, err)
	}
}

// begins signs in with both factors, prepares the season, looks at its year and
// opens it. Nothing leaves before that.
func (y *year) begins(t *testing.T, w window) {
	w.run(w.typeSignIn()...)
	w.open("/stul", "1-empty-desk")
	w.open("/stul/obdobi", "2-seasons")
	w.run(w.writes("#od", "2023"))
	w.click("main form button")
	w.told(y.say.say("flash.obdobi-pripraveno"))
	w.open(yearPath, "3-prepared")
	y.must(y.office.Tick(context.Background()))
	if len(y.postman.last) > 0 {
		t.Errorf("letters left before the season was opened: %v", y.postman.last)
	}
	w.click(`button[value="otevrit"]`) // without the tick it is refused
	w.run(w.fits(), chromedp.WaitVisible(chromedp.CSS(`input[name="potvrzeni"][aria-invalid]`)), chromedp.Click(chromedp.CSS(`input[name="potvrzeni"]`)))
	w.click(`button[value="otevrit"]`)
	w.told(y.say.say("flash.obdobi-otevreno"))
	y.nextDay()
	s, err := y.office.Records.Season(context.Background(), "ap2023", "2023")
	if err != nil || s.State != engine.SeasonOpen || s.AskedOn == "" {
		t.Fatalf("season %+v, %v", s, err)
	}
	for _, id := range []string{"charita", "diakonie"} {
		if n := y.written(id); n != 1 {
			t.Errorf("%s got %d letters", id, n)
		}
	}
}

// answers fills in the sheet behind the link of the letter, with a finger on a
// phone: one item partial, one running, one with too little.
func (y *year) answers(t *testing.T, w window) {
	w.open(y.letter("charita@example.cz"), "4-phone-sheet")
	w.run(chromedp.Click(chromedp.CSS(`input[name="a1-stav"][value="partial"]`)), w.writes("#a1-hotovo", y.typed["partial"]), w.writes("#a1-cislo-0", "57,5"),
		chromedp.Click(chromedp.CSS(`input[name="a2-stav"][value="in_progress"]`)), w.writes("#a2-hotovo", y.typed["running"]),
		chromedp.Click(chromedp.CSS(`input[name="a3-stav"][value="fulfilled"]`)), w.writes("#a3-hotovo", y.typed["vague"]), w.writes("#kdo", y.typed["writer"]))
	w.click(`button[value="odeslat"]`)
	w.run(chromedp.WaitVisible(chromedp.CSS("#potize")), w.fits(), w.picture("5-phone-faults"), w.writes("#a1-chybi", y.typed["missing"]))
	w.click(`button[value="odeslat"]`)
	w.told(y.say.say("receipt.thanks"))
	w.run(w.picture("6-phone-receipt"))
	if got := y.decided(); got != "3 waiting, 0 approved, 0 returned" {
		t.Error(got)
	}
	for _, p := range y.proposals() {
		if p.By != y.typed["writer"] || p.Channel != engine.ByLink || p.Activity == "1.1/1" && (p.Answer.Missing != y.typed["missing"] || p.Answer.Numbers[0].Value != 57.5) {
			t.Errorf("proposal %+v", p)
		}
	}
}

// judges goes through the answers with the keyboard alone.
func (y *year) judges(t *testing.T, w window) {
	y.nextDay()
	w.run(w.typeSignIn()...) // yesterday's session is over
	w.open("/stul", "7-desk")
	w.open("/stul/odpovedi", "8-queue")
	w.tabTo(`a[href="#p1"]`)
	w.run(chromedp.KeyEvent(kb.Enter))
	w.press("", "1.1/1 article")
	w.press("a", "1.1/2 article")
	w.press("e", "1.1/2 select") // the page of the answer, on its form
	w.tabTo("#hotovo")
	w.types(y.typed["before"]) // the caret stands at the beginning
	w.tabTo(`button[value="upravit"]:not(.hidden)`)
	w.then(chromedp.KeyEvent(kb.Enter))
	w.press("", "1.2/1 article")
	w.press("r", "1.2/1 textarea")
	w.types(y.typed["question"])
	w.run(w.picture("9-question"))
	w.tabTo(`button[value="vratit"]`)
	w.then(chromedp.KeyEvent(kb.Enter))
	if got := y.decided(); got != "0 waiting, 2 approved, 1 returned" {
		t.Error(got)
	}
	if e := y.entry("1.1/2"); e.Narrative != y.typed["before"]+y.typed["running"] || e.State != engine.InProgress || e.ApprovedBy != who.Name {
		t.Errorf("edited entry %+v", e)
	}
	if e := y.entry("1.1/1"); e.State != engine.Partial || e.Missing != y.typed["missing"] {
		t.Errorf("approved entry %+v", e)
	}
	if e := y.entry("1.2/1"); !e.ApprovedAt.IsZero() {
		t.Errorf("a returned answer is official: %+v", e)
	}
}

// answersAgain completes what was returned, and answers the rest.
func (y *year) answersAgain(t *testing.T, w window) {
	y.nextDay()
	w.open(y.letter("charita@example.cz"), "10-phone-returned")
	w.run(w.says(y.typed["question"]))
	w.click(`button[value="upravit-3"]`)
	w.run(w.writes("#a3-hotovo", y.typed["precise"]))
	for item, text := range map[string]string{"a4": "evening", "a5": "line"} {
		w.run(chromedp.Click(chromedp.CSS(`input[name="`+item+`-stav"][value="fulfilled"]`)), w.writes("#"+item+"-hotovo", y.typed[text]))
	}
	w.run(w.writes("#kdo", y.typed["writer"]))
	w.click(`button[value="odeslat"]`)
	w.told(y.say.say("receipt.thanks"))
	if got := y.decided(); got != "3 waiting, 2 approved, 0 returned" {
		t.Error(got)
	}
}

// judgesAgain approves the answer to the question, then the riskless at once,
// and asks the silent again.
func (y *year) judgesAgain(t *testing.T, w window) {
	y.nextDay()
	w.run(w.typeSignIn()...)
	w.open("/stul/odpovedi", "11-queue-again")
	w.run(chromedp.Focus(chromedp.CSS("#p1")))
	w.press("", "1.2/1 article")
	w.press("a", "1.2/3 article")
	w.then(chromedp.KeyEvent("A"))
	w.told(y.say.count("flash.schvaleno", 2))
	if got := y.decided(); got != "0 waiting, 5 approved, 0 returned" {
		t.Error(got)
	}
	w.open("/stul", "12-desk-silent")
	w.click(`a.button[href^="/stul/znovu"]`)
	w.run(w.fits(), w.picture("13-again"))
	w.click(`main form[action="/stul/znovu"] button`)
	w.told(y.say.say("again.done"))
	if n := y.written("diakonie"); n != 2 {
		t.Errorf("the silent got %d letters", n)
	}
	if n := y.written("charita"); n > 3 {
		t.Errorf("who answered got %d letters", n)
	}
}

// carriesOver decides what becomes of what was not finished.
func (y *year) carriesOver(t *testing.T, w window) {
	y.must(y.office.Report(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"}, engine.Answer{Status: engine.Unfulfilled, Missing: "-"}, "", "telefon", who))
	w.open(carryDesk, "14-carry")
	if e := y.entry("1.1/1"); e.NextStep == engine.CarryOver {
		t.Fatalf("somebody decided already: %+v", e)
	}
	form := func(id string) string { return `form.carrying:has(input[name="aktivita"][value="` + id + `"]) ` }
	w.run(chromedp.SetValue(chromedp.CSS(form("1.1/1")+"select"), "carry_over"))
	w.click(form("1.1/1") + "button")
	w.run(chromedp.SetValue(chromedp.CSS(form("1.2/2")+"select"), "drop"))
	w.click(form("1.2/2") + "button") // why is missing
	w.run(chromedp.WaitVisible(chromedp.CSS(form("1.2/2")+`input[name="duvod"][aria-invalid]`)), w.fits(), w.picture("15-carry-fault"), w.writes(form("1.2/2")+`input[name="duvod"]`, y.typed["drop"]))
	w.click(form("1.2/2") + "button")
	if e := y.entry("1.1/1"); e.NextStep != engine.CarryOver {
		t.Errorf("carried over: %+v", e)
	}
	if e := y.entry("1.2/2"); e.NextStep != engine.Drop || e.Onward.Reason != y.typed["drop"] {
		t.Errorf("dropped: %+v", e)
	}
}

// evaluates drafts, writes foreword and conclusion and approves.
func (y *year) evaluates(t *testing.T, w window) {
	w.open(season, "16-nothing-drafted")
	w.click(`button[value="obnovit"]`)
	w.run(w.writes("#uvod", y.typed["foreword"]), w.writes("#zaver", y.typed["conclusion"]))
	w.click(`button[value="slova"]`)
	w.told(y.say.say("flash.slova-ulozena"))
	y.rewrites(w)
	w.open(season, "17-draft")
	w.run(chromedp.Click(chromedp.CSS(`input[name="potvrzeni"]`)))
	w.click(`button[value="schvalit"]`)
	w.run(w.fits(), w.picture("18-approved"))
	y.nextDay()
	all, err := y.office.Records.Evaluations(context.Background(), "ap2023", "2023")
	y.must(err)
	if len(all) != 1 || all[0].State != engine.EvaluationApproved || all[0].Foreword != y.typed["foreword"] || all[0].Conclusion != y.typed["conclusion"] || all[0].Totals.Fulfilled != 3 {
		t.Errorf("evaluations %+v", all)
	}
	print, err := y.office.Print(context.Background(), all[0])
	y.must(err)
	says := false
	for f, err := range y.office.Documents.Documents(print) {
		y.must(err)
		says = says || bytes.Contains(f.Data, []byte(y.typed["conclusion"]))
	}
	if !says {
		t.Error("the document does not say the conclusion")
	}
}

// steers reads the board behind the link of the letter, in a browser that never
// was here.
func (y *year) steers(t *testing.T, w window) {
	w.open(y.letter("rs@klatovy.example"), "19-board")
	w.run(w.drawn())
	desk, err := chromedp.Run(w.ctx, chromedp.Evaluate[int](`document.querySelectorAll('a[href^="/stul"], form[action^="/stul"]').length`))
	y.must(err)
	if desk > 0 {
		t.Errorf("%d ways lead from the board to the desk", desk)
	}
}

// corrects types in what the steering group resolved, and what follows from it.
func (y *year) corrects(t *testing.T, w window) {
	w.open(season+"/usneseni", "20-resolutions")
	w.run(w.writes("#organ", y.typed["body"]), w.writes("#cislo", "12/2024"), chromedp.SetValue(chromedp.CSS("#den"), string(engine.DateOf(y.now()))),
		chromedp.SetValue(chromedp.CSS("#sloveso"), "charged"), w.writes("#text", y.typed["resolved"]))
	w.click(`form[action="` + season + `/usneseni"] button`)
	w.run(w.fits(), w.picture("21-resolution"), chromedp.SetValue(chromedp.CSS(`[name="krok-1.2/2"]`), "postpone"), chromedp.SetValue(chromedp.CSS(`[name="den-1.2/2"]`), "2024-09-30"))
	w.click(`button[value="polozky"]`)
	if e := y.entry("1.2/2"); e.NextStep != engine.Postpone || e.PostponedTo != "2024-09-30" {
		t.Errorf("the resolution decided: %+v", e)
	}
	w.open(season, "22-changed")
	w.run(w.writes("#duvod", y.typed["why"]))
	w.click(`button[value="opravit"]`)
	w.run(w.fits(), w.picture("23-restated"), chromedp.Click(chromedp.CSS(`input[name="potvrzeni"]`)))
	w.click(`button[value="schvalit"]`)
	all, err := y.office.Records.Evaluations(context.Background(), "ap2023", "2023")
	y.must(err)
	if len(all) != 2 || all[1].State != engine.EvaluationApproved || all[1].Number != 2 || all[1].Reason != y.typed["why"] || all[1].Foreword != y.typed["foreword"] || len(all[1].Edits) != 1 {
		t.Errorf("evaluations %+v", all)
	}
	w.open(season+"/zverejneni", "24-behind")
	w.run(w.says(y.say.say("publish.behind", "Published", 1, "Newest", 2)))
}
