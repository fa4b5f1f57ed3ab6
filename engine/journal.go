package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A JournalLine is one line of a municipality's journal. Each line's hash
// covers the line before it, so that nothing can be altered, left out or
// reordered unnoticed.
type JournalLine struct {
	Seq     int64 // from 1, without gaps
	At      time.Time
	Actor   string
	Event   string
	Subject string
	Detail  map[string]string
	Prev    string // hash of line Seq-1, "" for the first
	Hash    string
}

// Seal gives the line its place behind the one with hash prev.
func (l JournalLine) Seal(seq int64, prev string) JournalLine {
	l.Seq, l.Prev = seq, prev
	l.Hash = l.digest()
	return l
}

// digest is SHA-256 over the fields, each with its length so that no two lines
// read alike. The instant is taken in UTC to the microsecond: what a database keeps.
func (l JournalLine) digest() string {
	var b strings.Builder
	put := func(s string) {
		b.WriteString(strconv.Itoa(len(s)))
		b.WriteByte(':')
		b.WriteString(s)
	}
	put(strconv.FormatInt(l.Seq, 10))
	put(l.At.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano))
	put(l.Actor)
	put(l.Event)
	put(l.Subject)
	for _, k := range slices.Sorted(maps.Keys(l.Detail)) {
		put(k)
		put(l.Detail[k])
	}
	put(l.Prev)
	h := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(h[:])
}

// A JournalCheck walks a journal line by line, in order.
type JournalCheck struct {
	Lines int64
	Head  string // hash of the last line seen
}

// Next takes the line that follows, and says what is wrong with it if anything.
func (c *JournalCheck) Next(l JournalLine) error {
	switch {
	case l.Seq != c.Lines+1:
		return Errorf(Conflict, "journal line %d is missing: the next one found is %d", c.Lines+1, l.Seq)
	case l.Prev != c.Head:
		return Errorf(Conflict, "journal line %d does not follow the line before it: a line was changed, removed or put in", l.Seq)
	case l.Hash != l.digest():
		return Errorf(Conflict, "journal line %d was changed after it was written", l.Seq)
	}
	c.Lines, c.Head = l.Seq, l.Hash
	return nil
}
