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
	Actor   string // "" once the person was erased
	Event   string
	Subject string
	Detail  map[string]string
	Prev    string // hash of line Seq-1, "" for the first
	Hash    string

	// Who acted, and what people wrote in their own words, stand in the hash by
	// salted references alone: so they can be erased and the chain stays whole.
	// Lines written before there were references have none.
	ActorSalt, ActorRef string
	Words               map[string]Reference // by key of Detail
}

// A Reference stands for a text a person may be erased from: Ref is the hash of
// Salt and the text. With the salt gone, what stands in the text's place is what
// the erasure left of it, and nobody finds the rest by trying.
type Reference struct{ Salt, Ref string }

// refer gives the reference of a text.
func refer(salt, text string) string {
	h := sha256.Sum256([]byte(strconv.Itoa(len(salt)) + ":" + salt + text))
	return hex.EncodeToString(h[:])
}

// refMark stands before a reference in what is hashed.
const refMark = "ref "

// wordKeys are the keys of Detail under which people write in their own words.
var wordKeys = []string{"reason", "question", "note", "source"}

// Hide makes the line one whose actor and words can be erased. salt gives a
// fresh random text each time.
func (l JournalLine) Hide(salt func() string) JournalLine {
	l.ActorSalt = salt()
	l.ActorRef = refer(l.ActorSalt, l.Actor)
	for _, k := range wordKeys {
		if text := l.Detail[k]; text != "" {
			if l.Words == nil {
				l.Words = map[string]Reference{}
			}
			s := salt()
			l.Words[k] = Reference{s, refer(s, text)}
		}
	}
	return l
}

// Hidden reports whether the line can lose its actor and its words.
func (l JournalLine) Hidden() bool { return l.ActorRef != "" }

// Erased counts what an erasure took: the actor, and each text it cleaned.
func (l JournalLine) Erased() (n int) {
	if l.Hidden() && l.ActorSalt == "" {
		n++
	}
	for _, w := range l.Words {
		if w.Salt == "" {
			n++
		}
	}
	return n
}

// Seal gives the line its place behind the one with hash prev.
func (l JournalLine) Seal(seq int64, prev string) JournalLine {
	l.Seq, l.Prev = seq, prev
	l.Hash = l.digest()
	return l
}

// digest is SHA-256 over the fields, each with its length so that no two lines
// read alike. The instant is taken in UTC to the microsecond: what a database keeps.
// A line with references has one field more, so that it never reads as one without.
func (l JournalLine) digest() string {
	var b strings.Builder
	put := func(s string) {
		b.WriteString(strconv.Itoa(len(s)))
		b.WriteByte(':')
		b.WriteString(s)
	}
	put(strconv.FormatInt(l.Seq, 10))
	put(l.At.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano))
	if l.Hidden() {
		put("")
		put(l.ActorRef)
	} else {
		put(l.Actor)
	}
	put(l.Event)
	put(l.Subject)
	for _, k := range slices.Sorted(maps.Keys(l.Detail)) {
		put(k)
		if w, hidden := l.Words[k]; hidden {
			put(refMark + w.Ref)
		} else {
			put(l.Detail[k])
		}
	}
	put(l.Prev)
	h := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(h[:])
}

// fits reports whether what stands in the line is what its references stand for.
// A text that only looks like a reference is one somebody put there.
func (l JournalLine) fits() bool {
	switch {
	case !l.Hidden():
		return l.ActorSalt == "" && len(l.Words) == 0
	case l.ActorSalt == "" && l.Actor != "", l.ActorSalt != "" && refer(l.ActorSalt, l.Actor) != l.ActorRef:
		return false
	}
	for k, w := range l.Words {
		if text, there := l.Detail[k]; !there || w.Salt != "" && refer(w.Salt, text) != w.Ref {
			return false
		}
	}
	for _, k := range wordKeys {
		if _, hidden := l.Words[k]; !hidden && strings.HasPrefix(l.Detail[k], refMark) {
			return false
		}
	}
	return true
}

// A JournalCheck walks a journal line by line, in order.
type JournalCheck struct {
	Lines  int64
	Head   string // hash of the last line seen
	Erased int    // what erasures took from the lines seen
	Told   int    // what the lines seen say that erasures took
}

// Next takes the line that follows, and says what is wrong with it if anything.
func (c *JournalCheck) Next(l JournalLine) error {
	switch {
	case l.Seq != c.Lines+1:
		return Errorf(Conflict, "journal line %d is missing: the next one found is %d", c.Lines+1, l.Seq)
	case l.Prev != c.Head:
		return Errorf(Conflict, "journal line %d does not follow the line before it: a line was changed, removed or put in", l.Seq)
	case l.Hash != l.digest(), !l.fits():
		return Errorf(Conflict, "journal line %d was changed after it was written", l.Seq)
	}
	c.Erased += l.Erased()
	if l.Event == PersonErased {
		n, _ := strconv.Atoi(l.Detail[ErasedLines])
		c.Told += n
	}
	c.Lines, c.Head = l.Seq, l.Hash
	return nil
}

// Whole says, after the last line, whether every erasure in the journal is one
// the journal tells of: a name that was only blanked leaves the chain whole.
func (c *JournalCheck) Whole() error {
	if c.Erased != c.Told {
		return Errorf(Conflict, "%d names and texts are gone from the journal, but it tells of the erasure of %d: some were removed, or put back, by hand", c.Erased, c.Told)
	}
	return nil
}
