package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the two kinds of picture a paper may hold
	_ "image/png"
	"strconv"

	"splneno/engine"
	"splneno/notify/paper"
)

const (
	imageTall = 96.0    // a picture is shown no higher than this
	pixels    = 1 << 24 // and has no more pixels
)

// image draws a picture. A JPEG is kept as it is, where its colours are those of
// a screen; anything else is written point by point, on white.
func (w *writer) image(i paper.Image) error {
	head, kind, err := image.DecodeConfig(bytes.NewReader(i.Data))
	if err != nil || head.Width*head.Height == 0 || head.Width > pixels || head.Height > pixels || head.Width*head.Height > pixels {
		return engine.Errorf(engine.Invalid, "the picture is neither a PNG nor a JPEG of at most 16 million points; save it anew as a PNG")
	}
	scale := min(.75, imageTall/float64(head.Height), column/float64(head.Width))
	width, height := float64(head.Width)*scale, float64(head.Height)*scale
	if w.room() < height && w.y > top {
		w.newPage()
	}
	e := w.pictured(w.root, i.Alt, left, w.y, width, height)
	w.in(e)
	w.page.WriteString("q " + numbers(width, 0, 0, height, left, sheetHeight-w.y-height) + " cm /I" + strconv.Itoa(len(w.images)) + " Do Q\n")
	w.y += height + 12
	return w.picture(i.Data, kind, head)
}

// picture writes the points of a picture.
func (w *writer) picture(data []byte, kind string, head image.Config) error {
	obj := w.next()
	w.images = append(w.images, obj)
	if w.dry() {
		return nil
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return engine.Errorf(engine.Invalid, "the picture cannot be read to its end; save it anew as a PNG")
	}
	dict := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace ", head.Width, head.Height)
	if kind == "jpeg" && (head.ColorModel == color.YCbCrModel || head.ColorModel == color.GrayModel) {
		space := "/DeviceRGB"
		if head.ColorModel == color.GrayModel {
			space = "/DeviceGray"
		}
		w.raw(obj, dict+space+" /Filter /DCTDecode", data)
		return nil
	}
	w.stream(obj, dict+"/DeviceRGB", points(m))
	return nil
}

// points gives a picture as red, green and blue, on white where one sees through
// it.
func points(m image.Image) []byte {
	b := m.Bounds()
	out := make([]byte, 0, 3*b.Dx()*b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, a := m.At(x, y).RGBA()
			white := 0xffff - a
			out = append(out, byte((r+white)>>8), byte((g+white)>>8), byte((bl+white)>>8))
		}
	}
	return out
}
