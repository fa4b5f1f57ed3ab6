package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

// promised gives a plan of so many activities and its next.
func promised(n int) engine.Next {
	next := engine.Next{Old: plan(), ID: "novy", Title: "Plán na roky 2025 až 2027", Period: engine.Period{Start: "2025-01-01", End: "2027-12-31"},
		Spell: func(d engine.Date) string { return string(d) }}
	for i := range n {
		measure := []string{"1.1", "2.1", "A"}[i%3]
		a := promise(fmt.Sprintf("%s/%d", measure, i/3+1), measure, []string{mess, char}[i%2], by("2024-12-31"))
		a.Position, a.Label = i+1, fmt.Sprintf("%d.", i/3+1)
		next.Activities = append(next.Activities, a)
	}
	return next
}

func decided(a engine.Activity, next engine.NextStep, o engine.Onward) engine.Entry {
	e := engine.Entry{EntryKey: engine.EntryKey{Plan: a.Plan, Period: "2024", Activity: a.ID}, State: engine.Partial, NextStep: next, Onward: o}
	if next == engine.Postpone {
		e.PostponedTo = "2025-06-30"
	}
	return e
}

// take keeps what a change says of the new plan.
func take(n engine.Next, c engine.Change) engine.Next {
	for _, p := range c.Plans {
		n.Plan = &p
	}
	n.Made = slices.Clone(n.Made)
	for _, a := range c.Activities {
		if i := slices.IndexFunc(n.Made, func(m engine.Activity) bool { return m.ID == a.ID && m.Position == a.Position }); i >= 0 {
			n.Made[i] = a
		} else {
			n.Made = append(n.Made, a)
		}
	}
	return n
}

func TestNextPlan(t *testing.T) {
	one := func(titles ...string) engine.Onward { return engine.Onward{How: engine.CarryRephrase, Titles: titles} }
	merge := engine.Onward{How: engine.CarryMerge, Titles: []string{"Společná služba"}}
	tests := map[string]struct {
		decide func(i int) (engine.NextStep, engine.Onward)
		want   string // id title(how) of the first two activities' heirs
	}{
		"as it is":  {func(int) (engine.NextStep, engine.Onward) { return engine.CarryOver, engine.Onward{} }, "1.1/1 Zajištění provozu služby 1.1/1(carry) 2.1/1 Zajištění provozu služby 2.1/1(carry)"},
		"rephrased": {func(int) (engine.NextStep, engine.Onward) { return engine.CarryOver, one("Jinak") }, "1.1/1 Jinak(rephrase) 2.1/1 Jinak(rephrase)"},
		"merged":    {func(int) (engine.NextStep, engine.Onward) { return engine.CarryOver, merge }, "1.1/1 Společná služba(merge)"},
		"split": {func(i int) (engine.NextStep, engine.Onward) {
			return engine.CarryOver, engine.Onward{How: engine.CarrySplit, Titles: []string{"A", "B"}}
		}, "1.1/1 A(split) 1.1/2 B(split) 2.1/1 A(split) 2.1/2 B(split)"},
		"continued": {func(int) (engine.NextStep, engine.Onward) { return engine.Continue, engine.Onward{} }, "1.1/1 Zajištění provozu služby 1.1/1(carry) 2.1/1 Zajištění provozu služby 2.1/1(carry)"},
		"postponed": {func(int) (engine.NextStep, engine.Onward) { return engine.Postpone, engine.Onward{} }, "1.1/1 Zajištění provozu služby 1.1/1(carry) 2.1/1 Zajištění provozu služby 2.1/1(carry)"},
		"one of two closed": {func(i int) (engine.NextStep, engine.Onward) {
			return []engine.NextStep{engine.CarryOver, engine.Close}[i], engine.Onward{}
		}, "1.1/1 Zajištění provozu služby 1.1/1(carry)"},
	}
	for name, tt := range tests {
		n := promised(2)
		for i, a := range n.Activities {
			next, o := tt.decide(i)
			n.Entries = append(n.Entries, decided(a, next, o))
		}
		c := must(t)(engine.NextPlan(n, jana, at("2024-12-10")))
		var got []string
		for _, a := range c.Activities {
			got = append(got, fmt.Sprintf("%s %s(%s)", a.ID, a.Title, a.Carried[0].How))
			if name == "postponed" && (a.Deadline.Due != "2025-06-30" || a.Deadline.Raw == "") || name == "as it is" && a.Deadline.Raw != "" {
				t.Errorf("%s: deadline %+v", name, a.Deadline)
			}
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s: %s\nwant %s", name, g, tt.want)
		}
		if p := c.Plans[0]; p.ID != "novy" || len(p.Areas) != 2 || len(p.Measures) != 3 || p.ApprovedBy != "" || p.Start != "2025-01-01" || c.Event != "plan_prepared" {
			t.Errorf("%s: plan %+v", name, p)
		}
	}
}

