package engine

import (
	"slices"
	"strings"
	"time"
)

// Assign says whose answer a mail in the holding pen is. It becomes proposals
// as if it had carried the token, marked as a mail nobody vouches for.
func Assign(t Taking, who Actor, now time.Time) (Change, error) {
	if err := decidableMail(t.Inbound, who); err != nil {
		return Change{}, err
	}
	t.Reading.Nothing = false // a person has seen that it is an answer
	t.Inbound.belongs(t.Case)
	t.Inbound.DecidedBy, t.Inbound.DecidedAt = who.Name, now
	ch, err := t.answer(ByNone, now)
	if err != nil {
		return Change{}, err
	}
	if ch.Inbound[0].State == InboundHeld {
		return Change{}, Errorf(Conflict, "the mail cannot be assigned: %s", heldWords[ch.Inbound[0].Note])
	}
	ch.Actor, ch.Event = who, "mail_assigned"
	return ch, nil
}

// heldWords say why a mail cannot be assigned.
var heldWords = map[HeldReason]string{
	HeldClosed:      "the season is closed or the link was revoked",
	HeldNothingOwed: "it names no activity, and the organisation owes no answer; report the result yourself",
}

// Ignore says that a mail in the holding pen is nothing; it stays readable.
func Ignore(in Inbound, who Actor, now time.Time) (Change, error) {
	return setAside(in, InboundIgnored, "mail_ignored", who, now)
}

// Block sets a mail aside and every later one of its sender that carries no token.
func Block(in Inbound, m Municipality, who Actor, now time.Time) (Change, error) {
	from := in.Mail.From.Email
	if from == "" {
		return Change{}, Errorf(Invalid, "the mail has no single sender that could be blocked; ignore it instead")
	}
	ch, err := setAside(in, InboundBlocked, "sender_blocked", who, now)
	if err == nil && !slices.Contains(m.Blocked, from) {
		m.Blocked = append(slices.Clone(m.Blocked), from)
		ch.Municipality = &m
	}
	return ch, err
}

func setAside(in Inbound, state InboundState, event string, who Actor, now time.Time) (Change, error) {
	if err := decidableMail(in, who); err != nil {
		return Change{}, err
	}
	in.DecidedBy, in.DecidedAt = who.Name, now
	ch := Taking{Inbound: in}.settle(state, event, now)
	ch.Actor = who
	return ch, nil
}

// decidableMail says why a person cannot decide about a mail, if she cannot.
func decidableMail(in Inbound, who Actor) error {
	switch {
	case who.Kind != ActorCoordinator:
		return Errorf(Forbidden, "only a coordinator decides about mail that came in")
	case in.State == InboundReceived:
		return Errorf(Conflict, "the mail has not been read yet; look again in a moment")
	case in.State != InboundHeld && in.State != InboundAutomatic && in.State != InboundList && in.State != InboundIgnored && in.State != InboundBlocked:
		return Errorf(Conflict, "nothing is to be decided about this mail: it is %s", in.State)
	}
	return nil
}

// ReplyItems gives what a reply about the case may speak of.
func (c Case) ReplyItems() []ReplyItem {
	var out []ReplyItem
	for i, a := range c.Activities {
		it := ReplyItem{Number: i + 1, Code: a.ID, Title: a.Title, Period: c.Season.Period}
		for _, p := range a.Parts {
			it.Parts = append(it.Parts, p.Label)
		}
		out = append(out, it)
	}
	return out
}

// After gives the case with what a Change moves in it.
func (c Case) After(ch Change) Case {
	c.Entries, c.Proposals = slices.Clone(c.Entries), slices.Clone(c.Proposals)
	for _, e := range ch.Entries {
		if i := slices.IndexFunc(c.Entries, func(o Entry) bool { return o.EntryKey == e.EntryKey }); i >= 0 {
			c.Entries[i] = e
		}
	}
	for _, p := range ch.Proposals {
		c.setProposal(p)
	}
	for _, r := range ch.Requests {
		c.Request = r
	}
	return c
}

// Receipt gives the letter that tells the writer of a reply what was recorded
// by the Change, and what is still owed.
func (c Case) Receipt(ch Change, m Mail, today Date) Letter {
	after := c.After(ch)
	l := Letter{Kind: LetterReceipt, To: m.From, Organisation: c.Organisation.Name, Municipality: c.Municipality.Name,
		Coordinator: c.Municipality.Coordinator, Sender: c.Municipality.Sender, Plan: c.Plan.Title, Funding: c.Municipality.FundingOf(c.Plan),
		Period: c.Season.Period, Date: today, InReplyTo: m.MessageID, Files: m.Files}
	for i, a := range c.Activities {
		it := c.item(i, LetterReceipt)
		for _, p := range ch.Proposals {
			if p.Activity == a.ID && p.State == Pending {
				it.Read = &ReplyAnswer{Item: itoa(it.Number), Status: p.Answer.Status, Qualifier: p.Answer.Qualifier,
					Text: strings.TrimSpace(p.Answer.Done + "\n" + p.Answer.Missing), Certain: p.Answer.Status.Known()}
			}
		}
		if it.Read != nil || after.open(i) {
			l.Items = append(l.Items, it)
		}
	}
	return l
}
