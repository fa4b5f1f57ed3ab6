package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

// decision gives the form of the desk about Charita's first item.
func decision(action string, revision string) url.Values {
	return url.Values{"action": {action}, "plan": {"ap2023"}, "obdobi": {"2023"}, "aktivita": {"1.1/1"}, "organizace": {"charita"},
		"revize": {revision}, "stav": {"partial"}, "hotovo": {"Služba jezdí v šesti obcích."}, "chybi": {"Chybí víkendy."}, "cislo-0": {"57,5"}}
}

func TestQueueShowsWhatIsCompared(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul").want(t, 200, "1 zpráva potřebuje vaši pozornost", "<strong>0 z 3</strong>", "mlčí", "23.\u00a01.\u00a02024")
	h.post(h.path("charita"), answers()).want(t, 303)
	f := url.Values{"action": {"odeslat"}, "kdo": {"Petr Zlý " + hostile}, "a1-stav": {"fulfilled"}, "a1-hotovo": {"Hotovo " + hostile}}
	h.post(h.path("zla"), f).want(t, 303)
	f = url.Values{"action": {"odeslat"}, "kdo": {"Jan Zkušební"}, "a2-stav": {"in_progress"}, "a2-hotovo": {"Rozjíždíme."}}
	h.post(h.path("charita"), f).want(t, 303)
	r := h.get("/stul")
	r.want(t, 200, "3 odpovědi čekají na schválení", "Co slibuje plán", "do konce roku 2023", "Jan Zkušební", "přišlo odkazem", "1. verze",
		"Odpovědi dalších organizací", "Služba jezdí v šesti obcích.", "Schválit vybrané beze změn", "odpověděla zčásti", "(2 z 3)", "Odpovědělo <strong>2 z 3</strong> organizací; 2 ještě dluží odpověď")
	noBreakOut(t, r.body)
}

func TestApproveAsItIs(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	f := decision("schvalit", "1")
	f.Set("dalsi", "continue")
	r := h.post("/stul/rozhodnuti", f)
	r.want(t, 303)
	h.get(r.head.Get("Location")).want(t, 200, "Schválena 1 odpověď.")
	e := h.entry("1.1/1")
	if e.State != engine.Partial || e.ApprovedBy != who.Name || e.NextStep != engine.Continue || e.Missing != "Chybí víkendy." {
		t.Errorf("entry: %+v", e)
	}
	h.post("/stul/rozhodnuti", decision("schvalit", "1")).want(t, 409, "už bylo rozhodnuto", "schváleno")
}

func TestApproveWithEdit(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	f := decision("upravit", "1")
	f.Set("chybi", "")
	h.post("/stul/rozhodnuti", f).want(t, 422, "co chybí nebo proč", "Služba jezdí", "details open")
	f.Set("chybi", "Chybí neděle.")
	f.Set("dalsi", "postpone")
	h.post("/stul/rozhodnuti", f).want(t, 422, "vyberte den", "Chybí neděle.")
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
	stale := decision("upravit", "1")
	stale.Set("hotovo", "Moje úprava staré odpovědi.")
	r := h.post("/stul/rozhodnuti", stale)
	r.want(t, 409, "Organizace mezitím odpověděla znovu", "Chybí víkendy.", "Od ledna jezdí i o víkendu.", "Moje úprava staré odpovědi.",
		`name="revize" value="2"`)
	if h.entry("1.1/1").State != engine.Planned {
		t.Error("a stale approval moved the entry")
	}
	h.post("/stul/rozhodnuti", decision("schvalit", "2")).want(t, 303)
	if e := h.entry("1.1/1"); e.Narrative != "Od ledna jezdí i o víkendu." {
		t.Errorf("entry: %+v", e)
	}
}

func TestReturnWithQuestion(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decision("vratit", "1")).want(t, 422, "napište, co má organizace doplnit")
	f := decision("vratit", "1")
	f.Set("otazka", "Kolik klientů?")
	h.post("/stul/rozhodnuti", f).want(t, 303)
	h.get("/stul").want(t, 200, "1 vráceno k doplnění")
	h.post("/stul/rozhodnuti", decision("roztrhat", "1")).want(t, 422)
}

func TestBulkIsManyDecisions(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	p := h.path("charita")
	f := answers()
	f.Set("a2-stav", "in_progress")
	f.Set("a2-hotovo", "Jezdíme.")
	f.Set("a3-stav", "planned")
	h.post(p, f).want(t, 303)
	bulk := url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "organizace": {"charita"}, "vyber": {"1:1.1/1", "1:1.1/2", "7:1.2/1"}}
	r := h.post("/stul/hromadne", bulk)
	r.want(t, 303)
	h.get(r.head.Get("Location")).want(t, 200, "1 odpověď se schválit nepodařilo")
	lines := 0
	h.must(h.office.Records.Journal(context.Background(), 1, func(l engine.JournalLine) error {
		if l.Event == "approved" {
			lines++
		}
		return nil
	}))
	if lines != 2 {
		t.Errorf("%d approvals in the journal, want 2", lines)
	}
	bulk.Del("vyber")
	r = h.post("/stul/hromadne", bulk)
	h.get(r.head.Get("Location")).want(t, 200, "Nevybrali jste")
}

