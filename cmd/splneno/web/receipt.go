package web

import "net/http"

// showReceipt says what was understood of the answers given so far, item by
// item. It tells only what is stored, so it may be opened at any time.
func (s *site) showReceipt(w http.ResponseWriter, r *http.Request) error {
	in, err := s.open(r)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "receipt", in.page)
}
