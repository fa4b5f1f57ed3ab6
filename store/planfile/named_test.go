package planfile_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store/planfile"
)

// carried counts the activities of each area, those in the next plan too, and
// gives the ids of the others.
func carried(d engine.PlanDraft) (all, twice map[string]int, once []string) {
	all, twice = map[string]int{}, map[string]int{}
	for _, a := range d.Activities {
		all[a.Area]++
		if a.CarriedOver {
			twice[a.Area]++
		} else {
			once = append(once, a.ID)
		}
	}
	return all, twice, once
}

// noStatus wants every status unknown: the text lost the colours.
func noStatus(t *testing.T, d engine.PlanDraft) {
	t.Helper()
	for _, a := range d.Activities {
		if a.Status != engine.StateUnknown || a.StatusRaw != "" || !slices.Contains(a.Unsure, "status") {
			t.Errorf("%s has the status %q from %q", a.ID, a.Status, a.StatusRaw)
		}
	}
}

func TestColourListSeed(t *testing.T) {
	d := seed(t, "003")
	all, twice, once := carried(d)
	for _, c := range []struct{ want, got any }{
		{map[string]int{"1": 6, "2": 10, "3": 12, "4": 10}, all},
		{map[string]int{"1": 4, "2": 8, "3": 9, "4": 8}, twice},
		{[]string{"1.1.1", "1.1.2", "2.2.1", "2.2.4", "3.1.1", "3.3.1", "3.3.3", "4.3.1", "4.4/u1"}, once},
		{12, len(d.Plan.Measures)},
		{engine.Period{ID: "2007-2008", Start: "2007-01-01", End: "2008-12-31"}, d.Period},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Error(diff)
		}
	}
	noStatus(t, d)
	for _, m := range d.Plan.Measures {
		if m.Description == "" {
			t.Errorf("measure %s has no description", m.Code)
		}
	}
	p := d.Plan
	if p.Kind != engine.EvaluationPlan || p.Territory != "Chomutov" || p.ApprovedBy != "manažerka projektu" || p.ApprovedOn != "2008-09-03" || p.ApprovedAt != "Chomutov" {
		t.Errorf("plan: %+v", p)
	}
	terms := map[string]int{}
	for _, x := range d.Projects {
		terms[x.Term]++
	}
	if diff := cmp.Diff(map[string]int{"rok 2007": 4, "rok 2008": 1}, terms); diff != "" {
		t.Error(diff)
	}
	if a := find(t, d, "1.1.2"); !strings.HasSuffix(a.Title, "2 774 600,- Kč)") {
		t.Errorf("1.1.2 is called %q", a.Title)
	}
	if a := find(t, d, "4.4.2"); a.Sources["title"] != "line 281, line 283" {
		t.Errorf("4.4.2 was read from %v", a.Sources)
	}
	wantWarnings(t, d, []warningAt{{12, "all 38 are unknown; import the DOCX"}, {279, "without a number"}, {31, "printed once"}, {318, "before the period"}})
}

func TestColourListText(t *testing.T) {
	d := mustRead(t, "barvy.txt", fixture(t, "barvy.txt"))
	noStatus(t, d)
	_, twice, once := carried(d)
	if diff := cmp.Diff([]string{"1.1.1", "2.1/u1", "1.1.4"}, once); diff != "" || twice["1"] != 2 || twice["2"] != 2 {
		t.Errorf("%s%v", diff, twice)
	}
	want := []engine.Project{
		{Title: "Oprava klubovny", Implementer: "Spolek Lípa", Term: "rok 2031"},
		{Title: "Stavba lávky", Implementer: "Město Podlesí", Term: "rok 2032"},
		{Implementer: "Ples Spolek Lípa", Term: "rok 2031"},
	}
	if diff := cmp.Diff(want, d.Projects); diff != "" {
		t.Error(diff)
	}
	if d.Plan.ApprovedBy != "starosta" || d.Plans[0].Start != "2033-01-01" {
		t.Errorf("plan %+v, next %+v", d.Plan, d.Plans)
	}
	wantWarnings(t, d, []warningAt{
		{33, "another title"}, {36, "after a gap"}, {55, "more than twice"}, {57, "its code says otherwise"},
		{70, "a term without a project"}, {69, "cannot be told apart"}, {71, "without a term"}, {76, "names a person"},
	})
}

// span is a plan as a page names it: whose, from, to, and until when extended.
type span struct{ Territory, Start, End, Until string }

func spans(plans []engine.Plan) []span {
	var out []span
	for _, p := range plans {
		s := span{p.Territory, string(p.Start), string(p.End), ""}
		for _, a := range p.Approvals {
			if a.Verb == engine.VerbExtended && a.Body == "řídicí skupina" {
				s.Until = string(a.Until)
			}
		}
		out = append(out, s)
	}
	return out
}

// groupsOf counts the groups of each territory by kind.
func groupsOf(d engine.PlanDraft) map[string]int {
	n := map[string]int{}
	for _, g := range d.Groups {
		n[g.Territory+" "+string(g.Kind)]++
	}
	return n
}

