package web

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// delivery is what a town hands over: an evaluation of so many areas with three
// activities each, sealed with the key of that name.
func (h *house) delivery(name, key string, number, areas int) engine.Bundle {
	h.t.Helper()
	b := engine.Bundle{Name: name, District: "Klatovy", Evaluation: engine.Evaluation{Municipality: name, Plan: "kpss", PlanTitle: "Plan " + name, Period: engine.Year(2023),
		State: engine.EvaluationApproved, Number: number, FrozenAt: h.now(), FrozenBy: "Hana", Asked: 9, Answered: 7}}
	e := &b.Evaluation
	for n := range areas {
		m := engine.MeasureResult{Code: fmt.Sprintf("%d.1", n), Title: "Opatreni"}
		for i, s := range []engine.State{engine.Fulfilled, engine.Partial, engine.Unfulfilled} {
			r := engine.ActivityResult{ID: fmt.Sprintf("%d.1/%d", n, i), Title: "Aktivita", Status: s}
			m.Activities = append(m.Activities, r)
			m.Totals.Add(r)
			e.Totals.Add(r)
		}
		e.Areas = append(e.Areas, engine.AreaResult{Code: fmt.Sprint(n), Title: fmt.Sprintf("Oblast %d %s", n, strings.Repeat("a neobycejne dlouhy nazev ", n%3)), Totals: m.Totals, Measures: []engine.MeasureResult{m}})
	}
	return h.seals(b, key)
}

// seals puts the hash and the seal of a key to what is delivered.
func (h *house) seals(b engine.Bundle, key string) engine.Bundle {
	h.t.Helper()
	var err error
	b.Evaluation.Hash, err = b.Evaluation.Digest()
	h.must(err)
	message, err := b.Message()
	h.must(err)
	b.Seal = h.signer.Sign(key, message)
	return b
}

// delivers sends a file by the form.
func (h *house) delivers(data []byte, as engine.Newcomer) reply {
	h.t.Helper()
	return h.post("/stul/kraj", url.Values{"kdo": {string(as)}, "soubor": {string(data)}})
}

func (h *house) file(b engine.Bundle) []byte {
	h.t.Helper()
	a, err := h.office.Documents.WriteBundle(b)
	h.must(err)
	return a.Data
}

func TestRegionTakesDeliveriesIn(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/kraj").want(t, 200)
	good := h.delivery("Mesto Klatovy", "klatovy", 2, 3)
	if r := h.delivers(h.file(good), ""); r.status != 303 || !strings.Contains(r.head.Get("Location"), "kraj-new") {
		t.Fatalf("%d %s", r.status, r.body)
	}
	spoilt := bytes.Replace(h.file(good), []byte(`"Title":"Aktivita"`), []byte(`"Title":"Jina"`), 1)
	for what, c := range map[string]struct {
		data []byte
		as   engine.Newcomer
		say  string
	}{
		"nothing":       {nil, "", "region.fault_none"},
		"another file":  {[]byte("%PDF"), "", "region.fault_file"},
		"tampered":      {spoilt, "", "region.fault_seal"},
		"older":         {h.file(h.delivery("Mesto Klatovy", "klatovy", 1, 3)), "", "region.fault_older"},
		"another key":   {h.file(h.delivery("Mesto Klatovy", "jine", 3, 3)), "", "region.fault_key"},
		"strange words": {h.file(good), "kdokoli", "region.fault_who"},
	} {
		if r := h.delivers(c.data, c.as); r.status != 422 || !strings.Contains(r.body, loadCatalogue()[c.say]["cs"].Plain) {
			t.Errorf("%s: %d\n%s", what, r.status, r.body)
		}
	}
	h.delivers(h.file(h.delivery("Mesto Klatovy", "jine", 3, 3)), engine.AnotherTown).want(t, 303)
	h.delivers(h.file(h.delivery("Mesto Klatovy", "klatovy", 3, 3)), "").want(t, 303)
	heads, err := h.office.Records.BundleHeads(context.Background())
	if err != nil || len(heads) != 2 || heads[0].Evaluation.Number != 3 {
		t.Errorf("%v: %+v", err, heads)
	}
	for _, name := range []string{"rollup-2023.csv", "rollup-2023.json", "rollup-2023.xlsx"} {
		h.get("/stul/kraj/soubor/2023/"+name).want(t, 200)
	}
	h.get("/stul/kraj/soubor/2023/rollup-2022.csv").want(t, 404)
	h.get("/stul/kraj/soubor/nic/rollup-2023.csv").want(t, 404)
	h.get("/stul/kraj?obdobi=nic").want(t, 404)
}

