package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"

	"splneno/engine"
)

// A handler is a page; the error it returns becomes a page of its own.
type handler func(w http.ResponseWriter, r *http.Request) error

// statuses maps what went wrong to HTTP, in this one place.
var statuses = map[engine.Code]int{
	engine.Invalid:     http.StatusUnprocessableEntity,
	engine.NotFound:    http.StatusNotFound,
	engine.Conflict:    http.StatusConflict,
	engine.Forbidden:   http.StatusForbidden,
	engine.Gone:        http.StatusGone,
	engine.Unavailable: http.StatusServiceUnavailable,
}

// A trouble is a failure as a person is told it. Code is a key of the catalogue.
type trouble struct {
	Code    string
	Status  int
	ID      string // of the log line, for failures nobody can mend at the page
	Contact string // whom to write to
	By      string // who answers instead, of an organisation that has ended
}

func (s *site) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// fail shows the error page, unless the answer has begun already.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	t := s.trouble(r, err)
	if rec, ok := w.(*recorder); ok && rec.status != 0 {
		return
	}
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Del("Content-Disposition")
	if err := s.show(w, r, t.Status, "trouble", t); err != nil {
		s.Log.Error("error page", "error", err.Error())
		http.Error(w, http.StatusText(t.Status), t.Status)
	}
}

// trouble says what to tell about an error, and logs what only we can mend.
func (s *site) trouble(r *http.Request, err error) trouble {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return trouble{Code: "too_large", Status: http.StatusRequestEntityTooLarge}
	}
	if over := (*takenOver)(nil); errors.As(err, &over) {
		return trouble{Code: "taken_over", Status: http.StatusGone, Contact: s.contact(r.Context()), By: over.by}
	}
	if rests := (*asleep)(nil); errors.As(err, &rests) {
		return trouble{Code: string(rests.kind), Status: rests.status(), Contact: s.contact(r.Context())}
	}
	code := engine.CodeOf(err)
	t := trouble{Code: string(code), Status: statuses[code], Contact: s.contact(r.Context())}
	if t.Status == 0 || code == engine.Unavailable {
		t.ID = newID()
		s.Log.Error("page failed", "id", t.ID, "method", r.Method, "path", s.redacted(r.URL.Path), "error", err.Error())
	}
	if t.Status == 0 {
		t.Code, t.Status = "internal", http.StatusInternalServerError
	}
	return t
}

// persist tries again when something moved meanwhile that has no bearing on the
// decision. A Conflict that stays is one to be told.
func persist(do func() error) error {
	err := do()
	for tries := 0; tries < 3 && engine.CodeOf(err) == engine.Conflict; tries++ {
		err = do()
	}
	return err
}

// contact gives the coordinator's address, "" when even that cannot be read.
func (s *site) contact(ctx context.Context) string {
	tenant := s.Tenant
	if sc, ok := ctx.Value(sceneKey{}).(*scene); ok {
		tenant = sc.tenant
	}
	m, err := s.Office(tenant).Records.Municipality(ctx)
	if err != nil {
		return ""
	}
	return m.Coordinator.Email
}

func newID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // documented never to fail
	return hex.EncodeToString(b[:])
}

// nowhere answers addresses that lead nowhere.
func (s *site) nowhere(http.ResponseWriter, *http.Request) error {
	return engine.Errorf(engine.NotFound, "there is no such page")
}
