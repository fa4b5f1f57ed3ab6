package document

import (
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
)

// A figure that is left out reads so everywhere, and never as none.
func TestFewAreSaidToBeFew(t *testing.T) {
	p := small(t)
	row := &p.Evaluation.Areas[0].Measures[0].Activities[0]
	row.Numbers = []engine.Number{{Name: "Klienti", Unit: "osob", Below: 5}}
	row.Planned = []engine.Indicator{{Name: "Klienti", Unit: "osob", Planned: 40}}
	few := czech.Below(5) + " osob"
	told := dump(papers(t, p)["full"])
	if !strings.Contains(told, "Klienti: "+few) || strings.Count(told, few) < 2 || strings.Contains(told, "Klienti: 0") {
		t.Errorf("the paper does not say %q twice:\n%s", few, told)
	}
	m, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for ext, want := range map[string]string{".csv": "Klienti: <5 osob", "-excel.csv": "Klienti: " + few, ".json": `"below": 5`} {
		d, err := m.Document(p, fileName(p.Evaluation)+ext)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(d.Data), want) {
			t.Errorf("%s does not say %q", d.Name, want)
		}
	}
	_, book := workbookOf(t, p.Evaluation)
	found := false
	for _, name := range book.GetSheetList() {
		cells, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cells {
			found = found || len(c) > 5 && c[5] == czech.Below(5)
		}
	}
	if !found {
		t.Error("the workbook does not say it")
	}
}
