package document

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

var update = flag.Bool("update", false, "write the golden files anew")

// evaluation is a small one in which every status occurs.
func evaluation() engine.Evaluation {
	approved := time.Date(2024, 3, 4, 23, 30, 0, 0, time.UTC) // the next day in Prague
	row := func(id, title string, s engine.State) engine.ActivityResult {
		return engine.ActivityResult{ID: id, Title: title, Status: s, Answered: true, Responsible: "Městský ústav sociálních služeb Klatovy",
			ApprovedBy: "Mgr. Žofie Příkladová", ApprovedAt: approved, NextStep: engine.Close, Deadline: "2023–2025"}
	}
	full := row("1.1/1", "Rozšíření pečovatelské služby v odpoledních a večerních hodinách", engine.Fulfilled)
	full.Label, full.Details, full.Tags = "1.", []string{"(večerní provoz)", "(víkendový provoz)"}, []string{"A"}
	full.Narrative = "Služba běží od března.\n• pracovní dny do 20 hodin\n• víkendy do 18 hodin\nZájem trvá."
	full.Numbers = []engine.Number{{Name: "klienti", Unit: "osob", Value: 1255}, {Name: "úvazky", Value: 2.5}}
	full.Answers = []engine.GivenAnswer{{Organisation: "Městský ústav sociálních služeb Klatovy", Status: engine.Fulfilled, Text: "Služba běží od března.", Channel: engine.ByLink, At: approved, Decision: engine.Approved}}
	full.Lineage, full.Silent = engine.Lineage{Since: 2008, Carried: 3}, []string{"Oblastní charita Klatovy"}
	other := row("1.1/2", "Truhlářská dílna", engine.Fulfilled)
	other.Label, other.Qualifier, other.Narrative = "2.", engine.AnotherForm, "Dílnu nahradila spolupráce s městskými lesy."
	part := row("1.1/3", "Zázemí pro osobní asistenci", engine.Partial)
	part.Label, part.Missing, part.NextStep = "3.", "Zbývá dokončit bezbariérový vstup.", engine.CarryOver
	part.Answers = []engine.GivenAnswer{{Organisation: "Bolešiny", Status: engine.Partial, Channel: engine.ByCoordinator, At: approved, Decision: engine.Approved}}
	not := row("1.2/1", "Noclehárna", engine.Unfulfilled)
	not.Narrative, not.NextStep = "Nepodařilo se získat dotaci.", engine.Drop
	runs, planned := row("2.1/1", "Bezbariérové trasy", engine.InProgress), row("2.1/2", "Půjčovna pomůcek", engine.Planned)
	planned.ApprovedBy, planned.ApprovedAt, planned.NextStep = "", time.Time{}, ""
	unknown := row("2.1/3", "Senior taxi", engine.StateUnknown)
	unknown.Responsible = ""
	silent := engine.ActivityResult{ID: "A/1", Label: "1.", Title: "Informovanost veřejnosti", Status: engine.Planned, NoAnswer: true,
		Responsible: "Poskytovatelé sociálních služeb", AskedOn: []engine.Date{"2024-01-08", "2024-01-24"}}
	e := engine.Evaluation{Municipality: "Město Klatovy", Plan: "kpss", PlanTitle: "Komunitní plán sociálních služeb města Klatovy", Period: engine.Year(2023),
		State: engine.EvaluationApproved, Number: 2, Reason: "Doplněna odpověď Charity k aktivitě 1.1/3.", MadeAt: approved, Asked: 7, Answered: 4, Silent: 1,
		Changes: []string{"1.1/3"}, FrozenAt: approved, FrozenBy: "řídící skupina", Hash: strings.Repeat("0123456789abcdef", 4), Demo: true,
		Funding: "Spolufinancováno Evropskou unií, reg. č. CZ.03.02.01/00/22_001/0000001."}
	e.Areas = []engine.AreaResult{
		{Code: "1", Title: "Rozvoj terénních a ambulantních služeb", Measures: []engine.MeasureResult{
			{Code: "1.1", Title: "Podpora seniorů", Activities: []engine.ActivityResult{full, other, part}}, {Code: "1.2", Title: "Lidé bez domova", Activities: []engine.ActivityResult{not}}}},
		{Code: "2", Title: "Město bez bariér", Measures: []engine.MeasureResult{{Code: "2.1", Title: "Doprava a pomůcky", Activities: []engine.ActivityResult{runs, planned, unknown}}}},
		{Code: "", Measures: []engine.MeasureResult{{Code: "A", Title: "Informovanost", CrossCutting: true, Activities: []engine.ActivityResult{silent}}}},
	}
	for i := range e.Areas {
		for j := range e.Areas[i].Measures {
			m := &e.Areas[i].Measures[j]
			for _, r := range m.Activities {
				m.Totals.Add(r)
				e.Areas[i].Totals.Add(r)
				e.Totals.Add(r)
			}
		}
	}
	return e
}

