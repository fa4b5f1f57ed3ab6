package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// queueSize is how many answers a page of the queue shows.
const queueSize = 20

// A queuePage is a page of the answers that wait.
type queuePage struct {
	May      bool // decide
	Form     queueForm
	Pager    pager
	All      int  // answers the filter means
	Bodies   int  // that wrote them
	Everyone bool // the account's own areas are not the default
	Seasons  []seasonChoice
	Areas    []engine.Area
	Groups   []queueGroup
	Ticks    int // answers on the page without a risk
	Hidden   int // answers on the page with one, where only those without are asked for
	Told     []string
	Undo     *undo
}

// A seasonChoice is a season answers wait in.
type seasonChoice struct {
	Value, Title, Period string
	Waiting              int
}

// A queueGroup is what waits from one organisation about one season.
type queueGroup struct {
	Organisation  engine.Organisation
	Plan          engine.Plan
	Period        engine.Period
	Waiting       int  // on all pages
	Before, After bool // some of it stands on the page before, or after
	Items         []queueItem
	Writers       []string
	Key           string
	Ticks         int
}

// An undo is the way to take the last approval back.
type undo struct {
	Activity engine.Activity
	Path     string
}

func (s *site) showQueue(v visit) error {
	p, err := readQueue(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "queue", p)
}

func readQueue(v visit) (queuePage, error) {
	ctx, q := v.r.Context(), v.r.URL.Query()
	p := queuePage{May: v.may(engine.RightDecide, v.today()), Form: readQueueForm(q), Told: told(v, q),
		Everyone: len(v.account.Follows()) == 0}
	filter, none, err := p.Form.filter(ctx, v.office, v.account)
	if err != nil {
		return p, err
	}
	everything, err := v.office.Records.QueueGroups(ctx, engine.QueueFilter{})
	if err != nil {
		return p, err
	}
	if err := p.offer(v, everything); err != nil {
		return p, err
	}
	groups := everything
	if p.Form.query().Encode() != "" || len(filter.Areas) > 0 {
		if groups, err = v.office.Records.QueueGroups(ctx, filter); err != nil {
			return p, err
		}
	}
	if none {
		groups = nil
	}
	p.count(groups)
	p.Pager = newPager(v.r, queueSize, p.All)
	for _, gone := range []string{"schvaleno", "jednotlive", "jinak", "naposledy"} {
		p.Pager.query.Del(gone)
	}
	items, err := v.office.QueuePage(ctx, groups, filter, p.Pager.Offset(), queueSize)
	if err != nil {
		return p, err
	}
	if err := p.group(v, items, groups); err != nil {
		return p, err
	}
	p.Undo, err = undoOf(v, q.Get("naposledy"))
	return p, err
}

// View gives the page's own address as forms carry it.
func (p queuePage) View() string { return p.Form.query().Encode() + "#fronta" }

func (p *queuePage) count(groups []engine.QueueGroup) {
	bodies := map[string]bool{}
	for _, g := range groups {
		p.All += g.Waiting
		bodies[g.Organisation] = true
	}
	p.Bodies = len(bodies)
}

// offer lists the seasons and areas the filter can be set to.
func (p *queuePage) offer(v visit, groups []engine.QueueGroup) error {
	for _, g := range groups {
		value := g.Plan + "/" + g.Period
		i := slices.IndexFunc(p.Seasons, func(s seasonChoice) bool { return s.Value == value })
		if i < 0 {
			plan, err := v.office.Records.Plan(v.r.Context(), g.Plan)
			if err != nil {
				return err
			}
			i = len(p.Seasons)
			p.Seasons = append(p.Seasons, seasonChoice{Value: value, Title: plan.Title, Period: g.Period})
			for _, a := range plan.Areas {
				if !slices.ContainsFunc(p.Areas, func(b engine.Area) bool { return b.Code == a.Code }) {
					p.Areas = append(p.Areas, a)
				}
			}
		}
		p.Seasons[i].Waiting += g.Waiting
	}
	return nil
}

