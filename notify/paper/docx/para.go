package docx

import (
	"net/url"
	"strconv"
	"strings"

	"splneno/engine/pattern"
	"splneno/notify/paper"
)

// A look is how a paragraph looks beside its style.
type look struct {
	style  string // its name
	next   bool   // stays with the next paragraph
	list   int    // numbering it belongs to, 0 for none
	tight  bool   // a list in a cell
	right  bool
	edge   string // colour of the edge of a box, "" for none
	bold   bool   // all of it
	cell   bool   // links of a table look like its text: many would be noise in print
	closer bool   // the text of a table of many columns
	bare   bool   // no dots before the number of a page that is not known yet
}

// edgeNone is the edge of a box that names no colour.
const edgeNone = "8A96A3"

var colourForm = pattern.New(`^#[0-9A-Fa-f]{6}$`)

// colour gives a colour as Word writes it, "" for none.
func colour(s string) string {
	if !colourForm.MatchString(s) {
		return ""
	}
	return strings.ToUpper(s[1:])
}

// begin opens a paragraph.
func (s *story) begin(l look) {
	s.paragraphs++
	write(s.out, `<w:p><w:pPr>`)
	if id := s.styles[strings.ToLower(l.style)]; id != "" {
		write(s.out, `<w:pStyle w:val="`, id, `"/>`)
	}
	if l.next {
		write(s.out, `<w:keepNext/>`)
	}
	if s.turn {
		write(s.out, `<w:pageBreakBefore/>`)
		s.turn = false
	}
	if l.list > 0 {
		write(s.out, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`, strconv.Itoa(l.list), `"/></w:numPr>`)
	}
	if l.edge != "" {
		const side = ` w:val="single" w:sz="4" w:space="4" w:color="F3F6F9"/>`
		write(s.out, `<w:pBdr><w:top`, side, `<w:left w:val="single" w:sz="24" w:space="8" w:color="`, l.edge, `"/><w:bottom`, side, `<w:right`, side, `</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F3F6F9"/>`)
	}
	if l.bare {
		write(s.out, `<w:tabs><w:tab w:val="right" w:pos="`, strconv.Itoa(s.width), `"/></w:tabs>`)
	}
	switch {
	case s.flat && l.style == "Title":
		write(s.out, `<w:spacing w:before="120"/>`)
	case l.edge != "" && l.list > 0:
		write(s.out, `<w:spacing w:before="0" w:after="20"/><w:ind w:left="511" w:right="113" w:hanging="284"/>`)
	case l.edge != "":
		write(s.out, `<w:spacing w:before="0" w:after="20"/><w:ind w:left="227" w:right="113"/>`)
	case l.tight:
		write(s.out, `<w:ind w:left="198" w:hanging="198"/>`)
	case l.list > 0:
		write(s.out, `<w:spacing w:after="60"/>`)
	}
	if l.right {
		write(s.out, `<w:jc w:val="right"/>`)
	}
	write(s.out, `</w:pPr>`)
}

// end closes a paragraph that said something.
func (s *story) end(key, text string) {
	write(s.out, `</w:p>`)
	if text = plain(text); text != "" {
		s.said = append(s.said, Paragraph{key, text})
	}
}

// para writes a paragraph whole.
func (s *story) para(p paper.Para, l look, places ...string) {
	if p.Style != paper.Body {
		l.style = map[paper.Style]string{paper.Title: "Title", paper.Subtitle: "Subtitle", paper.Mark: "Splneno Mark", paper.Note: "Splneno Note"}[p.Style]
	}
	s.begin(l)
	s.bookmarks(append(places, s.survey.places[p.ID])...)
	for _, span := range p.Spans {
		s.span(span, l)
	}
	s.end(p.Key, p.Text())
}

// bookmarks makes places of where the paragraph begins. A place is there once:
// of a part that is written twice, links lead to the first.
func (s *story) bookmarks(places ...string) {
	for _, name := range places {
		if name == "" || s.placed[name] {
			continue
		}
		s.placed[name] = true
		s.mark++
		id := strconv.Itoa(s.mark)
		write(s.out, `<w:bookmarkStart w:id="`, id, `" w:name="`, name, `"/><w:bookmarkEnd w:id="`, id, `"/>`)
	}
}

// span writes a run, in its link if it has one that leads somewhere.
func (s *story) span(span paper.Span, l look) {
	open := s.link(span.Link)
	if open != "" {
		write(s.out, open)
	}
	write(s.out, `<w:r>`)
	s.looks(span, l, open != "" && !l.cell)
	words(s.out, span.Text)
	write(s.out, `</w:r>`)
	if open != "" {
		write(s.out, `</w:hyperlink>`)
	}
}

func (s *story) looks(span paper.Span, l look, linked bool) {
	c := colour(span.Colour)
	if !l.bold && !l.closer && !span.Bold && !span.Italic && !linked && c == "" {
		return
	}
	write(s.out, `<w:rPr>`)
	if linked {
		write(s.out, `<w:rStyle w:val="`, s.styles["hyperlink"], `"/>`)
	}
	if l.bold || span.Bold {
		write(s.out, `<w:b/>`)
	}
	if span.Italic {
		write(s.out, `<w:i/>`)
	}
	if c != "" {
		write(s.out, `<w:color w:val="`, c, `"/>`)
	}
	if l.closer {
		write(s.out, `<w:sz w:val="`, sizeClose, `"/><w:szCs w:val="`, sizeClose, `"/>`)
	}
	write(s.out, `</w:rPr>`)
}

// link gives the beginning of a link, "" where it leads nowhere.
func (s *story) link(to string) string {
	if id, inside := strings.CutPrefix(to, "#"); inside {
		if place := s.survey.places[id]; place != "" {
			return `<w:hyperlink w:anchor="` + place + `" w:history="1">`
		}
		return ""
	}
	u, err := url.Parse(clean(to))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto" {
		return ""
	}
	return `<w:hyperlink xmlns:r="` + nsLinks + `" r:id="` + s.links.address(u.String()) + `" w:history="1">`
}
