package document

import (
	"splneno/engine"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
)

// paragraphs gives what the documents of a print say now: those of the whole
// evaluation, and what only another of its papers says.
func (m *Maker) paragraphs(p engine.Print) ([]docx.Paragraph, error) {
	s := m.set(p)
	var out []docx.Paragraph
	seen := map[string]bool{}
	for _, build := range []func() (paper.Paper, error){s.full, s.short, s.council} {
		made, err := build()
		if err != nil {
			return nil, err
		}
		all := paragraphsOf(made.Blocks)
		for _, x := range all {
			if !seen[x.Key] {
				out = append(out, x)
			}
		}
		for _, x := range all {
			seen[x.Key] = x.Key != ""
		}
	}
	return out, nil
}
