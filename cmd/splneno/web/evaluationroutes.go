package web

import "splneno/engine"

// evaluationRoutes are the yearly evaluation, from the draft to the resolutions
// about it.
func (s *site) evaluationRoutes() []route {
	const season = "/stul/vyhodnoceni/{plan}/{period}"
	return []route{
		{pattern: "GET /stul/vyhodnoceni", right: engine.RightRead, desk: s.showEvaluations},
		{pattern: "GET " + season, right: engine.RightRead, desk: s.showEvaluation},
		{pattern: "POST " + season, right: engine.RightDecide, desk: s.postEvaluation},
		{pattern: "GET " + season + "/soubor/{name}", right: engine.RightRead, desk: s.evaluationFile},
		{pattern: "GET " + season + "/zverejneni", right: engine.RightFollow, desk: s.showPublish},
		{pattern: "POST " + season + "/zverejneni", right: engine.RightDecide, desk: s.postPublish},
		{pattern: "GET " + season + "/vety", right: engine.RightFollow, desk: s.showSentences},
		{pattern: "POST " + season + "/vety", right: engine.RightDecide, desk: s.postSentences},
		{pattern: "GET " + season + "/prehled", right: engine.RightRead, desk: s.showSteering},
		{pattern: "GET " + season + "/usneseni", right: engine.RightRead, desk: s.showResolutions},
		{pattern: "POST " + season + "/usneseni", right: engine.RightDecide, desk: s.postResolutions},
		{pattern: "GET " + season + "/usneseni/{id}", right: engine.RightRead, desk: s.showResolution},
		{pattern: "POST " + season + "/usneseni/{id}", right: engine.RightDecide, desk: s.postResolution},
		{pattern: "GET /prehled/{token}", open: s.showLinkedBoard},
	}
}

// carryRoutes are what follows the results, and the plan made of it.
func (s *site) carryRoutes() []route {
	const desk = "/stul/prevod/{plan}/{period}"
	return []route{
		{pattern: "GET " + desk, right: engine.RightFollow, desk: s.showCarry},
		{pattern: "POST " + desk, right: engine.RightDecide, desk: s.postCarry},
		{pattern: "GET " + desk + "/dalsi-plan", right: engine.RightFollow, desk: s.showNextPlan},
		{pattern: "POST " + desk + "/dalsi-plan", right: engine.RightDecide, desk: s.postNextPlan},
	}
}
