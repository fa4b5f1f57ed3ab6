package pdf

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/paper"
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

func encoded(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPictures(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 5000, 20))
	for name, data := range map[string][]byte{"png": coat(t), "grey jpeg": encoded(t, grey), "jpeg": encoded(t, image.NewRGBA(image.Rect(0, 0, 30, 3000)))} {
		p := paper.Paper{Lang: "cs", Blocks: []paper.Block{paper.Image{Data: data, Alt: "Znak"}, paper.Image{Data: data, Alt: "Znak"}}}
		file := written(t, p)
		if kinds := checkRules(t, file).kinds; kinds["Figure"] != 2 {
			t.Errorf("%s: %v", name, kinds)
		}
		if out := tool(t, file, "pdfimages", "-list", "FILE"); strings.Count(out, "image") < 2 {
			t.Errorf("%s: %s", name, out)
		}
		if strings.HasSuffix(name, "jpeg") && !bytes.Contains(file, data) {
			t.Errorf("%s is not kept as it was", name)
		}
	}
}

// What one can see through lies on white.
func TestPointsLieOnWhite(t *testing.T) {
	m := image.NewNRGBA(image.Rect(2, 3, 4, 4))
	m.Set(2, 3, color.NRGBA{R: 200, A: 128})
	if got := points(m); !bytes.Equal(got, []byte{228, 127, 127, 255, 255, 255}) {
		t.Errorf("%v", got)
	}
}

func TestPicturesThatAreNone(t *testing.T) {
	whole := coat(t)
	huge := bytes.Clone(whole)
	copy(huge[16:], "\x00\x01\x00\x00\x00\x01\x00\x00") // 65536 by 65536
	crc := crc32.ChecksumIEEE(huge[12:29])
	binary.BigEndian.PutUint32(huge[29:], crc)
	for name, data := range map[string][]byte{"nothing": nil, "text": []byte("ahoj"), "half": whole[:len(whole)/2], "huge": huge} {
		err := Write(io.Discard, paper.Paper{Blocks: []paper.Block{paper.Image{Data: data, Alt: "Znak"}}})
		if engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
