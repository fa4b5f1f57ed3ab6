package web

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/link"
	"splneno/workflows"
)

// cookieName names the cookie of a session. Over TLS its name makes browsers
// refuse it from anybody but this very host.
const cookieName = "stul"

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
		if sc.rests != nil {
			sc.behindKey(sc.from)
			return sc.rests
		}
		if sc.account.ID == "" {
			if r.Method == http.MethodPost {
				return s.halt(w, r, "session")
			}
			http.Redirect(w, r, "/stul/prihlaseni?dal="+url.QueryEscape(r.URL.Path), http.StatusSeeOther)
			return nil
		}
		v := visit{scene: sc, w: w, r: r, office: s.Office(sc.tenant), who: actorOf(sc.account)}
		switch {
		case !sc.account.May(right, v.today()):
			return s.halt(w, r, "role")
		case right != engine.RightSelf && sc.halfway && r.Method == http.MethodPost:
			return s.halt(w, r, "second")
		case right != engine.RightSelf && sc.halfway:
			http.Redirect(w, r, "/stul/ucet/overeni", http.StatusSeeOther)
			return nil
		}
		if err := r.ParseForm(); err != nil {
			return badForm(err)
		}
		return h(v)
	}
}

// halt says why somebody gets no further, in words of its own.
func (s *site) halt(w http.ResponseWriter, r *http.Request, code string) error {
	return s.show(w, r, http.StatusForbidden, "trouble", trouble{Code: code, Status: http.StatusForbidden})
}

// actorOf gives in whose name somebody acts who is signed in.
func actorOf(a engine.Account) engine.Actor {
	who := engine.Actor{Kind: a.ActorKind(), Name: a.Name}
	if a.Role == engine.RoleSubstitute {
		who.Name = czech.StandingIn(a.Name, a.StandsFor)
	}
	return who
}

// today is the local day of the visit.
func (v visit) today() engine.Date { return today(v.office) }

func today(o *workflows.Office) engine.Date { return engine.DateOf(o.Now().In(o.Zone)) }

// A scene is what is known of a request before its page: whose pages these
// are, who is signed in, and in what language.
type scene struct {
	tenant  string
	account engine.Account // zero for nobody
	session engine.Session
	halfway bool // the role asks for a second factor, and none was shown
	from    string
	rests   error // why nobody is signed in whose session began at from
	*tongue
}

// role gives the role pages are shown for: "" for nobody, and for somebody who
// has still to show a second factor.
func (sc *scene) role() engine.Role {
	if sc.halfway {
		return ""
	}
	return sc.account.Role
}

// may reports whether whoever is signed in has the right today.
func (sc *scene) may(right engine.Right, today engine.Date) bool {
	return sc.account.May(right, today) && (right == engine.RightSelf || !sc.halfway)
}

type sceneKey struct{}

// sceneOf gives the scene the guard set.
func sceneOf(r *http.Request) *scene {
	sc, _ := r.Context().Value(sceneKey{}).(*scene)
	return sc
}

// enter finds out the scene of a request: whose desk it is follows from the
// session, so that one server serves the desks of many towns. It changes
// nothing but when the session was last seen.
func (s *site) enter(r *http.Request) (*http.Request, error) {
	sc := &scene{tenant: s.Tenant, tongue: s.tongueOf(r)}
	r = r.WithContext(context.WithValue(r.Context(), sceneKey{}, sc))
	if r.Method == http.MethodPost { // read first: who sends slowly is asked who they are at the end
		if err := r.ParseForm(); err != nil {
			return r, badForm(err)
		}
	}
	hash := s.sessionHash(r)
	if hash == "" || strings.HasPrefix(r.URL.Path, "/static/") || r.URL.Path == "/healthz" {
		return r, nil
	}
	tenant, err := s.TenantOfSession(r.Context(), hash)
	if err != nil {
		return r, unlessMissing(err)
	}
	if sc.rests = s.awake(r.Context(), tenant); sc.rests != nil {
		sc.from = tenant
		return r, nil
	}
	office := s.Office(tenant)
	session, account, err := office.SignedIn(r.Context(), hash)
	if err != nil {
		return r, unlessMissing(err)
	}
	if !account.Active(today(office)) {
		return r, nil
	}
	sc.tenant, sc.account, sc.session = tenant, account, session
	sc.halfway = account.NeedsSecond() && !session.Strong && !office.Demo
	if t := s.tongues[account.Language]; t != nil && !hasCookie(r, tongueCookie) {
		sc.tongue = t
	}
	return r, nil
}

