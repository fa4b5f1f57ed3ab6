package web

import "splneno/engine"

// homeRoutes are the overview and what is changed from it.
func (s *site) homeRoutes() []route {
	return []route{
		{pattern: "GET /stul", right: engine.RightFollow, desk: s.showDesk},
		{pattern: "GET /stul/znovu", right: engine.RightDecide, desk: s.showAgain},
		{pattern: "POST /stul/znovu", right: engine.RightDecide, desk: s.postAgain},
	}
}
