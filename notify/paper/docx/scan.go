package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A scan is a part of a layout taken apart to the byte, so that all but what is
// replaced stays as it was.
type scan struct {
	raw      []byte
	paras    []scanned
	sections []section
	drawing  int // the highest id of a drawing
	mark     int // the highest id of a bookmark
	place    int // the highest number of a place named by Word
	stale    []int
	end      int // where the last element of the root ends
}

// A scanned paragraph.
type scanned struct {
	from, to int
	texts    []piecedText
	body     bool // stands in the text itself, not in a table, box or control
	breaks   bool // ends a section
	turns    bool // begins a page
	holds    bool // holds more than text: it is not taken away
}

// A piecedText is a w:t, or a break between two.
type piecedText struct {
	from, to int
	text     string
	gap      bool
}

// A section is one whose properties stand there, with the room for its text.
type section struct{ at, width, tall int }

// plainParts are the elements of a paragraph that holds nothing but text.
var plainParts = []string{"pPr", "r", "rPr", "t", "proofErr", "lastRenderedPageBreak", "ins"}

// A scanner walks a part.
type scanner struct {
	scan
	path  []string
	open  []int // paragraphs we are in, by their index
	field []fieldScan
	size  map[string]int // of the section we are in
}

// A fieldScan is a field that has begun: where its mark could be called stale.
type fieldScan struct {
	at    int
	named string
}

// scanPart takes a part apart. Its error is Invalid.
func scanPart(name string, raw []byte) (scan, error) {
	s := &scanner{scan: scan{raw: raw}}
	d := xml.NewDecoder(bytes.NewReader(raw))
	for {
		from := int(d.InputOffset())
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(s.path) == 0 {
			return s.scan, nil
		}
		if err != nil || len(s.path) > maxDepth {
			return s.scan, damaged(name)
		}
		to := int(d.InputOffset())
		switch t := t.(type) {
		case xml.StartElement:
			if len(s.path) == 0 && !knowsWord(t) {
				return s.scan, engine.Errorf(engine.Invalid, "the file is in a rare dialect of Word documents; in Word choose Save As and the type Word Document (*.docx)")
			}
			s.start(t, from, to)
		case xml.EndElement:
			if len(s.path) == 0 || s.path[len(s.path)-1] != called(t.Name) {
				return s.scan, damaged(name)
			}
			s.finish(called(t.Name), from, to)
		case xml.CharData:
			s.chars(string(t))
		}
	}
}