// group puts the answers of the page under the organisations that sent them.
func (p *queuePage) group(v visit, items []workflows.QueueItem, counted []engine.QueueGroup) error {
	names, err := namesOf(v, items)
	if err != nil {
		return err
	}
	p.Form.Page = strconv.Itoa(p.Pager.Page)
	var shown []*queueItem
	place := p.Pager.Offset()
	for _, it := range items {
		k := it.Proposal
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Organisation.ID != k.Organisation || p.Groups[n-1].Plan.ID != k.Plan || p.Groups[n-1].Period.ID != k.Period {
			p.Groups = append(p.Groups, queueGroup{Organisation: it.Organisation, Plan: it.Plan, Period: it.Period, Key: groupKey(k)})
		}
		g := &p.Groups[len(p.Groups)-1]
		if len(it.Risks) > 0 && p.Form.Only == onlyRiskless {
			p.Hidden++
			continue
		}
		q := newQueueItem(it, names)
		q.May = p.May
		g.add(q)
	}
	p.Groups = slices.DeleteFunc(p.Groups, func(g queueGroup) bool { return len(g.Items) == 0 })
	for g := range p.Groups {
		p.Groups[g].place(counted, place, p.Pager.To())
		p.Ticks += p.Groups[g].Ticks
		for i := range p.Groups[g].Items {
			shown = append(shown, &p.Groups[g].Items[i])
		}
	}
	for i, q := range shown {
		q.Place = i + 1
		q.Back = fmt.Sprintf("%s#p%d", p.Form.query().Encode(), q.Place)
	}
	return nil
}

func (g *queueGroup) add(q queueItem) {
	g.Items = append(g.Items, q)
	if by := q.Proposal.By; !slices.Contains(g.Writers, by) {
		g.Writers = append(g.Writers, by)
	}
	if q.Riskless() {
		g.Ticks++
	}
}

// place says how many answers the group has in all, and whether some of them
// stand on the pages around, which show answers from to to.
func (g *queueGroup) place(counted []engine.QueueGroup, from, to int) {
	begin := 0
	for _, c := range counted {
		if c.Organisation == g.Organisation.ID && c.Plan == g.Plan.ID && c.Period == g.Period.ID {
			g.Waiting, g.Before, g.After = c.Waiting, begin < from, begin+c.Waiting > to
			return
		}
		begin += c.Waiting
	}
}

// Newest gives the newest answer of the group on the page.
func (g queueGroup) Newest() engine.Proposal {
	return slices.MaxFunc(g.Items, func(a, b queueItem) int { return a.Proposal.At.Compare(b.Proposal.At) }).Proposal
}

// Trust gives the least sure way any answer of the group on the page came by.
func (g queueGroup) Trust() engine.Channel {
	order := []engine.Channel{engine.ByLink, engine.ByAuthenticated, engine.ByCoordinator, engine.ByToken, engine.ByNone}
	return slices.MaxFunc(g.Items, func(a, b queueItem) int {
		return slices.Index(order, a.Proposal.Channel) - slices.Index(order, b.Proposal.Channel)
	}).Proposal.Channel
}

func groupKey(p engine.Proposal) string {
	return url.Values{"plan": {p.Plan}, "obdobi": {p.Period}, "organizace": {p.Organisation}}.Encode()
}

// told says what the last form did, when the redirect after it says so.
func told(v visit, q url.Values) (out []string) {
	for _, word := range []string{"schvaleno", "jednotlive", "jinak"} {
		if n, err := strconv.Atoi(q.Get(word)); err == nil && n > 0 {
			out = append(out, v.count("told."+word, n))
		}
	}
	return out
}

// undoOf gives the way to take back the result a redirect names, while there is
// one.
func undoOf(v visit, name string) (*undo, error) {
	parts := strings.SplitN(name, "/", 3)
	if len(parts) != 3 || !v.may(engine.RightDecide, v.today()) {
		return nil, nil
	}
	k := engine.EntryKey{Plan: parts[0], Period: parts[1], Activity: parts[2]}
	entries, err := v.office.Records.Entries(v.r.Context(), k.Plan, k.Period, k.Activity)
	if err != nil || len(entries) == 0 || entries[0].ApprovedAt.IsZero() {
		return nil, err
	}
	found, err := v.office.Records.Activities(v.r.Context(), k.Plan, k.Activity)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &undo{Activity: found[0], Path: entryPath(k) + "#duvod"}, nil
}

// flash puts a code word into a redirect; show finds the sentence.
func flash(word string) url.Values { return url.Values{"zprava": {word}} }

func flashCount(word string, n int) url.Values {
	return url.Values{"zprava": {word}, "n": {strconv.Itoa(n)}}
}
