package document

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
)

// Edits reads a Word document of this evaluation that somebody worked on, and
// says what it would change; p is the newest evaluation as it is printed. Three
// texts are compared: the document as we wrote it, as it stands now, and what we
// would write today. Its error is Invalid for a file that is not of this
// evaluation.
func (m *Maker) Edits(file []byte, p engine.Print) (engine.Takeover, error) {
	c, err := docx.Read(file)
	if err != nil {
		return engine.Takeover{}, err
	}
	was, err := ReadEvaluation(c.Data)
	if err != nil {
		return engine.Takeover{}, err
	}
	if e := p.Evaluation; was.Plan != e.Plan || was.Period.ID != e.Period.ID {
		return engine.Takeover{}, engine.Errorf(engine.Invalid, "the document is of the plan %.80q and the period %.20q, not of %.80q and %.20q", was.PlanTitle, was.Period.ID, e.PlanTitle, e.Period.ID)
	}
	if was.Publicized {
		return engine.Takeover{}, engine.Errorf(engine.Invalid, "the document is the one for everybody, which leaves things out; work on the one from the desk")
	}
	newest, err := m.paragraphs(p)
	if err != nil {
		return engine.Takeover{}, err
	}
	return takeover(c.Written, c.Now, newest, p.Evaluation.Edits), nil
}

// takeover compares a document as we wrote it with what stands there now, and
// puts what was rewritten in the place of what we would write today, where that
// says what it said then.
func takeover(written, now, newest []docx.Paragraph, has []engine.Edit) engine.Takeover {
	rewritten, refused := rewritings(written, now)
	ours := byKey(newest)
	t := engine.Takeover{Edits: slices.Clone(has), Refused: refused}
	for _, r := range rewritten {
		stands := ours[r.key]
		switch {
		case alikeAll(stands, r.mine): // somebody wrote the same here, or took it over already
		case len(stands) > 0 && alikeAll(stands, r.base):
			t.Edits = put(t.Edits, r.key, stands, r.mine)
			t.Taken++
		default:
			t.Conflicts = append(t.Conflicts, engine.EditConflict{Key: r.key, Before: strings.Join(r.base, "\n"), Ours: strings.Join(stands, "\n"), Mine: r.mine})
		}
	}
	return t
}

// byKey gives the texts of the paragraphs that may be rewritten.
func byKey(list []docx.Paragraph) map[string][]string {
	out := map[string][]string{}
	for _, p := range list {
		if p.Key != "" {
			out[p.Key] = append(out[p.Key], p.Text)
		}
	}
	return out
}

// put makes mine what stands in the place of a paragraph that now reads stands.
// A paragraph that was rewritten before keeps the text it had at first; one that
// says that again has no edit.
func put(edits []engine.Edit, key string, stands, mine []string) []engine.Edit {
	x := engine.Edit{Key: key, Before: strings.Join(stands, "\n"), After: mine}
	i := slices.IndexFunc(edits, func(x engine.Edit) bool { return x.Key == key })
	if i >= 0 && alikeAll(edits[i].After, stands) {
		x.Before = edits[i].Before
	}
	switch back := alikeAll([]string{x.Before}, mine); {
	case back && i >= 0:
		return slices.Delete(edits, i, i+1)
	case back:
		return edits
	case i >= 0:
		edits[i] = x
		return edits
	}
	return append(edits, x)
}

// A rewriting is what became of the paragraphs of one key.
type rewriting struct {
	key        string
	base, mine []string
}

// rewritings gives the keys whose paragraphs are not as they were written, in
// order, and changed paragraphs that have none: they state facts.
func rewritings(written, now []docx.Paragraph) (out []rewriting, refused []engine.EditRefused) {
	w, n := saying(written), saying(now)
	all := map[string]*rewriting{}
	changed := map[string]bool{}
	var order []string
	of := func(key string) *rewriting {
		if all[key] == nil {
			all[key] = &rewriting{key: key}
			order = append(order, key)
		}
		return all[key]
	}
	pairs := align(texts(squeezed(w)), texts(squeezed(n)))
	for i, p := range pairs {
		key := ""
		if p.a >= 0 {
			key = w[p.a].Key
		} else {
			key = host(n[p.b], pairs, i, w)
		}
		switch {
		case key == "" && !p.same:
			refused = append(refused, engine.EditRefused{Before: at(w, p.a), After: at(n, p.b)})
		case key != "":
			r := of(key)
			if p.a >= 0 {
				r.base = append(r.base, w[p.a].Text)
			}
			if p.b >= 0 {
				r.mine = append(r.mine, n[p.b].Text)
			}
			changed[key] = changed[key] || !p.same
		}
	}
	for _, key := range order {
		if changed[key] && !alikeAll(all[key].base, all[key].mine) {
			out = append(out, *all[key])
		}
	}
	return out, refused
}

// host gives the key of the paragraph that a new one belongs to: of the one
// before it, unless that states facts or the one behind it is more like it.
func host(p docx.Paragraph, pairs []pair, i int, w []docx.Paragraph) string {
	var before, behind docx.Paragraph
	for k := i; k >= 0; k-- {
		if a := pairs[k].a; a >= 0 {
			before = w[a]
			break
		}
	}
	for k := i; k < len(pairs); k++ {
		if a := pairs[k].a; a >= 0 {
			behind = w[a]
			break
		}
	}
	of := words3([]string{p.Text, before.Text, behind.Text})
	if before.Key == "" || behind.Key != "" && alike(p.Text, behind.Text, of[0], of[2]) > alike(p.Text, before.Text, of[0], of[1]) {
		return behind.Key
	}
	return before.Key
}

// saying gives the paragraphs that say something, without blanks around them.
func saying(list []docx.Paragraph) []docx.Paragraph {
	var out []docx.Paragraph
	for _, p := range list {
		if text := strings.TrimSpace(p.Text); text != "" {
			out = append(out, docx.Paragraph{Key: p.Key, Text: text})
		}
	}
	return out
}

// alikeAll reports whether two lists of paragraphs say the same, whatever a word
// processor made of their blanks.
func alikeAll(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return slices.Equal(strings.Fields(x), strings.Fields(y)) })
}

// paragraphsOf gives the paragraphs of a paper in reading order.
func paragraphsOf(blocks []paper.Block) []docx.Paragraph {
	var out []docx.Paragraph
	for p := range paper.Paras(blocks) {
		out = append(out, docx.Paragraph{Key: p.Key, Text: p.Text()})
	}
	return out
}
