package engine

import "time"

// MaxLayout is how large the layout of a municipality's documents may be, in
// bytes: every document that is made carries it.
const MaxLayout = 5 << 20

// wordType is the media type of a Word document.
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// SetLayout files the layout the municipality's Word documents are made in; no
// data takes it away, and they look like ours again. f is what is filed now.
func SetLayout(f Filed, data []byte, who Actor, now time.Time) (Change, error) {
	if err := MayManage(who); err != nil {
		return Change{}, err
	}
	if len(data) > MaxLayout {
		return Change{}, Errorf(Invalid, "the layout has %d bytes, more than %d; make its pictures smaller", len(data), MaxLayout)
	}
	if len(data) == 0 && len(f.Data) == 0 {
		return Change{}, Errorf(NotFound, "there is no layout to remove")
	}
	event := "layout_changed"
	if len(data) == 0 {
		event = "layout_removed"
	}
	f.Name, f.Type, f.Data = LayoutFile, wordType, data
	return Change{At: now, Actor: who, Event: event, Subject: LayoutFile, Filed: []Filed{f}}, nil
}
