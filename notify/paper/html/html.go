// Package html writes a paper as one page that needs nothing beside itself: it is
// accessible, works on a phone, and prints well.
//
// It must not know what a document is about. Start reading at [Write].
package html

import (
	"errors"
	"io"

	"splneno/notify/paper"
)

// Write writes the paper.
func Write(w io.Writer, p paper.Paper) error { return errors.ErrUnsupported }

// Read gives what a page of ours carries. Its error is Invalid for any other file.
func Read(data []byte) (paper.Carried, error) { return paper.Carried{}, errors.ErrUnsupported }
