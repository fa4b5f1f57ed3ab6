// Package paper is a document before it has a format: headings, paragraphs,
// lists, tables and figures in reading order, with what a reader who cannot see
// needs to know of each. The packages below it write the same paper as a tagged
// PDF, as a Word document and as a page; all three say the same.
//
// It must not know what a document is about, nor any language: every word comes
// written. Start reading at [Paper] and [Block].
package paper

import (
	"bytes"
	"compress/flate"
	"time"

	"splneno/notify/chart"
)

// A Paper is a document, whole. The same paper gives the same bytes in every
// format.
type Paper struct {
	Lang    string // of the text, "cs-CZ"
	Title   string
	Author  string // the body whose document it is
	Subject string
	At      time.Time // the time its metadata give, zero for none
	Running string    // stands at the head of every page but the first, "" for nothing
	Foot    string    // stands at the foot of every page beside its number, "" for nothing
	Words   Words
	Blocks  []Block
	Data    []byte // JSON a program reads out of the document again: carried inside, never shown
	Packed  []byte // Data as [Deflate] gives it, for a paper that is written in several formats; nil has each pack it

	// Sign gives the seal to be kept with a message about the document; nil for
	// none. The same message gives the same seal.
	Sign func(message []byte) []byte
}

// Carried is what a program reads out of a document again.
type Carried struct {
	Data    []byte // as given to the writer
	Message []byte // what the seal was put on, worked out anew from the file
	Seal    []byte // nil for none
}

// Deflated gives what the paper carries, packed.
func (p Paper) Deflated() []byte {
	if p.Packed != nil {
		return p.Packed
	}
	return Deflate(p.Data)
}

// Deflate packs what papers carry.
func Deflate(data []byte) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.DefaultCompression) // fails for an unknown level alone
	_, _ = w.Write(data)                                  // a Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// Words are those the writers put down themselves.
type Words struct {
	Contents string // heading of the contents
	Page     string // "Strana %d z %d": the number of the page and of all pages
	Figure   string // stands before the number of a figure
	Skip     string // link over everything before the text, on a page
}

// Covered reports whether the paper begins with a title page: a page that ends
// before the first part, with the title on it.
func (p Paper) Covered() bool {
	titled := false
	for _, b := range p.Blocks {
		switch b := b.(type) {
		case Para:
			titled = titled || b.Style == Title
		case Break:
			return titled
		case Heading, Contents, Table, Figure:
			return false
		}
	}
	return false
}

// A Block is one piece of a paper, in reading order: [Heading], [Para], [List],
// [Table], [Figure], [Box], [Signature], [Contents], [Break] or [Image].
type Block interface{ isBlock() }

// A Heading begins a part. Level is 1 to 4 and never leaves one out; ID names the
// place for links, unique in the paper.
type Heading struct {
	ID, Text string
	Level    int
}

// A Style says what a paragraph is for.
type Style int

// The styles.
const (
	Body     Style = iota
	Title          // the title of the document, once
	Subtitle       // what stands below it
	Mark           // a word that must not be overlooked: draft, sample
	Note           // small print
)

// A Para is a paragraph. Key names one of free prose that may be rewritten in a
// word processor and found again; "" is one that states facts.
type Para struct {
	Key   string
	ID    string // place for links, "" for none
	Style Style
	Spans []Span
}

// A Span is a run of text that looks alike.
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Colour string // "#14592f", "" for the text's own; what it says is also said in words
	Link   string // "#id" of a place in the paper, or an address; "" for none
}

// Plain gives a paragraph of one run.
func Plain(text string) Para { return Para{Spans: []Span{{Text: text}}} }

// Text gives what a paragraph says.
func (p Para) Text() string {
	if len(p.Spans) == 1 {
		return p.Spans[0].Text
	}
	s := ""
	for _, span := range p.Spans {
		s += span.Text
	}
	return s
}

// A List is paragraphs with a mark before each, or with numbers.
type List struct {
	Numbered bool
	Items    []Para
}

// A Table has one row of headings, repeated on every page, and rows below it. A
// cell may be longer than a page.
type Table struct {
	ID       string
	Caption  string
	Quiet    bool // the caption is for who cannot see the table: the heading before it says the same
	Columns  []Column
	RowHeads bool // the first cell of each row is its heading
	Rows     []Row
}

// A Column is one column of a table.
type Column struct {
	Title   string
	Width   int  // its share of the width, against the others
	Figures bool // numbers, to the right
}

// A Row is one row. A total stands out from the others.
type Row struct {
	ID    string // place for links, "" for none
	Total bool
	Cells []Cell
}

// A Cell holds paragraphs and lists, or nothing.
type Cell []Block

// A Figure is a chart with a number and its title below it. Exactly one of the
// charts is there.
type Figure struct {
	Stack *chart.Stack
	Pairs *chart.Pairs
}

// An Image is a picture, a PNG or a JPEG: a coat of arms. Alt says what it shows.
type Image struct {
	Data []byte
	Type string // "image/png" or "image/jpeg"
	Alt  string
}

// A Box sets paragraphs and lists apart from the text.
type Box struct {
	Colour string // of its edge
	Blocks []Block
}

// A Signature is a line to sign on: Label before it, Name below it.
type Signature struct{ Label, Name string }

// Contents stands where the contents of the paper belong: its headings of the
// levels 1 and 2, with page numbers where there are pages.
type Contents struct{}

// A Break begins a new page where there are pages.
type Break struct{}

func (Heading) isBlock()   {}
func (Para) isBlock()      {}
func (List) isBlock()      {}
func (Table) isBlock()     {}
func (Figure) isBlock()    {}
func (Image) isBlock()     {}
func (Box) isBlock()       {}
func (Signature) isBlock() {}
func (Contents) isBlock()  {}
func (Break) isBlock()     {}
