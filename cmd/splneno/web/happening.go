package web

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// A happening is one line of a history as every page tells it: an answer that
// came, a mail that left, a resolution, or what was done about an entry.
type happening struct {
	workflows.HistoryEvent
	Key      string // of its sentence in the catalogue
	Who      string
	Body     string // name of the organisation
	From, To engine.State
	Revision string // of the answer it is about
	Texts    []string
	Edited   bool
}

// Moved reports whether the official state changed.
func (h happening) Moved() bool { return h.To != "" && h.From != h.To }

// happenings reads events in the order they come.
func happenings(events []workflows.HistoryEvent, names map[string]engine.Organisation) (out []happening) {
	for _, e := range events {
		h := happening{HistoryEvent: e}
		switch {
		case e.Proposal != nil:
			h.Key, h.Who, h.Body = "event.answered", e.Proposal.By, names[e.Proposal.Organisation].Name
		case e.Message != nil:
			h.Key, h.Body = "letter."+string(e.Message.Kind), names[e.Message.Organisation].Name
		case e.Resolution != nil:
			h.Key, h.Who = "event.resolved", e.Resolution.By
		default:
			h.tell(*e.Line, names)
		}
		out = append(out, h)
	}
	return out
}

// linesTold reads lines of the journal, the newest first.
func linesTold(lines []engine.JournalLine, names map[string]engine.Organisation) []happening {
	var events []workflows.HistoryEvent
	for i := range slices.Backward(lines) {
		events = append(events, workflows.HistoryEvent{At: lines[i].At, Line: &lines[i]})
	}
	return happenings(events, names)
}

// tell reads a line of the journal.
func (h *happening) tell(l engine.JournalLine, names map[string]engine.Organisation) {
	_, who, _ := strings.Cut(l.Actor, ":")
	h.Key, h.Who, h.Body = "event."+l.Event, who, names[l.Detail["organisation"]].Name
	h.From, h.To = engine.State(l.Detail["from"]), engine.State(l.Detail["to"])
	h.Revision, h.Edited = l.Detail["revision"], l.Detail["edited"] != ""
	for _, key := range []string{"reason", "question", "note", "source"} {
		if text := l.Detail[key]; text != "" {
			h.Texts = append(h.Texts, text)
		}
	}
}

// historyOf gives what happened to an entry, newest first.
func historyOf(v visit, s engine.Season, e engine.Entry, names map[string]engine.Organisation) ([]happening, error) {
	all, err := v.office.EntryHistory(v.r.Context(), s, e)
	return happenings(all.Events, names), err
}
