package web

import (
	"net/http"
	"slices"

	"splneno/engine"
)

// A route is one line of the map of the house: a path, what it asks of whoever
// opens it, and the page. right "" is open to everybody; then the page is open,
// otherwise desk. Every path is Czech in plain ASCII.
type route struct {
	pattern string
	right   engine.Right
	open    handler
	desk    deskHandler
}

// table is every route there is. What may be opened by whom stands here and
// nowhere else; the matrix test walks it.
func (s *site) table() []route {
	return slices.Concat(s.openRoutes(), s.doorRoutes(), s.homeRoutes(), s.queueRoutes(), s.seasonRoutes(), s.evaluationRoutes(), s.mailRoutes(),
		s.planRoutes(), s.settingsRoutes(), s.handoverRoutes(), s.calendarRoutes(), s.carryRoutes(), s.bodyRoutes(), s.publicRoutes(), s.layoutRoutes(), s.regionRoutes(), s.meetingRoutes(), s.holdRoutes())
}

// openRoutes are the pages nobody signs in for.
func (s *site) openRoutes() []route {
	list := []route{
		{pattern: "GET /{$}", open: s.start},
		{pattern: "GET /pristupnost", open: s.showStatement},
		{pattern: "GET /healthz", open: healthz},
		{pattern: "GET /static/{name}", open: s.asset},
		{pattern: "/", open: s.nowhere},

		{pattern: "GET /o/{token}", open: s.showSheet},
		{pattern: "POST /o/{token}", open: s.postSheet},
		{pattern: "GET /o/{token}/prehled", open: s.showReceipt},
	}
	if s.Mailbox != nil {
		list = append(list,
			route{pattern: "GET /posta", open: s.showMailbox},
			route{pattern: "GET /posta/{n}", open: s.showMail},
			route{pattern: "GET /posta/{n}/html", open: s.mailHTML})
	}
	return list
}

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.table() {
		h := r.open
		if r.right != "" {
			h = s.desk(r.right, r.desk)
		}
		mux.Handle(r.pattern, s.handle(h))
	}
	return mux
}

// healthz says that the program runs.
func healthz(w http.ResponseWriter, _ *http.Request) error {
	_, err := w.Write([]byte("ok\n"))
	return err
}
