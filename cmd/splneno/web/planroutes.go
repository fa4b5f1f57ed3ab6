package web

import (
	"net/url"
	"strings"

	"splneno/engine"
)

// planRoutes are the plans: read, searched, amended, and the history of an
// activity. An id may hold slashes, so it stands last in a path.
func (s *site) planRoutes() []route {
	return []route{
		{pattern: "GET " + findPath, right: engine.RightFollow, desk: s.showSearch},
		{pattern: "GET /stul/plan", right: engine.RightFollow, desk: s.showPlans},
		{pattern: "GET /stul/plan/{plan}", right: engine.RightFollow, desk: s.showPlan},
		{pattern: "GET /stul/plan/{plan}/oblast/{code...}", right: engine.RightFollow, desk: s.showArea},
		{pattern: "GET /stul/plan/{plan}/opatreni/{code...}", right: engine.RightFollow, desk: s.showMeasure},
		{pattern: "GET /stul/plan/{plan}/aktivita/{id...}", right: engine.RightFollow, desk: s.showHistory},
		{pattern: "GET /stul/plan/{plan}/zmeny", right: engine.RightFollow, desk: s.showAmendments},
		{pattern: "GET /stul/plan/{plan}/zmeny/{n}", right: engine.RightFollow, desk: s.showAmendment},
		{pattern: "GET /stul/plan/{plan}/upravit", right: engine.RightDecide, desk: s.showPlanForm},
		{pattern: "POST /stul/plan/{plan}/upravit", right: engine.RightDecide, desk: s.postPlanForm},
		{pattern: "GET /stul/plan/{plan}/nadpis/{code...}", right: engine.RightDecide, desk: s.showHeading},
		{pattern: "POST /stul/plan/{plan}/nadpis/{code...}", right: engine.RightDecide, desk: s.postHeading},
		{pattern: "GET /stul/plan/{plan}/upravit/{id...}", right: engine.RightDecide, desk: s.showActivityForm},
		{pattern: "POST /stul/plan/{plan}/upravit/{id...}", right: engine.RightDecide, desk: s.postActivityForm},
		{pattern: "GET /stul/plan/{plan}/pridat/{code...}", right: engine.RightDecide, desk: s.showActivityForm},
		{pattern: "POST /stul/plan/{plan}/pridat/{code...}", right: engine.RightDecide, desk: s.postActivityForm},
	}
}

// findPath is where plans and organisations are searched.
const findPath = "/stul/hledat"

// planPath gives the path of something in a plan; rest may hold slashes.
func planPath(plan string, rest ...string) string {
	path := "/stul/plan/" + url.PathEscape(plan)
	for _, part := range rest {
		for _, p := range strings.Split(part, "/") {
			path += "/" + url.PathEscape(p)
		}
	}
	return path
}
