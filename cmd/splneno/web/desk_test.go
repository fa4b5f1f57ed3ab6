package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

func TestEvaluationIsApprovedAsShown(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := "/stul/vyhodnoceni/ap2023/2023"
	h.get(page).want(t, 200, "zatím nebylo sestaveno")
	h.post(page, url.Values{"action": {"obnovit"}}).want(t, 303)
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	version := strconv.Itoa(e.Version)
	h.get(page).want(t, 200, "koncept", "Bez odpovědi: 4 aktivity.", `name="verze" value="`+version+`"`, "soubor/vyhodnoceni.pdf", "<iframe")
	h.post(page, url.Values{"action": {"schvalit"}, "verze": {version}}).want(t, 422, "Zaškrtněte")
	h.post(page, url.Values{"action": {"schvalit"}, "verze": {"99"}, "potvrzeni": {"1"}}).want(t, 409, "Projděte si prosím novou podobu")
	h.post(page, url.Values{"action": {"schvalit"}, "verze": {version}, "potvrzeni": {"1"}}).want(t, 303)
	h.get(page).want(t, 200, "schválené", "Otisk dokumentu")
	h.post(page, url.Values{"action": {"opravit"}}).want(t, 422, "Napište, proč se vyhodnocení opravuje")
	r := h.post(page, url.Values{"action": {"opravit"}, "duvod": {"Překlep."}})
	h.get(r.head.Get("Location")).want(t, 200, "Od schválení se nic nezměnilo")
	h.must(h.office.Report(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"},
		engine.Answer{Status: engine.Unfulfilled, Missing: "Nekonal se."}, "", "telefon", who))
	h.post(page, url.Values{"action": {"opravit"}, "duvod": {"Doplněna aktivita."}}).want(t, 303)
	h.get(page).want(t, 200, "znění č. 2", "Doplněna aktivita.", "1.2/2", "Předchozí znění")
	h.get("/stul").want(t, 200, "<strong>1</strong> koncept vyhodnocení")

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
	f := url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "action": {"novy"}}
	r := h.post("/stul/organizace/charita/odkaz", f)
	h.get(r.head.Get("Location")).want(t, 200, "Starý odkaz už neplatí")
	h.get(old).want(t, 404)
	f.Set("action", "zneplatnit")
	h.post("/stul/organizace/charita/odkaz", f).want(t, 303)
	h.get(h.path("charita")).want(t, 410)
	f.Set("action", "")
	h.post("/stul/organizace/charita/odkaz", f).want(t, 422)
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
	h.get("/stul").want(t, 200, "<strong>1 z 3</strong> organizací", "odpověděla zčásti", "nemusí odpovídat", "mlčí")
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