func maker(t testing.TB) *Maker {
	t.Helper()
	m, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wholeSet gives the complete set of a print.
func wholeSet(m *Maker, p engine.Print) (all []engine.Attachment, err error) {
	for a, err := range m.Documents(p) {
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

func documents(t testing.TB, e engine.Evaluation) map[string]string {
	t.Helper()
	p := engine.Print{Evaluation: e}
	if e.Publicized {
		p.Address = "https://plan.klatovy.example/obec/klatovy/plan/kpss/2023/"
	}
	files, err := wholeSet(maker(t), p)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[strings.TrimPrefix(f.Name, fileName(e))] = string(f.Data)
	}
	return out
}

// The table and the data, byte by byte; what papers say is in TestPapersSay.
func TestGoldenDocuments(t *testing.T) {
	for name, e := range map[string]engine.Evaluation{"approved": evaluation(), "draft": draft(), "empty": empty()} {
		all := documents(t, e)
		for _, ext := range []string{".csv", "-excel.csv", ".json"} {
			golden(t, name+ext, all[ext])
		}
	}
}

// golden compares a text with the one that was looked at.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; look at it, then run with -update\n%s", path, diff)
	}
}

func draft() engine.Evaluation {
	e := evaluation()
	e.State, e.Number, e.Reason, e.Changes, e.Demo, e.Funding = engine.EvaluationDraft, 1, "", nil, false, ""
	e.Period = engine.Period{ID: "2021-2023", Start: "2021-01-01", End: "2023-12-31"}
	return e
}

func empty() engine.Evaluation {
	return engine.Evaluation{Municipality: "Obec", PlanTitle: "Plán", Period: engine.Year(2024), State: engine.EvaluationDraft, Number: 1}
}

// A town's own words stand where ours would, and the coordinator's around the
// results; the same evaluation without them says ours.
func TestOwnWords(t *testing.T) {
	e := evaluation()
	e.Foreword, e.Conclusion = "Rok 2023 byl rokem změn.\n• vznikly dvě služby\n<b>", "Děkujeme všem poskytovatelům."
	e.StatusNames = map[string]string{"fulfilled": "naplněno", "partial": "rozpracováno", "no_answer": "bez vyjádření"}
	page := documents(t, e)[".html"]
	for _, want := range []string{`<h2 id="uvod">Úvod</h2>`, "<p>Rok 2023 byl rokem změn.</p>\n<ul><li>vznikly dvě služby</li></ul>\n<p>&lt;b&gt;</p>", `<h2 id="zaver">Závěr</h2>`,
		"Děkujeme všem poskytovatelům.", "\u00a0naplněno</strong>", "\u00a0rozpracováno</strong>", "\u00a0bez vyjádření</strong>", "naplněno 1 ("} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page, "\u00a0splněno</strong>") || strings.Contains(page, "\u00a0částečně splněno</strong>") {
		t.Error("our word stands beside the town's own")
	}
	if strings.Index(page, `id="uvod"`) > strings.Index(page, `id="souhrn"`) || strings.Index(page, `id="zaver"`) < strings.LastIndex(page, `id="opatreni-`) {
		t.Error("the foreword or the conclusion stands in the wrong place")
	}
	if plain := documents(t, evaluation())[".html"]; strings.Contains(plain, "naplněno") || strings.Contains(plain, `id="uvod"`) {
		t.Error("the words of one town stand in the document of another")
	}
}

