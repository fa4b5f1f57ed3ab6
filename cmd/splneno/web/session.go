package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

const (
	cookieName    = "stul"
	sessionLength = 12 * time.Hour
	triesAMinute  = 5
)

// A visit is one request to the desk by somebody signed in.
type visit struct {
	*scene
	w      http.ResponseWriter
	r      *http.Request
	office *workflows.Office
	who    engine.Actor // in whose name something is decided
}

// A deskHandler is a page of the desk.
type deskHandler func(v visit) error

// desk lets only somebody in who is signed in and may do this. A form sent
// after the session ended is refused in place, so that going back shows what
// was typed.
func (s *site) desk(right engine.Right, h deskHandler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		sc := sceneOf(r)
		if sc.account.ID == "" {
			if r.Method == http.MethodPost {
				return s.show(w, r, http.StatusForbidden, "trouble", trouble{Code: "session", Status: http.StatusForbidden})
			}
			http.Redirect(w, r, "/stul/prihlaseni?dal="+url.QueryEscape(r.URL.Path), http.StatusSeeOther)
			return nil
		}
		v := visit{scene: sc, w: w, r: r, office: s.Office(sc.tenant)}
		if !sc.account.May(right, v.today()) {
			return engine.Errorf(engine.Forbidden, "the role %s does not open this page", sc.account.Role)
		}
		if err := r.ParseForm(); err != nil {
			return badForm(err)
		}
		v.who = engine.Actor{Kind: engine.ActorCoordinator, Name: sc.account.Name}
		return h(v)
	}
}

// today is the local day of the visit.
func (v visit) today() engine.Date { return engine.DateOf(v.office.Now().In(v.office.Zone)) }

// A scene is what is known of a request before its page: whose pages these
// are, who is signed in, and in what language.
type scene struct {
	tenant  string
	account engine.Account // zero for nobody
	*tongue
}

// May reports whether whoever is signed in has the right today.
func (sc *scene) may(right engine.Right, today engine.Date) bool { return sc.account.May(right, today) }

type sceneKey struct{}

// sceneOf gives the scene the guard set.
func sceneOf(r *http.Request) *scene {
	sc, _ := r.Context().Value(sceneKey{}).(*scene)
	return sc
}

// enter finds out the scene of a request. It changes nothing.
func (s *site) enter(r *http.Request) (*http.Request, error) {
	sc := &scene{tenant: s.Tenant, tongue: s.tongueOf(r)}
	r = r.WithContext(context.WithValue(r.Context(), sceneKey{}, sc))
	if !s.signedIn(r) {
		return r, nil
	}
	m, err := s.Office(s.Tenant).Records.Municipality(r.Context())
	if err != nil {
		return r, err
	}
	sc.account = engine.Account{ID: engine.CoordinatorID, Name: cmp.Or(m.Coordinator.Name, m.Coordinator.Email), Role: engine.RoleCoordinator}
	return r, nil
}

// back answers a POST that was done with a redirect, so that reloading the page
// sends nothing again. to may end with the place on the page to go to.
func (v visit) back(to string, flash url.Values) error {
	if len(flash) > 0 {
		path, place, placed := strings.Cut(to, "#")
		if to = path + "?" + flash.Encode(); placed {
			to += "#" + place
		}
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

func (s *site) signedIn(r *http.Request) bool {
	c, err := r.Cookie(cookieName)
	return err == nil && s.Signer.CheckSession(c.Value, "desk/"+s.Tenant, s.Office(s.Tenant).Now())
}

// A signInForm is the page that asks for the desk code.
type signInForm struct {
	Code, Next string
	Problem    string // key of the catalogue
}

func (s *site) showSignIn(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return s.show(w, r, http.StatusOK, "signin", signInForm{Code: q.Get("kod"), Next: inside(q.Get("dal"))})
}

func (s *site) postSignIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := signInForm{Next: inside(r.PostForm.Get("dal"))}
	now := s.Office(s.Tenant).Now()
	if !s.signIn.allow(now) {
		f.Problem = "signin.throttled"
		return s.show(w, r, http.StatusTooManyRequests, "signin", f)
	}
	if !s.Signer.CheckDeskCode(r.PostForm.Get("kod")) {
		s.signIn.failed(now)
		f.Problem = "signin.wrong"
		return s.show(w, r, http.StatusForbidden, "signin", f)
	}
	s.setCookie(w, s.Signer.SessionToken("desk/"+s.Tenant, now.Add(sessionLength)), int(sessionLength.Seconds()))
	http.Redirect(w, r, f.Next, http.StatusSeeOther)
	return nil
}

func (s *site) postSignOut(v visit) error {
	s.setCookie(v.w, "", -1)
	return v.back("/", nil)
}

func (s *site) setCookie(w http.ResponseWriter, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}

// inside keeps a way back only when it leads to the desk of this very site.
func inside(to string) string {
	clean := path.Clean("/" + to)
	if to != clean || strings.Contains(to, `\`) || !(to == "/stul" || strings.HasPrefix(to, "/stul/")) {
		return "/stul"
	}
	return (&url.URL{Path: to}).String()
}

// A throttle counts failed tries of the last minute.
type throttle struct {
	mu    sync.Mutex
	tries []time.Time
}

func (t *throttle) allow(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	var recent []time.Time
	for _, at := range t.tries {
		if now.Sub(at) < time.Minute {
			recent = append(recent, at)
		}
	}
	t.tries = recent
	return len(t.tries) < triesAMinute
}

func (t *throttle) failed(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tries = append(t.tries, now)
}
