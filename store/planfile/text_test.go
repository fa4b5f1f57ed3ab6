package planfile_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"splneno/engine"
	"splneno/store/planfile"
)

var update = flag.Bool("update", false, "write the golden files anew")

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestTextsGolden holds every field and warning of the invented documents.
func TestTextsGolden(t *testing.T) {
	for _, name := range []string{"akcni-plan", "vyhodnoceni", "barvy", "kraj", "zapis"} {
		t.Run(name, func(t *testing.T) {
			d := mustRead(t, name+".txt", fixture(t, name+".txt"))
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
			roundTrip(t, d)
		})
	}
}

func TestActionPlanText(t *testing.T) {
	d := mustRead(t, "plan.txt", fixture(t, "akcni-plan.txt"))
	if d.Plan.ID != "podlesko-2031" || d.Plan.ApprovedOn != "2030-06-14" || d.Plan.ApprovedAt != "Jihlava" || d.Plan.ApprovedBy != "řídicí skupina" {
		t.Errorf("plan: %+v", d.Plan)
	}
	wantWarnings(t, d, []warningAt{
		{16, "title printed before its code 2.1"}, {26, "refers to measure 9.9"}, {32, "split by guess"},
		{39, "not understood"}, {35, "rationale and description are one row"},
		{42, "title of 1.2 differs"}, {42, "1.2 has no row for its target group"}, {18, "no table describes 2.1b"},
	})
	members := map[string][]string{}
	for _, o := range d.Organisations {
		members[o.ID] = o.Members
	}
	if diff := cmp.Diff([]string{"spolek-lipa", "nadace-dub"}, members["poskytovatele-pomoci"]); diff != "" {
		t.Error(diff)
	}
	if parts := find(t, d, "1.2").Parts; len(parts) != 2 || parts[1].Deadline.Due != "2032-12-31" {
		t.Errorf("parts of 1.2: %+v", parts)
	}
}

func TestEvaluationText(t *testing.T) {
	d := mustRead(t, "vyhodnoceni.txt", fixture(t, "vyhodnoceni.txt"))
	want := map[string]engine.State{
		"1.1/1": engine.Partial, "1.1/4": engine.Unfulfilled, "1.1/5": engine.Fulfilled,
		"2.1/u1": engine.Fulfilled, "2.1/u2": engine.Fulfilled, "2.2/u1": engine.Partial,
	}
	got := map[string]engine.State{}
	for _, a := range d.Activities {
		got[a.ID] = a.Status
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(engine.Period{ID: "2024-2027", Start: "2024-01-01", End: "2027-12-31"}, d.Period); diff != "" {
		t.Error(diff)
	}
	torn := find(t, d, "1.1/4")
	if torn.Details[0] != "najít dobrovolníky a proškolit je" || torn.Narrative != "Nikdo se nepřihlásil, ačkoli přišlo mnoho dotazů." {
		t.Errorf("torn cells: %q and %q", torn.Details, torn.Narrative)
	}
	if a := find(t, d, "2.2/u1"); a.Title != "Činnost odborné skupiny" {
		t.Errorf("a row without a title is called %q", a.Title)
	}
}

func TestEncodings(t *testing.T) {
	text := fixture(t, "akcni-plan.txt")
	want := mustRead(t, "plan.txt", text)
	old, err := charmap.Windows1250.NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"windows-1250": old,
		"mark":         append([]byte("\ufeff"), text...),
		"crlf":         bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, mustRead(t, "plan.txt", data)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
