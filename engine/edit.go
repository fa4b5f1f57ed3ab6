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
