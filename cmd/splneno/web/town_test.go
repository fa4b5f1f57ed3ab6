package web

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"

	"splneno/engine"
	"splneno/workflows"
)

// renamed is records of a town under another name.
type renamed struct {
	workflows.Records
	id, name string
}

func (r renamed) Tenant() string { return r.id }

func (r renamed) Municipality(ctx context.Context) (engine.Municipality, error) {
	m, err := r.Records.Municipality(ctx)
	m.Name, m.Settings.Logo, m.Settings.LogoType = r.name, []byte("PNG of "+r.name), "image/png"
	return m, err
}

var towns = map[string]string{"klatovy": "Klatovy pod sluncem", "domazlice": "Domazlice u lesa"}

// abroad sends what follows to the server of another town, which serves both.
func (h *house) abroad() {
	h.t.Helper()
	klatovy := func(context.Context, string) (string, error) { return "klatovy", nil }
	s := &Server{Signer: h.signer, Tenant: "domazlice", Log: slog.New(slog.DiscardHandler), TenantOf: klatovy, TenantOfSession: klatovy,
		Tenants:    func(context.Context) ([]string, error) { return []string{"domazlice", "klatovy"}, nil },
		Publishers: func(context.Context) ([]string, error) { return nil, nil },
		Office: func(tenant string) *workflows.Office {
			o := *h.office
			o.Records = renamed{h.office.Records, tenant, towns[tenant]}
			return &o
		}}
	server := httptest.NewServer(s.Handler())
	own := h.server.URL
	h.server.URL = server.URL
	h.t.Cleanup(func() { h.server.URL = own; server.Close() })
}

// Behind a link stand the name, the logo and the contact of the town that asks,
// on whichever town's server, and nothing of whoever is signed in.
func TestALinkOpensThePageOfItsTown(t *testing.T) {
	h := newHouse(t)
	h.abroad()
	h.get("/").tells(t, 200, towns["domazlice"])
	for _, path := range []string{h.path("charita"), h.path("charita") + "/prehled"} {
		r := h.get(path)
		r.tells(t, 200, towns["klatovy"], `<img src="/logo/klatovy/`)
		r.hides(t, towns["domazlice"], `class="ways"`)
	}
	h.get("/kalendar/"+h.signer.FeedToken("klatovy", "", 0)+".ics").want(t, 200, "X-WR-CALNAME", "Klatovy pod")
	h.get("/o/zadny").tells(t, 404, towns["domazlice"])
}

// So do the board of a member of the steering group, and a calendar.
func TestABoardAndACalendarAreOfTheirTown(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.approveIt()
	h.abroad()
	r := h.get("/prehled/" + h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0))
	r.tells(t, 200, towns["klatovy"])
	r.hides(t, towns["domazlice"], `class="ways"`)
	for _, path := range []string{"/prehled/" + h.signer.BoardToken("susice", "ap2023", "2023", "rs@klatovy.example", 0),
		"/kalendar/" + h.signer.FeedToken("susice", "", 0) + ".ics", "/prehled/x", "/kalendar/x"} {
		h.get(path).tells(t, 404)
	}
}
