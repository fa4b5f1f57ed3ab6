package web

// publicRoutes are what everybody may read, at addresses that stay. What lies
// below a plan is told apart by [site.belowPlan]: a period and "aktivita" stand
// in the same place.
func (s *site) publicRoutes() []route {
	const town = "GET /obec/{tenant}"
	return []route{
		{pattern: town, open: s.publicTown},
		{pattern: town + "/zmeny.atom", open: s.publicFeed},
		{pattern: town + "/katalog.jsonld", open: s.publicCatalogue},
		{pattern: town + "/plan/{plan}", open: s.publicPlan},
		{pattern: town + "/plan/{plan}/{place...}", open: s.belowPlan},
		{pattern: "GET /schema/{name}", open: s.publicSchema},
		{pattern: "GET /robots.txt", open: robots},
	}
}
