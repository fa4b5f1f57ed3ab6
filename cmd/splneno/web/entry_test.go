package web

import (
	"net/url"
	"strings"
	"testing"

	"splneno/engine"
)

const entryOne = "/stul/aktivity/ap2023/2023/1.1/1"

func TestFinalEntriesAreReopenedFirst(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	p := h.path("charita")
	h.post(p, answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decision("schvalit", 1)).want(t, 303)
	f := answers()
	f.Set("a1-stav", "fulfilled")
	h.post(p, f).want(t, 303)
	h.get("/stul/odpovedi").want(t, 200, "Pozor:", "znovu otevřete", entryOne+"#duvod", "Aktivita už má výsledek.")
	h.post("/stul/rozhodnuti", decision("schvalit", 2)).want(t, 409, "nejprve ho s odůvodněním otevřete")
	h.get("/stul/aktivity/ap2023/2023").want(t, 200, "částečně splněno", who.Name, "1 odpověď čeká na schválení", "bez odpovědi")
	h.get(entryOne).want(t, 200, "Znovu otevřít", "Rozhodnout o odpovědi", "Schválení výsledku</strong>", "částečně splněno")
	open := url.Values{"action": {"otevrit"}}
	h.post(entryOne, open).want(t, 422, "Napište, proč se výsledek bere zpět")
	open.Set("duvod", "Přišla nová odpověď.")
	h.post(entryOne, open).want(t, 303)
	h.post(entryOne, open).want(t, 409, "Aktivita mezitím stojí jinak", "Přišla nová odpověď.")
	if got := h.proposals(); got[0].State != engine.Approved || got[1].State != engine.Pending {
		t.Errorf("an answer that was replaced waits again: %+v", got)
	}
	h.post("/stul/rozhodnuti", decision("schvalit", 2)).want(t, 303)
	if h.entry("1.1/1").State != engine.Fulfilled {
		t.Error("the reopened entry did not move")
	}
}

// Taking an approval back puts the answer into the queue as it was, and what
// the approval had pushed aside with it.
func TestTakingBackPutsTheAnswerIntoTheQueue(t *testing.T) {
	for name, state := range map[string]string{"final": "fulfilled", "in progress": "in_progress"} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.signIn()
			f := url.Values{"action": {"odeslat"}, "kdo": {"Jan Zkušební"}, "a2-stav": {state}, "a2-hotovo": {"Jezdíme."}}
			h.post(h.path("charita"), f).want(t, 303)
			h.post(h.path("zla"), url.Values{"action": {"odeslat"}, "kdo": {"Petr"}, "a1-stav": {"planned"}, "a1-hotovo": {"Zatím nic."}}).want(t, 303)
			h.follow(h.post("/stul/rozhodnuti", decides("schvalit", "1.1/2", 1, nil))).want(t, 200, "Vzít zpět", "Žádná taková")
			entry := "/stul/aktivity/ap2023/2023/1.1/2"
			h.get(entry).want(t, 200, "bude znovu čekat na schválení")
			h.follow(h.post(entry, url.Values{"action": {"otevrit"}, "duvod": {"Překlik."}})).want(t, 200, "Výsledek je znovu otevřený.", "Znovuotevření výsledku", "Překlik.")
			for _, p := range h.proposals() {
				if p.State != engine.Pending || p.Revision != 1 || p.DecidedBy != "" || !p.DecidedAt.IsZero() {
					t.Errorf("not as it was: %+v", p)
				}
			}
			if e := h.entry("1.1/2"); !e.ApprovedAt.IsZero() || e.State != engine.InProgress {
				t.Errorf("entry: %+v", e)
			}
			h.post("/stul/rozhodnuti", decides("schvalit", "1.1/2", 1, nil)).want(t, 303)
			if e := h.entry("1.1/2"); e.ApprovedAt.IsZero() {
				t.Errorf("entry: %+v", e)
			}
		})
	}
}

