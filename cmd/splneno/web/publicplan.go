package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/notify/link"
)

// How many measures, and activities, a page shows at a time.
const (
	measuresOnPage = 40
	publicOnPage   = 20
)

// outlinesKept is how many measures are kept, for all towns.
const outlinesKept = 20_000

// An outlineMeasure is one measure of a published evaluation without its rows.
type outlineMeasure struct {
	Area       string // code and title
	area       string // its code
	Code, Name string
	Totals     engine.Totals
	First      int    // how many rows stand before its own
	Href       string // of the page that lists them
}

// A publicPlanPage is a plan with what became of it: its measures, or the
// activities of one.
type publicPlanPage struct {
	publicPlace
	Newest   publication
	Others   []publication // older periods
	Measures []outlineMeasure
	Chosen   *outlineMeasure
	Rows     []publicRow
	Pager    pager
}

// Plan gives the way to the page itself, from that of a measure.
func (p publicPlanPage) Plan() string { return link.PublicPath(p.Tenant, "plan", p.Newest.Season.Plan) }

// Evaluation gives the way to a publication.
func (p publicPlanPage) Evaluation(of publication) string { return of.Address(p.Tenant) }

// A publicArea is an area with those of its measures that are on the page.
type publicArea struct {
	Title    string
	Measures []outlineMeasure
}

// Areas puts the measures of the page under their areas.
func (p publicPlanPage) Areas() (out []publicArea) {
	for _, m := range p.Measures {
		if len(out) == 0 || out[len(out)-1].Title != m.Area {
			out = append(out, publicArea{Title: m.Area})
		}
		last := &out[len(out)-1]
		last.Measures = append(last.Measures, m)
	}
	return out
}

// A publicPlace is what every page below a town needs to name it and lead back.
type publicPlace struct {
	Town, Home string
	Tenant     string
	names      map[string]string // the town's own words of results, in Czech
}

// Feed gives the address of the town's feed: pages that have one are for
// everybody, machines too.
func (p publicPlace) Feed() string { return p.Home + "/zmeny.atom" }

// Data gives the address of what the page is about in data for machines.
func (p publicPlace) Data() string { return p.Home + "/katalog.jsonld" }

// Word gives what a result is called: the town's own word where it has one.
func (p publicPlace) Word(name, ours string) string { return cmp.Or(p.names[name], ours) }

// A publicRow is one activity with the address it keeps.
type publicRow struct {
	engine.ActivityResult
	Href string
}

func (v publicVisit) placeOf(e engine.Evaluation) publicPlace {
	tenant := v.office.Records.Tenant()
	p := publicPlace{Town: v.town.Name, Tenant: tenant, Home: link.PublicPath(tenant)}
	if v.tag == "cs" {
		p.names = e.StatusNames
	}
	return p
}

// activityHref gives the address of an activity. The strokes of its id stay,
// unless a server would tidy them up.
func activityHref(tenant, plan, id string) string {
	if path.Clean("/"+id) != "/"+id {
		return link.PublicPath(tenant, "plan", plan, "aktivita", id)
	}
	place := append([]string{"plan", plan, "aktivita"}, strings.Split(id, "/")...)
	return link.PublicPath(tenant, place...)
}

func (s *site) publicPlan(w http.ResponseWriter, r *http.Request) error {
	v, err := s.enterTown(w, r)
	if err != nil {
		return err
	}
	list := v.of(r.PathValue("plan"))
	if len(list) == 0 {
		return errUnpublished
	}
	p := publicPlanPage{publicPlace: v.placeOf(list[0].Head), Newest: list[0], Others: list[1:]}
	all, err := s.outline(v, list[0])
	if err != nil {
		return err
	}
	if q := r.URL.Query(); q.Has("opatreni") {
		i := slices.IndexFunc(all, func(m outlineMeasure) bool { return m.Code == q.Get("opatreni") && m.area == q.Get("oblast") })
		if i < 0 {
			return errUnpublished
		}
		p.Chosen = &all[i]
		if err := p.readRows(v); err != nil {
			return err
		}
	} else {
		p.Pager = newPager(r, measuresOnPage, len(all))
		p.Measures = paged(p.Pager, all)
	}
	return s.showPublic(v, list[0].Season.PublishedAt, "public-plan", p)
}

func (p *publicPlanPage) readRows(v publicVisit) error {
	at := p.Newest.Season
	p.Pager = newPager(v.r, publicOnPage, p.Chosen.Totals.All)
	rows, err := v.office.Records.Results(v.r.Context(), at.Plan, at.Period.ID, at.Published, "", p.Chosen.First+p.Pager.Offset(), p.Pager.To()-p.Pager.Offset())
	if err != nil {
		return err
	}
	rows, err = v.maskedRows(p.Newest, rows)
	for _, row := range rows {
		p.Rows = append(p.Rows, publicRow{row, activityHref(p.Tenant, at.Plan, row.ID)})
	}
	return err
}

// outline gives the measures of a publication. It is kept: all rows are read to
// make it.
func (s *site) outline(v publicVisit, p publication) ([]outlineMeasure, error) {
	tenant := v.office.Records.Tenant()
	return s.outlines.get(v.r.Context(), p.key, v.office.Now(), func(ctx context.Context) ([]outlineMeasure, error) {
		e, err := publishedWhole(ctx, v.office, p)
		if err != nil {
			return nil, err
		}
		print, err := v.office.PublicPrint(ctx, e)
		if err != nil {
			return nil, err
		}
		return outlineOf(tenant, print.Evaluation), nil
	})
}

func outlineOf(tenant string, e engine.Evaluation) (out []outlineMeasure) {
	first := 0
	for _, a := range e.Areas {
		for _, m := range a.Measures {
			q := url.Values{"oblast": {a.Code}, "opatreni": {m.Code}}
			out = append(out, outlineMeasure{Area: strings.TrimSpace(a.Code + " " + a.Title), area: a.Code, Code: m.Code, Name: m.Title, Totals: m.Totals, First: first,
				Href: link.PublicPath(tenant, "plan", e.Plan) + "?" + q.Encode()})
			first += len(m.Activities)
		}
	}
	return out
}
