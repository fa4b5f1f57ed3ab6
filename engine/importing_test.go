package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// slug stands for the Czech one, which this package does not know.
func slug(name string) string {
	return strings.NewReplacer(" ", "-", "ě", "e", "ř", "r", "í", "i", "á", "a", "ě", "e").Replace(strings.ToLower(name))
}

func row(id string, s engine.State, parties ...string) engine.ActivityDraft {
	d := engine.ActivityDraft{Activity: engine.Activity{ID: id, Measure: "1.1", Title: "Zajištění provozu"}, Status: s}
	for _, name := range parties {
		d.Responsible = append(d.Responsible, engine.Party{Name: name, Kind: engine.KindOrganisation})
	}
	return d
}

// importing imports a draft where no plan is yet.
func importing(d engine.PlanDraft, known []engine.Organisation, plans []engine.Plan, slug func(string) string, who engine.Actor, now time.Time) (engine.Change, error) {
	m, err := engine.Import(engine.Incoming{Draft: d, Organisations: known, Plans: plans, Slug: slug, Expand: slug}, who, now)
	return m.Change, err
}

func TestImportMatchesParties(t *testing.T) {
	known := []engine.Organisation{coordinatorBody(), {ID: "mess-dubovice", Name: "Městské středisko", Aliases: []string{"MSS Dubovice"}},
		{ID: "stary-nazev", Name: "Nový název"}}
	d := engine.PlanDraft{Plan: plan(), Activities: []engine.ActivityDraft{
		row("1.1/1", "", "MSS Dubovice", "Oblastní charita", "Starý název"), row("1.1/2", "", "oblastní charita", "Městské středisko"), row("1.1/3", "")}}
	c := must(t)(importing(d, known, nil, func(s string) string { return slug(strings.ReplaceAll(strings.ToLower(s), "ý", "y")) }, jana, at("2023-01-10")))
	want := [][]string{{"mess-dubovice", "oblastni-charita", "stary-nazev"}, {"oblastni-charita", "mess-dubovice"}, nil}
	for i, a := range c.Activities {
		var got []string
		for _, p := range a.Responsible {
			got = append(got, p.Organisation)
		}
		if d := cmp.Diff(want[i], got); d != "" {
			t.Errorf("%s (-want +got):\n%s", a.ID, d)
		}
		if a.Plan != "kpss-dubovice" || a.Position != i+1 {
			t.Errorf("%s lies in %q at %d", a.ID, a.Plan, a.Position)
		}
	}
	if len(c.Organisations) != 1 || c.Organisations[0].Name != "Oblastní charita" {
		t.Errorf("new organisations %+v, want the one unknown party once, as first spelt", c.Organisations)
	}
	if d.Activities[0].Responsible[0].Organisation != "" {
		t.Error("the draft itself was changed")
	}
	if len(c.Seasons)+len(c.Entries) > 0 {
		t.Error("a plan that is no evaluation has results")
	}
}

// Organisations a file carries come along, unless they are here already.
func TestImportOfOrganisations(t *testing.T) {
	d := engine.PlanDraft{Plan: plan(), Organisations: []engine.Organisation{{ID: "a", Name: "Azylový dům"}, {ID: "mess-dubovice", Name: "Jiné jméno"}},
		Activities: []engine.ActivityDraft{row("1.1/1", "", "azylový dům")}}
	c := must(t)(importing(d, bodies(), nil, slug, jana, at("2023-01-10")))
	if len(c.Organisations) != 1 || c.Organisations[0].ID != "a" || c.Activities[0].Responsible[0].Organisation != "a" {
		t.Errorf("organisations %+v, party %+v", c.Organisations, c.Activities[0].Responsible)
	}
}

func TestImportOfAnEvaluation(t *testing.T) {
	p := plan()
	p.Kind = engine.EvaluationPlan
	d := engine.PlanDraft{Plan: p, Period: engine.Period{ID: "2008-2013", Start: "2008-01-01", End: "2013-12-31"}, Activities: []engine.ActivityDraft{
		row("1", engine.Fulfilled), row("2", engine.Partial), row("3", engine.Unfulfilled), row("4", engine.StateUnknown), row("5", ""), row("6", engine.Planned)}}
	d.Activities[0].Qualifier, d.Activities[0].Narrative = engine.AnotherForm, "Místo kurzu přednáška."
	c := must(t)(importing(d, nil, nil, slug, jana, at("2023-01-10")))
	want := []engine.State{engine.Fulfilled, engine.Partial, engine.Unfulfilled, engine.StateUnknown, engine.StateUnknown, engine.Planned}
	for i, e := range c.Entries {
		if e.State != want[i] || e.Source != "import" || e.ApprovedBy != jana.Name || e.Period != "2008-2013" {
			t.Errorf("entry %+v, want %s", e, want[i])
		}
	}
	if e := c.Entries[0]; e.Qualifier != engine.AnotherForm || e.Narrative != "Místo kurzu přednáška." {
		t.Errorf("qualifier and narrative: %+v", e)
	}
	if len(c.Entries) != 6 || c.Seasons[0].State != engine.SeasonClosed {
		t.Errorf("%d entries, season %s", len(c.Entries), c.Seasons[0].State)
	}
}

func TestImportRefused(t *testing.T) {
	good := engine.PlanDraft{Plan: plan(), Activities: []engine.ActivityDraft{row("1.1/1", "")}}
	_, err := importing(good, nil, nil, slug, charita, at("2023-01-10"))
	wantCode(t, err, engine.Forbidden)
	_, err = importing(engine.PlanDraft{Plan: plan()}, nil, nil, slug, jana, at("2023-01-10"))
	wantCode(t, err, engine.Invalid)
	odd := engine.PlanDraft{Plan: plan(), Activities: []engine.ActivityDraft{row("1.1/1", "splněno")}}
	odd.Plan.Kind = engine.EvaluationPlan
	_, err = importing(odd, nil, nil, slug, jana, at("2023-01-10"))
	wantCode(t, err, engine.Invalid)
}
