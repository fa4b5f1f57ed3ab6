package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // Prague must be known wherever the tests run

	"splneno/engine"
)

var prague = mustZone("Europe/Prague")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

var (
	jana     = engine.Actor{Kind: engine.ActorCoordinator, Name: "Jana Dvořáčková"}
	charita  = engine.Actor{Kind: engine.ActorOrganisation, Name: "oblastni-charita-dubovice"}
	calendar = engine.Actor{Kind: engine.ActorCalendar, Name: "letters"}
)

// at is an hour of a working morning on day.
func at(day engine.Date) time.Time { return day.In(prague, 8, 0) }

// dice gives a generator whose seed a failing test prints.
func dice(t *testing.T, seed uint64) *rand.Rand {
	t.Helper()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 2023))
}

// wantCode fails unless err has the code.
func wantCode(t *testing.T, err error, code engine.Code) {
	t.Helper()
	if engine.CodeOf(err) != code {
		t.Errorf("error %v has code %q, want %q", err, engine.CodeOf(err), code)
	}
}

// must gives the change of a step that cannot fail in this test.
func must(t *testing.T) func(engine.Change, error) engine.Change {
	return func(c engine.Change, err error) engine.Change {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}

func town() engine.Municipality {
	return engine.Municipality{Name: "Město Dubovice nad Říčkou", Preset: engine.AfterYear, Policy: engine.DefaultPolicy(),
		Coordinator: engine.Contact{Name: "Jana Dvořáčková", Email: "kpss@dubovice.example"}, Sender: "kpss@dubovice.example"}
}

func body(id, name string) engine.Organisation {
	return engine.Organisation{ID: id, Name: name, Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Email: id + "@dubovice.example"}}}
}

func coordinatorBody() engine.Organisation {
	o := body(engine.CoordinatorID, "koordinátor KPSS")
	o.Kind = engine.KindRole
	return o
}

func bodies() []engine.Organisation {
	return []engine.Organisation{coordinatorBody(), body("oblastni-charita-dubovice", "Oblastní charita Dubovice nad Říčkou"),
		body("mess-dubovice", "Městské středisko sociálních služeb Dubovice nad Říčkou, příspěvková organizace")}
}

func plan() engine.Plan {
	return engine.Plan{ID: "kpss-dubovice", Title: "Střednědobý plán rozvoje sociálních služeb", Kind: engine.MediumTermPlan, Start: "2022-01-01", End: "2024-12-31",
		Areas: []engine.Area{{Code: "1", Title: "Senioři"}, {Code: "2", Title: "Rodiny s dětmi"}},
		Measures: []engine.Measure{{Code: "1.1", Title: "Terénní služby", Area: "1"}, {Code: "2.1", Title: "Prevence", Area: "2"},
			{Code: "A", Title: "Informovanost veřejnosti", CrossCutting: true}}}
}

// promise is an activity of one body.
func promise(id, measure, organisation string, d engine.Deadline) engine.Activity {
	return engine.Activity{Plan: "kpss-dubovice", ID: id, Measure: measure, Title: "Zajištění provozu služby " + id, Deadline: d,
		Responsible: []engine.Party{{Name: organisation, Kind: engine.KindOrganisation, Organisation: organisation}}}
}

func by(day engine.Date) engine.Deadline {
	return engine.Deadline{Raw: "do " + string(day), Kind: engine.DeadlineDate, Due: day, Certain: true}
}

// book keeps what Changes say, as a store would, and refuses stale ones.
type book struct {
	t             *testing.T
	m             engine.Municipality
	plan          engine.Plan
	season        engine.Season
	activities    []engine.Activity
	organisations map[string]engine.Organisation
	entries       map[string]engine.Entry
	requests      map[string]engine.Request
	proposals     map[string]engine.Proposal // newest, by activity and organisation
	journal       []engine.Change
}

