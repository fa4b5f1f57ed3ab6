package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/notify/link"
)

// oneOfMany is a town of an installation, with its coordinator at her desk.
type oneOfMany struct {
	*installation
	town  string
	clock *virtualClock
	day   time.Time // of its calendar, which goes on while the clock of the pages stands
	pages http.Handler
}

var benchSession = link.NewSecret()

func openOne(b *testing.B, c command, g generateCommand) *oneOfMany {
	b.Helper()
	o := &oneOfMany{town: country.New(g.Seed, 0).ID, clock: &virtualClock{}}
	o.clock.Set(time.Date(g.Until+1, 3, 4, 10, 0, 0, 0, time.UTC))
	var err error
	if o.installation, err = c.open(b.Context(), o.clock.Now); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = o.db.Close() })
	o.sender = posted{}
	o.day = o.clock.Now()
	now, records := o.clock.Now(), o.db.Tenant(o.town)
	a := engine.Account{ID: "mereni", Name: "Hana", Email: "hana@mesto.example", Role: engine.RoleCoordinator}
	err = records.Commit(b.Context(), engine.Change{At: now, Actor: engine.Actor{Kind: engine.ActorSystem}, Event: "added", Subject: "accounts", Accounts: []engine.Account{a}})
	if err == nil {
		err = records.AddSession(b.Context(), engine.Session{Hash: link.SecretHash(benchSession), Account: a.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.AddDate(1, 0, 0), Strong: true})
	}
	if err != nil {
		b.Fatal(err)
	}
	o.pages = o.installation.pages(o.town, slog.New(slog.NewTextHandler(io.Discard, nil))).Handler()
	return o
}

// tasks are the pages that can be come to from the desk, one of each form, and
// what is done without anybody.
func (o *oneOfMany) tasks(b *testing.B) []string {
	b.Helper()
	seen, found := map[string]bool{}, []string(nil)
	for next := []string{"/stul", "/stul?hledat=sluzba", "/stul/organizace?hledat=charita", "/obec/" + o.town}; len(next) > 0 && len(found) < 100; next = next[1:] {
		status, body := o.get(next[0])
		if status != http.StatusOK {
			continue
		}
		found = append(found, next[0])
		for _, m := range hrefs.FindAllStringSubmatch(body, -1) {
			path := strings.ReplaceAll(m[1], "&amp;", "&")
			shape := digits.ReplaceAllString(lastPart.ReplaceAllString(path, "/x"), "9")
			if !seen[shape] && !aFile.MatchString(path) {
				seen[shape] = true
				next = append(next, path)
			}
		}
	}
	if len(found) < 20 {
		b.Fatalf("only %d pages are found: %v", len(found), found)
	}
	return append(found, taskRound, taskDay)
}

const (
	taskRound = "round at rest, over all towns"
	taskDay   = "a day of the calendar, with letters"
)

var (
	hrefs    = regexp.MustCompile(`href="(/(?:stul|obec)[^"#]*)"`)
	digits   = regexp.MustCompile(`\d+`)
	aFile    = regexp.MustCompile(`/soubor/|jazyk=|vyhodnoceni\.`) // made, not shown
	lastPart = regexp.MustCompile(`/[^/?]*\d[^/?]*$|/organizace/[^/?]+`)
)

// does does one of the tasks.
func (o *oneOfMany) does(b *testing.B, task string) {
	ctx := context.Background()
	switch task {
	case taskRound:
		if _, err := o.db.AcrossTenants().Agenda(ctx); err != nil {
			b.Fatal(err)
		}
	case taskDay:
		o.day = o.day.AddDate(0, 0, 1)
		office := o.office(o.town)
		office.Now = func() time.Time { return o.day }
		if err := office.Tick(ctx); err != nil {
			b.Fatal(err)
		}
	default:
		if status, _ := o.get(task); status != http.StatusOK {
			b.Fatalf("%s says %d", task, status)
		}
	}
}

func (o *oneOfMany) get(path string) (status int, body string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: "stul", Value: benchSession})
	w := httptest.NewRecorder()
	o.pages.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}
