package web

import (
	"bytes"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/document"
)

// dump gives every row of every table, as text: what nobody without the right
// may change. Only when a session was last seen is left out. town keeps to the
// rows of one town, "" to none.
func (h *house) dump(town string) string {
	h.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(h.dir, "web.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	h.must(err)
	defer func() { h.must(db.Close()) }()
	var b strings.Builder
	tables := texts(h, db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
	for _, table := range tables {
		columns := texts(h, db, "SELECT name FROM pragma_table_info('"+table+"') WHERE NOT ('"+table+"' = 'session' AND name = 'seen_at')")
		where := ""
		if town != "" {
			if where = " WHERE tenant = '" + town + "'"; !strings.Contains(strings.Join(columns, " "), "tenant") {
				continue
			}
		}
		fields := "quote(" + strings.Join(columns, ")||','||quote(") + ")"
		for _, row := range texts(h, db, "SELECT "+fields+" FROM "+table+where+" ORDER BY 1") {
			fmt.Fprintln(&b, table, row)
		}
	}
	if len(tables) < 20 {
		h.t.Fatalf("only the tables %v are read", tables)
	}
	return b.String()
}

func texts(h *house, db *sql.DB, query string) (out []string) {
	h.t.Helper()
	rows, err := db.Query(query)
	h.must(err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s string
		h.must(rows.Scan(&s))
		out = append(out, s)
	}
	h.must(rows.Err())
	return out
}

// changed gives the lines that differ between two dumps, shortened.
func changed(before, after string) string {
	was := map[string]bool{}
	for _, line := range strings.Split(before, "\n") {
		was[line] = true
	}
	var out []string
	for _, line := range strings.Split(after, "\n") {
		if !was[line] {
			out = append(out, line[:min(len(line), 300)])
		}
	}
	return strings.Join(out, "\n")
}

// heldKey names a mail that waits to be released.
const heldKey = "organisation/charita/2024-01-02"

// busy fills the house with something of everything: answers that wait, one
// result, an evaluation, a resolution, a meeting, an amendment, mails in and out,
// what a town delivered to the region.
func (h *house) busy() {
	h.t.Helper()
	h.signIn()
	h.knows()
	h.must(h.office.Records.Commit(h.t.Context(), engine.Change{At: h.now(), Actor: who, Event: "letters", Messages: []engine.Message{
		{Key: heldKey, Kind: engine.LetterRequest, To: "charita@example.cz", Subject: "Z", State: engine.Held, Raw: []byte("x"), CreatedAt: h.now()}}}))
	said := three()
	said.Del("a3-stav") // about 1.2/1 she is silent
	said.Del("a3-hotovo")
	h.post(h.path("charita"), said).want(h.t, 303)
	h.must(h.office.Report(h.t.Context(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"},
		engine.Answer{Status: engine.Unfulfilled, Missing: "Nekonal se."}, "", "telefon", who))
	h.decides("1.2/2", "krok", "carry_over:rephrase", "nazvy", "Jinak").want(h.t, 303)
	f := h.activityFields("1.1/1")
	f.Set("skupina", "seniori")
	h.post("/stul/plan/ap2023/upravit/1.1/1", f).want(h.t, 303)
	h.draft()
	h.post(season+"/usneseni", resolutionFields("12/2024")).want(h.t, 303)
	h.post(season+"/jednani", meetingFields("2024-03-15")).want(h.t, 303)
	h.delivers(h.file(h.delivery("Mesto Tabor", "tabor", 1, 2)), "").want(h.t, 303)
	h.receives("stray")
	h.wait(24 * time.Hour)
	h.signIn()
}

// meetingFields call a meeting about an activity that is undecided.
func meetingFields(day string) url.Values {
	return url.Values{"organ": {"Ridici skupina"}, "den": {day}, "cas": {"14:00"}, "misto": {"radnice"}, "program": {"Zahajeni\nVyhodnoceni"},
		"polozka": {"1.2/2"}, "dalsi": {"1.1/1"}}
}

func resolutionFields(number string) url.Values {
	return url.Values{"organ": {"rada"}, "cislo": {number}, "den": {"2024-01-23"}, "sloveso": {"charged"}, "text": {"Rada uklada."}}
}

// readies does what must have happened before the form of a route is in order:
// only what is approved can be published.
func (h *house) readies(pattern string) {
	h.t.Helper()
	if pattern == "POST /stul/vyhodnoceni/{plan}/{period}/zverejneni" {
		h.approveIt()
	}
	if pattern == "POST "+holdEnd {
		h.holds()
	}
}

// validForms gives, for every route that takes a form at the desk, one that is
// in order: whoever has the right gets it stored. Files stand among the fields,
// under the names of fileFields.
func (h *house) validForms() map[string]url.Values {
	h.t.Helper()
	layout, err := document.ExampleLayout()
	h.must(err)
	edits := h.word("Jinak.")
	edits.Set("volba-1", "moje")
	shown := func(id string) string { return strconv.Itoa(h.entry(id).Version) }
	one := url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "organizace": {"charita"}, "action": {"novy"}}
	town := h.townForm()
	town.Set("obec", "Jinde")
	activity := h.activityFields("1.1/1")
	activity.Set("nazev", "Jinak")
	calendar := untouched(h.get("/stul/nastaveni/kalendar").body)
	calendar.Set("strop", "5")
	calendar.Set("action", "ulozit")
	quiet := url.Values{"organizace": {"charita"}, "action": {"nepsat"}}
	return map[string]url.Values{
		"POST /stul/ucet":                                      {"action": {"jazyk"}, "jazyk": {"en"}},
		"POST /stul/nastaveni/ucty":                            {"jmeno": {"Nova"}, "email": {"nova@example.cz"}, "role": {"reader"}},
		"POST /stul/nastaveni/ucty/{id}":                       {"action": {"pozvat"}},
		"POST /stul/znovu":                                     {"plan": {"ap2023"}, "obdobi": {"2023"}, "komu": {"charita"}},
		"POST /stul/rozhodnuti":                                decides("schvalit", "1.1/1", 1, nil),
		"POST /stul/hromadne":                                  ticks("vse", decides("", "1.1/1", 1, nil), decides("", "1.1/2", 1, nil)),
		"POST /stul/odkaz":                                     one,
		"POST /stul/kontakt":                                   {"organizace": {"charita"}, "action": {"jen-odpovedi"}},
		"POST /stul/aktivity/{plan}/{period}/{id...}":          {"action": {"poznamenat"}, "poznamka": {"Volali."}},
		"POST /stul/vyhodnoceni/{plan}/{period}":               {"action": {"slova"}, "cislo": {"1"}, "verze": {strconv.Itoa(h.evaluationVersion())}, "uvod": {"Uvod."}},
		"POST /stul/vyhodnoceni/{plan}/{period}/vety":          {"aktivita": {"1.2/2"}, "verze": {shown("1.2/2")}, "hotovo": {""}, "chybi": {"Nesel."}},
		"POST /stul/vyhodnoceni/{plan}/{period}/usneseni":      resolutionFields("13/2024"),
		"POST /stul/vyhodnoceni/{plan}/{period}/jednani":       meetingFields("2024-04-15"),
		"POST /stul/vyhodnoceni/{plan}/{period}/jednani/{id}":  {"action": {"zrusit"}, "verze": {"1"}, "duvod": {"Nemoc."}},
		"POST /stul/vyhodnoceni/{plan}/{period}/usneseni/{id}": {"action": {"polozky"}, "verze": {"1"}, "krok-1.2/2": {"postpone"}, "den-1.2/2": {"2024-09-30"}},
		"POST /stul/vyhodnoceni/{plan}/{period}/zverejneni":    {"action": {"zverejnit"}, "cislo": {"1"}, "potvrzeni": {"zverejnit"}},
		"POST /stul/vyhodnoceni/{plan}/{period}/upravy":        edits,
		"POST /stul/nastaveni/sablona":                         {"action": {"nahrat"}, "sablona": {string(layout)}},
		"POST /stul/kraj":                                      {"kdo": {""}, "soubor": {string(h.file(h.delivery("Mesto Susice", "susice", 1, 2)))}},
		"POST /stul/kraj/oblasti":                              {"verze": {"0"}, "co": {"mesto-tabor/0"}, "kam-0": {"-"}},
		"POST /stul/kraj/nastaveni":                            {"verze": {"0"}, "nazev": {"Kraj"}, "plan": {"ap2023"}, "obvody": {"Klatovy"}, "slovo-fulfilled": {"Hotovo"}},
		"POST /stul/prevod/{plan}/{period}":                    {"aktivita": {"1.2/2"}, "verze": {shown("1.2/2")}, "krok": {"drop"}, "duvod": {"Kraj."}},
		"POST /stul/prevod/{plan}/{period}/dalsi-plan":         {"nazev": {"Plan 2024"}, "od": {"2024-01-01"}, "do": {"2024-12-31"}},
		"POST /stul/posta":                                     {"zprava": {heldKey}},
		"POST /stul/pozastaveni":                               {"action": {"nikdy"}, "zprava": {heldKey}},
		"POST /stul/pozastaveni/konec":                         {"pocet": {h.held()}, "potvrzeni": {"1"}},
		"POST /stul/prichozi/{id}":                             {"action": {"zaradit"}, "komu": {targetOf("charita")}},
		"POST /stul/plan/{plan}/upravit":                       {"verze": {h.planVersion()}, "nazev": {"Jiny"}, "od": {"2024-01-10"}, "proc": {"x"}},
		"POST /stul/plan/{plan}/nadpis/{code...}":              {"verze": {h.planVersion()}, "nazev": {"Doma"}, "od": {"2024-01-16"}, "proc": {"x"}},
		"POST /stul/plan/{plan}/upravit/{id...}":               activity,
		"POST /stul/plan/{plan}/pridat/{code...}":              {"verze": {"1.1/3"}, "action": {"ulozit"}, "od": {"2024-01-20"}, "proc": {"x"}, "nazev": {"Nova"}, "termin": {"2024"}},
		"POST /stul/obdobi":                                    {"plan": {"ap2023"}, "od": {"2024"}},
		"POST /stul/obdobi/{plan}/{period}":                    {"action": {"uzavrit"}, "duvod": {"omyl"}},
		"POST /stul/obdobi/{plan}/{period}/den/{day}":          quiet,
		"POST /stul/obdobi/{plan}/{period}/organizace/{id}":    quiet,
		"POST /stul/nastaveni":                                 town,
		"POST /stul/nastaveni/slova":                           {"verze": {h.version()}, "tisk-fulfilled": {"hotovo"}},
		"POST /stul/nastaveni/uchovani":                        {"verze": {h.version()}, "doba-letters": {"48"}},
		"POST /stul/nastaveni/urovne":                          {"plan": {"ap2023"}, "verze": {h.planVersion()}, "opatreni": {"Cil"}},
		"POST /stul/nastaveni/dopisy/{kind}":                   {"verze": {h.version()}, "predmet": {"Jak, {organizace}?"}, "action": {"ulozit"}},
		"POST /stul/nastaveni/kalendar":                        calendar,
		"POST /stul/organizace/nova":                           {"jmeno": {"Spolek"}, "druh": {"organisation"}, "adresa": {"spolek@example.cz"}},
		"POST /stul/organizace/osoba":                          {"action": {"vymazat"}, "rozumim": {"1"}, "adresa": {"charita@example.cz"}},
		"POST /stul/organizace/{id}":                           {"action": {"jmena"}, "verze": {strconv.Itoa(h.body("charita").Version)}, "jmeno": {"Charita"}, "druh": {"organisation"}},
		"POST /stul/organizace/{id}/kontakt":                   {"action": {"ulozit"}, "adresa": {"druha@example.cz"}},
		"POST /stul/organizace/{id}/odkaz":                     one,
		"POST /stul/organizace/{id}/clenove":                   {"action": {"potvrdit"}, "verze": {strconv.Itoa(h.body("charita").Version)}, "clen": {"zla"}},
		"POST /stul/organizace/{id}/konec":                     {"action": {"potvrdit"}, "jak": {"bez"}, "den": {"2024-01-20"}},
	}
}

func (h *house) evaluationVersion() int {
	e, err := h.office.Evaluation(h.t.Context(), "ap2023", "2023")
	h.must(err)
	return e.Version
}

func (h *house) planVersion() string { return strconv.Itoa(h.plan().Version) }

// paths gives the address of every route by its pattern.
func (h *house) paths() map[string]string {
	out := map[string]string{}
	for _, r := range routes(h) {
		out[r.method+" "+r.pattern] = r.path
	}
	out["POST /stul/nastaveni/ucty/{id}"] = "/stul/nastaveni/ucty/eva"
	return out
}

// postAs sends a form with a cookie.
func (h *house) postAs(cookie, path string, form url.Values) reply {
	h.t.Helper()
	kind, body := formBody(h, form)
	req, err := http.NewRequest(http.MethodPost, h.server.URL+path, bytes.NewReader(body))
	h.must(err)
	req.Header = http.Header{"Content-Type": {kind}, "Sec-Fetch-Site": {"same-origin"}, "Cookie": {cookieName + "=" + cookie}}
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: h.client.CheckRedirect}
	res, err := client.Do(req)
	h.must(err)
	return readAll(h, res)
}
