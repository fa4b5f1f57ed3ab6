package web

import (
	"bytes"
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"splneno/engine"
	"splneno/engine/pattern"
)

// An awayPage is shown while the store cannot be had. It needs nothing of it,
// and keeps what was typed: a form that was sent is on it, whole, to be sent
// again.
type awayPage struct {
	At    string // the address that was asked for
	Form  []awayField
	Texts []string // what somebody wrote, to be read and copied
	ID    string   // of the log line
}

type awayField struct{ Name, Value string }

// Closed is what people see while there is no store at all yet, whatever they
// ask for.
func Closed(log *slog.Logger) http.Handler {
	s := sync.OnceValue(func() *site { // nobody may ever ask
		return &site{Server: &Server{Log: log}, tongues: loadTongues(), shelf: newShelf(), assets: loadAssets()}
	})
	mux := http.NewServeMux()
	mux.Handle("GET /static/{name}", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s().asset(w, r); err != nil {
			http.NotFound(w, r)
		}
	}))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s().setHeaders(w.Header(), r.URL.Path)
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		_ = r.ParseForm() // what cannot be read cannot be shown again
		s().away(w, r, "")
	})
	return mux
}

// away says that the store cannot be had just now.
func (s *site) away(w http.ResponseWriter, r *http.Request, id string) {
	sc := sceneOf(r)
	if sc == nil {
		sc = &scene{tongue: s.tongueOf(r)}
	}
	p := awayPage{At: r.URL.RequestURI(), ID: id}
	if !strings.HasPrefix(p.At, "/") || strings.HasPrefix(p.At, "//") || strings.Contains(p.At, `\`) {
		p.At = "/" // never to another site
	}
	if mayRepeat(r) {
		p.Form, p.Texts = typedBefore(r.PostForm)
	}
	var b bytes.Buffer
	if err := s.page(sc.tag, "", "away").ExecuteTemplate(&b, "layout", frame{Lang: sc.tag, Body: p}); err != nil {
		s.Log.Error("error page", "error", err.Error())
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Retry-After", retryAfter)
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = b.WriteTo(w)
}

// retryAfter is how many seconds programs are asked to wait while the store is
// away.
const retryAfter = "30"

// mayRepeat reports whether a form may be shown again: one of our own pages, so
// that no other site puts words into it, and without a password in it.
func mayRepeat(r *http.Request) bool {
	if r.Method != http.MethodPost || http.NewCrossOriginProtection().Check(r) != nil && !speaksForItself(r) {
		return false
	}
	for _, door := range []string{"/stul/prihlaseni", "/stul/pozvani/", "/stul/ucet"} {
		if strings.HasPrefix(r.URL.Path, door) {
			return false
		}
	}
	return true
}

// typedBefore gives the fields of a form in their order, and of them the texts
// people write.
func typedBefore(form url.Values) (fields []awayField, texts []string) {
	for name, values := range form {
		for _, v := range values {
			fields = append(fields, awayField{name, v})
		}
	}
	slices.SortFunc(fields, func(a, b awayField) int { return cmp.Compare(inOrder(a.Name), inOrder(b.Name)) })
	for _, f := range fields {
		if text := strings.TrimSpace(f.Value); strings.ContainsAny(text, " \n") {
			texts = append(texts, text)
		}
	}
	return fields, texts
}

var digits = pattern.New(`\d+`)

// inOrder gives a name by which item 10 comes after item 9.
func inOrder(name string) string {
	return digits.ReplaceAllStringFunc(name, func(n string) string { return strings.Repeat("0", max(0, 9-len(n))) + n })
}

// incidents gives what keeps or kept the installation from working, as far as
// people are told of it.
func (s *site) incidents(ctx context.Context) ([]engine.Incident, error) {
	if s.Incidents == nil {
		return nil, nil
	}
	return s.Incidents(ctx)
}
