package document

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"splneno/engine"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
	"splneno/notify/paper/html"
	"splneno/notify/paper/pdf"
)

// A form is one kind of document: how its name ends, its type, and how it is made.
type form struct {
	end, kind string
	make      func(*set) ([]byte, error)
}

// endCatalogue is how the name of the catalogue's record ends.
const endCatalogue = "-catalogue.jsonld"

const (
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typePDF  = "application/pdf"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeHTML = "text/html; charset=utf-8"
	typeCSV  = "text/csv; charset=utf-8"
)

// formsOf gives the documents of an evaluation. Only what everybody may read has
// a record in a catalogue, the last of them.
func formsOf(e engine.Evaluation) []form {
	if !e.Publicized {
		return forms[:len(forms)-1]
	}
	return forms
}

// forms are the documents, in the order people are offered them.
var forms = []form{
	{".docx", typeDOCX, (*set).word},
	{".pdf", typePDF, func(s *set) ([]byte, error) { return written(pdf.Write, s.full) }},
	{".html", typeHTML, func(s *set) ([]byte, error) { return written(html.Write, s.full) }},
	{"-short.docx", typeDOCX, func(s *set) ([]byte, error) { return written(docx.Write, s.short) }},
	{"-short.pdf", typePDF, func(s *set) ([]byte, error) { return written(pdf.Write, s.short) }},
	{"-short.html", typeHTML, func(s *set) ([]byte, error) { return written(html.Write, s.short) }},
	{"-council.docx", typeDOCX, func(s *set) ([]byte, error) { return written(docx.Write, s.council) }},
	{"-council.pdf", typePDF, func(s *set) ([]byte, error) { return written(pdf.Write, s.council) }},
	{".xlsx", typeXLSX, func(s *set) ([]byte, error) { return s.workbook() }},
	{".csv", typeCSV, func(s *set) ([]byte, error) { return table(s.print) }},
	{"-excel.csv", typeCSV, func(s *set) ([]byte, error) { return s.excelTable(s.print) }},
	{".json", "application/json", func(s *set) ([]byte, error) { return s.openData() }},
	{endCatalogue, "application/ld+json", func(s *set) ([]byte, error) { return s.catalogue(s.print) }},
}

// A set is the documents of one print. What all of them need is made once, when
// the first asks for it. Of the papers the last is kept: those of one paper
// follow one another.
type set struct {
	*Maker
	print   engine.Print
	carried func() (packed, error)
	name    string // of the paper that is kept
	kept    paper.Paper
}

// A packed is what every document carries, as it is and compressed.
type packed struct{ data, deflated []byte }

func (m *Maker) set(p engine.Print) *set {
	return &set{Maker: m, print: p, carried: sync.OnceValues(func() (packed, error) {
		data, err := carried(p)
		return packed{data, paper.Deflate(data)}, err
	})}
}

func (s *set) full() (paper.Paper, error)    { return s.built("full", (*builder).full) }
func (s *set) short() (paper.Paper, error)   { return s.built("short", (*builder).short) }
func (s *set) council() (paper.Paper, error) { return s.built("council", (*builder).council) }

func (s *set) built(name string, build func(*builder) paper.Paper) (paper.Paper, error) {
	if s.name == name {
		return s.kept, nil
	}
	s.name, s.kept = "", paper.Paper{}
	b := s.builder(s.print)
	out := build(b)
	if b.err != nil {
		return out, b.err
	}
	carried, err := s.carried()
	if err != nil {
		return out, err
	}
	out.Data, out.Packed = carried.data, carried.deflated
	s.name, s.kept = name, out
	return out, nil
}

// word gives the whole evaluation as a Word document, in the town's own layout
// where there is one.
func (s *set) word() ([]byte, error) {
	if len(s.print.Layout) == 0 {
		return written(docx.Write, s.full)
	}
	b := s.builder(s.print)
	f := b.filling()
	if b.err != nil {
		return nil, b.err
	}
	return written(func(w io.Writer, p paper.Paper) error { return docx.Fill(w, s.print.Layout, p, f) }, s.full)
}

// written gives a paper in a format.
func written(write func(io.Writer, paper.Paper) error, build func() (paper.Paper, error)) ([]byte, error) {
	p, err := build()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = write(&b, p)
	return b.Bytes(), err
}

func (s *set) make(f form) (engine.Attachment, error) {
	e := s.print.Evaluation
	if len(fileName(e)) > 40 {
		return engine.Attachment{}, engine.Errorf(engine.Invalid, "the period %q is too long for a file name", e.Period.ID)
	}
	data, err := f.make(s)
	if err != nil {
		return engine.Attachment{}, fmt.Errorf("evaluation %s%s: %w", e.Period.ID, f.end, err)
	}
	return engine.Attachment{Name: fileName(e) + f.end, Type: f.kind, Data: data}, nil
}
