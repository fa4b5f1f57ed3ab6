package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
)

// frozen gives an approved evaluation whose hash fits.
func frozen(t testing.TB) engine.Evaluation {
	t.Helper()
	e := big(12)
	digest, err := e.Digest()
	if err != nil {
		t.Fatal(err)
	}
	e.Hash = digest
	return e
}

func opened(t *testing.T, name string, data []byte) Found {
	t.Helper()
	f, err := maker(t).Open(name, data)
	if err != nil {
		t.Fatal(name, err)
	}
	return f
}

// What leaves here comes back whole, with a seal that fits.
func TestOpenWhatWasMade(t *testing.T) {
	e := frozen(t)
	public := e
	public.Publicized = true
	for _, p := range []engine.Print{{Evaluation: e, Sign: sealer(1)}, {Evaluation: public, Sign: sealer(1), Address: "https://plan.example/"}} {
		files, err := wholeSet(maker(t), p)
		if err != nil {
			t.Fatal(err)
		}
		var all []Found
		for _, file := range files {
			if strings.HasSuffix(file.Name, ".jsonld") {
				continue // says where the others are, and carries nothing
			}
			all = append(all, opened(t, file.Name, file.Data))
		}
		for _, f := range all {
			if i := slices.IndexFunc(all, func(o Found) bool { return o.Kind == "json" }); f.Kind == "csv" {
				if f.Name != "evaluation-2023-excel.csv" && f.Evaluation.Hash != e.Hash {
					t.Errorf("%s names the hash %q", f.Name, f.Evaluation.Hash)
				}
				if f, err = maker(t).Beside(f, all[i]); err != nil {
					t.Fatal(err)
				}
			}
			if len(f.Faults) > 0 || len(f.Changes) > 0 || f.Evaluation.Number != 2 || f.State() != map[bool]string{false: "approved", true: "public"}[p.Evaluation.Publicized] {
				t.Errorf("%s: faults %v, %.500v", f.Name, f.Faults, f.Changes)
			}
			if f.Seal == nil || f.Seal.Fingerprint() != sealer(1)(nil).Fingerprint() {
				t.Errorf("%s: no seal", f.Name)
			}
		}
	}
}

// Pages that were changed after they were made say so, whatever was changed.
func TestOpenPapersThatWereChanged(t *testing.T) {
	e := frozen(t)
	files, err := wholeSet(maker(t), engine.Print{Evaluation: e, Sign: sealer(1)})
	if err != nil {
		t.Fatal(err)
	}
	drafted := e
	drafted.State, drafted.Hash = engine.EvaluationDraft, ""
	drafts, err := wholeSet(maker(t), engine.Print{Evaluation: drafted})
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for i, file := range files {
		switch {
		case strings.HasSuffix(file.Name, ".html"):
			changed := bytes.Replace(file.Data, []byte("Schválené znění"), []byte("Neschválené znění"), 1)
			if f := opened(t, file.Name, changed); !slices.Equal(f.Faults, []Fault{FaultFile}) {
				t.Errorf("%s: %v", file.Name, f.Faults)
			}
			tried++
		case strings.HasSuffix(file.Name, ".docx"):
			f := opened(t, file.Name, rewritten(t, file.Data, "Schválené znění", "Neschválené znění"))
			if len(f.Changes) != 1 || !strings.Contains(f.Changes[0].After, "Neschválené") || !slices.Equal(f.Faults, []Fault{FaultChanged}) {
				t.Errorf("%s: %v %v", file.Name, f.Faults, f.Changes)
			}
			if f := opened(t, file.Name, drafts[i].Data); len(f.Faults) > 0 || len(f.Changes) > 0 || f.State() != "draft" {
				t.Errorf("a draft of %s: %v %v", file.Name, f.Faults, f.Changes)
			}
			tried++
		case strings.HasSuffix(file.Name, ".pdf"):
			at := bytes.Index(file.Data, []byte("stream")) + 20
			changed := slices.Clone(file.Data)
			changed[at] ^= 1
			if f, err := maker(t).Open(file.Name, changed); err == nil && !slices.Contains(f.Faults, FaultFile) {
				t.Errorf("%s: %v", file.Name, f.Faults)
			}
			tried++
		}
	}
	if tried < 7 {
		t.Errorf("only %d papers tried", tried)
	}
}

