package document

import (
	"errors"

	"splneno/engine"
	"splneno/notify/paper/docx"
)

// paragraphs gives what the documents of a print say now, in reading order.
func (m *Maker) paragraphs(p engine.Print) ([]docx.Paragraph, error) {
	return nil, errors.ErrUnsupported
}
