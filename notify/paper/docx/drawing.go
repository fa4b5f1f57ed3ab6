package docx

import (
	"bytes"
	"image"
	_ "image/jpeg" // the two kinds of picture a paper may hold
	_ "image/png"
	"strconv"
	"strings"
	"unicode"

	"splneno/engine"
	"splneno/notify/paper"
)

// emu is how many of the units of drawings a twentieth of a point has, tenth how
// many a tenth of a millimetre.
const (
	emu   = 635
	tenth = 3600
)

// A picture is an image with its size on paper and the relation it is known by.
type picture struct {
	paper.Image
	link       string
	wide, tall int
}

// measured reads how large an image is. It is shown at 96 dots an inch, at most
// as wide as the text and four centimetres tall.
func measured(i paper.Image, width int) (picture, error) {
	conf, _, err := image.DecodeConfig(bytes.NewReader(i.Data))
	if err != nil || conf.Width < 1 || conf.Height < 1 {
		return picture{}, engine.Errorf(engine.Invalid, "a picture of the document cannot be read; use a PNG or a JPEG")
	}
	p := picture{Image: i, wide: conf.Width * 9525, tall: conf.Height * 9525}
	if most := width * emu; p.wide > most {
		p.wide, p.tall = most, max(p.tall*most/p.wide, 1)
	}
	if most := 400 * tenth; p.tall > most {
		p.wide, p.tall = max(p.wide*most/p.tall, 1), most
	}
	return p, nil
}

// image writes the next picture.
func (s *story) image() {
	p := s.images[0]
	s.images = s.images[1:]
	size := `cx="` + strconv.Itoa(p.wide) + `" cy="` + strconv.Itoa(p.tall) + `"`
	s.begin(look{})
	s.inline(p.wide, p.tall, p.Alt, "", `<a:graphicData uri="`+nsPicture+`"><pic:pic xmlns:pic="`+nsPicture+`"><pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip xmlns:r="`+nsLinks+`" r:embed="`+p.link+`"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext `+size+`/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>`)
	s.end("", "")
}

// inline writes a drawing that stands in the line.
func (s *story) inline(wide, tall int, alt, title, data string) {
	s.drawing++
	id := strconv.Itoa(s.drawing)
	write(s.out, `<w:r><w:drawing><wp:inline xmlns:wp="`, nsPlace, `" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="`, strconv.Itoa(wide), `" cy="`, strconv.Itoa(tall),
		`"/><wp:docPr id="`, id, `" name="`, id, `" descr="`, escaped(alt), `"`)
	if title != "" {
		write(s.out, ` title="`, escaped(title), `"`)
	}
	write(s.out, `/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="`, nsDrawing, `">`, data, `</a:graphic></wp:inline></w:drawing></w:r>`)
}

// chart writes the next figure and its caption below it.
func (s *story) chart(f paper.Figure) {
	d := drawn(f)
	link := s.charts[0]
	s.charts = s.charts[1:]
	s.begin(look{next: true})
	s.inline(s.width*emu, min(d.tall(), (s.tall-1400)*emu), d.desc, d.title, `<a:graphicData uri="`+nsChart+`"><c:chart xmlns:c="`+nsChart+`" xmlns:r="`+nsLinks+`" r:id="`+link+`"/></a:graphicData>`)
	s.end("", "")
	s.figure++
	s.begin(look{style: "caption"})
	write(s.out, `<w:r>`)
	words(s.out, s.words.Figure+" ")
	write(s.out, `</w:r>`)
	s.field(`SEQ `+sequence(s.words.Figure)+` \* ARABIC`, strconv.Itoa(s.figure))
	write(s.out, `<w:r>`)
	words(s.out, ": "+d.title)
	write(s.out, `</w:r>`)
	s.end("", s.words.Figure+" : "+d.title)
}

// sequence names the numbers of figures after the word before them, as Word does.
func sequence(word string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, word)
	if name == "" {
		return "Figure"
	}
	return name
}
