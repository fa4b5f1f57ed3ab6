package web

import (
	"net/http"
	"slices"

	"splneno/engine"
	"splneno/engine/pattern"
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

// Ways gives the way to the place where the answers are.
func (p inboundPage) Ways(a engine.Proposal) string {
	if a.State == engine.Pending {
		return "/stul/odpovedi"
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

var mailIDs = pattern.New(`^[0-9a-f]{64}$`)

// mailID gives the id of a mail in the address.
func mailID(v visit) (string, error) {
	id := v.r.PathValue("id")
	if !mailIDs.MatchString(id) {
		return "", engine.Errorf(engine.NotFound, "this is no id of a mail")
	}
	return id, nil
}

// inbound gives the mail the address names, with its bytes.
func inbound(v visit) (engine.Inbound, error) {
	id, err := mailID(v)
	if err != nil {
		return engine.Inbound{}, err
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
		var err error
		p.Answers, err = answersOf(v, p.ID, p.Plan, p.Period, p.Organisation)
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

// answersOf gives the answers of an organisation in a season that a mail became.
func answersOf(v visit, id, plan, period, organisation string) ([]engine.Proposal, error) {
	all, err := v.office.Records.ProposalsBy(v.r.Context(), plan, period, organisation)
	return slices.DeleteFunc(all, func(a engine.Proposal) bool { return a.Inbound != id }), err
}
