package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

var spelling = engine.Spelling{Fold: czech.Fold, Sort: func(names []string) { czech.Sort(names, func(s string) string { return s }) }}

// rollMaker is a maker for tests and benchmarks.
func rollMaker(t testing.TB) *Maker {
	t.Helper()
	m, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// rolledTowns is a roll-up of towns whose names, areas and measures stand in
// testdata; each measure has activities of every result.
func rolledTowns(t testing.TB, copies, activities int) engine.RollUp {
	t.Helper()
	var towns []struct {
		Name, District string
		Areas          [][3]string
	}
	b, err := os.ReadFile("testdata/rollup-towns.json")
	if err == nil {
		err = json.Unmarshal(b, &towns)
	}
	if err != nil {
		t.Fatal(err)
	}
	region := engine.Region{Name: "Plze\u0148sk\u00fd kraj", Districts: []string{"Klatovy", "Tachov"}, Results: []engine.RegionalResult{{Name: "V po\u0159\u00e1dku", Of: []string{"fulfilled", "another_form"}}}}
	region.Areas = []engine.AreaMapping{{Town: "t0-2", Area: "A", To: "9"}, {Title: "RODINY s d\u011btmi", To: "2"}}
	plan := engine.Plan{Title: "Pl\u00e1n kraje", Areas: []engine.Area{{Code: "1", Title: towns[0].Areas[0][1]}, {Code: "2", Title: "Rodiny"}, {Code: "3", Title: "Pr\u00e1zdn\u00e1"}}}
	var bundles []engine.Bundle
	for c := range copies {
		for i, town := range towns {
			e := engine.Evaluation{Plan: "kpss", PlanTitle: "Pl\u00e1n " + town.Name, Period: engine.Year(2023), Number: 1, FrozenAt: time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC), FrozenBy: "Jana", Hash: hash(town.Name), Asked: 12, Answered: 9, Silent: 2, Demo: c > 0}
			if i == 1 {
				e.StatusNames = map[string]string{"fulfilled": "Hotovo", "partial": czech.StatusWord(engine.Partial, "")}
			}
			for _, a := range town.Areas {
				measure := engine.MeasureResult{Code: a[0] + ".1", Title: a[2]}
				for n := range activities {
					measure.Totals.Count(engine.Totals{}.Shares()[n%8].Name, 1)
				}
				e.Areas = append(e.Areas, engine.AreaResult{Code: a[0], Title: a[1], Totals: measure.Totals, Measures: []engine.MeasureResult{measure}})
			}
			name := town.Name
			if c > 0 {
				name += " " + strconv.Itoa(c)
			}
			bundles = append(bundles, engine.Bundle{Town: fmt.Sprintf("t%d-%d", c, i), Name: name, District: town.District, Evaluation: e})
		}
	}
	return engine.Roll(region, plan, bundles, engine.Year(2023), spelling)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// The paper is whole: places are unique, no level is left out, every row has a
// cell for every column, and every link leads somewhere.
func TestRollUpPaper(t *testing.T) {
	m := rollMaker(t)
	for name, r := range map[string]engine.RollUp{"towns": rolledTowns(t, 2, 9), "nothing": engine.Roll(engine.Region{}, engine.Plan{}, nil, engine.Year(2023), spelling)} {
		p := m.rolled(r).paper()
		ids, links, level := map[string]bool{}, []string{}, 0
		place := func(id string) {
			if ids[id] {
				t.Errorf("%s: two places are called %q", name, id)
			}
			ids[id] = id != ""
		}
		walk(p.Blocks, func(b paper.Block) {
			switch b := b.(type) {
			case paper.Heading:
				place(b.ID)
				if b.Text == "" || b.Level > level+1 {
					t.Errorf("%s: heading %q of level %d after %d", name, b.Text, b.Level, level)
				}
				level = b.Level
			case paper.Table:
				place(b.ID)
				if len(b.Rows) == 0 {
					t.Errorf("%s: table %s has no rows", name, b.ID)
				}
				for _, row := range b.Rows {
					if len(row.Cells) != len(b.Columns) {
						t.Errorf("%s: table %s has %d columns and a row of %d", name, b.ID, len(b.Columns), len(row.Cells))
					}
				}
			case paper.Para:
				for _, s := range b.Spans {
					if s.Link != "" {
						links = append(links, strings.TrimPrefix(s.Link, "#"))
					}
					if strings.Contains(s.Text, "%!") {
						t.Errorf("%s: %q", name, s.Text)
					}
				}
			}
		})
		for _, l := range links {
			if !ids[l] {
				t.Errorf("%s: nothing is at #%s", name, l)
			}
		}
	}
}

func walk(blocks []paper.Block, see func(paper.Block)) {
	for _, b := range blocks {
		see(b)
		switch b := b.(type) {
		case paper.Box:
			walk(b.Blocks, see)
		case paper.List:
			for _, item := range b.Items {
				see(item)
			}
		}
	}
}

// tells gives all a paper says, folded.
func tells(p paper.Paper) string {
	var s strings.Builder
	walk(p.Blocks, func(b paper.Block) {
		switch b := b.(type) {
		case paper.Heading:
			s.WriteString(b.Text + "\n")
		case paper.Para:
			s.WriteString(b.Text() + "\n")
		case paper.Table:
			for _, row := range b.Rows {
				for _, c := range row.Cells {
					if len(c) > 0 {
						s.WriteString(c[0].(paper.Para).Text())
					}
					s.WriteString(" | ")
				}
				s.WriteString("\n")
			}
		}
	})
	return czech.Fold(strings.ReplaceAll(s.String(), "\n", " / "))
}

func TestRollUpSaysItsGaps(t *testing.T) {
	text := tells(rollMaker(t).rolled(rolledTowns(t, 1, 9)).paper())
	for _, want := range []string{
		"3 obce, 2 spravni obvody, 54 aktivit", "od 27 organizaci, tedy od 75 %", "v poradku | 18 | 33,4 % |", "/ nezarazeno | ",
		"mesto susice: v lide v krizi, 9 aktivit", "mesto horazdovice: a osoby se zdravotnim postizenim", "zarazena do oblasti 9, ktera v planu kraje neni",
		"/ 3 prazdna / ", "/ tachov / ", "/ mesto horazdovice / ", "mesto susice | hotovo = splneno |", "prurezova opatreni", "prevodni tabulka",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("nobody says %q in\n%s", want, text)
		}
	}
	if empty := tells(rollMaker(t).rolled(engine.Roll(engine.Region{}, engine.Plan{}, nil, engine.Year(2023), spelling)).paper()); !strings.Contains(empty, "zadna obec") {
		t.Error(empty)
	}
}

