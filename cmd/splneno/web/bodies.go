package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// bodiesShown is how many organisations a page of the list holds.
const bodiesShown = 50

// bodyFilters are the ways to narrow the list: all that live, each trouble,
// groups, and those that have ended.
var bodyFilters = []string{"", string(engine.TroubleNobody), string(engine.TroubleDead), string(engine.TroubleProposed), string(engine.TroubleAway), "group", "ended"}

// A bodiesPage is a page of the list of organisations.
type bodiesPage struct {
	Query   string
	Filter  string
	Filters []bodyFilter
	Rows    []bodyRow
	Pager   pager
	Decides bool
}

// A bodyFilter is a way to narrow the list, with how many it leaves.
type bodyFilter struct {
	Key, Href string
	Count     int
	Current   bool
}

// A bodyRow is one organisation of the list.
type bodyRow struct {
	Body  engine.Organisation
	Flags bodyFlags
	To    engine.Contact // who is written to
	Owed  int            // activities in open seasons
	Usual engine.Channel // the way it answers mostly, "" for never
}

// Href gives the way to the organisation.
func (r bodyRow) Href() string { return bodyPath(r.Body.ID) }

// Contact gives whom mail goes to, as people write it.
func (r bodyRow) Contact() string {
	if r.To.Name != "" {
		return r.To.Name
	}
	return r.To.Email
}

// showBodies lists organisations: those the filter and the words looked for leave.
func (s *site) showBodies(v visit) error {
	ctx, q := v.r.Context(), v.r.URL.Query()
	all, err := v.office.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	p := bodiesPage{Query: strings.TrimSpace(q.Get("hledat")), Decides: v.may(engine.RightDecide, v.today())}
	if f := q.Get("filtr"); slices.Contains(bodyFilters, f) {
		p.Filter = f
	}
	found := slices.DeleteFunc(all, func(o engine.Organisation) bool { return !matchesBody(o, p.Query) })
	for _, key := range bodyFilters {
		n := 0
		for _, o := range found {
			if inFilter(o, key, v.today()) {
				n++
			}
		}
		p.Filters = append(p.Filters, bodyFilter{Key: "bodies.filter_" + key, Href: bodiesHref(p.Query, key), Count: n, Current: key == p.Filter})
	}
	found = slices.DeleteFunc(found, func(o engine.Organisation) bool { return !inFilter(o, p.Filter, v.today()) })
	sorted(v.tongue, found, func(o engine.Organisation) string { return o.Name })
	p.Pager = newPager(v.r, bodiesShown, len(found))
	if p.Rows, err = bodyRows(v, paged(p.Pager, found)); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "bodies", p)
}

func bodiesHref(query, filter string) string {
	q := url.Values{}
	for name, value := range map[string]string{"hledat": query, "filtr": filter} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return (&url.URL{Path: "/stul/organizace", RawQuery: q.Encode()}).String()
}

// inFilter reports whether a filter leaves the organisation.
func inFilter(o engine.Organisation, filter string, today engine.Date) bool {
	switch filter {
	case "":
		return o.Ended == ""
	case "ended":
		return o.Ended != ""
	case "group":
		return o.Ended == "" && isGroup(o)
	}
	return slices.Contains(o.Troubles(today), engine.Trouble(filter))
}

// isGroup reports whether an organisation stands for others.
func isGroup(o engine.Organisation) bool { return o.Kind == engine.KindOpenGroup || len(o.Members) > 0 }

// matchesBody reports whether every word looked for stands in a name or an
// address of the organisation, with or without diacritics.
func matchesBody(o engine.Organisation, query string) bool {
	words := strings.Fields(czech.Fold(query))
	if len(words) == 0 {
		return true
	}
	text := o.Name + " " + strings.Join(o.Aliases, " ")
	for _, c := range o.Contacts {
		text += " " + c.Name + " " + c.Email
	}
	text = czech.Fold(text)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// bodyRows gathers what the list says of the organisations on the page.
func bodyRows(v visit, bodies []engine.Organisation) ([]bodyRow, error) {
	ctx := v.r.Context()
	ids := make([]string, len(bodies))
	for i, o := range bodies {
		ids[i] = o.ID
	}
	channels, err := v.office.Records.ChannelsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	owed, err := activitiesOf(v, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]bodyRow, len(bodies))
	for i, o := range bodies {
		to, _ := o.Contact()
		rows[i] = bodyRow{Body: o, Flags: flagsOf(o, v.today()), To: to, Owed: owed[o.ID], Usual: usualChannel(channels[o.ID])}
	}
	return rows, nil
}

// activitiesOf counts the activities organisations are asked about in open seasons.
func activitiesOf(v visit, ids []string) (map[string]int, error) {
	seasons, err := v.office.Records.Seasons(v.r.Context())
	if err != nil {
		return nil, err
	}
	n := map[string]int{}
	for _, s := range seasons {
		if s.State != engine.SeasonOpen {
			continue
		}
		requests, err := v.office.Records.RequestsOf(v.r.Context(), s.Plan, s.Period.ID, ids)
		if err != nil {
			return nil, err
		}
		for _, r := range requests {
			n[r.Organisation] += len(r.Activities)
		}
	}
	return n, nil
}

// usualChannel gives the way most answers came, the surer one of two alike.
func usualChannel(counts map[engine.Channel]int) (usual engine.Channel) {
	for _, c := range []engine.Channel{engine.ByLink, engine.ByAuthenticated, engine.ByToken, engine.ByNone, engine.ByCoordinator} {
		if counts[c] > counts[usual] {
			usual = c
		}
	}
	return usual
}
