package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// season10k fills the house with a season of 10,000 activities in 20 areas,
// which 500 organisations have all answered: everything waits, and everything
// has a result of the year before.
func (h *house) season10k() {
	h.t.Helper()
	const bodies, each = 500, 20
	plan := engine.Plan{ID: "velky", Title: "Komunitní plán sociálních služeb obce s rozšířenou působností", Kind: engine.ActionPlan, Start: "2023-01-01", End: "2023-12-31"}
	c := engine.Change{At: h.now(), Actor: who, Event: "grown", Seasons: []engine.Season{
		{Plan: "velky", Period: engine.Year(2023), State: engine.SeasonOpen}, {Plan: "velky", Period: engine.Year(2022), State: engine.SeasonClosed}}}
	const said = "Služba byla poskytována po celý rok v plném rozsahu, navštěvovala ji čtyřicítka klientů a pracovníci vyjížděli do všech obcí správního obvodu. Proběhla dvě školení."
	for m := range 200 {
		plan.Measures = append(plan.Measures, engine.Measure{Code: fmt.Sprintf("%d.%d", m/10+1, m%10+1), Title: "Podpora terénních a ambulantních služeb", Area: fmt.Sprint(m/10 + 1)})
	}
	for a := range 20 {
		plan.Areas = append(plan.Areas, engine.Area{Code: fmt.Sprint(a + 1), Title: "Senioři a osoby se zdravotním postižením"})
	}
	c.Plans = []engine.Plan{plan}
	for b := range bodies {
		id := fmt.Sprintf("organizace-%d", b)
		c.Organisations = append(c.Organisations, engine.Organisation{ID: id, Name: fmt.Sprintf("Oblastní charita č. %d, poskytovatel sociálních služeb", b), Kind: engine.KindOrganisation,
			Contacts: []engine.Contact{{Name: "Jana Nováková", Email: id + "@example.cz"}}})
		for i := range each {
			n := b*each + i
			m := plan.Measures[n%200]
			k := engine.EntryKey{Plan: "velky", Period: "2023", Activity: fmt.Sprintf("%s/%d", m.Code, n/200+1)}
			c.Activities = append(c.Activities, engine.Activity{Plan: "velky", ID: k.Activity, Area: m.Area, Measure: m.Code, Title: "Rozšířit pečovatelskou službu o večerní a víkendové hodiny",
				Details: []string{"nejméně v pěti obcích regionu"}, ResponsibleRaw: "Oblastní charita", Position: n%200*100 + n/200,
				Deadline:   engine.Deadline{Raw: "do konce roku 2023", Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Certain: true},
				Indicators: []engine.Indicator{{Name: "Počet klientů", Unit: "osob", Planned: 60}}})
			e := engine.Entry{EntryKey: k, State: engine.Planned, Askees: []string{id}, AnsweredAt: h.now(), Said: engine.Fulfilled}
			c.Entries = append(c.Entries, e)
			e.Period, e.State, e.Narrative, e.ApprovedAt, e.ApprovedBy = "2022", engine.Partial, strings.Replace(said, "čtyřicítka", "třicítka", 1), h.now(), "Jana"
			c.Entries = append(c.Entries, e)
			p := engine.Proposal{EntryKey: k, Organisation: id, Revision: 1, Channel: engine.ByLink, By: "Jana Nováková", At: h.now().Add(time.Duration(n) * time.Second),
				State: engine.Pending, Answer: engine.Answer{Status: engine.Fulfilled, Done: said, Numbers: []engine.Number{{Name: "Počet klientů", Unit: "osob", Value: 58}}}}
			c.Proposals = append(c.Proposals, p)
			p.Period, p.State = "2022", engine.Approved
			c.Proposals = append(c.Proposals, p)
		}
	}
	h.must(h.office.Records.Commit(context.Background(), c))
}

// The pages of a season of 10,000 entries, all of them waiting, stay
// small. What they take, the best of several, is only told.
func TestPagesOfALargeSeason(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds to fill the season")
	}
	h := newHouse(t)
	h.season10k()
	h.signIn()
	list := "/stul/aktivity/velky/2023"
	for _, path := range []string{"/healthz", "/stul/odpovedi", "/stul/odpovedi?strana=250", "/stul/odpovedi?strana=500", "/stul/odpovedi?oblast=7", "/stul/odpovedi?oblast=7&strana=20",
		"/stul/odpovedi?organizace=charita", "/stul/odpovedi?organizace=organizace-17", "/stul/odpovedi?jen=bez-rizika", "/stul/odpovedi?jen=znovu",
		"/stul/odpovedi/odpoved?odpoved=velky/2023/organizace-0/0/1.1/1",
		list, list + "?strana=200", list + "?oblast=7", list + "?stav=planned", list + "?jen=bez-odpovedi", list + "?hledat=vecerni", list + "/1.1/1"} {
		var size int
		best := time.Hour
		for range 6 {
			start := time.Now()
			r := h.get(path)
			best = min(best, time.Since(start))
			if size = len(r.body); r.status != http.StatusOK {
				t.Errorf("%s: %d", path, r.status)
			}
		}
		t.Logf("%-70s %6d bytes %8.1f ms", path, size, float64(best.Microseconds())/1000)
		if size > 60_000 {
			t.Errorf("%s is %d bytes", path, size)
		}
	}
}
