package web

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

// target gives the field that names an organisation's request.
func targetOf(organisation string) string {
	return newTarget(engine.Request{Plan: "ap2023", Period: "2023", Organisation: organisation}, nil).Value
}

func TestPenShowsWhatWaits(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/prichozi").tells(t, 200, "Zadna zprava na vas neceka", "ceka na zarazeni <span class=\"count\">0<")
	h.get("/stul").hides(t, `href="/stul/prichozi"><strong>`)
	stray := h.receives("stray")
	h.receives("stranger", "forged", "suspicious", "empty", "absence", "list", "copy", "unreadable")
	h.get("/stul").tells(t, 200, `href="/stul/prichozi"><strong>6</strong>`)
	r := h.get("/stul/prichozi")
	r.tells(t, 200, `href="/stul/prichozi/`+stray+`"`, "Bozena Prikladna", "&lt;<bdi>charita@example.cz</bdi>&gt;", "Katalog a pecovatelska", "23. 1. 2024 09:00",
		"Nenese znacku zadosti", "Nejspis: Charita Vzorov, obdobi 2023", "Kontrola odesilatele neprosla", "Hlavicka zpravy je podezrela", "Krome pozdravu",
		"nepodarilo celou precist", "(bez predmetu)", "3 prilohy", "bez jednoho odesilatele", `aria-current="page"`)
	r.hides(t, "Automaticka odpoved: mimo", "Novinky v socialnich")
	h.get("/stul/prichozi?stav=automatic").tells(t, 200, "Automaticka odpoved: mimo kancelar", "Organizace: Charita Vzorov")
	h.get("/stul/prichozi?stav=duplicate").tells(t, 200, "Tytez zpravy prisly vickrat", "Katalog a pecovatelska")
	h.get("/stul/prichozi?stav=blocked").tells(t, 200, "Zadna takova zprava zatim neprisla")
	h.get("/stul/prichozi?stav="+url.QueryEscape(hostile)).tells(t, 200, "Katalog a pecovatelska")
}

// A page lists the newest mails, and says how many there are.
func TestPenIsPaged(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	for i := range 2*mailsAPage + 5 {
		in := engine.Inbound{ID: strings.Repeat("a", 60) + string(rune('0'+i/100)) + string(rune('0'+i/10%10)) + string(rune('0'+i%10)), ReceivedAt: h.now()}
		_, err := h.office.Records.AddInbound(context.Background(), in)
		h.must(err)
	}
	seen := map[string]bool{}
	for n, want := range []int{mailsAPage, mailsAPage, 5} {
		r := h.get("/stul/prichozi?stav=received&strana=" + strconv.Itoa(n+1))
		r.tells(t, 200, fmt.Sprintf("%d\u2013%d z 105", n*mailsAPage+1, n*mailsAPage+want), "jeste necteno <span class=\"count\">105<")
		for _, m := range regexp.MustCompile(`<h3><a href="([^"]*)"`).FindAllStringSubmatch(r.body, -1) {
			seen[m[1]] = true
		}
		if got := strings.Count(r.body, `<article class="mail">`); got != want {
			t.Errorf("page %d shows %d mails", n+1, got)
		}
	}
	if len(seen) != 2*mailsAPage+5 {
		t.Errorf("%d mails are on some page", len(seen))
	}
}

func TestMailIsShownAsText(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	stray := h.receives("stray")
	page := "/stul/prichozi/" + stray
	h.get(page).tells(t, 200, "z postovni schranky", "</span> neoveren</span>", "Proc ceka:", "Nejspis od", "<pre class=\"own\" lang=\"cs\">Dobry den,", "3 castecne – katalog je v tisku",
		"<summary>Citovany text", "&gt; prosime o stav", "katalog poskytovatelu.pdf", "2,3 MB", "obsahuje skodlivy program, nevydava se", "balik Outlooku",
		`href="`+page+`/priloha/1"`, `href="`+page+`/priloha/3"`, "Puvodni zprava se nevydava", `<option value="ap2023/2023/charita">Charita Vzorov, obdobi 2023 (odhad`,
		"Odlozit zpravu", "Blokovat odesilatele", "z teto adresy pise Charita Vzorov")
	h.get(page).hides(t, `href="`+page+`/priloha/2"`, " selected")
	h.get("/stul/prichozi/"+h.receives("suspicious")).tells(t, 200, "ma vic odesilatelu", "poctivy postovni program nepise", "bez jednoho odesilatele", `<option value="">vyberte organizaci`)
	h.get("/stul/prichozi/"+h.receives("forged")).tells(t, 200, "nesouhlasi", "Kontrola odesilatele neprosla", `<option value="">vyberte organizaci`)
	h.get("/stul/prichozi/"+h.receives("bounce")).tells(t, 200, "nedoruceno; adresa zprav", "550 5.1.1 no such user", "zla@example.cz")
	h.get("/stul/prichozi/"+h.receives("absence")).tells(t, 200, "Posledni den</dt><dd>2. 2. 2024", "Kveta Nahradni", "nahradni@example.cz", "Je to odpoved")
	h.get("/stul/prichozi/"+h.receives("copy")).tells(t, 200, `href="`+page+`">stejna zprava, ktera prisla driv`)
	h.get("/stul/prichozi/"+h.receives("reply")).tells(t, 200, "Co z ni vzniklo", `<a href="/stul/odpovedi">Aktivita 1.1/1</a>`, "ceka na schvaleni", "</span> overen</span>", "Stahnout puvodni")
}

