package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

const planHome = "/stul/plan/ap2023"

func init() {
	families = append(families, "plankind.", "planfield.", "planthing.", "planverb.", "planrule.", "planrole.", "planas.", "planterm.", "planevery.", "planhow.")
}

func (h *house) plan() engine.Plan {
	h.t.Helper()
	p, err := h.office.Records.Plan(context.Background(), "ap2023")
	h.must(err)
	return p
}

func (h *house) activity(id string) engine.Activity {
	h.t.Helper()
	a, err := h.office.Activity(context.Background(), "ap2023", id)
	h.must(err)
	return a
}

func (h *house) amendments() []engine.Amendment {
	h.t.Helper()
	list, err := h.office.Records.Amendments(context.Background(), "ap2023")
	h.must(err)
	return list
}

// activityFields gives the form of an activity as the page shows it.
func (h *house) activityFields(id string) url.Values {
	h.t.Helper()
	a := h.activity(id)
	names, err := h.office.Records.Organisations(context.Background())
	h.must(err)
	t := textOf(a, engine.OrganisationsByID(names))
	f := url.Values{"verze": {strconv.Itoa(a.Version)}, "action": {"ulozit"}, "od": {"2024-01-10"}, "rozhodl": {"Rada města"}, "proc": {"nové požadavky"},
		"nazev": {t.Title}, "podrobnosti": {t.Details}, "stitky": {t.Tags}, "skupina": {t.TargetGroup}, "odpovida": {t.Responsible}, "pravidlo": {t.Answers},
		"termin": {t.Deadline}, "termin-cteny": {t.Read}}
	for i, p := range t.Parties {
		n := "-" + strconv.Itoa(i)
		f["strana"+n], f["organizace"+n], f["role"+n] = []string{p.Name}, []string{p.Organisation}, []string{p.Role}
	}
	for i, p := range t.Indicators {
		n := "-" + strconv.Itoa(i)
		f["ukazatel"+n], f["jednotka"+n], f["pocet"+n] = []string{p.Name}, []string{p.Unit}, []string{p.Planned}
	}
	for i, p := range t.Parts {
		n := "-" + strconv.Itoa(i)
		f["cast"+n], f["cast-text"+n], f["cast-termin"+n] = []string{p.Label}, []string{p.Text}, []string{p.Deadline}
	}
	return f
}

func TestPlanIsBrowsed(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/plan").want(t, 200, "Akční plán sociálních služeb na rok 2023", "4 aktivity", "2 opatření", "1.\u00a01.\u00a02023")
	h.get(planHome).want(t, 200, "Senioři", planHome+"/opatreni/1.1", "2 aktivity", "spolufinancován", "Plán se od načtení nezměnil")
	h.get(planHome+"/opatreni/1.1").want(t, 200, "Rozšířit pečovatelskou službu", planHome+"/aktivita/1.1/1", "do konce roku 2023", planHome+"/pridat/1.1")
	h.get(planHome+"/oblast/1").want(t, 200, "Informovanost", "Podpora terénních")
	for _, path := range []string{"/opatreni/9", "/opatreni/", "/oblast/9", "/aktivita/9", "/zmeny/1", "/zmeny/x", "/upravit/9", "/pridat/9", "/nadpis/9", "/nadpis/1.1?oblast=1"} {
		h.get(planHome+path).want(t, 404)
	}
	h.get("/stul/plan/jiny").want(t, 404)
	h.get(planHome+"?ke-dni=vcera").want(t, 200, "fault-text")
}

