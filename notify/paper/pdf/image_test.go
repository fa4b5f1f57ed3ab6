package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// coat gives a small picture one can partly see through.
func coat(t testing.TB) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 60, 80))
	for y := range 80 {
		for x := range 60 {
			m.Set(x, y, color.NRGBA{R: 0x8c, G: 0x1d, B: 0x24, A: uint8(255 - 3*y)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
