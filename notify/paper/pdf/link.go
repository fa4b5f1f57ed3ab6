package pdf

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// leads reports whether a link leads anywhere: to a place in this paper, or to an
// address a reader may open.
func (w *writer) leads(link string) bool {
	if id, inside := strings.CutPrefix(link, "#"); inside {
		_, known := w.plan.places[id]
		return known
	}
	u, err := url.Parse(link)
	return err == nil && slices.Contains([]string{"https", "http", "mailto"}, u.Scheme)
}

// mark notes that the place of this ID is here.
func (w *writer) mark(id string) {
	if id != "" {
		w.found.places[id] = place{w.page.index, w.y}
	}
}

// destination gives a place as a PDF names it, with a little air above.
func (w *writer) destination(at place) string {
	if at.page >= len(w.pages) {
		return "[]"
	}
	return "[" + ref(w.pages[at.page]) + " /XYZ 0 " + numbers(min(sheetHeight-at.y+6, sheetHeight)) + " null]"
}

// linked makes a run that was drawn at a place lead where its link says.
func (w *writer) linked(r run, x, y float64) {
	if r.under {
		w.page.fill(r.colour, x, y+1.2, r.width, .5)
	}
	w.annotate(r.elem, w.target(r.link), r.named, x, y-r.size, r.width, r.size*1.3)
}

// target gives what opening a link does.
func (w *writer) target(link string) string {
	if id, inside := strings.CutPrefix(link, "#"); inside {
		return "/Dest " + w.destination(w.plan.places[id])
	}
	return "/A <</S /URI /URI " + literal(ascii(link)) + ">>"
}

// annotate makes a rectangle of the page lead to a target.
func (w *writer) annotate(e *elem, target, named string, x, y, width, height float64) {
	if w.dry() {
		return
	}
	obj := w.next()
	w.put(obj, "<</Type /Annot /Subtype /Link /Rect ["+numbers(x, sheetHeight-y-height, x+width, sheetHeight-y)+"] /Border [0 0 0] /F 4 /StructParent "+
		strconv.Itoa(len(w.pages)+len(w.links))+" /Contents "+said(named)+" "+target+">>")
	w.links = append(w.links, e.obj)
	w.page.links = append(w.page.links, obj)
	e.kids = append(e.kids, kid{page: w.page.obj, link: obj})
}

// ascii gives an address in plain letters.
func ascii(link string) string {
	var b strings.Builder
	for i := range len(link) {
		if c := link[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + string(hexes[c>>4]) + string(hexes[c&15]))
		}
	}
	return b.String()
}
