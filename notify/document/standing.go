package document

import (
	"strings"

	"splneno/engine"
)

// Standing holds the rewritten paragraphs of an evaluation against what we would
// write today: Edits are those that stand, Conflicts those whose paragraph says
// something new since, or is there no more (Ours is "" then). The documents say
// ours until somebody chooses.
func (m *Maker) Standing(p engine.Print) (engine.Takeover, error) {
	edits := p.Evaluation.Edits
	if len(edits) == 0 {
		return engine.Takeover{}, nil
	}
	p.Evaluation.Edits = nil
	today, err := m.paragraphs(p)
	if err != nil {
		return engine.Takeover{}, err
	}
	ours := byKey(today)
	var t engine.Takeover
	for _, x := range edits {
		switch stands := strings.Join(ours[x.Key], "\n"); {
		case stands == x.Before:
			t.Edits = append(t.Edits, x)
		case alikeAll(ours[x.Key], x.After): // it says so by itself now
		default:
			t.Conflicts = append(t.Conflicts, engine.EditConflict{Key: x.Key, Before: x.Before, Ours: stands, Mine: x.After})
		}
	}
	return t, nil
}
