package web

import (
	"net/http"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// personShown is how much of each list of a person's page is shown; the file
// holds everything.
const personShown = 30

// A personPage is what is stored about one person. The address is sent in forms
// only: it must not stand in an address of ours, which browsers remember.
type personPage struct {
	Email, Name string
	File        *engine.PersonFile
	Confirm     bool // the question whether it is meant
	Problem     string
}

// Path gives the page of an organisation.
func (personPage) Path(id string) string { return bodyPath(id) }

// Contacts gives how often the person is a contact.
func (p personPage) Contacts() int { return p.File.Counts()["contacts"] }

// Answers gives the newest answers by the person.
func (p personPage) Answers() []engine.Proposal {
	return p.File.Answers[:min(personShown, len(p.File.Answers))]
}

// Messages gives the newest mails to the person.
func (p personPage) Messages() []engine.Message {
	return p.File.Messages[:min(personShown, len(p.File.Messages))]
}

// Mails gives the newest mails from the person.
func (p personPage) Mails() []engine.Inbound {
	return p.File.Mails[:min(personShown, len(p.File.Mails))]
}

func (s *site) showPerson(v visit) error {
	return s.show(v.w, v.r, http.StatusOK, "person", personPage{})
}

// postPerson finds a person, hands out what is stored, and erases it.
func (s *site) postPerson(v visit) error {
	get := v.r.PostForm.Get
	p := personPage{Email: strings.TrimSpace(get("adresa")), Name: strings.TrimSpace(get("jmeno"))}
	action := get("action")
	if action == "vymazat" && get("rozumim") != "" {
		return s.erasePerson(v, p)
	}
	file, err := v.office.Person(v.r.Context(), p.Email, p.Name)
	if engine.CodeOf(err) == engine.Invalid {
		p.Problem = "person.whom"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "person", p)
	}
	if err != nil {
		return err
	}
	p.File = &file
	status := http.StatusOK
	switch action {
	case "najit":
		if p.Name == "" && len(file.Names) > 0 {
			p.Name = file.Names[0]
			if file, err = v.office.Person(v.r.Context(), p.Email, p.Name); err != nil {
				return err
			}
		}
	case "soubor":
		return s.personFile(v, file)
	case "zeptat":
		p.Confirm = true
	case "vymazat": // without the tick
		p.Confirm, p.Problem, status = true, "person.tick", http.StatusUnprocessableEntity
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the person")
	}
	return s.show(v.w, v.r, status, "person", p)
}

// personFile hands out what is stored, to be given to the person.
func (s *site) personFile(v visit, f engine.PersonFile) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	body, err := workflows.PersonDocument(f, m.Name, v.office.Now().In(v.office.Zone))
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="osobni-udaje.json"`)
	_, err = v.w.Write(body)
	return err
}

func (s *site) erasePerson(v visit, p personPage) error {
	var file engine.PersonFile
	err := persist(func() (err error) {
		file, err = v.office.ErasePerson(v.r.Context(), p.Email, p.Name, v.who)
		return err
	})
	switch code := engine.CodeOf(err); {
	case err == nil:
		word := "osoba-vymazana"
		return v.back("/stul/organizace/osoba", flash(word))
	case code == engine.Conflict && file.Coordinator:
		p.Problem = "person.coordinator"
	case code == engine.Conflict:
		p.Problem = "person.moved"
	case code == engine.NotFound:
		p.Problem = "person.nothing"
	case code == engine.Invalid:
		p.Problem = "person.whom"
	default:
		return err
	}
	p.File = &file
	return s.show(v.w, v.r, http.StatusConflict, "person", p)
}