// A letter of ours that was quoted holds keys; the page does not.
func TestKeysInQuotedLettersAreMasked(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := h.get("/stul/prichozi/" + h.receives("reply"))
	page.tells(t, 200, "/o/\u2026. Odpovedi chodi na odpovedi&#43;\u2026@klatovy.example", "0123456789abcdef0123456789abcdef")
	r, err := h.office.Records.Request(context.Background(), "ap2023", "2023", "charita")
	h.must(err)
	page.hides(t, h.path("charita")[3:], h.signer.ReplyToken("klatovy", r))
}

func TestLongTextsAreCut(t *testing.T) {
	for _, n := range []int{0, maxShown, maxShown + 1} {
		p := inboundPage{}
		p.show(engine.Mail{Own: strings.Repeat("\u0159", n)})
		if got := len([]rune(p.Own)); got != min(n, maxShown) || p.Cut != (n > maxShown) {
			t.Errorf("of %d characters %d are shown, said: %v", n, got, p.Cut)
		}
	}
}

func TestForeignMailIsNotFound(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.receives("stray")
	_, err := h.office.Records.AddInbound(context.Background(), engine.Inbound{ID: "x", Raw: []byte("no bytes have this sum")})
	h.must(err)
	for _, id := range []string{strings.Repeat("0", 64), strings.Repeat("0", 63), "x", strings.Repeat("A", 64), "..%2f..%2fetc%2fpasswd", "%00", strings.Repeat("0", 64) + "%20"} {
		page := "/stul/prichozi/" + id
		for _, path := range []string{page, page + "/original", page + "/priloha/1"} {
			h.get(path).tells(t, 404, "Tady nic neni")
		}
		h.post(page, url.Values{"action": {"nic"}}).tells(t, 404)
	}
}

func TestAssignMakesProposals(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	id := h.receives("stray")
	page := "/stul/prichozi/" + id
	h.post(page, url.Values{"action": {"zaradit"}, "komu": {""}}).tells(t, 422, "Vyberte prosim, ci odpoved to je", `aria-invalid="true"`, "katalog je v tisku")
	h.post(page, url.Values{"action": {"zaradit"}, "komu": {targetOf("nikdo")}}).tells(t, 422, "Vyberte prosim")
	h.post(page, url.Values{"action": {"zaradit"}, "komu": {"%zz;;"}}).tells(t, 422, "Vyberte prosim")
	h.post(page, url.Values{"action": {"roztrhat"}}).tells(t, 422)
	r := h.post(page, url.Values{"action": {"zaradit"}, "komu": {targetOf("charita")}})
	if to := r.head.Get("Location"); r.status != 303 || to != "/stul/odpovedi?n=2&zprava=zarazeno" {
		t.Errorf("%d to %q", r.status, to)
	}
	h.get("/stul/odpovedi?n=2&zprava=zarazeno").tells(t, 200, "Zprava je zarazena: 2 odpovedi cekaji", "bez znacky, zaradil koordinator", "castecne splneno",
		`href="`+page+`" data-key="o">Cela zprava</a>`, "Prilohy zpravy:", "katalog poskytovatelu.pdf", "Napsal(a) <bdi>Bozena Prikladna")
	if got := h.proposals(); len(got) != 2 || got[0].Channel != engine.ByNone || h.inbound(id).DecidedBy != who.Name {
		t.Errorf("proposals: %+v", got)
	}
	h.get(page).tells(t, 200, "Co z ni vzniklo", "Aktivita 1.2/1", who.Name)
	h.get(page).hides(t, "Zaradit jako odpoved")
	h.post(page, url.Values{"action": {"zaradit"}, "komu": {targetOf("charita")}}).tells(t, 409, "uz rozhodl nekdo jiny")
	h.post(page, url.Values{"action": {"nic"}}).tells(t, 409, "uz rozhodl nekdo jiny")
	if e := h.entry("1.1/1"); e.State != engine.Planned {
		t.Errorf("assigning moved the entry: %+v", e)
	}
}

