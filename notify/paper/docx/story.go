package docx

import (
	"bufio"
	"fmt"
	"strconv"

	"splneno/notify/paper"
)

// A story writes blocks as WordprocessingML.
type story struct {
	out        *bufio.Writer
	words      paper.Words
	lang       string
	survey     survey
	links      *relations
	styles     map[string]string // id by name, in this document
	width      int               // of the text, in twentieths of a point
	tall       int               // of the text, the same
	charts     []string          // relations of the figures to come
	images     []picture         // those to come
	number     int               // numbering of the next list that counts
	bullet     int               // numbering of bullets
	drawing    int               // the last id of a drawing
	mark       int               // the last id of a bookmark
	head       int               // headings written
	figure     int               // figures written
	placed     map[string]bool   // places written
	turn       bool              // the next paragraph begins a page
	flat       bool              // no page is for the title alone: it stands at the top
	paragraphs int               // begun
	said       []Paragraph       // what was written
}

// blocks writes blocks of a text; those of a cell or a box have their own look.
func (s *story) blocks(blocks []paper.Block) error {
	for _, b := range blocks {
		if err := s.block(b); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) block(b paper.Block) error {
	switch b := b.(type) {
	case paper.Heading:
		s.heading(b)
	case paper.Para:
		s.para(b, look{})
	case paper.List:
		s.list(b, look{})
	case paper.Table:
		return s.table(b)
	case paper.Figure:
		s.chart(b)
	case paper.Image:
		s.image()
	case paper.Box:
		s.box(b)
	case paper.Signature:
		s.signature(b)
	case paper.Contents:
		s.contents()
	case paper.Break:
		s.turn = true
	default:
		return fmt.Errorf("a Word document has no block %T", b)
	}
	return nil
}

func (s *story) heading(h paper.Heading) {
	place := ""
	if s.head < len(s.survey.heads) {
		place = s.survey.heads[s.head].place
		s.head++
	}
	s.para(paper.Plain(h.Text), look{style: "heading " + strconv.Itoa(min(max(h.Level, 1), 4))}, place, s.survey.places[h.ID])
}

func (s *story) list(l paper.List, as look) {
	as.list = s.bullet
	if l.Numbered {
		as.list = s.number
		s.number++
	}
	for _, item := range l.Items {
		s.para(item, as)
	}
}

// box writes a box as paragraphs with an edge: a table of one cell would be
// read out as a table.
func (s *story) box(b paper.Box) {
	as := look{edge: colour(b.Colour)}
	if as.edge == "" {
		as.edge = edgeNone
	}
	if !s.turn {
		s.gap()
	}
	for _, inner := range b.Blocks {
		switch inner := inner.(type) {
		case paper.Para:
			s.para(inner, as)
		case paper.List:
			s.list(inner, as)
		}
	}
	s.gap()
}

// gap writes an empty paragraph that keeps what follows away, and two tables
// apart. It is so low that it never begins a page of its own.
func (s *story) gap() {
	write(s.out, `<w:p><w:pPr><w:spacing w:before="0" w:after="140" w:line="20" w:lineRule="exact"/></w:pPr></w:p>`)
}

func (s *story) signature(g paper.Signature) {
	s.begin(look{style: "Splneno Signature"})
	write(s.out, `<w:r>`)
	words(s.out, g.Label+"\t\t")
	write(s.out, `</w:r>`)
	s.end("", g.Label)
	s.para(paper.Plain(g.Name), look{style: "Splneno Signatory"})
}
