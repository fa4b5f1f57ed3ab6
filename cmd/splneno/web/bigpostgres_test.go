package web

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/store/pgtest"
)

// always names what a page makes anew each time: another secret to sign in with.
var always = map[string]bool{"/stul/ucet/overeni": true}

var tag = regexp.MustCompile(`(?s)<[^>]*>|\s+`)

// journalHash is the hash of a line of the journal: each house salts its own.
var journalHash = regexp.MustCompile(`[0-9a-f]{64}`)

// words gives the words of a page in the order of the alphabet: in which order
// names with diacritics stand is for each database to say.
func words(body, server string) []string {
	body = journalHash.ReplaceAllString(strings.ReplaceAll(body, server, ""), "")
	all := strings.Fields(tag.ReplaceAllString(body, " "))
	slices.Sort(all)
	return all
}

// The full town tells the same on PostgreSQL as on SQLite, page by page.
func TestPagesOnPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds to fill the town twice")
	}
	pg := houseOn(t, pgtest.NewDSN(t), "127.0.0.1", nil)
	accounts := pg.accounts() // whose invitation ends by the clock
	pg.at = time.Date(2024, 2, 7, 9, 0, 0, 0, pg.office.Zone)
	town := newBigTown(t)
	pg.must(pg.office.Records.Commit(context.Background(), town.changes(accounts)...))
	pg.furnishBig(town)
	pg.signIn()
	lite := fullHouse(t)
	pages := lite.bigPages()
	for i, p := range pg.bigPages() {
		if p.path != pages[i].path {
			t.Errorf("%s is at %s on SQLite", p.path, pages[i].path)
		}
		start := time.Now()
		on := pg.ask(http.MethodGet, p.path, nil)
		took := time.Since(start)
		want := lite.ask(http.MethodGet, p.path, nil)
		if on.Code != p.status || want.Code != p.status {
			t.Errorf("%s: status %d on PostgreSQL, %d on SQLite, want %d", p.path, on.Code, want.Code, p.status)
		}
		if a, b := words(on.Body.String(), pg.server.URL), words(want.Body.String(), lite.server.URL); !always[p.route] && !slices.Equal(a, b) {
			t.Errorf("%s says %q on PostgreSQL and %q on SQLite", p.path, less(a, b), less(b, a))
		}
		t.Logf("%8.1f ms %s", ms(took), p.path)
	}
}

// less gives a few of the words that are in one list and not in the other.
func less(all, others []string) (out []string) {
	for _, w := range all {
		if !slices.Contains(others, w) && len(out) < 20 {
			out = append(out, w)
		}
	}
	return out
}
