package docx

import (
	"encoding/xml"
	"slices"
	"strings"
	"unicode"
)

// paragraphs gives the paragraphs of the text, and what is read beside it.
func (o opened) paragraphs() (text []Paragraph, beside []string, err error) {
	raw, err := o.read(resolved(o.main, "styles.xml"))
	if err != nil {
		return nil, nil, err
	}
	listed, err := listStyles(raw)
	if err != nil {
		return nil, nil, err
	}
	if raw, err = o.read(o.main); err != nil {
		return nil, nil, err
	}
	links, err := o.linksOf(o.main)
	if err != nil {
		return nil, nil, err
	}
	text, aside, err := paragraphsOf(raw, listed)
	if err != nil {
		return nil, nil, err
	}
	beside, err = besides(o.main, aside, links, listed, o.read)
	return text, beside, err
}

// paragraphsOf gives the paragraphs of a text as somebody sees them who accepts
// every change, and does not see what is hidden. What a word processor works out
// itself is left out: numbers in fields. The contents, and what stands in text
// boxes, are put aside.
func paragraphsOf(raw []byte, listed map[string]bool) (text []Paragraph, aside []string, err error) {
	r := reading{listed: listed}
	err = walk("document.xml", raw, r.token)
	return r.out, r.aside, err
}

// listStyles gives the ids of the styles of a table of contents.
func listStyles(raw []byte) (ids map[string]bool, err error) {
	ids = map[string]bool{}
	id := ""
	err = walk("styles.xml", raw, func(t xml.Token) {
		start, is := t.(xml.StartElement)
		switch {
		case !is:
		case start.Name.Local == "style":
			id = attr(start, "styleId")
		case start.Name.Local == "name" && strings.HasPrefix(strings.ToLower(attr(start, "val")), "toc "):
			ids[id] = true
		}
	})
	return ids, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// A reading gathers paragraphs from the tokens of a text.
type reading struct {
	out    []Paragraph
	listed map[string]bool // styles of the contents
	path   []string        // the elements we are in
	hidden int             // how many of them hide their text
	text   strings.Builder // of the paragraph
	left   bool            // the paragraph belongs to the contents
	goes   bool            // its mark is deleted: it goes on in the next
	exact  bool            // spaces at the ends of a run count
	fields []fieldState
	unseen bool            // the run is hidden
	aside  []string        // what is read beside the text
	worked strings.Builder // of the paragraph: what a word processor works out
	boxes  []boxState
}

// A boxState is the paragraph a text box stands in.
type boxState struct {
	text, worked              string
	hidden                    int
	left, goes, exact, unseen bool
	fields                    []fieldState
	out                       []Paragraph
}

// enter begins the text of a box. Within what was deleted it stays hidden.
func (r *reading) enter() {
	r.boxes = append(r.boxes, boxState{r.text.String(), r.worked.String(), r.hidden, r.left, r.goes, r.exact, r.unseen, r.fields, r.out})
	r.text.Reset()
	r.worked.Reset()
	r.left, r.goes, r.exact, r.unseen, r.fields, r.out = false, false, false, false, nil, nil
	r.hidden = 0
	for _, name := range r.path {
		if name == "del" || name == "moveFrom" || name == "Fallback" {
			r.hidden++
		}
	}
}

// leave goes back to the paragraph the box stands in.
func (r *reading) leave() {
	n := len(r.boxes) - 1
	if n < 0 {
		return
	}
	for _, p := range r.out {
		r.aside = append(r.aside, p.Text)
	}
	b := r.boxes[n]
	r.boxes = r.boxes[:n]
	r.text.Reset()
	r.worked.Reset()
	r.text.WriteString(b.text)
	r.worked.WriteString(b.worked)
	r.hidden, r.left, r.goes, r.exact, r.unseen, r.fields, r.out = b.hidden, b.left, b.goes, b.exact, b.unseen, b.fields, b.out
}

// A fieldState is a field we are in.
type fieldState struct {
	instruction string
	value       bool // we are past the instruction
	said        string
}

// hides lists the elements whose text is not the document's, or not its text
// any more; the last comes beside what it stands for.
var hides = []string{"del", "moveFrom", "drawing", "pict", "object", "Fallback"}

func (r *reading) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.EndElement:
		r.end(t.Name.Local)
	case xml.CharData:
		r.chars(string(t))
	}
}

