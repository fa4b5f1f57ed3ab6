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
	name string
}

func (r renamed) Municipality(ctx context.Context) (engine.Municipality, error) {
	m, err := r.Records.Municipality(ctx)
	m.Name, m.Settings.Logo, m.Settings.LogoType = r.name, []byte("PNG of "+r.name), "image/png"
	return m, err
}

// Behind a link stand the name, the logo and the contact of the town that asks,
// on whichever town's server, and nothing of whoever is signed in.
func TestALinkOpensThePageOfItsTown(t *testing.T) {
	h := newHouse(t)
	towns := map[string]string{"klatovy": "Klatovy pod sluncem", "domazlice": "Domazlice u lesa"}
	s := &Server{Signer: h.signer, Tenant: "domazlice", Log: slog.New(slog.DiscardHandler), Tenants: h.db.AcrossTenants().Tenants, TenantOf: func(context.Context, string) (string, error) { return "klatovy", nil },
		Office: func(tenant string) *workflows.Office {
			o := *h.office
			o.Records = renamed{h.office.Records, towns[tenant]}
			return &o
		}}
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	own := h.server.URL
	h.server.URL = server.URL
	defer func() { h.server.URL = own }()
	h.get("/").tells(t, 200, towns["domazlice"])
	for _, path := range []string{h.path("charita"), h.path("charita") + "/prehled"} {
		r := h.get(path)
		r.tells(t, 200, towns["klatovy"], `<img src="/logo/klatovy/`)
		r.hides(t, towns["domazlice"], `class="ways"`)
	}
	h.get("/o/zadny").tells(t, 404, towns["domazlice"])
}
