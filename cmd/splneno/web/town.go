package web

import (
	"net/http"
	"slices"

	"splneno/engine"
	"splneno/workflows"
)

// townOf finds the town whose key stands in the address: the first one where
// open does not say NotFound, that of the start page before the others. The
// page is this town's then, and whoever opens it sees what the key shows.
func (s *site) townOf(r *http.Request, open func(*workflows.Office) error) (*workflows.Office, error) {
	towns, err := s.Tenants(r.Context())
	if err != nil {
		return nil, err
	}
	towns = slices.DeleteFunc(towns, func(town string) bool { return town == s.Tenant })
	for _, town := range append([]string{s.Tenant}, towns...) {
		office := s.Office(town)
		err := open(office)
		if err == nil {
			sceneOf(r).behindKey(town)
			return office, s.awake(r.Context(), town)
		}
		if engine.CodeOf(err) != engine.NotFound {
			return nil, err
		}
	}
	return nil, engine.Errorf(engine.NotFound, "there is no such page; the link may have been ended")
}

// behindKey makes a scene that of a town's page which a key in the address
// opens, not an account.
func (sc *scene) behindKey(town string) {
	sc.tenant, sc.account = town, engine.Account{}
}