// called gives the name of an element as it is written, of Word's own without
// their prefix.
func called(n xml.Name) string {
	if n.Space == "w" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// knowsWord reports whether a root names Word's elements as every Word does.
func knowsWord(root xml.StartElement) bool {
	return slices.ContainsFunc(root.Attr, func(a xml.Attr) bool {
		return a.Name.Space == "xmlns" && a.Name.Local == "w" && a.Value == nsMain
	})
}

func (s *scanner) start(e xml.StartElement, from, to int) {
	name := called(e.Name)
	switch name {
	case "p":
		s.hold()
		s.open = append(s.open, len(s.paras))
		s.paras = append(s.paras, scanned{from: from, body: len(s.path) == 2 && s.path[1] == "body"})
	case "t":
		s.text(piecedText{from: from})
	case "tab", "br", "cr", "noBreakHyphen", "softHyphen":
		if n := len(s.path); n > 0 && s.path[n-1] == "r" {
			s.text(piecedText{from: from, to: to, text: "\n", gap: true})
			s.hold()
		}
	case "fldChar":
		s.fieldMark(attr(e, "fldCharType"), strings.Contains(string(s.raw[from:to]), "dirty"), to)
	case "sectPr":
		s.size = map[string]int{}
		if n := len(s.open); n > 0 {
			s.paras[s.open[n-1]].breaks = true
		}
	case "pageBreakBefore":
		if n, v := len(s.open), attr(e, "val"); n > 0 {
			s.paras[s.open[n-1]].turns = v != "0" && v != "false" && v != "off"
		}
	case "bookmarkStart":
		s.mark = max(s.mark, number(attr(e, "id")))
		s.place = max(s.place, placeNumber(attr(e, "name")))
	case "wp:docPr":
		s.drawing = max(s.drawing, number(attr(e, "id")))
	case "pgSz", "pgMar", "cols":
		for _, a := range e.Attr {
			if s.size != nil {
				s.size[name+a.Name.Local] = number(a.Value)
			}
		}
	}
	if !slices.Contains(plainParts, name) && !slices.Contains(s.path, "pPr") && name != "p" {
		s.hold()
	}
	s.path = append(s.path, name)
}

// hold says of the paragraph we are in that it holds more than text.
func (s *scanner) hold() {
	if n := len(s.open); n > 0 {
		s.paras[s.open[n-1]].holds = true
	}
}

func (s *scanner) text(t piecedText) {
	if n := len(s.open); n > 0 {
		p := &s.paras[s.open[n-1]]
		p.texts = append(p.texts, t)
	}
}

func (s *scanner) chars(text string) {
	n, open := len(s.path), len(s.open)
	switch {
	case n > 0 && s.path[n-1] == "t" && open > 0:
		if p := &s.paras[s.open[open-1]]; len(p.texts) > 0 {
			p.texts[len(p.texts)-1].text += text
		}
	case n > 0 && s.path[n-1] == "instrText" && len(s.field) > 0:
		s.field[len(s.field)-1].named += text
	}
}

// fieldMark remembers where a table of contents begins: its page numbers are old
// once the layout is filled.
func (s *scanner) fieldMark(kind string, dirty bool, to int) {
	n := len(s.field)
	switch {
	case kind == "begin":
		at := to - 1
		if s.raw[at-1] == '/' {
			at--
		}
		if dirty {
			at = 0
		}
		s.field = append(s.field, fieldScan{at: at})
	case kind == "end" && n > 0:
		if f := s.field[n-1]; f.at > 0 && strings.HasPrefix(strings.TrimSpace(f.named), "TOC") {
			s.stale = append(s.stale, f.at)
		}
		s.field = s.field[:n-1]
	}
}

func (s *scanner) finish(name string, from, to int) {
	s.path = s.path[:len(s.path)-1]
	switch {
	case name == "p" && len(s.open) > 0:
		s.paras[s.open[len(s.open)-1]].to = to
		s.open = s.open[:len(s.open)-1]
	case name == "t" && len(s.open) > 0:
		if p := &s.paras[s.open[len(s.open)-1]]; len(p.texts) > 0 {
			p.texts[len(p.texts)-1].to = to
		}
	case name == "sectPr":
		s.sections = append(s.sections, measure(from, s.size))
	}
	if len(s.path) == 0 {
		s.end = from
	}
}

// measure works out the room of a section.
func measure(at int, size map[string]int) section {
	w := size["pgSzw"] - size["pgMarleft"] - size["pgMarright"] - size["pgMargutter"]
	if n := size["colsnum"]; n > 1 {
		w = (w - (n-1)*size["colsspace"]) / n
	}
	h := size["pgSzh"] - max(size["pgMartop"], -size["pgMartop"]) - max(size["pgMarbottom"], -size["pgMarbottom"])
	if w < 1000 || h < 2000 {
		w, h = pageWide-2*margin, pageTall-2*margin
	}
	return section{at, w, h}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n > 1<<30 {
		return 0
	}
	return n
}

var placeForm = pattern.New(`^_(?:Toc|Ref)(\d{1,12})$`)

// placeNumber gives how far beyond ours a place named by Word is.
func placeNumber(name string) int {
	if m := placeForm.FindStringSubmatch(name); m != nil {
		return max(number(m[1])-100000000, 0)
	}
	return 0
}

// A splice is a piece of a part that is replaced.
type splice struct {
	from, to int
	text     string
}

// spliced gives a part with its pieces replaced.
func spliced(raw []byte, with []splice) []byte {
	slices.SortStableFunc(with, func(a, b splice) int { return a.from - b.from })
	var out bytes.Buffer
	at := 0
	for _, w := range with {
		if w.from < at {
			continue
		}
		out.Write(raw[at:w.from])
		out.WriteString(w.text)
		at = w.to
	}
	out.Write(raw[at:])
	return out.Bytes()
}
