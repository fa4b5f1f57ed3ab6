package czech_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

func TestReadListCode(t *testing.T) {
	for line, want := range map[string][3]string{
		"1.1.2.  pořídit auto (2 500,- Kč) ": {"1.1.2.", "1.1.2", "pořídit auto (2 500,- Kč)"},
		"1.1. Rozpočet":                      {"1.1.", "1.1", "Rozpočet"},
		"12.3.4 bez poslední tečky":          {"12.3.4", "12.3.4", "bez poslední tečky"},
		"_._._. oslovit sousedy":             {"_._._.", "", "oslovit sousedy"},
	} {
		label, code, title, ok := czech.ReadListCode(line)
		if diff := cmp.Diff(want, [3]string{label, code, title}); diff != "" || !ok {
			t.Errorf("%q: %v %s", line, ok, diff)
		}
	}
	for _, line := range []string{"1. pořídit auto", "3. 9. 2008", "2 774 600,- Kč", "1.1.1.", "_ prázdné", "za 70-80% zajistí"} {
		if label, _, _, ok := czech.ReadListCode(line); ok {
			t.Errorf("%q is read as %q", line, label)
		}
	}
}

func TestReadEndOfAList(t *testing.T) {
	if place, on, ok := czech.ReadPlaceAndDay("Horní Lhota  3. 9. 2031 "); !ok || place != "Horní Lhota" || on != "2031-09-03" {
		t.Errorf("%q %q %v", place, on, ok)
	}
	if _, _, ok := czech.ReadPlaceAndDay("Podlesí 31. 2. 2031"); ok {
		t.Error("31 February is a day")
	}
	if name, approves, ok := czech.ReadSigner("Schválila: Mgr. X"); !ok || !approves || name != "Mgr. X" {
		t.Errorf("%q %v %v", name, approves, ok)
	}
	if _, approves, ok := czech.ReadSigner("Zpracoval:"); !ok || approves {
		t.Error("who wrote it approves it")
	}
	if who, term, ok := czech.CutTerm("Město Podlesí rok 2031"); !ok || who != "Město Podlesí" || term != "rok 2031" {
		t.Errorf("%q %q %v", who, term, ok)
	}
	if p, ok := czech.ReadNextPlan("Plán pro rok 2033"); !ok || p.Start != "2033-01-01" || p.End != "2033-12-31" {
		t.Errorf("%+v %v", p, ok)
	}
	if got := czech.TownNamed("rozvoje Statutárního města Chomutova"); got != "Chomutov" {
		t.Errorf("town %q", got)
	}
}

func TestReadMentionedPlans(t *testing.T) {
	type plan struct{ Kind, Title, Start, End string }
	tests := map[string][]plan{
		"Poslední Komunitní plán péče ORP Podlesí byl zpracován na období 2025-2027 (psal se dlouho).": {
			{"plan", "Komunitní plán péče ORP Podlesí", "2025-01-01", "2027-12-31"}},
		"Vytvoření dvou Akčních plánů na roky 2019 a 2020": {
			{"action plan", "Akční plán", "2019-01-01", "2019-12-31"}, {"action plan", "Akční plán", "2020-01-01", "2020-12-31"}},
		"Vytvoření Střednědobého plánu služeb na období 2020-2022": {{"plan", "Střednědobý plán služeb", "2020-01-01", "2022-12-31"}},
		"Akční plán na rok 2031 a dále podle potřeby":              {{"action plan", "Akční plán", "2031-01-01", "2031-12-31"}},
		"Komunitní plán ORP P. Ves pro období 2021 – 2025 a pro období 2025 – 2027": {
			{"plan", "Komunitní plán ORP P. Ves", "2021-01-01", "2025-12-31"}, {"plan", "Komunitní plán ORP P. Ves", "2025-01-01", "2027-12-31"}},
		"Každý rok je zpracován Akční plán pro daný rok.": nil,
	}
	for text, want := range tests {
		var got []plan
		for _, p := range czech.ReadMentionedPlans(text) {
			got = append(got, plan{string(p.Kind), p.Title, string(p.Start), string(p.End)})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	plans := czech.ReadMentionedPlans("Komunitní plán pro období 2015 – 2017, jehož platnost byla radou města prodloužena do roku 2018.")
	want := []engine.Approval{{Body: "rada města", Verb: engine.VerbExtended, What: "jehož platnost byla radou města prodloužena do roku 2018", Until: "2018-12-31"}}
	if diff := cmp.Diff(want, plans[0].Approvals); diff != "" {
		t.Error(diff)
	}
}
