package web

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

// sendFile sends a form with one file.
func (h *house) sendFile(path, field string, file []byte, action string) reply {
	h.t.Helper()
	return h.post(path, url.Values{field: {string(file)}, "action": {action}})
}

const takeBack = season + "/upravy"

var readField = regexp.MustCompile(`name="precteno" value="([^"]+)"`)

// word uploads what was written in Word and gives the form that takes it over.
func (h *house) word(text string) url.Values {
	h.t.Helper()
	r := h.sendFile(takeBack, "dokument", []byte("Word: "+text), "ukazat")
	r.want(h.t, 200, "1 odstavec je ve Wordu jinak", "Ptali jsme se", "částečně", `value="prevzit"`)
	m := readField.FindStringSubmatch(r.body)
	if m == nil {
		h.t.Fatal("what was read is not on the page")
	}
	return url.Values{"precteno": {m[1]}, "action": {"prevzit"}}
}

// What was rewritten in Word is shown, decided, and stands in the draft.
func TestEditsOfWordAreTakenOver(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.draft()
	before := h.fingerprint()
	f := h.word("Souhrn podle koordinátorky.")
	if h.fingerprint() != before {
		t.Error("showing a document stored something")
	}
	h.post(takeBack, f).want(t, 422, "Vyberte jedno z obou znění", "Souhrn ", "podle koordinátorky.")
	f.Set("volba-1", "moje")
	h.post(takeBack, f).want(t, 303)
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	if len(e.Edits) != 2 || e.Edits[0].After[0] != "Souhrn podle koordinátorky." || e.Edits[1].Before != "Ptali jsme se dvěma dopisy." || e.Edits[1].After[0] != "Ptali jsme se všech dopisem a telefonem." {
		t.Errorf("edits %+v", e.Edits)
	}
	h.post(takeBack, f).want(t, 409, "se mezitím změnilo")
}

// Ours stays where somebody chooses so; a restatement needs its reason.
func TestEditsOfAnApprovedEvaluation(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.approveIt()
	f := h.word("Jinak.")
	f.Set("volba-1", "nase")
	h.post(takeBack, f).want(t, 422, "duvod-chyba", `value="nase" checked`)
	f.Set("duvod", "Oprava souhrnu.")
	h.post(takeBack, f).want(t, 303)
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	if len(e.Edits) != 1 || e.Edits[0].Key != "souhrn" {
		t.Errorf("edits %+v", e.Edits)
	}
}

// quarrel is two rewritten paragraphs, of which the second no longer fits.
var quarrel = []engine.Edit{{Key: "souhrn", Before: "Souhrn.", After: []string{"Souhrn bez chyb."}}, {Key: "metody", Before: "Ptali jsme se.", After: []string{"O metody byl spor."}}}

// What was rewritten and has changed since is decided about before the approval.
func TestRewrittenAndChangedSince(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.draft()
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	h.must(h.office.TakeOver(context.Background(), "ap2023", "2023", e.Number, e.Version, quarrel, "", who))
	approve := url.Values{"action": {"schvalit"}, "verze": {strconv.Itoa(e.Version + 1)}, "potvrzeni": {"1"}}
	h.post(season, approve).want(t, 422, "Nejdřív rozhodněte o odstavcích", takeBack)
	page := h.get(takeBack)
	page.want(t, 200, "dříve přepsali ve Wordu", "Ptali jsme se.", "O metody byl ", "spor")
	f := url.Values{"action": {"prevzit"}, "drivejsi": {"1"}, "precteno": {readField.FindStringSubmatch(page.body)[1]}}
	h.post(takeBack, f).want(t, 422, "Vyberte jedno z obou znění", "dříve přepsali ve Wordu")
	f.Set("volba-1", "nase")
	h.post(takeBack, f).want(t, 303)
	e, err = h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	if len(e.Edits) != 1 || e.Edits[0].Key != "souhrn" {
		t.Errorf("edits %+v", e.Edits)
	}
	approve.Set("verze", strconv.Itoa(e.Version))
	h.post(season, approve).want(t, 303)
}

