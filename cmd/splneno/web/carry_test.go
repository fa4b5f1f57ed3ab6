package web

import (
	"context"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

const carryDesk, season = "/stul/prevod/ap2023/2023", "/stul/vyhodnoceni/ap2023/2023"

// results makes results official: one partial, two unfulfilled, one that runs on.
func (h *house) results() {
	h.t.Helper()
	for id, a := range map[string]engine.Answer{
		"1.1/1": {Status: engine.Partial, Done: "Služba jezdí v šesti obcích.", Missing: "Chybí víkendy.", Numbers: []engine.Number{{Name: "Počet klientů", Unit: "osob", Value: 57.5}}},
		"1.1/2": {Status: engine.Partial, Done: "Terénní forma běží.", Missing: "Ambulantní forma chybí."},
		"1.2/1": {Status: engine.Unfulfilled, Missing: "Nebyly peníze na tisk."},
		"1.2/2": {Status: engine.Unfulfilled, Missing: "Nekonal se."},
	} {
		h.must(h.office.Report(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: id}, a, "", "telefon", who))
	}
}

// decides sends the form of the carry-over desk.
func (h *house) decides(id string, more ...string) reply {
	h.t.Helper()
	f := url.Values{"aktivita": {id}, "verze": {strconv.Itoa(h.entry(id).Version)}}
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return h.post(carryDesk, f)
}

func (h *house) draft() engine.Evaluation {
	h.t.Helper()
	h.post(season, url.Values{"action": {"obnovit"}}).want(h.t, 303)
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	return e
}

func (h *house) approveIt() {
	h.t.Helper()
	e := h.draft()
	h.post(season, url.Values{"action": {"schvalit"}, "verze": {strconv.Itoa(e.Version)}, "potvrzeni": {"1"}}).want(h.t, 303)
}

