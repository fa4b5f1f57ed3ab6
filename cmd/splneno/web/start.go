package web

import "net/http"

// A startPage is the first page: whose this is, and the ways on.
type startPage struct {
	Public string // where everybody reads what the town has published, "" while that is nothing
	Tour   []TourStop
}

func (s *site) start(w http.ResponseWriter, r *http.Request) error {
	p, tenant := startPage{Tour: s.Tour}, sceneOf(r).tenant
	list, err := s.published(r.Context(), s.Office(tenant))
	if err != nil {
		return err
	}
	if len(list) > 0 {
		p.Public = publicPath(tenant)
	}
	return s.show(w, r, http.StatusOK, "start", p)
}
