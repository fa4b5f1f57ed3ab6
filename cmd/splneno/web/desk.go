package web

import (
	"net/http"

	"splneno/engine"
)

// A deskPage is the coordinator's first page.
type deskPage struct {
	Waiting map[string]int
	Seasons []seasonBoard
}

func (s *site) showDesk(v visit) error {
	ctx := v.r.Context()
	p := deskPage{}
	var err error
	if p.Waiting, err = v.office.Waiting(ctx); err != nil {
		return err
	}
	if p.Seasons, err = boards(ctx, v.office); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "desk", p)
}

// Pending gives how many answers wait.
func (p deskPage) Pending() int { return p.Waiting["pending"] }

// Drafts gives how many evaluations wait for approval.
func (p deskPage) Drafts() int { return p.Waiting["drafts"] }

// MailTrouble gives how many messages a person must look at.
func (p deskPage) MailTrouble() int {
	return p.Waiting["failed"] + p.Waiting["unsure"] + p.Waiting["held"]
}

// Inbox gives how many mails wait in the holding pen.
func (p deskPage) Inbox() int { return p.Waiting["inbox"] }

// Bounced gives how many addresses mail does not arrive at.
func (p deskPage) Bounced() int { return p.Waiting["bounced"] }

// Contacts gives how many contacts wait to be accepted.
func (p deskPage) Contacts() int { return p.Waiting["contacts"] }

// postLink ends or replaces the link of an organisation.
func (s *site) postLink(v visit) error {
	form := v.r.PostForm
	renew := form.Get("action") == "novy"
	if !renew && form.Get("action") != "zneplatnit" {
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the link")
	}
	if err := v.office.RevokeLink(v.r.Context(), form.Get("plan"), form.Get("obdobi"), form.Get("organizace"), renew, v.who); err != nil {
		return err
	}
	word := "odkaz-zneplatnen"
	if renew {
		word = "odkaz-novy"
	}
	return v.back("/stul", flash(word))
}
