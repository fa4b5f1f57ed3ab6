package web

import (
	"net/http"
	"slices"
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

func (s *site) showSeasonBodies(v visit) error {
	ctx := v.r.Context()
	head, f, err := s.seasonHead(v)
	if err != nil {
		return err
	}
	m, err := v.office.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	p := seasonBodiesPage{seasonHead: head, Cap: m.Policy.SeasonCap, Search: clean(v.r.URL.Query().Get("hledat"))}
	requests, err := v.office.Records.Places(ctx, head.Season.Plan, head.Season.Period.ID)
	if err != nil {
		return err
	}
	if requests, err = p.found(v, requests); err != nil {
		return err
	}
	p.Pager = newPager(v.r, seasonBodiesShown, len(requests))
	requests = paged(p.Pager, requests)
	var ids []string
	for _, r := range requests {
		ids = append(ids, r.Organisation)
	}
	if len(ids) > 0 {
		found, err := v.office.Records.Organisations(ctx, ids...)
		if err != nil {
			return err
		}
		names := engine.OrganisationsByID(found)
		for _, r := range requests {
			p.Rows = append(p.Rows, newSeasonBody(r, names[r.Organisation].Name, f.of(r.Organisation)))
		}
	}
	return s.show(v.w, v.r, http.StatusOK, "seasonbodies", p)
}

// found leaves the requests of the bodies searched for. They stay in the order
// of their ids, which begin as the names do.
func (p seasonBodiesPage) found(v visit, requests []engine.Request) ([]engine.Request, error) {
	wanted := czech.Fold(p.Search)
	if wanted == "" {
		return requests, nil
	}
	names, err := organisations(v.r.Context(), v.office)
	return slices.DeleteFunc(requests, func(r engine.Request) bool {
		return !strings.Contains(czech.Fold(names[r.Organisation].Name), wanted)
	}), err
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
