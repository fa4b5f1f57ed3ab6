package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// furnishBig adds to the big town what makes every page show something: a year before with
// its approved evaluation, this year's draft, a resolution, a change of the plan,
// a hundred mails that came in, a group, and the one body that answers for sixty
// activities.
func (h *house) furnishBig(b *bigTown) {
	h.t.Helper()
	ctx := context.Background()
	h.must(h.office.Records.Commit(ctx, b.yearBefore()))
	h.must(h.office.Records.Commit(ctx, h.largestBody(b)))
	last, err := h.office.Draft(ctx, "ap2023", "2022", "", who)
	h.must(err)
	_, err = h.office.ApproveEvaluation(ctx, "ap2023", "2022", last.Version, who)
	h.must(err)
	h.must(h.office.Publish(ctx, "ap2023", "2022", 1, who))
	_, err = h.office.Draft(ctx, "ap2023", "2023", "", who)
	h.must(err)
	_, err = h.office.Resolve(ctx, engine.Resolution{Plan: "ap2023", Period: "2023", Number: "1/2024", Body: b.Coordinator, Day: "2024-02-01", Verb: engine.VerbTookNote, Text: b.Question,
		Items: []engine.ResolutionItem{{Activity: activityID(2), Next: engine.Continue}}}, who)
	h.must(err)
	h.must(h.office.AmendActivity(ctx, "ap2023", activityID(3), 1, engine.Grounds{Day: "2024-01-20", Reason: b.Question}, who, func(a *engine.Activity) error {
		a.Title += " " + b.Measure
		return nil
	}))
	for n := range 100 {
		raw, err := json.Marshal(sealed{Mail: engine.Mail{Kind: engine.MailAnswer, From: engine.Contact{Email: bodyID(n) + "@example.cz"}, Subject: pick(b.Titles, n), MessageID: strconv.Itoa(n) + "@example.cz",
			Own: pick(b.Done, n), BodyHash: strconv.Itoa(n), Files: []engine.File{{Part: 1, Name: "a.pdf", Type: "application/pdf", Size: 9, Hash: strconv.Itoa(n)}}}, Data: map[int]string{1: "%PDF-1.7 "}})
		h.must(err)
		h.must(h.office.Receive(ctx, engine.Arrival{Raw: raw, Via: "imap"}))
	}
	h.must(h.office.Understand(ctx))
}

// yearBefore is the same town a year ago, when everything was answered and closed.
func (b *bigTown) yearBefore() engine.Change {
	c := b.change("furnished", "ap2023/2022")
	c.Seasons = []engine.Season{{Plan: "ap2023", Period: engine.Year(2022), State: engine.SeasonOpen, OpenedAt: b.day.AddDate(-1, 0, 0), AskedOn: engine.DateOf(b.day.AddDate(-1, 0, 0))}}
	for n := range bigActivities {
		c.Entries = append(c.Entries, engine.Entry{EntryKey: engine.EntryKey{Plan: "ap2023", Period: "2022", Activity: activityID(n)}, State: engine.Partial, Askees: askeesOf(n),
			AnsweredAt: b.day.AddDate(-1, 0, 9), Said: engine.Partial, Narrative: pick(b.Done, n+1), Missing: pick(b.Missing, n+1), NextStep: engine.Continue,
			ApprovedBy: who.Name, ApprovedAt: b.day.AddDate(-1, 1, 0), Source: "answer"})
	}
	return c
}

// bigGroup and bigLargest are the ids of the group and of the body with sixty
// activities, of which it has answered a half.
const (
	bigGroup   = "skupina"
	bigLargest = "nejvetsi"
)

