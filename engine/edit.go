package engine

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

// An EditRefused is a changed paragraph that states a fact.
type EditRefused struct{ Before, After string }
