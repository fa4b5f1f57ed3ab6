package workflows

import (
	"context"
	"slices"
	"strings"

	"splneno/engine"
)

// A replay works out again where bodies stand to which the original wrote on
// days the restored copy knows nothing of.
type replay struct {
	shelf
	report HoldReport
	gone   map[string]bool // keys of held letters that count as left now, or did before
}

// replays prepares one; taken is what is being marked as left.
func (o *Office) replays(ctx context.Context, r HoldReport, taken []engine.HeldMessage) (*replay, error) {
	at, err := o.shelf(ctx)
	p := &replay{at, r, map[string]bool{}}
	for _, m := range taken {
		p.gone[m.Key] = true
	}
	for _, d := range r.Check.Unknown {
		p.gone[d.Covers] = true
	}
	return p, err
}

// body gives what changes of a body's requests: each as if the original's letters
// had been written here on their days. What fell due later is due again.
func (p *replay) body(ctx context.Context, organisation string) (requests []engine.Request, proposals []engine.Proposal, err error) {
	cases, err := p.cases(ctx, organisation)
	if err != nil || len(cases) == 0 {
		return nil, nil, err
	}
	since := engine.DateOf(p.report.Hold.Since.In(p.Zone))
	was := make([]string, len(cases))
	letters := p.original(letterKey(organisation, ""))
	for i, c := range cases {
		mine, err := p.mine(ctx, c.Request, &was[i])
		if err != nil {
			return nil, nil, err
		}
		letters = append(letters, mine...)
	}
	escalations := p.original(escalationKey(""))
	for _, m := range p.report.Messages {
		if day, ok := strings.CutPrefix(m.Key, escalationKey("")); ok && !p.gone[m.Key] {
			escalations = append(escalations, engine.Date(day))
		}
	}
	before := map[string]engine.Proposal{}
	for _, c := range cases {
		for _, a := range c.Proposals {
			before[a.Plan+"/"+a.Period+"/"+a.Activity] = a
		}
	}
	for _, a := range engine.Replay(cases, was, since, letters, escalations) {
		if before[a.Plan+"/"+a.Period+"/"+a.Activity].ToldOn != a.ToldOn {
			proposals = append(proposals, a)
		}
	}
	for _, c := range cases {
		requests = append(requests, c.Request)
	}
	return requests, proposals, nil
}

// cases gathers the body's places in the seasons that are open.
func (p *replay) cases(ctx context.Context, organisation string) (out []*engine.Case, err error) {
	seasons, err := p.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range seasons {
		if s.State != engine.SeasonOpen {
			continue
		}
		of, err := p.Records.RequestsOf(ctx, s.Plan, s.Period.ID, []string{organisation})
		if err != nil {
			return nil, err
		}
		for _, r := range of {
			c, err := p.known(ctx, r)
			if err != nil {
				return nil, err
			}
			out = append(out, &c)
		}
	}
	return out, nil
}

// original gives the days on which the original wrote under such keys, but for
// letters whose like is held here and is to leave.
func (p *replay) original(prefix string) (days []engine.Date) {
	uncovered := map[string]bool{}
	for _, d := range p.report.Uncovered {
		uncovered[d.ID] = true
	}
	for _, d := range p.report.Check.Unknown {
		if day, ok := strings.CutPrefix(d.Key, prefix); ok && (p.gone[d.Covers] && d.Covers != "" || uncovered[d.ID]) {
			days = append(days, engine.Date(day))
		}
	}
	return days
}

// mine gives the days on which a letter was written here on hold that has left
// from here, will, or was the very one the original wrote; and how the request
// stood before the first.
func (p *replay) mine(ctx context.Context, r engine.Request, was *string) (days []engine.Date, err error) {
	lines, err := p.Records.JournalOf(ctx, r.Plan+"/"+r.Period+"/"+r.Organisation, 0)
	for _, l := range lines {
		if l.At.Before(p.report.Hold.Since) || l.Detail[wasKey] == "" {
			continue
		}
		if *was == "" {
			*was = l.Detail[wasKey]
		}
		day := engine.DateOf(l.At.In(p.Zone))
		if !p.gone[letterKey(r.Organisation, day)] || p.exact(letterKey(r.Organisation, day)) {
			days = append(days, day)
		}
	}
	return days, err
}

// exact reports whether the original sent this very message.
func (p *replay) exact(key string) bool {
	return slices.ContainsFunc(p.report.Check.Left, func(l engine.Left) bool { return l.Key == key })
}
