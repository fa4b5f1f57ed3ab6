package engine_test

import (
	"reflect"
	"testing"

	"splneno/engine"
)

func resolution() engine.Resolution {
	return engine.Resolution{Plan: "p", Period: "2023", Number: " 12/2024 ", Body: "řídící  skupina", Day: "2024-02-20", Verb: engine.VerbCharged, Text: "Ukládá.",
		Items: []engine.ResolutionItem{{Activity: "1", Next: engine.CarryOver}, {Activity: "2", Next: engine.Postpone, Until: "2024-09-30"}, {Activity: "3", Note: "projednáno"},
			{Activity: "4", Next: engine.Drop, Note: "mluvil pan Kos"}}}
}

func resolved() []engine.Entry {
	var out []engine.Entry
	for _, id := range []string{"1", "2", "3", "4", "5"} {
		out = append(out, engine.Entry{EntryKey: engine.EntryKey{Plan: "p", Period: "2023", Activity: id}, State: engine.Partial, NextStep: engine.Close, Version: 1})
	}
	out[0].NextStep = engine.CarryOver // decided so already
	return out
}

func TestResolve(t *testing.T) {
	c := must(t)(engine.Resolve(resolution(), []engine.Resolution{{ID: 4}}, resolved(), jana, at("2024-02-21")))
	r := c.Resolutions[0]
	if r.ID != 5 || r.Number != "12/2024" || r.Body != "řídící skupina" || r.By != jana.Name || c.Event != "resolved" || c.Subject != "p/2023/5" {
		t.Errorf("%s %s: %+v", c.Event, c.Subject, r)
	}
	if len(c.Entries) != 2 || c.Entries[0].Activity != "2" || c.Entries[0].PostponedTo != "2024-09-30" || c.Entries[1].NextStep != engine.Drop || c.Entries[1].Onward.Reason != "řídící skupina 12/2024" {
		t.Errorf("entries %+v", c.Entries)
	}
	for _, e := range c.Entries {
		if e.State != engine.Partial {
			t.Error("a resolution changed a result")
		}
	}
	if c.Detail["decides"] != "1 carry_over; 2 postpone 2024-09-30; 4 drop" || c.Detail["number"] != "12/2024" {
		t.Errorf("detail %v", c.Detail)
	}
	r.Version = 1
	if same := must(t)(engine.Resolve(r, []engine.Resolution{r}, resolved(), jana, at("2024-02-22"))); same.Event != "" {
		t.Error("the same words are a correction")
	}
	next := r
	next.Number = "13/2024"
	c = must(t)(engine.Resolve(next, []engine.Resolution{r}, resolved(), jana, at("2024-02-22")))
	if c.Event != "resolution_corrected" || c.Resolutions[0].Version != 1 || c.Resolutions[0].ID != 5 {
		t.Errorf("%+v", c)
	}
}

func TestResolveRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*engine.Resolution)
		want   engine.Code
	}{
		"no body":        {func(r *engine.Resolution) { r.Body = " " }, engine.Invalid},
		"no day":         {func(r *engine.Resolution) { r.Day = "" }, engine.Invalid},
		"tomorrow":       {func(r *engine.Resolution) { r.Day = "2024-02-22" }, engine.Invalid},
		"strange verb":   {func(r *engine.Resolution) { r.Verb = "burned" }, engine.Invalid},
		"twice":          {func(r *engine.Resolution) { r.Items = append(r.Items, r.Items[0]) }, engine.Invalid},
		"no until":       {func(r *engine.Resolution) { r.Items[1].Until = "" }, engine.Invalid},
		"until for none": {func(r *engine.Resolution) { r.Items[0].Until = "2024-09-30" }, engine.Invalid},
		"unknown":        {func(r *engine.Resolution) { r.Items[0].Activity = "9" }, engine.NotFound},
		"not there":      {func(r *engine.Resolution) { r.ID = 7 }, engine.NotFound},
		"other season":   {func(r *engine.Resolution) { r.Period = "2024" }, engine.NotFound},
	} {
		r := resolution()
		tt.change(&r)
		if _, err := engine.Resolve(r, nil, resolved(), jana, at("2024-02-21")); engine.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	_, err := engine.Resolve(resolution(), nil, resolved(), charita, at("2024-02-21"))
	wantCode(t, err, engine.Forbidden)
}

// Random items: exactly those entries change that an item decides otherwise
// about, in nothing but the decision.
func TestResolveProperties(t *testing.T) {
	r := dice(t, 8)
	steps := append(engine.NextSteps(), "")
	for range 2000 {
		entries := resolved()
		res := resolution()
		res.Items = nil
		want := map[string]engine.NextStep{}
		for i := range entries {
			entries[i].NextStep, entries[i].PostponedTo = steps[r.IntN(6)], ""
			if entries[i].NextStep == engine.Postpone {
				entries[i].PostponedTo = "2024-05-05"
			}
			if r.IntN(2) == 0 {
				continue
			}
			item := engine.ResolutionItem{Activity: entries[i].Activity, Next: steps[r.IntN(6)]}
			if item.Next == engine.Postpone {
				item.Until = "2024-06-06"
			}
			res.Items = append(res.Items, item)
			if item.Next != "" && (item.Next != entries[i].NextStep || item.Until != entries[i].PostponedTo) {
				want[item.Activity] = item.Next
			}
		}
		c := must(t)(engine.Resolve(res, nil, entries, jana, at("2024-02-21")))
		if len(c.Entries) != len(want) {
			t.Fatalf("%d entries change, want %d", len(c.Entries), len(want))
		}
		for _, e := range c.Entries {
			if e.NextStep != want[e.Activity] {
				t.Fatalf("%s: %s, want %s", e.Activity, e.NextStep, want[e.Activity])
			}
			for _, was := range entries {
				if was.Activity == e.Activity {
					e.NextStep, e.PostponedTo, e.Onward = was.NextStep, was.PostponedTo, was.Onward
					if !reflect.DeepEqual(e, was) {
						t.Fatalf("more than the decision changed: %+v", e)
					}
				}
			}
		}
	}
}
