package web

import (
	"net/http"

	"splneno/engine"
	"splneno/notify"
)

// A newBodyPage is the page on which an organisation is added.
type newBodyPage struct {
	Names   bodyForm
	Contact contactForm
	Known   string // page of the organisation that has this name already
	Problem string
}

func (s *site) showNewBody(v visit) error {
	return s.show(v.w, v.r, http.StatusOK, "body-new", newBodyPage{Names: bodyForm{Kind: string(engine.KindOrganisation)}})
}

// postNewBody adds an organisation, with a contact where an address was given.
func (s *site) postNewBody(v visit) error {
	p := newBodyPage{Names: readBodyForm(v.r)}
	get := v.r.PostForm.Get
	p.Contact = contactForm{Name: clean(get("kontakt")), Email: clean(get("adresa"))}
	if p.Contact.Email != "" && !notify.ValidAddress(p.Contact.Email) {
		p.Contact.Fault = "bodies.no_address"
	}
	if p.Problem = p.Names.Fault; p.Problem == "" {
		p.Problem = p.Contact.Fault
	}
	if p.Problem != "" {
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "body-new", p)
	}
	var o engine.Organisation
	p.Names.into(&o)
	if p.Contact.Email != "" {
		o.Contacts = []engine.Contact{{Name: p.Contact.Name, Email: p.Contact.Email}}
	}
	id, err := v.office.AddOrganisation(v.r.Context(), o, v.who)
	switch code := engine.CodeOf(err); {
	case code == engine.Conflict && id != "":
		p.Problem, p.Known, p.Names.Fault = "bodies.known", bodyPath(id), "bodies.known"
		return s.show(v.w, v.r, http.StatusConflict, "body-new", p)
	case code == engine.Invalid:
		p.Problem, p.Names.Fault = "bodies.name_missing", "bodies.name_missing"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "body-new", p)
	case err != nil:
		return err
	}
	word := "organizace-pridana"
	return v.back(bodyPath(id), flash(word))
}
