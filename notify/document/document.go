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
}

// New reads the template of the page.
func New() (*Maker, error) {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	m := &Maker{zone: zone}
	if m.page, err = m.readPage(); err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	return m, nil
}

// A form is one kind of document.
type form struct {
	ext, kind string
	make      func(engine.Evaluation) ([]byte, error)
}

func (m *Maker) forms() []form {
	return []form{
		{".html", "text/html; charset=utf-8", m.html},
		{".csv", "text/csv; charset=utf-8", table},
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

// Documents gives the page, the table and the open data of an evaluation, named
// "evaluation-2023.html", ".csv" and ".json". The same evaluation gives the same
// bytes.
func (m *Maker) Documents(e engine.Evaluation) ([]engine.Attachment, error) {
	if len(fileName(e)) > 50 {
		return nil, engine.Errorf(engine.Invalid, "the period %q is too long for a file name", e.Period.ID)
	}
	out := m.Names(e)
	for i, f := range m.forms() {
		data, err := f.make(e)
		if err != nil {
			return nil, fmt.Errorf("evaluation %s%s: %w", e.Period.ID, f.ext, err)
		}
		out[i].Data = data
	}
	return out, nil
}
