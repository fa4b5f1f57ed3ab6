package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/mailbox"
	"splneno/store/pgtest"
	"splneno/workflows"
)

// TestThreeYears lives through three seasons of three plans, each prepared from
// the one before: by the commands, and at the desk where there is no command.
func TestThreeYears(t *testing.T) {
	t.Parallel()
	for _, database := range []struct {
		name string
		dsn  func(t *testing.T) string
	}{
		{"sqlite", func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "plan.db") }},
		{"postgres", func(t *testing.T) string { return pgtest.NewDSN(t) }},
	} {
		t.Run(database.name, func(t *testing.T) {
			t.Parallel()
			newLivedTown(t, database.dsn(t)).threeYears()
		})
	}
}

// A livedTown is an installation that is used through its front doors.
type livedTown struct {
	*installation
	t      *testing.T
	c      command
	desk   *workflows.Office
	at     time.Time
	box    *mailbox.Mailbox
	pages  http.Handler
	cookie *http.Cookie
}

func newLivedTown(t *testing.T, dsn string) *livedTown {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	w := &livedTown{t: t, box: box, c: command{DB: dsn, Key: filepath.Join(t.TempDir(), "plan.key"), URL: "http://127.0.0.1:8080", Tenant: "zdar", SMTP: "smtp://" + box.Addr()}}
	w.on("2023-01-09")
	if w.installation, err = w.c.open(t.Context(), func() time.Time { return w.at }); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.db.Close() })
	w.demo = true // its accounts need no second factor
	w.desk = w.office("zdar")
	w.pages = w.installation.pages("zdar", slog.New(slog.NewTextHandler(io.Discard, nil))).Handler()
	w.run("municipality", "--name", "Zdar", "--coordinator", "Koordinatorka <kpss@zdar.example>", "--sender", "plan@zdar.example", "--steering", "RS <rs@zdar.example>")
	w.run("import", "testdata/three.yaml", "--yes")
	for _, id := range []string{"charita", "skola", "klub"} {
		w.run("organisation", "set", id, "--contact", id+"@zdar.example")
	}
	w.run("organisation", "set", "skola", "--quiet", "01-01:01-31")
	w.setUp()
	return w
}

// on sets the clock to the morning of a day.
func (w *livedTown) on(day engine.Date) { w.at = day.In(time.UTC, 8, 30) }

// run runs a command as one would, and gives what it printed.
func (w *livedTown) run(args ...string) string {
	w.t.Helper()
	var out, failed bytes.Buffer
	all := append([]string{"--db", w.c.DB, "--key", w.c.Key, "--tenant", "zdar", "--smtp", w.c.SMTP}, args...)
	at := w.at
	if code := run(context.Background(), world{args: all, out: &out, err: &failed, now: func() time.Time { return at }}); code != exitDone {
		w.t.Fatalf("%s: exit %d: %s", strings.Join(args, " "), code, failed.String())
	}
	return out.String()
}

// deskPassword is the coordinator's.
const deskPassword = "dlouhe heslo na zkousku"

// setUp makes the coordinator's account by the command and the invitation.
func (w *livedTown) setUp() {
	w.t.Helper()
	out := w.run("account", "add", "--name", "Koordinatorka", "--email", "kpss@zdar.example")
	_, invitation, _ := strings.Cut(strings.TrimSpace(out), "127.0.0.1:8080")
	w.post(invitation, url.Values{"nove": {deskPassword}, "znovu": {deskPassword}})
}

// signIn opens the desk for a working day: sessions do not live for months.
func (w *livedTown) signIn() {
	w.t.Helper()
	w.cookie = nil
	res := w.post("/stul/prihlaseni", url.Values{"email": {"kpss@zdar.example"}, "heslo": {deskPassword}})
	for _, c := range res.Result().Cookies() {
		if c.Name == "stul" {
			w.cookie = c
		}
	}
	if w.cookie == nil {
		w.t.Fatalf("nobody is signed in: %s", res.Body)
	}
}

// post sends a form to the pages; anything refused ends the test.
func (w *livedTown) post(path string, form url.Values) *httptest.ResponseRecorder {
	w.t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if w.cookie != nil {
		req.AddCookie(w.cookie)
	}
	res := httptest.NewRecorder()
	w.pages.ServeHTTP(res, req)
	if res.Code >= 400 {
		w.t.Fatalf("%s said %d:\n%s", path, res.Code, res.Body)
	}
	return res
}

// mails says how many letters an organisation has had.
func (w *livedTown) mails(id string) (n int) {
	for _, m := range w.box.Messages() {
		if m.To[0] == id+"@zdar.example" {
			n++
		}
	}
	return n
}

// says lets an organisation answer every item on its page.
func (w *livedTown) says(id, status string) {
	w.t.Helper()
	all := w.box.Messages()
	for i := len(all) - 1; i >= 0; i-- {
		link := findLink(all[i].Text(), w.c.URL+"/o/")
		if all[i].To[0] != id+"@zdar.example" || link == "" {
			continue
		}
		form := url.Values{"action": {"odeslat"}, "kdo": {"Jana"}}
		for n := 1; n <= 2; n++ {
			k := "a" + strconv.Itoa(n)
			form.Set(k+"-stav", status)
			form.Set(k+"-hotovo", "Trvalo to 12 setkani.")
			form.Set(k+"-chybi", "Chybi penize.")
		}
		w.post(strings.TrimPrefix(link, w.c.URL), form)
		return
	}
	w.t.Fatalf("%s was never asked", id)
}

