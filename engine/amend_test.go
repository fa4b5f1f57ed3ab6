package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// An amendable is a plan with its amendments, as a store would keep them.
type amendable struct {
	t          *testing.T
	plan       engine.Plan
	activities []engine.Activity
	made       []engine.Amendment
}

func newAmendable(t *testing.T) *amendable {
	p := plan()
	p.Version = 1
	d := &amendable{t: t, plan: p}
	for i := range 6 {
		a := promise(fmt.Sprintf("1.1/%d", i+1), "1.1", "mess-dubovice", by("2023-06-30"))
		a.Area, a.Version, a.Position = "1", 1, i+1
		d.activities = append(d.activities, a)
	}
	return d
}

func (d *amendable) amend(day engine.Date, is engine.Plan, after ...engine.Activity) engine.Change {
	d.t.Helper()
	var before []engine.Activity
	for _, a := range after {
		if i := slices.IndexFunc(d.activities, func(b engine.Activity) bool { return b.ID == a.ID }); i >= 0 {
			before = append(before, d.activities[i])
		}
	}
	c, err := engine.Amend(engine.Amending{Grounds: engine.Grounds{Day: day, Body: "Rada města", Reason: "nový požadavek"}, Number: len(d.made) + 1,
		Was: d.plan, Is: is, Before: before, After: after}, jana, at("2024-12-01"))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, p := range c.Plans {
		d.plan = p
	}
	d.activities = slices.Clone(d.activities)
	for _, a := range c.Activities {
		if i := slices.IndexFunc(d.activities, func(b engine.Activity) bool { return b.ID == a.ID }); i >= 0 {
			d.activities[i] = a
		} else {
			a.Version = 1
			d.activities = append(d.activities, a)
		}
	}
	d.made = append(d.made, c.Amendments...)
	return c
}

func (d *amendable) asOf(day engine.Date) (engine.Plan, []engine.Activity) {
	return engine.AsOf(d.plan, d.activities, d.made, day)
}

// Over random edits on random days: today nothing is turned back, before the
// first day stands the first import, and on any day stands what the amendments
// up to it made, in the order they were written in.
func TestAPlanAsItWasOnAnyDay(t *testing.T) {
	for seed := range uint64(150) {
		r := dice(t, seed)
		d := newAmendable(t)
		first, firstActivities := d.plan, slices.Clone(d.activities)
		type edit struct {
			day  engine.Date
			make func(*amendable, engine.Date)
		}
		var edits []edit
		for range 1 + r.IntN(8) {
			e := edit{engine.NewDate(2024, 1, 1+r.IntN(20)), randomEdit(r)}
			e.make(d, e.day)
			edits = append(edits, e)
		}
		p, list := d.asOf("2024-12-01")
		if diff := cmp.Diff(d.plan, p) + cmp.Diff(d.activities, list); diff != "" {
			t.Fatalf("seed %d: today is not as it is:\n%s", seed, diff)
		}
		p, list = d.asOf("2023-12-31")
		if diff := cmp.Diff(first, p) + cmp.Diff(firstActivities, list); diff != "" {
			t.Fatalf("seed %d: the first import does not come back:\n%s", seed, diff)
		}
		day := engine.NewDate(2024, 1, 1+r.IntN(20))
		p, list = d.asOf(day)
		want := newAmendable(t)
		for _, e := range edits {
			if e.day <= day {
				e.make(want, e.day)
			}
		}
		if diff := cmp.Diff(want.plan, p) + cmp.Diff(want.activities, list); diff != "" {
			t.Fatalf("seed %d: on %s:\n%s", seed, day, diff)
		}
	}
}

// randomEdit is an edit to values no other edit sets, so that it does the same
// whatever stood before; new activities have ids of their own.
func randomEdit(r *rand.Rand) func(*amendable, engine.Date) {
	text, due, which, fresh := fmt.Sprint("Nové znění ", r.IntN(1_000_000)), engine.NewDate(2025, 1, r.IntN(100_000)), r.IntN(6), fmt.Sprint("1.1/", 10+r.IntN(1_000_000))
	kind := r.IntN(6)
	return func(d *amendable, day engine.Date) {
		a, p := d.activities[which], d.plan
		switch kind {
		case 0:
			a.Title = text
		case 1:
			a.Details, a.Dropped = []string{text}, text
		case 2:
			a.Deadline = by(due)
			a.Responsible = []engine.Party{{Name: text, Organisation: "mess-dubovice"}}
		case 3:
			p.Measures = slices.Clone(p.Measures)
			p.Measures[which%3].Title = text
		case 4:
			p.Areas = slices.Clone(p.Areas)
			p.Areas[which%2].Title, p.Funding = text, text
		case 5:
			a = promise(fresh, "1.1", "mess-dubovice", by("2025-01-01"))
		}
		d.amend(day, p, a)
	}
}

