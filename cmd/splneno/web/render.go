package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"splneno/engine"
	"splneno/workflows"
)

//go:embed templates
var templateFiles embed.FS

// A frame is what the layout needs around a page.
type frame struct {
	Lang    string
	Town    string
	Logo    string // address of the town's, "" where there is none
	Account engine.Account
	Nav     []navItem
	Demo    bool
	Mailbox bool
	Flash   string
	Hold    bool       // nothing leaves: the town was restored or copied
	HoldWay string     // where that is decided, "" for whom it is no way
	Find    bool       // the header offers the search
	Public  *openLinks // on pages that are for everybody
	Switch  string     // where the page is asked for in the other language, "" when it cannot be
	Body    any
}

// A navItem is one way of the desk's navigation.
type navItem struct {
	Key, Href string
	Current   bool
}

// navigation is the ways of the desk, with the right each asks for, and the
// paths beside its own that belong to it.
var navigation = []struct {
	key, href string
	right     engine.Right
	also      []string
}{
	{"nav.home", "/stul", engine.RightFollow, []string{"/stul/znovu"}},
	{"nav.queue", "/stul/odpovedi", engine.RightFollow, []string{"/stul/rozhodnuti", "/stul/hromadne"}},
	{"nav.plan", "/stul/plan", engine.RightFollow, []string{findPath}},
	{"nav.bodies", "/stul/organizace", engine.RightFollow, nil},
	{"nav.seasons", "/stul/obdobi", engine.RightFollow, []string{"/stul/aktivity", "/stul/kalendar"}},
	{"nav.evaluations", "/stul/vyhodnoceni", engine.RightRead, []string{"/stul/prevod", "/stul/kraj"}},
	{"nav.mail", "/stul/prichozi", engine.RightFollow, []string{"/stul/posta"}},
	{"nav.settings", "/stul/nastaveni", engine.RightManage, []string{"/stul/predani"}},
}

// navOf gives the ways open to an account; the one the page lies on is marked.
func navOf(a engine.Account, today engine.Date, path string) []navItem {
	var out []navItem
	for _, n := range navigation {
		if !a.May(n.right, today) {
			continue
		}
		here := path == n.href
		for _, under := range append([]string{n.href}, n.also...) {
			here = here || under != "/stul" && (path == under || strings.HasPrefix(path, under+"/"))
		}
		out = append(out, navItem{Key: n.key, Href: n.href, Current: here})
	}
	return out
}

// A shelf keeps the pages by language and role, each parsed with the layout when
// it is first asked for: all of them, for every role, would take a hundred
// megabytes. Templates ask {{if may "decide"}} before they show a form: what is
// not open to a role is not offered to it.
type shelf struct {
	mu     sync.Mutex
	shared map[string]*template.Template // the layout and the shared parts, by language and role
	pages  map[string]*template.Template // by language, role and name
}

func newShelf() shelf {
	return shelf{shared: map[string]*template.Template{}, pages: map[string]*template.Template{}}
}

// clear forgets what is parsed. Who is being shown a page goes on with it.
func (s *shelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.shared)
	clear(s.pages)
}

// page gives a page in a language as a role sees it; "" is nobody.
func (s *site) page(tag string, role engine.Role, name string) *template.Template {
	s.shelf.mu.Lock()
	defer s.shelf.mu.Unlock()
	seen := tag + " " + string(role)
	if p := s.shelf.pages[seen+" "+name]; p != nil {
		return p
	}
	if s.shelf.shared[seen] == nil {
		s.shelf.shared[seen] = template.Must(s.parser(tag, role).ParseFS(templateFiles, "templates/layout.html", "templates/*parts.html"))
	}
	p := template.Must(template.Must(s.shelf.shared[seen].Clone()).ParseFS(templateFiles, "templates/"+name+".html"))
	s.shelf.pages[seen+" "+name] = p
	return p
}

func (s *site) parser(tag string, role engine.Role) *template.Template {
	may := func(right engine.Right) bool { return engine.Account{Role: role}.May(right, "") }
	return template.New("layout").Funcs(s.funcs(s.tongues[tag])).Funcs(template.FuncMap{"may": may})
}

