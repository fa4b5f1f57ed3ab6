package engine

import (
	"slices"
	"strings"
	"time"
)

// bounce takes in what a mail server says of a mail of ours. Only a report that
// carries the token of a request has an effect: anybody can write the others.
func (t Taking) bounce(now time.Time) Change {
	ch := t.settle(InboundBounce, "mail_bounced", now)
	r := t.Inbound.Mail.Report
	if r == nil || t.Case == nil {
		return ch
	}
	ch.Detail["action"], ch.Detail["status"] = r.Action, r.Status
	c := *t.Case
	if r.Action == "failed" && r.MessageID != "" {
		ch.Bounced = []Bounce{{Organisation: c.Organisation.ID, MessageID: t.withoutToken(r.MessageID), Detail: r.Detail}}
	}
	i := c.Organisation.contact(r.Recipient)
	if !r.Hard() || i < 0 || c.Organisation.Contacts[i].Dead() {
		return ch
	}
	c.Organisation.Contacts = slices.Clone(c.Organisation.Contacts)
	c.Organisation.Contacts[i].Bounces++
	ch.Organisations = []Organisation{c.Organisation}
	if c.Organisation.Contacts[i].Dead() && c.Season.State == SeasonOpen {
		ch.Event = "contact_dead"
		ch.Requests = c.anew(DateOf(now))
	}
	return ch
}

// withoutToken gives a Message-ID as it is stored: the bytes that left held the
// reply token in it, behind a dot.
func (t Taking) withoutToken(id string) string {
	local, domain, _ := strings.Cut(id, "@")
	for _, token := range t.Inbound.Mail.Tokens {
		if n := len(local) - len(token) - 1; n > 0 && strings.EqualFold(local[n:], "."+token) {
			return local[:n] + "@" + domain
		}
	}
	return id
}

// anew begins the round again when something is still owed: what was said so
// far reached nobody. Another contact is asked, or the coordinator told.
func (c Case) anew(today Date) []Request {
	if len(c.openItems()) == 0 {
		return nil
	}
	r := c.Request
	r.NextOn = today
	if r.Round > 0 {
		r.Round, r.Step, r.AskedOn = r.Round+1, 0, today
	}
	return []Request{r}
}

// automatic takes in what a program answered: until when somebody is away, and
// who stands in. A named deputy is only proposed: anybody can name one.
func (t Taking) automatic(now time.Time) Change {
	ch := t.settle(InboundAutomatic, "mail_automatic", now)
	a := t.Inbound.Mail.Absence
	if a == nil || t.Case == nil {
		return ch
	}
	c := *t.Case
	c.Organisation.Contacts = slices.Clone(c.Organisation.Contacts)
	changed := c.Organisation.away(t.Inbound.Mail.From.Email, a.Until)
	if a.Deputy.Email != "" && c.Organisation.contact(a.Deputy.Email) < 0 && len(c.Organisation.Contacts) < maxContacts {
		c.Organisation.Contacts = append(c.Organisation.Contacts, Contact{Name: a.Deputy.Name, Email: a.Deputy.Email, Deputy: true, Proposed: true, ProposedOn: DateOf(now)})
		changed = true
	}
	if !changed {
		return ch
	}
	ch.Event, ch.Organisations = "contact_away", []Organisation{c.Organisation}
	ch.Detail["until"] = string(a.Until)
	if r := c.Request; r.NextOn != "" && c.Season.State == SeasonOpen {
		r.NextOn = c.afterAbsence(r.NextOn)
		ch.Requests = []Request{r}
	}
	return ch
}

// maxContacts bounds what automatic mail may add to an organisation.
const maxContacts = 20

// away notes the absence of the contact that answered, or of the one that is
// written to: a role address answers in the name of a person.
func (o *Organisation) away(email string, until Date) bool {
	i := o.contact(email)
	if to, ok := o.Contact(); i < 0 && ok {
		i = o.contact(to.Email)
	}
	if i < 0 || until == "" || o.Contacts[i].AwayUntil == until {
		return false
	}
	o.Contacts[i].AwayUntil = until
	return true
}
