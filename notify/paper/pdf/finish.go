package pdf

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// finish writes what stands beside the pages: the structure, fonts, bookmarks,
// and what the document says of itself.
func (w *writer) finish() error {
	w.closed(w.root, w.structure)
	w.put(w.structure, "<</Type /StructTreeRoot /K "+ref(w.root.obj)+" /ParentTree "+ref(w.parentTree())+" /ParentTreeNextKey "+strconv.Itoa(len(w.parents)+len(w.links))+">>")
	w.put(w.tree, "<</Type /Pages /Count "+strconv.Itoa(len(w.pages))+" /Kids "+refs(w.pages)+">>")
	w.writeResources()
	catalog := w.next()
	s := "<</Type /Catalog /Pages " + ref(w.tree) + " /Lang " + literal(w.lang()) + " /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>" +
		" /StructTreeRoot " + ref(w.structure) + " /Metadata " + ref(w.metadata()) + " /OutputIntents [" + ref(w.intent()) + "]" +
		" /PieceInfo <</Splneno <</LastModified " + literal(w.date()) + " /Private " + ref(dataObject) + ">>>>"
	if marks := w.bookmarks(); marks != 0 {
		s += " /Outlines " + ref(marks) + " /PageMode /UseOutlines"
	}
	w.put(catalog, s+">>")
	info := w.next()
	w.put(info, w.info())
	return w.close("/Root "+ref(catalog)+" /Info "+ref(info), w.paper.Sign)
}

// parentTree writes which element each piece of a page and each link belongs to.
func (w *writer) parentTree() int {
	var b strings.Builder
	for i, obj := range append(w.parents[:len(w.parents):len(w.parents)], w.links...) {
		b.WriteString(strconv.Itoa(i) + " " + ref(obj) + " ")
	}
	obj := w.next()
	w.put(obj, "<</Nums ["+b.String()+"]>>")
	return obj
}

// writeResources writes the fonts, patterns and pictures the pages name.
func (w *writer) writeResources() {
	var b strings.Builder
	group := func(kind, letter string, objs []int) {
		if len(objs) == 0 {
			return
		}
		b.WriteString("/" + kind + " <<")
		for i, obj := range objs {
			if obj != 0 {
				b.WriteString("/" + letter + strconv.Itoa(i) + " " + ref(obj) + " ")
			}
		}
		b.WriteString(">> ")
	}
	embedded := make([]int, len(w.faces))
	for i, f := range w.faces {
		if slices.Contains(f.used, true) {
			embedded[i] = w.embed(f)
		}
	}
	tiles := make([]int, len(w.patterns))
	for i, p := range w.patterns {
		tiles[i] = w.tile(p)
	}
	group("Font", "F", embedded)
	group("Pattern", "P", tiles)
	group("XObject", "I", w.images)
	w.put(w.resources, "<<"+b.String()+">>")
}

// lang gives the language of the paper, or that nobody knows it.
func (w *writer) lang() string {
	if language.MatchString(w.paper.Lang) {
		return w.paper.Lang
	}
	return "und"
}

var language = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// date gives the time of the paper as a PDF writes it; the beginning of time for
// none.
func (w *writer) date() string {
	at := w.paper.At
	if at.IsZero() {
		at = time.Unix(0, 0)
	}
	return at.UTC().Format("D:20060102150405Z")
}
