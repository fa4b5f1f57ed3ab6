package czech_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

func TestReadHeading(t *testing.T) {
	tests := []struct {
		line string
		want czech.Heading
		ok   bool
	}{
		{"Prioritní oblast 1.: Terénní služby ", czech.Heading{Kind: czech.AreaHeading, Code: "1", Title: "Terénní služby"}, true},
		{"Prioritní oblast 2:  Pobyty", czech.Heading{Kind: czech.AreaHeading, Code: "2", Title: "Pobyty"}, true},
		{"Opatření 1.1\tPodpora", czech.Heading{Kind: czech.MeasureHeading, Code: "1.1", Title: "Podpora"}, true},
		{"Opatření 1.1", czech.Heading{Kind: czech.MeasureHeading, Code: "1.1"}, true},
		{"Průřezové opatření A: Školy – vzhledem k tomu, že jinde",
			czech.Heading{Kind: czech.CrossCuttingHeading, Code: "A", Title: "Školy", Note: "vzhledem k tomu, že jinde"}, true},
		{"Opatření B: Informování o službách", czech.Heading{Kind: czech.CrossCuttingHeading, Code: "B", Title: "Informování o službách"}, true},
		{"Opatření a aktivity", czech.Heading{}, false},
		{"Opatření V obci", czech.Heading{}, false},
		{"Prioritní oblasti jsou rozpracovány", czech.Heading{}, false},
		{"Opatření 1 není kód", czech.Heading{}, false},
	}
	for _, tt := range tests {
		got, ok := czech.ReadHeading(tt.line)
		if diff := cmp.Diff(tt.want, got); diff != "" || ok != tt.ok {
			t.Errorf("%q: %v %s", tt.line, ok, diff)
		}
	}
}

func TestReadFieldTagAndReference(t *testing.T) {
	if f, ok := czech.ReadField("Realizátor,  spolupracující subjekt:"); !ok || f != czech.Implementers {
		t.Errorf("implementers read as %q", f)
	}
	if _, ok := czech.ReadField("Poznámka"); ok {
		t.Error("an unknown label is a field")
	}
	if code, ok := czech.ReadTag("+ průřezové opatření A – zapojení"); !ok || code != "A" {
		t.Errorf("tag read as %q", code)
	}
	if diff := cmp.Diff([]string{"3.2"}, czech.References("dále (viz opatření 3.2).")); diff != "" {
		t.Error(diff)
	}
}

func TestCover(t *testing.T) {
	c, ok := czech.ReadEvaluationTitle("Vyhodnocení plánu v regionu Podlesko pro období 2008 –  do doby platnosti nového plánu ")
	want := czech.Cover{Kind: engine.EvaluationPlan, Title: "Vyhodnocení plánu v regionu Podlesko", Start: "2008-01-01", OpenEnd: "do doby platnosti nového plánu"}
	if diff := cmp.Diff(want, c); diff != "" || !ok {
		t.Error(diff)
	}
	for _, spelling := range []string{"řídicí", "řídící"} {
		body, on, place, ok := czech.ReadApproval("byly schváleny na " + spelling + " skupině 31. 5. 2022 v Klatovech")
		if !ok || body != "řídicí skupina" || on != "2022-05-31" || place != "Klatovy" {
			t.Errorf("approval: %q %q %q", body, on, place)
		}
	}
	if got := czech.RegionOf("plán služeb návazných na Klatovsku"); got != "Klatovsko" {
		t.Errorf("region: %q", got)
	}
	if got := czech.TownOf("Lhotě"); got != "Lhotě" {
		t.Errorf("a town that is not listed became %q", got)
	}
	if rest, scope := czech.CutScope("okamžitá kapacita 4 kl. (v Plz. kraji)."); rest != "okamžitá kapacita 4 kl." || scope != "v Plz. kraji" {
		t.Errorf("scope: %q %q", rest, scope)
	}
	if got := czech.Beds("37 lůžek, z toho 2 kl."); got != 37 {
		t.Errorf("%d beds", got)
	}
}

func FuzzReadParties(f *testing.F) {
	for _, s := range seedLists {
		f.Add(s.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, p := range czech.ReadPartyList(raw, []engine.Organisation{{ID: "x", Name: "Přístav Kotva", Kind: engine.KindOrganisation}}).Parties {
			if p.Name == "" || p.Kind == "" {
				t.Errorf("%q gave %+v", raw, p)
			}
		}
	})
}