// rewritten gives a Word document in whose text a word was replaced.
func rewritten(t testing.TB, data []byte, from, to string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			if !bytes.Contains(text, []byte(from)) {
				t.Fatalf("the text does not say %q", from)
			}
			text = bytes.Replace(text, []byte(from), []byte(to), 1)
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpenTellsWhatWasChanged(t *testing.T) {
	e := frozen(t)
	data, err := maker(t).set(engine.Print{Evaluation: e, Sign: sealer(1)}).openData()
	if err != nil {
		t.Fatal(err)
	}
	forged := e
	forged.Areas = slices.Clone(e.Areas)
	forged.Totals.Fulfilled++
	again, err := maker(t).set(engine.Print{Evaluation: forged, Sign: sealer(1)}).openData()
	if err != nil {
		t.Fatal(err)
	}
	unsealed, _ := maker(t).set(engine.Print{Evaluation: e}).openData()
	draft := e
	draft.State, draft.Hash = engine.EvaluationDraft, ""
	drafted, _ := maker(t).set(engine.Print{Evaluation: draft}).openData()
	cut := bytes.Index(data, []byte(`"signature": "`)) + 14
	broken := append(append(slices.Clone(data[:cut]), "AAAA"...), data[cut+4:]...)
	for what, tt := range map[string]struct {
		data string
		want []Fault
	}{
		"whole":                 {string(data), nil},
		"a word":                {strings.Replace(string(data), "zájem trvá", "zájem opadl", 1), []Fault{FaultDigest, FaultHash, FaultSeal}},
		"a number":              {strings.Replace(string(data), `"number": 2,`, `"number": 3,`, 1), []Fault{FaultDigest, FaultHash, FaultSeal}},
		"who approved":          {strings.Replace(string(data), "řídící skupina", "starosta", 1), []Fault{FaultSeal}},
		"said to be a draft":    {strings.Replace(string(data), `"state": "approved"`, `"state": "draft"`, 1), []Fault{FaultSeal}},
		"said to be public":     {strings.Replace(string(data), `"publicized": false`, `"publicized": true`, 1), []Fault{FaultDigest, FaultSeal}},
		"another seal":          {string(broken), []Fault{FaultSeal}},
		"sealed, never frozen":  {string(again), []Fault{FaultHash}},
		"nobody vouches":        {string(unsealed), []Fault{FaultNoSeal}},
		"a draft has no seal":   {string(drafted), nil},
		"an approver of a row":  {strings.Replace(string(data), "Mgr. Žofie Příkladová", "Nikdo", 1), []Fault{FaultDigest, FaultHash, FaultSeal}},
		"the journal of a row":  {strings.Replace(string(data), `"line": 5,`, `"line": 6,`, 1), []Fault{FaultDigest, FaultHash, FaultSeal}},
		"another day of freeze": {strings.Replace(string(data), `"at": "2024-03-04T23:30:00Z",`, `"at": "2024-03-05T23:30:00Z",`, 1), []Fault{FaultSeal}},
	} {
		f := opened(t, "evaluation.json", []byte(tt.data))
		if tt.data == string(data) && what != "whole" {
			t.Errorf("%s: nothing was changed", what)
		}
		if !slices.Equal(f.Faults, tt.want) {
			t.Errorf("%s: %v, want %v", what, f.Faults, tt.want)
		}
	}
}

// A cell that somebody typed into is told, wherever it stands; what a program
// does when it saves is not.
func TestOpenWorkbook(t *testing.T) {
	_, b := workbookOf(t, frozen(t))
	for cell, value := range map[string]any{"H3": "splněno", "I2": "", "G4": 45000, "A20": "přidáno", "C2": "1.1"} {
		was, err := b.GetCellValue("Aktivity", cell)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.SetCellValue("Aktivity", cell, value); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := b.Write(&out); err != nil {
			t.Fatal(err)
		}
		f := opened(t, "kopie.xlsx", out.Bytes())
		if len(f.Changes) != 1 || f.Changes[0].Where != "Aktivity!"+cell || !slices.Contains(f.Faults, FaultChanged) || f.Changes[0].After != fmt.Sprint(value) {
			t.Errorf("%s: %+v, %v", cell, f.Changes, f.Faults)
		}
		if err := b.SetCellValue("Aktivity", cell, was); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.DeleteSheet("Ukazatele"); err != nil {
		t.Fatal(err)
	}
	if err := b.SetSheetName("splneno", "jinak"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	if _, err := maker(t).Open("kopie.xlsx", out.Bytes()); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("a book that carries nothing: %v", err)
	}
}

func TestOpenTable(t *testing.T) {
	e := frozen(t)
	p := engine.Print{Evaluation: e, Sign: sealer(1)}
	m := maker(t)
	data, _ := maker(t).set(p).openData()
	whole := opened(t, "e.json", data)
	for name, makeTable := range map[string]func(engine.Print) ([]byte, error){"e.csv": table, "e-excel.csv": m.excelTable} {
		csv, err := makeTable(p)
		if err != nil {
			t.Fatal(err)
		}
		if f := opened(t, name, csv); !slices.Equal(f.Faults, []Fault{FaultAlone}) {
			t.Errorf("%s alone: %v", name, f.Faults)
		}
		changed := bytes.Replace(csv, []byte("zájem trvá"), []byte("zájem opadl"), 1)
		f, err := m.Beside(opened(t, name, changed), whole)
		if err != nil || len(f.Changes) != 1 || !slices.Equal(f.Faults, []Fault{FaultChanged}) {
			t.Errorf("%s: %+v %v %v", name, f.Changes, f.Faults, err)
		}
	}
	other := whole
	other.Digest = "another"
	csv, _ := table(p)
	if f, err := m.Beside(opened(t, "e.csv", csv), other); err != nil || !slices.Equal(f.Faults, []Fault{FaultAlone}) {
		t.Errorf("a CSV is taken for one of another evaluation: %v %v", f.Faults, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	foreign := excelize.NewFile()
	var xlsx bytes.Buffer
	if err := foreign.Write(&xlsx); err != nil {
		t.Fatal(err)
	}
	for what, data := range map[string]string{"nothing": "", "text": "Ahoj", "a list": "a,b\n1,2\n", "a page": "<html></html>", "a PDF": "%PDF-1.7\n%%EOF", "a zip": "PK\x03\x04xx", "JSON": `{"a":1}`, "a workbook": xlsx.String(), "Excel CSV": "\ufeff\"a;b\n"} {
		if _, err := maker(t).Open("x", []byte(data)); err == nil {
			t.Errorf("%s is taken for ours", what)
		}
	}
}

func FuzzOpen(f *testing.F) {
	e := evaluation()
	e.State, e.Areas = engine.EvaluationApproved, e.Areas[:1]
	m := maker(f)
	files, err := wholeSet(m, engine.Print{Evaluation: e, Sign: sealer(1)})
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if len(file.Data) < 60_000 { // of large ones only a few are tried
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := m.Open("x", data)
		if err == nil && found.Kind != "csv" && found.Evaluation.State == engine.EvaluationApproved && len(found.Faults) == 0 && found.Digest == "" {
			t.Error("an approved evaluation without a digest")
		}
	})
}
