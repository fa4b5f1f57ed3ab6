package pdf

import (
	"strconv"
	"strings"
)

// An elem is an element of the structure: what a reader who cannot see gets. It
// leaves for the file with all it contains when it is closed.
type elem struct {
	obj  int
	kind string // "P", "Table", "TH"
	attr string // attributes, as a PDF writes them
	alt  string
	says string // the text a Span stands for: its glyphs do not say it
	kids []kid

	into    *elem // the element it joins when something of it is drawn, nil for one that has
	written bool
}

// A kid of an element is another element, a piece of what is drawn on a page, or
// a link annotation.
type kid struct {
	elem  *elem
	page  int // number of the page's object
	piece int
	link  int // number of the annotation's object
}

// add puts a new element into another.
func (w *writer) add(parent *elem, kind, attr string) *elem {
	w.join(parent)
	e := &elem{obj: w.next(), kind: kind, attr: attr}
	parent.kids = append(parent.kids, kid{elem: e})
	return e
}

// join puts an element where it belongs: behind what is drawn of the element
// around it by now.
func (w *writer) join(e *elem) {
	if into := e.into; into != nil {
		e.into, e.obj = nil, w.next()
		w.join(into)
		into.kids = append(into.kids, kid{elem: e})
	}
}

// closed writes an element and those in it that are not written yet.
func (w *writer) closed(e *elem, parent int) {
	if w.dry() {
		return
	}
	var b strings.Builder
	b.WriteString("<</Type /StructElem /S /" + e.kind + " /P " + ref(parent))
	if e.attr != "" {
		b.WriteString(" /A " + e.attr)
	}
	if e.alt != "" {
		b.WriteString(" /Alt " + said(e.alt))
	}
	if e.kind == "Span" {
		b.WriteString(" /ActualText " + said(e.says))
	}
	if len(e.kids) > 0 {
		w.content(&b, e)
	}
	w.put(e.obj, b.String()+">>")
	e.kids, e.written = nil, true
}

// content writes what is in an element, in reading order.
func (w *writer) content(b *strings.Builder, e *elem) {
	home := 0
	for _, k := range e.kids {
		if home == 0 && k.page != 0 {
			home = k.page
			b.WriteString(" /Pg " + ref(home))
		}
	}
	b.WriteString(" /K [")
	for i, k := range e.kids {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case k.elem != nil:
			if !k.elem.written {
				w.closed(k.elem, e.obj)
			}
			b.WriteString(ref(k.elem.obj))
		case k.link != 0:
			b.WriteString("<</Type /OBJR /Pg " + ref(k.page) + " /Obj " + ref(k.link) + ">>")
		case k.page == home:
			b.WriteString(strconv.Itoa(k.piece))
		default:
			b.WriteString("<</Type /MCR /Pg " + ref(k.page) + " /MCID " + strconv.Itoa(k.piece) + ">>")
		}
	}
	b.WriteByte(']')
}