// unlessMissing passes over that something is not there.
func unlessMissing(err error) error {
	if engine.CodeOf(err) == engine.NotFound {
		return nil
	}
	return err
}

func hasCookie(r *http.Request, name string) bool {
	_, err := r.Cookie(name)
	return err == nil
}

// sessionHash gives the hash of the session's cookie, "" without one.
func (s *site) sessionHash(r *http.Request) string {
	c, err := r.Cookie(s.cookie(cookieName))
	if err != nil || c.Value == "" {
		return ""
	}
	return link.SecretHash(c.Value)
}

// begin signs somebody in who has proved it: with a new session under a new
// value, whatever the browser carried before. a is as it was read, with what
// the proof used up.
func (s *site) begin(w http.ResponseWriter, r *http.Request, office *workflows.Office, a engine.Account, with string, strong bool) error {
	if err := s.awake(r.Context(), office.Records.Tenant()); err != nil {
		sceneOf(r).behindKey(office.Records.Tenant())
		return err
	}
	secret := link.NewSecret()
	session := engine.Session{Hash: link.SecretHash(secret), Strong: strong, Agent: agentOf(r.UserAgent())}
	if err := office.SignIn(r.Context(), a, session, with); err != nil {
		return err
	}
	if old := s.sessionHash(r); old != "" {
		tenant, err := s.TenantOfSession(r.Context(), old)
		if err == nil {
			err = s.Office(tenant).Records.EndSession(r.Context(), old)
		}
		if unlessMissing(err) != nil {
			return err
		}
	}
	s.setCookie(w, cookieName, secret, engine.SessionLength)
	s.knowDevice(w, r, a)
	return nil
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

func (s *site) postSignOut(v visit) error {
	if err := v.office.Records.EndSession(v.r.Context(), v.session.Hash); err != nil {
		return err
	}
	s.setCookie(v.w, cookieName, "", -time.Second)
	return v.back("/", nil)
}

// cookie gives the full name of a cookie.
func (s *site) cookie(name string) string {
	if s.Secure {
		return "__Host-" + name
	}
	return name
}

func (s *site) setCookie(w http.ResponseWriter, name, value string, age time.Duration) {
	http.SetCookie(w, &http.Cookie{Name: s.cookie(name), Value: value, Path: "/", MaxAge: int(age.Seconds()), HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}

// inside keeps a way back only when it leads to the desk of this very site.
func inside(to string) string {
	clean := path.Clean("/" + to)
	if to != clean || strings.Contains(to, `\`) || !(to == "/stul" || strings.HasPrefix(to, "/stul/")) {
		return "/stul"
	}
	return (&url.URL{Path: to}).String()
}

// landing gives where somebody who signed in goes: where they wanted to, but
// those who only read results have no overview.
func landing(a engine.Account, next string, day engine.Date) string {
	if next == "/stul" && !a.May(engine.RightFollow, day) {
		return "/stul/vyhodnoceni"
	}
	return next
}

// agentOf names a browser and its system in a few words, as whoever looks
// through their sessions would.
func agentOf(ua string) string {
	var words []string
	for _, group := range [][][2]string{
		{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}},
		{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"Linux", "Linux"}},
	} {
		for _, sign := range group {
			if strings.Contains(ua, sign[0]) {
				words = append(words, sign[1])
				break
			}
		}
	}
	return strings.Join(words, ", ")
}
