package document

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

// each calls f for every block of a paper, those within others too.
func each(blocks []paper.Block, f func(paper.Block)) {
	for _, b := range blocks {
		f(b)
		switch b := b.(type) {
		case paper.List:
			for _, item := range b.Items {
				f(item)
			}
		case paper.Box:
			each(b.Blocks, f)
		case paper.Table:
			for _, r := range b.Rows {
				for _, c := range r.Cells {
					each(c, f)
				}
			}
		}
	}
}

// TestPapersHoldTogether holds every paper against what the writers rely on.
func TestPapersHoldTogether(t *testing.T) {
	prints := map[string]engine.Print{"rich": rich(t), "restated": {Evaluation: evaluation()}, "draft": {Evaluation: draft()}, "empty": {Evaluation: empty()}, "small": small(t)}
	for _, h := range hostile {
		p := rich(t)
		free(&p.Evaluation, func(string) string { return h })
		prints[fmt.Sprintf("%.20q", h)] = p
	}
	for name, p := range prints {
		for kind, built := range papers(t, p) {
			t.Run(name+" "+kind, func(t *testing.T) { holdsTogether(t, built) })
		}
	}
}

func holdsTogether(t *testing.T, p paper.Paper) {
	ids, level, titles := map[string]bool{}, 0, 0
	place := func(id string) {
		if id != "" && (ids[id] || strings.ContainsAny(id, " \"<>#")) {
			t.Errorf("%q names two places, or is none", id)
		}
		ids[id] = true
	}
	each(p.Blocks, func(b paper.Block) {
		switch b := b.(type) {
		case paper.Heading:
			place(b.ID)
			if b.Level > level+1 || b.Level < 1 || b.Level > 4 {
				t.Errorf("heading %q of level %d follows one of %d", b.Text, b.Level, level)
			}
			level = b.Level
		case paper.Para:
			place(b.ID)
			if b.Style == paper.Title {
				titles++
			}
		case paper.Table:
			place(b.ID)
			if b.Caption == "" {
				t.Errorf("a table has no caption: %v", b.Columns)
			}
			for _, r := range b.Rows {
				place(r.ID)
				if len(r.Cells) != len(b.Columns) {
					t.Errorf("%d cells in %d columns of %s", len(r.Cells), len(b.Columns), b.Caption)
				}
			}
		case paper.Figure:
			if b.Stack != nil && (b.Stack.Title == "" || b.Stack.Desc == "") || b.Pairs != nil && (b.Pairs.Title == "" || b.Pairs.Desc == "") {
				t.Error("a figure says nothing to who cannot see it")
			}
		}
	})
	each(p.Blocks, func(b paper.Block) {
		para, _ := b.(paper.Para)
		for _, s := range para.Spans {
			if at, inside := strings.CutPrefix(s.Link, "#"); inside && !ids[at] {
				t.Errorf("a link leads to %q, which is nowhere", at)
			}
			if s.Colour != "" && !strings.ContainsFunc(s.Text, unicode.IsLetter) && len(s.Text) < 4 {
				t.Errorf("%q is told by its colour alone", s.Text)
			}
		}
	})
	if titles != 1 {
		t.Errorf("%d titles", titles)
	}
}

// TestStatusIsAWord: each row of the tables of four columns says its result in
// the word of the town, beside the sign.
func TestStatusIsAWord(t *testing.T) {
	own := evaluation()
	fromFile(t, "own.json", &own)
	for _, e := range []engine.Evaluation{evaluation(), own} {
		p := papers(t, engine.Print{Evaluation: e})["full"]
		said := map[string]string{}
		each(p.Blocks, func(b paper.Block) {
			if table, ok := b.(paper.Table); ok {
				for _, r := range table.Rows {
					if r.ID != "" {
						said[r.ID] = r.Cells[2][0].(paper.Para).Text()
					}
				}
			}
		})
		for _, r := range e.Rows() {
			want := czech.StatusWord(r.Status, r.Qualifier)
			if r.NoAnswer {
				want = czech.NoAnswer
			}
			if w := e.StatusNames[r.Result()]; w != "" {
				want = w
			}
			got := said["a-"+czech.Slug(r.ID)]
			if sign, word, _ := strings.Cut(got, "\u00a0"); word != want || sign == "" {
				t.Errorf("%s is said to be %q, not %q", r.ID, got, want)
			}
		}
	}
}

// Random totals: in the table every line adds up, to its total and to 100 %, and
// no count is left out.
func TestTalliesAddUp(t *testing.T) {
	m := maker(t)
	s := speaker{sentences: m.sentences()}
	r := rand.New(rand.NewPCG(7, 2027))
	for range 300 {
		var lines []tally
		for range 1 + r.IntN(5) {
			var totals engine.Totals
			for _, share := range totals.Shares() {
				if r.IntN(2) > 0 {
					totals.Count(share.Name, r.IntN(1<<r.IntN(12)))
				}
			}
			lines = append(lines, tally{Label: "x", Totals: totals})
		}
		table := s.tallies("t", "c", "f", lines)
		for i, row := range table.Rows {
			counted, shared := 0, 0
			for _, c := range row.Cells[1 : len(row.Cells)-1] {
				counted += figureIn(t, c[0])
				if len(c) > 1 {
					shared += permillIn(t, c[1])
				}
			}
			if all := lines[i].Totals.All; counted != all || figureIn(t, row.Cells[len(row.Cells)-1][0]) != all || all > 0 && shared != 1000 {
				t.Fatalf("%+v: %d counted, shares of %d in the line %v", lines[i].Totals, counted, shared, row)
			}
		}
	}
	if s.err != nil {
		t.Error(s.err)
	}
}

