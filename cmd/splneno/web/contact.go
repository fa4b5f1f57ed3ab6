package web

import (
	"slices"

	"splneno/engine"
)

// Dead gives the addresses of the organisation mail does not arrive at.
func (r boardRow) Dead() (out []string) {
	for _, c := range r.Body.Contacts {
		if c.Dead() {
			out = append(out, c.Email)
		}
	}
	return out
}

// Away gives the last day away of whoever would be written to, "" for nobody.
func (r boardRow) Away() engine.Date {
	if c, ok := r.Body.Contact(); ok && c.AwayUntil >= r.Today {
		return c.AwayUntil
	}
	return ""
}

// Proposed gives the contacts that wait for the coordinator's word.
func (r boardRow) Proposed() (out []engine.Contact) {
	for _, c := range r.Body.Contacts {
		if c.Proposed {
			out = append(out, c)
		}
	}
	return out
}

// ReplyOnly reports whether the organisation is written to without links.
func (r boardRow) ReplyOnly() bool {
	c, ok := r.Body.Contact()
	return ok && c.ReplyOnly
}

// Forms reports whether the season has anything the coordinator may change
// about its organisations.
func (b seasonBoard) Forms() bool {
	return b.Season.State == engine.SeasonOpen || slices.ContainsFunc(b.Rows, func(r boardRow) bool { return len(r.Proposed()) > 0 })
}

// postContact answers a contact an out-of-office reply named, or says whether
// an organisation is written to without links.
func (s *site) postContact(v visit) error {
	word, action := "", v.r.PostForm.Get("action")
	var err error
	switch action {
	case "prijmout":
		word = "kontakt-prijat"
		err = v.answerContact(true)
	case "zapomenout":
		word = "kontakt-zapomenut"
		err = v.answerContact(false)
	case "jen-odpovedi":
		word = "bez-odkazu"
		err = v.replyOnly(true)
	case "i-odkazy":
		word = "s-odkazy"
		err = v.replyOnly(false)
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the contact")
	}
	if err != nil {
		return err
	}
	return v.back("/stul#obdobi", flash(word))
}

func (v visit) answerContact(accept bool) error {
	form := v.r.PostForm
	return persist(func() error {
		return v.office.AnswerContact(v.r.Context(), form.Get("organizace"), form.Get("adresa"), accept, v.who)
	})
}

func (v visit) replyOnly(on bool) error {
	return persist(func() error {
		return v.office.ChangeBody(v.r.Context(), v.r.PostForm.Get("organizace"), 0, "reply only", v.who, func(o *engine.Organisation) error {
			return setReplyOnly(o, on)
		})
	})
}