func TestActivityIsAmended(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	before := h.activity("1.1/2")
	h.post(planHome+"/upravit/1.1/2", h.activityFields("1.1/2")).want(t, 303)
	if len(h.amendments()) != 0 || h.activity("1.1/2").Version != before.Version {
		t.Fatal("the same text again is an amendment")
	}
	f := h.activityFields("1.1/2")
	f.Set("nazev", "Zajistit odlehčovací službu "+hostile)
	f.Set("podrobnosti", "první\r\n\r\n druhá ")
	f.Set("organizace-1", "")
	f.Set("strana-1", "")
	f.Set("role-0", "lead")
	f.Set("pravidlo", "each")
	f.Set("pocet-0", "1 200,5")
	f.Set("ukazatel-0", "Počet lůžek")
	f.Set("cast-text-0", "pobytová forma")
	r := h.post(planHome+"/upravit/1.1/2", f)
	r.want(t, 303)
	page := h.get(r.head.Get("Location"))
	page.want(t, 200, "Předchozí znění zůstalo zachované", "Rada města", "nové požadavky", "Zajistit odlehčovací službu", "pobytová forma", "Jak se měnilo znění", "vede", "odpověď každé organizace zvlášť")
	noBreakOut(t, page.body)
	a := h.activity("1.1/2")
	if len(a.Details) != 2 || a.Details[1] != "druhá" || len(a.Responsible) != 1 || a.Responsible[0].Role != engine.RoleLead || a.Answers != engine.EachAnswers ||
		a.Indicators[0].Planned != 1200.5 || a.Parts[0].Text != "pobytová forma" || a.Deadline.Kind != before.Deadline.Kind || a.Parts[0].Deadline.Kind != engine.DeadlineYear {
		t.Errorf("activity: %+v", a)
	}
	m := h.amendments()
	if len(m) != 1 || m[0].Day != "2024-01-10" || m[0].By != who.Name || m[0].Before[0].Title != before.Title {
		t.Fatalf("amendments: %+v", m)
	}
	h.get(planHome+"/zmeny").want(t, 200, "Rada města", "nové požadavky", "dotčena 1 aktivita")
	h.get(planHome+"/zmeny/1").want(t, 200, "Zajistit odlehčovací službu", "pobytová forma", "odpověď každé organizace zvlášť", planHome+"?ke-dni=2024-01-09")
	then := h.get(planHome + "/opatreni/1.1?ke-dni=2024-01-09")
	then.want(t, 200, "Plán, jak zněl v", ">Zajistit odlehčovací službu<")
	if strings.Contains(then.body, "alert(1)") {
		t.Error("the page of the day before shows the new text")
	}
	h.get(planHome+"/opatreni/1.1?ke-dni=2024-01-10").want(t, 200, "alert(1)")
}

func TestTermIsShownAsItIsUnderstood(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	f := h.activityFields("1.2/1")
	f.Set("termin", "každoročně do 31. 3.")
	f.Set("action", "precist")
	f.Del("proc")
	h.post(planHome+"/upravit/1.2/1", f).want(t, 200, "každý rok do 31. 3.", `value="každoročně do 31. 3."`)
	if len(h.amendments()) != 0 {
		t.Fatal("reading a term saved something")
	}
	f = h.activityFields("1.2/1")
	f.Set("termin", "dle možností poskytovatele")
	r := h.post(planHome+"/upravit/1.2/1", f)
	r.want(t, 422, "se nepodařilo přečíst s jistotou", "dle možností poskytovatele", `name="termin-cteny" value="dle možností poskytovatele"`)
	f.Set("termin-jak", "den")
	h.post(planHome+"/upravit/1.2/1", f).want(t, 422, "termin-den-chyba")
	f.Set("termin-den", "2023-11-30")
	h.post(planHome+"/upravit/1.2/1", f).want(t, 303)
	d := h.activity("1.2/1").Deadline
	if d.Raw != "dle možností poskytovatele" || d.Due != "2023-11-30" || !d.Certain {
		t.Errorf("deadline: %+v", d)
	}
	f = h.activityFields("1.2/1")
	f.Set("termin", "dle potřeby obce")
	f.Set("termin-cteny", "dle potřeby obce") // it was shown how this reads
	h.post(planHome+"/upravit/1.2/1", f).want(t, 303)
	if d := h.activity("1.2/1").Deadline; d.Certain || d.Raw != "dle potřeby obce" {
		t.Errorf("deadline: %+v", d)
	}
}

