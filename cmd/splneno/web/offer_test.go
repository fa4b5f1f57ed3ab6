package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"splneno/engine"
)

var (
	formTag   = regexp.MustCompile(`<form\b[^>]*>`)
	sendTag   = regexp.MustCompile(`<(?:button|input)\b[^>]*\bformaction="([^"]*)"`)
	linkTag   = regexp.MustCompile(`<a\b[^>]*\bhref="([^"]*)"`)
	actionOf  = regexp.MustCompile(`\baction="([^"]*)"`)
	methodOf  = regexp.MustCompile(`\bmethod="([^"]*)"`)
	unescapes = strings.NewReplacer("&amp;", "&", "&#43;", "+", "&#39;", "'", "&#34;", `"`)
)

// An offer is a form or a link of a page.
type offer struct{ method, href string }

// offers gives every form and link of a page. A form without an action is sent
// to the page's own address.
func offers(body string) (out []offer) {
	for _, tag := range formTag.FindAllString(body, -1) {
		o := offer{method: http.MethodGet}
		if m := methodOf.FindStringSubmatch(tag); m != nil {
			o.method = strings.ToUpper(m[1])
		}
		if a := actionOf.FindStringSubmatch(tag); a != nil {
			o.href = unescapes.Replace(a[1])
		}
		out = append(out, o)
	}
	for _, a := range sendTag.FindAllStringSubmatch(body, -1) {
		out = append(out, offer{http.MethodPost, unescapes.Replace(a[1])})
	}
	for _, a := range linkTag.FindAllStringSubmatch(body, -1) {
		out = append(out, offer{http.MethodGet, unescapes.Replace(a[1])})
	}
	return out
}

// A walker looks at every page as everybody who may open it.
type walker struct {
	*house
	people []person
	mux    *http.ServeMux
	rights map[string]engine.Right // by pattern
	seen   map[string]bool
	pages  int
}

// newWalker settles people in the house and learns what every route asks for.
func newWalker(h *house) *walker {
	w := &walker{house: h, people: h.settle(), mux: http.NewServeMux(), rights: map[string]engine.Right{}, seen: map[string]bool{}}
	for _, r := range (&site{Server: &Server{Mailbox: h.box}}).table() {
		w.mux.Handle(r.pattern, http.NotFoundHandler())
		w.rights[r.pattern] = r.right
	}
	return w
}

// walk opens every page there is as everybody who may.
func (w *walker) walk() {
	w.t.Helper()
	for _, p := range w.people {
		if p.nobody || !p.may(engine.RightRead) {
			continue
		}
		for _, route := range routes(w.house) {
			if route.method != http.MethodGet || !route.desk || !p.may(w.rights["GET "+route.pattern]) {
				continue
			}
			page := p.visit(w.house, http.MethodGet, route.path)
			if page.status == http.StatusOK && strings.HasPrefix(page.head.Get("Content-Type"), "text/html") {
				w.pages++
				w.judge(p, route.path, page.body)
			}
		}
	}
}

// judge follows every form and every link of a page to its route.
func (w *walker) judge(p person, path, body string) {
	w.t.Helper()
	base, err := url.Parse(path)
	w.must(err)
	for _, o := range offers(body) {
		to, err := base.Parse(o.href)
		if err != nil || to.Host != "" || !strings.HasPrefix(to.Path, "/stul") || to.Query().Has(tongueCookie) {
			continue
		}
		_, pattern := w.mux.Handler(&http.Request{Method: o.method, URL: to, Host: "localhost"})
		right, listed := w.rights[pattern]
		line := fmt.Sprintf("%s: %s offers %s %s, which is %q for %q", p.name, path, o.method, to.Path, pattern, right)
		if (!listed || pattern == "/" || right != "" && !p.may(right)) && !w.seen[line] {
			w.seen[line] = true
			w.t.Error(line)
		}
	}
}

// A page offers nobody what would be refused: every form and every link of
// every page a role may open leads to something the role may do.
func TestPagesOfferWhatIsAllowed(t *testing.T) {
	h := newHouse(t)
	h.receives("reply", "stray", "absence", "bounce")
	h.post(h.path("charita"), answers()).want(t, http.StatusSeeOther)
	h.must(h.office.Records.Commit(t.Context(), engine.Change{At: h.now(), Actor: who, Event: "letters", Messages: []engine.Message{
		{Key: "held", Kind: engine.LetterRequest, To: "zla@example.cz", State: engine.Held, Raw: []byte("x"), CreatedAt: h.now()}}}))
	w := newWalker(h)
	w.walk()
	e, err := h.office.Draft(t.Context(), "ap2023", "2023", "", who)
	h.must(err)
	w.walk()
	_, err = h.office.ApproveEvaluation(t.Context(), "ap2023", "2023", e.Version, who)
	h.must(err)
	w.walk()
	if w.pages < 500 {
		t.Errorf("only %d pages were looked at", w.pages)
	}
}