func TestRegionPlacesAreas(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.delivers(h.file(h.delivery("Mesto Klatovy", "klatovy", 1, 3)), "").want(t, 303)
	h.post("/stul/kraj/nastaveni", url.Values{"verze": {"0"}, "plan": {"ap2023"}, "obvody": {"Klatovy\nTachov\n\nKlatovy"}, "slovo-fulfilled": {"Hotovo"}, "slovo-another_form": {"Hotovo"}}).want(t, 303)
	h.post("/stul/kraj/nastaveni", url.Values{"verze": {"0"}}).want(t, 409)
	h.post("/stul/kraj/nastaveni", url.Values{"verze": {"1"}, "slovo-partial": {strings.Repeat("x", 61)}}).want(t, 422)
	h.post("/stul/kraj/nastaveni", url.Values{"verze": {"1"}, "plan": {"jiny"}}).want(t, 404)
	open := func() int {
		t.Helper()
		r, err := h.office.RollUp(context.Background(), "2023")
		h.must(err)
		return len(r.Gaps.Areas)
	}
	if n := open(); n != 3 {
		t.Fatalf("%d areas are open", n)
	}
	h.post("/stul/kraj/oblasti?obdobi=2023", url.Values{"verze": {"1"}, "co": {"mesto-klatovy/0", "mesto-klatovy/1"}, "kam-0": {"1"}, "kam-1": {"-"}}).want(t, 303)
	if n := open(); n != 1 {
		t.Errorf("%d areas are open", n)
	}
	h.post("/stul/kraj/oblasti", url.Values{"verze": {"1"}, "co": {"mesto-klatovy/0"}, "kam-0": {""}}).want(t, 409)
	h.post("/stul/kraj/oblasti?jen=vse", url.Values{"verze": {"2"}, "co": {"mesto-klatovy/0", "mesto-klatovy/2"}, "kam-0": {""}, "kam-1": {""}}).want(t, 303)
	if n := open(); n != 2 {
		t.Errorf("%d areas are open", n)
	}
	gaps := h.get("/stul/kraj/mezery")
	gaps.want(t, 200)
	if !strings.Contains(gaps.body, "Tachov") {
		t.Error(gaps.body)
	}
	region, err := h.office.Records.Region(context.Background())
	if err != nil || len(region.Areas) != 1 || len(region.Districts) != 2 || len(region.Results) != 1 || len(region.Results[0].Of) != 2 {
		t.Errorf("%v: %+v", err, region)
	}
}

// bigRegion takes in 206 towns with ten areas each.
func (h *house) bigRegion() {
	h.t.Helper()
	c := engine.Change{At: h.now(), Actor: who, Event: "bundle_taken", Subject: "test"}
	for n := range 206 {
		b := h.delivery(fmt.Sprintf("Mesto Dolni Bezdekov %d", n), fmt.Sprint(n), 1, 10)
		b.Town, b.District, b.TakenAt = fmt.Sprintf("mesto-%d", n), fmt.Sprintf("Obvod %d", n%15), h.now()
		c.Bundles = append(c.Bundles, b)
	}
	h.must(h.office.Records.Commit(context.Background(), c))
	c.Bundles = nil
	c.Region = &engine.Region{Plan: "ap2023", Districts: []string{"Obvod 3", "Prazdny"}}
	h.must(h.office.Records.Commit(context.Background(), c))
}

func TestBigRegionPages(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.bigRegion()
	for _, path := range []string{"/stul/kraj", "/stul/kraj?strana=3", "/stul/kraj/oblasti", "/stul/kraj/oblasti?jen=vse&strana=9", "/stul/kraj/mezery", "/stul/kraj/nastaveni"} {
		best := time.Hour
		var r reply
		for range 5 {
			before := time.Now()
			r = h.get(path)
			best = min(best, time.Since(before))
		}
		if r.want(t, 200); len(r.body) > 60_000 {
			t.Errorf("%s has %d bytes", path, len(r.body))
		}
		t.Logf("%s: %d bytes, %v", path, len(r.body), best)
	}
}

// What is altered in the database is found: nothing is rolled up of it.
func TestStoredDeliveryThatWasAltered(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.delivers(h.file(h.delivery("Mesto Klatovy", "klatovy", 1, 3)), "").want(t, 303)
	ctx := context.Background()
	if v, err := h.office.Verify(ctx); err != nil || v.Bundles != 1 {
		t.Fatalf("%+v %v", v, err)
	}
	all, err := h.office.Records.Bundles(ctx)
	h.must(err)
	all[0].Evaluation.Areas[0].Measures[0].Activities[0].Title = "Neco jineho"
	h.must(h.office.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "test", Subject: "test", Bundles: all}))
	if _, err := h.office.Verify(ctx); engine.CodeOf(err) != engine.Conflict {
		t.Errorf("verify: %v", err)
	}
	if _, err := h.office.RollUp(ctx, "2023"); engine.CodeOf(err) != engine.Conflict {
		t.Errorf("roll-up: %v", err)
	}
	h.get("/stul/kraj/soubor/2023/rollup-2023.csv").want(t, 409)
}
