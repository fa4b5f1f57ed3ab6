package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"splneno/engine"
	"splneno/engine/czech"
)

// pages are the parsed templates by name, each with the layout around it.
type pages map[string]*template.Template

// A frame is what the layout needs around a page.
type frame struct {
	Town    string
	Desk    bool // signed in: the desk's navigation is shown
	Demo    bool
	Mailbox bool
	Flash   string
	Body    any
}

// loadPages parses every page together with the layout and the shared parts.
func loadPages(s *site) pages {
	shared := template.Must(template.New("layout").Funcs(s.funcs()).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html"))
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		panic(err)
	}
	p := pages{}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "templates/"), ".html")
		if name != "layout" && name != "parts" {
			p[name] = template.Must(template.Must(shared.Clone()).ParseFS(templateFiles, file))
		}
	}
	return p
}

func (s *site) funcs() template.FuncMap {
	return template.FuncMap{
		"asset":     s.assets.href,
		"say":       s.words.say,
		"count":     s.words.count,
		"date":      czech.FormatDate,
		"long":      czech.LongDate,
		"share":     czech.FormatShare,
		"status":    czech.StatusWord,
		"step":      czech.NextStepWord,
		"channel":   czech.ChannelWord,
		"symbol":    symbol,
		"number":    formatNumber,
		"size":      formatSize,
		"line":      printable,
		"mailfiles": func(id string, files []engine.File) fileList { return fileList{id, files} },
		"masked":    s.masked,
		"when":      s.when,
	}
}

// when writes an instant on the municipality's clock.
func (s *site) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(s.Office(s.Tenant).Zone)
	return czech.FormatDate(engine.DateOf(t)) + " " + t.Format("15:04")
}

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
	office := s.Office(s.Tenant)
	f := frame{Body: body, Demo: office.Demo, Mailbox: s.Mailbox != nil, Desk: s.signedIn(r), Flash: s.flash(r)}
	if m, err := office.Records.Municipality(r.Context()); err == nil {
		f.Town = m.Name
	}
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout", f); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	return err
}

// flash gives the sentence behind the code word a redirect left in the address.
func (s *site) flash(r *http.Request) string {
	q := r.URL.Query()
	key := "flash." + q.Get("zprava")
	if n, err := strconv.Atoi(q.Get("n")); err == nil {
		return s.words.count(key, n)
	}
	return s.words.say(key)
}
