package web

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"splneno/engine"
)

// decides gives the form of the desk about a revision of Charita's answer.
func decides(action, activity string, revision int, more url.Values) url.Values {
	ref := answerRef{Key: engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: activity}, Organisation: "charita", Revision: revision}
	f := url.Values{"action": {action}, "odpoved": {ref.String()}, "kam": {"oblast=1#p3"}}
	for k, v := range more {
		f[k] = v
	}
	return f
}

// decision gives the form about Charita's first item with its fields filled in.
func decision(action string, revision int) url.Values {
	return decides(action, "1.1/1", revision, url.Values{"stav": {"partial"}, "hotovo": {"Služba jezdí v šesti obcích."}, "chybi": {"Chybí víkendy."}, "cislo-0": {"57,5"}})
}

// ticks gives the form that approves several answers.
func ticks(group string, refs ...url.Values) url.Values {
	f := url.Values{"skupina": {group}, "kam": {"#fronta"}}
	for _, r := range refs {
		f.Add("vyber", r.Get("odpoved"))
	}
	return f
}

// knows makes Jan Zkušební somebody whose answers were approved before.
func (h *house) knows() {
	h.t.Helper()
	k := engine.EntryKey{Plan: "ap2022", Period: "2022", Activity: "1"}
	h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "knows", Proposals: []engine.Proposal{
		{EntryKey: k, Organisation: "charita", Revision: 1, By: "Jan Zkušební", At: h.now(), State: engine.Approved}}}))
}

// follow opens the page a form leads to.
func (h *house) follow(r reply) reply {
	h.t.Helper()
	r.want(h.t, 303)
	to, _, _ := strings.Cut(r.head.Get("Location"), "#")
	return h.get(to)
}

// three are Charita's answers about all her items, without a risk but for the
// writer.
func three() url.Values {
	f := answers()
	f.Set("a2-stav", "in_progress")
	f.Set("a2-hotovo", "Jezdíme.")
	f.Set("a3-stav", "fulfilled")
	f.Set("a3-hotovo", "Katalog vyšel v září.")
	return f
}

func TestQueueShowsWhatIsCompared(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/odpovedi").want(t, 200, "Žádná taková odpověď nečeká")
	h.post(h.path("charita"), answers()).want(t, 303)
	f := url.Values{"action": {"odeslat"}, "kdo": {"Petr Zlý " + hostile}, "a1-stav": {"fulfilled"}, "a1-hotovo": {"Hotovo " + hostile}}
	h.post(h.path("zla"), f).want(t, 303)
	f = url.Values{"action": {"odeslat"}, "kdo": {"Jan Zkušební"}, "a2-stav": {"in_progress"}, "a2-hotovo": {"Rozjíždíme."}}
	h.post(h.path("charita"), f).want(t, 303)
	r := h.get("/stul/odpovedi")
	r.want(t, 200, "3 odpovědi čekají na schválení", "od 2 organizací", "Co slibuje plán", "do konce roku 2023", "Jan Zkušební", "1. verze",
		"Odpovědi dalších organizací", "Služba jezdí v šesti obcích.", "čekají 2 odpovědi", "podepsaný odkaz", "Dosud nic schváleno.",
		"Od tohoto pisatele", "Jiná organizace říká něco jiného.", "Počet klientů (osob): plán 60, minule –, teď <strong>57,5</strong>", "Každou odpověď na této stránce je třeba posoudit jednotlivě.")
	noBreakOut(t, r.body)
	if strings.Contains(r.body, `name="vyber"`) {
		t.Error("an answer with a risk can be ticked")
	}
	h.get("/stul/odpovedi?organizace=zla").want(t, 200, "1 odpověď čeká na schválení")
	h.get("/stul/odpovedi?organizace="+url.QueryEscape("CHARITA vzor")).want(t, 200, "2 odpovědi čekají na schválení")
	h.get("/stul/odpovedi?organizace=nikdo").want(t, 200, "Žádná taková")
	h.get("/stul/odpovedi?oblast=9").want(t, 200, "Žádná taková")
	h.get("/stul/odpovedi?oblast=1&sezona=ap2023/2023").want(t, 200, "3 odpovědi")
	h.get("/stul/odpovedi?jen=znovu").want(t, 200, "Žádná taková")
	h.get("/stul/odpovedi?jen=bez-rizika").want(t, 200, "3 odpovědi na této stránce se schvalují jednotlivě a jsou skryté")
	h.get("/stul/odpovedi?strana=99&jen="+url.QueryEscape(hostile)).want(t, 200, "3 odpovědi")
}

