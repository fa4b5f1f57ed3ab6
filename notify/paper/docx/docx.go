// Package docx writes a paper as a Word document, in a layout of ours or in one
// a clerk made in Word, and reads the paragraphs of such a document again after
// somebody has worked on it.
//
// It must not know what a document is about. Start reading at [Write], then
// story.go: how blocks become WordprocessingML. A layout is looked at in
// layout.go and filled in fill.go; nothing of it is written anew but what stands
// in the place of a placeholder.
//
// Two decisions belong here. Charts are native, so that Word can restyle them,
// but have no workbook behind them: figures are changed at the desk. Of the
// contents only the field itself is marked as stale, so that Word fills in the
// page numbers; every other field has its value.
package docx

import (
	"splneno/notify/paper"
)

// A Filling is what the placeholders of a layout stand for, by name: fields
// within a paragraph, parts in the place of a whole one. A name may be written
// in any case, and with or without diacritics.
type Filling struct {
	Fields map[string]string
	Parts  map[string][]paper.Block
}

// A Paragraph is one paragraph of a document.
type Paragraph struct {
	Key  string // as in [paper.Para], "" for none
	Text string
}

// A Content is what a document of ours says. A paragraph that says nothing is in
// neither list.
type Content struct {
	paper.Carried
	Written []Paragraph // as we wrote it
	Now     []Paragraph // as it stands; keys are not known any more
	Beside  []string    // what stands beside the text, in heads of pages, notes and boxes, that we did not write
}