func (r *reading) start(e xml.StartElement) {
	name := e.Name.Local
	switch name {
	case "p":
		if r.hidden == 0 && !r.goes {
			r.text.Reset()
			r.worked.Reset()
			r.left = false
		}
		r.goes = false
	case "r":
		r.unseen = false
	case "vanish":
		if v := attr(e, "val"); r.in("rPr", "r") {
			r.unseen = v != "0" && v != "false" && v != "off"
		}
	case "pStyle":
		r.left = r.left || r.listed[attr(e, "val")]
	case "del":
		if r.in("rPr", "pPr") {
			r.goes = true
		}
	case "t":
		r.exact = attr(e, "space") == "preserve"
	case "tab", "br", "cr":
		if r.in("r") {
			r.say(" ")
		}
	case "noBreakHyphen":
		r.say("\u2011")
	case "fldChar":
		r.mark(attr(e, "fldCharType"))
	case "fldSimple":
		r.fields = append(r.fields, fieldState{instruction: attr(e, "instr"), value: true})
	}
	if slices.Contains(hides, name) {
		r.hidden++
	}
	if name == "txbxContent" {
		r.enter()
	}
	r.path = append(r.path, name)
}

// in reports whether these are the elements we are in, the innermost first.
func (r *reading) in(names ...string) bool {
	for i, n := range names {
		if at := len(r.path) - 1 - i; at < 0 || r.path[at] != n {
			return false
		}
	}
	return true
}

func (r *reading) end(name string) {
	if len(r.path) > 0 {
		r.path = r.path[:len(r.path)-1]
	}
	if name == "txbxContent" {
		r.leave()
	}
	if slices.Contains(hides, name) {
		r.hidden--
	}
	switch {
	case name == "fldSimple":
		r.close()
	case name == "p" && r.hidden == 0 && !r.goes:
		for i := range r.fields {
			if f := &r.fields[i]; f.said != "" { // it goes on in the next paragraph
				r.text.WriteString(f.said)
				f.said = ""
			}
		}
		text, worked := plain(r.text.String()), plain(r.worked.String())
		switch {
		case r.left:
			r.aside = append(r.aside, text+" "+worked)
		case text != "":
			r.out = append(r.out, Paragraph{Text: text})
			fallthrough
		default:
			r.aside = append(r.aside, worked)
		}
	}
}

// mark takes one of the three marks of a field.
func (r *reading) mark(kind string) {
	switch n := len(r.fields); {
	case r.hidden > 0:
	case kind == "begin":
		r.fields = append(r.fields, fieldState{})
	case kind == "separate" && n > 0:
		r.fields[n-1].value = true
	case kind == "end":
		r.close()
	}
}

func (r *reading) chars(s string) {
	switch {
	case r.in("instrText"):
		if n := len(r.fields); n > 0 && r.hidden == 0 {
			r.fields[n-1].instruction += s
		}
	case r.in("t"):
		if !r.exact {
			s = strings.Trim(s, " \t\r\n")
		}
		r.say(s)
	}
}

// say adds to the paragraph what is not hidden. The contents are put aside; the
// value of another field waits until it is whole.
func (r *reading) say(s string) {
	if r.hidden > 0 || r.unseen {
		return
	}
	for i := range r.fields {
		switch f := &r.fields[i]; {
		case !f.value:
			return
		case f.is("TOC"):
			r.worked.WriteString(s)
			return
		case !f.is("HYPERLINK"):
			f.said += s
			return
		}
	}
	r.text.WriteString(s)
}

func (f fieldState) is(kind string) bool {
	return strings.HasPrefix(strings.TrimSpace(f.instruction), kind)
}

// close ends a field. Numbers are worked out, of pages mostly; words are read.
func (r *reading) close() {
	n := len(r.fields) - 1
	if n < 0 {
		return
	}
	said := r.fields[n].said
	if r.fields = r.fields[:n]; strings.ContainsFunc(said, unicode.IsLetter) {
		r.say(said)
	}
}