func TestTheLastTimeStandsBeside(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.lastYear("1.1/1", engine.Entry{State: engine.Fulfilled, Narrative: "Služba jezdí v pěti obcích.", Numbers: []engine.Number{{Name: "Počet klientů", Unit: "osob", Value: 48}}})
	h.post(h.path("charita"), answers()).want(t, 303)
	r := h.get("/stul/odpovedi")
	r.want(t, 200, "Schváleno za období 2022", `v <del><span class="hidden">vypuštěno: </span>pěti </del>obcích.`, `v <ins><span class="hidden">přidáno: </span>šesti </ins>obcích.`,
		"Výsledek je horší než minule.", "minule 48, teď")
}

// lastYear puts a result of 2022 into the house.
func (h *house) lastYear(activity string, e engine.Entry) {
	h.t.Helper()
	e.EntryKey = engine.EntryKey{Plan: "ap2023", Period: "2022", Activity: activity}
	e.ApprovedBy, e.ApprovedAt = "Jana", h.now()
	h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "imported",
		Seasons: []engine.Season{{Plan: "ap2023", Period: engine.Year(2022), State: engine.SeasonClosed}}, Entries: []engine.Entry{e}}))
}

// An activity of this year's plan is compared to the one it continues.
func TestTheLastTimeOfAnotherPlan(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.must(h.office.EditActivity(context.Background(), "ap2023", "1.1/1", who, func(a *engine.Activity) error {
		a.CarriedFrom = "ap2022/3/1"
		return nil
	}))
	h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "imported",
		Seasons: []engine.Season{{Plan: "ap2022", Period: engine.Year(2022), State: engine.SeasonClosed}},
		Entries: []engine.Entry{{EntryKey: engine.EntryKey{Plan: "ap2022", Period: "2022", Activity: "3/1"}, State: engine.Partial, Narrative: "Jen ve dvou obcích.",
			ApprovedBy: "Jana", ApprovedAt: h.now()}}}))
	h.post(h.path("charita"), answers()).want(t, 303)
	h.get("/stul/odpovedi").want(t, 200, "Schváleno za období 2022", "Jen ve dvou obcích.")
}

func TestApproveAsItIs(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	f := decision("schvalit", 1)
	f.Set("dalsi", "continue")
	r := h.post("/stul/rozhodnuti", f)
	if to := r.head.Get("Location"); to != "/stul/odpovedi?n=1&naposledy=ap2023%2F2023%2F1.1%2F1&oblast=1&zprava=schvaleno#p3" {
		t.Errorf("sent on to %s", to)
	}
	h.follow(r).want(t, 200, "Schválena 1 odpověď.", "Vzít zpět", `href="/stul/aktivity/ap2023/2023/1.1/1#duvod"`)
	e := h.entry("1.1/1")
	if e.State != engine.Partial || e.ApprovedBy != who.Name || e.NextStep != engine.Continue || e.Missing != "Chybí víkendy." {
		t.Errorf("entry: %+v", e)
	}
	h.post("/stul/rozhodnuti", decision("schvalit", 1)).want(t, 409, "už bylo rozhodnuto", "schváleno")
	for _, away := range []string{"https://zly.example/#x", "//zly", "\"><script>#p123", "strana=2&zprava=zarazeno#p12"} {
		if q, place := readBack(away); q.Has("zprava") || place != "fronta" && place != "p12" || strings.Contains(q.Encode(), "zly") {
			t.Errorf("%q leads to %s#%s", away, q.Encode(), place)
		}
	}
}

func TestApproveWithEdit(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	page := h.get("/stul/odpovedi/odpoved?odpoved=" + decision("", 1).Get("odpoved"))
	page.want(t, 200, "Odpověď organizace Charita Vzorov", `id="stav"`, "Služba jezdí v šesti obcích.</textarea>", "Historie", "Odpověď</strong>")
	f := decision("upravit", 1)
	f.Set("chybi", "")
	h.post("/stul/rozhodnuti", f).want(t, 422, "co chybí nebo proč", "Služba jezdí", "details open")
	f.Set("chybi", "Chybí neděle.")
	f.Set("dalsi", "postpone")
	h.post("/stul/rozhodnuti", f).want(t, 422, "Vyberte den", "Chybí neděle.")
	f.Set("odlozeno", "2024-06-30")
	h.post("/stul/rozhodnuti", f).want(t, 303)
	e := h.entry("1.1/1")
	if e.Missing != "Chybí neděle." || e.PostponedTo != "2024-06-30" || len(e.Numbers) != 1 {
		t.Errorf("entry: %+v", e)
	}
}