// funcs are what templates may call, in one language.
func (s *site) funcs(t *tongue) template.FuncMap {
	return template.FuncMap{
		"asset":     s.assets.href,
		"say":       t.say,
		"count":     t.count,
		"rich":      t.rich,
		"date":      t.date,
		"long":      t.long,
		"weekday":   t.weekday,
		"yearday":   dayOfYear,
		"share":     t.share,
		"status":    t.status,
		"step":      t.step,
		"channel":   t.channel,
		"symbol":    symbol,
		"sent":      sentSign,
		"number":    t.number,
		"size":      t.size,
		"line":      printable,
		"mailfiles": func(id string, files []engine.File) fileList { return fileList{id, files} },
		"masked":    s.Signer.Hide,
		"when":      func(at time.Time) string { return t.when(at, s.Office(s.Tenant).Zone) },
		"until":     func(from, to time.Time) string { return t.until(from, to, s.Office(s.Tenant).Zone) },
		"day":       func(at time.Time) string { return t.date(engine.DateOf(at.In(s.Office(s.Tenant).Zone))) },
		"dict":      dict,
		"reading":   t.reading,
		"dated":     t.dated,
		"short":     func(most int, s string) string { return short(s, most) },
	}
}

// dict gives a template several values under names.
func dict(args ...any) map[string]any { return named(args) }

// symbol stands beside the word of a status, so that it can be told at a glance
// without colour.
func symbol(s engine.State) string {
	switch s {
	case engine.Fulfilled:
		return "✓"
	case engine.Partial:
		return "◐"
	case engine.Unfulfilled:
		return "✗"
	case engine.InProgress:
		return "→"
	case engine.Planned, engine.StateUnknown:
	}
	return "○"
}

// formatNumber writes a number as Czech does: 1234.5 is "1234,5".
func formatNumber(v float64) string {
	return strings.ReplaceAll(strconv.FormatFloat(v, 'f', -1, 64), ".", ",")
}

// printable leaves out of a line of a stranger what is not seen but turns or
// breaks what is.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// formatSize writes a number of bytes as people do: "12 kB", "1,5 MB".
func formatSize(n int) string {
	switch {
	case n < 1000:
		return strconv.Itoa(n) + "\u00a0B"
	case n < 1_000_000:
		return strconv.Itoa(n/1000) + "\u00a0kB"
	}
	return formatNumber(float64(n/100_000)/10) + "\u00a0MB"
}

// show writes a page whole or not at all: it is rendered before the first byte
// leaves.
func (s *site) show(w http.ResponseWriter, r *http.Request, status int, name string, body any) error {
	b, err := s.render(r, name, body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err = b.WriteTo(w)
	return err
}

func (s *site) render(r *http.Request, name string, body any) (*bytes.Buffer, error) {
	sc := sceneOf(r)
	office := s.Office(sc.tenant)
	f := frame{Lang: sc.tag, Account: sc.account, Body: body, Demo: office.Demo, Mailbox: s.Mailbox != nil, Flash: s.flash(r), Switch: switchOf(r)}
	day := today(office)
	f.Find = sc.may(engine.RightFollow, day) && r.URL.Path != findPath
	if err := f.onHold(r, sc, office); err != nil {
		return nil, err
	}
	if !sc.halfway {
		f.Nav = navOf(sc.account, day, r.URL.Path)
	}
	if m, err := office.Records.Municipality(r.Context()); err == nil {
		f.Town, f.Logo = m.Name, logoPath(sc.tenant, m)
	}
	if p, ok := body.(openPage); ok {
		f.Public = &openLinks{Canonical: s.canonical(r), Feed: p.Feed(), Data: p.Data()}
	}
	var b bytes.Buffer
	if err := s.page(sc.tag, sc.role(), name).ExecuteTemplate(&b, "layout", f); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return &b, nil
}

// onHold says on the pages of the desk that nothing leaves.
func (f *frame) onHold(r *http.Request, sc *scene, office *workflows.Office) error {
	day := today(office)
	if !sc.may(engine.RightFollow, day) || !strings.HasPrefix(r.URL.Path, "/stul") {
		return nil
	}
	h, err := office.Records.Hold(r.Context())
	if f.Hold = h.Holds(); f.Hold && sc.may(engine.RightDecide, day) && r.URL.Path != holdPath {
		f.HoldWay = holdPath
	}
	return err
}

// flash gives the sentence behind the code word a redirect left in the address.
func (s *site) flash(r *http.Request) string {
	q := r.URL.Query()
	key := "flash." + q.Get("zprava")
	if n, err := strconv.Atoi(q.Get("n")); err == nil {
		return sceneOf(r).count(key, n)
	}
	return sceneOf(r).say(key)
}