func TestWhatIsWrongInTheActivityForm(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	f := h.activityFields("1.1/1")
	for field, value := range map[string]string{"nazev": "", "proc": " ", "od": "2024-02-30", "stitky": "Q", "organizace-1": "Neznámá společnost", "strana-1": "Kdosi", "pocet-0": "mnoho", "podrobnosti": hostile} {
		f.Set(field, value)
	}
	r := h.post(planHome+"/upravit/1.1/1", f)
	r.want(t, 422, "Opravte prosím 6 míst", `href="#organizace-1"`, `href="#pocet-0"`, `id="stitky-chyba"`, `value="Neznámá společnost"`, `value="mnoho"`, `value="2024-02-30"`)
	noBreakOut(t, r.body)
	f = h.activityFields("1.1/1")
	f.Set("od", "2024-12-01")
	h.post(planHome+"/upravit/1.1/1", f).want(t, 422, "až v den")
	f = url.Values{"action": {"vypustit"}, "verze": {"1"}, "od": {"2024-01-10"}}
	h.post(planHome+"/upravit/1.1/1", f).want(t, 422, `href="#v-proc"`, `id="v-proc-chyba"`)
	if len(h.amendments()) != 0 {
		t.Error("something was saved")
	}
}

func TestTwoAmendTheSameActivity(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	first, second := h.activityFields("1.1/1"), h.activityFields("1.1/1")
	first.Set("nazev", "Rozšířit službu na noc")
	second.Set("nazev", "Rozšířit službu na víkend")
	h.post(planHome+"/upravit/1.1/1", first).want(t, 303)
	r := h.post(planHome+"/upravit/1.1/1", second)
	r.want(t, 409, "Někdo jiný mezitím plán změnil", "Rozšířit službu na noc", "Rozšířit službu na víkend", `name="verze" value="2"`)
	second.Set("verze", "2")
	h.post(planHome+"/upravit/1.1/1", second).want(t, 303)
	if m := h.amendments(); len(m) != 2 || m[1].Before[0].Title != "Rozšířit službu na noc" {
		t.Errorf("amendments: %+v", m)
	}
	f := url.Values{"verze": {"1"}, "nazev": {"Jiný název"}, "od": {"2024-01-10"}, "proc": {"x"}}
	h.post(planHome+"/upravit", f).want(t, 303)
	h.post(planHome+"/upravit", f).want(t, 409, "Jiný název", `name="verze" value="2"`)
}