func TestNextPlanRefuses(t *testing.T) {
	good := promised(1)
	good.Entries = []engine.Entry{decided(good.Activities[0], engine.CarryOver, engine.Onward{})}
	for name, tt := range map[string]struct {
		change func(*engine.Next)
		want   engine.Code
	}{
		"no title":        {func(n *engine.Next) { n.Title = " " }, engine.Invalid},
		"its own id":      {func(n *engine.Next) { n.ID = n.Old.ID }, engine.Conflict},
		"ends before":     {func(n *engine.Next) { n.Period.End = "2024-01-01" }, engine.Invalid},
		"begins before":   {func(n *engine.Next) { n.Period.Start = "2021-01-01" }, engine.Invalid},
		"another's plan":  {func(n *engine.Next) { n.Plan = &engine.Plan{ID: n.ID} }, engine.Conflict},
		"nothing goes on": {func(n *engine.Next) { n.Entries = nil }, engine.Invalid},
	} {
		n := good
		tt.change(&n)
		if _, err := engine.NextPlan(n, jana, at("2024-12-10")); engine.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	_, err := engine.NextPlan(good, charita, at("2024-12-10"))
	wantCode(t, err, engine.Forbidden)
}

// Random decisions: every promise that goes on has an heir and nothing else
// has; ids are unique and never those of another old promise; doing it again
// changes nothing, whatever was edited; deciding more adds only that; and the
// lineage of every heir is one longer.
func TestNextPlanProperties(t *testing.T) {
	r := dice(t, 60)
	for range 400 {
		n := promised(1 + r.IntN(25))
		decide := func(a engine.Activity) engine.Entry {
			titles := []string{"Společně " + fmt.Sprint(r.IntN(3)), "Druhá část", "Třetí část"}
			hows := []engine.Onward{{}, {How: engine.CarryRephrase, Titles: titles[:1]}, {How: engine.CarrySplit, Titles: titles[:2+r.IntN(2)]}, {How: engine.CarryMerge, Titles: titles[:1]}}
			next := append(engine.NextSteps(), "", engine.CarryOver, engine.CarryOver)[r.IntN(8)]
			o := engine.Onward{}
			if next == engine.CarryOver {
				o = hows[r.IntN(len(hows))]
			}
			return decided(a, next, o)
		}
		for _, a := range n.Activities {
			n.Entries = append(n.Entries, decide(a))
		}
		c, err := engine.NextPlan(n, jana, at("2024-12-10"))
		if engine.CodeOf(err) == engine.Invalid {
			continue // nothing goes on
		}
		if err != nil {
			t.Fatal(err)
		}
		n = take(n, c)
		checkHeirs(t, n)
		for i := range n.Made { // she edits what she got
			n.Made[i].Title += " (upraveno)"
		}
		if c = must(t)(engine.NextPlan(n, jana, at("2024-12-11"))); c.Event != "" {
			t.Fatalf("doing it again changes %d activities", len(c.Activities))
		}
		for _, e := range n.Entries { // and adds a promise of her own under a number that is free
			if e.NextStep == "" && !slices.ContainsFunc(n.Made, func(a engine.Activity) bool { return a.ID == e.Activity }) {
				n.Made = append(n.Made, engine.Activity{Plan: n.ID, ID: e.Activity, Measure: "1.1", Title: "Nová", Position: 1000, Carried: []engine.Carry{{From: "kpss-dubovice/jiny", How: engine.CarryAsIs}}})
				break
			}
		}
		for i := range n.Entries { // what was open is decided later
			if n.Entries[i].NextStep == "" {
				n.Entries[i] = decided(n.Activities[i], engine.CarryOver, engine.Onward{How: engine.CarryMerge, Titles: []string{"Společně 0"}})
			}
		}
		n = take(n, must(t)(engine.NextPlan(n, jana, at("2024-12-12"))))
		checkHeirs(t, n)
	}
}

func checkHeirs(t *testing.T, n engine.Next) {
	t.Helper()
	ids, positions, heirs, merged := map[string]bool{}, map[int]bool{}, map[string]int{}, map[string]string{}
	last := map[string]string{}
	l := engine.NewLineages([]engine.Plan{n.Old, *n.Plan}, slices.Concat(n.Activities, n.Made))
	for _, a := range n.Made {
		if ids[a.ID] || positions[a.Position] || a.Plan != n.ID || a.Title == "" {
			t.Fatalf("%s stands twice, or nowhere: %+v", a.ID, a)
		}
		ids[a.ID], positions[a.Position] = true, true
		for _, from := range a.Predecessors() {
			heirs[from]++
			last[from] = a.ID
		}
		if got := l.Of(a.Ref()); got.Carried != 1 || got.Since != 2022 {
			t.Fatalf("%s: lineage %+v", a.ID, got)
		}
		if _, ok := n.Plan.MeasureByCode(a.Measure); !ok {
			t.Fatalf("%s lies in no measure", a.ID)
		}
	}
	for i, e := range n.Entries {
		want := 0
		switch {
		case e.NextStep == engine.CarryOver && e.Onward.How == engine.CarrySplit:
			want = len(e.Onward.Titles)
		case e.NextStep == engine.CarryOver || e.NextStep == engine.Continue || e.NextStep == engine.Postpone:
			want = 1
		}
		if e.NextStep == engine.CarryOver && e.Onward.How == engine.CarryMerge {
			title, heir := strings.ToLower(e.Onward.Titles[0]), last[n.Activities[i].Ref()]
			if before, ok := merged[title]; ok && before != heir {
				t.Fatalf("%q became both %s and %s", title, before, heir)
			}
			merged[title] = heir
		}
		if got := heirs[n.Activities[i].Ref()]; got != want {
			t.Fatalf("%s (%s, %s) has %d heirs, want %d", e.Activity, e.NextStep, e.Onward.How, got, want)
		}
	}
}

func TestSettle(t *testing.T) {
	e := engine.Entry{EntryKey: engine.EntryKey{Plan: "p", Period: "2023", Activity: "1.1/1"}, State: engine.Partial, ApprovedAt: at("2024-01-20")}
	tests := []struct {
		course engine.Course
		want   engine.Code
	}{
		{engine.Course{Next: engine.CarryOver}, ""},
		{engine.Course{Next: engine.CarryOver, Onward: engine.Onward{How: engine.CarryAsIs, Titles: []string{"zbytečný"}}}, ""},
		{engine.Course{Next: engine.CarryOver, Onward: engine.Onward{How: engine.CarryRephrase}}, engine.Invalid},
		{engine.Course{Next: engine.CarryOver, Onward: engine.Onward{How: engine.CarryRephrase, Titles: []string{" ", "Nově  řečeno"}}}, ""},
		{engine.Course{Next: engine.CarryOver, Onward: engine.Onward{How: engine.CarrySplit, Titles: []string{"jedna"}}}, engine.Invalid},
		{engine.Course{Next: engine.CarryOver, Onward: engine.Onward{How: "copy", Titles: []string{"jedna"}}}, engine.Invalid},
		{engine.Course{Next: engine.CarryOver, Onward: engine.Onward{How: engine.CarryMerge, Titles: []string{strings.Repeat("ž", engine.MaxTitle+1)}}}, engine.Invalid},
		{engine.Course{Next: engine.Drop}, engine.Invalid},
		{engine.Course{Next: engine.Drop, Onward: engine.Onward{Reason: "Služba zanikla."}}, ""},
		{engine.Course{Next: engine.Postpone}, engine.Invalid},
		{engine.Course{Next: engine.Postpone, Until: "2025-01-01", Onward: engine.Onward{Reason: "nic"}}, ""},
		{engine.Course{}, ""}, // taken back
		{engine.Course{Next: "burn"}, engine.Invalid},
	}
	for _, tt := range tests {
		c, err := engine.Settle(e, tt.course, jana, at("2024-02-01"))
		if engine.CodeOf(err) != tt.want {
			t.Errorf("%+v: %v, want %q", tt.course, err, tt.want)
		}
		if err != nil {
			continue
		}
		got := c.Entries[0]
		if got.State != engine.Partial || got.NextStep != tt.course.Next || got.NextStep != engine.Drop && got.Onward.Reason != "" || got.NextStep != engine.CarryOver && got.Onward.How != "" {
			t.Errorf("%+v made %+v", tt.course, got)
		}
	}
}

func TestUnsettled(t *testing.T) {
	p, ends := plan(), engine.Year(2024)
	if p.EndsIn(engine.Year(2023)) || !p.EndsIn(ends) {
		t.Error("the plan ends in 2024")
	}
	p.Approvals = []engine.Approval{{Verb: engine.VerbExtended, Until: "2025-12-31"}}
	if p.EndsIn(ends) || slices.Contains(p.Unsettled(ends), engine.InProgress) {
		t.Error("the plan was extended to 2025")
	}
	if open := (engine.Plan{OpenEnd: "do doby platnosti nového plánu"}); open.EndsIn(ends) {
		t.Error("an open end is no end")
	}
}
