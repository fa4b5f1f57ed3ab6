package pdf

import "strconv"

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

// add puts a new element into another. Where nothing is written there is no
// structure, and one element stands for all.
func (w *writer) add(parent *elem, kind, attr string) *elem {
	if w.dry() {
		return parent
	}
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
	for _, k := range e.kids {
		if k.elem != nil && !k.elem.written {
			w.closed(k.elem, e.obj)
		}
	}
	w.object(e.obj)
	b := append(append(w.bodies.AvailableBuffer(), "<</Type /StructElem /S /"...), e.kind...)
	b = appendRef(append(b, " /P "...), parent)
	if e.attr != "" {
		b = append(append(b, " /A "...), e.attr...)
	}
	if e.alt != "" {
		b = append(append(b, " /Alt "...), said(e.alt)...)
	}
	if e.kind == "Span" {
		b = append(append(b, " /ActualText "...), said(e.says)...)
	}
	if len(e.kids) > 0 {
		b = content(b, e)
	}
	w.bodies.Write(append(b, ">>"...))
	w.done()
	e.kids, e.written = nil, true
}

// content appends what is in an element, in reading order.
func content(b []byte, e *elem) []byte {
	home := 0
	for _, k := range e.kids {
		if home == 0 && k.page != 0 {
			home = k.page
			b = appendRef(append(b, " /Pg "...), home)
		}
	}
	b = append(b, " /K ["...)
	for i, k := range e.kids {
		if i > 0 {
			b = append(b, ' ')
		}
		switch {
		case k.elem != nil:
			b = appendRef(b, k.elem.obj)
		case k.link != 0:
			b = appendRef(append(b, "<</Type /OBJR /Pg "...), k.page)
			b = append(appendRef(append(b, " /Obj "...), k.link), ">>"...)
		case k.page == home:
			b = strconv.AppendInt(b, int64(k.piece), 10)
		default:
			b = appendRef(append(b, "<</Type /MCR /Pg "...), k.page)
			b = append(strconv.AppendInt(append(b, " /MCID "...), int64(k.piece), 10), ">>"...)
		}
	}
	return append(b, ']')
}
