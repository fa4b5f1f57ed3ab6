package planfile_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/store/planfile"
)

const smallFile = `# a comment may stand above
splneno: 1
plan: {title: Plán Podleska, kind: action plan, territory: Podlesko, start: 2031-01-01, end: 2031-12-31}
measures:
- {code: '1.1', title: Péče}
activities:
- id: '1.1'
  measure: '1.1'
  title: Péče doma
  deadline: 2031
`

func TestReadSmallFile(t *testing.T) {
	d := mustRead(t, "plan.yaml", []byte(smallFile))
	if a := d.Activities[0]; a.Status != engine.Planned || a.Deadline.Due != "2031-12-31" || a.Plan != "podlesko-2031" || len(d.Warnings) > 0 {
		t.Errorf("read as %+v, warnings %+v", a, d.Warnings)
	}
}

func TestReadRefuses(t *testing.T) {
	change := func(from, to string) string { return strings.Replace(smallFile, from, to, 1) }
	tests := map[string]struct{ text, want string }{
		"empty":         {" \n", "is empty"},
		"prose":         {"Dobrý den,\nposílám plán.\n", "2 lines but no measure"},
		"binary":        {"abc\x00def", "zero bytes"},
		"word":          {"PK\x03\x04xyz", "Word, Excel or ZIP"},
		"pdf":           {"%PDF-1.7", "a PDF file"},
		"too large":     {strings.Repeat("a", planfile.MaxSize+1), "files up to 20 MB"},
		"unknown key":   {change("territory:", "teritory:"), `line 3: unknown key "teritory"; the nearest known one is "territory"`},
		"nested key":    {change("  deadline:", "  deadlin:"), `line 10: unknown key "deadlin"; the nearest known one is "deadline"`},
		"anchor":        {change("title: Péče doma", "title: &x Péče"), "line 9: anchors"},
		"twice":         {change("  title: Péče doma", "  title: Péče\n  title: Péče"), "already defined"},
		"wrong kind":    {change("kind: action plan", "kind: akční"), "no kind of a plan"},
		"wrong day":     {change("end: 2031-12-31", "end: 2031-02-31"), "end of the plan"},
		"wrong status":  {smallFile + "  status: hotovo\n", `"hotovo" is no status`},
		"qualifier":     {smallFile + "  qualifier: another_form\n", "only a fulfilled activity"},
		"party kind":    {smallFile + "  responsible:\n  - {name: X, kind: firma}\n", "no kind of a party"},
		"same id":       {smallFile + "- {id: '1.1', measure: '1.1', title: Znovu}\n", "needs an id of its own"},
		"newer format":  {change("splneno: 1", "splneno: 2"), "of format 2"},
		"no yaml":       {"splneno: 1\n\t- [", "no well-formed plan file"},
		"other json":    {`{"name": "x"}`, "JSON without a plan"},
		"broken json":   {`{"plan": `, "no JSON of a plan"},
		"list as value": {change("title: Péče doma", "title: [a]"), "value of the wrong kind"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := planfile.Read("plan.x", []byte(tt.text), nil)
			if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}

func TestReadWarnsOfDanglingNames(t *testing.T) {
	text := smallFile + "  tags: [Z]\n  responsible:\n  - {name: Charita, kind: organisation, organisation: charita}\n"
	d := mustRead(t, "plan.yaml", []byte(text))
	if len(d.Warnings) != 2 {
		t.Errorf("warnings: %+v", d.Warnings)
	}
	known := []engine.Organisation{{ID: "charita", Name: "Charita", Kind: engine.KindOrganisation}}
	d, err := planfile.Read("plan.yaml", []byte(text), known)
	if err != nil || len(d.Warnings) != 1 {
		t.Errorf("with the organisation known: %v %+v", err, d.Warnings)
	}
}

func TestWriteJSONHasNoNull(t *testing.T) {
	var b bytes.Buffer
	if err := planfile.WriteJSON(&b, engine.PlanDraft{Activities: make([]engine.ActivityDraft, 1)}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "null") {
		t.Error(b.String())
	}
}

// TestReadDraftJSON reads what a dry run printed: as much of it as it prints.
func TestReadDraftJSON(t *testing.T) {
	d := mustRead(t, "vyhodnoceni.txt", fixture(t, "vyhodnoceni.txt"))
	var first, second bytes.Buffer
	if err := planfile.WriteJSON(&first, d); err != nil {
		t.Fatal(err)
	}
	if err := planfile.WriteJSON(&second, mustRead(t, "plan.json", first.Bytes())); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("printed again:\n%s", second.String())
	}
}

func TestWriteDeadlineJSON(t *testing.T) {
	var b bytes.Buffer
	if err := planfile.WriteDeadlineJSON(&b, czech.ReadDeadline("a), b) 2023 c) 2024", 0)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Kind    string
		Due     string
		Certain bool
		Parts   []struct{ Label, Due string }
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Kind != "parts" || !got.Certain || len(got.Parts) != 3 || got.Parts[2].Due != "2024-12-31" || got.Parts[1].Label != "b)" {
		t.Errorf("%s", b.String())
	}
}
