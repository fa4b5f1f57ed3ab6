package document

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"splneno/engine"
)

// Every document of a roll-up is made, of many towns, of one and of none; twice
// the same; under the names that were promised.
func TestRollUpDocuments(t *testing.T) {
	m := rollMaker(t)
	for name, r := range map[string]engine.RollUp{"towns": rolledTowns(t, 3, 9), "one": rolledTowns(t, 1, 1), "no activity": rolledTowns(t, 1, 0),
		"nothing": engine.Roll(engine.Region{}, engine.Plan{}, nil, engine.Year(2023), spelling)} {
		docs, err := m.RollUp(r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := m.RollUp(r)
		if err != nil {
			t.Fatal(err)
		}
		for i, promised := range m.RollUpNames(r) {
			if docs[i].Name != promised.Name || docs[i].Type != promised.Type || len(docs[i].Data) == 0 {
				t.Errorf("%s: %s is not %s", name, docs[i].Name, promised.Name)
			}
			one, err := m.RollUpDocument(r, promised.Name)
			if err != nil || !bytes.Equal(one.Data, docs[i].Data) {
				t.Errorf("%s: %s alone is another one: %v", name, promised.Name, err)
			}
			if !bytes.Equal(again[i].Data, docs[i].Data) {
				t.Errorf("%s: %s is not the same twice", name, promised.Name)
			}
		}
		checkDOCX(t, name, docs[0].Data)
		checkPDF(t, name, docs[1].Data)
	}
	if _, err := m.RollUpDocument(rolledTowns(t, 1, 1), "rollup-2022.pdf"); engine.CodeOf(err) != engine.NotFound {
		t.Error(err)
	}
	long := engine.RollUp{Period: engine.Period{ID: "2023-2023-2023-2023-2023-2023-2023-2023-2023"}}
	if _, err := m.RollUp(long); engine.CodeOf(err) != engine.Invalid {
		t.Error(err)
	}
}

func checkDOCX(t *testing.T, name string, data []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) < 5 {
		t.Errorf("%s: no Word document: %v", name, err)
	}
}

func checkPDF(t *testing.T, name string, data []byte) {
	t.Helper()
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Log("NOT TESTED: qpdf is not installed")
		return
	}
	file := filepath.Join(t.TempDir(), "rollup.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(qpdf, "--check", file).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", name, err, out)
	}
}
