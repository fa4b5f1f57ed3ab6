package web

import (
	"net/http"
	"slices"

	"splneno/engine"
)

// inboxLimit is how many mails the page shows.
const inboxLimit = 200

// An inboxPage lists the mail of one state that came in.
type inboxPage struct {
	State  engine.InboundState
	States []stateCount
	Total  int // in that state
	Rows   []inboxRow
	Limit  int
}

// A stateCount says how many mails are in a state.
type stateCount struct {
	State engine.InboundState
	Count int
}

// An inboxRow is one mail of the list.
type inboxRow struct {
	engine.Inbound
	Name string // of the body it is about; of a mail that waits, the guess
}

// showInbox lists mail: what waits, or what became of the rest.
func (s *site) showInbox(v visit) error {
	p := inboxPage{State: engine.InboundHeld, Limit: inboxLimit}
	if state := engine.InboundState(v.r.URL.Query().Get("stav")); slices.Contains(engine.InboundStates(), state) {
		p.State = state
	}
	names, err := organisations(v.r.Context(), v.office)
	if err != nil {
		return err
	}
	counts, err := v.office.Records.InboxCounts(v.r.Context())
	if err != nil {
		return err
	}
	for _, state := range engine.InboundStates() {
		p.States = append(p.States, stateCount{State: state, Count: counts[state]})
	}
	p.Total = counts[p.State]
	mails, err := v.office.Records.Inbox(v.r.Context(), inboxLimit, p.State)
	if err != nil {
		return err
	}
	for _, in := range mails {
		p.Rows = append(p.Rows, inboxRow{Inbound: in, Name: names[in.Organisation].Name})
	}
	return s.show(v.w, v.r, http.StatusOK, "inbox", p)
}
