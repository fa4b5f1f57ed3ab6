// Package document makes the files of an evaluation that are handed to people:
// papers in several formats, tables and open data. All are made of one
// [engine.Print] and say the same.
//
// It must not know how an evaluation comes about, whether it may be published,
// or where it is kept. No Czech sentence stands in its Go files: they are in
// templates/words.txt. Start reading at [Maker.Documents], then forms.go; what a
// paper says is built in build.go and the files beside it.
package document

import (
	"fmt"
	"iter"
	"slices"
	"sync"
	"text/template"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

// A Maker makes documents. It is safe for concurrent use.
type Maker struct {
	zone      *time.Location
	sentences func() *template.Template // parsed with the first paper: for most of the year none is made
	words     wordList                  // of tables; see templates/data.json
}

// New gives what makes documents.
func New() (*Maker, error) {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	m := &Maker{zone: zone, sentences: sync.OnceValue(func() *template.Template { return readWords(zone) })}
	if m.words, err = readDataWords(); err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	return m, nil
}

func fileName(e engine.Evaluation) string { return "evaluation-" + czech.Slug(e.Period.ID) }

// Names gives the names and types of the documents without making them.
func (m *Maker) Names(e engine.Evaluation) []engine.Attachment {
	var out []engine.Attachment
	for _, f := range formsOf(e) {
		out = append(out, engine.Attachment{Name: fileName(e) + f.end, Type: f.kind})
	}
	return out
}

// Documents gives the documents of a print with these names, without names all of
// them: "evaluation-2023.html", "evaluation-2023-short.html" and so on. Each is made
// when it is asked for: the whole set of a large plan is more than anybody should
// hold. What several need is made once. An error is the last.
func (m *Maker) Documents(p engine.Print, names ...string) iter.Seq2[engine.Attachment, error] {
	return func(yield func(engine.Attachment, error) bool) {
		s := m.set(p)
		for _, f := range formsOf(p.Evaluation) {
			if len(names) > 0 && !slices.Contains(names, fileName(p.Evaluation)+f.end) {
				continue
			}
			a, err := s.make(f)
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// Document gives the one document with this name, or NotFound.
func (m *Maker) Document(p engine.Print, name string) (engine.Attachment, error) {
	for _, f := range formsOf(p.Evaluation) {
		if fileName(p.Evaluation)+f.end == name {
			return m.set(p).make(f)
		}
	}
	return engine.Attachment{}, engine.Errorf(engine.NotFound, "the evaluation has no document %q", name)
}
