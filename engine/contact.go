package engine

import (
	"slices"
	"strings"
)

// A Trouble is what keeps a body from being written to, or may soon.
type Trouble string

// The troubles, the worst first.
const (
	TroubleNobody   Trouble = "nobody"   // nobody to write to: the coordinator answers for it
	TroubleDead     Trouble = "dead"     // an address mail does not arrive at
	TroubleProposed Trouble = "proposed" // a contact waits to be accepted
	TroubleAway     Trouble = "away"     // whoever is written to is away
)

// Troubles gives what the coordinator should look at; of an ended body nothing.
// A group is reached through its members.
func (o Organisation) Troubles(today Date) (out []Trouble) {
	if o.Ended != "" {
		return nil
	}
	to, reachable := o.Contact()
	if !reachable && len(o.Members) == 0 {
		out = append(out, TroubleNobody)
	}
	if slices.ContainsFunc(o.Contacts, Contact.Dead) {
		out = append(out, TroubleDead)
	}
	if slices.ContainsFunc(o.Contacts, func(c Contact) bool { return c.Proposed }) {
		out = append(out, TroubleProposed)
	}
	if reachable && to.AwayUntil >= today {
		out = append(out, TroubleAway)
	}
	return out
}

// PutContact changes the contact with the address old, or adds one when old is
// "". Whoever is put in by hand is no longer a proposal; with another address
// nothing is held against it.
func (o *Organisation) PutContact(old string, c Contact) error {
	i := o.contact(old)
	switch other := o.contact(c.Email); {
	case c.Email == "":
		return Errorf(Invalid, "a contact needs an address")
	case old != "" && i < 0:
		return Errorf(Conflict, "the contact is no longer there; somebody changed it meanwhile")
	case other >= 0 && other != i:
		return Errorf(Invalid, "the organisation has this address already")
	case i < 0 && len(o.Contacts) >= maxContacts:
		return Errorf(Invalid, "an organisation has at most %d contacts", maxContacts)
	}
	c.Proposed = false
	o.Contacts = slices.Clone(o.Contacts)
	if i < 0 {
		c.ReplyOnly = c.ReplyOnly || slices.ContainsFunc(o.Contacts, func(k Contact) bool { return k.ReplyOnly })
		o.Contacts = append(o.Contacts, c)
		return nil
	}
	was := o.Contacts[i]
	c.ReplyOnly = was.ReplyOnly
	if strings.EqualFold(was.Email, c.Email) {
		c.Bounces, c.AwayUntil = was.Bounces, was.AwayUntil
	}
	o.Contacts[i] = c
	return nil
}

// RemoveContact takes a contact off.
func (o *Organisation) RemoveContact(email string) error {
	i := o.contact(email)
	if i < 0 {
		return Errorf(Conflict, "the contact is no longer there; somebody changed it meanwhile")
	}
	o.Contacts = slices.Delete(slices.Clone(o.Contacts), i, i+1)
	return nil
}

// TryAgain takes back what is held against an address: mail to it arrives
// again, and whoever reads it is back.
func (o *Organisation) TryAgain(email string) error {
	i := o.contact(email)
	if i < 0 {
		return Errorf(Conflict, "the contact is no longer there; somebody changed it meanwhile")
	}
	o.Contacts = slices.Clone(o.Contacts)
	o.Contacts[i].Bounces, o.Contacts[i].AwayUntil = 0, ""
	return nil
}
