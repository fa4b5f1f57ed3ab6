package workflows

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"splneno/engine"
)

// The bounds of a check.
const (
	knownPage   = 500                 // messages asked for at once
	knownBefore = 14 * 24 * time.Hour // mail is given up after five days, so none left later than that
	unknownMost = 2000                // mails of the original that are kept in a check
	checkDays   = 400                 // days whose letters are recognised by their Message-ID
)

// CopiedAt gives the time after which a municipality on hold knows nothing of
// its original: when the copy was made, or, where nobody said, when it was found.
func CopiedAt(h engine.Hold) time.Time {
	if h.AsOf.IsZero() {
		return h.Since
	}
	return h.AsOf
}

// CheckSince gives from when on sent mail matters to a hold: a day before the
// copy was made, for clocks and zones are not the same everywhere.
func CheckSince(h engine.Hold) time.Time { return CopiedAt(h).AddDate(0, 0, -1) }

// CheckSent compares what the original sent with what is held here, and keeps
// what it finds. Nothing is decided by it. source says where the mails were
// found: "imap" or "file".
func (o *Office) CheckSent(ctx context.Context, mails []engine.SentMail, source string, who engine.Actor) (engine.SentCheck, error) {
	c := engine.SentCheck{At: o.local(), By: who.Name, Source: source, Likely: map[string]time.Time{}}
	r, filed, err := o.onHold(ctx, who)
	if err != nil {
		return c, err
	}
	c.Since = CheckSince(r.Hold)
	x := sentIndex{Office: o, held: map[string]string{}, addressed: map[[2]string][]string{}}
	if err := x.read(ctx, r, c.Since); err != nil {
		return c, err
	}
	seen := map[string]bool{}
	for _, m := range mails {
		_, held := x.held[m.ID] // one that waited long carries an old date
		if !held && !m.At.IsZero() && m.At.Before(c.Since) || m.ID != "" && seen[m.ID] {
			continue
		}
		seen[m.ID] = true
		if err := x.match(ctx, &c, m); err != nil {
			return c, err
		}
	}
	slices.SortStableFunc(c.Unknown, func(a, b engine.Departed) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	c.Unknown = c.Unknown[:min(len(c.Unknown), unknownMost)]
	c.Inherit(r.Check)
	if filed, err = c.File(filed); err != nil {
		return c, err
	}
	return c, o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "hold_checked", Subject: string(r.Hold.Kind), Filed: []engine.Filed{filed}})
}

// A sentIndex knows every message that may stand among the sent mail.
type sentIndex struct {
	*Office
	held      map[string]string      // Message-ID → key, of what is held
	known     map[string]bool        // Message-IDs of everything else that is stored
	letters   map[string]string      // Message-ID → key, of every letter the original may have made
	bodies    map[string]string      // key → organisation
	addressed map[[2]string][]string // address and subject → keys, of what is held
	domain    string                 // in Message-IDs of this town
}

// read gathers it: what is stored, and what the calendar of the original may
// have made since under keys of its own. A Message-ID follows from its key, so a
// letter is recognised though this database never made it.
func (x *sentIndex) read(ctx context.Context, r HoldReport, since time.Time) error {
	for _, m := range r.Messages {
		x.held[m.MessageID] = m.Key
		to := [2]string{strings.ToLower(m.To), m.Subject}
		x.addressed[to] = append(x.addressed[to], m.Key)
	}
	if err := x.readKnown(ctx, since.Add(-knownBefore)); err != nil {
		return err
	}
	m, err := x.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	bodies, err := x.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	x.letters, x.bodies = map[string]string{}, map[string]string{}
	_, domain, _ := strings.Cut(m.Sender, "@")
	x.domain = strings.ToLower(domain)
	for day, n := engine.DateOf(since.In(x.Zone)), 0; day <= x.today() && n < checkDays; day, n = day.AddDays(1), n+1 {
		for _, b := range bodies {
			key := letterKey(b.ID, day)
			x.letters[engine.MessageID(x.Records.Tenant(), key, domain)], x.bodies[key] = key, b.ID
		}
		for _, key := range []string{escalationKey(day), digestKey(day)} {
			x.letters[engine.MessageID(x.Records.Tenant(), key, domain)] = key
		}
	}
	return nil
}

func (x *sentIndex) readKnown(ctx context.Context, since time.Time) error {
	x.known = map[string]bool{}
	for offset := 0; ; offset += knownPage {
		page, err := x.Records.MessagePage(ctx, knownPage, offset)
		if err != nil {
			return err
		}
		for _, m := range page {
			x.known[m.MessageID] = true
		}
		if len(page) < knownPage || page[len(page)-1].CreatedAt.Before(since) {
			return nil
		}
	}
}

// match says of one mail what it means for what is held.
func (x *sentIndex) match(ctx context.Context, c *engine.SentCheck, m engine.SentMail) error {
	key, held := x.held[m.ID]
	if m.ID != "" && (held || x.known[m.ID]) {
		c.Ours++
	}
	switch {
	case held && m.ID != "":
		c.Left = append(c.Left, engine.Left{Key: key, At: m.At})
	case m.ID == "":
		for _, key := range x.addressed[[2]string{m.To, m.Subject}] {
			c.Likely[key] = m.At
		}
	case !x.known[m.ID]:
		d := engine.Departed{ID: m.ID, Key: x.letters[m.ID], At: m.At, Subject: m.Subject}
		if d.Organisation = x.bodies[d.Key]; d.Organisation == "" && m.Token != "" {
			var err error
			if d.Organisation, err = x.byToken(ctx, m.Token); err != nil {
				return err
			}
		}
		if d.Organisation == "" && !strings.HasSuffix(m.ID, "@"+x.domain) {
			return nil // of another town that sends through the same mail server
		}
		c.Ours++
		c.Unknown = append(c.Unknown, d)
	}
	return nil
}

// byToken gives whose request a reply token belongs to, "" for nobody's.
func (x *sentIndex) byToken(ctx context.Context, token string) (string, error) {
	hash, err := x.Links.ReplyHash(token)
	if err != nil {
		return "", nil
	}
	r, err := x.Records.RequestByReply(ctx, hash)
	if engine.CodeOf(err) == engine.NotFound {
		return "", nil
	}
	return r.Organisation, err
}