func TestRegionSeed(t *testing.T) {
	d := seed(t, "002")
	wantSpans := []span{
		{"ORP Trhové Sviny", "2011-01-01", "2015-12-31", ""}, {"ORP Trhové Sviny", "2015-01-01", "2017-12-31", "2018-12-31"},
		{"ORP Trhové Sviny", "2019-01-01", "2021-12-31", ""}, {"ORP Český Krumlov", "", "", ""},
		{"ORP Český Krumlov", "2019-01-01", "2021-12-31", ""}, {"ORP Třeboň", "", "", ""},
	}
	if diff := cmp.Diff(wantSpans, spans(d.Plans)); diff != "" {
		t.Error(diff)
	}
	wantGroups := map[string]int{
		"ORP Trhové Sviny steering": 1, "ORP Trhové Sviny working": 4, "ORP Český Krumlov steering": 1,
		"ORP Český Krumlov working": 3, "ORP Třeboň steering": 1, "ORP Třeboň working": 4,
	}
	if diff := cmp.Diff(wantGroups, groupsOf(d)); diff != "" {
		t.Error(diff)
	}
	if len(d.Documents) != 13 || len(d.Activities) != 0 || !strings.Contains(d.Plan.Funding, "15_007/0003792") || d.Projects[0].Implementer != "Jihočeská rozvojová o.p.s." {
		t.Errorf("%d documents, %d activities, funding %q, projects %+v", len(d.Documents), len(d.Activities), d.Plan.Funding, d.Projects)
	}
	for _, i := range []int{1, 3, 5} {
		targetGroups(t, d.Plans[i], 4, 3)
	}
	wantWarnings(t, d, []warningAt{{0, "no activity to track"}, {34, "the day of this decision"}, {68, "3 working groups for 4 target groups"}})
}

// targetGroups wants a level above the priorities, with the same priorities in
// every group.
func targetGroups(t *testing.T, p engine.Plan, groups, priorities int) {
	t.Helper()
	inside := map[string]int{}
	for _, a := range p.Areas {
		if a.Above != "" {
			inside[a.Above]++
		}
	}
	for above, n := range inside {
		if n != priorities {
			t.Errorf("%s: %d priorities in %s", p.Territory, n, above)
		}
	}
	if p.Levels.Above != "cílová skupina" || len(inside) != groups || !p.Measures[0].CrossCutting {
		t.Errorf("%s: %+v, areas %+v, measures %+v", p.Territory, p.Levels, p.Areas, p.Measures)
	}
}

func TestRegionText(t *testing.T) {
	d := mustRead(t, "kraj.txt", fixture(t, "kraj.txt"))
	want := []span{
		{"ORP Podlesí", "2021-01-01", "2025-12-31", ""}, {"ORP Podlesí", "2025-01-01", "2027-12-31", "2028-12-31"},
		{"ORP Podlesí", "2029-01-01", "2031-12-31", ""}, {"ORP Horní Lhota", "", "", ""},
	}
	if diff := cmp.Diff(want, spans(d.Plans)); diff != "" {
		t.Error(diff)
	}
	targetGroups(t, d.Plans[1], 2, 2)
	kinds := []engine.DocumentKind{}
	for _, x := range d.Documents {
		kinds = append(kinds, x.Kind)
	}
	if diff := cmp.Diff([]engine.DocumentKind{engine.CommunicationStrategy, engine.PlanOutline, engine.PressRelease, engine.EvaluationReport, ""}, kinds); diff != "" {
		t.Error(diff)
	}
	wantWarnings(t, d, []warningAt{{26, "not read as a priority"}, {38, "1 working groups for 2 target groups"}, {50, "what the project has done"}})
}

func TestMinutesSeed(t *testing.T) {
	d := seed(t, "004")
	if d.Plan.ID != "zapis-orp-jindrichuv-hradec-2018-03-29" || d.Plan.Kind != engine.MediumTermPlan || len(d.Activities) != 12 {
		t.Errorf("plan %+v with %d activities", d.Plan, len(d.Activities))
	}
	want := map[string]int{
		"ORP Jindřichův Hradec steering": 1, "ORP Jindřichův Hradec coordination": 1, "ORP Jindřichův Hradec working": 4,
		"Strmilov working": 1, "Kardašova Řečice working": 1, "Nová Bystřice working": 1, "Nová Včelnice working": 1,
	}
	if diff := cmp.Diff(want, groupsOf(d)); diff != "" {
		t.Error(diff)
	}
	if n := len(d.Groups[1].Members); n != 5 {
		t.Errorf("%d functions in the coordination group", n)
	}
	held, next := d.Events[0], d.Events[1]
	if held.Day != "2018-03-29" || held.Name != "pracovní skupina Osoby ohrožené sociálním vyloučením" || len(held.Programme) != 5 {
		t.Errorf("held: %+v", held)
	}
	if next.Day != "2018-04-12" || next.Time != "15:00" || next.Name != "veřejné projednání" || !strings.HasPrefix(next.Place, "Muzeum") {
		t.Errorf("next: %+v", next)
	}
	task := find(t, d, "4/u12")
	if task.Deadline.Raw != "v měsíci červnu 2018" || task.Deadline.Certain || task.Sources["deadline"] != "line 128" {
		t.Errorf("task: %+v", task)
	}
	if got := len(find(t, d, "4/u7").Details); got != 5 {
		t.Errorf("%d analyses", got)
	}
	if got := labels(find(t, d, "4/u8").Parts); got != "2019 2020" {
		t.Errorf("action plans for %q", got)
	}
	years := map[engine.PlanKind]int{}
	for _, p := range d.Plans {
		years[p.Kind]++
	}
	if years[engine.ActionPlan] != 2 || years[engine.MediumTermPlan] != 2 {
		t.Errorf("plans: %+v", d.Plans)
	}
	wantWarnings(t, d, []warningAt{{0, "no plan covers the years from 2018 to 2019"}, {128, "a task without a day"}, {68, "carries out the whole project"}})
}

