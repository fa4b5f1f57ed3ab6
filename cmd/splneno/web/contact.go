package web

import (
	"splneno/engine"
)

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
	return v.back("/stul", flash(word))
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
