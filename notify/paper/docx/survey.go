package docx

import (
	"strconv"

	"splneno/notify/paper"
)

// A survey is what must be known of blocks before the first is written: where
// links lead, what stands in the contents, and what is a part of its own.
type survey struct {
	first   int // number the first place is named by
	places  map[string]string
	heads   []head
	figures []paper.Figure
	images  []paper.Image
	lists   int // with numbers: each counts from one
}

// A head is a heading with the place it stands at.
type head struct {
	text, place string
	level       int
}

func (s *survey) look(blocks []paper.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case paper.Heading:
			s.place(b.ID)
			s.heads = append(s.heads, head{b.Text, s.name("_Toc"), b.Level})
		case paper.Para:
			s.place(b.ID)
		case paper.List:
			s.list(b)
		case paper.Table:
			s.table(b)
		case paper.Box:
			s.look(b.Blocks)
		case paper.Figure:
			s.figures = append(s.figures, b)
		case paper.Image:
			s.images = append(s.images, b)
		}
	}
}

func (s *survey) list(l paper.List) {
	if l.Numbered {
		s.lists++
	}
	for _, item := range l.Items {
		s.place(item.ID)
	}
}

func (s *survey) table(t paper.Table) {
	s.place(t.ID)
	for _, r := range t.Rows {
		s.place(r.ID)
		for _, c := range r.Cells {
			s.look(c)
		}
	}
}

// place names the place of an id that links lead to. A heading has another name
// beside it for the contents: a link to that one is taken for a line of the
// contents by word processors, in a table too.
func (s *survey) place(id string) {
	if id == "" || s.places[id] != "" {
		return
	}
	if s.places == nil {
		s.places = map[string]string{}
	}
	s.places[id] = s.name("_Ref")
}

// name gives a name nothing has, as Word makes them: it keeps those it finds.
func (s *survey) name(prefix string) string {
	s.first++
	return prefix + strconv.Itoa(100000000+s.first)
}
