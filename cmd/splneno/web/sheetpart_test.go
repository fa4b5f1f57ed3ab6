package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

// longTexts are the title, the detail, the target group and the two texts of an
// answer as wordy towns write them.
func longTexts(t testing.TB) [5]string {
	t.Helper()
	b, err := os.ReadFile("testdata/long.txt")
	if err != nil {
		t.Fatal(err)
	}
	return [5]string(strings.SplitN(strings.TrimSpace(string(b)), "\n", 5))
}

// burden gives the house a plan in which one body has n activities. It gives the
// path of its answer page.
func (h *house) burden(n int) string {
	h.t.Helper()
	ctx, text := context.Background(), longTexts(h.t)
	p := engine.Plan{ID: "velky", Title: text[0], Kind: engine.ActionPlan, Start: "2023-01-01", End: "2023-12-31", Areas: []engine.Area{{Code: "1", Title: text[2]}}}
	c := engine.Change{At: h.now(), Actor: who, Event: "furnished", Subject: "velky"}
	for i := range n {
		m := strconv.Itoa(1 + i/7)
		if i%7 == 0 {
			p.Measures = append(p.Measures, engine.Measure{Code: m, Title: text[2], Area: "1"})
		}
		c.Activities = append(c.Activities, engine.Activity{Plan: "velky", ID: fmt.Sprintf("%s/%d", m, i%7+1), Area: "1", Measure: m, Title: text[0], Details: []string{text[1]},
			TargetGroup: text[2], ResponsibleRaw: "Charita Vzorov", Position: i + 1,
			Responsible: []engine.Party{{Name: "charita", Kind: engine.KindOrganisation, Organisation: "charita"}},
			Deadline:    engine.Deadline{Raw: "do konce roku 2023", Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Certain: true},
			Indicators:  []engine.Indicator{{Name: "clients", Planned: 60}}})
	}
	c.Plans = []engine.Plan{p}
	h.must(h.office.Records.Commit(ctx, c))
	h.must(h.office.OpenSeason(ctx, "velky", engine.Year(2023), who))
	r, err := h.office.Records.Request(ctx, "velky", "2023", "charita")
	h.must(err)
	return "/o/" + h.signer.Token("klatovy", r)
}

// fill types answers about items from one number to another.
func fill(t *testing.T, from, to int) url.Values {
	text, form := longTexts(t), url.Values{"action": {"odeslat"}, "kdo": {"Jan"}}
	for n := from; n <= to; n++ {
		p := "a" + strconv.Itoa(n) + "-"
		form.Set(p+"stav", "partial")
		form.Set(p+"hotovo", text[3])
		form.Set(p+"chybi", text[4])
		form.Set(p+"cislo-0", "57")
	}
	return form
}

// small is the law of the size of a page.
func (r reply) small(t *testing.T, name string) {
	t.Helper()
	if len(r.body) > 60<<10 {
		t.Errorf("%s is %d bytes long", name, len(r.body))
	}
	t.Logf("%s: %d bytes", name, len(r.body))
}

var itemIDs = regexp.MustCompile(`<article class="item[^"]*" id="a(\d+)">`)

func TestLongSheetIsAnsweredInParts(t *testing.T) {
	h := newHouse(t)
	p := h.burden(60)
	r := h.get(p)
	r.want(t, 200, `id="a1"`, `id="a12"`, `action="`+p+`?cast=1"`, `value="cast-2"`, `value="cast-5"`)
	r.small(t, "the first part")
	if n := len(itemIDs.FindAllString(r.body, -1)); n != 12 {
		t.Fatalf("%d items on the first part", n)
	}

	// Going to another part saves what is typed, and comes back with it.
	begun := fill(t, 13, 24)
	begun.Set("action", "cast-1")
	if r = h.post(p+"?cast=2", begun); r.head.Get("Location") != p+"?cast=1&zprava=cast-ulozena" {
		t.Errorf("%d to %s", r.status, r.head.Get("Location"))
	}
	r = h.get(p + "?cast=2")
	r.want(t, 200, "a13-koncept")
	r.small(t, "a part that is filled in")
	h.post(p+"?cast=2", url.Values{"action": {"cast-9"}}).want(t, 422)

	// A faulty part stays where it is, with what was typed.
	faulty := fill(t, 1, 12)
	faulty.Set("a3-hotovo", "")
	r = h.post(p+"?cast=1", faulty)
	r.want(t, 422, `href="#a3-hotovo"`, `action="`+p+`?cast=1"`)
	r.small(t, "a part with a fault")

	// Part after part is sent; each leads to the next that owes something.
	for part, want := range []string{"?cast=2&zprava=cast-odeslana", "?cast=3&zprava=cast-odeslana", "?cast=4&zprava=cast-odeslana", "?cast=5&zprava=cast-odeslana", "/prehled"} {
		r = h.post(p+"?cast="+strconv.Itoa(part+1), fill(t, part*12+1, part*12+12))
		if got := r.head.Get("Location"); r.status != http.StatusSeeOther || got != p+want {
			t.Fatalf("part %d: %d to %s", part+1, r.status, got)
		}
	}
	list, err := h.office.Records.Proposals(context.Background(), "velky", "2023")
	h.must(err)
	if len(list) != 60 {
		t.Errorf("%d answers came", len(list))
	}
	r = h.get(p + "/prehled?strana=2")
	r.want(t, 200, `value="31"`, `value="60"`)
	r.small(t, "the receipt")
	h.get(p).small(t, "an answered part")
}

// A part opens where something is owed, and an item is changed in its part.
func TestSheetOpensWhereSomethingIsOwed(t *testing.T) {
	h := newHouse(t)
	p := h.burden(16)
	h.post(p+"?cast=1", fill(t, 1, 8)).want(t, 303)
	h.get(p).want(t, 200, `id="a9"`, `action="`+p+`?cast=2"`)
	if to := h.post(p+"?cast=1", url.Values{"action": {"upravit-3"}}).head.Get("Location"); to != p+"?cast=1#a3" {
		t.Errorf("sent on to %s", to)
	}
	h.get(p+"?cast=1").want(t, 200, `name="a3-koncept"`)
	h.get(p+"?cast=17").want(t, 200, `id="a9"`)
	if r := h.get(h.path("charita")); strings.Contains(r.body, "cast-") {
		t.Error("a short sheet is divided")
	}
}

// Parts hold every item once, in order, none of them many more than another.
func TestPartsCoverTheSheet(t *testing.T) {
	for n := wholeSheet + 1; n < 300; n++ {
		s := sheet{Total: n}
		parts, next := s.allParts(), 1
		for i, p := range parts {
			if p.Number != i+1 || p.From != next || p.To < p.From || p.To-p.From+1 > partSize {
				t.Fatalf("%d items: part %+v after %d", n, p, next-1)
			}
			next = p.To + 1
		}
		if next != n+1 || len(parts) > (n+partSize-1)/partSize {
			t.Fatalf("%d items: %d parts end with %d", n, len(parts), next-1)
		}
	}
}
