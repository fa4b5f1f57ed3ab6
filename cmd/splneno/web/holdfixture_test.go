package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
)

// holds makes the town one that was restored from a copy of five days ago.
func (h *house) holds() {
	h.t.Helper()
	h.must(h.office.Records.Commit(h.t.Context(), engine.Change{At: h.now(), Actor: who, Event: "restored",
		Hold: &engine.Hold{Kind: engine.HoldRestored, Since: h.now(), AsOf: h.now().AddDate(0, 0, -5), Note: "disk " + hostile}}))
}

// held says how many messages the hold keeps.
func (h *house) held() string {
	h.t.Helper()
	held, err := h.office.Records.OnHold(h.t.Context(), 0, 0)
	h.must(err)
	return strconv.Itoa(len(held))
}

// says queues letters to organisations as the calendar would on a day.
func (h *house) says(day engine.Date, bodies ...string) {
	h.t.Helper()
	var all []engine.Message
	for i, b := range bodies {
		key := "organisation/" + b + "/" + string(day)
		all = append(all, engine.Message{Key: key, Kind: engine.LetterRequest, Organisation: b, To: b + "@example.cz", Subject: "Dopis " + string(day), MessageID: h.messageID(key),
			State: engine.Queued, Raw: []byte("x"), CreatedAt: h.now().Add(time.Duration(i) * time.Second), NextAt: h.now()})
	}
	h.must(h.office.Records.Commit(h.t.Context(), engine.Change{At: h.now(), Actor: who, Event: "letters", Messages: all}))
}

func (h *house) messageID(key string) string {
	m, err := h.office.Records.Municipality(h.t.Context())
	h.must(err)
	_, domain, _ := strings.Cut(m.Sender, "@")
	return engine.MessageID("klatovy", key, domain)
}

// sentLog is a log of a mail server that took the messages with these keys.
func (h *house) sentLog(keys ...string) string {
	out := ""
	for i, key := range keys {
		out += fmt.Sprintf("%s mx postfix/cleanup[7]: 4BC%05d: message-id=<%s>\n", h.now().AddDate(0, 0, -2).Format(time.Stamp), i, h.messageID(key))
	}
	return out
}
