package web

import (
	"net/http"

	"splneno/engine"
)

// outboxLimit is how many messages the page shows.
const outboxLimit = 300

// An outboxPage lists what left and what did not.
type outboxPage struct {
	Messages []engine.Message
	Limit    int
	Trouble  int // failed, unsure or held
}

func (s *site) showOutbox(v visit) error {
	list, err := v.office.Records.Messages(v.r.Context(), outboxLimit,
		engine.Queued, engine.Sent, engine.Retry, engine.Failed, engine.Unsure, engine.Held)
	if err != nil {
		return err
	}
	p := outboxPage{Messages: list, Limit: outboxLimit}
	for _, m := range list {
		if m.State == engine.Failed || m.State == engine.Unsure || m.State == engine.Held {
			p.Trouble++
		}
	}
	return s.show(v.w, v.r, http.StatusOK, "outbox", p)
}

// postOutbox lets a failed or held message be sent after all.
func (s *site) postOutbox(v visit) error {
	if err := v.office.Release(v.r.Context(), v.r.PostForm.Get("zprava"), v.who); err != nil {
		return err
	}
	return v.back("/stul/posta", flash("zprava-uvolnena"))
}
