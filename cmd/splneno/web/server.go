package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
	"splneno/notify/mailbox"
	"splneno/workflows"
)

// Server serves the pages of one installation.
type Server struct {
	Office     func(tenant string) *workflows.Office
	Tenants    func(ctx context.Context) ([]string, error)                // all there are
	Publishers func(ctx context.Context) ([]string, error)                // those with something everybody may read
	TenantOf   func(ctx context.Context, linkHash string) (string, error) // across tenants, by name
	Signer     *link.Signer
	Tenant     string           // whose start page this is
	Mailbox    *mailbox.Mailbox // demo only: shows the built-in mailbox, nil otherwise
	Log        *slog.Logger
	Secure     bool // cookies only over TLS
	// SentMail reads the folder of sent mail since a time; nil where there is none.
	SentMail func(ctx context.Context, since time.Time) ([]engine.SentMail, error)
	Tour     []TourStop // demo only: links with a sentence each on the start page

	// Where somebody signs in, across tenants.
	TenantOfSession  func(ctx context.Context, cookieHash string) (string, error)
	TenantOfInvite   func(ctx context.Context, tokenHash string) (string, error)
	TenantOfPasskey  func(ctx context.Context, account string) (string, error)
	TenantsOfAccount func(ctx context.Context, email string) ([]string, error)
	TenantsOfSubject func(ctx context.Context, subject string) ([]string, error)
	// What keeps or kept the installation from working, nil where nobody watches,
	// and who is told of failures of the store and of requests that were answered.
	Incidents func(ctx context.Context) ([]engine.Incident, error)
	Failed    func(err error)
	Answered  func(route string, status int)

	SSO     *door.SSO      // nil without a single sign-on
	Proxies []netip.Prefix // whose X-Forwarded-For counts, beside this machine's
}

// A TourStop is one stop of the demo's tour.
type TourStop struct {
	Title, Href, Sentence string
}

// site is a server with what is prepared once: languages, pages, assets.
type site struct {
	*Server
	tongues      map[string]*tongue
	shelf        shelf
	assets       assets
	hasher       *door.Hasher
	throttle     *door.Throttle
	keys         *door.Passkeys // nil where browsers know none
	spent        once
	futures      futures
	papers       *press[publicPaper] // made for everybody
	heads        *press[engine.Evaluation]
	withholdings *press[withheld]
	outlines     *press[[]outlineMeasure]
}

// Pages are the pages of an installation.
type Pages struct {
	http.Handler
	site *site
}

// Rest lets go of what is kept at hand for the next page: what was parsed and
// made already is parsed and made anew when it is asked for.
func (p *Pages) Rest() {
	p.site.shelf.clear()
	p.site.papers.clear()
	p.site.heads.clear()
	p.site.withholdings.clear()
	p.site.outlines.clear()
}

// Handler gives the pages.
func (s *Server) Handler() *Pages {
	st := &site{Server: s, tongues: loadTongues(), shelf: newShelf(), assets: loadAssets(), hasher: door.NewHasher(), throttle: door.NewThrottle(),
		papers:       newPress(publicBytes, func(p publicPaper) int { return len(p.Data) }),
		heads:        newPress(headsKept, func(engine.Evaluation) int { return 1 }),
		withholdings: newPress(headsKept, func(withheld) int { return 1 }),
		outlines:     newPress(outlinesKept, func(o []outlineMeasure) int { return len(o) })}
	var err error
	if st.keys, err = door.NewPasskeys(s.Signer.Base(), "Splneno"); err != nil {
		s.Log.Error("no passkeys", "error", err)
	}
	return &Pages{st.guard(st.routes()), st}
}