func TestStaleApprovalShowsBoth(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	p := h.path("charita")
	h.post(p, answers()).want(t, 303)
	newer := answers()
	newer.Set("a1-stav", "fulfilled")
	newer.Set("a1-hotovo", "Od ledna jezdí i o víkendu.")
	newer.Set("a1-chybi", "")
	h.post(p, newer).want(t, 303)
	stale := decision("upravit", 1)
	stale.Set("hotovo", "Moje úprava staré odpovědi.")
	r := h.post("/stul/rozhodnuti", stale)
	r.want(t, 409, "Organizace mezitím odpověděla znovu", "Chybí víkendy.", "Od ledna jezdí i o víkendu.", "Moje úprava staré odpovědi.",
		"ap2023/2023/charita/2/1.1/1")
	h.get("/stul/odpovedi/odpoved?odpoved="+stale.Get("odpoved")).want(t, 200, "Organizace mezitím odpověděla znovu")
	if h.entry("1.1/1").State != engine.Planned {
		t.Error("a stale approval moved the entry")
	}
	h.post("/stul/rozhodnuti", decision("schvalit", 2)).want(t, 303)
	if e := h.entry("1.1/1"); e.Narrative != "Od ledna jezdí i o víkendu." {
		t.Errorf("entry: %+v", e)
	}
}

func TestReturnWithQuestion(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decision("vratit", 1)).want(t, 422, "Napište, co má organizace doplnit")
	f := decision("vratit", 1)
	f.Set("otazka", "Kolik klientů jezdí o víkendu?")
	h.follow(h.post("/stul/rozhodnuti", f)).want(t, 200, "Vrácena 1 odpověď")
	h.post("/stul/rozhodnuti", decision("roztrhat", 1)).want(t, 422)
	again := answers()
	again.Set("a1-chybi", "Chybí víkendy, jezdí jen 8 klientů.")
	h.post(h.path("charita"), again).want(t, 303)
	h.get("/stul/odpovedi?jen=znovu").want(t, 200, "1 odpověď čeká", "Vrácená odpověď, 1. verze", "Kolik klientů jezdí o víkendu?", "Odpověď reaguje na vaši otázku.",
		"Chybí <ins>", `jezdí jen 8 klientů.</ins>`, `<del><span class="hidden">vypuštěno: </span>víkendy.</del>`)
}

func TestNoteStaysInTheHistory(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	f := decision("poznamenat", 1)
	h.post("/stul/rozhodnuti", f).want(t, 422, "Napište poznámku")
	f.Set("poznamka", "Ověřit u vedoucí "+hostile)
	r := h.follow(h.post("/stul/rozhodnuti", f))
	r.want(t, 200, "Ověřit u vedoucí", "Vnitřní poznámka")
	noBreakOut(t, r.body)
	entry := "/stul/aktivity/ap2023/2023/1.1/1"
	h.post(entry, url.Values{"action": {"poznamenat"}, "poznamka": {strings.Repeat("ž", engine.MaxNote+1)}}).want(t, 422, "žžž</textarea>")
	h.follow(h.post(entry, url.Values{"action": {"poznamenat"}, "poznamka": {"Druhá poznámka."}})).want(t, 200, "Poznámka je zapsaná.", "Druhá poznámka.", "Ověřit u vedoucí")
	if body := h.get(h.path("charita")).body; strings.Contains(body, "Ověřit") {
		t.Error("an internal note stands on the organisation's page")
	}
}

// approvals counts the journal's lines of approvals.
func (h *house) approvals() (n int) {
	h.t.Helper()
	h.must(h.office.Records.Journal(context.Background(), 1, func(l engine.JournalLine) error {
		if l.Event == "approved" {
			n++
		}
		return nil
	}))
	return n
}

