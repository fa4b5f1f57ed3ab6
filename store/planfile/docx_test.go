package planfile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store/planfile"
)

// wordActionPlan has the shape of an action plan: headings, lettered parts, and
// tables of label and value whose implementers stand on lines of their own.
func wordActionPlan() string {
	return wp("Komunitní plán sociálních služeb na Podlesku") + wp("Akční plán na rok 2031") +
		wp("Aktivity byly schváleny na řídící skupině 14. 6. 2030 v Jihlavě.") +
		wpWith(`<w:pStyle w:val="TOC1"/>`, "", "Opatření 1.1 Podpora domácí péče 3") +
		wp("Prioritní oblast 1. Péče o <nejstarší> & osamělé") +
		tbl(trOf("Opatření 1.1", "Podpora domácí péče"),
			tr(tc("", ""), tc("", "a) Rozvoz obědů do osad")),
			trOf("Odůvodnění opatření", "Cesta je dlouhá (viz opatření 9.9)."),
			trOf("Popis opatření", "Domluvit dodavatele.|Koupit termo\u00adobaly."),
			trOf("Cílová skupina", "Senioři"), trOf("Termín realizace", "2031–2033"),
			trOf("Realizátor, spolupracující subjekt", "Město Podlesí|Charita Podlesí|Základní škola, Podlesí,\nDlouhá 7|Poskytovatelé pomoci (Spolek Lípa,\nNadace Dub)|Lesní nadace")) +
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr></w:pPr><w:r><w:t>Půjčovna pomůcek</w:t></w:r></w:p>` +
		tbl(trOf("Odůvodnění opatření", "Pomůcky chybějí."),
			trOf("Popis opatření", "Zachovat služby:|Charita Podlesí|- pečovatelská služba: 8 kl. (v kraji)|- domovy pro seniory: 42 lůžek"),
			trOf("Cílová skupina", "Pečující"), trOf("Termín realizace", "až napadne sníh"),
			trOf("Realizátor, spolupracující subjekt", "Charita Podlesí"))
}

// numbers has a list that counts b), c): the first of it was typed by hand.
const numbers = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1">` +
	`<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>`

const styleSheet = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
	`<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>` +
	`<w:style w:styleId="N1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
	`<w:style w:styleId="N2"><w:basedOn w:val="N1"/></w:style></w:styles>`

// wordEvaluation has the shape of an evaluation in four columns.
func wordEvaluation() string {
	head := trOf("Aktivita", "Odpovědný za realizaci", "splněno\nčástečně\nnesplněno", "Zrealizované akce/činnosti")
	return wp("Vyhodnocení realizace Komunitního plánu sociálních služeb v regionu Podlesko") + wp("pro období 2024 – 2027") +
		wpWith(`<w:pStyle w:val="N2"/>`, "", "1 Péče doma") + wp("Opatření 1.1: Rozvoz a návštěvy") +
		tbl(head,
			trOf("1. Rozvoz obědů|(nárůst o 5 v roce 2024; nové termoobaly)", "Charita Podlesí|koordinátor KPSS", "částečně", "Obědy vozí dva řidiči, splněno je to jen zpola.|• rok 2025: 31 obědů"),
			trOf("4. Sousedská výpomoc|(najít dobrovolníky)|+ průřezové opatření A - zapojení\nškol", "poskytovatelé soc.sl.,obce", "nesplněno", "Nikdo se nepřihlásil."),
			head, trOf("4. Znovu", "", "splněno", "Ano."),
			tr(tc(spanAll, "Opatření 1.2: Setkávání")),
			tr(tc("", "Práce s dětmi:", ": otevřít klubovnu", ": pořídit fotbal"), tc("", ""), tc("", "splněno", "(jinou formou)"), tc(begins, "Společný text.")),
			tr(tc("", "Tábory"), tc("", "výběrové řízení"), tc("", "skoro"), tc(goesOn, ""))) +
		wp("Slovo závěrem.") +
		tbl(trOf("Jméno", "Telefon"), trOf("Adam", "0"), trOf("Prioritní oblast 7:", "V rámečku"))
}

// wordColours has the shape of a list whose rows say their status by colour.
func wordColours() string {
	row := func(colour, text string) string { return tr(tc(shade(colour), text)) }
	return wp("Vyhodnocení krátkodobého plánu rozvoje sociálních služeb města Podlesí na roky 2027/2028") +
		tbl(tr(tc(shade("92D050"), ""), tc("", "Plán splněn")), tr(tc(shade("FF0000"), ""), tc("", "Plán nesplněn"))) +
		wpWith("", `<w:highlight w:val="yellow"/>`, "Plán pro rok 2029") +
		wp("Priorita č. 1: Peníze") + wp("1.1. Podpora poskytovatelů") + wp("Vyčlenit část rozpočtu.") +
		tbl(row("92D050", "1.1.1. vyčlenit část rozpočtu"), row("FFFF00", "1.1.1. vyčlenit část rozpočtu"),
			row("FF0000", "1.1.2. napsat pravidla"), row("00B0F0", "1.1.3. poradit s projekty"), row("FFFFFF", "1.1.4. sečíst"),
			row("FFFF00", "_._._. oslovit mládež")) +
		wpWith(shade("92D050"), "", "1.1.5. sepsat katalog") +
		tbl(trOf("projekt", "realizátor", "termín dokončení"), trOf("Vzdělávání", "Charita Podlesí", "rok 2027")) +
		wp("Podlesí 3. 9. 2028")
}

// wordColumns is a table nobody foresaw, but for its heading row.
func wordColumns() string {
	return wp("Komunitní plán sociálních služeb v regionu Podlesko") +
		tbl(trOf("Kód", "Název aktivity", "Termín", "Gestor", "Barva"),
			tr(tc(spanAll, "Opatření 2.1 Bydlení")),
			trOf("2.1.1", "Nové byty", "2031", "Město Podlesí|Charita Podlesí"),
			trOf("2.1.2", "Krizový byt", "jednou", ""))
}

func TestWordGolden(t *testing.T) {
	side := map[string]string{"word/numbering.xml": numbers, "word/styles.xml": styleSheet}
	for name, body := range map[string]string{
		"word-akcni-plan": wordActionPlan(), "word-vyhodnoceni": wordEvaluation(),
		"word-barvy": wordColours(), "word-sloupce": wordColumns(),
	} {
		t.Run(name, func(t *testing.T) {
			d := mustRead(t, name+".docx", wordFile(t, body, side))
			var got bytes.Buffer
			if err := planfile.WriteJSON(&got, d); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(fixture(t, name+".json")), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func names(parties []engine.Party) string {
	var out []string
	for _, p := range parties {
		out = append(out, p.Name)
	}
	return strings.Join(out, " | ")
}

func TestWordActionPlan(t *testing.T) {
	d := mustRead(t, "plan.docx", wordFile(t, wordActionPlan(), map[string]string{"word/numbering.xml": numbers, "word/styles.xml": styleSheet}))
	a := find(t, d, "1.1a")
	if got := names(a.Responsible); got != "Město Podlesí | Charita Podlesí | Základní škola, Podlesí, Dlouhá 7 | Poskytovatelé pomoci | Lesní nadace" {
		t.Errorf("parties: %s", got)
	}
	if len(a.Unsure) > 0 || a.Details[1] != "Koupit termoobaly." || a.Sources["deadline"] != "table 1, row 6" {
		t.Errorf("1.1a: %+v", a)
	}
	if b := find(t, d, "1.1b"); b.Title != "Půjčovna pomůcek" || len(d.Services) != 2 {
		t.Errorf("1.1b: %+v, services %+v", b, d.Services)
	}
	if d.Plan.Areas[0].Title != "Péče o <nejstarší> & osamělé" || d.Plan.ApprovedAt != "Jihlava" {
		t.Errorf("plan: %+v", d.Plan)
	}
	wantReasons(t, d, "table 2, row 4: the deadline is not understood", "table 1, row 3: refers to measure 9.9")
}

func TestWordEvaluation(t *testing.T) {
	d := mustRead(t, "v.docx", wordFile(t, wordEvaluation(), map[string]string{"word/styles.xml": styleSheet}))
	if diff := cmp.Diff(engine.Period{ID: "2024-2027", Start: "2024-01-01", End: "2027-12-31"}, d.Period); diff != "" {
		t.Error(diff)
	}
	if a := find(t, d, "1.1/1"); a.Status != engine.Partial || names(a.Responsible) != "Charita Podlesí | koordinátor KPSS" || a.Area != "1" ||
		a.Narrative != "Obědy vozí dva řidiči, splněno je to jen zpola.\n• rok 2025: 31 obědů" || a.Sources["narrative"] != "table 1, row 2, column 4" {
		t.Errorf("1.1/1: %+v", a)
	}
	if a := find(t, d, "1.1/4"); len(a.Tags) != 1 || a.Details[0] != "najít dobrovolníky" {
		t.Errorf("1.1/4: %+v", a)
	}
	if a := find(t, d, "1.2/u1"); a.Status != engine.Fulfilled || a.Qualifier != engine.AnotherForm || len(a.Details) != 2 || len(a.Responsible) != 0 {
		t.Errorf("1.2/u1: %+v", a)
	}
	if a := find(t, d, "1.2/u2"); a.Status != engine.StateUnknown || a.StatusRaw != "skoro" || a.Narrative != "Společný text." {
		t.Errorf("1.2/u2: %+v", a)
	}
	wantReasons(t, d, "table 1, row 8: the status is not understood", "table 2, row 1: a table whose columns are not understood",
		"table 1, row 3: numbering of measure 1.1 jumps", "table 1, row 5: a second activity 1.1/4; kept as 1.1/u1", "paragraph 5: text outside the tables")
}

func TestWordColours(t *testing.T) {
	d := mustRead(t, "b.docx", wordFile(t, wordColours(), nil))
	type fact struct {
		Status  engine.State
		Raw     string
		Carried bool
	}
	got := map[string]fact{}
	for _, a := range d.Activities {
		got[a.ID] = fact{a.Status, a.StatusRaw, a.CarriedOver}
	}
	want := map[string]fact{
		"1.1.1": {engine.Fulfilled, "Plán splněn", true}, "1.1.2": {engine.Unfulfilled, "Plán nesplněn", false},
		"1.1.3": {engine.StateUnknown, "", false}, "1.1.4": {engine.StateUnknown, "", false},
		"1.1/u1": {engine.StateUnknown, "", true}, "1.1.5": {engine.Fulfilled, "Plán splněn", false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(d.Projects) != 1 || d.Projects[0].Implementer != "Charita Podlesí" || len(d.Plans) != 1 || d.Plans[0].Start != "2029-01-01" {
		t.Errorf("projects %+v, plans %+v", d.Projects, d.Plans)
	}
	wantReasons(t, d, "table 2, row 4: the colour of the row is not in the legend", "table 2, row 6: an activity without a number")
}

func TestWordColumns(t *testing.T) {
	d := mustRead(t, "s.docx", wordFile(t, wordColumns(), nil))
	if a := find(t, d, "2.1.1"); a.Measure != "2.1" || a.Deadline.Due != "2031-12-31" || names(a.Responsible) != "Město Podlesí | Charita Podlesí" {
		t.Errorf("2.1.1: %+v", a)
	}
	wantReasons(t, d, "table 1, row 4: the deadline is not understood", "table 1, row 1: a column whose heading is not understood")
}

// wantReasons wants a warning that begins so for each.
func wantReasons(t *testing.T, d engine.PlanDraft, want ...string) {
	t.Helper()
	for _, begin := range want {
		found := false
		for _, w := range d.Warnings {
			found = found || strings.HasPrefix(w.Reason, begin)
		}
		if !found {
			t.Errorf("no warning %q in %+v", begin, d.Warnings)
		}
	}
}
