package engine

import (
	"strings"
	"time"
)

// A QueueFilter says which of the answers that wait are meant; the zero value
// means all.
type QueueFilter struct {
	Organisations []string // ids
	Areas         []string // codes
	Plan, Period  string
	Asked         bool // only those that answer a question of the coordinator
	Sure          bool // only those that came by a way that says who wrote
}

// A QueueGroup is what waits from one organisation about one season.
type QueueGroup struct {
	Organisation, Plan, Period string
	Waiting                    int
}

// MaxNote is how long an internal note may be, in characters.
const MaxNote = 1000

// Note keeps what the coordinator wants to remember about an entry. It is a
// line of the journal and nothing else: it cannot be changed, and no
// organisation sees it.
func Note(k EntryKey, text string, who Actor, now time.Time) (Change, error) {
	text = strings.TrimSpace(text)
	switch {
	case who.Kind != ActorCoordinator:
		return Change{}, Errorf(Forbidden, "only a coordinator notes something about an entry")
	case text == "":
		return Change{}, Errorf(Invalid, "write the note")
	case len([]rune(text)) > MaxNote:
		return Change{}, Errorf(Invalid, "the note is longer than %d characters; shorten it", MaxNote)
	}
	return Change{At: now, Actor: who, Event: "noted", Subject: subject(k), Detail: map[string]string{"note": text}}, nil
}

// Subject gives what lines of the journal about the entry are called by.
func (k EntryKey) Subject() string { return subject(k) }