// The end of a year at the front door: decide all, prepare the next plan,
// approve, write a resolution down, restate.
func TestFromResultsToTheNextPlan(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.get(carryDesk).want(t, 200, "rozhodnuto 0 z 4", "Chybí víkendy.", "Ambulantní forma chybí.", "Označené: pokračovat")
	h.get(carryDesk+"/dalsi-plan").want(t, 200, "U 4 nedokončených aktivit ještě není rozhodnuto", "Akční plán sociálních služeb na rok 2024", `value="2024-01-01"`, `value="2024-12-31"`)
	next := url.Values{"nazev": {"Akční plán sociálních služeb na rok 2024"}, "od": {"2024-01-01"}, "do": {"2024-12-31"}}
	h.post(carryDesk+"/dalsi-plan", next).want(t, 422, "není co připravit", "rok 2024")

	h.decides("1.1/1", "krok", "carry_over:split", "nazvy", "Jen jedna část").want(t, 422, "nejméně dva názvy", "Jen jedna část")
	h.decides("1.1/1", "krok", "").want(t, 422, "Vyberte, co bude dál")
	h.decides("1.1/1", "krok", "postpone", "den", "nikdy").want(t, 422, "nikdy")
	h.decides("1.1/1", "krok", "drop", "duvod", " ").want(t, 422, "proč se aktivita vypouští")
	h.decides("1.1/1", "krok", "carry_over:split", "nazvy", "Večerní pečovatelská služba\r\nVíkendová pečovatelská služba").want(t, 303)
	h.post(carryDesk, url.Values{"action": {"pokracuji"}, "vyber": {strconv.Itoa(h.entry("1.1/2").Version) + ":1.1/2", "99:1.2/1"}}).want(t, 303)
	h.decides("1.2/1", "krok", "carry_over:rephrase", "nazvy", "Zveřejnit katalog na webu", "verze", "1").want(t, 409, "mezitím změnila", "Zveřejnit katalog na webu")
	h.decides("1.2/1", "krok", "carry_over:rephrase", "nazvy", "Zveřejnit katalog na webu").want(t, 303)
	h.get(carryDesk).want(t, 200, "rozhodnuto 3 z 4")
	h.decides("1.2/2", "krok", "drop", "duvod", "Veletrh pořádá kraj.").want(t, 303)
	h.get(carryDesk).want(t, 200, "rozhodnuto 4 z 4", "Tady už je rozhodnuto o všem")
	h.get(carryDesk+"?ukazat=vse").want(t, 200, "Veletrh pořádá kraj.", "Večerní pečovatelská služba")

	r := h.post(carryDesk+"/dalsi-plan", next)
	r.want(t, 303)
	if to := r.head.Get("Location"); !strings.HasPrefix(to, "/stul/plan/akcni-plan-socialnich-sluzeb-na-rok-2024?") || !strings.Contains(to, "n=4") {
		t.Errorf("to %q", to)
	}
	made, err := h.office.Records.Activities(context.Background(), "akcni-plan-socialnich-sluzeb-na-rok-2024")
	h.must(err)
	var got []string
	for _, a := range made {
		got = append(got, a.ID+" "+a.Title+" <- "+a.Carried[0].From+" "+string(a.Carried[0].How)+" "+string(a.Deadline.Kind))
	}
	want := []string{"1.1/1 Večerní pečovatelská služba <- ap2023/1.1/1 split none", "1.1/3 Víkendová pečovatelská služba <- ap2023/1.1/1 split none",
		"1.1/2 Zajistit odlehčovací službu <- ap2023/1.1/2 carry ongoing", "1.2/1 Zveřejnit katalog na webu <- ap2023/1.2/1 rephrase none"}
	if !slices.Equal(got, want) {
		t.Errorf("the next plan:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	h.post(carryDesk+"/dalsi-plan", next).want(t, 303) // again: nothing is added
	again, err := h.office.Records.Activities(context.Background(), "akcni-plan-socialnich-sluzeb-na-rok-2024")
	h.must(err)
	if len(again) != 4 || again[0].Version != made[0].Version {
		t.Errorf("doing it again changed the plan: %d activities", len(again))
	}
	if d, err := h.office.Export(context.Background(), "akcni-plan-socialnich-sluzeb-na-rok-2024"); err != nil || len(d.Activities) != 4 {
		t.Errorf("export: %v", err)
	}

	h.approveIt()
	h.resolveAndRestate(t)
}

// resolveAndRestate writes a resolution down that decides otherwise, and
// restates the evaluation.
func (h *house) resolveAndRestate(t *testing.T) {
	t.Helper()
	page := season + "/usneseni"
	f := url.Values{"organ": {"řídící skupina"}, "cislo": {"12/2024"}, "den": {"2024-01-23"}, "sloveso": {"charged"}, "text": {"Řídící skupina ukládá veletrh uspořádat."}}
	for field, bad := range map[string]string{"organ": "", "den": "2030-01-01", "sloveso": "vydrancovala"} {
		was := f.Get(field)
		f.Set(field, bad)
		h.post(page, f).want(t, 422, "Řídící skupina ukládá veletrh uspořádat.", `aria-invalid="true"`)
		f.Set(field, was)
	}
	h.post(page, f).want(t, 303)
	h.get(page+"/1").want(t, 200, "Uspořádat veletrh služeb", "řídící skupina, č. 12/2024, 23.")
	h.get(page+"/1?hledat=VYDAT+katalog").want(t, 200, "Nalezené aktivity", "Vydat katalog poskytovatelů")
	h.get(page+"/2").want(t, 404)
	items := url.Values{"action": {"polozky"}, "verze": {"1"}, "krok-1.2/2": {"postpone"}, "den-1.2/2": {""}, "pozn-1.2/2": {"s krajem"}, "krok-1.1/1": {""}}
	h.post(page+"/1", items).want(t, 422, "s krajem", `aria-invalid="true"`)
	items.Set("den-1.2/2", "2024-09-30")
	h.post(page+"/1", items).want(t, 303)
	h.post(page+"/1", items).want(t, 409, "opravil někdo jiný", "s krajem") // the form is of version 1
	if e := h.entry("1.2/2"); e.NextStep != engine.Postpone || e.PostponedTo != "2024-09-30" || e.Onward.Reason != "" {
		t.Errorf("the resolution decided: %+v", e)
	}
	if e := h.entry("1.1/1"); e.NextStep != engine.CarryOver {
		t.Errorf("what the resolution does not speak of was changed: %+v", e)
	}
	h.get(carryDesk+"?ukazat=vse").want(t, 200, "Rozhodlo usnesení:", "odložit (30.")
	f.Set("action", "hlavicka")
	f.Set("verze", "2")
	f.Set("cislo", "13/2024")
	h.post(page+"/1", f).want(t, 303)
	h.get(page).want(t, 200, "č. 13/2024", "3. znění zápisu", "ukládá", "(30.")

	h.post(season, url.Values{"action": {"opravit"}, "duvod": {"Rozhodnutí řídící skupiny."}}).want(t, 303)
	h.get(season).want(t, 200, "Co se liší od předchozího znění", "Rozhodnutí řídící skupiny.", "1.2/2", "vypustit", "odložit")
	h.get(season+"/prehled").want(t, 200, "Ukázat novější koncept", "ukládá")
	h.get(season+"/prehled?koncept").want(t, 200, "Předběžně.")
}

func TestForewordSurvivesRenewal(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	e := h.draft()
	f := url.Values{"action": {"slova"}, "cislo": {"1"}, "verze": {strconv.Itoa(e.Version)}, "uvod": {"Rok 2023 byl rokem změn."}, "zaver": {"Děkujeme."}}
	h.post(season, f).want(t, 303)
	h.post(season, f).want(t, 409, "Rok 2023 byl rokem změn.")
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"}, "Konal se.", who))
	if e = h.draft(); e.Foreword != "Rok 2023 byl rokem změn." || e.Conclusion != "Děkujeme." || e.Totals.Unfulfilled != 1 {
		t.Errorf("the renewed draft says %q and %q", e.Foreword, e.Conclusion)
	}
	h.approveIt()
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	f = url.Values{"action": {"slova"}, "cislo": {"1"}, "verze": {strconv.Itoa(e.Version)}, "schvalene": {"1"}, "uvod": {"Opravený úvod."}, "zaver": {"Děkujeme."}}
	h.post(season, f).want(t, 422, "Opravený úvod.", "Napište, proč se vyhodnocení opravuje")
	f.Set("duvod", "Oprava úvodu.")
	h.post(season, f).want(t, 303)
	all, err := h.office.Records.Evaluations(context.Background(), "ap2023", "2023")
	h.must(err)
	if len(all) != 2 || all[0].Foreword != "Rok 2023 byl rokem změn." || all[1].Foreword != "Opravený úvod." || all[1].State != engine.EvaluationDraft {
		t.Errorf("%d evaluations", len(all))
	}
}

func TestRewordingChangesOnlyWords(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get(season+"/vety").want(t, 200, "žádný schválený výsledek")
	h.results()
	before := h.entry("1.1/1")
	f := url.Values{"aktivita": {"1.1/1"}, "verze": {strconv.Itoa(before.Version)}, "hotovo": {"Služba jezdí v šesti obcích regionu."}, "chybi": {""}}
	h.post(season+"/vety", f).want(t, 422, "Služba jezdí v šesti obcích regionu.", `aria-invalid="true"`)
	f.Set("chybi", "Chybějí víkendy.")
	h.post(season+"/vety?opatreni=1.1", f).want(t, 303)
	h.post(season+"/vety", f).want(t, 409, "Chybějí víkendy.")
	after := h.entry("1.1/1")
	if after.Narrative != "Služba jezdí v šesti obcích regionu." || after.Missing != "Chybějí víkendy." {
		t.Errorf("entry %+v", after)
	}
	after.Narrative, after.Missing, after.Version = before.Narrative, before.Missing, before.Version
	if d := after.State == before.State && after.ApprovedAt.Equal(before.ApprovedAt) && after.NextStep == before.NextStep && after.Source == before.Source; !d {
		t.Errorf("rewording changed more than words: %+v", after)
	}
	h.get(season+"/vety?opatreni=1.2").want(t, 200, "Nebyly peníze na tisk.")
	if body := h.get(season + "/vety?opatreni=1.2").body; strings.Contains(body, "Chybějí víkendy.") {
		t.Error("another measure is shown")
	}
}

// The board behind a member's link: for reading, without an account, as long as
// the member is one.
func TestBoardByLink(t *testing.T) {
	h := newHouse(t)
	token := h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0)
	board := "/prehled/" + token
	h.get(board).want(t, 404) // nothing is approved
	h.signIn()
	h.results()
	h.approveIt()
	h.client = h.browser() // a member has no account
	page := h.get(board)
	page.want(t, 200, "Přehled je určen", "nesplněno", "Nebyly peníze na tisk.", "<svg role=\"img\"", "Celkem")
	if strings.Contains(page.body, "/stul/vyhodnoceni") || strings.Contains(page.body, "<form method=\"post\" action=\"/stul") {
		t.Error("the linked board leads to the desk")
	}
	h.get(board+"?vysledek=figures").want(t, 200, "57,5 osob", "60 osob", "Počet klientů")
	h.get(board+"?vysledek=partial").want(t, 200, "Chybí víkendy.")
	if r := h.send("POST", board, map[string][]string{"Sec-Fetch-Site": {"same-origin"}}); r.status != 405 && r.status != 404 {
		t.Errorf("POST: %d", r.status)
	}
	for _, bad := range []string{token[:31], token + "A", strings.Repeat("A", 32), h.signer.BoardToken("klatovy", "ap2023", "2023", "cizi@klatovy.example", 0),
		h.signer.BoardToken("klatovy", "ap2023", "2024", "rs@klatovy.example", 0), h.signer.BoardToken("susice", "ap2023", "2023", "rs@klatovy.example", 0)} {
		h.get("/prehled/"+bad).want(t, 404)
	}
	if log := h.logged(); strings.Contains(log, token) || !strings.Contains(log, "/prehled/…") {
		t.Error("the token stands in the log, or the visit does not")
	}
	_, err := h.office.SetUp(context.Background(), who, func(m *engine.Municipality) { m.Settings.LinkSerial++ })
	h.must(err)
	h.get(board).want(t, 404)
}

// The letter that takes the evaluation to a member carries the member's link.
func TestRollUpCarriesTheLink(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.approveIt()
	h.get(season).want(t, 200, "Komu vyhodnocení odešlo", "rs@klatovy.example", "znění č. 1")
	_, err := h.office.SetUp(context.Background(), who, func(m *engine.Municipality) {
		m.SteeringGroup = append(m.SteeringGroup, engine.Contact{Name: "Nová členka", Email: "nova@klatovy.example"})
	})
	h.must(err)
	h.get(season).want(t, 200, "1 člen řídící skupiny schválené vyhodnocení zatím nedostal")
	h.post(season, url.Values{"action": {"poslat"}}).want(t, 303)
	h.get(season).want(t, 200, "nova@klatovy.example")
	sent, err := h.office.Records.RollUps(context.Background(), "ap2023", "2023")
	h.must(err)
	if len(sent) != 2 {
		t.Errorf("%d letters", len(sent))
	}
}

func TestEvaluationsList(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/vyhodnoceni").want(t, 200, "zatím nesestaveno")
	h.draft()
	h.get("/stul/vyhodnoceni").want(t, 200, "koncept")
	h.get(season+"/prehled").want(t, 200, "Předběžně.", "neschválený koncept")
	h.wait(time.Hour)
	h.approveIt()
	h.get("/stul/vyhodnoceni").want(t, 200, "schválené")
	h.get("/stul/vyhodnoceni/ap2023/2019").want(t, 404)
}

// A figure's contrast with the white text on it (WCAG 1.4.3).
func TestLooksAreLegible(t *testing.T) {
	lin := func(hex string) float64 {
		v, err := strconv.ParseUint(hex, 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	hatches := map[any]string{}
	for name, k := range looks {
		if !regexp.MustCompile(`^#[0-9a-f]{6}$`).MatchString(k.Colour) {
			t.Fatalf("%s: %q", name, k.Colour)
		}
		l := 0.2126*lin(k.Colour[1:3]) + 0.7152*lin(k.Colour[3:5]) + 0.0722*lin(k.Colour[5:7])
		if contrast := 1.05 / (l + 0.05); contrast < 4.5 {
			t.Errorf("%s: contrast %.2f", name, contrast)
		}
		if hatches[k.Hatch] != "" {
			t.Errorf("%s looks like %s without colour", name, hatches[k.Hatch])
		}
		hatches[k.Hatch] = name
	}
	for _, s := range (engine.Totals{}).Shares() {
		if looks[s.Name].Colour == "" {
			t.Errorf("%s has no look", s.Name)
		}
	}
}

// Who only reads sees what is approved, and no form that changes anything.
func TestReadersSeeWhatIsApproved(t *testing.T) {
	h := newHouse(t)
	h.add("klatovy", engine.Account{ID: "clenka", Name: "Členka řídící skupiny", Email: "clenka@example.cz", Role: engine.RoleSteering})
	h.signIn()
	h.results()
	h.draft()
	h.signInAs("clenka")
	for _, p := range []string{season, season + "/prehled", season + "/soubor/vyhodnoceni.html"} {
		h.get(p).want(t, 404)
	}
	h.get("/stul/vyhodnoceni").want(t, 200, "Zatím tu není žádné vyhodnocení")
	for _, p := range []string{season + "/vety", carryDesk, carryDesk + "/dalsi-plan"} {
		h.get(p).want(t, 403)
	}
	h.signIn()
	h.approveIt()
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"}, "Konal se.", who))
	h.post(season, url.Values{"action": {"opravit"}, "duvod": {"Konal se."}}).want(t, 303)
	h.get(season).want(t, 200, "koncept")
	h.signInAs("clenka")
	for _, p := range []string{season, season + "/prehled", season + "/usneseni", "/stul/vyhodnoceni"} {
		r := h.get(p)
		r.want(t, 200)
		if body := main(r.body); strings.Contains(body, "koncept") || strings.Contains(body, `method="post"`) || strings.Contains(body, "/stul/prevod") {
			t.Errorf("%s shows a reader more than is approved:\n%.2000s", p, body)
		}
	}
	h.get(season+"/prehled?koncept").want(t, 200, "Schválené vyhodnocení")
}
