package workflows

import (
	"iter"
	"strings"
	"testing"

	"splneno/engine"
)

type set = Documents

// cabinet has the documents of an evaluation, as heavy as a test says.
type cabinet struct {
	set
	weight int
}

func (cabinet) Names(engine.Evaluation) (out []engine.Attachment) {
	for _, end := range strings.Fields(".docx .pdf .html -short.docx -short.pdf -short.html -council.docx -council.pdf .xlsx .csv -excel.csv .json -catalogue.jsonld") {
		out = append(out, engine.Attachment{Name: "evaluation-2023" + end})
	}
	return out
}

func (s cabinet) Documents(_ engine.Print, names ...string) iter.Seq2[engine.Attachment, error] {
	return func(yield func(engine.Attachment, error) bool) {
		for _, name := range names {
			made := engine.Attachment{Name: name}
			if !strings.Contains(name, "short") {
				made.Data = make([]byte, s.weight)
			}
			if !yield(made, nil) {
				return
			}
		}
	}
}

// The steering group gets what it reads, not every file there is; and what no mail
// server takes is left out.
func TestEnclosed(t *testing.T) {
	for _, c := range []struct {
		weight int
		want   string
	}{
		{heaviest / 2, "evaluation-2023.docx evaluation-2023.pdf"},
		{heaviest/2 + 1, "evaluation-2023-short.pdf"},
	} {
		got, err := (&Office{Documents: cabinet{weight: c.weight}}).enclosed(engine.Print{})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, a := range got {
			names = append(names, a.Name)
		}
		if strings.Join(names, " ") != c.want {
			t.Errorf("with documents of %d bytes: %v", c.weight, names)
		}
	}
}
