package web

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"splneno/engine"
)

// pageBytes is how large a page of plans may be, whatever the plan holds.
const pageBytes = 60_000

// crowdedPlan puts a plan of 10,000 activities, 400 measures and 500 organisations
// into the house, in the season that is open.
func (h *house) crowdedPlan() {
	h.t.Helper()
	c := engine.Change{At: h.now(), Actor: who, Event: "furnished", Subject: "crowdedPlan"}
	p := engine.Plan{ID: "velky", Title: "Komunitní plán sociálních služeb", Kind: engine.MediumTermPlan, Start: "2023-01-01", End: "2025-12-31"}
	for i := range 500 {
		c.Organisations = append(c.Organisations, engine.Organisation{ID: fmt.Sprint("org", i), Name: fmt.Sprintf("Městské středisko sociálních služeb číslo %d, příspěvková organizace", i),
			Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Email: fmt.Sprintf("org%d@example.cz", i)}}})
	}
	for a := range 20 {
		p.Areas = append(p.Areas, engine.Area{Code: fmt.Sprint(a + 1), Title: fmt.Sprint("Cílová skupina číslo ", a+1)})
		for m := range 20 {
			code := fmt.Sprintf("%d.%d", a+1, m+1)
			p.Measures = append(p.Measures, engine.Measure{Code: code, Title: "Zajištění dostupnosti terénních a ambulantních služeb " + code, Area: fmt.Sprint(a + 1)})
			for n := range 25 {
				i := len(c.Activities)
				org := fmt.Sprint("org", i%500)
				c.Activities = append(c.Activities, engine.Activity{Plan: "velky", ID: fmt.Sprintf("%s/%d", code, n+1), Area: fmt.Sprint(a + 1), Measure: code, Label: fmt.Sprintf("%d.", n+1), Position: i + 1,
					Title:   fmt.Sprintf("Rozšířit pečovatelskou službu o večerní a víkendové hodiny v obvodu číslo %d", i),
					Details: []string{"nejméně v pěti obcích regionu", "s důrazem na osamělé seniory a pečující osoby v odlehlých částech obce"}, TargetGroup: "senioři a osoby se zdravotním postižením",
					ResponsibleRaw: c.Organisations[i%500].Name, Responsible: []engine.Party{{Name: c.Organisations[i%500].Name, Kind: engine.KindOrganisation, Organisation: org}},
					Deadline: engine.Deadline{Raw: "průběžně", Kind: engine.DeadlineOngoing, Ongoing: true, Certain: true}})
			}
		}
	}
	c.Plans = []engine.Plan{p}
	h.must(h.office.Records.Commit(context.Background(), c))
	h.must(h.office.OpenSeason(context.Background(), "velky", engine.Year(2023), who))
	h.must(h.office.AmendActivity(context.Background(), "velky", "3.3/3", 1, engine.Grounds{Day: "2024-01-20", Reason: "oprava"}, who, func(a *engine.Activity) error { a.Title = "Nový název"; return nil }))
}

var crowded = []string{"/stul/plan", "/stul/plan/velky", "/stul/plan/velky?ke-dni=2024-01-02", "/stul/plan/velky/oblast/3", "/stul/plan/velky/opatreni/3.3", "/stul/plan/velky/opatreni/3.3?ke-dni=2024-01-02",
	"/stul/plan/velky/aktivita/3.3/3", "/stul/plan/velky/upravit/3.3/3", "/stul/plan/velky/pridat/3.3", "/stul/plan/velky/upravit", "/stul/plan/velky/zmeny", "/stul/plan/velky/zmeny/1",
	"/stul/hledat?q=pec+sluz", "/stul/hledat?q=9876", "/stul/hledat?q=nic+takoveho"}

func TestCrowdedPlanStaysSmall(t *testing.T) {
	h := newHouse(t)
	h.crowdedPlan()
	h.signIn()
	for _, path := range crowded {
		r := h.get(path)
		r.want(t, http.StatusOK)
		if len(r.body) > pageBytes {
			t.Errorf("%s has %d bytes", path, len(r.body))
		}
	}
}
