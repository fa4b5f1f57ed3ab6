package web

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// inWord gives a document with one text in the place of another, as somebody
// leaves it who worked on it in Word.
func (y *year) inWord(document []byte, from, to string) []byte {
	y.t.Helper()
	in, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	y.must(err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		y.must(err)
		text, err := io.ReadAll(r)
		y.must(err)
		if f.Name == "word/document.xml" {
			if !bytes.Contains(text, []byte(from)) {
				y.t.Fatalf("the document does not say %q", from)
			}
			text = bytes.Replace(text, []byte(from), []byte(to), 1)
		}
		w, err := out.Create(f.Name)
		y.must(err)
		_, err = w.Write(text)
		y.must(err)
	}
	y.must(out.Close())
	return b.Bytes()
}

// rewrites downloads the draft, changes a sentence of it and takes it over.
func (y *year) rewrites(w window) {
	w.open(season+"/upravy", "16a-word")
	way, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.querySelector('main a[href$=".docx"]').getAttribute("href")`))
	y.must(err)
	y.signIn()
	was, _, _ := strings.Cut(y.typed["foreword"], ". ")
	file := filepath.Join(y.t.TempDir(), "evaluation.docx")
	y.must(os.WriteFile(file, y.inWord([]byte(y.get(way).body), was+".", y.typed["rewritten"]), 0o600))
	w.run(chromedp.SetUploadFiles(chromedp.CSS("#dokument"), []string{file}))
	w.click(`button[value="ukazat"]`)
	w.run(w.fits(), w.picture("16b-word-differs"))
	w.click(`button[value="prevzit"]`)
	w.told(y.say.say("flash.upravy-prevzaty"))
	e, err := y.office.Evaluation(y.t.Context(), "ap2023", "2023")
	y.must(err)
	if len(e.Edits) != 1 || !strings.Contains(strings.Join(e.Edits[0].After, " "), y.typed["rewritten"]) {
		y.t.Errorf("taken over: %+v", e.Edits)
	}
}

// publishes reads what is withheld and lets everybody read the rest.
func (y *year) publishes(t *testing.T, w window) {
	w.run(w.typeSignIn()...)
	w.open(season+"/zverejneni", "19a-publish")
	w.run(w.says(y.say.say("publish.withheld")))
	w.click(`button[value="zverejnit"]`) // without the tick it is refused
	w.run(w.fits(), chromedp.WaitVisible(chromedp.CSS(`input[name="potvrzeni"][aria-invalid]`)), chromedp.Click(chromedp.CSS(`input[value="zverejnit"]`)))
	w.click(`button[value="zverejnit"]`)
	w.told(y.say.say("flash.vyhodnoceni-zverejneno"))
	s, err := y.office.Records.Season(t.Context(), "ap2023", "2023")
	if err != nil || s.Published != 1 {
		t.Errorf("season %+v, %v", s, err)
	}
}

// reads finds the evaluation as somebody who never was here, and takes the
// documents along.
func (y *year) reads(t *testing.T, w window) {
	w.open("/", "19b-first-page")
	w.click(`main a[href="` + publicHome + `"]`)
	w.run(w.fits(), w.picture("19c-town"))
	w.click(`main a[href="` + publicSeason + `"]`)
	w.run(w.fits(), w.drawn(), w.picture("19d-evaluation"))
	ways, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`["html", "pdf"].map(e => document.querySelector('main .papers a[href$="evaluation-2023.' + e + '"]').getAttribute("href"))`))
	y.must(err)
	y.client = y.browser()
	if page := y.get(ways[0]); page.status != 200 || !strings.Contains(page.body, y.typed["rewritten"]) {
		t.Errorf("the page to read: %d, without what was written in Word", page.status)
	}
	if pdf := y.get(ways[1]); pdf.status != 200 || !strings.HasPrefix(pdf.body, "%PDF-") || !strings.Contains(pdf.body[len(pdf.body)-32:], "%%EOF") {
		t.Errorf("the PDF: %d, %d bytes", pdf.status, len(pdf.body))
	}
	w.run(w.goTo(publicHome + "/plan/ap2023"))
	w.click(`main .entries a[href*="opatreni="]`)
	w.click(`main article a`)
	w.run(w.fits(), w.picture("19e-activity"))
}

// meets calls a meeting; its papers leave on their day by the clock, and what
// the meeting decided is written down from its page.
func (y *year) meets(t *testing.T, w window) {
	w.open(meetingsAt, "19f-call")
	w.run(chromedp.SetValue(chromedp.CSS("#den"), "2024-02-13"), chromedp.SetValue(chromedp.CSS("#cas"), "14:00"), w.writes("#misto", "radnice"), w.writes("#program", y.typed["agenda"]))
	w.click(`form[action="` + meetingsAt + `"] button`)
	w.told(y.say.say("flash.jednani-svolano"))
	m := y.meeting(1)
	for engine.DateOf(y.now()) < m.SendOn {
		if y.meeting(1).Sending > 0 {
			t.Fatalf("the papers left before %s", m.SendOn)
		}
		y.nextDay()
	}
	y.postman.mu.Lock()
	letter := y.postman.last["rs@klatovy.example"]
	y.postman.mu.Unlock()
	if y.meeting(1).Sending != 1 || !strings.Contains(letter, "pack-2023.pdf") || !strings.Contains(letter, "application/pdf") || !strings.Contains(letter, "text/calendar") {
		t.Errorf("sent %d times; the letter:\n%.1500s", y.meeting(1).Sending, letter)
	}
	for engine.DateOf(y.now()) < m.Day {
		y.nextDay()
	}
	w.run(w.typeSignIn()...)
	w.open(meetingsAt+"/1", "19g-meeting")
	w.click(`main a[href$="usneseni?jednani=1"]`)
	w.run(w.fits(), w.writes("#cislo", "11/2024"), w.writes("#text", y.typed["resolved"]), chromedp.SetValue(chromedp.CSS(`[name="krok-1.2/5"]`), "drop"), w.writes(`[name="pozn-1.2/5"]`, "-"), w.picture("19h-resolve"))
	w.click(`form[action^="` + season + `/usneseni"] button`)
	if e := y.entry("1.2/5"); e.NextStep != engine.Drop {
		t.Errorf("the meeting decided: %+v", e)
	}
	w.open(season+"/prehled", "19i-board")
	w.run(w.says("11/2024"))
}
