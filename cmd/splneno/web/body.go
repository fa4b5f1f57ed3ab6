package web

import (
	"net/http"
	"slices"

	"splneno/engine"
)

// How much of a long list the page of an organisation shows.
const (
	bodyItems = 20 // activities of a season
	bodyLast  = 20 // answers, and mails
)

// A bodyPage is everything about one organisation.
type bodyPage struct {
	Body     engine.Organisation
	Today    engine.Date
	Decides  bool
	Flags    bodyFlags
	Usual    engine.Channel
	Heir     *engine.Organisation // who took over from it, nil for the coordinator
	Groups   []engine.Organisation
	Members  []engine.Organisation
	Before   []engine.Organisation // those it took over from
	Seasons  []bodySeason
	Answers  []engine.Proposal
	Messages []engine.Message
	Names    bodyForm
	Window   windowForm
	Feed     string      // address of its calendar
	Contact  contactForm // as it was sent, when it was not taken
	Problem  string      // why the last form was not taken, key of the catalogue
}

// A bodySeason is the place of an organisation in an open season.
type bodySeason struct {
	Season  engine.Season
	Title   string
	Request engine.Request
	Items   []bodyItem
	Pager   pager
}

// A bodyItem is one activity an organisation is asked about.
type bodyItem struct {
	Number   int
	Activity engine.Activity
	Entry    engine.Entry
}

// Path gives the page of an organisation.
func (bodyPage) Path(id string) string { return bodyPath(id) }

// EntryPath gives the place of an entry.
func (bodyPage) EntryPath(k engine.EntryKey) string { return entryPath(k) }

// Coordinator reports whether the organisation is the coordinator: her address
// belongs to the settings.
func (p bodyPage) Coordinator() bool { return p.Body.ID == engine.CoordinatorID }

// Group reports whether the organisation stands for others.
func (p bodyPage) Group() bool { return isGroup(p.Body) }

// Reachable reports whether there is somebody to write to.
func (p bodyPage) Reachable() bool {
	_, ok := p.Body.Contact()
	return ok
}

func (s *site) showBody(v visit) error {
	p, err := s.readBody(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "body", p)
}

// bodyOf gives the organisation the address names, and all of them by id.
func bodyOf(v visit) (engine.Organisation, map[string]engine.Organisation, error) {
	all, err := v.office.Records.Organisations(v.r.Context())
	if err != nil {
		return engine.Organisation{}, nil, err
	}
	byID := engine.OrganisationsByID(all)
	o, ok := byID[v.r.PathValue("id")]
	if !ok {
		return o, nil, engine.Errorf(engine.NotFound, "there is no such organisation")
	}
	return o, byID, nil
}

// readBody gathers the page of the organisation the address names.
func (s *site) readBody(v visit) (bodyPage, error) {
	ctx := v.r.Context()
	o, all, err := bodyOf(v)
	if err != nil {
		return bodyPage{}, err
	}
	p := bodyPage{Body: o, Today: v.today(), Decides: v.may(engine.RightDecide, v.today()), Flags: flagsOf(o, v.today()),
		Names: newBodyForm(o), Window: newWindowForm(o.Window)}
	p.relations(v, all)
	if p.Feed, err = s.feedOf(v, o.ID); err != nil {
		return p, err
	}
	if p.Seasons, err = bodySeasons(v, o.ID); err != nil {
		return p, err
	}
	if p.Answers, err = v.office.Records.ProposalsOf(ctx, o.ID, bodyLast); err != nil {
		return p, err
	}
	if p.Messages, err = v.office.Records.MessagesTo(ctx, o.ID, bodyLast); err != nil {
		return p, err
	}
	channels, err := v.office.Records.ChannelsOf(ctx, []string{o.ID})
	p.Usual = usualChannel(channels[o.ID])
	return p, err
}

// relations finds the organisations this one has to do with.
func (p *bodyPage) relations(v visit, all map[string]engine.Organisation) {
	if heir, ok := engine.TakenOverBy(all, p.Body.ID); ok {
		p.Heir = &heir
	}
	for _, id := range p.Body.Members {
		p.Members = append(p.Members, all[id])
	}
	for _, o := range all {
		if slices.Contains(o.Members, p.Body.ID) {
			p.Groups = append(p.Groups, o)
		}
		if o.Successor == p.Body.ID {
			p.Before = append(p.Before, o)
		}
	}
	for _, list := range [][]engine.Organisation{p.Members, p.Groups, p.Before} {
		sorted(v.tongue, list, func(o engine.Organisation) string { return o.Name })
	}
}

// bodySeasons gives the places of an organisation in the open seasons, a page of
// the activities of each.
func bodySeasons(v visit, id string) (out []bodySeason, err error) {
	seasons, err := v.office.Records.Seasons(v.r.Context())
	if err != nil {
		return nil, err
	}
	for _, season := range seasons {
		if season.State != engine.SeasonOpen {
			continue
		}
		requests, err := v.office.Records.RequestsOf(v.r.Context(), season.Plan, season.Period.ID, []string{id})
		if err != nil {
			return nil, err
		}
		for _, r := range requests {
			b := bodySeason{Season: season, Request: r, Pager: newPager(v.r, bodyItems, len(r.Activities))}
			if err := b.fill(v); err != nil {
				return nil, err
			}
			out = append(out, b)
		}
	}
	return out, nil
}

func (b *bodySeason) fill(v visit) error {
	ctx, shown := v.r.Context(), paged(b.Pager, b.Request.Activities)
	plan, err := v.office.Records.Plan(ctx, b.Season.Plan)
	if err != nil || len(shown) == 0 {
		return err
	}
	b.Title = plan.Title
	activities, err := v.office.Records.Activities(ctx, b.Season.Plan, shown...)
	if err != nil {
		return err
	}
	entries, err := v.office.Records.Entries(ctx, b.Season.Plan, b.Season.Period.ID, shown...)
	if err != nil {
		return err
	}
	for i, id := range shown {
		item := bodyItem{Number: b.Pager.Offset() + i + 1}
		for _, a := range activities {
			if a.ID == id {
				item.Activity = a
			}
		}
		for _, e := range entries {
			if e.Activity == id {
				item.Entry = e
			}
		}
		b.Items = append(b.Items, item)
	}
	return nil
}
