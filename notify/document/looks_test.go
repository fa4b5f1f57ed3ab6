package document

import (
	"testing"

	"splneno/notify/paper/pdf"
)

// What cannot be drawn says nothing on paper.
func TestSignsAreInTheFont(t *testing.T) {
	signs := signNext
	for _, l := range looks {
		signs += l.sign
	}
	for _, r := range signs {
		if !pdf.Has(r) {
			t.Errorf("%q is in no font of the PDF", r)
		}
	}
}