func TestReportOnBehalf(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	entry := "/stul/aktivity/ap2023/2023/1.2/2"
	f := url.Values{"action": {"zaznamenat"}, "stav": {"unfulfilled"}}
	h.post(entry, f).want(t, 422, "Napište, co chybí nebo proč", "Napište, odkud to víte")
	f.Set("chybi", "Pro nezájem se nekonal.")
	f.Set("zdroj", "telefonát 22. 1.")
	h.post(entry, f).want(t, 303)
	if e := h.entry("1.2/2"); e.State != engine.Unfulfilled || e.Source != "coordinator" {
		t.Errorf("entry: %+v", e)
	}
	h.get("/stul/aktivity/ap2023/2023").want(t, 200, "zapsáno za organizaci")
	h.get(entry).want(t, 200, "Zápis výsledku za organizaci", "telefonát 22. 1.")
	h.post("/stul/aktivity/ap2023/2023/9.9/9", f).want(t, 404)
	h.get("/stul/aktivity/jiny/2023").want(t, 404)
	h.post(entry, url.Values{"action": {"roztrhat"}}).want(t, 422)
}

// What the coordinator records takes the place of answers that wait.
func TestReportTakesThePlaceOfWhatWaits(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	f := url.Values{"action": {"zaznamenat"}, "stav": {"fulfilled"}, "hotovo": {"Viděno na místě."}, "zdroj": {"návštěva"}}
	h.post(entryOne, f).want(t, 303)
	if got := h.proposals(); len(got) != 1 || got[0].State != engine.Superseded || got[0].DecidedBy != who.Name {
		t.Errorf("proposals: %+v", got)
	}
	h.get("/stul/odpovedi").want(t, 200, "Žádná taková")
}

func TestDecideWhatFollows(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decision("schvalit", 1)).want(t, 303)
	h.get("/stul/aktivity/ap2023/2023?jen=bez-rozhodnuti").want(t, 200, "Rozšířit pečovatelskou", "nerozhodnuto")
	h.get(entryOne).want(t, 200, "Rozhodnout, co dál", "nerozhodnuto")
	f := url.Values{"action": {"rozhodnout"}, "dalsi": {"postpone"}}
	h.post(entryOne, f).want(t, 422, "Vyberte den, na který se aktivita odkládá")
	f.Set("odlozeno", "2024-06-30")
	h.post(entryOne, f).want(t, 303)
	if e := h.entry("1.1/1"); e.NextStep != engine.Postpone || e.PostponedTo != "2024-06-30" {
		t.Errorf("entry: %+v", e)
	}
	f.Set("dalsi", "carry_over") // the day left in its field is not meant
	h.post(entryOne, f).want(t, 303)
	if e := h.entry("1.1/1"); e.NextStep != engine.CarryOver || e.PostponedTo != "" {
		t.Errorf("entry: %+v", e)
	}
	if r := h.get("/stul/aktivity/ap2023/2023?jen=bez-rozhodnuti"); strings.Contains(r.body, "Rozšířit pečovatelskou") {
		t.Error("what is decided stands among what is not")
	}
}

func TestActivitiesAreFoundAndPaged(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.crowd(60)
	list := "/stul/aktivity/ap2023/2023"
	r := h.get(list)
	r.want(t, 200, "1–50 z 64", `>64<`, "Podpora terénních")
	if n := strings.Count(r.body, `class="number"`); n != 50 {
		t.Errorf("%d entries on a page", n)
	}
	h.get(list+"?strana=2").want(t, 200, "51–64 z 64")
	h.get(list+"?hledat="+url.QueryEscape("KATALOG poskytovatelu")).want(t, 200, "Vydat katalog")
	h.get(list+"?hledat=nic+takoveho").want(t, 200, "Žádná taková aktivita")
	h.get(list+"?jen=bez-odpovedi&stav=planned&oblast=1").want(t, 200, "Uspořádat veletrh", `>4<`)
	h.get(list+"?stav=fulfilled").want(t, 200, "Žádná taková aktivita")
	noBreakOut(t, h.get(list+"?hledat="+url.QueryEscape(hostile)+"&stav="+url.QueryEscape(hostile)).body)
}