func TestFinalEntriesAreReopenedFirst(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	p, list := h.path("charita"), "/stul/aktivity/ap2023/2023"
	h.post(p, answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decision("schvalit", "1")).want(t, 303)
	f := answers()
	f.Set("a1-stav", "fulfilled")
	h.post(p, f).want(t, 303)
	h.get("/stul").want(t, 200, "Pozor:", "znovu otevřete", "#1.1%2F1")
	h.post("/stul/rozhodnuti", decision("schvalit", "2")).want(t, 409, "nejprve ho s odůvodněním otevřete")
	h.get(list).want(t, 200, "částečně splněno", who.Name, "Znovu otevřít", "1 odpověď čeká na schválení", "bez odpovědi")
	open := url.Values{"action": {"otevrit"}, "aktivita": {"1.1/1"}}
	h.post(list, open).want(t, 422, "napište, proč se výsledek bere zpět")
	open.Set("duvod", "Přišla nová odpověď.")
	h.post(list, open).want(t, 303)
	h.post(list, open).want(t, 409, "Aktivita mezitím stojí jinak")
	h.post("/stul/rozhodnuti", decision("schvalit", "2")).want(t, 303)
	if h.entry("1.1/1").State != engine.Fulfilled {
		t.Error("the reopened entry did not move")
	}
}

func TestReportOnBehalf(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	list := "/stul/aktivity/ap2023/2023"
	f := url.Values{"action": {"zaznamenat"}, "aktivita": {"1.2/2"}, "stav": {"unfulfilled"}}
	h.post(list, f).want(t, 422, "napište, co chybí nebo proč", "napište, odkud to víte")
	f.Set("chybi", "Pro nezájem se nekonal.")
	f.Set("zdroj", "telefonát 22. 1.")
	h.post(list, f).want(t, 303)
	if e := h.entry("1.2/2"); e.State != engine.Unfulfilled || e.Source != "coordinator" {
		t.Errorf("entry: %+v", e)
	}
	h.get(list).want(t, 200, "zapsáno za organizaci")
	f.Set("aktivita", "9.9/9")
	h.post(list, f).want(t, 404)
	h.get("/stul/aktivity/jiny/2023").want(t, 404)
}

func TestEvaluationIsApprovedAsShown(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := "/stul/vyhodnoceni/ap2023/2023"
	h.get(page).want(t, 200, "zatím nebylo sestaveno")
	h.post(page, url.Values{"action": {"obnovit"}}).want(t, 303)
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	version := strconv.Itoa(e.Version)
	h.get(page).want(t, 200, "koncept", "Bez odpovědi zatím zůstává aktivit: 4", `name="verze" value="`+version+`"`, "soubor/vyhodnoceni.pdf", "<iframe")
	h.post(page, url.Values{"action": {"schvalit"}, "verze": {version}}).want(t, 422, "zaškrtněte")
	h.post(page, url.Values{"action": {"schvalit"}, "verze": {"99"}, "potvrzeni": {"1"}}).want(t, 409, "sestaven znovu")
	h.post(page, url.Values{"action": {"schvalit"}, "verze": {version}, "potvrzeni": {"1"}}).want(t, 303)
	h.get(page).want(t, 200, "schválené", "Otisk dokumentu")
	h.post(page, url.Values{"action": {"opravit"}}).want(t, 422, "napište, proč se vyhodnocení opravuje")
	r := h.post(page, url.Values{"action": {"opravit"}, "duvod": {"Překlep."}})
	h.get(r.head.Get("Location")).want(t, 200, "Od schválení se nic nezměnilo")
	h.must(h.office.Report(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"},
		engine.Answer{Status: engine.Unfulfilled, Missing: "Nekonal se."}, "", "telefon", who))
	h.post(page, url.Values{"action": {"opravit"}, "duvod": {"Doplněna aktivita."}}).want(t, 303)
	h.get(page).want(t, 200, "oprava č. 2", "Doplněna aktivita.", "1.2/2", "Předchozí verze")
	h.get("/stul").want(t, 200, "1 koncept vyhodnocení čeká")

	pdf := h.get(page + "/soubor/vyhodnoceni.pdf")
	pdf.want(t, 200)
	if d := pdf.head.Get("Content-Disposition"); d != "attachment; filename=vyhodnoceni.pdf" {
		t.Errorf("disposition %q", d)
	}
	html := h.get(page + "/soubor/vyhodnoceni.html")
	html.want(t, 200, "Dokument.")
	if html.head.Get("Content-Security-Policy") != paperPolicy {
		t.Error("the document is not shown in a sandbox")
	}
	h.get(page+"/soubor/..%2f..%2fetc%2fpasswd").want(t, 404)
}

