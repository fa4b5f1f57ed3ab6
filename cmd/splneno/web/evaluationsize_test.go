//go:build unix

package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"splneno/engine"
)

// With ten thousand entries in a season a page is at most 60 KB. What it takes is
// only told: the work of this process in the cheapest of ten tries.
const (
	manyEntries = 10_000
	largest     = 60_000
)

// crowdedSeason adds a plan of ten thousand activities in five hundred bodies, two
// seasons of it with results, and a handful of resolutions.
func (h *house) crowdedSeason() {
	h.t.Helper()
	ctx := context.Background()
	c := engine.Change{At: h.now(), Actor: who, Event: "crowded", Subject: "velky", Plans: []engine.Plan{{ID: "velky", Title: "Velký plán sociálních služeb regionu", Kind: engine.MediumTermPlan, Start: "2022-01-01", End: "2023-12-31"}}}
	for a := range 20 {
		area := strconv.Itoa(a + 1)
		c.Plans[0].Areas = append(c.Plans[0].Areas, engine.Area{Code: area, Title: "Oblast podpory osob v obtížné životní situaci číslo " + area})
		for m := range 10 {
			c.Plans[0].Measures = append(c.Plans[0].Measures, engine.Measure{Code: fmt.Sprintf("%d.%d", a+1, m+1), Title: "Opatření k rozvoji terénních a ambulantních služeb", Area: area})
		}
	}
	for i := range 500 {
		id := fmt.Sprintf("org-%03d", i)
		c.Organisations = append(c.Organisations, engine.Organisation{ID: id, Name: fmt.Sprintf("Poskytovatel sociálních služeb číslo %d, příspěvková organizace", i), Kind: engine.KindOrganisation,
			Contacts: []engine.Contact{{Email: id + "@example.cz"}}})
	}
	states := []engine.State{engine.Fulfilled, engine.Partial, engine.Unfulfilled, engine.InProgress, engine.Planned}
	for i := range manyEntries {
		m := c.Plans[0].Measures[i/50]
		org := fmt.Sprintf("org-%03d", i%500)
		a := engine.Activity{Plan: "velky", ID: fmt.Sprintf("%s/%d", m.Code, i%50+1), Area: m.Area, Measure: m.Code, Title: fmt.Sprintf("Rozšířit odlehčovací a pečovatelskou službu v obcích regionu, část %d", i),
			Position: i + 1, ResponsibleRaw: c.Organisations[i%500].Name, Responsible: []engine.Party{{Name: c.Organisations[i%500].Name, Kind: engine.KindOrganisation, Organisation: org}},
			Deadline: engine.Deadline{Raw: "2022–2023", Kind: engine.DeadlineRange, Due: "2023-12-31", Certain: true}, Indicators: []engine.Indicator{{Name: "Počet klientů", Unit: "osob", Planned: 60}}}
		c.Activities = append(c.Activities, a)
		for _, period := range []string{"2022", "2023"} {
			s := states[(i+len(period))%5]
			e := engine.Entry{EntryKey: engine.EntryKey{Plan: "velky", Period: period, Activity: a.ID}, State: s, Askees: []string{org}}
			if s != engine.Planned {
				e.Narrative, e.Missing = strings.Repeat("Služba proběhla podle plánu v šesti obcích. ", 6), strings.Repeat("Chybí peníze na víkendový provoz. ", 4)
				e.AnsweredAt, e.ApprovedAt, e.ApprovedBy, e.Source = h.now(), h.now(), who.Name, "answer"
				e.Numbers = []engine.Number{{Name: "Počet klientů", Unit: "osob", Value: float64(i % 90)}}
			}
			if period == "2022" || i%7 == 0 {
				e.NextStep = engine.Continue
			}
			c.Entries = append(c.Entries, e)
		}
	}
	for _, year := range []int{2022, 2023} {
		c.Seasons = append(c.Seasons, engine.Season{Plan: "velky", Period: engine.Year(year), State: engine.SeasonOpen, OpenedAt: h.now()})
		for i := range 500 {
			c.Requests = append(c.Requests, engine.Request{Plan: "velky", Period: strconv.Itoa(year), Organisation: fmt.Sprintf("org-%03d", i), Round: 1, Written: []engine.Date{"2024-01-10"}, Activities: []string{"1.1/1"}})
		}
	}
	for i := range 12 {
		c.Resolutions = append(c.Resolutions, engine.Resolution{Plan: "velky", Period: "2023", ID: i + 1, Number: fmt.Sprintf("%d/2024", i), Body: "řídící skupina", Day: "2024-01-20", Verb: engine.VerbApproved,
			Text: strings.Repeat("Řídící skupina schvaluje vyhodnocení. ", 5), Items: []engine.ResolutionItem{{Activity: "1.1/2", Next: engine.CarryOver}}, By: who.Name, At: h.now()})
	}
	h.must(h.office.Records.Commit(ctx, c))
	for _, period := range []string{"2022", "2023"} {
		e, err := h.office.Draft(ctx, "velky", period, "", who)
		h.must(err)
		if period == "2022" {
			_, err = h.office.ApproveEvaluation(ctx, "velky", period, e.Version, who)
			h.must(err)
		}
	}
}

func TestPagesOfTenThousandEntries(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED with ten thousand entries: -short")
	}
	h := newHouse(t)
	h.signIn()
	start := worked(t)
	h.crowdedSeason()
	t.Logf("two seasons drafted, one approved, in %v", (worked(t) - start).Round(time.Millisecond))
	at, err := url.Parse(h.server.URL)
	h.must(err)
	cookies := h.client.Jar.Cookies(at)
	season, desk := "/stul/vyhodnoceni/velky/2023", "/stul/prevod/velky/2023"
	for _, page := range []string{"/stul/vyhodnoceni", season, season + "/prehled", season + "/prehled?vysledek=partial&strana=9", season + "/prehled?vysledek=figures", season + "/prehled?vysledek=years&strana=40",
		season + "/vety", season + "/vety?opatreni=3.4", season + "/usneseni", season + "/usneseni/1", season + "/usneseni/1?hledat=odlehcovaci+9999", desk, desk + "?ukazat=vse&strana=100", desk + "/dalsi-plan",
		"/stul/vyhodnoceni/velky/2022/prehled", "/prehled/" + h.signer.BoardToken("klatovy", "velky", "2022", "rs@klatovy.example", 0)} {
		best, size := time.Hour, 0
		for range 10 {
			req := httptest.NewRequest(http.MethodGet, page, nil)
			req.Host = at.Host
			for _, c := range cookies {
				req.AddCookie(c)
			}
			rec := httptest.NewRecorder()
			began := worked(t)
			h.server.Config.Handler.ServeHTTP(rec, req)
			best, size = min(best, worked(t)-began), rec.Body.Len()
			if rec.Code != 200 {
				t.Fatalf("%s: %d", page, rec.Code)
			}
		}
		t.Logf("%6.1f ms %6d B %s", float64(best.Microseconds())/1000, size, strings.SplitN(page, "/prehled/", 2)[0])
		if size > largest {
			t.Errorf("%s: %d bytes", page, size)
		}
	}
}

// worked gives the processor time this process has used.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