func TestAssignSaysWhyNot(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	form := url.Values{"action": {"zaradit"}, "komu": {targetOf("charita")}}
	h.post("/stul/prichozi/"+h.receives("suspicious"), url.Values{"action": {"blokovat"}}).tells(t, 422, "nema jednoho jasneho odesilatele")
	h.receives("plain") // answers everything
	idle := h.receives("stranger")
	h.post("/stul/prichozi/"+idle, form).tells(t, 409, "organizace uz na vsechno odpovedela", "Mame pro vas zidle", " selected>Charita Vzorov")
	h.must(h.office.RevokeLink(context.Background(), "ap2023", "2023", "charita", false, who))
	h.get("/stul/prichozi/"+idle).tells(t, 200, "disabled>Charita Vzorov (odkaz zneplatnen)")
	h.post("/stul/prichozi/"+idle, form).tells(t, 409, "Odpovedi teto organizace se uz neprijimaji")
	if in := h.inbound(idle); in.State != engine.InboundHeld {
		t.Errorf("the mail moved: %v", in.State)
	}
}

func TestIgnoreAndBlock(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	id := h.receives("stranger")
	page := "/stul/prichozi/" + id
	h.get(page).tells(t, 200, "nabidky@obchod.example</bdi></strong>")
	r := h.post(page, url.Values{"action": {"nic"}})
	h.get(r.head.Get("Location")).tells(t, 200, "Zprava je odlozena", "Zadna zprava na vas neceka")
	h.get(page).tells(t, 200, "odlozeno", who.Name, "Zaradit jako odpoved")
	h.get(page).hides(t, "Odlozit zpravu")
	r = h.post(page, url.Values{"action": {"blokovat"}})
	h.get(r.head.Get("Location")).tells(t, 200, "Odesilatel je zablokovany")
	m, err := h.office.Records.Municipality(context.Background())
	h.must(err)
	if h.inbound(id).State != engine.InboundBlocked || len(m.Blocked) != 1 || m.Blocked[0] != "nabidky@obchod.example" {
		t.Errorf("blocked: %v", m.Blocked)
	}
	h.get(page).hides(t, "Blokovat odesilatele")
	h.get("/stul/prichozi?stav=blocked").tells(t, 200, "Vyhodna nabidka", "Rozhodl(a) "+who.Name)
}

func TestEveryValueOfMailHasItsSentence(t *testing.T) {
	w := loadCatalogue()
	var keys []string
	for _, s := range engine.InboundStates() {
		keys = append(keys, "inbound."+string(s), "inbound-about."+string(s))
	}
	for _, why := range []engine.HeldReason{engine.HeldNoToken, engine.HeldForged, engine.HeldSuspicious, engine.HeldUnreadable, engine.HeldClosed, engine.HeldEmpty, engine.HeldNothingOwed} {
		keys = append(keys, "held."+string(why))
	}
	for _, by := range []engine.Channel{engine.ByLink, engine.ByAuthenticated, engine.ByToken, engine.ByNone, engine.ByCoordinator} {
		keys = append(keys, "trust."+string(by))
	}
	for _, kind := range []engine.LetterKind{engine.LetterRequest, engine.LetterReminder, engine.LetterDeadline, engine.LetterReturned, engine.LetterEscalation,
		engine.LetterDigest, engine.LetterRollUp, engine.LetterReceipt} {
		keys = append(keys, "letter."+string(kind))
	}
	for _, way := range []string{"imap", "lmtp", "smtp", "pipe", "folder"} {
		keys = append(keys, "via."+way)
	}
	for _, action := range []string{"failed", "delayed", "delivered", "relayed", "expanded"} {
		keys = append(keys, "report."+action)
	}
	for _, problem := range []string{"type", "size", "infected", "winmail", "unchecked"} {
		keys = append(keys, "attachment."+problem)
	}
	for _, key := range keys {
		if w[key] == nil {
			t.Errorf("%q has no sentence", key)
		}
	}
}
