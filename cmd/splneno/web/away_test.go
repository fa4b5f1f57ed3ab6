package web

import (
	"context"
	"errors"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"splneno/engine"
	"splneno/workflows"
)

// goneHouse is a house whose database can be taken away.
func goneHouse(t *testing.T) (*house, *bool) {
	t.Helper()
	gone := false
	h := newHouseAt(t, "127.0.0.1", func(h *house, s *Server) {
		find := s.TenantOf
		s.TenantOf = func(ctx context.Context, hash string) (string, error) {
			if gone {
				return "", engine.Errorf(engine.Unavailable, "gone: %w", &engine.Outage{Kind: engine.IncidentDatabase, Err: errors.New("gone")})
			}
			return find(ctx, hash)
		}
		s.Incidents = func(context.Context) ([]engine.Incident, error) {
			at := h.now()
			return []engine.Incident{{Kind: engine.IncidentDiskFull, Began: at.Add(-time.Minute)},
				{Kind: engine.IncidentDatabase, Began: at.Add(-3 * time.Hour), Ended: at.Add(-2 * time.Hour)}}, nil
		}
	})
	return h, &gone
}

// What was typed while the database was away is on the page, and is taken when
// that page is sent once more.
func TestTypedAnswerOutlivesTheDatabase(t *testing.T) {
	h, gone := goneHouse(t)
	path := h.path("charita")
	*gone = true
	page := h.get(path)
	page.want(t, http.StatusServiceUnavailable, "Zkusit znovu")
	if page.head.Get("Retry-After") == "" {
		t.Error("programs are not told when to ask again")
	}
	form := answers()
	form.Set("a1-hotovo", "Služba jezdí v šesti obcích.\r\n"+hostile)
	page = h.post(path, form)
	page.want(t, http.StatusServiceUnavailable, "Služba jezdí v šesti obcích.", `name="a1-hotovo"`, `name="action" value="odeslat"`, `action="`+path+`"`)
	if strings.Contains(page.body, "<script>alert") {
		t.Error("what was typed gets out of its place")
	}
	*gone = false
	again := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(page.body, -1) {
		again.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	if got := h.post(path, again); got.status != http.StatusSeeOther {
		t.Errorf("sent again: %d", got.status)
	}
	if list := h.proposals(); len(list) != 1 || !strings.Contains(list[0].Answer.Done, "šesti obcích") {
		t.Errorf("stored is %+v", list)
	}
}

// Passwords are not shown again, nor what another site sends.
func TestAwayRepeatsNoPasswordsAndNoStrangers(t *testing.T) {
	closed := Closed(slog.New(slog.DiscardHandler))
	send := func(path, site string) string {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(url.Values{"heslo": {"tajne slovo"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", site)
		w := httptest.NewRecorder()
		closed.ServeHTTP(w, r)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Content-Security-Policy") != policy {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
		return w.Body.String()
	}
	for _, path := range []string{"/stul/prihlaseni", "/stul/prihlaseni/overeni", "/stul/pozvani/x", "/stul/ucet", "/stul/ucet/overeni"} {
		if strings.Contains(send(path, "same-origin"), "tajne") {
			t.Errorf("%s shows a password", path)
		}
	}
	if strings.Contains(send("/o/x", "cross-site"), "tajne") {
		t.Error("another site puts words on our page")
	}
	if !strings.Contains(send("/o/x", "same-origin"), "tajne") {
		t.Error("what was typed is lost")
	}
}

// The overview says what goes on and what happened.
func TestDeskTellsOfIncidents(t *testing.T) {
	h, _ := goneHouse(t)
	h.signIn()
	h.get("/stul").want(t, http.StatusOK, "je na disku databáze plno", "neodpovídala databáze. Nic se neztratilo", "06:00 do 07:00")
}

// The page and the overview are open to everybody, narrow and wide.
func TestAwayIsAccessible(t *testing.T) {
	h, gone := goneHouse(t)
	for _, width := range []int64{1280, 320} {
		w := openBrowser(t, h, width, 900, true)
		*gone = true
		w.axe(t, h.path("charita"))
		w.run(w.sends(h.path("charita"), answers()), chromedp.WaitVisible(chromedp.CSS("blockquote")))
		w.audit(t, "typed")
		*gone = false
		w.run(w.signIn()...)
		w.axe(t, "/stul")
	}
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// fullRecords cannot keep that a browser was seen: the disk is full.
type fullRecords struct {
	workflows.Records
	asked *int
}

func (r fullRecords) TouchSession(context.Context, string, time.Time) error {
	*r.asked++
	return engine.Errorf(engine.Unavailable, "full: %w", &engine.Outage{Kind: engine.IncidentDiskFull, Err: errors.New("full")})
}

// Whoever is signed in reads the desk also while nothing can be written; that a
// browser was seen is not worth a page.
func TestDeskIsReadOnAFullDisk(t *testing.T) {
	asked := 0
	h := newHouseAt(t, "127.0.0.1", func(_ *house, s *Server) {
		office := s.Office
		s.Office = func(tenant string) *workflows.Office {
			o := *office(tenant)
			o.Records = fullRecords{o.Records, &asked}
			return &o
		}
	})
	h.signIn()
	h.wait(5 * time.Minute)
	for range 2 {
		h.get("/stul").want(t, http.StatusOK, "Kdo odpov")
	}
	if asked < 2 {
		t.Errorf("the disk was asked %d times", asked)
	}
}