func TestNames(t *testing.T) {
	e := evaluation()
	e.Period.ID = "2021-2023"
	files, err := wholeSet(maker(t), engine.Print{Evaluation: e})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, f := range files {
		got = append(got, f.Name)
		if name := maker(t).Names(e)[i]; name.Name != f.Name || name.Type != f.Type {
			t.Errorf("%s is announced as %v", f.Name, name)
		}
		one, err := maker(t).Document(engine.Print{Evaluation: e}, f.Name)
		if err != nil || !bytes.Equal(one.Data, f.Data) {
			t.Errorf("%s alone is another than in the set (%v)", f.Name, err)
		}
	}
	for _, want := range []string{"evaluation-2021-2023.html", "evaluation-2021-2023-short.html", "evaluation-2021-2023.csv", "evaluation-2021-2023.json"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing from %v", want, got)
		}
	}
	if _, err := maker(t).Document(engine.Print{Evaluation: e}, "evaluation-2021-2023.exe"); engine.CodeOf(err) != engine.NotFound {
		t.Errorf("a document there is none of: %v", err)
	}
	e.Period.ID = strings.Repeat("2", 60)
	if _, err := wholeSet(maker(t), engine.Print{Evaluation: e}); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("a period too long for a name: %v", err)
	}
}

// TestPageSaysWhatCounts checks the facts a reader must be able to find.
func TestPageSaysWhatCounts(t *testing.T) {
	page := documents(t, evaluation())[".html"]
	for _, want := range []string{`<html lang="cs-CZ">`, "UKÁZKA", "Schválené znění č. 2", "5. 3. 2024", "Opravené znění", `href="#a-1-1-3"`, `id="a-1-1-3"`, "Spolufinancováno",
		"Vyhodnocení zahrnuje 8 aktivit: 1 splněnou (12,5 %), 1 splněnou jinou formou (12,5 %)", "celkem je tak splněno 2 z 8 (25 %)",
		"Osloveno bylo 7 organizací, odpověděly 4 (57,1 %)", "bez odpovědi", "klienti: 1 255 osob; úvazky: 2,5", "převést do dalšího plánu", "(oznámil koordinátor)",
		"<li>pracovní dny do 20 hodin</li>", "Zprávy odeslány: 8. 1. 2024, 24. 1. 2024", "splněno (jinou formou)", "nesplněno", "dosud nezahájeno", "neuvedeno", "probíhá"} {
		if !strings.Contains(strings.ReplaceAll(page, "\u00a0", " "), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	page = strings.NewReplacer(`xmlns="http://www.w3.org/2000/svg"`, "", "url(#", "").Replace(page) // a name, and patterns within the page
	for _, bad := range []string{"<script", "http://", "https://", "url(", "NÁVRH", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}

// elements parses a page, and gives its elements with their attribute names.
func elements(t *testing.T, page string) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var out []string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("the page cannot be parsed: %v", err)
		}
		if s, ok := tok.(xml.StartElement); ok && s.Name.Local != "text" { // a drawing breaks a long label into lines
			line := s.Name.Local
			for _, a := range s.Attr {
				line += " " + a.Name.Local
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") {
					t.Errorf("a link leads out: %q", a.Value)
				}
			}
			out = append(out, line)
		}
	}
}

var hostile = []string{"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "'onmouseover='x", "</style><style>*{display:none}", "</title>", "<!--", "]]>", "&lt;b&gt;",
	"\u202eevil\u2066", strings.Repeat("x", 5000), "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\uff1d1", "a\x00b\x1b", "\xff", "a,b;\"c\"\nd", "javascript:alert(1)", "{{.Hash}}"}

