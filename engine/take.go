package engine

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Taking is what [Take] decides on: a mail that was read, and what it seems
// to be about.
type Taking struct {
	Inbound      Inbound // Mail is filled in
	Municipality Municipality
	Case         *Case        // of the request whose token it carries, nil without one
	Reading      ReplyReading // of an answer with a Case
	Copy         bool         // the same mail is here already
}

// Take decides what becomes of a mail that came in. Only a mail with a token of
// a living request becomes proposals; whatever leaves a doubt about who wrote,
// or says nothing, waits for a person. Every mail ends in a state.
func Take(t Taking, now time.Time) (Change, error) {
	t.Inbound.belongs(t.Case)
	switch m := t.Inbound.Mail; {
	case t.Copy:
		return t.settle(InboundDuplicate, "mail_duplicate", now), nil
	case m.Unreadable != "" || m.Kind == MailOther:
		return t.hold(HeldUnreadable, now), nil
	case m.Kind == MailBounce:
		return t.bounce(now), nil
	case m.Kind == MailAutomatic:
		return t.automatic(now), nil
	case m.Kind == MailList:
		return t.settle(InboundList, "mail_list", now), nil
	case m.Forged:
		return t.hold(HeldForged, now), nil
	case len(m.Suspicious) > 0:
		return t.hold(HeldSuspicious, now), nil
	case t.Case == nil && slices.Contains(t.Municipality.Blocked, m.From.Email):
		return t.settle(InboundBlocked, "mail_blocked", now), nil
	case t.Case == nil:
		return t.hold(HeldNoToken, now), nil
	}
	return t.answer(ByToken, now)
}

// belongs notes whose request the mail is about.
func (in *Inbound) belongs(c *Case) {
	if c != nil {
		in.Plan, in.Period, in.Organisation = c.Request.Plan, c.Request.Period, c.Request.Organisation
	}
}

// answer turns a reply into proposals. by is the trust when the sender is not
// known to write for the organisation.
func (t Taking) answer(by Channel, now time.Time) (Change, error) {
	c, m := *t.Case, t.Inbound.Mail
	if c.closed() {
		return t.hold(HeldClosed, now), nil
	}
	evidence := slices.ContainsFunc(m.Files, func(f File) bool { return f.Problem == "" })
	if t.Reading.Nothing && !evidence {
		return t.hold(HeldEmpty, now), nil
	}
	answers := c.answers(t.Reading, m.Own)
	if len(answers) == 0 {
		return t.hold(HeldNothingOwed, now), nil
	}
	if by == ByToken {
		by = c.TrustIn(m)
	}
	ch, err := Submit(c, Submission{By: cmp.Or(m.From.writer(), c.Organisation.Name), Channel: by, Inbound: t.Inbound.ID, Answers: answers}, now)
	if err != nil {
		return Change{}, err
	}
	if ch.Event == "" { // it says what was said before
		return t.settle(InboundAnswer, "answered_again", now), nil
	}
	ch.Detail["mail"] = short(t.Inbound.ID)
	ch.Organisations = c.Organisation.heard(m.From.Email)
	t.Inbound.State, t.Inbound.Note = InboundAnswer, ""
	ch.Inbound = []Inbound{t.Inbound}
	return ch, nil
}

// TrustIn says how sure it is that a mail with the token speaks for the
// organisation.
func (c Case) TrustIn(m Mail) Channel {
	if m.Verified && c.Organisation.speaks(m.From.Email) {
		return ByAuthenticated
	}
	return ByToken
}

// answers gives what a reading says, by activity. A status somebody could
// dispute is left out: the text stands without one. Text that belongs to no
// item is taken for every item still owed, when no item was named at all.
func (c Case) answers(r ReplyReading, whole string) map[string]Answer {
	out := map[string]Answer{}
	for _, a := range r.Answers {
		n, err := strconv.Atoi(a.Item)
		if err != nil || n < 1 || n > len(c.Activities) {
			continue
		}
		id := c.Activities[n-1].ID
		out[id] = c.answer(id, a)
	}
	if len(out) > 0 {
		return out
	}
	for _, i := range c.openItems() {
		id := c.Activities[i].ID
		out[id] = c.answer(id, ReplyAnswer{Status: StateUnknown, Text: whole})
	}
	return out
}

// answer gives what is said of one activity. Words without a status after an
// earlier answer complete that one.
func (c Case) answer(activity string, r ReplyAnswer) Answer {
	a := Answer{Status: StateUnknown}
	text := cut(strings.TrimSpace(r.Text), MaxText)
	if r.Certain {
		a.Status, a.Qualifier = r.Status, r.Qualifier
	}
	if last, ok := c.proposal(activity); ok && a.Status == StateUnknown && text != "" {
		a = last.Answer
		if !strings.Contains(a.Done+"\n"+a.Missing, text) {
			a.Done = cut(strings.TrimSpace(a.Done+"\n"+text), MaxText)
		}
		return a
	}
	if a.Status == Unfulfilled || a.Status == Partial && r.Lack {
		a.Missing = text
	} else {
		a.Done = text
	}
	return a
}

// cut shortens a text to so many characters; the whole stands in the mail.
func cut(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}

// writer names who wrote a mail.
func (c Contact) writer() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Email
}

// hold puts the mail into the holding pen.
func (t Taking) hold(why HeldReason, now time.Time) Change {
	t.Inbound.Note = why
	ch := t.settle(InboundHeld, "mail_held", now)
	ch.Detail["reason"] = string(why)
	return ch
}

// settle gives the Change that puts the mail into a state.
func (t Taking) settle(state InboundState, event string, now time.Time) Change {
	t.Inbound.State = state
	if state != InboundHeld {
		t.Inbound.Note = ""
	}
	return Change{At: now, Actor: Actor{ActorSystem, "inbox"}, Event: event, Subject: "mail/" + short(t.Inbound.ID),
		Detail: map[string]string{"kind": string(t.Inbound.Mail.Kind), "organisation": t.Inbound.Organisation}, Inbound: []Inbound{t.Inbound}}
}

// short is enough of an id to find the mail by.
func short(id string) string { return id[:min(len(id), 16)] }
