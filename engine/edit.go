package engine

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// An Edit is a paragraph of an evaluation's document as the coordinator wrote
// it, in the place of ours. It belongs to the evaluation: every document made
// of it says it so, and approval freezes it.
type Edit struct {
	Key    string   // of the paragraph, as the documents name it
	Before string   // what stood there when it was rewritten
	After  []string // what stands there now: none, one or several paragraphs
}

// Edited gives the edit of a paragraph, if it was rewritten and still says what
// it said then.
func (e Evaluation) Edited(key, text string) (Edit, bool) {
	for _, edit := range e.Edits {
		if edit.Key == key {
			return edit, edit.Before == text
		}
	}
	return Edit{}, false
}

// A Takeover is what a document that somebody worked on in a word processor
// would change in the evaluation as it stands now.
type Takeover struct {
	Edits     []Edit         // all the evaluation would have: those it had, and the new ones
	Conflicts []EditConflict // paragraphs that were rewritten there and have changed here since
	Refused   []EditRefused  // facts: they are changed at the desk
	Taken     int            // of Edits, those that are new
}

// An EditConflict is a paragraph that says something new on both sides. Until
// somebody chooses, ours stands.
type EditConflict struct {
	Key    string
	Before string   // what both began from
	Ours   string   // what the documents say now
	Mine   []string // what was written in the word processor
}

// Choose gives the edit that makes mine stand, and whether there is anything in
// whose place it could.
func (c EditConflict) Choose() (Edit, bool) {
	return Edit{Key: c.Key, Before: c.Ours, After: c.Mine}, c.Ours != ""
}

// An EditRefused is a changed paragraph that states a fact.
type EditRefused struct{ Before, After string }

// maxEdits is how many paragraphs of an evaluation may be rewritten.
const maxEdits = 20_000

// TakeOver makes the edits those of the newest evaluation: all it is to have. Of
// two of one paragraph the later counts, so that whoever chooses in a conflict
// adds what was chosen. A frozen evaluation stays as it is: then they become the
// draft of the next restatement, for a reason. Edits that are there already are
// an empty Change (its Event is "").
func TakeOver(newest Evaluation, edits []Edit, reason string, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator writes into an evaluation")
	}
	e := newest
	var err error
	if e.Edits, err = tidied(edits, newest.Edits); err != nil {
		return Change{}, err
	}
	if slices.EqualFunc(e.Edits, newest.Edits, Edit.same) {
		return Change{}, nil
	}
	if e, err = e.rewritten(reason, now); err != nil {
		return Change{}, err
	}
	return Change{At: now, Actor: who, Event: "evaluation_edited", Subject: e.Plan + "/" + e.Period.ID, Evaluations: []Evaluation{e},
		Detail: map[string]string{"number": itoa(e.Number), "paragraphs": itoa(len(e.Edits))}}, nil
}

func (x Edit) same(y Edit) bool {
	return x.Key == y.Key && x.Before == y.Before && slices.Equal(x.After, y.After)
}

// tidied gives the last edit of each paragraph in the order of the first. One
// that rewrites what an earlier edit made of the paragraph takes its place.
func tidied(edits, earlier []Edit) ([]Edit, error) {
	at := map[string]int{}
	was := map[string]Edit{}
	for _, x := range earlier {
		was[x.Key] = x
	}
	var out []Edit
	for _, x := range edits {
		if x.Key == "" {
			return nil, Errorf(Invalid, "an edit names no paragraph")
		}
		var after []string
		for _, t := range x.After {
			if t = strings.TrimSpace(t); t != "" {
				after = append(after, t)
			}
			if utf8.RuneCountInString(t) > MaxText {
				return nil, Errorf(Invalid, "a paragraph is longer than %d characters; divide it", MaxText)
			}
		}
		x.After = after
		if old, ok := was[x.Key]; ok && x.Before == strings.Join(old.After, "\n") {
			x.Before = old.Before
		}
		i, seen := at[x.Key]
		if !seen {
			i = len(out)
			at[x.Key], out = i, append(out, x)
		}
		out[i] = x
	}
	out = slices.DeleteFunc(out, func(x Edit) bool { return len(x.After) == 1 && x.After[0] == x.Before })
	if len(out) > maxEdits {
		return nil, Errorf(Invalid, "more than %d paragraphs are rewritten; write the evaluation outside", maxEdits)
	}
	return out, nil
}
