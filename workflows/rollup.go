package workflows

import (
	"strings"

	"splneno/engine"
)

// heaviest is how many bytes of documents a letter to the steering group carries at
// most: as mail they are a third longer, and above 10 MB servers refuse it.
const heaviest = 7 << 20

// enclosed gives the documents that go with the letter to the steering group: the
// whole evaluation to read and to work with, or the short one alone where that is
// too heavy.
func (o *Office) enclosed(p engine.Print) ([]engine.Attachment, error) {
	whole, err := o.chosen(p, func(name string) bool {
		return !strings.Contains(name, "-short.") && !strings.Contains(name, "-council.") &&
			(strings.HasSuffix(name, ".pdf") || strings.HasSuffix(name, ".docx"))
	})
	if err != nil {
		return nil, err
	}
	weight := 0
	for _, d := range whole {
		weight += len(d.Data)
	}
	if weight <= heaviest {
		return whole, nil
	}
	return o.chosen(p, func(name string) bool { return strings.HasSuffix(name, "-short.pdf") })
}

// chosen makes the documents of a print whose names fit.
func (o *Office) chosen(p engine.Print, fits func(name string) bool) ([]engine.Attachment, error) {
	var names []string
	for _, d := range o.Documents.Names(p.Evaluation) {
		if fits(d.Name) {
			names = append(names, d.Name)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	var out []engine.Attachment
	for made, err := range o.Documents.Documents(p, names...) {
		if err != nil {
			return nil, err
		}
		out = append(out, made)
	}
	return out, nil
}
