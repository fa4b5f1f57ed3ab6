package workflows

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// takings gathers what decisions about mails are made on, in their order.
func (p post) takings(ctx context.Context, mails []engine.Inbound) ([]engine.Taking, error) {
	out := make([]engine.Taking, len(mails))
	var strangers []*engine.Inbound
	var cases []engine.Case
	at := make([]int, len(mails)) // the mail's case, from 1
	for i, in := range mails {
		out[i] = engine.Taking{Inbound: in, Municipality: p.municipality}
		r, err := p.byToken(ctx, in.Mail.Tokens)
		if err != nil {
			return nil, err
		}
		if r != nil {
			cases = append(cases, engine.Case{Request: *r})
			at[i] = len(cases)
		} else if in.Mail.From.Email != "" {
			strangers = append(strangers, &out[i].Inbound)
		}
	}
	if err := p.guess(ctx, strangers); err != nil {
		return nil, err
	}
	if err := p.fill(ctx, cases); err != nil {
		return nil, err
	}
	for i, n := range at {
		if n > 0 {
			out[i].Case = &cases[n-1]
			if m := mails[i].Mail; m.Kind == engine.MailAnswer {
				out[i].Reading = read(cases[n-1], m)
			}
		}
	}
	return out, nil
}

// taking gathers what a decision about one mail is made on, and whether it has
// come before.
func (p post) taking(ctx context.Context, in engine.Inbound) (engine.Taking, error) {
	all, err := p.takings(ctx, []engine.Inbound{in})
	if err != nil {
		return engine.Taking{}, err
	}
	if in.Same != "" {
		first, err := p.Records.InboundSame(ctx, in.Same)
		if err != nil && engine.CodeOf(err) != engine.NotFound {
			return all[0], err
		}
		all[0].Copy = err == nil && first.ID != in.ID
	}
	return all[0], nil
}

// byToken finds the request behind the first token that names one, nil for none.
func (p post) byToken(ctx context.Context, tokens []string) (*engine.Request, error) {
	for _, token := range tokens {
		hash, err := p.Links.ReplyHash(token)
		if err != nil {
			continue
		}
		r, err := p.Records.RequestByReply(ctx, hash)
		if engine.CodeOf(err) == engine.NotFound {
			continue
		}
		return &r, err
	}
	return nil, nil
}

// CaseOfMail gives the case a mail's token names, nil for none.
func (o *Office) CaseOfMail(ctx context.Context, m engine.Mail) (*engine.Case, error) {
	if len(m.Tokens) == 0 {
		return nil, nil
	}
	at, err := o.shelf(ctx)
	if err != nil {
		return nil, err
	}
	r, err := post{at}.byToken(ctx, m.Tokens)
	if err != nil || r == nil {
		return nil, err
	}
	c, err := at.known(ctx, *r)
	return &c, err
}

// read understands what was written about a case.
func read(c engine.Case, m engine.Mail) engine.ReplyReading {
	if strings.TrimSpace(m.Own) == "" {
		return engine.ReplyReading{Nothing: true}
	}
	return czech.ReadReply(m.Own, c.ReplyItems(), c.Municipality.StatusWords)
}

// guess notes whom mails without a token are probably from, and which open
// request each could answer.
func (p post) guess(ctx context.Context, mails []*engine.Inbound) error {
	if len(mails) == 0 {
		return nil
	}
	bodies, err := p.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	seasons, err := p.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, in := range mails {
		body, ok := engine.GuessSender(bodies, in.Mail.From.Email)
		if !ok {
			continue
		}
		in.Organisation = body.ID
		if err := p.openRequest(ctx, seasons, in); err != nil {
			return err
		}
	}
	return nil
}

// openRequest notes the first open season the body of a mail is asked in.
func (p post) openRequest(ctx context.Context, seasons []engine.Season, in *engine.Inbound) error {
	for _, s := range seasons {
		if s.State != engine.SeasonOpen {
			continue
		}
		r, err := p.Records.Request(ctx, s.Plan, s.Period.ID, in.Organisation)
		if err == nil {
			in.Plan, in.Period = r.Plan, r.Period
			return nil
		}
		if engine.CodeOf(err) != engine.NotFound {
			return err
		}
	}
	return nil
}

// sameness is the natural key of a mail across its copies: whatever way a copy
// came, it has the same id, writer, token and text. A mail that could not be
// read has none.
func sameness(m engine.Mail) string {
	if m.BodyHash == "" || m.Unreadable != "" {
		return ""
	}
	token := ""
	if len(m.Tokens) > 0 {
		token = m.Tokens[0]
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{cmp.Or(m.MessageID, m.Date.String()), m.From.Email, token, m.BodyHash}, "\x00")))
	return hex.EncodeToString(sum[:])
}