func TestBulkIsManyDecisions(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.knows()
	p := h.path("charita")
	h.post(p, three()).want(t, 303)
	r := h.get("/stul/odpovedi?jen=bez-rizika")
	r.want(t, 200, "Bez rizika jsou 3 odpovědi", `data-key="x" checked`, "Schválit vybrané této organizace")
	if n := strings.Count(r.body, `name="vyber"`); n != 3 {
		t.Errorf("%d answers are ticked", n)
	}
	newer := three()
	newer.Set("a3-hotovo", "Katalog vyšel až v říjnu.")
	h.post(p, newer).want(t, 303) // meanwhile
	bulk := ticks("vse", decides("", "1.1/1", 1, nil), decides("", "1.1/2", 1, nil), decides("", "1.2/1", 1, nil), decides("", "9.9/9", 1, nil))
	h.follow(h.post("/stul/hromadne", bulk)).want(t, 200, "Schváleny 2 odpovědi.", "2 odpovědi se mezitím změnily", "Katalog vyšel až v říjnu.")
	if n := h.approvals(); n != 2 {
		t.Errorf("%d approvals in the journal, want 2", n)
	}
	h.follow(h.post("/stul/hromadne", ticks("vse"))).want(t, 200, "Nevybrali jste")
	one := decides("", "1.2/1", 2, nil)
	h.follow(h.post("/stul/hromadne", ticks("plan=jiny", one))).want(t, 200, "Nevybrali jste")
	key := groupKey(engine.Proposal{EntryKey: engine.EntryKey{Plan: "ap2023", Period: "2023"}, Organisation: "charita"})
	h.follow(h.post("/stul/hromadne", ticks(key, one))).want(t, 200, "Schválena 1 odpověď.")
}

func TestRisksAreNotApprovedTogether(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.receives("plain") // with the token, but nobody knows from whom
	r := h.get("/stul/odpovedi")
	r.tells(t, 200, "3 odpovedi cekaji", "neovereny odesilatel", "bez popisu", `name="schvalit"`, "Neni jiste, kdo odpoved napsal", "Chybi text")
	r.hides(t, `name="vyber"`)
	bulk := ticks("vse", decides("", "1.1/1", 1, nil), decides("", "1.1/2", 1, nil))
	h.follow(h.post("/stul/hromadne", bulk)).tells(t, 200, "2 odpovedi zustaly: schvaluji se jednotlive")
	h.post("/stul/rozhodnuti", decides("schvalit", "1.1/1", 1, nil)).want(t, 303)
	if e := h.entry("1.1/1"); e.State != engine.Fulfilled {
		t.Errorf("entry: %+v", e)
	}
}

func TestAnswersWithoutAStatus(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	id := h.receives("prose")
	if got := h.proposals(); len(got) != 3 || got[0].Answer.Status != engine.StateUnknown {
		t.Fatalf("proposals: %+v", got)
	}
	r := h.get("/stul/odpovedi")
	r.tells(t, 200, "stav neuveden", "- vyberte", "s pani Vomackovou", "Vybrat stav a schvalit", "overeny odesilatel", `/stul/prichozi/`+id)
	r.hides(t, `name="schvalit"`, `name="vyber"`, "Pozor:")
	h.post("/stul/rozhodnuti", decides("schvalit", "1.1/1", 1, nil)).tells(t, 422, "Vyberte, jak to dopadlo", "s pani Vomackovou")
	h.post("/stul/rozhodnuti", decides("upravit", "1.1/1", 1, nil)).tells(t, 422, "Vyberte, jak to dopadlo")
	h.post("/stul/hromadne", ticks("vse", decides("", "1.1/1", 1, nil)))
	if e := h.entry("1.1/1"); !e.ApprovedAt.IsZero() {
		t.Errorf("approved without a status: %+v", e)
	}
	for _, page := range []string{h.path("charita"), h.path("charita") + "/prehled"} {
		h.get(page).tells(t, 200, "stav neuveden", "s pani Vomackovou")
	}
	h.get("/stul/aktivity/ap2023/2023").tells(t, 200, "1 odpoved ceka na schvaleni")
	h.post("/stul/vyhodnoceni/ap2023/2023", url.Values{"action": {"obnovit"}}).want(t, 303)
	h.post(h.path("charita"), url.Values{"action": {"upravit-1"}}).want(t, 303)
	h.get(h.path("charita")).hides(t, " checked")
	h.post("/stul/rozhodnuti", decides("upravit", "1.1/1", 1, url.Values{"stav": {"partial"}, "hotovo": {""}})).want(t, 303)
	if e := h.entry("1.1/1"); e.State != engine.Partial || e.Narrative != "" {
		t.Errorf("entry: %+v", e)
	}
	h.get("/stul/prichozi/"+id).tells(t, 200, "/stul/aktivity/ap2023/2023/1.1/1", "schvaleno")
	h.post("/stul/rozhodnuti", decides("vratit", "1.1/2", 1, url.Values{"otazka": {"Jak to dopadlo?"}})).want(t, 303)
}

