package web

import "splneno/engine"

// bodyRoutes are the organisations, their contacts and the persons among them.
func (s *site) bodyRoutes() []route {
	return []route{
		{pattern: "GET /stul/organizace", right: engine.RightFollow, desk: s.showBodies},
		{pattern: "GET /stul/organizace/nova", right: engine.RightDecide, desk: s.showNewBody},
		{pattern: "POST /stul/organizace/nova", right: engine.RightDecide, desk: s.postNewBody},
		{pattern: "GET /stul/organizace/osoba", right: engine.RightDecide, desk: s.showPerson},
		{pattern: "POST /stul/organizace/osoba", right: engine.RightDecide, desk: s.postPerson},
		{pattern: "GET /stul/organizace/{id}", right: engine.RightFollow, desk: s.showBody},
		{pattern: "POST /stul/organizace/{id}", right: engine.RightDecide, desk: s.postBody},
		{pattern: "POST /stul/organizace/{id}/kontakt", right: engine.RightDecide, desk: s.postBodyContact},
		{pattern: "POST /stul/organizace/{id}/odkaz", right: engine.RightDecide, desk: s.postBodyLink},
		{pattern: "GET /stul/organizace/{id}/clenove", right: engine.RightDecide, desk: s.showMembers},
		{pattern: "POST /stul/organizace/{id}/clenove", right: engine.RightDecide, desk: s.postMembers},
		{pattern: "GET /stul/organizace/{id}/konec", right: engine.RightDecide, desk: s.showEnding},
		{pattern: "POST /stul/organizace/{id}/konec", right: engine.RightDecide, desk: s.postEnding},
	}
}