func TestActivityIsAddedAndDropped(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get(planHome+"/pridat/1.2").want(t, 200, "Nová aktivita 1.2/3", `value="1.2/3"`)
	f := url.Values{"verze": {"1.2/3"}, "action": {"ulozit"}, "od": {"2024-01-20"}, "rozhodl": {"Řídící skupina"}, "proc": {"válka na Ukrajině"},
		"nazev": {"Zajistit tlumočení"}, "termin": {"průběžně"}, "organizace-0": {"charita vzorov"}}
	r := h.post(planHome+"/pridat/1.2", f)
	r.want(t, 303)
	h.get(r.head.Get("Location")).want(t, 200, "Aktivita je přidaná", "Zajistit tlumočení", "Řídící skupina", "válka na Ukrajině", "Období 2023")
	a := h.activity("1.2/3")
	if a.Label != "3." || a.Area != "1" || a.Position != 5 || a.Responsible[0].Organisation != "charita" || a.Responsible[0].Name != "Charita Vzorov" || !a.Deadline.Ongoing {
		t.Errorf("activity: %+v", a)
	}
	if e := h.entry("1.2/3"); len(e.Askees) != 1 || e.Askees[0] != "charita" {
		t.Errorf("the open season did not follow: %+v", e)
	}
	h.post(planHome+"/pridat/1.2", f).want(t, 409, "Někdo jiný mezitím", "Nová aktivita 1.2/4", `value="1.2/4"`, "Zajistit tlumočení")
	drop := url.Values{"action": {"vypustit"}, "verze": {"1"}, "od": {"2024-01-22"}, "proc": {"zdvojuje 1.2/1"}}
	h.post(planHome+"/upravit/1.2/3", drop).want(t, 303)
	if a, e := h.activity("1.2/3"), h.entry("1.2/3"); a.Dropped != "zdvojuje 1.2/1" || e.NextStep != engine.Drop {
		t.Errorf("dropped: %+v %+v", a, e)
	}
	h.post(planHome+"/upravit/1.2/3", drop).want(t, 409)
	h.get(planHome).want(t, 200, "z toho 1 vypuštěná", "5 aktivit")
	h.get(planHome+"?ke-dni=2024-01-19").want(t, 200, "4 aktivity")
	h.get(planHome+"?ke-dni=2024-01-20").want(t, 200, "5 aktivit")
	drop.Set("action", "obnovit")
	drop.Set("verze", "2")
	h.post(planHome+"/upravit/1.2/3", drop).want(t, 303)
	if a := h.activity("1.2/3"); a.Dropped != "" {
		t.Errorf("taken back: %+v", a)
	}
}

func TestPlanIsExtendedAndHeadingsEdited(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	f := url.Values{"verze": {"1"}, "nazev": {"Akční plán"}, "publicita": {"Nová věta."}, "opatreni": {"Cíl"}, "do": {"2023-12-31"}, "od": {"2024-01-15"}, "proc": {"čeká se na nový plán"}}
	h.post(planHome+"/upravit", f).want(t, 422, "po dosavadním konci", "U prodloužení napište", "Akční plán")
	f.Set("do", "2024-12-31")
	f.Set("rozhodl", "Zastupitelstvo města")
	h.post(planHome+"/upravit", f).want(t, 303)
	p := h.plan()
	if p.End != "2023-12-31" || p.ValidUntil() != "2024-12-31" || p.Approvals[0].Body != "Zastupitelstvo města" || p.Levels.Measure != "Cíl" {
		t.Errorf("plan: %+v", p)
	}
	h.get(planHome).want(t, 200, "prodloužení platnosti do 31.", "Zastupitelstvo města", "původně do", "Nová věta.")
	h.post(planHome+"/nadpis/1.1", url.Values{"verze": {"2"}, "nazev": {"Podpora doma"}, "popis": {"Popis cíle"}, "od": {"2024-01-16"}, "proc": {"překlep"}}).want(t, 303)
	h.post(planHome+"/nadpis/1?oblast=1", url.Values{"verze": {"3"}, "nazev": {"Starší lidé"}, "od": {"2024-01-17"}, "proc": {"překlep"}}).want(t, 303)
	h.get(planHome).want(t, 200, "Podpora doma", "Starší lidé")
	h.get(planHome+"?ke-dni=2024-01-16").want(t, 200, "Podpora doma", "Senioři", "Zastupitelstvo města")
	then := h.get(planHome + "?ke-dni=2024-01-14")
	then.want(t, 200, "Podpora terénních", "Senioři", "Akční plán sociálních služeb na rok 2023")
	if strings.Contains(then.body, "Zastupitelstvo města,") || strings.Contains(then.body, "Nová věta") {
		t.Error("the day before knows what was decided later")
	}
	h.get(planHome+"/zmeny/2").want(t, 200, "opatření 1.1", "Podpora doma", "Popis cíle")
}