// open opens a season for the activities on day.
func open(t *testing.T, m engine.Municipality, day engine.Date, activities ...engine.Activity) *book {
	t.Helper()
	b := &book{t: t, m: m, plan: plan(), activities: activities, organisations: engine.OrganisationsByID(bodies()),
		entries: map[string]engine.Entry{}, requests: map[string]engine.Request{}, proposals: map[string]engine.Proposal{}}
	b.apply(must(t)(engine.OpenSeason(engine.Opening{Municipality: m, Plan: b.plan, Period: engine.Year(2023), Activities: activities,
		Organisations: bodies()}, jana, at(day))))
	return b
}

func (b *book) apply(c engine.Change) {
	b.t.Helper()
	for _, s := range c.Seasons {
		b.season = s
	}
	for _, r := range c.Requests {
		b.stale("request "+r.Organisation, r.Version, b.requests[r.Organisation].Version)
		r.Version++
		b.requests[r.Organisation] = r
	}
	for _, e := range c.Entries {
		b.stale("entry "+e.Activity, e.Version, b.entries[e.Activity].Version)
		e.Version++
		b.entries[e.Activity] = e
	}
	for _, o := range c.Organisations {
		b.organisations[o.ID] = o
	}
	for _, p := range c.Proposals {
		if key := p.Activity + "|" + p.Organisation; p.Revision >= b.proposals[key].Revision {
			b.proposals[key] = p
		}
	}
	if c.Event != "" {
		b.journal = append(b.journal, c)
	}
}

func (b *book) stale(what string, read, now int) {
	b.t.Helper()
	if read != now {
		b.t.Fatalf("%s: a change carries version %d, the book has %d", what, read, now)
	}
}

// ask begins the asking.
func (b *book) ask(planned, today engine.Date) {
	b.t.Helper()
	var all []engine.Request
	for _, id := range b.askees() {
		all = append(all, b.requests[id])
	}
	b.apply(must(b.t)(engine.Ask(b.season, all, b.m, planned, today, at(today))))
}

// askees gives the ids of the bodies with a request, sorted.
func (b *book) askees() []string {
	var ids []string
	for _, id := range []string{engine.CoordinatorID, "mess-dubovice", "oblastni-charita-dubovice"} {
		if _, ok := b.requests[id]; ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// caseOf gives the case of a body as it stands.
func (b *book) caseOf(id string) engine.Case {
	r := b.requests[id]
	c := engine.Case{Municipality: b.m, Plan: b.plan, Season: b.season, Organisation: b.organisations[id], Request: r}
	for _, activity := range r.Activities {
		for _, a := range b.activities {
			if a.ID == activity {
				c.Activities = append(c.Activities, a)
			}
		}
		c.Entries = append(c.Entries, b.entries[activity])
		if p, ok := b.proposals[activity+"|"+id]; ok {
			c.Proposals = append(c.Proposals, p)
		}
	}
	return c
}

// look lets the daily letters look at one body until nothing is due today.
func (b *book) look(id string, today engine.Date) (said []engine.Notice) {
	b.t.Helper()
	for range 5 {
		r := b.requests[id]
		if r.NextOn == "" || r.NextOn > today {
			return said
		}
		n := engine.Look(b.caseOf(id), today)
		b.apply(engine.Change{Event: "looked", Actor: calendar, Requests: []engine.Request{n.Request}, Proposals: n.Proposals})
		if n.Letter != nil || n.Escalate != nil {
			said = append(said, n)
		}
	}
	b.t.Fatalf("%s: the letters of %s never come to an end", today, id)
	return nil
}

// say describes what was said in a line.
func say(day engine.Date, n engine.Notice) string {
	if n.Letter == nil {
		return fmt.Sprintf("%s escalated, %d open", day, n.Escalate.Open)
	}
	line := fmt.Sprintf("%s %s", day, n.Letter.Kind)
	for _, it := range n.Letter.Items {
		line += fmt.Sprintf(" %s:%s", it.Activity, it.Reason)
	}
	if n.Letter.LateDays > 0 {
		line += fmt.Sprintf(" late %d", n.Letter.LateDays)
	}
	return line
}