// What is no document of ours is refused with a sentence, and so is a form that
// was made up or carried over from elsewhere.
func TestForeignFilesAreNotTakenOver(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.draft()
	before := h.fingerprint()
	for what, file := range map[string][]byte{"text": []byte("ahoj"), "zip": []byte("PK\x03\x04" + strings.Repeat("\x00", 99)), "empty": nil} {
		r := h.sendFile(takeBack, "dokument", file, "ukazat")
		if r.status != 422 || !strings.Contains(r.body, "dokument-chyba") {
			t.Errorf("%s: %d", what, r.status)
		}
	}
	if r := h.sendFile(takeBack, "dokument", make([]byte, maxUpload+1), "ukazat"); r.status != 413 {
		t.Errorf("a huge file: %d", r.status)
	}
	for _, read := range []string{"", "x", h.signer.Seal(`edits "klatovy" "ap2023" "2022"`, []byte(`{"Number":1,"Version":1}`))} {
		h.post(takeBack, url.Values{"action": {"prevzit"}, "precteno": {read}}).want(t, 422)
	}
	if h.fingerprint() != before {
		t.Error("something was stored")
	}
	h.get("/stul/vyhodnoceni/ap2023/1999/upravy").want(t, 404)
}

// A layout is stored only when it can be used.
func TestLayoutOfATown(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get(layoutDesk).want(t, 200, "zatím vlastní šablonu nemá")
	h.get(layoutDesk+"/nynejsi").want(t, 404)
	for what, file := range map[string][]byte{"text": []byte("ahoj"), "zip": []byte("PK\x03\x04" + strings.Repeat("\x00", 99)), "empty": nil} {
		r := h.sendFile(layoutDesk, "sablona", file, "nahrat")
		if r.status != 422 || !strings.Contains(r.body, "sablona-chyba") {
			t.Errorf("%s: %d", what, r.status)
		}
	}
	if r := h.sendFile(layoutDesk, "sablona", make([]byte, maxUpload+1), "nahrat"); r.status != 413 {
		t.Errorf("a huge file: %d", r.status)
	}
	if _, err := h.office.Records.Filed(context.Background(), engine.LayoutFile); engine.CodeOf(err) != engine.NotFound {
		t.Errorf("a layout that cannot be used is stored: %v", err)
	}
	example := h.get(layoutDesk + "/ukazka")
	example.want(t, 200)
	h.sendFile(layoutDesk, "sablona", []byte(example.body), "nahrat").want(t, 303)
	h.get(layoutDesk).want(t, 200, "Stáhnout nynější šablonu", "Vyplní se:")
	if now := h.get(layoutDesk + "/nynejsi"); now.body != example.body {
		t.Error("another layout comes back")
	}
	h.post(layoutDesk, url.Values{"action": {"odebrat"}}).want(t, 422, "potvrzeni-chyba")
	h.post(layoutDesk, url.Values{"action": {"odebrat"}, "potvrzeni": {"1"}}).want(t, 303)
	h.get(layoutDesk).want(t, 200, "zatím vlastní šablonu nemá")
}

// Publishing is told before, asked twice, and can be taken back.
func TestPublishingAtTheDesk(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	page := season + "/zverejneni"
	h.get(page).want(t, 200, "Zatím není co zveřejnit", "Nezveřejněno")
	h.approveIt()
	h.get(page).want(t, 200, "Co veřejnost neuvidí", "znění č. 1 smí číst každý", "?verejne&amp;cislo=1")
	h.get(season+"/soubor/vyhodnoceni.html?verejne&cislo=1").want(t, 200, "Dokument.")
	h.post(page, url.Values{"action": {"zverejnit"}, "cislo": {"1"}}).want(t, 422, "zverejnit-chyba")
	h.get(publicSeason).want(t, 404)
	h.post(page, url.Values{"action": {"zverejnit"}, "cislo": {"1"}, "potvrzeni": {"zverejnit"}}).want(t, 303)
	h.get(publicSeason).want(t, 200)
	h.get(page).want(t, 200, h.signer.PublicURL("klatovy", "plan", "ap2023", "2023"))
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/1"}, "Vyšel.", who))
	h.post(season, url.Values{"action": {"opravit"}, "duvod": {"Katalog vyšel."}}).want(t, 303)
	h.get(page).want(t, 200, "koncept veřejnost neuvidí")
	h.approveIt()
	h.get(page).want(t, 200, "Zveřejněné je znění č. 1, schválené je už č. 2")
	h.get(publicSeason).hides(t, "Katalog vyšel.")
	h.post(page, url.Values{"action": {"zverejnit"}, "cislo": {"2"}, "potvrzeni": {"zverejnit"}}).want(t, 303)
	h.get(publicSeason).want(t, 200, "Katalog vyšel.")
	h.get(publicHome+"/zmeny.atom").want(t, 200, publicSeason+"#2", "Katalog vyšel.")
	h.post(page, url.Values{"action": {"stahnout"}}).want(t, 422, "stahnout-chyba")
	h.post(page, url.Values{"action": {"stahnout"}, "potvrzeni": {"stahnout"}}).want(t, 303)
	h.get(publicSeason).want(t, 404)
}
