package web

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/document"
)

// canaries are what nobody outside may read, each said in one place at least.
var canaries = []string{
	"kanarek@example.cz", "601 234 567", "601234567", "Kanarkova", // a body's contact
	"Vlastni slova organizace", "Otazka koordinatorky", "Interni poznamka", "Rozepsany koncept", "Usneseni potichu",
	"kpss@klatovy.example", "rs@klatovy.example", "3 klient", "jen 2 senior",
	"Pocet klientu:</span> 3", `"value": 3,`, ",3 osob",
}

// canaryHouse is a house in which all of them are said, with an evaluation that
// everybody may read.
func canaryHouse(t *testing.T) *house {
	h := newHouse(t)
	ctx := context.Background()
	maker, err := document.New()
	h.must(err)
	h.office.Documents = maker
	h.signIn()
	bodies, err := h.office.Records.Organisations(ctx, "charita")
	h.must(err)
	body := bodies[0]
	body.Contacts = append(body.Contacts, engine.Contact{Name: "Klara Kanarkova", Email: "kanarek@example.cz"})
	h.must(h.office.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "contact", Subject: "charita", Organisations: []engine.Organisation{body}}))

	path := h.path("charita")
	h.post(path, three()).want(t, 303)
	f := answers()
	f.Set("a1-hotovo", "Vlastni slova organizace: jezdime.")
	h.post(path, f).want(t, 303)
	h.post("/stul/rozhodnuti", decides("vratit", "1.2/1", 1, url.Values{"otazka": {"Otazka koordinatorky?"}})).want(t, 303)
	f.Set("action", "ulozit")
	f.Set("a1-hotovo", "Rozepsany koncept")
	h.post(path, f)
	at := func(id string) engine.EntryKey { return engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: id} }
	told := engine.Answer{Status: engine.Partial, Done: "Jezdi v peti obcich.", Missing: "Chybi vikendy.", Numbers: []engine.Number{{Name: "Pocet klientu", Unit: "osob", Value: 57}}}
	for _, id := range []string{"1.1/1", "1.1/2", "1.2/1"} {
		h.must(h.office.Report(ctx, at(id), told, "", "telefon", who))
	}
	told.Done = "Veletrh byl pro jen 2 seniory, psali na kanarek@example.cz a volali na +420 601 234 567."
	told.Missing, told.Numbers[0].Value = "Klara Kanarkova odesla, pomohli jsme 3 klientum.", 3
	h.must(h.office.Report(ctx, at("1.2/2"), told, "", "telefon", who))
	h.must(h.office.Note(ctx, at("1.1/1"), "Interni poznamka", who))
	h.decides("1.1/2", "krok", "drop", "duvod", "Pta se kanarek@example.cz").want(t, 303)
	_, err = h.office.Resolve(ctx, engine.Resolution{Plan: "ap2023", Period: "2023", Body: "rada", Number: "12/2024", Day: "2024-01-23", Verb: engine.VerbTookNote, Text: "Usneseni potichu.",
		Items: []engine.ResolutionItem{{Activity: "1.2/2", Next: engine.Drop, Note: "Kraj to dela sam."}}}, who)
	h.must(err)
	e := h.draft()
	h.must(h.office.Frame(ctx, "ap2023", "2023", e.Number, e.Version, "Uvod: kanarek@example.cz.", "Zaver: 601234567.", "", who))
	h.approveIt()
	h.publishes(1)
	h.client = h.browser()
	return h
}

// everythingPublic gives the body of every public page and file by its address,
// packed files unpacked.
func (h *house) everythingPublic() map[string]string {
	h.t.Helper()
	season, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	paths := []string{publicHome, publicHome + "/zmeny.atom", publicHome + "/katalog.jsonld", publicSeason, publicHome + "/plan/ap2023", "/"}
	for _, m := range []string{"1.1", "1.2"} {
		paths = append(paths, publicHome+"/plan/ap2023?oblast=1&opatreni="+m)
	}
	for _, id := range []string{"1.1/1", "1.1/2", "1.2/1", "1.2/2"} {
		paths = append(paths, publicHome+"/plan/ap2023/aktivita/"+id)
	}
	for _, a := range h.office.Documents.Names(season) {
		if paperOf(a).Group != "council" {
			paths = append(paths, publicSeason+"/"+a.Name)
		}
	}
	all := map[string]string{}
	for _, path := range paths {
		r := h.get(path)
		r.want(h.t, 200)
		all[path] = r.body + unpacked(h.t, []byte(r.body))
	}
	return all
}

var stream = regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`)

// unpacked gives what a ZIP or a PDF holds inside.
func unpacked(t testing.TB, body []byte) string {
	t.Helper()
	var out strings.Builder
	if z, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&out, r); err != nil { //nolint:gosec // made by us a moment ago
				t.Fatal(err)
			}
		}
	}
	if bytes.HasPrefix(body, []byte("%PDF")) {
		for _, m := range stream.FindAllSubmatch(body, -1) {
			if r, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
				_, _ = io.Copy(&out, r) //nolint:gosec // made by us a moment ago; the end may be cut
			}
		}
	}
	return out.String()
}

// Nothing of what is kept from everybody comes out anywhere.
func TestNoCanaryIsPublished(t *testing.T) {
	h := canaryHouse(t)
	inside, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	stored, err := json.Marshal(inside)
	h.must(err)
	if !strings.Contains(string(stored), "kanarek@example.cz") || !strings.Contains(string(stored), "3 klient") {
		t.Fatal("no canary was planted")
	}
	all := h.everythingPublic()
	if len(all) < 15 {
		t.Errorf("only %d pages and files were read", len(all))
	}
	for path, body := range all {
		for _, canary := range canaries {
			if strings.Contains(body, canary) {
				t.Errorf("%s tells %q", path, canary)
			}
		}
	}
	if !strings.Contains(all[publicHome+"/plan/ap2023/aktivita/1.1/1"], "Chyb") {
		t.Error("nothing is told at all")
	}
}

// An edited paragraph, or one of a body that has a contact, is masked in every
// view of the same row alike: pages are made of rows, files of the whole.
func TestPagesAndFilesTellTheSame(t *testing.T) {
	h := canaryHouse(t)
	all := h.everythingPublic()
	data := all[publicSeason+"/evaluation-2023.json"]
	var e struct {
		Areas []struct {
			Measures []struct {
				Activities []struct{ ID, Title, Narrative, Missing string }
			}
		}
	}
	h.must(json.NewDecoder(strings.NewReader(data)).Decode(&e))
	n := 0
	for _, a := range e.Areas {
		for _, m := range a.Measures {
			for _, row := range m.Activities {
				n++
				page := all[publicHome+"/plan/ap2023/aktivita/"+row.ID]
				for _, text := range []string{row.Title, row.Narrative, row.Missing} {
					if !strings.Contains(page, strings.NewReplacer("&", "&amp;", "<", "&lt;", "'", "&#39;", `"`, "&#34;", "+", "&#43;").Replace(text)) {
						t.Errorf("the page of %s does not say %q", row.ID, text)
					}
				}
			}
		}
	}
	if n != 4 {
		t.Errorf("%d rows in the data", n)
	}
}
