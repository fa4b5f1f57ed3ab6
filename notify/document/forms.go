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

const (
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typePDF  = "application/pdf"
	typeHTML = "text/html; charset=utf-8"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeCSV  = "text/csv; charset=utf-8"
	typeJSON = "application/json"
)

// forms are the documents of an evaluation, in the order people are offered them.
var forms = []form{
	{".html", typeHTML, func(s *set) ([]byte, error) { return written(html.Write, s.full) }},
	{".pdf", typePDF, func(s *set) ([]byte, error) { return written(pdf.Write, s.full) }},
	{".docx", typeDOCX, func(s *set) ([]byte, error) { return written(docx.Write, s.full) }},
	{"-short.html", typeHTML, func(s *set) ([]byte, error) { return written(html.Write, s.short) }},
	{"-short.pdf", typePDF, func(s *set) ([]byte, error) { return written(pdf.Write, s.short) }},
	{"-short.docx", typeDOCX, func(s *set) ([]byte, error) { return written(docx.Write, s.short) }},
	{"-council.pdf", typePDF, func(s *set) ([]byte, error) { return written(pdf.Write, s.council) }},
	{"-council.docx", typeDOCX, func(s *set) ([]byte, error) { return written(docx.Write, s.council) }},
	{".xlsx", typeXLSX, func(s *set) ([]byte, error) { return s.maker.workbook(s.print) }},
	{".csv", typeCSV, func(s *set) ([]byte, error) { return table(s.print) }},
	{"-excel.csv", typeCSV, func(s *set) ([]byte, error) { return s.maker.excelTable(s.print) }},
	{".json", typeJSON, func(s *set) ([]byte, error) { return openData(s.print) }},
}

// A set is the documents of one print. What several of them need is made once,
// when the first asks for it.
type set struct {
	maker                *Maker
	print                engine.Print
	full, short, council func() (paper.Paper, error)
}

func (m *Maker) set(p engine.Print) *set {
	data := sync.OnceValues(func() ([]byte, error) { return carried(p) })
	built := func(build func(*builder) paper.Paper) func() (paper.Paper, error) {
		return sync.OnceValues(func() (paper.Paper, error) {
			b := newBuilder(m.sentences, m.zone, p)
			out := build(b)
			if b.err != nil {
				return out, b.err
			}
			var err error
			out.Data, err = data()
			return out, err
		})
	}
	return &set{maker: m, print: p, full: built((*builder).full), short: built((*builder).short), council: built((*builder).council)}
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
