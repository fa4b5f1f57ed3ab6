package web

import (
	"net/http"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/notify"
)

// A contactForm is a contact of an organisation as it is typed.
type contactForm struct {
	Old               string // address it had, "" for a new one
	Name, Email, Role string
	Deputy            bool
	Sent              bool   // it was sent, and not taken
	Fault             string // of the address, key of the catalogue
}

func readContactForm(r *http.Request) contactForm {
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	return contactForm{Old: get("puvodni"), Name: get("jmeno"), Email: get("adresa"), Role: get("role"), Deputy: get("zastup") != "", Sent: true}
}

// FormOf gives the form of a contact: as it was sent when it was not taken,
// else as the contact is. The zero contact is the form of a new one.
func (p bodyPage) FormOf(c engine.Contact) contactForm {
	if p.Contact.Sent && strings.EqualFold(p.Contact.Old, c.Email) {
		return p.Contact
	}
	return contactForm{Old: c.Email, Name: c.Name, Email: c.Email, Role: c.Role, Deputy: c.Deputy}
}

// NewContact gives the form of a contact to add.
func (p bodyPage) NewContact() contactForm { return p.FormOf(engine.Contact{}) }

// postBodyContact adds, changes or removes a contact, or takes back what is held
// against its address.
func (s *site) postBodyContact(v visit) error {
	p, err := s.readBody(v)
	if err != nil {
		return err
	}
	if p.Coordinator() {
		return engine.Errorf(engine.Forbidden, "the coordinator's address is changed in the settings")
	}
	f := readContactForm(v.r)
	word, what := "", ""
	var change func(*engine.Organisation) error
	switch v.r.PostForm.Get("action") {
	case "ulozit":
		word, what = "kontakt-ulozen", "contact"
		if !notify.ValidAddress(f.Email) {
			f.Fault = "bodies.no_address"
		}
		change = func(o *engine.Organisation) error {
			return o.PutContact(f.Old, engine.Contact{Name: f.Name, Email: f.Email, Role: f.Role, Deputy: f.Deputy})
		}
	case "odebrat":
		word, what = "kontakt-odebran", "contact removed"
		change = func(o *engine.Organisation) error { return o.RemoveContact(f.Old) }
	case "znovu":
		word, what = "kontakt-znovu", "address works again"
		change = func(o *engine.Organisation) error { return o.TryAgain(f.Old) }
	case "prijmout":
		word, what = "kontakt-prijat", "contact accepted"
		change = func(o *engine.Organisation) error { return acceptContact(o, f.Old) }
	case "jen-odpovedi":
		word, what = "bez-odkazu", "reply only"
		change = func(o *engine.Organisation) error { return setReplyOnly(o, true) }
	case "i-odkazy":
		word, what = "s-odkazy", "links again"
		change = func(o *engine.Organisation) error { return setReplyOnly(o, false) }
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the contact")
	}
	if f.Fault == "" {
		err = persist(func() error { return v.office.ChangeBody(v.r.Context(), p.Body.ID, 0, what, v.who, change) })
	}
	return s.contactDone(v, p, f, word, err)
}

// contactDone goes back to the contacts, or shows the form again with what is
// wrong with it.
func (s *site) contactDone(v visit, p bodyPage, f contactForm, word string, err error) error {
	status := http.StatusUnprocessableEntity
	switch code := engine.CodeOf(err); {
	case f.Fault != "":
	case code == engine.Invalid:
		f.Fault = "bodies.same_address"
	case code == engine.Conflict:
		f.Fault, status = "bodies.contact_gone", http.StatusConflict
	case err != nil:
		return err
	default:
		return v.back(bodyPath(p.Body.ID)+"#kontakty", flash(word))
	}
	p.Contact, p.Problem = f, f.Fault
	return s.show(v.w, v.r, status, "body", p)
}

// acceptContact makes a proposed contact one that is written to.
func acceptContact(o *engine.Organisation, email string) error {
	i := slices.IndexFunc(o.Contacts, func(c engine.Contact) bool { return c.Proposed && strings.EqualFold(c.Email, email) })
	if i < 0 {
		return engine.Errorf(engine.Conflict, "no such contact is waiting; somebody may have decided already")
	}
	o.Contacts = slices.Clone(o.Contacts)
	o.Contacts[i].Proposed = false
	return nil
}

// setReplyOnly goes for every contact: the gateway is the organisation's.
func setReplyOnly(o *engine.Organisation, on bool) error {
	o.Contacts = slices.Clone(o.Contacts)
	for i := range o.Contacts {
		o.Contacts[i].ReplyOnly = on
	}
	return nil
}

// postBodyLink ends or replaces the link of an organisation in a season.
func (s *site) postBodyLink(v visit) error {
	form := v.r.PostForm
	word := ""
	switch form.Get("action") {
	case "novy":
		word = "odkaz-novy"
	case "zneplatnit":
		word = "odkaz-zneplatnen"
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the link")
	}
	id := v.r.PathValue("id")
	if err := v.office.RevokeLink(v.r.Context(), form.Get("plan"), form.Get("obdobi"), id, word == "odkaz-novy", v.who); err != nil {
		return err
	}
	return v.back(bodyPath(id)+"#obdobi", flash(word))
}
