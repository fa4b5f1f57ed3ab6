package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// candidatesShown is how many organisations a page offers as members; the
// others are found by their names.
const candidatesShown = 50

// A membersPage is the page on which it is decided whom an open group stands for.
type membersPage struct {
	Body       engine.Organisation
	Query      string
	Chosen     []engine.Organisation
	Candidates []engine.Organisation
	More       int // candidates that are not shown
	Activities int // that name the group, in open seasons
	Version    int // the group was read at
	Preview    *shiftView
	Added      []engine.Organisation
	Removed    []engine.Organisation
	Problem    string
}

// Path gives the page of an organisation.
func (membersPage) Path(id string) string { return bodyPath(id) }

func (s *site) showMembers(v visit) error {
	o, all, err := bodyOf(v)
	if err != nil {
		return err
	}
	p, err := newMembersPage(v, o, all, o.Members)
	if err != nil {
		return err
	}
	p.Version = o.Version
	return s.show(v.w, v.r, http.StatusOK, "body-members", p)
}

// newMembersPage shows a choice of members, and who could be one, too.
func newMembersPage(v visit, o engine.Organisation, all map[string]engine.Organisation, chosen []string) (membersPage, error) {
	p := membersPage{Body: o, Query: strings.TrimSpace(v.r.PostForm.Get("hledat"))}
	for _, id := range chosen {
		if m, ok := all[id]; ok {
			p.Chosen = append(p.Chosen, m)
		}
	}
	for _, c := range all {
		if c.ID != o.ID && c.ID != engine.CoordinatorID && c.Ended == "" && !isGroup(c) && !slices.Contains(chosen, c.ID) && matchesBody(c, p.Query) {
			p.Candidates = append(p.Candidates, c)
		}
	}
	byName := func(o engine.Organisation) string { return o.Name }
	sorted(v.tongue, p.Chosen, byName)
	sorted(v.tongue, p.Candidates, byName)
	p.More = max(0, len(p.Candidates)-candidatesShown)
	p.Candidates = p.Candidates[:len(p.Candidates)-p.More]
	var err error
	p.Activities, err = namedActivities(v, o.ID)
	return p, err
}

// namedActivities counts the activities of open seasons that name a body.
func namedActivities(v visit, id string) (n int, err error) {
	seasons, err := v.office.Records.Seasons(v.r.Context())
	for _, season := range seasons {
		if season.State == engine.SeasonOpen {
			ids, err := v.office.Records.ActivitiesNaming(v.r.Context(), season.Plan, []string{id})
			if err != nil {
				return n, err
			}
			n += len(ids)
		}
	}
	return n, err
}

// postMembers looks for more, shows what a choice would change, and carries it
// out when that was seen.
func (s *site) postMembers(v visit) error {
	o, all, err := bodyOf(v)
	if err != nil {
		return err
	}
	chosen := v.r.PostForm["clen"]
	p, err := newMembersPage(v, o, all, chosen)
	if err != nil {
		return err
	}
	p.Version, _ = strconv.Atoi(v.r.PostForm.Get("verze"))
	decide := p.decision(v, chosen)
	switch v.r.PostForm.Get("action") {
	case "hledat":
		return s.show(v.w, v.r, http.StatusOK, "body-members", p)
	case "nahled":
		if err = p.preview(v, all, decide); err == nil {
			return s.show(v.w, v.r, http.StatusOK, "body-members", p)
		}
	case "potvrdit":
		if err = persist(func() error { return v.office.ChangeBodies(v.r.Context(), decide) }); err == nil {
			word := "clenove-ulozeni"
			return v.back(bodyPath(o.ID), flash(word))
		}
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the members")
	}
	switch code := engine.CodeOf(err); code {
	case engine.Conflict:
		p.Problem = "members.moved"
		p.Version = o.Version
		return s.show(v.w, v.r, statuses[code], "body-members", p)
	case engine.Invalid:
		p.Problem = "members.not_these"
		return s.show(v.w, v.r, statuses[code], "body-members", p)
	}
	return err
}

// decision chooses the members of the group as it was when the page was read.
func (p membersPage) decision(v visit, chosen []string) workflows.BodyDecision {
	return func(all map[string]engine.Organisation) (engine.Change, error) {
		if o := all[p.Body.ID]; o.Version != p.Version {
			return engine.Change{}, engine.Errorf(engine.Conflict, "the group %s was changed meanwhile", o.ID)
		}
		return engine.ChooseMembers(all, p.Body.ID, chosen, v.who, v.office.Now().In(v.office.Zone))
	}
}

func (p *membersPage) preview(v visit, all map[string]engine.Organisation, decide workflows.BodyDecision) error {
	shifts, err := v.office.PreviewBodies(v.r.Context(), decide)
	if err != nil {
		return err
	}
	for _, m := range p.Chosen {
		if !slices.Contains(p.Body.Members, m.ID) {
			p.Added = append(p.Added, m)
		}
	}
	for _, id := range p.Body.Members {
		if !slices.ContainsFunc(p.Chosen, func(m engine.Organisation) bool { return m.ID == id }) {
			p.Removed = append(p.Removed, all[id])
		}
	}
	view, err := viewShifts(v, shifts, all)
	p.Preview = &view
	return err
}