func (h *house) largestBody(b *bigTown) engine.Change {
	c := b.change("furnished", bigLargest)
	c.Organisations = []engine.Organisation{
		{ID: bigLargest, Name: b.Town, Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Name: b.Writer, Email: "nejvetsi@example.cz"}}},
		{ID: bigGroup, Name: b.Area, Kind: engine.KindOpenGroup, Members: []string{bodyID(1), bodyID(2), bodyID(3)}},
	}
	r := *b.request(bigLargest)
	for n := range 60 {
		a := b.activity(bigActivities + n)
		a.Responsible = []engine.Party{{Name: b.Town, Kind: engine.KindOrganisation, Organisation: bigLargest}}
		e := engine.Entry{EntryKey: engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: a.ID}, State: engine.Planned, Askees: []string{bigLargest}}
		if n%2 == 0 {
			p := engine.Proposal{EntryKey: e.EntryKey, Organisation: bigLargest, Revision: 1, Channel: engine.ByLink, By: b.Writer, At: b.day.Add(time.Duration(n) * time.Minute), State: engine.Pending,
				Answer: engine.Answer{Status: engine.Partial, Done: pick(b.Done, n), Missing: pick(b.Missing, n)}}
			e.AnsweredAt, e.Said = p.At, engine.Partial
			c.Proposals = append(c.Proposals, p)
		}
		c.Activities, c.Entries, r.Activities = append(c.Activities, a), append(c.Entries, e), append(r.Activities, a.ID)
	}
	var err error
	r.LinkHash, err = h.signer.Hash(h.signer.Token("klatovy", r))
	h.must(err)
	r.ReplyHash, err = h.signer.ReplyHash(h.signer.ReplyToken("klatovy", r))
	h.must(err)
	c.Requests = []engine.Request{r}
	return c
}

// fullHouse is that house on a copy of the big town's database.
func fullHouse(t testing.TB) *house {
	t.Helper()
	h := bigHouse(t)
	h.furnishBig(newBigTown(t))
	h.signIn()
	return h
}

// A bigPage is an address and the route it belongs to.
type bigPage struct {
	route, path string
	status      int // 200 where it is not another
}

