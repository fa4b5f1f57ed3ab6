package planfile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store/planfile"
)

// seed reads one of the real documents that stand beside the repository; where
// they are absent the test is skipped, and testdata covers the same shapes.
func seed(t *testing.T, number string) engine.PlanDraft {
	t.Helper()
	found, err := filepath.Glob("../../../shared/seeds/" + number + "_*.txt")
	if err != nil || len(found) == 0 {
		t.Skip("the real documents are not here")
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return mustRead(t, filepath.Base(found[0]), data)
}

func mustRead(t *testing.T, name string, data []byte) engine.PlanDraft {
	t.Helper()
	d, err := planfile.Read(name, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestActionPlanSeed(t *testing.T) {
	d := seed(t, "001")
	if diff := cmp.Diff(actionPlanTotals, totalsOf(d)); diff != "" {
		t.Error(diff)
	}
	p := d.Plan
	if p.Title != "Komunitní plán sociálních služeb a služeb návazných na Klatovsku – Akční plán na rok 2023" ||
		p.Territory != "Klatovsko" || p.ApprovedBy != "řídicí skupina" || p.ApprovedOn != "2022-05-31" || p.ApprovedAt != "Klatovy" {
		t.Errorf("plan: %+v", p)
	}
	for _, id := range []string{"3.1", "4.2"} {
		if got := labels(find(t, d, id).Parts); got != "a) b) c)" {
			t.Errorf("parts of %s: %q", id, got)
		}
	}
	if got := find(t, d, "4.2").Parts[2].Deadline.Due; got != "2024-12-31" {
		t.Errorf("4.2 c) is due %s", got)
	}
	due := []string{}
	for _, a := range d.Activities {
		if a.Deadline.DueIn(engine.Year(2023)) != "" {
			due = append(due, a.ID)
		}
	}
	if diff := cmp.Diff([]string{"1.2", "2.1b", "3.1", "4.2", "6.1", "7.1c"}, due); diff != "" {
		t.Error(diff)
	}
	wantWarnings(t, d, []warningAt{
		{97, "title of 1.3 differs"}, {171, "title of 2.1b differs"},
		{51, "title printed before its code 4.1"}, {62, "title printed before its code 7.1"},
		{191, "refers to measure 3.2"}, {264, "rationale and description are one row"},
		{294, "7.2 has no row for its target group"}, {81, "split by guess"}, {195, "split by guess"},
	})
}

func TestEvaluationSeed(t *testing.T) {
	d := seed(t, "000")
	if diff := cmp.Diff(evaluationTotals, totalsOf(d)); diff != "" {
		t.Error(diff)
	}
	checkEvaluation(t, d, "1.1/8", "1.3/1", "1.4/2", "3.1/u6", "B/1")
	if find(t, d, "3.1/u3").Title != "Specifická primární prevence" {
		t.Errorf("3.1/u3 is %q", find(t, d, "3.1/u3").Title)
	}
	if p := d.Plan; p.Start != "2008-01-01" || p.End != "" || p.OpenEnd != "do doby platnosti nového plánu" {
		t.Errorf("period: %+v", p)
	}
	if n := find(t, d, "2.2/1").Narrative; !strings.Contains(n, "Západní Čechy mimo region") {
		t.Errorf("the narrative of 2.2/1 is not rejoined: %q", n)
	}
	wantWarnings(t, d, []warningAt{
		{100, "jumps from 3 to 6"}, {348, "jumps from 1 to 3"}, {140, "across a page break"},
		{294, "across a page break"}, {374, "across a page break"}, {585, "page number"},
		{440, "no gap parts it"}, {535, "no narrative"}, {266, "split by guess"},
		{0, "approving body"}, {0, "day of approval"},
	})
}

// checkEvaluation holds for the text of the evaluation and for the shipped example alike.
func checkEvaluation(t *testing.T, d engine.PlanDraft, wantSeveral ...string) {
	t.Helper()
	var none, several, tagged, silent []string
	for _, a := range d.Activities {
		if len(a.Responsible) == 0 {
			none = append(none, a.ID)
		}
		if len(a.Responsible) > 1 {
			several = append(several, a.ID)
		}
		if slices.Contains(a.Tags, "A") {
			tagged = append(tagged, a.ID)
		}
		if a.Narrative == "" {
			silent = append(silent, a.ID)
		}
	}
	for _, c := range []struct {
		what      string
		want, got []string
	}{
		{"none", []string{"3.1/u1", "3.1/u2", "3.1/u3", "3.1/u4", "3.1/u7", "5.1/u1"}, none},
		{"several", wantSeveral, several},
		{"tag A", []string{"1.1/8", "1.3/1", "3.1/u1", "3.2/1", "3.2/2", "3.2/3", "4.1/1", "4.1/3"}, tagged},
		{"silent", []string{"3.2/2"}, silent},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
}

func TestSeedsRoundTrip(t *testing.T) {
	for _, number := range []string{"000", "001", "002", "003", "004"} {
		t.Run(number, func(t *testing.T) { roundTrip(t, seed(t, number)) })
	}
}

// roundTrip writes a draft in both of our formats and wants it back unchanged.
func roundTrip(t *testing.T, d engine.PlanDraft) {
	t.Helper()
	var asYAML, asJSON bytes.Buffer
	if err := planfile.WriteYAML(&asYAML, d); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, mustRead(t, "plan.yaml", asYAML.Bytes())); diff != "" {
		t.Errorf("yaml: %s", diff)
	}
	if err := planfile.WriteJSONFile(&asJSON, d); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, mustRead(t, "plan.json", asJSON.Bytes())); diff != "" {
		t.Errorf("json: %s", diff)
	}
}
