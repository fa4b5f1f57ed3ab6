package web

import (
	"net/http"
	"strings"

	"splneno/engine"
)

// postInbound decides about one mail: whose answer it is, that it is nothing,
// or that its sender is not to be listened to.
func (s *site) postInbound(v visit) error {
	id, err := mailID(v)
	if err != nil {
		return err
	}
	word := ""
	switch v.r.PostForm.Get("action") {
	case "zaradit":
		return s.assign(v, id)
	case "nic":
		word = "prichozi-nic"
		err = persist(func() error { return v.office.Ignore(v.r.Context(), id, v.who) })
	case "blokovat":
		word = "prichozi-blokovano"
		err = persist(func() error { return v.office.Block(v.r.Context(), id, v.who) })
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the mail")
	}
	if err != nil {
		return s.inboundAgain(v, "", err)
	}
	return v.back("/stul/prichozi", flash(word))
}

// assign makes the mail answers of the body that was chosen.
func (s *site) assign(v visit, id string) error {
	ctx, chosen := v.r.Context(), v.r.PostForm.Get("komu")
	to := strings.Split(chosen, "/")
	if len(to) != 3 {
		return s.inboundAgain(v, "", engine.Errorf(engine.NotFound, "the form does not say whose answer the mail is"))
	}
	plan, period, organisation := to[0], to[1], to[2]
	if err := persist(func() error { return v.office.Assign(ctx, id, plan, period, organisation, v.who) }); err != nil {
		return s.inboundAgain(v, chosen, err)
	}
	made, err := answersOf(v, id, plan, period, organisation)
	if err != nil {
		return err
	}
	if len(made) == 0 {
		return v.back("/stul/prichozi", flash("zarazeno-nic"))
	}
	return v.back("/stul#ceka", flashCount("zarazeno", len(made)))
}

// inboundAgain shows the mail with what was chosen, and why it was not taken.
func (s *site) inboundAgain(v visit, chosen string, err error) error {
	code := engine.CodeOf(err)
	if code != engine.Conflict && code != engine.Invalid && code != engine.NotFound {
		return err
	}
	p, err := readInbound(v)
	if err != nil {
		return err
	}
	p.Chosen = chosen
	switch {
	case code == engine.NotFound:
		p.Problem = "inbox.choose"
	case code == engine.Invalid:
		p.Problem = "inbox.no_sender"
	case !p.Decidable:
		p.Problem = "inbox.decided"
	case chosen == "":
		p.Problem = "inbox.moved"
	case !p.takes(chosen):
		p.Problem = "inbox.closed"
	default:
		p.Problem = "inbox.nothing_owed"
	}
	status := statuses[code]
	if code == engine.NotFound { // the mail is there, the field is to be mended
		status = http.StatusUnprocessableEntity
	}
	return s.show(v.w, v.r, status, "inbound", p)
}
