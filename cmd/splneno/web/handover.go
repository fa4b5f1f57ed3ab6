package web

import "splneno/engine"

// handoverRoutes is the page for the day the coordinator changes.
func (s *site) handoverRoutes() []route {
	return []route{{pattern: "GET /stul/predani", right: engine.RightFollow, desk: s.showHandover}}
}

func (s *site) showHandover(v visit) error {
	h, err := v.office.Handover(v.r.Context())
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, 200, "handover", h)
}
