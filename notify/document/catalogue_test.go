package document

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

func published() engine.Print {
	e := evaluation()
	e.Publicized, e.Territory = true, "Klatovsko"
	return engine.Print{Evaluation: e, Address: "https://plan.example/town/obec/klatovy/plan/kpss/2023/"}
}

// The record has what the norm demands, and every address in it is absolute.
func TestCatalogueRecord(t *testing.T) {
	data, err := maker(t).catalogue(published())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "catalogue.jsonld")
	if *update {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(data)); diff != "" {
		t.Errorf("%s differs; look at it, then run with -update\n%s", path, diff)
	}
	var r map[string]any
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	plain := map[string]any{} // without diacritics
	for key, v := range r {
		plain[czech.Fold(key)] = v
	}
	for _, key := range []string{"@context", "iri", "typ", "nazev", "popis", "poskytovatel", "tema", "klicove_slovo", "periodicita_aktualizace", "prostorove_pokryti", "casove_pokryti", "dokumentace", "distribuce"} {
		if plain[key] == nil {
			t.Errorf("%s is missing", key)
		}
	}
	addresses(t, r)
	files, ok := plain["distribuce"].([]any)
	if !ok || len(files) != 3 {
		t.Fatalf("distributions: %v", plain["distribuce"])
	}
	made := map[string]bool{}
	for _, a := range maker(t).Names(published().Evaluation) {
		made[published().Address+a.Name] = true
	}
	if !made[r["iri"].(string)] {
		t.Errorf("the record is not where it says: %v", r["iri"])
	}
	seen := map[string]bool{}
	for _, f := range files {
		d := map[string]any{}
		for key, v := range f.(map[string]any) {
			d[czech.Fold(key)] = v
		}
		link, _ := d["soubor_ke_stazeni"].(string)
		if !made[link] || d["pristupove_url"] != link || seen[d["iri"].(string)] {
			t.Errorf("a distribution leads to %q", link)
		}
		seen[d["iri"].(string)] = true
		terms, _ := d["podminky_uziti"].(map[string]any)
		if len(terms) != 5 || d["typ_media"] == nil || d["format"] == nil {
			t.Errorf("a distribution lacks something: %v", d)
		}
		if strings.HasSuffix(link, ".json") != (d["schema"] == "https://plan.example/town/schema/evaluation.json") {
			t.Errorf("%s follows the schema %v", link, d["schema"])
		}
	}
}

// addresses checks that every text that looks like an address is whole.
func addresses(t *testing.T, v any) {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, "://") {
			if u, err := url.Parse(v); err != nil || !u.IsAbs() || u.Host == "" || strings.Contains(v, " ") {
				t.Errorf("%q is no address", v)
			}
		}
	case []any:
		for _, x := range v {
			addresses(t, x)
		}
	case map[string]any:
		for _, x := range v {
			addresses(t, x)
		}
	}
}

// Only what everybody may read has a record, and hostile words stay words.
func TestCatalogueOnlyOfWhatIsPublished(t *testing.T) {
	m := maker(t)
	desk := published()
	desk.Evaluation.Publicized = false
	for _, a := range m.Names(desk.Evaluation) {
		if strings.HasSuffix(a.Name, ".jsonld") {
			t.Error("what is not for everybody has a record")
		}
	}
	if _, err := m.Document(desk, "evaluation-2023-catalogue.jsonld"); engine.CodeOf(err) != engine.NotFound {
		t.Errorf("the record of what is not published: %v", err)
	}
	nowhere := published()
	nowhere.Address = ""
	if _, err := m.catalogue(nowhere); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("published nowhere: %v", err)
	}
	for _, h := range hostile {
		p := published()
		free(&p.Evaluation, func(string) string { return h })
		data, err := m.catalogue(p)
		if err != nil || !json.Valid(data) {
			t.Errorf("%.30q breaks the record: %v", h, err)
		}
	}
}
