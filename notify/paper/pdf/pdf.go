// Package pdf writes a paper as a tagged PDF that satisfies PDF/UA-1 and
// PDF/A-2a: every piece of text stands in the structure tree in reading order,
// fonts are embedded, figures have alternate text.
//
// A paper is laid out twice: first to learn how many pages there are and what
// stands on which, then to be written. A page, and a part of the structure,
// leaves for the file as soon as it is finished.
//
// It must not know what a document is about. Start reading at [Write], then
// writer.block; file is the lowest part, objects and where they are.
package pdf

import (
	"io"

	"splneno/notify/paper"
)

// Write writes the paper. Pages leave as soon as they are laid out. Its error is
// Invalid for a picture that cannot be read.
func Write(w io.Writer, p paper.Paper) error {
	first := newWriter(newFile(nil), p, plan{})
	if err := first.all(); err != nil {
		return err
	}
	second := newWriter(newFile(w), p, first.found)
	if err := second.all(); err != nil {
		return err
	}
	return second.finish()
}

// A plan is where things are in a document.
type plan struct {
	pages    int
	places   map[string]place // by the ID of a heading, a paragraph or a row
	headings []heading
}

// A place is a point on a page, counted from 0 and from the upper edge.
type place struct {
	page int
	y    float64
}

// A heading is one as the contents and the bookmarks name it.
type heading struct {
	text  string
	level int
	place
}

// A writer lays a paper out.
type writer struct {
	*file
	paper paper.Paper
	plan  plan // what the first pass found; of no pages in the first pass itself
	found plan

	structure int // root of the structure
	root      *elem
	pages     []int // numbers of the page objects
	page      *page
	y         float64 // how far down the page it is filled
	turn      bool    // the next block begins a page
	cover     bool    // this is a page of the title and little else
	tabled    bool    // what is laid out is in a table

	wrapper   wrapper
	tree      int // of the pages
	resources int
	faces     [3]face
	patterns  []pattern
	images    []int
	parents   []int // parent of what is in each page, by page
	links     []int // element of each link annotation
	figures   int
}

func newWriter(f *file, p paper.Paper, known plan) *writer {
	w := &writer{file: f, paper: p, plan: known, found: plan{places: map[string]place{}}}
	for i := range w.faces {
		f := fonts[i]()
		blank, _ := f.glyph(' ')
		w.faces[i] = face{font: f, used: make([]bool, len(f.letters)), blank: []uint16{blank}}
	}
	w.data(p)
	w.resources, w.tree, w.structure = w.next(), w.next(), w.next()
	for range known.pages {
		w.pages = append(w.pages, w.next())
	}
	w.root = &elem{obj: w.next(), kind: "Document"}
	return w
}

// all lays out every page.
func (w *writer) all() error {
	w.newPage()
	w.cover = w.paper.Covered()
	for i := range w.paper.Blocks {
		if err := w.block(i); err != nil {
			return err
		}
	}
	w.endPage()
	w.found.pages = w.page.index + 1
	return w.err
}
