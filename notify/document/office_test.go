package document

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// office has LibreOffice convert a file, and gives the folder of what came of it.
func office(t testing.TB, name string, data []byte, to string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, name)
	if err := os.WriteFile(in, data, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	out := filepath.Join(dir, "out")
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", out, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, said)
	}
	return out
}

// LibreOffice reads every sheet as it was written, and the workbook it saves is
// still recognised: nothing was changed by hand.
func TestWorkbookInLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	e := frozen(t)
	e.Areas[0].Measures[0].Activities[0].Narrative = "=1+1 není vzorec\na má \"dva\" řádky; středník"
	e.Hash, _ = e.Digest()
	data, _ := workbookOf(t, e)
	out := office(t, "evaluation-2023.xlsx", data, `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1`)
	text, err := os.ReadFile(filepath.Join(out, "evaluation-2023-Aktivity.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil || len(rows) != 13 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	sheet := maker(t).activities(e)
	for i, row := range sheet.rows {
		for j, c := range row {
			if want, is := c.(string); is && rows[i+1][j] != want {
				t.Errorf("row %d, %s: %q, want %q", i, sheet.columns[j], rows[i+1][j], want)
			}
		}
	}
	// However it spells a day here, it is one and not the number behind it.
	if day := rows[1][slices.Index(sheet.columns, "approved_on")]; !slices.Contains([]string{"03/05/2024", "5. 3. 2024", "05.03.2024"}, day) {
		t.Errorf("approved on %q", day)
	}
	out = office(t, "evaluation-2023.xlsx", data, "xlsx:Calc MS Excel 2007 XML")
	saved, err := os.ReadFile(filepath.Join(out, "evaluation-2023.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, "saved.xlsx", saved)
	if len(f.Faults) > 0 || len(f.Changes) > 0 || !f.Compared || f.Seal == nil {
		t.Errorf("saved by LibreOffice: %v %+v", f.Faults, f.Changes)
	}
}
