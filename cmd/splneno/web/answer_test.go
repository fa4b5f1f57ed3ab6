package web

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"splneno/engine"
)

func TestNothingIsPreselected(t *testing.T) {
	h := newHouse(t)
	r := h.get(h.path("charita"))
	r.want(t, 200, "Charita Vzorov", "Rozšířit pečovatelskou službu", "do konce roku 2023", "Termín v plánu", "senioři a lidé",
		"nejméně v pěti obcích", "terénní forma", "částečně", "Zbývá odpovědět na 3 aktivity", "Počet klientů")
	if regexp.MustCompile(`<input[^>]*checked|<option[^>]*selected`).MatchString(r.body) {
		t.Error("something is preselected")
	}
}

func TestSendAndConfirm(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	r := h.post(p, answers())
	r.want(t, 303)
	if r.head.Get("Location") != p+"/prehled" {
		t.Errorf("sent on to %q", r.head.Get("Location"))
	}
	h.get(p+"/prehled").want(t, 200, "částečně splněno", "Chybí víkendy.", "57,5", "čeká na schválení", "Zbývá odpovědět na 2 aktivity")
	h.get(p).want(t, 200, "Vaše odpověď z", "Jan Zkušební", "Změnit odpověď")
	if e := h.entry("1.1/1"); e.State != engine.Planned || !e.ApprovedAt.IsZero() {
		t.Errorf("an answer moved the entry: %+v", e)
	}
	got := h.proposals()
	if len(got) != 1 || got[0].Answer.Numbers[0].Value != 57.5 || got[0].Channel != engine.ByLink {
		t.Errorf("proposals: %+v", got)
	}
}

func TestTwinPostsAreOneProposal(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { h.post(p, answers()).want(t, 303) })
	}
	wg.Wait()
	if got := h.proposals(); len(got) != 1 {
		t.Errorf("%d proposals of one answer", len(got))
	}
}

func TestFaultsKeepWhatWasTyped(t *testing.T) {
	cases := map[string]struct {
		change func(url.Values)
		says   []string
	}{
		"partial needs what is missing": {func(f url.Values) { f.Set("a1-chybi", "") }, []string{"co chybí", `href="#a1-chybi"`, "Služba jezdí"}},
		"partial needs what was done":   {func(f url.Values) { f.Set("a1-hotovo", "") }, []string{"co se podařilo", `href="#a1-hotovo"`, "Chybí víkendy."}},
		"a status is needed":            {func(f url.Values) { f.Del("a1-stav") }, []string{"Vyberte, jak to dopadlo", `href="#a1-stav"`}},
		"an invented status is none":    {func(f url.Values) { f.Set("a1-stav", "approved") }, []string{"Vyberte, jak to dopadlo"}},
		"unfulfilled needs why":         {func(f url.Values) { f.Set("a1-stav", "unfulfilled"); f.Set("a1-chybi", " ") }, []string{"co chybí"}},
		"a name is needed":              {func(f url.Values) { f.Set("kdo", "") }, []string{"Napište své jméno", `href="#kdo"`}},
		"a number is a number":          {func(f url.Values) { f.Set("a1-cislo-0", "asi 60") }, []string{"není číslo", `value="asi 60"`, `href="#a1-cislo-0"`}},
		"a text has an end":             {func(f url.Values) { f.Set("a1-hotovo", "Začátek"+strings.Repeat("ř", engine.MaxText)) }, []string{"10 000 znaků", "Začátekř"}},
		"nothing is no answer": {func(f url.Values) {
			for _, k := range []string{"stav", "hotovo", "chybi", "cislo-0"} {
				f.Set("a1-"+k, "")
			}
		}, []string{"Nevyplnili jste"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			f := answers()
			f.Set("a2-hotovo", "")
			c.change(f)
			p := h.path("charita")
			r := h.post(p, f)
			r.want(t, 422, append(c.says, `role="alert"`)...)
			if len(h.proposals()) != 0 {
				t.Error("an answer with a fault was taken")
			}
			if name == "nothing is no answer" || name == "a number is a number" {
				return
			}
			again := h.get(p)
			for _, text := range []string{f.Get("a1-hotovo"), strings.TrimSpace(f.Get("a1-chybi"))} {
				if !strings.Contains(r.body, text) || !strings.Contains(again.body, text) {
					t.Errorf("%.40q was lost", text)
				}
			}
			again.want(t, 200, "Rozepsáno, zatím neodesláno")
		})
	}
}

func TestDraftsOfTwoPeople(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	save := func(f url.Values) {
		f.Set("action", "ulozit")
		f.Set("tise", "1")
		h.post(p, f).want(t, 204)
	}
	save(url.Values{"a1-hotovo": {"první"}, "a1-stav": {"fulfilled"}})
	save(url.Values{"a3-hotovo": {"druhá"}})
	h.get(p).want(t, 200, "první", "druhá")
	f := answers() // the first one sends a page on which the third item was still empty
	f.Set("a3-hotovo", "")
	h.post(p, f).want(t, 303)
	h.get(p).want(t, 200, "druhá", "Rozepsáno")
	h.post(p, url.Values{"action": {"ulozit"}, "a3-hotovo": {""}, "a3-koncept": {"1"}}).want(t, 303)
	if strings.Contains(h.get(p).body, "druhá") {
		t.Error("an emptied item is still there")
	}
}

