package planfile_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"splneno/engine"
	"splneno/store/planfile"
)

const table = "Kód;Opatření;Aktivita;Odpovědný;Termín\r\n" +
	"1.;1.1 Péče;\"Klub „Žába“; \"\"malý\"\"\r\na velký\";Město Šluknov;2026\r\n" +
	"a);1.2 Bydlení;Domov;\"Domov, byty\";Průběžně\r\n"

// TestReadCSVInEveryDress reads one table in all the ways Excel and others save it.
func TestReadCSVInEveryDress(t *testing.T) {
	windows, err := charmap.Windows1250.NewEncoder().String(table)
	must(t, err)
	want := mustRead(t, "plan.csv", []byte(table))
	if a := want.Activities[0]; a.ID != "1.1/1" || a.Title != "Klub „Žába“; \"malý\" a velký" || a.Deadline.Due != "2026-12-31" || a.Responsible[0].Kind != engine.KindMunicipality {
		t.Errorf("first: %+v", a)
	}
	if a := want.Activities[1]; a.ID != "1.2a" || a.Label != "a)" || !a.Deadline.Ongoing || a.Sources["deadline"] != "line 4, column E" {
		t.Errorf("second: %+v", a)
	}
	for name, data := range map[string][]byte{
		"BOM":          []byte("\ufeff" + table),
		"Windows-1250": []byte(windows),
		"UTF-16":       utf16Bytes("\ufeff" + table),
		"UTF-16 bare":  utf16Bytes(table),
		"comma":        []byte(withComma(table, ",")),
		"tab":          []byte(withComma(table, "\t")),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, mustRead(t, "plan.csv", data)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if d := mustRead(t, "plan.csv", []byte("sep=;\n"+table)); len(d.Activities) != 2 {
		t.Errorf("after sep=: %+v", d.Activities)
	}
}

func utf16Bytes(s string) (out []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// withComma parts the cells of the table by another mark.
func withComma(s, mark string) string {
	quoted := false
	return strings.Map(func(r rune) rune {
		if r == '"' {
			quoted = !quoted
		}
		if r == ';' && !quoted {
			return []rune(mark)[0]
		}
		return r
	}, s)
}

func TestReadCSVRefuses(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"open quote": {"Kód;Aktivita\n1;\"x", "quotation mark"},
		"prose":      {"Dobrý den;\n", "no heading of a plan"},
		"empty":      {"", "is empty"},
		"wide":       {"Kód;Aktivita\n" + strings.Repeat(";", 300), "columns"},
		"long":       {"Kód;Aktivita\n" + strings.Repeat("1;x\n", 30_000), "more than 20000 rows"},
		"large":      {strings.Repeat("x", planfile.MaxSize+1), "files up to 20 MB"},
		"foreign":    {"splneno 1;Název\nPohádky;x\n", "no part of a plan"},
		"a number":   {"splneno 1;Druh;Název;Lůžka\nPlán;plan;P;\nSlužby;;S;mnoho\n", "is not what column"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := planfile.Read("plan.csv", []byte(tt.text), nil)
			if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// TestColumnsOfTowns reads headings and codes as towns print them.
func TestColumnsOfTowns(t *testing.T) {
	for name, tt := range map[string]struct{ text, ids, measures string }{
		"full codes":         {"Číslo;Název aktivity;Gestor\n1.1.1;A;X\n1.1.2;B;X\n2.3.1;C;X\n", "1.1.1 1.1.2 2.3.1", "1.1 2.3"},
		"measures tracked":   {"Kód;Opatření;Realizátor\n1.1;A;X\n1.2;B;X\n", "1.1 1.2", "1.1 1.2"},
		"code in the title":  {"Opatření;Realizátor\nOpatření 1.1: A;X\n1.2 B;X\n", "1.1 1.2", "1.1 1.2"},
		"no codes":           {"Opatření;Aktivita;Termín\n1.1 Péče;A;2026\n;B;2026\n1.2 Klub;C;2026\n", "1.1/u1 1.1/u2 1.2/u1", "1.1 1.2"},
		"letters":            {"Kód;Opatření;Aktivita;Termín\n1.1 a);1.1 Péče;A;2026\nb);;B;2026\n", "1.1a 1.1b", "1.1"},
		"cross-cutting":      {"Kód;Opatření;Aktivita;Termín\n1.;Průřezové opatření A: Vše;A;2026\n", "A/1", "A"},
		"same code twice":    {"Kód;Opatření;Aktivita;Termín\n1.;1.1 Péče;A;2026\n1.;1.1 Péče;B;2026\n", "1.1/1 1.1/u1", "1.1"},
		"names without code": {"Oblast;Opatření;Aktivita;Termín\nSenioři;Péče doma;A;2026\nSenioři;Klub;B;2026\n", "pece-doma/u1 klub/u1", "pece-doma klub"},
		"heading again":      {"Kód;Opatření;Aktivita;Termín\n1.;1.1 Péče;A;2026\nKód;Opatření;Aktivita;Termín\n2.;1.1 Péče;B;2026\n", "1.1/1 1.1/2", "1.1"},
		"no measure":         {"Aktivita;Termín\nA;2026\n", "1/u1", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			d := mustRead(t, "plan.csv", []byte(tt.text))
			var ids, measures []string
			for _, a := range d.Activities {
				ids = append(ids, a.ID)
			}
			for _, m := range d.Plan.Measures {
				measures = append(measures, m.Code)
			}
			if got := strings.Join(ids, " "); got != tt.ids {
				t.Errorf("ids %q, want %q", got, tt.ids)
			}
			if got := strings.Join(measures, " "); got != tt.measures {
				t.Errorf("measures %q, want %q", got, tt.measures)
			}
		})
	}
}

// TestNoCellIsAFormula looks at every cell of a CSV and of a workbook.
func TestNoCellIsAFormula(t *testing.T) {
	for _, begin := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "\x00", " =", "\u00a0+", "\uff1d", "\uff0b", "\uff0d", "\uff20"} {
		d := mustRead(t, "plan.yaml", []byte(smallFile))
		d.Plan.Title, d.Activities[0].Title, d.Activities[0].Details = begin+"cmd", begin+"x", []string{begin + "y"}
		var b bytes.Buffer
		must(t, planfile.WriteCSV(&b, d, true))
		r := csv.NewReader(bytes.NewReader(b.Bytes()))
		r.Comma = ';'
		records, err := r.ReadAll()
		must(t, err)
		for _, cell := range slices.Concat(records...) {
			if strings.HasPrefix(cell, begin) {
				t.Errorf("%q begins a cell: %q", begin, cell)
			}
		}
		b.Reset()
		must(t, planfile.WriteXLSX(&b, d))
		rezip(t, b.Bytes(), func(name string, part []byte) []byte {
			if bytes.Contains(part, []byte("<f>")) || bytes.Contains(part, []byte("<t>"+begin)) || bytes.Contains(part, []byte(`preserve">`+begin)) {
				t.Errorf("%q begins a cell of %s", begin, name)
			}
			return part
		}, nil)
		if diff := cmp.Diff(d, mustRead(t, "plan.xlsx", b.Bytes())); diff != "" {
			t.Error(diff)
		}
	}
}

// FuzzReadCSV wants no panic, and a sentence instead of an internal error.
func FuzzReadCSV(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte("splneno 1,ID,Název,Druh\nPlán,p,T,plan\nAktivity,1/1,A,\n"))
	f.Add(utf16Bytes("Aktivita\tTermín\nA\t2026\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := planfile.Read("x.csv", data, nil)
		checkRead(t, d, err)
	})
}

// FuzzReadXLSX puts its bytes in the place of a sheet, so that they reach the
// reader behind the zip.
func FuzzReadXLSX(f *testing.F) {
	good := book(f, [][]any{heading, {"1.", "1.1 Péče", "Klub", "Město", "2026"}}, nil)
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Kód</v></c><c t="inlineStr"><is><t>Aktivita</t></is></c></row><row><c><v>1</v></c><c t="s"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Add([]byte(`<worksheet><cols><col min="1" max="3" hidden="1"/></cols>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		data := rezip(t, good, func(name string, part []byte) []byte {
			if name == "xl/worksheets/sheet1.xml" {
				return append([]byte{}, sheet...)
			}
			return part
		}, nil)
		d, err := planfile.Read("x.xlsx", data, nil)
		checkRead(t, d, err)
		if d, err = planfile.Read("x.xlsx", sheet, nil); err == nil {
			checkRead(t, d, err)
		}
	})
}

// checkRead wants a sentence or a draft that can be imported.
func checkRead(t *testing.T, d engine.PlanDraft, err error) {
	t.Helper()
	if err != nil {
		if engine.CodeOf(err) != engine.Invalid {
			t.Errorf("internal error: %v", err)
		}
		return
	}
	ids := map[string]bool{}
	for _, a := range d.Activities {
		if a.ID == "" || ids[a.ID] {
			t.Errorf("no id of its own: %+v", a)
		}
		ids[a.ID] = true
		if a.Status.Final() && a.StatusRaw == "" && a.Sources["status"] != "" {
			t.Errorf("a status nobody printed: %+v", a)
		}
	}
}
