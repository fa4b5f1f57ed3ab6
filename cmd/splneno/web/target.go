package web

import "splneno/engine"

// A targetGroup is the bodies a mail may be an answer of, in one season.
type targetGroup struct {
	Title, Period string
	Targets       []target
}

// A target is a request a mail can be assigned to.
type target struct {
	Value   string // plan, period and organisation as a form field holds them
	Name    string
	Period  string
	Revoked bool // its answers are not taken
}

// target gathers what the mail can be assigned to. The guess stands first,
// unless From, which it rests on, is the very thing in doubt.
func (p *inboundPage) target(v visit, names map[string]engine.Organisation) error {
	ctx := v.r.Context()
	seasons, err := v.office.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		if s.State != engine.SeasonOpen {
			continue
		}
		plan, err := v.office.Records.Plan(ctx, s.Plan)
		if err != nil {
			return err
		}
		requests, err := v.office.Records.Requests(ctx, s.Plan, s.Period.ID)
		if err != nil {
			return err
		}
		g := targetGroup{Title: plan.Title, Period: s.Period.ID}
		for _, r := range requests {
			t := newTarget(r, names)
			if p.guessed(r) && !r.Revoked {
				p.Guess = &t
				continue
			}
			g.Targets = append(g.Targets, t)
		}
		sorted(v.tongue, g.Targets, func(t target) string { return t.Name })
		p.Targets = append(p.Targets, g)
	}
	return nil
}

func (p *inboundPage) guessed(r engine.Request) bool {
	return r.Plan == p.Plan && r.Period == p.Period && r.Organisation == p.Organisation && !p.Mail.Forged && len(p.Mail.Suspicious) == 0
}

func newTarget(r engine.Request, names map[string]engine.Organisation) target {
	return target{Value: r.Plan + "/" + r.Period + "/" + r.Organisation, Name: names[r.Organisation].Name, Period: r.Period, Revoked: r.Revoked}
}

// takes reports whether answers of the target are taken now.
func (p inboundPage) takes(value string) bool {
	if p.Guess != nil && p.Guess.Value == value {
		return true
	}
	for _, g := range p.Targets {
		for _, t := range g.Targets {
			if t.Value == value {
				return !t.Revoked
			}
		}
	}
	return false
}
