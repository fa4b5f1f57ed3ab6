package web

import "net/http"

// start is the first page: whose this is, and the way to the desk.
func (s *site) start(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusOK, "start", s.Tour)
}