// bigRoutes are the addresses of the routes with wildcards, or that show
// something only when asked; of all others the pattern is the address. Several
// are shown by several views: the first, a late one, and each filter.
func (h *house) bigRoutes() map[string][]string {
	const season, carry = "/stul/vyhodnoceni/ap2023/2023", "/stul/prevod/ap2023/2023"
	list, year, mail := "/stul/aktivity/ap2023/2023", "/stul/obdobi/ap2023/2023", "/stul/prichozi/"+strings.TrimPrefix(h.newestMail(), "/stul/prichozi/")
	answer := answerRef{Key: engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: activityID(bigActivities)}, Organisation: bigLargest}.Page()
	found := func(path string, queries ...string) (all []string) {
		for _, q := range queries {
			all = append(all, path+"?"+q)
		}
		return append(all, path)
	}
	h.meetsAboutMuch()
	return map[string][]string{
		"/{$}": {"/"}, "/": {"/nic"}, "/static/{name}": {"/static/nic"}, "/logo/{tenant}/{name}": {"/logo/klatovy/0011223344556677"},
		"/o/{token}": {h.path(bigLargest)}, "/o/{token}/prehled": {h.path(bigLargest) + "/prehled"},
		"/prehled/{token}": {"/prehled/" + h.signer.BoardToken("klatovy", "ap2023", "2022", "rs@klatovy.example", 0)},
		"/obec/{tenant}":   {publicHome}, "/obec/{tenant}/zmeny.atom": {publicHome + "/zmeny.atom"}, "/obec/{tenant}/katalog.jsonld": {publicHome + "/katalog.jsonld"},
		"/obec/{tenant}/plan/{plan}":                   found(publicHome+"/plan/ap2023", "strana=2", "oblast=7&opatreni=7.2&strana=3"),
		"/obec/{tenant}/plan/{plan}/{place...}":        {publicHome + "/plan/ap2023/2022", publicHome + "/plan/ap2023/2022/vyhodnoceni.html", publicHome + "/plan/ap2023/aktivita/" + activityID(3)},
		"/schema/{name}":                               {"/schema/evaluation.json"},
		"/kalendar/{name}":                             {"/kalendar/" + h.signer.FeedToken("klatovy", "", 0) + ".ics", "/kalendar/" + h.signer.FeedToken("klatovy", bigLargest, 0) + ".ics"},
		"/stul/pozvani/{token}":                        {"/stul/pozvani/" + invitation},
		"/stul":                                        found("/stul", "jen=mlci", "jen=mlci&strana=5", "jen=potize", "hledat=diakonie"),
		"/stul/znovu":                                  {"/stul/znovu?plan=ap2023&obdobi=2023&koho=mlci"},
		"/stul/odpovedi":                               found("/stul/odpovedi", "strana=50", "oblast=7", "organizace=diakonie", "organizace="+bigLargest, "jen=bez-rizika", "jen=znovu"),
		"/stul/odpovedi/odpoved":                       {answer},
		"/stul/aktivity/{plan}/{period}":               found(list, "strana=200", "oblast=7", "stav=planned", "jen=bez-odpovedi", "hledat=sluzba"),
		"/stul/aktivity/{plan}/{period}/{id...}":       {list + "/" + activityID(2)},
		"/stul/nastaveni/ucty/{id}":                    {"/stul/nastaveni/ucty/hana"},
		"/stul/vyhodnoceni/{plan}/{period}":            {season, "/stul/vyhodnoceni/ap2023/2022"},
		evaluationRoute("/soubor/{name}"):              {season + "/soubor/vyhodnoceni.html"},
		evaluationRoute("/zverejneni"):                 {"/stul/vyhodnoceni/ap2023/2022/zverejneni", season + "/zverejneni"},
		evaluationRoute("/upravy"):                     {season + "/upravy"},
		evaluationRoute("/vety"):                       found(season+"/vety", "opatreni=3.4"),
		evaluationRoute("/prehled"):                    found(season+"/prehled", "vysledek=partial&strana=9", "vysledek=figures", "vysledek=years&strana=40"),
		evaluationRoute("/jednani"):                    {season + "/jednani"},
		evaluationRoute("/jednani/{id}"):               found(season+"/jednani/1", "strana=5"),
		evaluationRoute("/jednani/{id}/soubor/{name}"): {season + "/jednani/1/soubor/pack-2023.pdf"},
		evaluationRoute("/usneseni"):                   found(season+"/usneseni", "jednani=1"),
		evaluationRoute("/usneseni/{id}"):              found(season+"/usneseni/1", "hledat=sluzba"),
		"/stul/prevod/{plan}/{period}":                 found(carry, "ukazat=vse&strana=100"),
		"/stul/prevod/{plan}/{period}/dalsi-plan":      {carry + "/dalsi-plan"},
		"/stul/posta":                                  found("/stul/posta", "stav=sent&strana=20", "stav=failed"),
		"/stul/pozastaveni":                            {"/stul/pozastaveni"},
		"/stul/pozastaveni/konec":                      {"/stul/pozastaveni/konec"},
		"/stul/posta/zprava":                           {"/stul/posta/zprava?klic=organisation/" + bodyID(3) + "/2024-01-10"},
		"/stul/prichozi":                               found("/stul/prichozi", "stav=held&strana=2"),
		"/stul/prichozi/{id}":                          {mail},
		"/stul/prichozi/{id}/original":                 {mail + "/original"},
		"/stul/prichozi/{id}/priloha/{n}":              {mail + "/priloha/1"},
		"/stul/hledat":                                 found("/stul/hledat", "q=sluzba", "q=nic+takoveho", "q=1.1/7"),
		"/stul/plan/{plan}":                            found("/stul/plan/ap2023", "ke-dni=2024-01-02"),
		"/stul/plan/{plan}/oblast/{code...}":           {"/stul/plan/ap2023/oblast/3"},
		"/stul/plan/{plan}/opatreni/{code...}":         {"/stul/plan/ap2023/opatreni/1.4"},
		"/stul/plan/{plan}/aktivita/{id...}":           {"/stul/plan/ap2023/aktivita/" + activityID(3)},
		"/stul/plan/{plan}/zmeny":                      {"/stul/plan/ap2023/zmeny"},
		"/stul/plan/{plan}/zmeny/{n}":                  {"/stul/plan/ap2023/zmeny/1"},
		"/stul/plan/{plan}/upravit":                    {"/stul/plan/ap2023/upravit"},
		"/stul/plan/{plan}/nadpis/{code...}":           {"/stul/plan/ap2023/nadpis/1.1"},
		"/stul/plan/{plan}/upravit/{id...}":            {"/stul/plan/ap2023/upravit/" + activityID(3)},
		"/stul/plan/{plan}/pridat/{code...}":           {"/stul/plan/ap2023/pridat/1.1"},
		"/stul/nastaveni/dopisy/{kind}":                {"/stul/nastaveni/dopisy/reminder"},
		"/stul/obdobi/{plan}/{period}":                 {year, "/stul/obdobi/ap2023/2022"},
		"/stul/obdobi/{plan}/{period}/den/{day}":       {year + "/den/2024-02-12"},
		"/stul/obdobi/{plan}/{period}/organizace":      found(year+"/organizace", "strana=9", "hledat=diakonie"),
		"/stul/obdobi/{plan}/{period}/organizace/{id}": {year + "/organizace/" + bodyID(4)},
		"/stul/organizace":                             found("/stul/organizace", "strana=9", "hledat=diakonie"),
		"/stul/organizace/osoba":                       found("/stul/organizace/osoba", url.Values{"hledat": {bodyID(3) + "@example.cz"}}.Encode()),
		"/stul/organizace/{id}":                        {"/stul/organizace/" + bodyID(3), "/stul/organizace/" + bigLargest},
		"/stul/organizace/{id}/clenove":                {"/stul/organizace/" + bigGroup + "/clenove"},
		"/stul/organizace/{id}/konec":                  {"/stul/organizace/" + bodyID(3) + "/konec"},
	}
}

