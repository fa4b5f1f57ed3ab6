package web

import (
	"net/http"

	"splneno/engine"
)

// statedOn is the day the accessibility of the pages was judged the last time.
const statedOn engine.Date = "2026-11-22"

// A statementPage is the accessibility statement that Act No. 99/2019 Coll.
// asks of a town.
type statementPage struct {
	Town     engine.Municipality
	StatedOn engine.Date
}

func (s *site) showStatement(w http.ResponseWriter, r *http.Request) error {
	m, err := s.Office(sceneOf(r).tenant).Records.Municipality(r.Context())
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "statement", statementPage{Town: m, StatedOn: statedOn})
}