// live ticks once a day.
func (w *livedTown) live(from, until engine.Date) {
	w.t.Helper()
	for day := from; day <= until; day = day.AddDays(1) {
		w.on(day)
		if err := w.desk.Tick(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *livedTown) threeYears() {
	plan := "zdar-2023"
	for year := 2023; year <= 2025; year++ {
		w.season(plan, year)
		if year < 2025 {
			plan = w.carryOver(plan, year)
		}
	}
	var ev engine.Evaluation
	var err error
	if ev, err = w.desk.Evaluation(w.t.Context(), plan, "2025"); err != nil {
		w.t.Fatal(err)
	}
	if len(ev.Rows()) != 3 {
		w.t.Fatalf("the third evaluation has %d rows, want 3", len(ev.Rows()))
	}
	for _, r := range ev.Rows() {
		if r.Lineage.Since != 2023 || r.Lineage.Carried != 2 {
			w.t.Errorf("%s is in the plan since %d and was carried over %d times, want 2023 and 2", r.ID, r.Lineage.Since, r.Lineage.Carried)
		}
	}
	if out := w.run("carry", "list"); strings.Count(out, "goes on as plan-") != 6 {
		w.t.Errorf("six promises went on, the list says:\n%s", out)
	}
	if out := w.run("verify"); !strings.Contains(out, "journal whole") || !strings.Contains(out, "3 frozen evaluations") {
		w.t.Errorf("verify says: %s", out)
	}
}

// season prepares, opens, asks, approves and evaluates one year.
func (w *livedTown) season(plan string, year int) {
	w.t.Helper()
	y, name := strconv.Itoa(year), func(day string) engine.Date { return engine.Date(strconv.Itoa(year+1) + day) }
	w.on(engine.Date(y + "-11-03"))
	w.run("season", "prepare", y, "--plan", plan)
	stopped := "klub"
	if year > 2023 {
		stopped = "charita"
	}
	w.signIn()
	season := "/stul/obdobi/" + plan + "/" + y + "/organizace/"
	w.post(season+"charita", url.Values{"organizace": {"charita"}, "klic": {"rung/1/0"}, "den": {string(name("-01-15"))}, "action": {"presunout"}})
	w.post(season+stopped, url.Values{"organizace": {stopped}, "klic": {"rung/1/1"}, "action": {"neposilat"}})
	h, err := w.desk.History(w.t.Context(), plan, "1")
	if err != nil || len(h.Seasons) != 1 || len(h.Seasons[0].Events) != 0 {
		w.t.Errorf("nothing has happened yet in a prepared season: %+v, %v", h.Seasons, err)
	}
	before := map[string]int{}
	for _, id := range []string{"charita", "skola", "klub"} {
		before[id] = w.mails(id)
	}
	expect := func(when, id string, want int) {
		w.t.Helper()
		if got := w.mails(id) - before[id]; got != want {
			w.t.Errorf("season %d, %s: %s has had %d letters, want %d", year, when, id, got, want)
		}
	}
	w.live(engine.Date(y+"-11-04"), engine.Date(y+"-12-02"))
	expect("before it opens", "charita", 0)
	w.run("season", "open", y, "--plan", plan)
	if out := w.run("preview", "--until", string(name("-02-28"))); !strings.Contains(out, string(name("-01-15"))+"  request    charita") {
		w.t.Errorf("the preview does not show the letter that was moved:\n%s", out)
	}
	asked := 1
	if year > 2023 {
		asked = 0 // the club is gone
	}
	w.live(name("-01-07"), name("-01-14"))
	expect("before the day it was moved to", "charita", 0)
	expect("when asking began", "klub", asked)
	w.live(name("-01-15"), name("-01-30"))
	expect("with its first reminder stopped", stopped, 1)
	expect("on its quiet days", "skola", 0)
	if asked > 0 {
		w.says("klub", "fulfilled")
	}
	w.says("charita", "fulfilled")
	w.live(name("-01-31"), name("-02-04"))
	expect("after its quiet days", "skola", 1)
	w.says("skola", "partial")
	for activity, body := range map[string]string{"1": "charita", "2": "skola", "3": map[bool]string{true: "klub", false: "charita"}[asked > 0]} {
		w.run("approve", activity, body, "--revision", "1", "--plan", plan, "--season", y)
	}
	w.live(name("-02-05"), name("-02-17"))
	w.run("evaluate", "--year", y, "--plan", plan, "--approve", "--out", w.t.TempDir())
	w.live(name("-02-18"), name("-02-18"))
}

// carryOver decides about every promise at the desk, prepares the next plan
// there, and gives its id. In the first year the club ends.
func (w *livedTown) carryOver(plan string, year int) string {
	w.t.Helper()
	entries, err := w.desk.Records.Entries(w.t.Context(), plan, strconv.Itoa(year))
	if err != nil {
		w.t.Fatal(err)
	}
	w.signIn()
	carry := fmt.Sprintf("/stul/prevod/%s/%d", plan, year)
	for _, e := range entries {
		form := url.Values{"aktivita": {e.Activity}, "verze": {strconv.Itoa(e.Version)}, "krok": {"continue"}}
		if e.Activity == "2" {
			form.Set("krok", "carry_over:rephrase")
			form.Set("nazvy", fmt.Sprintf("Krouzek, po %d. letech", year-2021))
		}
		w.post(carry, form)
	}
	title := fmt.Sprintf("Plan %d", year+1)
	w.post(carry+"/dalsi-plan", url.Values{"nazev": {title}, "od": {fmt.Sprintf("%d-01-01", year+1)}, "do": {fmt.Sprintf("%d-12-31", year+1)}})
	if year == 2023 {
		w.on("2024-09-30")
		w.run("organisation", "end", "klub", "--successor", "charita")
	}
	return fmt.Sprintf("plan-%d", year+1)
}