func TestPlansAreSearched(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	r := h.get("/stul/hledat?q=pec+sluz")
	r.want(t, 200, "Nalezena 1 aktivita", "Rozšířit pečovatelskou službu", planHome+"/aktivita/1.1/1")
	h.get("/stul/hledat?q=VZOROV").want(t, 200, "Nalezeny 3 aktivity", "A 1 organizace", "/stul/organizace/charita")
	h.get("/stul/hledat?q="+url.QueryEscape("%")).want(t, 200, "Nalezeno 0 aktivit")
	noBreakOut(t, h.get("/stul/hledat?q="+url.QueryEscape(hostile)).body)
	h.get("/stul/hledat?q="+strings.Repeat("%C5%BE", 400)).want(t, 200, "Nalezeno 0 aktivit")
	h.get("/stul/hledat").want(t, 200, "Hledání v plánech")
}

func TestHistorySaysWhoSaysSo(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get(planHome+"/aktivita/1.1/1").want(t, 200, "Zatím nemá schválený výsledek", "Co se slibuje", "žádost o stav", "Období 2023")
	h.post(h.path("charita"), answers()).want(t, 303)
	h.wait(time.Hour)
	h.post("/stul/rozhodnuti", decision("schvalit", 1)).want(t, 303)
	lines := map[string]engine.JournalLine{}
	h.must(h.office.Records.Journal(context.Background(), 1, func(l engine.JournalLine) error { lines[l.Event] = l; return nil }))
	r := h.get(planHome + "/aktivita/1.1/1")
	r.want(t, 200, "Kdo to říká?", "Schválil(a) Hana Vzorová 23.\u00a01.\u00a02024 10:00 na základě odpovědi organizace Charita Vzorov, odpověděl(a) Jan Zkušební odkazem.",
		lines["approved"].Hash, lines["answered"].Hash, "Záznam č. "+strconv.FormatInt(lines["approved"].Seq, 10), "Služba jezdí v šesti obcích.", "; 1. verze; odkazem")
	h.wait(time.Hour)
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.1/1"}, "jiná čísla", who))
	h.get(planHome+"/aktivita/1.1/1").want(t, 200, "Znovuotevření výsledku", "jiná čísla", "Zatím nemá schválený výsledek")
	h.wait(time.Hour)
	h.must(h.office.Report(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.1/1"}, engine.Answer{Status: engine.Fulfilled, Done: "Hotovo."}, "", "zápis ze 7. jednání", who))
	h.get(planHome+"/aktivita/1.1/1").want(t, 200, "Zapsal(a) Hana Vzorová", "bez odpovědi organizace", "Zdroj:", "zápis ze 7. jednání")

	c := engine.Change{At: h.now(), Actor: who, Event: "furnished", Subject: "x", Plans: []engine.Plan{{ID: "kp2008", Title: "První komunitní plán", Start: "2008-01-01"}, {ID: "ap2024", Title: "Další plán", Start: "2024-01-01"}},
		Activities:  []engine.Activity{{Plan: "kp2008", ID: "7/1", Title: "Rozvíjet terénní služby"}, {Plan: "ap2024", ID: "2.1", Title: "Noční služba", Carried: []engine.Carry{{From: "ap2023/1.1/1", How: engine.CarryRephrase}}}},
		Resolutions: []engine.Resolution{{Plan: "ap2023", Period: "2023", ID: 1, Number: "12/2024", Body: "Řídící skupina", Day: "2024-01-23", At: h.now(), Items: []engine.ResolutionItem{{Activity: "1.1/1", Next: engine.CarryOver, Note: "pokračovat i o víkendech"}}}}}
	h.must(h.office.Records.Commit(context.Background(), c))
	h.must(h.office.LinkCarry(context.Background(), "ap2023/1.1/1", "kp2008/7/1", engine.CarryAsIs, who))
	h.get(planHome+"/aktivita/1.1/1").want(t, 200, "v\u00a0plánu od\u00a02008, převedeno\u00a01×", "/stul/plan/kp2008/aktivita/7/1", "/stul/plan/ap2024/aktivita/2.1", "přeformulováno",
		"12/2024", "pokračovat i o víkendech", "převést do dalšího plánu", "Navázání na starší plán")
}

func TestPlanInEnglish(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(planHome+"/upravit/1.1/2", func() url.Values { f := h.activityFields("1.1/2"); f.Set("nazev", "Nový název"); return f }()).want(t, 303)
	h.post(planHome+"?jazyk=en", url.Values{})
	for path, word := range map[string]string{"": "What the plan holds", "/opatreni/1.1": "2 activities", "/aktivita/1.1/2": "What is promised", "/upravit/1.1/2": "The program understands the deadline like this:", "/zmeny": "Amendments of the plan", "/zmeny/1": "Before", "/upravit": "Extension"} {
		r := h.get(planHome + path)
		r.want(t, 200, word)
		if strings.Contains(r.body, "<no value>") || strings.Contains(r.body, "map[") {
			t.Errorf("%s: a value is missing: %.3000s", path, main(r.body))
		}
	}
}

// A file imported anew and the command line leave an amendment, too.
func TestImportsAndEditsLeaveAnAmendment(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	draft := engine.PlanDraft{Plan: engine.Plan{ID: "kp", Title: "Plán", Kind: engine.MediumTermPlan, Start: "2023-01-01", Measures: []engine.Measure{{Code: "1.1", Title: "Služby"}}},
		Activities: []engine.ActivityDraft{{Activity: engine.Activity{ID: "1.1/1", Measure: "1.1", Title: "První"}}, {Activity: engine.Activity{ID: "1.1/2", Measure: "1.1", Title: "Druhá"}}}}
	h.must(h.office.Import(ctx, draft, who))
	list := func() []engine.Amendment {
		l, err := h.office.Records.Amendments(ctx, "kp")
		h.must(err)
		return l
	}
	if len(list()) != 0 {
		t.Fatal("the first import amends nothing")
	}
	h.must(h.office.EditActivity(ctx, "kp", "1.1/2", who, func(a *engine.Activity) error { a.Title = "Druhá jinak"; return nil }))
	h.wait(48 * time.Hour)
	draft.Plan.Measures[0].Title = "Terénní služby"
	draft.Activities[0].Title = "První jinak"
	draft.Activities = append(draft.Activities, engine.ActivityDraft{Activity: engine.Activity{ID: "1.1/3", Measure: "1.1", Title: "Třetí"}})
	h.must(h.office.Import(ctx, draft, who))
	m := list()
	if len(m) != 2 || m[0].Event != "activity_changed" || m[1].Event != "reimported" || m[1].PlanAs == nil || len(m[1].Before) != 1 || m[1].Before[0].Title != "První" || m[1].Added[0] != "1.1/3" || m[1].Touched != 2 {
		t.Fatalf("amendments: %+v", m)
	}
	_, _, then, err := h.office.PlanOn(ctx, "kp", m[1].Day.AddDays(-1))
	h.must(err)
	if len(then) != 1 || then[0].Title != "První" {
		t.Errorf("before the second import: %+v", then)
	}
	h.signIn()
	h.get("/stul/plan/kp/zmeny").want(t, 200, "opětovné načtení ze souboru", "dotčeny 2 aktivity")
	h.get("/stul/plan/kp/zmeny/2").want(t, 200, "Terénní služby", "První jinak", "přibyla", "Třetí")
}

// The leader of a working group finds its own areas in the tree, and no others.
func TestLeadersSeeTheirAreas(t *testing.T) {
	h := newHouse(t)
	for id, area := range map[string]string{"vedouci": "1", "jina": "9"} {
		h.add("klatovy", engine.Account{ID: id, Name: id, Email: id + "@example.cz", Role: engine.RoleLeader, Areas: []string{area}})
	}
	h.signInAs("vedouci")
	h.get("/stul/plan/ap2023").tells(t, 200, "Seniori", "Informovanost")
	h.signInAs("jina")
	h.get("/stul/plan/ap2023").hides(t, "Seniori")
}
