package web

import (
	"slices"
	"strings"
	"time"

	"splneno/engine"
)

// historyLength is how many lines of the journal the history of an entry shows.
const historyLength = 200

// A happening is one line of the history of an entry: an answer that came, or
// what was done about it.
type happening struct {
	At       time.Time
	Who      string
	Event    string // word of the journal
	From, To engine.State
	Body     string // name of the organisation
	Revision string
	Text     string // reason, question, note or source
	Edited   bool
	Answer   *engine.Proposal
}

// Moved reports whether the official state changed.
func (h happening) Moved() bool { return h.To != "" && h.From != h.To }

// history gives what happened to an entry, newest first.
func history(v visit, e engine.Entry, names map[string]engine.Organisation) ([]happening, error) {
	ctx := v.r.Context()
	lines, err := v.office.Records.JournalOf(ctx, e.Subject(), historyLength)
	if err != nil {
		return nil, err
	}
	answers, err := v.office.Records.Proposals(ctx, e.Plan, e.Period, e.Activity)
	if err != nil {
		return nil, err
	}
	var out []happening
	for i, p := range answers {
		out = append(out, happening{At: p.At, Who: p.By, Event: "answered", Body: names[p.Organisation].Name, Answer: &answers[i]})
	}
	for _, l := range lines {
		_, who, _ := strings.Cut(l.Actor, ":")
		h := happening{At: l.At, Who: who, Event: l.Event, From: engine.State(l.Detail["from"]), To: engine.State(l.Detail["to"]),
			Body: names[l.Detail["organisation"]].Name, Revision: l.Detail["revision"], Edited: l.Detail["edited"] != ""}
		for _, key := range []string{"reason", "question", "note", "source"} {
			h.Text = strings.TrimSpace(h.Text + " " + l.Detail[key])
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b happening) int { return b.At.Compare(a.At) })
	return out, nil
}