// The table, the workbook and the open data say the same sums.
func TestRollUpTables(t *testing.T) {
	r := rolledTowns(t, 3, 11)
	v := rollMaker(t).rolled(r)
	var b bytes.Buffer
	if err := writeRollTable(&b, v); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[14])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a formula: %s", cell)
			}
		}
	}
	if sum != r.Totals.All || len(rows[0]) != 23 {
		t.Errorf("the table counts %d of %d", sum, r.Totals.All)
	}
	b.Reset()
	if err := writeRollSheets(&b, v); err != nil {
		t.Fatal(err)
	}
	checkRollSheets(t, &b, r)
	b.Reset()
	if err := writeRollData(&b, v); err != nil {
		t.Fatal(err)
	}
	var data rollJSON
	if err := json.Unmarshal(b.Bytes(), &data); err != nil || data.Totals != jsonTotals(r.Totals) || len(data.Towns) != 9 || len(data.Gaps) == 0 {
		t.Errorf("%v: %+v", err, data)
	}
}

func checkRollSheets(t *testing.T, b *bytes.Buffer, r engine.RollUp) {
	t.Helper()
	f, err := excelize.OpenReader(b)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if len(f.GetSheetList()) != 5 {
		t.Errorf("sheets: %v", f.GetSheetList())
	}
	for i, column := range []int{2, 1, 4, 8} {
		rows, err := f.GetRows(f.GetSheetList()[i])
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, row := range rows[1:] {
			n, _ := strconv.Atoi(row[column])
			sum += n
		}
		if sum != r.Totals.All {
			t.Errorf("sheet %d counts %d of %d", i, sum, r.Totals.All)
		}
	}
}

// Every sentence is used, and every sentence that is used is there.
func TestRollUpWords(t *testing.T) {
	used := map[string]bool{}
	for _, file := range []string{"rollup.go", "rollupwords.go", "rolluppaper.go", "rolluptowns.go", "rollupchart.go", "rollupsheet.go", "rollupdata.go"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"([a-z]+(\.[a-z]+)*)"`).FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
		}
	}
	for key := range rollWords {
		if !used[key] && !strings.HasPrefix(key, "how.") {
			t.Errorf("nobody says %q", key)
		}
	}
}

func TestBundleFile(t *testing.T) {
	m := rollMaker(t)
	e := engine.Evaluation{Plan: "kpss", Period: engine.Year(2023), Number: 2, FrozenBy: "Jana", Hash: "x", Areas: []engine.AreaResult{{Code: "1", Measures: []engine.MeasureResult{{Activities: []engine.ActivityResult{
		{ID: "1/1", Answers: []engine.GivenAnswer{{Text: "kan\u00e1rek", TextHash: "aa"}}}}}}}}}
	b := engine.Bundle{Name: "M\u011bsto Klatovy", District: "Klatovy", Region: "kraj", Evaluation: e, Seal: engine.Seal{Key: "k", Signature: "s"}}
	file, err := m.WriteBundle(b)
	if err != nil || file.Name != "bundle-mesto-klatovy-2023-2.json" || strings.Contains(string(file.Data), "kan\u00e1rek") {
		t.Fatalf("%s: %v\n%s", file.Name, err, file.Data)
	}
	got, err := m.ReadBundle(file.Data)
	b.Evaluation = b.Evaluation.Told()
	if err != nil || !reflect.DeepEqual(got, b) {
		t.Errorf("%v\n%+v\n%+v", err, got, b)
	}
	for _, other := range []string{"", "{}", "[]", `{"format":"splneno bundle 2"}`, "\x00", `{"format":"splneno bundle 1","evaluation":3}`} {
		if _, err := m.ReadBundle([]byte(other)); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%q: %v", other, err)
		}
	}
}

// A region of 206 towns with 60 activities each.
func BenchmarkRollUp(b *testing.B) {
	m := rollMaker(b)
	r := rolledTowns(b, 69, 30)
	b.ResetTimer()
	for range b.N {
		docs, err := m.RollUp(r)
		if err != nil {
			b.Fatal(err)
		}
		for _, d := range docs {
			b.ReportMetric(float64(len(d.Data))/1024, "KiB"+d.Name[len("rollup-2023"):])
		}
	}
}