func figureIn(t *testing.T, b paper.Block) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(b.(paper.Para).Text(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// permillIn reads "33,4 %".
func permillIn(t *testing.T, b paper.Block) int {
	t.Helper()
	text := strings.TrimSuffix(b.(paper.Para).Text(), "\u00a0%")
	whole, part, _ := strings.Cut(text, ",")
	var n, tenth int
	if _, err := fmt.Sscan(whole, &n); err != nil {
		t.Fatal(err)
	}
	if part != "" {
		if _, err := fmt.Sscan(part, &tenth); err != nil {
			t.Fatal(err)
		}
	}
	return n*10 + tenth
}

// TestPlurals keeps every sentence with a number in it, for 0, 1, 2, 5 and 21.
func TestPlurals(t *testing.T) {
	m := maker(t)
	s := speaker{sentences: m.sentences()}
	var b strings.Builder
	for _, n := range []int{0, 1, 2, 5, 21} {
		for _, name := range []string{"unheard", "silence", "unmet", "others", "undecided", "chart first"} {
			fmt.Fprintf(&b, "%d %s: %s\n", n, name, s.say(name, n))
		}
		for _, share := range (engine.Totals{}).Shares() {
			var totals engine.Totals
			totals.Count(share.Name, n)
			fmt.Fprintf(&b, "%d %s: %s\n", n, share.Name, s.say("totals", map[string]any{"All": n, "Counts": s.counts(totals)}))
		}
		totals := engine.Totals{All: 2 * n, Fulfilled: n}
		fmt.Fprintf(&b, "%d kept: %s\n", n, s.say("kept", totals))
		fmt.Fprintf(&b, "%d asked: %s\n", n, s.say("asked", engine.Evaluation{Asked: 3 * n, Answered: n, Silent: n}))
		fmt.Fprintf(&b, "%d letters: %s\n\n", n, s.say("method letters", engine.Evaluation{Asking: engine.Asking{Letters: []engine.MailDay{{Day: "2024-01-08", Bodies: n}}}}))
	}
	if s.err != nil {
		t.Fatal(s.err)
	}
	golden(t, "plurals.txt", strings.ReplaceAll(b.String(), "\u00a0", "~"))
}

// keyed gives the paragraphs that may be rewritten, by key.
func keyed(p paper.Paper) map[string][]string {
	out := map[string][]string{}
	each(p.Blocks, func(b paper.Block) {
		if para, ok := b.(paper.Para); ok && para.Key != "" {
			out[para.Key] = append(out[para.Key], para.Text())
		}
	})
	return out
}

// Each paragraph that may be rewritten is rewritten once, alone: the paper says
// the new words there, and in every other place what it said before.
func TestEveryKeyCanBeRewritten(t *testing.T) {
	p := rich(t)
	p.Evaluation.Edits = nil
	before := keyed(papers(t, p)["full"])
	if len(before) < 20 {
		t.Fatalf("only %d paragraphs can be rewritten", len(before))
	}
	for key, texts := range before {
		if len(texts) != 1 {
			t.Errorf("%s names %d paragraphs", key, len(texts))
		}
		for _, after := range [][]string{nil, {"jinak"}, {"jinak", "a je\u0161t\u011b"}} {
			p.Evaluation.Edits = []engine.Edit{{Key: key, Before: texts[0], After: after}}
			now := keyed(papers(t, p)["full"])
			if !slices.Equal(now[key], after) {
				t.Errorf("%s says %q, not %q", key, now[key], after)
			}
			for other, texts := range before {
				if other != key && !slices.Equal(now[other], texts) {
					t.Errorf("%s changes what %s says: %q", key, other, now[other])
				}
			}
			p.Evaluation.Edits[0].Before += " d\u0159\u00edve"
			if now := keyed(papers(t, p)["full"]); !slices.Equal(now[key], texts) {
				t.Errorf("%s says %q though what was rewritten says something else", key, now[key])
			}
		}
	}
}

// What is rewritten in the tables is said so wherever it is repeated.
func TestRewrittenEverywhere(t *testing.T) {
	p := rich(t)
	for kind, built := range papers(t, p) {
		text := dump(built)
		if strings.Contains(text, "Zb\u00fdv\u00e1 dokon\u010dit") || strings.Contains(text, "Tohle se nesm\u00ed objevit") {
			t.Errorf("%s says what was rewritten, or what no longer fits", kind)
		}
		if kind != "council" && !strings.Contains(text, "Vstup bude bez bari\u00e9r v \u010dervnu.") {
			t.Errorf("%s does not say the coordinator's words", kind)
		}
	}
}
