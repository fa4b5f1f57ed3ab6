package pdf

import "strconv"

// A bookmark is one heading in the tree of them.
type bookmark struct {
	obj, parent, before, behind int // numbers of objects, 0 for none
	first, last, kids           int
}

// bookmarks writes the headings as a tree and gives the number of its root, 0
// where there are none.
func (w *writer) bookmarks() int {
	hs := w.found.headings
	if len(hs) == 0 {
		return 0
	}
	root := &bookmark{obj: w.next()}
	marks := make([]*bookmark, len(hs))
	open := []*bookmark{root} // the bookmarks the next one may lie in
	levels := []int{0}
	for i, h := range hs {
		for levels[len(levels)-1] >= h.level {
			open, levels = open[:len(open)-1], levels[:len(levels)-1]
		}
		m := &bookmark{obj: w.next()}
		marks[i] = m
		open[len(open)-1].take(m, marks[:i])
		open, levels = append(open, m), append(levels, h.level)
	}
	for i, m := range marks {
		w.put(m.obj, "<</Title "+said(hs[i].text)+" /Parent "+ref(m.parent)+" /Dest "+w.destination(hs[i].place)+m.links(-1)+">>")
	}
	w.put(root.obj, "<</Type /Outlines"+root.links(1)+">>")
	return root.obj
}

// take puts a bookmark behind those that lie in this one.
func (b *bookmark) take(m *bookmark, known []*bookmark) {
	m.parent, m.before = b.obj, b.last
	for i := len(known) - 1; i >= 0 && b.last != 0; i-- {
		if known[i].obj == b.last {
			known[i].behind = m.obj
			break
		}
	}
	if b.first == 0 {
		b.first = m.obj
	}
	b.last = m.obj
	b.kids++
}

// links gives what a bookmark says of others; those in it are shown where sign is
// 1 and hidden where it is -1.
func (b *bookmark) links(sign int) string {
	s := ""
	for _, l := range []struct {
		name string
		obj  int
	}{{"Prev", b.before}, {"Next", b.behind}, {"First", b.first}, {"Last", b.last}} {
		if l.obj != 0 {
			s += " /" + l.name + " " + ref(l.obj)
		}
	}
	if b.kids > 0 {
		s += " /Count " + strconv.Itoa(sign*b.kids)
	}
	return s
}
