// Package document makes the files of an evaluation that are handed to people:
// an accessible page that prints, a table and open data. All three are made of
// one [engine.Evaluation] and say the same.
//
// It must not know how an evaluation comes about, whether it may be published,
// or where it is kept. No Czech sentence stands in its Go files: the page is a
// template. Start reading at [Maker.Documents], then templates/evaluation.html.
package document

import (
	"fmt"
	"html/template"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

// A Maker makes documents. It is safe for concurrent use.
type Maker struct {
	zone *time.Location
	page *template.Template

	words wordList // of tables; see templates/data.json
}

// New reads the template of the page.
func New() (*Maker, error) {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	m := &Maker{zone: zone}
	if m.words, err = readDataWords(); err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	if m.page, err = m.readPage(); err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	return m, nil
}

// A form is one kind of document.
type form struct {
	ext, kind string
	make      func(engine.Print) ([]byte, error)
}

func (m *Maker) forms() []form {
	return []form{
		{".html", "text/html; charset=utf-8", m.html},
		{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", m.workbook},
		{".csv", "text/csv; charset=utf-8", table},
		{"-excel.csv", "text/csv; charset=utf-8", m.excelTable},
		{".json", "application/json", openData},
	}
}

func fileName(e engine.Evaluation) string { return "evaluation-" + czech.Slug(e.Period.ID) }

// Names gives the names and types of the documents without making them.
func (m *Maker) Names(e engine.Evaluation) []engine.Attachment {
	var out []engine.Attachment
	for _, f := range m.forms() {
		out = append(out, engine.Attachment{Name: fileName(e) + f.ext, Type: f.kind})
	}
	return out
}

// Documents gives every document of a print, named "evaluation-2023.html",
// ".csv" and so on.
func (m *Maker) Documents(p engine.Print) ([]engine.Attachment, error) {
	var out []engine.Attachment
	for _, f := range m.forms() {
		a, err := m.make(p, f)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// Document gives the one document with this name, or NotFound.
func (m *Maker) Document(p engine.Print, name string) (engine.Attachment, error) {
	for _, f := range m.forms() {
		if fileName(p.Evaluation)+f.ext == name {
			return m.make(p, f)
		}
	}
	return engine.Attachment{}, engine.Errorf(engine.NotFound, "the evaluation has no document %q", name)
}

func (m *Maker) make(p engine.Print, f form) (engine.Attachment, error) {
	e := p.Evaluation
	if len(fileName(e)) > 40 {
		return engine.Attachment{}, engine.Errorf(engine.Invalid, "the period %q is too long for a file name", e.Period.ID)
	}
	data, err := f.make(p)
	if err != nil {
		return engine.Attachment{}, fmt.Errorf("evaluation %s%s: %w", e.Period.ID, f.ext, err)
	}
	return engine.Attachment{Name: fileName(e) + f.ext, Type: f.kind, Data: data}, nil
}
