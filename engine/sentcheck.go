package engine

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// SentCheckFile is the name the last check of a municipality on hold is filed
// under; it is gone when the hold has ended.
const SentCheckFile = "hold-check.json"

// A Trace is what a check of the sent mail found of a held message.
type Trace string

// The traces, "" for a message of which nothing was found.
const (
	TraceLeft    Trace = "left"    // it left: its own Message-ID stands among the sent mail
	TraceWritten Trace = "written" // the original wrote to the same body on another day: probably about the same
	TraceLikely  Trace = "likely"  // a mail with the same subject went to the same address
)

// A Departed is a mail of ours that left from the original after the copy was
// made, and that this database does not know. It holds no address.
type Departed struct {
	ID           string    `json:"id"`
	Key          string    `json:"key,omitempty"`          // of the letter it was, where that can be told
	Organisation string    `json:"organisation,omitempty"` // id of whom it went to, where that can be told
	At           time.Time `json:"at"`
	Subject      string    `json:"subject,omitempty"`
	Covers       string    `json:"covers,omitempty"` // key of the held message a person took for the same
}

// again reports whether what it said may be said again under another key: a
// morning's overview is of its own day alone.
func (d Departed) again() bool { return d.Key != "" && !strings.HasPrefix(d.Key, digestPrefix) }

// digestPrefix begins the keys of the coordinator's morning mails.
const digestPrefix = "digest/"

// A SentCheck is what was found when the sent mail of the original was looked
// through. It names messages by key and bodies by id, never an address.
type SentCheck struct {
	At      time.Time            `json:"at"`
	By      string               `json:"by"`
	Source  string               `json:"source"` // "imap" or "file"
	Since   time.Time            `json:"since"`  // mail before this was not looked at
	Ours    int                  `json:"ours"`   // mails with a Message-ID of ours
	Left    []Left               `json:"left,omitempty"`
	Likely  map[string]time.Time `json:"likely,omitempty"`
	Unknown []Departed           `json:"unknown,omitempty"` // by time
}

// ReadSentCheck reads a filed check, nil where there is none.
func ReadSentCheck(f Filed) (*SentCheck, error) {
	if len(f.Data) == 0 {
		return nil, nil
	}
	var c SentCheck
	if err := json.Unmarshal(f.Data, &c); err != nil {
		return nil, Errorf(Invalid, "the last check of the sent mail cannot be read; check again: %w", err)
	}
	return &c, nil
}

// File puts the check into its file; f is what is filed now.
func (c SentCheck) File(f Filed) (Filed, error) {
	data, err := json.Marshal(c)
	f.Name, f.Type, f.Data = SentCheckFile, "application/json", data
	return f, err
}

// A HeldMessage is a message the hold keeps, with what a check found about it.
type HeldMessage struct {
	Message
	Trace  Trace
	LeftAt time.Time // when it left, or what it is taken for
	twin   int       // index of the Departed it is taken for
}

// Judge says of every held message, oldest first, what the check found. The
// letter a restored database makes up for has another key than the original's of
// another day, so the letters to one body are paired in the order of time: each
// of the original's stands for one of ours.
func (c *SentCheck) Judge(held []Message) []HeldMessage {
	out := make([]HeldMessage, len(held))
	for i, m := range held {
		out[i] = HeldMessage{Message: m, twin: -1}
	}
	if c == nil {
		return out
	}
	left := map[string]time.Time{}
	for _, l := range c.Left {
		left[l.Key] = l.At
	}
	free := map[string][]int{}
	for i, d := range c.Unknown {
		if d.again() && d.Covers == "" {
			free[series(d.Key)] = append(free[series(d.Key)], i)
		}
	}
	for i := range out {
		m := &out[i]
		if at, ok := left[m.Key]; ok {
			m.Trace, m.LeftAt = TraceLeft, at
		} else if twins := free[series(m.Key)]; len(twins) > 0 && m.Key != series(m.Key) {
			m.Trace, m.twin, m.LeftAt = TraceWritten, twins[0], c.Unknown[twins[0]].At
			free[series(m.Key)] = twins[1:]
		} else if at, ok := c.Likely[m.Key]; ok {
			m.Trace, m.LeftAt = TraceLikely, at
		}
	}
	return out
}

// series gives the key of a daily letter without its day: what is said to the
// same body, or to the coordinator about the same. Any other key is given whole.
func series(key string) string {
	i := strings.LastIndexByte(key, '/')
	if i < 0 {
		return key
	}
	if _, err := ParseDate(key[i+1:]); err != nil {
		return key
	}
	return key[:i]
}

// Cover remembers which of the original's mails held messages were taken for,
// so that none of them stands for another one too.
func (c *SentCheck) Cover(taken []HeldMessage) {
	for _, m := range taken {
		if m.twin >= 0 && m.twin < len(c.Unknown) {
			c.Unknown[m.twin].Covers = m.Key
		}
	}
}

// Account notes that what these letters to a body said is accounted for; by is
// the key of what was decided with them.
func (c *SentCheck) Account(letters []Departed, body, by string) {
	for i := range c.Unknown {
		d := &c.Unknown[i]
		if d.Organisation == body && slices.ContainsFunc(letters, func(l Departed) bool { return l.ID == d.ID }) {
			d.Covers = by
		}
	}
}

// Inherit takes over what was decided after an earlier check.
func (c *SentCheck) Inherit(earlier *SentCheck) {
	if earlier == nil {
		return
	}
	for i := range c.Unknown {
		j := slices.IndexFunc(earlier.Unknown, func(d Departed) bool { return d.ID == c.Unknown[i].ID })
		if j >= 0 {
			c.Unknown[i].Covers = earlier.Unknown[j].Covers
		}
	}
}

// Uncovered gives the letters of the original that no held message stands for:
// what they said may come again in a letter that is not made yet.
func (c *SentCheck) Uncovered(held []HeldMessage) (out []Departed) {
	if c == nil {
		return nil
	}
	paired := map[int]bool{}
	for _, m := range held {
		paired[m.twin] = true
	}
	for i, d := range c.Unknown {
		if d.again() && d.Covers == "" && !paired[i] {
			out = append(out, d)
		}
	}
	return out
}
