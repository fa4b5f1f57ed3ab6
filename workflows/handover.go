package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// HandoverRecords is what the handover asks beside the rest.
type HandoverRecords interface {
	// Ways counts the answers of a season by body and channel.
	Ways(ctx context.Context, plan, period string) ([]engine.Way, error)
}

// A Handover is what somebody needs who takes the desk over today: what is
// open, what leaves next, who answers how, who may sign in, and what only the
// one who leaves still knows.
type Handover struct {
	Day         engine.Date
	Waiting     map[string]int // as [Office.Waiting]
	Seasons     []OpenSeason
	Next        []NextLetter
	Bodies      []BodyWay // of the open seasons, those first that need most
	Accounts    []engine.Account
	Substitutes []engine.Account // now or later
	Invited     int              // set-up links that are out
	More        int              // bodies beyond those listed
	MoreNext    int              // letters beyond those listed
}

// An OpenSeason is a season that goes on, with how many of its results wait for
// a decision on what follows.
type OpenSeason struct {
	engine.Season
	Undecided int
}

// A NextLetter is an organisation something is to be said to soon.
type NextLetter struct {
	Day          engine.Date
	Plan, Period string
	Organisation engine.Organisation
}

// A BodyWay is one body as the one who takes over should know it.
type BodyWay struct {
	Organisation engine.Organisation
	Contact      engine.Contact
	Reachable    bool
	Channel      engine.Channel // it answers by most, "" for never yet
	Answers      int
	Written      int // letters of the season
	Silent       bool
}

// handoverDays is how far ahead the next letters are listed, handoverLetters and
// handoverBodies how many of them and how many bodies: it is to be read in an hour.
const (
	handoverDays    = 14
	handoverLetters = 50
	handoverBodies  = 60
)

// Handover gathers it.
func (o *Office) Handover(ctx context.Context) (Handover, error) {
	h := Handover{Day: o.today()}
	var err error
	if err := o.handoverAccounts(ctx, &h); err != nil {
		return h, err
	}
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return h, err
	}
	byID := engine.OrganisationsByID(all)
	if h.Waiting, err = o.WaitingAmong(ctx, byID); err != nil {
		return h, err
	}
	due, err := o.Records.RequestsDue(ctx, h.Day.AddDays(handoverDays), handoverLetters)
	if err != nil {
		return h, err
	}
	for _, r := range due {
		h.Next = append(h.Next, NextLetter{Day: max(r.NextOn, h.Day), Plan: r.Plan, Period: r.Period, Organisation: byID[r.Organisation]})
	}
	if h.MoreNext, err = o.lettersBeyond(ctx, h); err != nil {
		return h, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return h, err
	}
	for _, s := range seasons {
		if s.State != engine.SeasonOpen && s.State != engine.SeasonPrepared {
			continue
		}
		n, err := o.Records.SeasonCount(ctx, s.Plan, s.Period.ID)
		if err != nil {
			return h, err
		}
		h.Seasons = append(h.Seasons, OpenSeason{s, n.Undecided})
		if s.State == engine.SeasonOpen {
			if err := o.handoverBodies(ctx, s, byID, &h); err != nil {
				return h, err
			}
		}
	}
	slices.SortStableFunc(h.Bodies, func(a, b BodyWay) int { return b.need() - a.need() })
	if h.More = len(h.Bodies) - handoverBodies; h.More > 0 {
		h.Bodies = h.Bodies[:handoverBodies]
	}
	return h, nil
}

// lettersBeyond counts the letters that leave and are not listed.
func (o *Office) lettersBeyond(ctx context.Context, h Handover) (int, error) {
	if len(h.Next) < handoverLetters {
		return 0, nil
	}
	due, err := o.Records.LettersDue(ctx, h.Day.AddDays(handoverDays))
	all := 0
	for _, n := range due {
		all += n
	}
	return max(0, all-len(h.Next)), err
}

// need says how much a body asks of whoever takes over.
func (b BodyWay) need() int {
	switch {
	case !b.Reachable:
		return 3
	case b.Silent:
		return 2
	case b.Channel != engine.ByLink:
		return 1
	}
	return 0
}

func (o *Office) handoverAccounts(ctx context.Context, h *Handover) error {
	accounts, err := o.Records.Accounts(ctx)
	for _, a := range accounts {
		if a.Disabled {
			continue
		}
		if h.Accounts = append(h.Accounts, a); a.InviteHash != "" && a.InviteUntil.After(o.Now()) {
			h.Invited++
		}
		if a.Role == engine.RoleSubstitute && (a.Until == "" || a.Until >= h.Day) {
			h.Substitutes = append(h.Substitutes, a)
		}
	}
	return err
}

func (o *Office) handoverBodies(ctx context.Context, s engine.Season, byID map[string]engine.Organisation, h *Handover) error {
	ways, err := o.Records.Ways(ctx, s.Plan, s.Period.ID)
	if err != nil {
		return err
	}
	most := map[string]engine.Way{}
	for _, w := range ways {
		if w.Answers > most[w.Organisation].Answers {
			most[w.Organisation] = w
		}
	}
	counts, err := o.Records.BodyCounts(ctx, s.Plan, s.Period.ID, s.AskedOn.Start(o.Zone))
	if err != nil {
		return err
	}
	for _, c := range counts {
		r := c.Request
		if byID[r.Organisation].Ended != "" {
			continue
		}
		b := BodyWay{Organisation: byID[r.Organisation], Channel: most[r.Organisation].Channel, Answers: most[r.Organisation].Answers, Written: len(r.Written)}
		b.Contact, b.Reachable = b.Organisation.Contact()
		b.Silent = c.Stands() == engine.StandsSilent
		h.Bodies = append(h.Bodies, b)
	}
	return nil
}
