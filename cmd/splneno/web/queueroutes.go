package web

import "splneno/engine"

// queueRoutes are the answers that wait and what is decided about them.
func (s *site) queueRoutes() []route {
	return []route{
		{pattern: "GET /stul/odpovedi", right: engine.RightFollow, desk: s.showQueue},
		{pattern: "GET /stul/rozhodnuti", right: engine.RightFollow, desk: s.showAnswer},
		{pattern: "POST /stul/rozhodnuti", right: engine.RightDecide, desk: s.postDecision},
		{pattern: "POST /stul/hromadne", right: engine.RightDecide, desk: s.postBulk},
	}
}

// seasonRoutes are the entries of a season.
func (s *site) seasonRoutes() []route {
	return []route{
		{pattern: "GET /stul/aktivity/{plan}/{period}", right: engine.RightFollow, desk: s.showActivities},
		{pattern: "GET /stul/aktivity/{plan}/{period}/{id...}", right: engine.RightFollow, desk: s.showEntry},
		{pattern: "POST /stul/aktivity/{plan}/{period}/{id...}", right: engine.RightDecide, desk: s.postEntry},
	}
}
