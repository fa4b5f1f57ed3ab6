package document

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
)

// big gives an evaluation of n units with long texts.
func big(n int) engine.Evaluation {
	e := evaluation()
	seed := e.Areas[0].Measures[0].Activities
	e.Areas, e.Totals = nil, engine.Totals{}
	for i := range n {
		if i%40 == 0 {
			e.Areas = append(e.Areas, engine.AreaResult{Code: fmt.Sprint(len(e.Areas) + 1), Title: "Oblast péče o příbuzné a pečující osoby",
				Measures: []engine.MeasureResult{{Code: fmt.Sprintf("%d.1", len(e.Areas)+1), Title: "Žádoucí opatření"}}})
		}
		r := seed[i%len(seed)]
		r.ID, r.Narrative = fmt.Sprintf("%d.1/%d", len(e.Areas), i%40+1), strings.Repeat("Služba běží podle plánu a zájem trvá. ", 1+i%20)
		r.Proof, r.PostponedTo = engine.Proof{Line: int64(i + 1), Hash: strings.Repeat("ab", 32)}, "2025-06-30"
		r.Planned = []engine.Indicator{{Name: "klienti", Unit: "osob", Planned: 1000}}
		a := &e.Areas[len(e.Areas)-1]
		a.Measures[0].Activities = append(a.Measures[0].Activities, r)
		a.Measures[0].Totals.Add(r)
		a.Totals.Add(r)
		e.Totals.Add(r)
	}
	e.Years = []engine.YearTotals{{Period: "2022", Totals: engine.Totals{All: 5, Fulfilled: 4, Unfulfilled: 1}}, {Period: "2023", Totals: e.Totals}}
	e.Unheard = []engine.Unheard{{Organisation: "Oblastní charita Klatovy", Written: []engine.Date{"2024-01-08"}, Activities: []string{"1.1/2"}}}
	e.Services = []engine.Service{{Provider: "Diakonie Západ", Name: "Odlehčovací služba", Capacity: "12 lůžek", Beds: 12}}
	return e
}

func workbookOf(t testing.TB, e engine.Evaluation) ([]byte, *excelize.File) {
	t.Helper()
	data, err := maker(t).set(engine.Print{Evaluation: e, Sign: sealer(1)}).workbook()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return data, f
}

func TestWorkbookSaysWhatCounts(t *testing.T) {
	e := big(45)
	data, f := workbookOf(t, e)
	if got := strings.Join(f.GetSheetList(), "|"); got != "Souhrn|Aktivity|Ukazatele|Bez odpovědi|Služby|splneno" {
		t.Errorf("sheets %s", got)
	}
	rows, err := f.GetRows("Aktivity")
	if err != nil || len(rows) != 46 || rows[0][2] != "Kód" || rows[1][2] != "1.1/1" || rows[1][7] != "splněno" || rows[2][7] != "splněno (jinou formou)" {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if rows[1][17] != "5. 3. 2024" { // the evening before in UTC
		t.Errorf("approved on %q", rows[1][17])
	}
	for cell, want := range map[string]excelize.CellType{"R2": excelize.CellTypeUnset, "S2": excelize.CellTypeUnset, "C2": excelize.CellTypeInlineString} {
		if kind, err := f.GetCellType("Aktivity", cell); err != nil || kind != want {
			t.Errorf("%s is of the kind %v (%v)", cell, kind, err)
		}
	}
	tables, err := f.GetTables("Aktivity")
	if err != nil || len(tables) != 1 || tables[0].Range != "A1:T46" {
		t.Errorf("tables %+v %v", tables, err)
	}
	if v, _ := f.GetSheetVisible("splneno"); v {
		t.Error("what a program reads stands before people")
	}
	props, err := f.GetDocProps()
	if err != nil || !strings.Contains(props.Title, "Komunitní plán") || props.Language != "cs-CZ" || props.Created != "2024-03-04T23:30:00Z" {
		t.Errorf("%+v %v", props, err)
	}
	again, _ := workbookOf(t, e)
	if !bytes.Equal(data, again) {
		t.Error("the same print gives other bytes")
	}
}

// A text that begins like a formula stays a text, and what no cell holds is cut
// and says so.
func TestWorkbookIsHarmless(t *testing.T) {
	for _, h := range append(hostile, strings.Repeat("ž", 40_000), strings.Repeat("\U0001F600", 20_000)) {
		e := big(3)
		free(&e, func(string) string { return h })
		_, f := workbookOf(t, e)
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatalf("%.30q: %v", h, err)
			}
			for i, row := range rows {
				for j := range row {
					at, _ := excelize.CoordinatesToCellName(j+1, i+1)
					if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
						t.Errorf("%.30q: %s!%s is a formula", h, sheet, at)
					}
				}
			}
		}
		if title, err := f.GetCellValue("Aktivity", "I2"); err != nil || len(h) > 32_767 && !strings.HasSuffix(title, "celý je v souboru JSON.") {
			t.Errorf("%.30q: %v, ends with %q", h, err, title[max(0, len(title)-20):])
		}
	}
}

func TestWorkbookOfFourThousand(t *testing.T) {
	e := big(4000)
	begun := time.Now()
	data, f := workbookOf(t, e)
	t.Logf("4,000 rows: %v, %d KB", time.Since(begun), len(data)>>10)
	if rows, err := f.GetRows("Aktivity"); err != nil || len(rows) != 4001 {
		t.Errorf("%d rows: %v", len(rows), err)
	}
}

func BenchmarkWorkbook(b *testing.B) {
	e, m := big(4000), maker(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.set(engine.Print{Evaluation: e}).workbook(); err != nil {
			b.Fatal(err)
		}
	}
}
