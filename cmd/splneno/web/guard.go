package web

import (
	"fmt"
	"net/http"
	"strings"

	"splneno/engine"
)

// maxForm is how long a form may be, in bytes.
const maxForm = 1 << 20

// policy is the content security policy of our own pages: nothing inline,
// nothing from elsewhere. connect-src is what saving a draft needs.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// paperPolicy is the policy of a finished document or mail shown as it is: its
// own style and pictures, no script, no form, framed by our own pages alone.
const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; " +
	"frame-ancestors 'self'; base-uri 'none'; sandbox"

// guard wraps every route: headers, the size of forms, the log, and no POST
// from another site.
func (s *site) guard(next http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(s.handle(func(http.ResponseWriter, *http.Request) error {
		return engine.Errorf(engine.Forbidden, "a form sent from another site is not taken")
	}))
	protected := origin.Handler(s.chooses(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w}
		setHeaders(w.Header())
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		defer func() {
			if p := recover(); p != nil {
				s.fail(rec, r, fmt.Errorf("panic: %v", p))
			}
			s.Log.Info("page", "method", r.Method, "path", s.redacted(r.URL.Path), "status", rec.status)
		}()
		entered, err := s.enter(r)
		if r = entered; err != nil {
			s.fail(rec, r, err)
			return
		}
		protected.ServeHTTP(rec, r)
	})
}

// setHeaders sends no address of ours, and so no token, anywhere else. Within
// the site the referrer stays: without it older browsers call the origin of
// their own forms "null", and those forms would be refused.
func setHeaders(h http.Header) {
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
}

// redacted gives a path as it may be logged: a token in it is a key, so only
// the beginning of its hash is shown. Queries are never logged.
func (s *site) redacted(path string) string {
	rest, ok := strings.CutPrefix(path, "/o/")
	if !ok {
		return path
	}
	token, more, nested := strings.Cut(rest, "/")
	hash, err := s.Signer.Hash(token)
	if err != nil {
		return "/o/…"
	}
	if nested && more == "prehled" {
		return "/o/…" + hash[:8] + "/" + more
	}
	return "/o/…" + hash[:8]
}

// recorder remembers the status for the log, and whether anything was written.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}