// free are the fields whose values users choose; the rest are words of ours.
func free(e *engine.Evaluation, set func(string) string) {
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if v.Type().Kind() == reflect.String && v.Type().Name() == "string" && v.String() != "" && v.String() != engine.AnotherForm && v.CanSet() {
				v.SetString(set(v.String()))
			}
		case reflect.Struct:
			if v.Type() != reflect.TypeFor[time.Time]() && v.Type() != reflect.TypeFor[engine.Period]() {
				for i := range v.NumField() {
					walk(v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		}
	}
	walk(reflect.ValueOf(e).Elem())
}

func TestHostileTextsStayInTheirPlace(t *testing.T) {
	plain := evaluation()
	free(&plain, func(string) string { return "x" })
	want := elements(t, documents(t, plain)[".html"])
	for _, h := range hostile {
		if strings.Contains(h, "\n") { // makes more paragraphs, rightly
			continue
		}
		e := evaluation()
		free(&e, func(string) string { return h })
		docs := documents(t, e)
		if diff := cmp.Diff(want, elements(t, docs[".html"])); diff != "" {
			t.Errorf("%.30q changes the elements of the page:\n%.500s", h, diff)
		}
		if strings.ContainsAny(docs[".html"], "\u202e\u2066\x00") {
			t.Errorf("%.30q keeps its invisible signs", h)
		}
		for _, ext := range []string{".docx", ".pdf", "-council.docx", "-council.pdf"} {
			if found, err := maker(t).Open("x"+ext, []byte(docs[ext])); err != nil || len(found.Changes) > 0 {
				t.Errorf("%.30q breaks %s: %v %v", h, ext, err, found.Changes)
			}
		}
		if strings.Contains(docs[".json"], "<script") {
			t.Errorf("%.30q stands bare in the open data", h)
		}
	}
}

func TestTableIsHarmlessAndWhole(t *testing.T) {
	m := maker(t)
	for _, h := range append(hostile, "obyčejný text", "Ž – 5 %") {
		e := evaluation()
		free(&e, func(string) string { return h })
		for name, makeTable := range map[string]func(engine.Print) ([]byte, error){"open": table, "Excel": m.excelTable} {
			data, err := makeTable(engine.Print{Evaluation: e})
			if err != nil {
				t.Fatal(err)
			}
			rows, err := cells(data)
			if err != nil {
				t.Fatalf("%s, %.30q: %v", name, h, err)
			}
			if len(rows) != 1+len(e.Rows()) {
				t.Errorf("%s, %.30q: %d rows", name, h, len(rows))
			}
			for _, r := range rows[1:] {
				for i, cell := range r {
					if start := strings.TrimLeft(cell, " "); start != "" && strings.ContainsAny(start[:1], "=+-@\t\r\x00") {
						t.Errorf("%s, %.30q: column %s begins a formula: %.20q", name, h, rows[0][i], cell)
					}
				}
			}
		}
	}
	if data, err := table(engine.Print{Evaluation: evaluation()}); err != nil || !strings.HasPrefix(string(data), "municipality,plan,period,") {
		t.Errorf("the table begins with %.30q", data)
	}
}

// What Czech Excel is given: headings and words of ours, days and numbers as it
// reads them, and no code that it takes for a day.
func TestExcelTable(t *testing.T) {
	e := big(3)
	e.Areas[0].Measures[0].Activities[1].ID = "1.1"
	e.StatusNames = map[string]string{"fulfilled": "naplněno"}
	data, err := maker(t).excelTable(engine.Print{Evaluation: e})
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, want := range []string{"\ufeffOblast;Opatření;Kód;", ";naplněno;", ";splněno (jinou formou);", ";částečně splněno;", ";5. 3. 2024;", ";30. 6. 2025;", "klienti: 1255 osob; úvazky: 2,5", ";'1.1;", ";'1.1/1;"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") || strings.Contains(text, "\u00a0") {
		t.Error("it has a sign that Excel does not read")
	}
}

func TestBlocksAndNumbers(t *testing.T) {
	got := blocks("• a\n- b\n\nText – s pomlčkou\r\n* c")
	want := []block{{Items: []string{"a", "b"}}, {Text: "Text – s pomlčkou"}, {Items: []string{"c"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for v, want := range map[float64]string{0: "0", 12: "12", 999: "999", 1000: "1 000", 1234567.5: "1 234 567,5", -1500: "-1 500", -150: "-150", 0.25: "0,25"} {
		if got := strings.ReplaceAll(number(v), "\u00a0", " "); got != want {
			t.Errorf("number(%v) = %q, want %q", v, got, want)
		}
	}
}
