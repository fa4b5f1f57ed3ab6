package docx

import (
	"errors"
	"io"

	"splneno/notify/paper"
)

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