func TestOutboxShowsOutcomes(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/posta").want(t, 200, "charita@example.cz", "odesláno", "nedoručeno", "550 no such user", "žádost o stav")
	h.get("/stul/posta/zprava?klic=organisation/charita/2024-01-23").want(t, 200, "Text zprávy", "request Charita Vzorov", "charita@example.cz")
}

func TestLinkIsReplaced(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	old := h.path("charita")
	f := url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "organizace": {"charita"}, "action": {"novy"}}
	r := h.post("/stul/odkaz", f)
	h.get(r.head.Get("Location")).want(t, 200, "Starý odkaz už neplatí")
	h.get(old).want(t, 404)
	f.Set("action", "zneplatnit")
	h.post("/stul/odkaz", f).want(t, 303)
	h.get(h.path("charita")).want(t, 410)
	f.Set("action", "")
	h.post("/stul/odkaz", f).want(t, 422)
}

// noBreakOut checks that no hostile text became an element or an attribute.
func noBreakOut(t *testing.T, body string) {
	t.Helper()
	for _, bad := range []string{"<script>alert", "<img src=x", "</textarea></title>", `"><script`} {
		if strings.Contains(body, bad) {
			t.Errorf("a hostile text broke out: %s", bad)
		}
	}
}

func TestBoardTellsWhoAnsweredThemselves(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	f := url.Values{"action": {"odeslat"}, "kdo": {"Jan Zkušební"}, "a2-stav": {"in_progress"}, "a2-hotovo": {"Jezdíme."}}
	h.post(h.path("charita"), f).want(t, 303)
	h.get("/stul").want(t, 200, "<strong>1 z 3</strong> organizací", "odpověděla zčásti", "odpověděl někdo jiný", "mlčí")
}

func TestDecideWhatFollows(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	list := "/stul/aktivity/ap2023/2023"
	h.post(h.path("charita"), answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decision("schvalit", "1")).want(t, 303)
	h.get(list).want(t, 200, "Rozhodnout, co dál", "nerozhodnuto")
	f := url.Values{"action": {"rozhodnout"}, "aktivita": {"1.1/1"}, "dalsi": {"postpone"}}
	h.post(list, f).want(t, 422, "vyberte den, na který se aktivita odkládá")
	f.Set("odlozeno", "2024-06-30")
	h.post(list, f).want(t, 303)
	if e := h.entry("1.1/1"); e.NextStep != engine.Postpone || e.PostponedTo != "2024-06-30" {
		t.Errorf("entry: %+v", e)
	}
	f.Set("dalsi", "carry_over") // the day left in its field is not meant
	h.post(list, f).want(t, 303)
	if e := h.entry("1.1/1"); e.NextStep != engine.CarryOver || e.PostponedTo != "" {
		t.Errorf("entry: %+v", e)
	}
}

func TestReleaseMail(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.must(h.office.Records.Commit(t.Context(), engine.Change{At: h.now(), Actor: who, Event: "letters", Messages: []engine.Message{
		{Key: "organisation/charita/2024-01-02", Kind: engine.LetterRequest, To: "zla@example.cz", Subject: "Zadržená", State: engine.Held,
			Raw: []byte("x"), CreatedAt: h.now(), LastError: "spojení spadlo"}}}))
	h.get("/stul/posta").want(t, 200, "Zadržená", "Přesto poslat znovu")
	h.post("/stul/posta", url.Values{"zprava": {"organisation/charita/2024-01-02"}}).want(t, 303)
	h.post("/stul/posta", url.Values{"zprava": {"organisation/charita/2024-01-02"}}).want(t, 409)
	h.post("/stul/posta", url.Values{"zprava": {"neznámá"}}).want(t, 409)
}

// A figure that does not fit what was approved about the same year is pointed out.
func TestFiguresThatDoNotAgree(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.must(h.office.Records.Commit(t.Context(), engine.Change{At: h.now(), Actor: who, Event: "imported",
		Seasons: []engine.Season{{Plan: "ap2023", Period: engine.Year(2022), State: engine.SeasonClosed}},
		Entries: []engine.Entry{{EntryKey: engine.EntryKey{Plan: "ap2023", Period: "2022", Activity: "1.1/1"}, State: engine.Partial,
			Narrative: "2022: 235 klientů", ApprovedBy: "Jana", ApprovedAt: h.now()}}}))
	f := answers()
	f.Set("a1-hotovo", "Rok 2022: 240 klientů, 2023: 260 klientů.")
	h.post(h.path("charita"), f).want(t, 303)
	h.get("/stul").want(t, 200, "Čísla nesouhlasí", "235 klientů", "240 klientů")
	f.Set("a1-hotovo", "Rok 2022: 235 klientů, 2023: 260 klientů.")
	h.post(h.path("charita"), f).want(t, 303)
	if r := h.get("/stul"); strings.Contains(r.body, "Čísla nesouhlasí") {
		t.Error("figures that agree are called a contradiction")
	}
}
