package web

import (
	"fmt"
	"net/http"
	"path"
	"strings"

	"splneno/engine"
	"splneno/notify/link"
)

// maxForm is how long a form may be, in bytes; maxUpload where a document comes
// with it.
const (
	maxForm   = 1 << 20
	maxUpload = 10 << 20
)

// mostBody gives how long what is sent to a path may be.
func mostBody(at string) int64 {
	if at == holdPath {
		return maxSent + maxForm
	}
	if at == layoutDesk || strings.HasPrefix(at, "/stul/vyhodnoceni/") && strings.HasSuffix(at, "/upravy") {
		return maxUpload
	}
	return maxForm
}

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
	within := s.chooses(next)
	protected := origin.Handler(within)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w}
		s.setHeaders(w.Header(), r.URL.Path)
		r.Body = http.MaxBytesReader(w, r.Body, mostBody(r.URL.Path))
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
		if speaksForItself(r) {
			within.ServeHTTP(rec, r)
			return
		}
		protected.ServeHTTP(rec, r)
	})
}

// keyPaths are where a token in the path is the key to the page.
var keyPaths = []string{"/o/", "/prehled/", "/stul/pozvani/", "/kalendar/"}

// keyed splits the path of such a page into what stands before the token, the
// token, and what follows it.
func keyed(path string) (before, token, after string, ok bool) {
	for _, p := range keyPaths {
		if rest, found := strings.CutPrefix(path, p); found {
			token, after, _ := strings.Cut(rest, "/")
			return p, token, after, true
		}
	}
	return "", "", "", false
}

// setHeaders sends no address of ours, and so no token, anywhere else. Where
// the address is a key, not even our own pages are told; elsewhere the referrer
// stays within the site: without it older browsers call the origin of their own
// forms "null", and those forms would be refused.
func (s *site) setHeaders(h http.Header, path string) {
	h.Set("Referrer-Policy", "same-origin")
	if _, _, _, ok := keyed(path); ok {
		h.Set("Referrer-Policy", "no-referrer")
	}
	if s.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", permissions)
	h.Set("X-Content-Type-Options", "nosniff")
}

// permissions leaves pages nothing of the browser but passkeys.
const permissions = "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), " +
	"payment=(), usb=(), serial=(), bluetooth=(), display-capture=()"

// speaksForItself reports whether a form comes from one of our pages that told
// the browser to name no origin, in a browser too old to say where from. Only
// the token in the path gives it any power, not a cookie: whoever could forge
// the form could as well open the page.
func speaksForItself(r *http.Request) bool {
	_, _, _, ok := keyed(r.URL.Path)
	return ok && r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "null"
}

// redacted gives a path as it may be logged: a token in it is a key, so only
// the beginning of its hash is shown. Queries are never logged.
func (s *site) redacted(at string) string {
	before, token, after, ok := keyed(plain(at))
	if !ok {
		return s.Signer.Hide(at)
	}
	out := before + "…" + link.SecretHash(token)[:8]
	if after == "prehled" {
		out += "/" + after
	}
	return out
}

// plain gives the path somebody meant who mistyped the address of a key: it is
// one all the same.
func plain(at string) string {
	at = path.Clean("/" + at)
	for _, p := range keyPaths {
		if len(at) > len(p) && strings.EqualFold(at[:len(p)], p) {
			return p + at[len(p):]
		}
	}
	return at
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
