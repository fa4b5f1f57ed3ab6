package web

import "splneno/engine"

// mailRoutes are the mail that left and the mail that came in.
func (s *site) mailRoutes() []route {
	return []route{
		{pattern: "GET /stul/posta", right: engine.RightFollow, desk: s.showOutbox},
		{pattern: "GET /stul/posta/zprava", right: engine.RightFollow, desk: s.showMessage},
		{pattern: "POST /stul/posta", right: engine.RightDecide, desk: s.postOutbox},
		{pattern: "GET /stul/prichozi", right: engine.RightFollow, desk: s.showInbox},
		{pattern: "GET /stul/prichozi/{id}", right: engine.RightFollow, desk: s.showInbound},
		{pattern: "POST /stul/prichozi/{id}", right: engine.RightDecide, desk: s.postInbound},
		{pattern: "GET /stul/prichozi/{id}/original", right: engine.RightFollow, desk: s.inboundOriginal},
		{pattern: "GET /stul/prichozi/{id}/priloha/{n}", right: engine.RightFollow, desk: s.inboundFile},
	}
}