func TestChangeAnAnswer(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	h.post(p, answers()).want(t, 303)
	r := h.post(p, url.Values{"action": {"upravit-1"}})
	r.want(t, 303)
	if !strings.HasSuffix(r.head.Get("Location"), "#a1") {
		t.Errorf("sent on to %q", r.head.Get("Location"))
	}
	h.get(p).want(t, 200, `value="partial" checked`, `value="57,5"`)
	f := answers()
	f.Set("a1-chybi", "Chybí už jen neděle.")
	h.post(p, f).want(t, 303)
	got := h.proposals()
	if len(got) != 2 || got[0].State != engine.Superseded || got[1].Revision != 2 {
		t.Errorf("proposals: %+v", got)
	}
	h.post(p, url.Values{"action": {"upravit-1"}}).want(t, 303)
	h.post(p, url.Values{"action": {"vymazat-1"}}).want(t, 303)
	if strings.Contains(h.get(p).body, "checked") {
		t.Error("the emptied draft is still there")
	}
	h.post(p, url.Values{"action": {"upravit-99"}}).want(t, 422)
	h.post(p, url.Values{"action": {"smazat"}}).want(t, 422)
}

func TestReturnedAnswerAsksAtItsItem(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	h.post(p, answers()).want(t, 303)
	k := engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.1/1"}
	h.must(h.office.Return(context.Background(), k, "charita", 1, "Kolik klientů <b>o víkendu</b>?", who))
	h.get(p).want(t, 200, "Koordinátor prosí o doplnění", "Kolik klientů &lt;b&gt;o víkendu", "Doplnit odpověď", "Zbývá odpovědět na 3 aktivity")
	h.get(p+"/prehled").want(t, 200, "prosí o doplnění")
}

func TestBodyLimit(t *testing.T) {
	h := newHouse(t)
	f := answers()
	f.Set("a1-hotovo", strings.Repeat("x", maxForm))
	h.post(h.path("charita"), f).want(t, 413, "příliš dlouhá")
	if len(h.proposals()) != 0 {
		t.Error("a form that is too long was taken")
	}
}

func TestLinksThatDoNotOpen(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	for _, bad := range []string{"/o/x", "/o/" + strings.Repeat("A", 32), p[:len(p)-1], p + "A", p + "/jinam"} {
		h.get(bad).want(t, 404, "Tady nic není", "kpss@klatovy.example")
		h.post(bad, answers()).want(t, 404)
	}
	h.must(h.office.RevokeLink(context.Background(), "ap2023", "2023", "charita", false, who))
	h.get(p).want(t, 410, "Odkaz už neplatí", "kpss@klatovy.example")
	h.post(p, answers()).want(t, 410)
	h.must(h.office.RevokeLink(context.Background(), "ap2023", "2023", "charita", true, who))
	h.get(p).want(t, 404)
	fresh := h.path("charita")
	h.get(fresh).want(t, 200)

	e, err := h.office.Draft(context.Background(), "ap2023", "2023", "", who)
	h.must(err)
	_, err = h.office.ApproveEvaluation(context.Background(), "ap2023", "2023", e.Version, who)
	h.must(err)
	h.get(fresh).want(t, 410, "kpss@klatovy.example")
	h.get(fresh+"/prehled").want(t, 410)
	if len(h.proposals()) != 0 {
		t.Error("a dead link took an answer")
	}
}

func TestControlCharactersAreLeftOut(t *testing.T) {
	h := newHouse(t)
	f := answers()
	f.Set("a1-hotovo", "A\x00B\r\nC\xff\x1b[31m")
	f.Set("kdo", "Jan\x00 Zkušební")
	h.post(h.path("charita"), f).want(t, http.StatusSeeOther)
	if got := h.proposals()[0]; got.Answer.Done != "AB\nC[31m" || got.By != "Jan Zkušební" {
		t.Errorf("kept %q by %q", got.Answer.Done, got.By)
	}
}

// What was sent is no draft any more, whether one was saved before or not.
func TestASentAnswerLeavesNoDraft(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	token := p[strings.LastIndex(p, "/")+1:]
	c, _, err := h.office.AnswerSheet(t.Context(), token)
	h.must(err)
	said := map[string]engine.Answer{c.Activities[0].ID: {Status: engine.InProgress, Done: "Jede."}}
	for _, saved := range []bool{true, false} {
		if saved {
			h.must(h.office.SaveDraft(t.Context(), token, engine.Draft{By: "Jana", Answers: said}))
		}
		h.must(h.office.Answer(t.Context(), token, engine.Submission{By: "Jana", Channel: engine.ByLink, Answers: said}))
		if _, d, err := h.office.AnswerSheet(t.Context(), token); err != nil || d.By != "" || len(d.Answers) > 0 {
			t.Errorf("saved before: %v, a draft is left: %+v, %v", saved, d, err)
		}
	}
}
