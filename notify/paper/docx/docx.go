// Package docx writes a paper as a Word document, in a layout of ours or in one
// a clerk made in Word, and reads the paragraphs of such a document again after
// somebody has worked on it.
//
// It must not know what a document is about. Start reading at [Write].
package docx

import (
	"errors"
	"io"

	"splneno/notify/paper"
)

// Write writes the paper in our layout.
func Write(w io.Writer, p paper.Paper) error { return errors.ErrUnsupported }

// A Filling is what the placeholders of a layout stand for, by name: fields
// within a paragraph, parts in the place of a whole one.
type Filling struct {
	Fields map[string]string
	Parts  map[string][]paper.Block
}

// Fill writes the paper in a layout made in Word: only its placeholders are
// replaced, and the Blocks of the paper are not looked at.
// Its error is Invalid and says what to change in the layout.
func Fill(w io.Writer, layout []byte, p paper.Paper, f Filling) error { return errors.ErrUnsupported }

// A Finding is something about a layout whoever made it should know.
type Finding struct {
	Name    string // of the placeholder, "" for one about the file
	Fault   string // what is wrong, as a code: "unknown", "missing", "inside", "style", "macro", "outside"
	Nearest string // the known placeholder an unknown one may mean
	Found   bool   // the placeholder is known and there
}

// Check says what Fill will do with a layout.
func Check(layout []byte, known Filling) ([]Finding, error) { return nil, errors.ErrUnsupported }

// A Paragraph is one paragraph of a document.
type Paragraph struct {
	Key  string // as in [paper.Para], "" for none
	Text string
}

// A Content is what a document of ours says.
type Content struct {
	paper.Carried
	Written []Paragraph // as we wrote it
	Now     []Paragraph // as it stands; keys are not known any more
}

// Read reads a document that was made here, whoever has saved it since. Its
// error is Invalid for any other file.
func Read(data []byte) (Content, error) { return Content{}, errors.ErrUnsupported }