// meetsAboutMuch calls a meeting about as many activities as one may be about.
func (h *house) meetsAboutMuch() {
	h.t.Helper()
	m, err := h.office.ProposeMeeting(h.t.Context(), "ap2023", "2023")
	h.must(err)
	if len(m.Items) < engine.MaxItems {
		h.t.Fatalf("only %d activities are proposed", len(m.Items))
	}
	if _, err := h.office.Meeting(h.t.Context(), "ap2023", "2023", 1); err == nil {
		return
	}
	m.Day, m.Time, m.Place = engine.DateOf(h.now()).AddDays(30), "14:00", "radnice"
	_, err = h.office.CallMeeting(h.t.Context(), m, who)
	h.must(err)
}

func evaluationRoute(end string) string { return "/stul/vyhodnoceni/{plan}/{period}" + end }

// bigElsewhere are the routes that only say that what is asked for is not there,
// or no longer.
var bigElsewhere = map[string]int{
	"/stul/nastaveni/sablona/{name}": 404, "/stul/kraj/soubor/{period}/{name}": 404, "/": 404, "/static/{name}": 404, "/logo/{tenant}/{name}": 404, "/stul/prihlaseni/sso": 404, "/stul/pozvani/{token}": 410, "/posta/{n}": 404, "/posta/{n}/html": 404,
}

var wildcard = regexp.MustCompile(`\{[^}]+\}`)

// bigPages gives an address of every page there is.
func (h *house) bigPages() (pages []bigPage) {
	h.t.Helper()
	known := h.bigRoutes()
	for _, r := range (&site{Server: &Server{Mailbox: h.box}}).table() {
		route := strings.TrimPrefix(r.pattern, "GET ")
		if strings.HasPrefix(route, "POST ") {
			continue
		}
		paths := known[route]
		if len(paths) == 0 {
			paths = []string{wildcard.ReplaceAllString(route, "9")}
			if paths[0] != route && bigElsewhere[route] == 0 {
				h.t.Errorf("bigRoutes has no address for %s", route)
			}
		}
		for _, path := range paths {
			pages = append(pages, bigPage{route, path, max(bigElsewhere[route], 200)})
		}
	}
	return pages
}

// ask hands a request to the server without a network.
func (h *house) ask(method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, h.server.URL+path, strings.NewReader(form.Encode()))
	for _, c := range h.client.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	w := httptest.NewRecorder()
	h.server.Config.Handler.ServeHTTP(w, r)
	return w
}

// Every page of the full town is there and small, and asks the database a number
// of times that does not grow with what it shows.
func TestEveryPageOfTheBigTown(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds to fill the town")
	}
	h := fullHouse(t)
	for _, p := range h.bigPages() {
		before := h.asked.Load()
		w := h.ask(http.MethodGet, p.path, nil)
		queries := h.asked.Load() - before
		t.Logf("%4d %6d B %3d statements %s", w.Code, w.Body.Len(), queries, p.path)
		if w.Code != p.status || w.Body.Len() > mostBytes || queries > mostQueries {
			t.Errorf("%s: status %d, %d bytes, %d statements", p.path, w.Code, w.Body.Len(), queries)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
