package planfile

import (
	"bytes"

	"splneno/engine"
)

// A PDF holds letters at places of a page; rows and cells are only drawn. The
// reader in reach gave no widths, no order from top to bottom, and for some
// files no places and torn words; a plan read so would be a guess, so none is.

func isPDF(data []byte) bool { return bytes.HasPrefix(data, []byte("%PDF")) }

// refusePDF says what to do with a PDF.
func refusePDF(name string) error {
	return engine.Errorf(engine.Invalid,
		"%s is a PDF file, in which tables are only drawn; open it in Word or LibreOffice, save it as DOCX, and import that", name)
}