// What came by the link must say more than what came by mail.
func TestLinkAnswersNeedTheirText(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decides("upravit", "1.1/1", 1, url.Values{"stav": {"partial"}})).tells(t, 422, "napiste, co se podarilo", "napiste, co chybi")
}

// A figure that does not fit what was approved about the same year is pointed out.
func TestFiguresThatDoNotAgree(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.knows()
	h.lastYear("1.1/1", engine.Entry{State: engine.Partial, Narrative: "2022: 235 klientů"})
	f := answers()
	f.Set("a1-hotovo", "Rok 2022: 240 klientů, 2023: 260 klientů.")
	h.post(h.path("charita"), f).want(t, 303)
	r := h.get("/stul/odpovedi")
	r.want(t, 200, "Čísla nesouhlasí", "235 klientů", "240 klientů")
	if strings.Contains(r.body, `name="vyber"`) {
		t.Error("an answer whose figures do not agree can be ticked")
	}
	f.Set("a1-hotovo", "Rok 2022: 235 klientů, 2023: 260 klientů.")
	h.post(h.path("charita"), f).want(t, 303)
	if r := h.get("/stul/odpovedi"); strings.Contains(r.body, "Čísla nesouhlasí") || !strings.Contains(r.body, `name="vyber"`) {
		t.Error("figures that agree are called a contradiction")
	}
}

// Twenty answers stand on a page; a group goes on on the next, and after each
// decision the way leads to the answer that follows.
func TestTheQueueIsPaged(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.crowd(45)
	seen := map[string]bool{}
	item := regexp.MustCompile(`id="p(\d+)"[^>]*>\s*<h3 id="h\d+"><span class="number">([^<]*)`)
	for i, want := range []int{20, 20, 5} {
		r := h.get(fmt.Sprintf("/stul/odpovedi?strana=%d", i+1))
		r.want(t, 200, "45 odpovědí čeká", "část je na jiné stránce", "čeká 45 odpovědí")
		found := item.FindAllStringSubmatch(r.body, -1)
		if len(found) != want {
			t.Errorf("page %d shows %d answers", i+1, len(found))
		}
		for n, m := range found {
			if seen[m[2]] || m[1] != fmt.Sprint(n+1) {
				t.Errorf("%s stands on two pages, or at place %s", m[2], m[1])
			}
			seen[m[2]] = true
		}
	}
	f := url.Values{"schvalit": {"p7 ap2023/2023/charita/1/1.1/m6"}, "kam": {"strana=1#fronta"}}
	r := h.post("/stul/rozhodnuti", f)
	if to := r.head.Get("Location"); !strings.HasSuffix(to, "#p7") {
		t.Errorf("sent on to %s", to)
	}
	if next := item.FindAllStringSubmatch(h.follow(r).body, -1)[6][2]; next != "1.1/m7" {
		t.Errorf("at the place of the answer approved stands %s", next)
	}
}

// crowd has Charita wait with n answers about as many activities.
func (h *house) crowd(n int) {
	h.t.Helper()
	c := engine.Change{At: h.now(), Actor: who, Event: "crowd"}
	for i := range n {
		id := fmt.Sprintf("1.1/m%d", i)
		k := engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: id}
		c.Activities = append(c.Activities, engine.Activity{Plan: "ap2023", ID: id, Area: "1", Measure: "1.1", Title: "Činnost č. " + id, Position: 100 + i})
		c.Entries = append(c.Entries, engine.Entry{EntryKey: k, State: engine.Planned, Askees: []string{"charita"}, AnsweredAt: h.now(), Said: engine.Fulfilled})
		c.Proposals = append(c.Proposals, engine.Proposal{EntryKey: k, Organisation: "charita", Revision: 1, Channel: engine.ByLink, By: "Jan Zkušební", At: h.now(),
			State: engine.Pending, Answer: engine.Answer{Status: engine.Fulfilled, Done: "Služba běží v plném rozsahu a navštěvuje ji 48 osob."}})
	}
	h.must(h.office.Records.Commit(context.Background(), c))
}
