package web

import (
	"net/http"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// seasonBodiesShown is how many bodies a page shows.
const seasonBodiesShown = 40

// A seasonBodiesPage lists the bodies of a season with what they will get.
type seasonBodiesPage struct {
	seasonHead
	Rows   []seasonBody
	Pager  pager
	Search string
	Cap    int
}

// A seasonBody is one of them.
type seasonBody struct {
	ID, Name string
	Letters  int
	Sent     int
	First    engine.Date
	Muted    bool
	Moved    bool
	Told     int // escalations about it
}

func (s *site) showBodies(v visit) error {
	ctx := v.r.Context()
	head, f, err := s.seasonHead(v)
	if err != nil {
		return err
	}
	m, err := v.office.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	requests, err := v.office.Records.Requests(ctx, head.Season.Plan, head.Season.Period.ID)
	if err != nil {
		return err
	}
	names, err := organisations(ctx, v.office)
	if err != nil {
		return err
	}
	p := seasonBodiesPage{seasonHead: head, Cap: m.Policy.SeasonCap, Search: clean(v.r.URL.Query().Get("hledat"))}
	coming := map[string][]engine.Mailing{}
	for _, x := range f.Mailings {
		coming[x.Organisation] = append(coming[x.Organisation], x)
	}
	wanted := czech.Fold(p.Search)
	var rows []seasonBody
	for _, r := range requests {
		name := names[r.Organisation].Name
		if !strings.Contains(czech.Fold(name), wanted) {
			continue
		}
		rows = append(rows, newSeasonBody(r, name, coming[r.Organisation]))
	}
	sorted(v.tongue, rows, func(b seasonBody) string { return b.Name })
	p.Pager = newPager(v.r, seasonBodiesShown, len(rows))
	p.Rows = paged(p.Pager, rows)
	return s.show(v.w, v.r, http.StatusOK, "seasonbodies", p)
}

func newSeasonBody(r engine.Request, name string, coming []engine.Mailing) seasonBody {
	b := seasonBody{ID: r.Organisation, Name: name, Sent: len(r.Written), Muted: r.Muted(), Moved: len(r.Moves) > 0}
	for _, x := range coming {
		if b.First == "" {
			b.First = x.Day
		}
		if x.Kind == engine.LetterEscalation {
			b.Told++
		} else {
			b.Letters++
		}
	}
	return b
}