func TestDifferencesOfAnAmendment(t *testing.T) {
	d := newAmendable(t)
	a := d.activities[0]
	a.Title = "První"
	d.amend("2024-03-01", d.plan, a)
	a.Title, a.TargetGroup = "Druhé", "senioři"
	c := d.amend("2024-04-01", d.plan, a, promise("1.1/7", "1.1", "mess-dubovice", by("2025-01-01")))
	if c.Subject != "kpss-dubovice" || c.Detail["body"] != "Rada města" || c.Detail["amendment"] != "2" {
		t.Errorf("the journal says %+v", c)
	}
	want := []engine.Difference{{engine.AnActivity, "1.1/1", "První", "title", "Zajištění provozu služby 1.1/1", "První"}}
	if diff := cmp.Diff(want, engine.Differences(d.plan, d.activities, d.made, 1)); diff != "" {
		t.Error(diff)
	}
	want = []engine.Difference{{engine.AnActivity, "1.1/1", "Druhé", "title", "První", "Druhé"}, {engine.AnActivity, "1.1/1", "Druhé", "target_group", "", "senioři"},
		{engine.AnActivity, "1.1/7", "Zajištění provozu služby 1.1/7", "", "", "Zajištění provozu služby 1.1/7"}}
	if diff := cmp.Diff(want, engine.Differences(d.plan, d.activities, d.made, 2)); diff != "" {
		t.Error(diff)
	}
	if c := d.amend("2024-05-01", d.plan, a); c.Event != "" {
		t.Errorf("the same text again is a change: %+v", c)
	}
}

func TestWhatNobodyMayAmend(t *testing.T) {
	d := newAmendable(t)
	good := func() engine.Amending {
		a := d.activities[0]
		a.Title = "Nové znění"
		return engine.Amending{Grounds: engine.Grounds{Day: "2024-02-01", Reason: "oprava"}, Number: 1, Was: d.plan, Is: d.plan,
			Before: d.activities[:1], After: []engine.Activity{a}}
	}
	if _, err := engine.Amend(good(), jana, at("2024-02-01")); err != nil {
		t.Fatal(err)
	}
	_, err := engine.Amend(good(), charita, at("2024-02-01"))
	wantCode(t, err, engine.Forbidden)
	extended := func(a engine.Approval) func(*engine.Amending) {
		return func(x *engine.Amending) { x.Is.Approvals = append(x.Is.Approvals, a) }
	}
	for name, spoil := range map[string]func(*engine.Amending){
		"no day":            func(a *engine.Amending) { a.Day = "" },
		"a day to come":     func(a *engine.Amending) { a.Day = "2024-02-02" },
		"no reason":         func(a *engine.Amending) { a.Reason = " " },
		"no title":          func(a *engine.Amending) { a.After[0].Title = "" },
		"another rule":      func(a *engine.Amending) { a.After[0].Answers = "all" },
		"another plan":      func(a *engine.Amending) { a.After[0].Plan = "jiny" },
		"no plan title":     func(a *engine.Amending) { a.Is.Title = "" },
		"extends nothing":   extended(engine.Approval{Body: "Rada", Verb: engine.VerbExtended, Until: "2024-12-31"}),
		"nobody decided it": extended(engine.Approval{Verb: engine.VerbExtended, Until: "2025-12-31"}),
	} {
		a := good()
		spoil(&a)
		if _, err := engine.Amend(a, jana, at("2024-02-01")); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	a := good()
	a.After = append(a.After, promise("9.9/1", "9.9", "x", by("2024-01-01")))
	_, err = engine.Amend(a, jana, at("2024-02-01"))
	wantCode(t, err, engine.NotFound)
	p := d.plan
	extended(engine.Approval{Body: "Řídicí skupina", Verb: engine.VerbExtended, Until: "2025-12-31"})(&a)
	if p.ValidUntil() != "2024-12-31" || a.Is.ValidUntil() != "2025-12-31" {
		t.Errorf("valid until %s and %s", p.ValidUntil(), a.Is.ValidUntil())
	}
}

func TestNextIDOfAMeasure(t *testing.T) {
	for _, c := range []struct {
		measure, id, label string
		there              []string
	}{
		{"1.1", "1.1/1", "1.", nil},
		{"1.1", "1.1/8", "8.", []string{"1.1/1", "1.1/7", "1.1/u9", "1.1/x"}},
		{"B", "B/11", "11.", []string{"B/10", "B/9"}},
		{"1.1", "1.1d", "d)", []string{"1.1a", "1.1c"}},
		{"1.1", "1.1/3", "3.", []string{"1.1/2", "1.1a"}},
		{"1.1", "1.1.5", "1.1.5", []string{"1.1.4", "1.1.1"}},
		{"1.2", "1.2/1", "1.", []string{"1.2"}},
		{"1.2", "1.2/1", "1.", []string{"1.2z"}},
	} {
		var there []engine.Activity
		for _, id := range c.there {
			there = append(there, engine.Activity{ID: id})
		}
		id, label := engine.NextID(c.measure, there)
		if id != c.id || label != c.label {
			t.Errorf("behind %v in %s: %s %s, want %s %s", c.there, c.measure, id, label, c.id, c.label)
		}
	}
}
