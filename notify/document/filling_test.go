package document

import (
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper/docx"
)

// Every placeholder that is offered stands for something, and nothing of the
// evaluation is left out by a layout that has them all.
func TestEveryPlaceholderIsFilled(t *testing.T) {
	b := maker(t).builder(rich(t))
	f := b.filling()
	for _, p := range Placeholders() {
		if p.Part && len(f.Parts[p.Name]) == 0 || !p.Part && f.Fields[p.Name] == "" {
			t.Errorf("%s stands for nothing", p.Name)
		}
	}
	if b.err != nil {
		t.Fatal(b.err)
	}
	for _, part := range maker(t).builder(rich(t)).parts() {
		known := false
		for _, p := range Placeholders() {
			known = known || czech.Slug(p.Name) == part.name
		}
		if !known {
			t.Errorf("no placeholder stands for the part %s", part.name)
		}
	}
}

// A layout with every placeholder says what our own document says.
func TestOwnLayoutSaysTheSame(t *testing.T) {
	p := rich(t)
	var err error
	if p.Layout, err = ExampleLayout(); err != nil {
		t.Fatal(err)
	}
	a, err := maker(t).Document(p, "evaluation-2023.docx")
	if err != nil {
		t.Fatal(err)
	}
	c, err := docx.Read(a.Data)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, q := range c.Now {
		said[strings.Join(strings.Fields(q.Text), " ")] = true
		if strings.ContainsAny(q.Text, "{}") {
			t.Errorf("a placeholder is left: %q", q.Text)
		}
	}
	title := len(maker(t).builder(p).title("title")) // the layout has a title page of its own
	for _, q := range paragraphsOf(papers(t, p)["full"].Blocks[title:]) {
		if text := strings.Join(strings.Fields(q.Text), " "); text != "" && !said[text] {
			t.Errorf("the document in the town's layout does not say %q", text)
		}
	}
	if e, err := ReadEvaluation(c.Data); err != nil || e.PlanTitle != p.Evaluation.PlanTitle {
		t.Errorf("it carries %q (%v)", e.PlanTitle, err)
	}
}

// A draft is told to be one even in a layout that does not ask for it.
func TestOwnLayoutTellsADraft(t *testing.T) {
	e := draft()
	f := maker(t).builder(engine.Print{Evaluation: e}).filling()
	for _, name := range []string{"souhrn", "vse"} {
		for placeholder, blocks := range f.Parts {
			if czech.Slug(placeholder) != name {
				continue
			}
			var b strings.Builder
			spoken(&b, blocks)
			if !strings.Contains(b.String(), maker(t).builder(engine.Print{Evaluation: e}).say("draft mark", nil)) {
				t.Errorf("%s does not say that it is a draft", name)
			}
		}
	}
}
