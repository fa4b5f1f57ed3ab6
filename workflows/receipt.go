package workflows

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"splneno/engine"
)

// receipt adds to the Change of a reply the mail that says how it was
// understood: one a day for each sender and request, and only to somebody who
// is known to read that address. Nobody else is ever answered by a program. Who
// has answered about one thing more often than a season has letters is one.
func (p post) receipt(ctx context.Context, t engine.Taking, ch *engine.Change) error {
	if len(ch.Proposals) == 0 || t.Case == nil || t.Municipality.ReplyTo == "" {
		return nil
	}
	c, from := *t.Case, t.Inbound.Mail.From
	last := ch.Proposals[len(ch.Proposals)-1]
	by := last.Channel
	if last.Revision > c.Municipality.Policy.SeasonCap {
		return nil
	}
	if by != engine.ByAuthenticated && !c.Organisation.Knows(from.Email) {
		return nil
	}
	key := receiptKey(c.Request, from.Email, p.today())
	said, err := p.Records.HasMessage(ctx, key)
	if err != nil || said {
		return err
	}
	l := c.Receipt(*ch, t.Inbound.Mail, p.today())
	p.address(&l, c)
	m, err := p.message(key, c.Organisation.ID, l)
	if engine.CodeOf(err) == engine.Invalid { // an address that cannot be written to
		return nil
	}
	if err != nil {
		return err
	}
	ch.Messages = append(ch.Messages, m)
	return nil
}

// receiptKey names the occasion; the address is not for the journal to tell.
func receiptKey(r engine.Request, email string, day engine.Date) string {
	sum := sha256.Sum256([]byte(email))
	return "receipt/" + r.Plan + "/" + r.Period + "/" + r.Organisation + "/" + hex.EncodeToString(sum[:6]) + "/" + string(day)
}

// address puts the ways to answer into a letter to an organisation: the link,
// unless its gateway breaks links, and the address for replies, when the
// municipality takes them.
func (o *Office) address(l *engine.Letter, c engine.Case) {
	tenant := o.Records.Tenant()
	if c.Municipality.ReplyTo != "" {
		l.ReplyToken = o.Links.ReplyToken(tenant, c.Request)
		l.ReplyTo = c.Municipality.ReplyAddress(l.ReplyToken)
	}
	if !c.Organisation.ReplyOnly(l.To.Email) || l.ReplyTo == "" {
		l.Link = o.Links.AnswerURL(o.Links.Token(tenant, c.Request))
	}
}

// sign gives the request the hashes of what its letters will carry.
func (o *Office) sign(r *engine.Request) (err error) {
	tenant := o.Records.Tenant()
	if r.LinkHash, err = o.Links.Hash(o.Links.Token(tenant, *r)); err != nil {
		return err
	}
	r.ReplyHash, err = o.Links.ReplyHash(o.Links.ReplyToken(tenant, *r))
	return err
}
