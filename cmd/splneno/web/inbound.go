package web

import (
	"net/http"
	"regexp"

	"splneno/engine"
)

// maxShown is how much of a text of a mail is shown, in characters. The whole
// stands in the mail.
const maxShown = 100_000

// An inboundPage is one mail that came in, as text, and the forms to decide
// about it.
type inboundPage struct {
	engine.Inbound
	Own, Quoted string // as much as is shown
	Cut         bool   // there is more
	Name        string // of the body it is about; of a mail that waits, the guess
	First       string // id of the mail this one is a copy of
	Answers     []engine.Proposal
	Decidable   bool
	Sender      string // body the sender's address belongs to
	Targets     []targetGroup
	Guess       *target
	Chosen      string // target, as it was sent
	Problem     string // why the last form was not taken, key of the catalogue
}

// Infected reports whether the mail holds a file that is not handed out.
func (p inboundPage) Infected() bool {
	for _, f := range p.Mail.Files {
		if f.Problem == infected {
			return true
		}
	}
	return false
}

// Ways gives the way to the place where the answers are.
func (p inboundPage) Ways(a engine.Proposal) string {
	if a.State == engine.Pending {
		return "/stul#ceka"
	}
	return entryPath(a.EntryKey)
}

func (s *site) showInbound(v visit) error {
	p, err := readInbound(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "inbound", p)
}

var mailIDs = regexp.MustCompile(`^[0-9a-f]{64}$`)

// inbound gives the mail the address names.
func inbound(v visit) (engine.Inbound, error) {
	id := v.r.PathValue("id")
	if !mailIDs.MatchString(id) {
		return engine.Inbound{}, engine.Errorf(engine.NotFound, "this is no id of a mail")
	}
	return v.office.Records.Inbound(v.r.Context(), id)
}

func readInbound(v visit) (inboundPage, error) {
	in, err := inbound(v)
	if err != nil {
		return inboundPage{}, err
	}
	p := inboundPage{Inbound: in}
	p.show(in.Mail)
	_, err = engine.Ignore(in, v.who, v.office.Now())
	p.Decidable = err == nil
	all, err := v.office.Records.Organisations(v.r.Context())
	if err != nil {
		return p, err
	}
	names := engine.OrganisationsByID(all)
	p.Name = names[in.Organisation].Name
	for _, o := range all {
		if o.Knows(in.Mail.From.Email) {
			p.Sender = o.Name
		}
	}
	if p.Decidable {
		if err := p.target(v, names); err != nil {
			return p, err
		}
	}
	return p, p.trace(v)
}

// show takes over the texts as far as they are shown.
func (p *inboundPage) show(m engine.Mail) {
	var more bool
	p.Own, p.Cut = shown(m.Own)
	p.Quoted, more = shown(m.Quoted)
	p.Cut = p.Cut || more
}

func shown(text string) (string, bool) {
	if r := []rune(text); len(r) > maxShown {
		return string(r[:maxShown]), true
	}
	return text, false
}

// trace finds what became of the mail: the answers made of it, or the mail it
// is a copy of.
func (p *inboundPage) trace(v visit) error {
	switch p.State {
	case engine.InboundAnswer:
		all, err := v.office.Records.Proposals(v.r.Context(), p.Plan, p.Period)
		for _, a := range all {
			if a.Inbound == p.ID {
				p.Answers = append(p.Answers, a)
			}
		}
		return err
	case engine.InboundDuplicate:
		first, err := v.office.Records.InboundSame(v.r.Context(), p.Same)
		if engine.CodeOf(err) == engine.NotFound {
			return nil
		}
		p.First = first.ID
		return err
	default:
		return nil
	}
}
