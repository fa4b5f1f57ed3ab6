package web

import (
	"net/http"
	"slices"

	"splneno/engine"
)

// outboxStates are the outcomes a list of messages can be narrowed to, in the
// order they are offered.
var outboxStates = []engine.MessageState{engine.Queued, engine.Sent, engine.Retry, engine.Unsure, engine.Failed, engine.Bounced, engine.Held, engine.Stopped}

// An outboxPage lists what left and what did not.
type outboxPage struct {
	State    engine.MessageState // "" for all
	States   []messageCount
	Messages []engine.Message
	Pager    pager
	Trouble  int // failed, unsure or held
}

// A messageCount says how many messages are in a state, or in all.
type messageCount struct {
	State engine.MessageState
	Count int
}

func (s *site) showOutbox(v visit) error {
	p, ctx := outboxPage{}, v.r.Context()
	if state := engine.MessageState(v.r.URL.Query().Get("stav")); slices.Contains(outboxStates, state) {
		p.State = state
	}
	counts, err := v.office.Records.MessageCounts(ctx)
	if err != nil {
		return err
	}
	p.count(counts)
	states := outboxStates
	if p.State != "" {
		states = []engine.MessageState{p.State}
	}
	shown := 0
	for _, state := range states {
		shown += counts[state]
	}
	p.Pager = newPager(v.r, mailsAPage, shown)
	if p.State == "" {
		states = nil // all of them, which the order of time alone finds
	}
	if p.Messages, err = v.office.Records.MessagePage(ctx, p.Pager.Size, p.Pager.Offset(), states...); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "outbox", p)
}

func (p *outboxPage) count(counts map[engine.MessageState]int) {
	p.States = []messageCount{{}}
	for _, state := range outboxStates {
		p.States[0].Count += counts[state]
		p.States = append(p.States, messageCount{State: state, Count: counts[state]})
	}
	p.Trouble = counts[engine.Failed] + counts[engine.Unsure] + counts[engine.Held]
}

// showMessage shows one message with its text.
func (s *site) showMessage(v visit) error {
	m, err := v.office.Records.Message(v.r.Context(), v.r.URL.Query().Get("klic"))
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "message", m)
}

// postOutbox lets a failed or held message be sent after all.
func (s *site) postOutbox(v visit) error {
	if err := v.office.Release(v.r.Context(), v.r.PostForm.Get("zprava"), v.who); err != nil {
		return err
	}
	return v.back("/stul/posta", flash("zprava-uvolnena"))
}
