package engine

import (
	"slices"
	"strings"
)

// freemail are the domains under which anybody gets an address: being there
// says nothing about whom somebody writes for.
var freemail = []string{"seznam.cz", "email.cz", "post.cz", "spoluzaci.cz", "centrum.cz", "centrum.sk", "atlas.cz", "volny.cz", "tiscali.cz",
	"quick.cz", "azet.sk", "zoznam.sk", "gmail.com", "googlemail.com", "outlook.com", "outlook.cz", "hotmail.com", "live.com", "msn.com",
	"yahoo.com", "icloud.com", "me.com", "proton.me", "protonmail.com"}

// speaks reports whether an address is one of the organisation's, or of the
// domain of one.
func (o Organisation) speaks(email string) bool {
	_, domain, _ := strings.Cut(email, "@")
	return slices.ContainsFunc(o.Contacts, func(c Contact) bool {
		own := strings.ToLower(c.Email)
		return !c.Proposed && email != "" && (own == email || !slices.Contains(freemail, domain) && strings.HasSuffix(own, "@"+domain))
	})
}

// Knows reports whether the address is that of a contact of the organisation.
func (o Organisation) Knows(email string) bool { return o.contact(email) >= 0 }

// ReplyOnly reports whether whoever reads the address gets no links.
func (o Organisation) ReplyOnly(email string) bool {
	i := o.contact(email)
	return i >= 0 && o.Contacts[i].ReplyOnly
}

// contact finds a contact by its address, -1 for none.
func (o Organisation) contact(email string) int {
	return slices.IndexFunc(o.Contacts, func(c Contact) bool { return email != "" && strings.EqualFold(c.Email, email) })
}

// heard takes back what was held against an address: whoever writes from it
// reads it. Nothing is given when there was nothing.
func (o Organisation) heard(email string) []Organisation {
	i := o.contact(email)
	if i < 0 || o.Contacts[i].Bounces == 0 {
		return nil
	}
	o.Contacts = slices.Clone(o.Contacts)
	o.Contacts[i].Bounces = 0
	return []Organisation{o}
}

// GuessSender gives the body a mail without a token is probably from: the one
// that knows the address, else the only one of its domain.
func GuessSender(bodies []Organisation, email string) (Organisation, bool) {
	var near []Organisation
	for _, o := range bodies {
		if o.Knows(email) {
			return o, true
		}
		if o.speaks(email) {
			near = append(near, o)
		}
	}
	if len(near) == 1 {
		return near[0], true
	}
	return Organisation{}, false
}
