package czech_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

func TestReadMinutes(t *testing.T) {
	for text, want := range map[string]czech.Minutes{
		"Zápis z jednání pracovní skupiny Senioři ze dne 29. března 2031 Místo konání: Radnice, 1. patro Program: x": {
			Body: "pracovní skupina Senioři", Day: "2031-03-29", Raw: "29. března 2031", Place: "Radnice, 1. patro"},
		"Zápis z jednání řídící skupiny ze dne 5. 6. 2031": {Body: "řídicí skupina", Day: "2031-06-05", Raw: "5. 6. 2031"},
		"Zápis ze setkání":                           {},
		"Zápis z jednání rady ze dne 31. února 2031": {Body: "rady", Raw: "31. února 2031"},
	} {
		got, ok := czech.ReadMinutes(text)
		if diff := cmp.Diff(want, got); diff != "" || ok != (want.Raw != "") {
			t.Errorf("%q: %v %s", text, ok, diff)
		}
	}
}

func TestReadGroups(t *testing.T) {
	groups, count := czech.ReadGroups("Celkem je zapojeno 3 pracovních skupin – jde o pracovní skupinu Děti, mládež a rodina " +
		"a dále pracovní skupiny, které působí v Kardašově Řečici a v Dolní Neznámé. Řídicí skupina schvaluje.")
	names := []string{}
	for _, g := range groups {
		names = append(names, string(g.Kind)+" "+g.Name+" "+g.Territory)
	}
	want := []string{"steering řídicí skupina ", "working Děti, mládež a rodina ", "working Kardašova Řečice Kardašova Řečice", "working Dolní Neznámé Dolní Neznámé"}
	if diff := cmp.Diff(want, names); diff != "" || count != 3 {
		t.Errorf("%d %s", count, diff)
	}
}

func TestReadAnnouncedAndTasks(t *testing.T) {
	text := "Na konci bylo hovořeno o veřejném projednání – přijde každý. Termín – 12. dubna 2031 v 9.05 hod., místo: Sokolovna, ul. Dlouhá 3 (sál). " +
		"Veletrh – plánem je udělat ho v měsíci červnu 2031. Poskytovatelé budou osloveni. Nic jiného nebude."
	e, ok := czech.ReadAnnounced(text)
	want := engine.Occasion{Kind: engine.OccasionPlanned, Name: "veřejné projednání", Day: "2031-04-12", Raw: "12. dubna 2031", Time: "09:05", Place: "Sokolovna, ul. Dlouhá 3 (sál)"}
	if diff := cmp.Diff(want, e); diff != "" || !ok {
		t.Error(diff)
	}
	tasks := czech.ReadTasks(text)
	for i, task := range tasks {
		if !strings.HasPrefix(text[task.TextAt:], task.Text) || !strings.HasPrefix(text[task.AboutAt:], task.About) || !strings.HasPrefix(text[task.TermAt:], task.Term) {
			t.Errorf("wrong places in %+v", task)
		}
		tasks[i].TextAt, tasks[i].AboutAt, tasks[i].TermAt = 0, 0, 0
	}
	wantTasks := []czech.Task{{Text: "Poskytovatelé budou osloveni.", About: "Veletrh – plánem je udělat ho v měsíci červnu 2031.", Event: "Veletrh", Term: "v měsíci červnu 2031"}}
	if diff := cmp.Diff(wantTasks, tasks); diff != "" {
		t.Error(diff)
	}
}

func TestCutBulletAndCount(t *testing.T) {
	if item, ok := czech.CutBullet("\uf0fc Diskuze"); !ok || item != "Diskuze" {
		t.Errorf("%q %v", item, ok)
	}
	if _, ok := czech.CutBullet("– ne"); ok {
		t.Error("a dash is a bullet")
	}
	if n, what, ok := czech.CutCount("Dvě veřejná projednání"); !ok || n != 2 || what != "veřejná projednání" {
		t.Errorf("%d %q %v", n, what, ok)
	}
	if _, _, ok := czech.CutCount("Informační kampaň"); ok {
		t.Error("a campaign is counted")
	}
}

// FuzzMinutes wants no panic, and days that exist.
func FuzzMinutes(f *testing.F) {
	f.Add("Zápis z jednání rady ze dne 31. 2. 2031 Místo konání: X Program:")
	f.Add("Termín – 1. ledna 2031 v 1:00, místo: a). Celkem je zapojeno 9 pracovních skupin – pracovní skupiny, které působí ve , a v")
	f.Add("Akční plán na roky 2031, 2032, jehož platnost byla radou města prodloužena do roku 2018 a pro období 2031-2030")
	f.Fuzz(func(t *testing.T, text string) {
		e, _ := czech.ReadAnnounced(text)
		m, _ := czech.ReadMinutes(text)
		_, start, end := czech.ReadRealisation(text)
		for _, d := range []engine.Date{e.Day, m.Day, start, end} {
			if d != "" {
				d.Weekday() // panics for what is no day
			}
		}
		for _, p := range czech.ReadMentionedPlans(text) {
			if p.Start.Year() == 0 || !strings.Contains(text, p.Start.YearString()) {
				t.Errorf("a plan of %s", p.Start)
			}
		}
		for _, task := range czech.ReadTasks(text) {
			if !strings.HasPrefix(text[task.TextAt:], task.Text) {
				t.Errorf("%q is not in the text", task.Text)
			}
		}
		czech.ReadGroups(text)
	})
}
