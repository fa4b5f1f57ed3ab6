package web

import (
	"net/http"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A searchPage is what was found by some words.
type searchPage struct {
	Words     string
	Groups    []foundGroup
	Bodies    []foundBody
	AllBodies int
	Pager     pager
	Many      bool // more was found than is gone through
}

// A foundGroup is what was found in one plan.
type foundGroup struct {
	Plan engine.Plan
	Href string
	Rows []activityLine
}

// A foundBody is an organisation found by a name it is known by.
type foundBody struct {
	Name, Href, Alias string
}

const (
	foundPerPage = 25
	mostFound    = 500
	mostBodies   = 20
	longestWords = 200
)

func (s *site) showSearch(v visit) error {
	p := searchPage{Words: clean(v.r.URL.Query().Get("q"))}
	if len(p.Words) > longestWords {
		p.Words = strings.ToValidUTF8(p.Words[:longestWords], "")
	}
	if err := p.find(v); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "plansearch", p)
}

func (p *searchPage) find(v visit) error {
	if p.Words == "" {
		return nil
	}
	ctx := v.r.Context()
	refs, err := v.office.Records.SearchActivities(ctx, p.Words, mostFound+1)
	if err != nil {
		return err
	}
	p.Many = len(refs) > mostFound
	refs = refs[:min(len(refs), mostFound)]
	p.Pager = newPager(v.r, foundPerPage, len(refs))
	if err := p.activities(v, paged(p.Pager, refs)); err != nil {
		return err
	}
	bodies, err := v.office.Records.Organisations(ctx)
	words := strings.Fields(czech.Fold(p.Words))
	for _, o := range bodies {
		if alias, ok := knownBy(o, words); ok {
			p.Bodies = append(p.Bodies, foundBody{Name: o.Name, Href: "/stul/organizace/" + o.ID, Alias: alias})
		}
	}
	sorted(v.tongue, p.Bodies, func(b foundBody) string { return b.Name })
	p.AllBodies = len(p.Bodies)
	p.Bodies = p.Bodies[:min(len(p.Bodies), mostBodies)]
	return err
}

// knownBy reports whether a name of a body holds every word, and which alias
// it is when it is not the name itself.
func knownBy(o engine.Organisation, words []string) (alias string, ok bool) {
	for i, name := range append([]string{o.Name}, o.Aliases...) {
		folded := czech.Fold(name)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(folded, w) }) {
			if i > 0 {
				alias = name
			}
			return alias, true
		}
	}
	return "", false
}

// activities reads those of the page, grouped by plan in the order found.
func (p *searchPage) activities(v visit, refs []string) error {
	ids := map[string][]string{}
	var plans []string
	for _, ref := range refs {
		plan, id, _ := engine.SplitRef(ref)
		if ids[plan] == nil {
			plans = append(plans, plan)
		}
		ids[plan] = append(ids[plan], id)
	}
	for _, id := range plans {
		g := foundGroup{Href: planPath(id)}
		var err error
		if g.Plan, err = v.office.Records.Plan(v.r.Context(), id); err != nil {
			return err
		}
		list, err := v.office.Records.Activities(v.r.Context(), id, ids[id]...)
		if err != nil {
			return err
		}
		for _, a := range list {
			g.Rows = append(g.Rows, activityLine{Activity: a, Href: planPath(id, "aktivita", a.ID)})
		}
		p.Groups = append(p.Groups, g)
	}
	return nil
}
