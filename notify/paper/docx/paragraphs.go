package docx

import (
	"encoding/xml"
	"slices"
	"strings"
)

// paragraphs gives the paragraphs of the text.
func (o opened) paragraphs() ([]Paragraph, error) {
	raw, err := o.read(resolved(o.main, "styles.xml"))
	if err != nil {
		return nil, err
	}
	listed, err := listStyles(raw)
	if err != nil {
		return nil, err
	}
	if raw, err = o.read(o.main); err != nil {
		return nil, err
	}
	return paragraphsOf(raw, listed)
}

// paragraphsOf gives the paragraphs of a text as somebody sees them who accepts
// every change. What a word processor works out itself is left out: the contents,
// and the values of fields that are not links.
func paragraphsOf(raw []byte, listed map[string]bool) ([]Paragraph, error) {
	r := reading{listed: listed}
	err := walk("document.xml", raw, r.token)
	return r.out, err
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
}

// A fieldState is a field we are in.
type fieldState struct {
	instruction string
	value       bool // we are past the instruction
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
			r.left = false
		}
		r.goes = false
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
		r.fields = append(r.fields, fieldState{attr(e, "instr"), true})
	}
	if slices.Contains(hides, name) {
		r.hidden++
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
	if slices.Contains(hides, name) {
		r.hidden--
	}
	switch {
	case name == "fldSimple" && len(r.fields) > 0:
		r.fields = r.fields[:len(r.fields)-1]
	case name == "p" && r.hidden == 0 && !r.goes:
		if text := plain(r.text.String()); text != "" && !r.left {
			r.out = append(r.out, Paragraph{Text: text})
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
	case kind == "end" && n > 0:
		r.fields = r.fields[:n-1]
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

// say adds to the paragraph, unless it is hidden or the value of a field that is
// worked out.
func (r *reading) say(s string) {
	if r.hidden > 0 {
		return
	}
	for _, f := range r.fields {
		if !f.value || !strings.HasPrefix(strings.TrimSpace(f.instruction), "HYPERLINK") {
			return
		}
	}
	r.text.WriteString(s)
}
