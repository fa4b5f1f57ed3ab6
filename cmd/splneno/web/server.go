package web

import (
	"context"
	"log/slog"
	"net/http"

	"splneno/notify/link"
	"splneno/notify/mailbox"
	"splneno/workflows"
)

// Server serves the pages of one installation.
type Server struct {
	Office   func(tenant string) *workflows.Office
	TenantOf func(ctx context.Context, linkHash string) (string, error) // across tenants, by name
	Signer   *link.Signer
	Tenant   string           // whose start page this is
	Mailbox  *mailbox.Mailbox // demo only: shows the built-in mailbox, nil otherwise
	Log      *slog.Logger
	Secure   bool       // cookies only over TLS
	Tour     []TourStop // demo only: links with a sentence each on the start page
}

// A TourStop is one stop of the demo's tour.
type TourStop struct {
	Title, Href, Sentence string
}

// site is a server with what is prepared once: languages, pages, assets.
type site struct {
	*Server
	tongues map[string]*tongue
	pages   map[string]pages // by language
	assets  assets
	signIn  throttle
	futures futures
}

// Handler gives the pages. Broken templates are a programming error and panic
// here, at start-up.
func (s *Server) Handler() http.Handler {
	st := &site{Server: s, tongues: loadTongues(), assets: loadAssets(), pages: map[string]pages{}}
	for tag, t := range st.tongues {
		st.pages[tag] = loadPages(st, t)
	}
	return st.guard(st.routes())
}
