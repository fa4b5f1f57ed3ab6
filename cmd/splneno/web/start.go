package web

import (
	"net/http"

	"splneno/notify/link"
)

// townsOnPage is how many towns the first page lists at a time.
const townsOnPage = 30

// A startPage is the first page: whose this is, and the ways on.
type startPage struct {
	Public []startTown // whose publications everybody may read
	Pager  pager
	Tour   []TourStop
}

// A startTown is a town with the way to what it has published.
type startTown struct{ Name, Href string }

func (s *site) start(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Publishers(r.Context())
	if err != nil {
		return err
	}
	p := startPage{Tour: s.Tour, Pager: newPager(r, townsOnPage, len(all))}
	for _, tenant := range paged(p.Pager, all) {
		town, err := s.Office(tenant).Records.Municipality(r.Context())
		if err != nil {
			return err
		}
		p.Public = append(p.Public, startTown{town.Name, link.PublicPath(tenant)})
	}
	return s.show(w, r, http.StatusOK, "start", p)
}
