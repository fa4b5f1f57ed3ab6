package inbox

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// maxOpen is how many elements may be open; deeper ones change nothing.
const maxOpen = 500

// An htmlElement is one that is open, with what it hands down to those inside.
type htmlElement struct {
	name   string
	hidden bool // nobody sees it, nor what is inside
	dim    bool // nobody sees it, but an element inside may show itself
	pre    bool // its spaces and line ends are meant
	depth  int  // of quoting
	quote  bool // it began a quotation
	tail   bool // a header block in it made the rest of it a quotation
	unsure int  // of a container that is a quotation unless one is inside: the lines before it; -1 for others
	before int  // quotations begun before it
	list   htmlList
	cells  int // of a table row, so far
}

// An htmlList is how the entries of an element are marked.
type htmlList struct {
	numbered, letters bool
	last              int // number of the entry before
}

func (l *htmlList) marker(value string) string {
	l.last++
	if n, err := strconv.Atoi(value); err == nil {
		l.last = n
	}
	switch {
	case l.letters && l.last > 0 && l.last <= 26:
		return string(rune('a'+l.last-1)) + ". "
	case l.numbered:
		return strconv.Itoa(l.last) + ". "
	}
	return "- "
}

// open begins an element.
func (w *htmlWriter) open(t html.Token) {
	name := t.Data
	switch {
	case name == "br":
		w.newline()
		return
	case name == "hr":
		w.want(lineGap)
		return
	case slices.Contains(voidTags, name), t.Type == html.SelfClosingTagToken && strings.Contains(name, ":"):
		return
	}
	w.closeImplied(name)
	attr := attributesOf(t)
	style := styleOf(attr["style"])
	if len(w.stack) == maxOpen {
		w.over++
		if quotes(name, attr) || separates(attr, style) {
			w.quoteRest() // rather too much is a quotation than too little
		}
		return
	}
	w.begin(name, attr, style)
	parent := w.top()
	e := htmlElement{name: name, hidden: parent.hidden, dim: parent.dim, pre: parent.pre, depth: parent.depth, unsure: -1, before: w.quotes}
	e.show(attr, style)
	e.list = listOf(name, attr, style)
	if quotes(name, attr) {
		e.quote = true
		e.depth++
		w.quotes++
	} else if slices.ContainsFunc(strings.Fields(attr["class"]), func(c string) bool { return strings.HasPrefix(c, "gmail_quote") }) {
		w.endLine()
		e.unsure = len(w.lines)
	}
	w.stack = append(w.stack, e)
	if separates(attr, style) {
		w.quoteRest()
	}
}

// begin makes room before an element.
func (w *htmlWriter) begin(name string, attr map[string]string, style map[string]string) {
	switch {
	case name == "td" || name == "th":
		if w.top().cells++; w.top().cells > 1 && w.after != startOfText {
			w.after = spaceGap
		}
		w.fresh = true
	case name == "li":
		w.want(lineGap)
		w.marker, w.fresh = w.top().list.marker(attr["value"]), true
	case name == "tr":
		w.block(lineGap)
	case name == "p" && !strings.HasPrefix(attr["class"], "Mso") && !nought(style["margin"]):
		w.block(paragraphGap)
	case slices.Contains(blockTags, name):
		w.block(lineGap)
	}
}

// close ends the nearest element of that name. An end that does not belong to
// what is open is passed over: it must not end a quotation or a cell, and one
// of a few words no block.
func (w *htmlWriter) close(name string) {
	if w.over > 0 {
		w.over--
		return
	}
	if name == "p" && w.top().name != "p" {
		w.block(lineGap)
	}
	block, table, crossed := slices.Contains(blockTags, name), slices.Contains(tableTags, name), false
	for i := len(w.stack) - 1; i > 0; i-- {
		switch e := &w.stack[i]; {
		case e.name == name && crossed:
			if e.unsure < 0 && !e.quote {
				w.stack = slices.Delete(w.stack, i, i+1)
			}
			return
		case e.name == name:
			w.closeTo(i)
			return
		case e.quote, !table && (e.name == "td" || e.name == "th"):
			return
		case !block && !table && slices.Contains(blockTags, e.name):
			crossed = true
		}
	}
}

// closeImplied ends what the beginning of an element ends.
func (w *htmlWriter) closeImplied(name string) {
	var stop []string
	switch name {
	case "li":
		stop = []string{"ol", "ul", "td", "th"}
	case "td", "th", "tr":
		stop = []string{"table"}
	default:
		if w.top().name == "p" && slices.Contains(blockTags, name) {
			w.closeTo(len(w.stack) - 1)
		}
		return
	}
	for i := len(w.stack) - 1; i > 0 && !w.stack[i].quote && !slices.Contains(stop, w.stack[i].name); i-- {
		if at := w.stack[i].name; at == name || name != "li" && (at == "td" || at == "th") {
			w.closeTo(i)
			return
		}
	}
}

// closeTo ends every element from the n-th on.
func (w *htmlWriter) closeTo(n int) {
	for len(w.stack) > n {
		e := *w.top()
		w.stack = w.stack[:len(w.stack)-1]
		if e.unsure >= 0 {
			w.endLine()
			w.want(lineGap)
			if w.quotes == e.before {
				for i := e.unsure; i < len(w.lines); i++ {
					w.lines[i].depth++
				}
			}
		}
		switch {
		case e.name == "td" || e.name == "th":
			w.fresh = false
		case e.name == "li":
			w.marker, w.fresh = "", false
			w.want(lineGap)
		case slices.Contains(blockTags, e.name):
			w.block(lineGap)
		}
	}
}

// quoteRest makes what comes a quotation, up to the end of the one it is in.
func (w *htmlWriter) quoteRest() {
	i := len(w.stack) - 1
	for i > 0 && !w.stack[i].quote {
		i--
	}
	if w.stack[i].tail {
		return
	}
	w.stack[i].tail = true
	w.quotes++
	for ; i < len(w.stack); i++ {
		w.stack[i].depth++
	}
}

var (
	voidTags = []string{"area", "base", "basefont", "col", "embed", "frame", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
	// blockTags begin and end lines.
	blockTags = []string{"div", "p", "li", "ul", "ol", "tr", "table", "tbody", "thead", "tfoot", "caption", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
		"body", "html", "center", "address", "article", "aside", "dd", "details", "dir", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
		"header", "main", "menu", "nav", "section", "summary"}
	tableTags = []string{"table", "tbody", "thead", "tfoot", "tr", "td", "th"}
)