func TestMinutesText(t *testing.T) {
	d := mustRead(t, "zapis.txt", fixture(t, "zapis.txt"))
	titles := []string{}
	for _, a := range d.Activities {
		titles = append(titles, a.Title)
	}
	want := []string{
		"Tři besedy starostů", "Průzkumy", "Vytvoření dvou Akčních plánů na roky 2032 a 2033",
		"Vytvoření Střednědobého plánu péče na období 2032-2034", "Schválení plánu", "Vystavovatelé budou osloveni poštou.",
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Error(diff)
	}
	if a := d.Activities[0]; len(a.Indicators) != 1 || a.Indicators[0].Planned != 3 {
		t.Errorf("indicators: %+v", a.Indicators)
	}
	if task := d.Activities[5]; task.Deadline.Certain || !slices.Contains(task.Unsure, "deadline") {
		t.Errorf("the month of a task is sure: %+v", task.Deadline)
	}
	if e := d.Events[1]; e.Time != "09:30" || e.Day != "2031-05-19" || e.Name != "kulatý stůl" || !strings.HasSuffix(e.Place, "(sál v 1. patře)") {
		t.Errorf("next: %+v", e)
	}
	if n := groupsOf(d)["Nová Bystřice working"]; n != 1 || len(d.Groups) != 6 {
		t.Errorf("groups: %+v", d.Groups)
	}
}

// TestSources wants a line for every value of the two texts with tables.
func TestSources(t *testing.T) {
	d := mustRead(t, "vyhodnoceni.txt", fixture(t, "vyhodnoceni.txt"))
	want := map[string]string{"title": "line 33", "details": "line 34", "responsible": "line 36", "status": "line 39", "narrative": "line 39"}
	if diff := cmp.Diff(want, find(t, d, "1.1/4").Sources); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{"akcni-plan.txt", "vyhodnoceni.txt", "barvy.txt", "zapis.txt"} {
		for _, a := range mustRead(t, name, fixture(t, name)).Activities {
			for field, empty := range map[string]bool{
				"title": a.Title == "", "responsible": a.ResponsibleRaw == "", "deadline": a.Deadline.Raw == "",
				"status": a.StatusRaw == "", "narrative": a.Narrative == "", "details": len(a.Details) == 0,
			} {
				if (a.Sources[field] == "") != empty {
					t.Errorf("%s %s: the source of its %s is %q", name, a.ID, field, a.Sources[field])
				}
			}
		}
	}
}

// TestDryRunReadsBack prints a draft, reads that and prints the same again.
func TestDryRunReadsBack(t *testing.T) {
	for _, name := range []string{"barvy", "kraj", "zapis"} {
		var first, second bytes.Buffer
		if err := planfile.WriteJSON(&first, mustRead(t, name, fixture(t, name+".txt"))); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(first.String(), "null") {
			t.Errorf("%s prints null", name)
		}
		if err := planfile.WriteJSON(&second, mustRead(t, name+".json", first.Bytes())); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first.String(), second.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestNamedValuesRefused(t *testing.T) {
	for what, more := range map[string]string{
		"kind of a group":      "groups: [{name: X, kind: club}]",
		"kind of a document":   "documents: [{title: X, kind: book}]",
		"kind of an event":     "events: [{name: X, kind: party}]",
		"day of an event":      "events: [{name: X, kind: held, day: 2031-02-30}]",
		"kind of a plan":       "plans: [{plan: {title: X, kind: wish}}]",
		"verb of an approval":  "plans: [{plan: {title: X, kind: plan, approvals: [{body: B, verb: liked}]}}]",
		"end of an extension":  "plans: [{plan: {title: X, kind: plan, approvals: [{body: B, verb: extended, until: '2031'}]}}]",
		`unknown key "member"`: "groups: [{name: X, kind: working, member: [Y]}]",
	} {
		_, err := planfile.Read("plan.yaml", []byte(smallFile+more+"\n"), nil)
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", more, err)
		}
	}
}
