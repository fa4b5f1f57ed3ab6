// Package pdf writes a paper as a tagged PDF that satisfies PDF/UA-1 and
// PDF/A-2a: every piece of text stands in the structure tree in reading order,
// fonts are embedded, figures have alternate text.
//
// It must not know what a document is about. Start reading at [Write].
package pdf

import (
	"errors"
	"io"

	_ "github.com/go-fonts/liberation/liberationsansregular"

	"splneno/notify/paper"
)

// Write writes the paper. Pages leave as soon as they are laid out.
func Write(w io.Writer, p paper.Paper) error { return errors.ErrUnsupported }

// Read gives what a PDF of ours carries. Its error is Invalid for any other file.
func Read(data []byte) (paper.Carried, error) { return paper.Carried{}, errors.ErrUnsupported }
