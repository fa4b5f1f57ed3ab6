package web

import "splneno/engine"

// regionRoutes are the desk of a region that reads the evaluations of its towns.
func (s *site) regionRoutes() []route {
	const region = "/stul/kraj"
	return []route{
		{pattern: "GET " + region, right: engine.RightRead, desk: s.showRegion},
		{pattern: "POST " + region, right: engine.RightDecide, desk: s.postRegion},
		{pattern: "GET " + region + "/soubor/{period}/{name}", right: engine.RightRead, desk: s.regionFile},
		{pattern: "GET " + region + "/oblasti", right: engine.RightRead, desk: s.showRegionAreas},
		{pattern: "POST " + region + "/oblasti", right: engine.RightDecide, desk: s.postRegionAreas},
		{pattern: "GET " + region + "/mezery", right: engine.RightRead, desk: s.showRegionGaps},
		{pattern: "GET " + region + "/nastaveni", right: engine.RightRead, desk: s.showRegionSettings},
		{pattern: "POST " + region + "/nastaveni", right: engine.RightDecide, desk: s.postRegionSettings},
	}
}
