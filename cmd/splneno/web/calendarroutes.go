package web

import "splneno/engine"

// calendarRoutes are the seasons, the year on one page, the settings of the
// calendar and the calendars others subscribe to.
func (s *site) calendarRoutes() []route {
	return []route{
		{pattern: "GET /stul/obdobi", right: engine.RightFollow, desk: s.showSeasons},
		{pattern: "POST /stul/obdobi", right: engine.RightDecide, desk: s.postSeasons},
		{pattern: "GET /stul/obdobi/{plan}/{period}", right: engine.RightFollow, desk: s.showYear},
		{pattern: "POST /stul/obdobi/{plan}/{period}", right: engine.RightDecide, desk: s.postYear},
		{pattern: "GET /stul/obdobi/{plan}/{period}/den/{day}", right: engine.RightFollow, desk: s.showDay},
		{pattern: "POST /stul/obdobi/{plan}/{period}/den/{day}", right: engine.RightDecide, desk: s.postMove},
		{pattern: "GET /stul/obdobi/{plan}/{period}/organizace", right: engine.RightFollow, desk: s.showSeasonBodies},
		{pattern: "GET /stul/obdobi/{plan}/{period}/organizace/{id}", right: engine.RightFollow, desk: s.showDay},
		{pattern: "POST /stul/obdobi/{plan}/{period}/organizace/{id}", right: engine.RightDecide, desk: s.postMove},
		{pattern: "GET /stul/nastaveni/kalendar", right: engine.RightManage, desk: s.showCalendar},
		{pattern: "POST /stul/nastaveni/kalendar", right: engine.RightManage, desk: s.postCalendar},
		{pattern: "GET /kalendar/{name}", open: s.showFeed},
	}
}
