package document

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
)

func TestTakeover(t *testing.T) {
	p := func(list ...string) (out []docx.Paragraph) { // "key:text"; ":text" states a fact
		for _, s := range list {
			key, text, _ := strings.Cut(s, ":")
			out = append(out, docx.Paragraph{Key: key, Text: text})
		}
		return out
	}
	written := p(":Souhrn", "u/1:Rok byl dobrý.", "u/2:Vznikly dvě služby.", ":1.1/1 Dílna", ":splněno", "n1/1:Dílna běží.", ":1.1/2 Klub", ":splněno", "n2/1:Dílna běží.", ":Konec")
	now := func(change func(l []string) []string) []docx.Paragraph {
		return p(change([]string{":Souhrn", ":Rok byl dobrý.", ":Vznikly dvě služby.", ":1.1/1 Dílna", ":splněno", ":Dílna běží.", ":1.1/2 Klub", ":splněno", ":Dílna běží.", ":Konec"})...)
	}
	set := func(i int, s string) func([]string) []string {
		return func(l []string) []string { l[i] = ":" + s; return l }
	}
	for _, tt := range []struct {
		what   string
		now    []docx.Paragraph
		newest []docx.Paragraph
		has    []engine.Edit
		want   engine.Takeover
	}{
		{"nothing", now(func(l []string) []string { return l }), written, nil, engine.Takeover{}},
		{"blanks only", now(set(1, "Rok  byl\u00a0dobrý. ")), written, nil, engine.Takeover{}},
		{"a word", now(set(1, "Rok byl výborný.")), written, nil, engine.Takeover{Edits: []engine.Edit{{Key: "u/1", Before: "Rok byl dobrý.", After: []string{"Rok byl výborný."}}}, Taken: 1}},
		{"all of it", now(set(8, "Zcela jinak")), written, nil, engine.Takeover{Edits: []engine.Edit{{Key: "n2/1", Before: "Dílna běží.", After: []string{"Zcela jinak"}}}, Taken: 1}},
		{"taken out", now(func(l []string) []string { return slices.Delete(l, 5, 6) }), written, nil, engine.Takeover{Edits: []engine.Edit{{Key: "n1/1", Before: "Dílna běží."}}, Taken: 1}},
		{"added behind", now(func(l []string) []string { return slices.Insert(l, 6, ":A dál.", ":", ":A ještě.") }), written, nil,
			engine.Takeover{Edits: []engine.Edit{{Key: "n1/1", Before: "Dílna běží.", After: []string{"Dílna běží.", "A dál.", "A ještě."}}}, Taken: 1}},
		{"added before the first", now(func(l []string) []string { return slices.Insert(l, 1, ":Vážení,") }), written, nil,
			engine.Takeover{Edits: []engine.Edit{{Key: "u/1", Before: "Rok byl dobrý.", After: []string{"Vážení,", "Rok byl dobrý."}}}, Taken: 1}},
		{"divided", now(func(l []string) []string { return slices.Replace(l, 2, 3, ":Vznikly", ":dvě služby.") }), written, nil,
			engine.Takeover{Edits: []engine.Edit{{Key: "u/2", Before: "Vznikly dvě služby.", After: []string{"Vznikly", "dvě služby."}}}, Taken: 1}},
		{"joined", now(func(l []string) []string { return slices.Replace(l, 1, 3, ":Rok byl dobrý. Vznikly dvě služby.") }), written, nil,
			engine.Takeover{Edits: []engine.Edit{{Key: "u/1", Before: "Rok byl dobrý.", After: []string{"Rok byl dobrý. Vznikly dvě služby."}}, {Key: "u/2", Before: "Vznikly dvě služby."}}, Taken: 2}},
		{"a fact", now(set(7, "nesplněno")), written, nil, engine.Takeover{Refused: []engine.EditRefused{{Before: "splněno", After: "nesplněno"}}}},
		{"among facts", now(func(l []string) []string { return slices.Insert(l, 4, ":poznámka") }), written, nil, engine.Takeover{Refused: []engine.EditRefused{{After: "poznámka"}}}},
		{"changed here since", now(set(1, "Rok byl výborný.")), p(":Souhrn", "u/1:Rok byl horší.", "u/2:Vznikly dvě služby."), nil,
			engine.Takeover{Conflicts: []engine.EditConflict{{Key: "u/1", Before: "Rok byl dobrý.", Ours: "Rok byl horší.", Mine: []string{"Rok byl výborný."}}}}},
		{"gone here since", now(set(5, "Dílna stojí.")), p(":Souhrn", "u/1:Rok byl dobrý."), nil,
			engine.Takeover{Conflicts: []engine.EditConflict{{Key: "n1/1", Before: "Dílna běží.", Mine: []string{"Dílna stojí."}}}}},
		{"the same here", now(set(1, "Rok byl výborný.")), p("u/1:Rok byl výborný."), []engine.Edit{{Key: "u/1", Before: "Rok byl dobrý.", After: []string{"Rok byl výborný."}}},
			engine.Takeover{Edits: []engine.Edit{{Key: "u/1", Before: "Rok byl dobrý.", After: []string{"Rok byl výborný."}}}}},
		{"on top of an edit", now(set(1, "Rok byl výborný.")), written, []engine.Edit{{Key: "u/1", Before: "Původně.", After: []string{"Rok byl dobrý."}}},
			engine.Takeover{Edits: []engine.Edit{{Key: "u/1", Before: "Původně.", After: []string{"Rok byl výborný."}}}, Taken: 1}},
		{"back to ours", now(set(1, "Původně.")), written, []engine.Edit{{Key: "x", Before: "a", After: []string{"b"}}, {Key: "u/1", Before: "Původně.", After: []string{"Rok byl dobrý."}}},
			engine.Takeover{Edits: []engine.Edit{{Key: "x", Before: "a", After: []string{"b"}}}, Taken: 1}},
	} {
		got := takeover(written, tt.now, tt.newest, tt.has)
		if len(got.Edits) == 0 {
			got.Edits = nil
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", tt.what, diff)
		}
	}
}

// A random document is worked on at random while rows change here: no paragraph
// somebody wrote is lost, and conflicts are exactly those both sides changed.
func TestNoEditIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 4))
	say := func() string {
		words := strings.Fields("služba běží podle plánu zájem trvá kapacita nestačí dotace přišla pozdě klientů přibylo žádáme dál")
		var out []string
		for range 1 + r.IntN(12) {
			out = append(out, words[r.IntN(len(words))])
		}
		return strings.Join(out, " ") + "."
	}
	for round := range 400 {
		prose := map[string]string{} // by key, as written
		var rows []int
		for i := range 1 + r.IntN(30) {
			rows = append(rows, i)
			for n := range 1 + r.IntN(3) {
				prose[fmt.Sprintf("%d/%d", i, n)] = say()
			}
		}
		print := func(rows []int, prose map[string]string) (out []docx.Paragraph) {
			for _, i := range rows {
				out = append(out, docx.Paragraph{Text: fmt.Sprintf("Aktivita číslo %d", i)}, docx.Paragraph{Text: "splněno"})
				for n := range 3 {
					if text := prose[fmt.Sprintf("%d/%d", i, n)]; text != "" {
						out = append(out, docx.Paragraph{Key: fmt.Sprintf("%d/%d", i, n), Text: text})
					}
				}
				out = append(out, docx.Paragraph{Text: fmt.Sprintf("Schváleno pod číslem %d", i)})
			}
			return out
		}
		written := print(rows, prose)
		mine := map[string][]string{} // what was written in the word processor
		var now []docx.Paragraph
		for _, p := range written {
			texts := []string{p.Text}
			switch {
			case p.Key == "":
			case r.IntN(6) == 0 && strings.HasSuffix(p.Key, "/0") && prose[strings.TrimSuffix(p.Key, "0")+"1"] == "": // the only one of its row
				texts = []string{fmt.Sprint("Zcela jinak ", r.IntN(1000))}
			case r.IntN(6) == 0:
				texts = []string{p.Text + fmt.Sprint(" nově ", r.IntN(1000))}
			case r.IntN(10) == 0:
				texts = append(texts, fmt.Sprint("Přidáno ", r.IntN(1000)))
			}
			if p.Key != "" && !slices.Equal(texts, []string{p.Text}) {
				mine[p.Key] = texts
			}
			for _, text := range texts {
				now = append(now, docx.Paragraph{Text: text})
			}
		}
		here := map[string]string{}
		for key, text := range prose {
			if r.IntN(6) == 0 {
				text = say() + " u nás"
			}
			here[key] = text
		}
		left := slices.DeleteFunc(slices.Clone(rows), func(int) bool { return r.IntN(12) == 0 })
		newest := print(append(left, 1000+round), here)
		got := takeover(written, now, newest, nil)
		told := map[string][]string{}
		for _, x := range got.Edits {
			if x.Before != prose[x.Key] || here[x.Key] != prose[x.Key] {
				t.Fatalf("%s is taken although it changed here", x.Key)
			}
			told[x.Key] = x.After
		}
		for _, c := range got.Conflicts {
			if c.Ours == prose[c.Key] {
				t.Fatalf("%s is a conflict although nothing changed here", c.Key)
			}
			told[c.Key] = c.Mine
		}
		if diff := cmp.Diff(mine, told); diff != "" || len(got.Refused) > 0 || len(got.Edits)+len(got.Conflicts) != len(mine) {
			t.Fatalf("round %d: %v\n%s", round, got.Refused, diff)
		}
	}
}

// Whatever the two texts are, every paragraph of both is told once and in order.
func TestAlignTellsEveryTextOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		text := func() (out []string) {
			for range r.IntN(14) {
				out = append(out, string(rune('a'+r.IntN(5)))+" slovo")
			}
			return out
		}
		a, b := text(), text()
		var i, j int
		for _, p := range align(a, b) {
			if p.a >= 0 {
				if p.a != i {
					t.Fatalf("%v %v: %d comes after %d", a, b, p.a, i-1)
				}
				i++
			}
			if p.b >= 0 {
				if p.b != j {
					t.Fatalf("%v %v: %d comes after %d", a, b, p.b, j-1)
				}
				j++
			}
			if p.same != (p.a >= 0 && p.b >= 0 && a[p.a] == b[p.b]) {
				t.Fatalf("%v %v: %+v", a, b, p)
			}
		}
		if i != len(a) || j != len(b) {
			t.Fatalf("%v %v: %d and %d told", a, b, i, j)
		}
	}
}

func TestAlignIsQuick(t *testing.T) {
	var a, b []string
	for i := range 60_000 {
		a, b = append(a, fmt.Sprint("stejné ", i%7)), append(b, fmt.Sprint("stejné ", i%11))
	}
	begun := time.Now()
	align(a, b)
	t.Logf("60,000 paragraphs without an anchor: %v", time.Since(begun))
}

// The way through Word: a document, worked on; the evaluation, changed since;
// and what comes of it printed.
func TestEditsOfADocument(t *testing.T) {
	m := maker(t)
	e := evaluation()
	e.State, e.Number = engine.EvaluationDraft, 1
	e.Foreword, e.Conclusion = "Rok 2023 byl rokem změn.", "Děkujeme všem poskytovatelům."
	doc, err := m.Document(engine.Print{Evaluation: e}, "evaluation-2023.docx")
	if err != nil {
		t.Fatal(err)
	}
	file := rewritten(t, doc.Data, "Rok 2023 byl rokem změn.", "Rok 2023 přinesl mnoho dobrého.")
	file = rewritten(t, file, "Děkujeme všem poskytovatelům.", "Děkujeme.")
	file = rewritten(t, file, "Nepodařilo se získat dotaci.", "Dotaci nezískal nikdo v okrese.")
	file = rewritten(t, file, "Městský ústav sociálních služeb Klatovy", "Někdo jiný")
	newest := e
	newest.Conclusion = "Děkujeme všem poskytovatelům i dárcům."
	got, err := m.Edits(file, engine.Print{Evaluation: newest})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Edits) != 2 || got.Taken != 2 || len(got.Conflicts) != 1 || len(got.Refused) != 1 || got.Conflicts[0].Ours != newest.Conclusion {
		t.Fatalf("%+v", got)
	}
	newest.Edits = got.Edits
	page, err := m.Document(engine.Print{Evaluation: newest}, "evaluation-2023.html")
	if err != nil || !strings.Contains(string(page.Data), "Rok 2023 přinesl mnoho dobrého.") || strings.Contains(string(page.Data), "rokem změn") || !strings.Contains(string(page.Data), "Dotaci nezískal nikdo v okrese.") {
		t.Errorf("the page does not say what was taken over: %v", err)
	}
	again, err := m.Edits(file, engine.Print{Evaluation: newest})
	if err != nil || again.Taken != 0 || len(again.Edits) != 2 {
		t.Errorf("taken over twice: %+v %v", again, err)
	}
	newest.Foreword = "Rok 2023 byl rokem oprav."
	standing, err := m.Standing(engine.Print{Evaluation: newest})
	if err != nil || len(standing.Edits) != 1 || len(standing.Conflicts) != 1 || standing.Conflicts[0].Ours != newest.Foreword || standing.Conflicts[0].Mine[0] != "Rok 2023 přinesl mnoho dobrého." {
		t.Errorf("what no longer fits: %+v %v", standing, err)
	}
	newest.Foreword = ""
	if standing, err = m.Standing(engine.Print{Evaluation: newest}); err != nil || len(standing.Conflicts) != 1 || standing.Conflicts[0].Ours != "" {
		t.Errorf("a paragraph that is gone: %+v %v", standing, err)
	}
	public := e
	public.Publicized = true
	if forAll, err := m.Document(engine.Print{Evaluation: public, Address: "https://plan.example/"}, "evaluation-2023.docx"); err != nil {
		t.Fatal(err)
	} else if _, err := m.Edits(forAll.Data, engine.Print{Evaluation: newest}); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("the document for everybody: %v", err)
	}
	other := e
	other.Period = engine.Year(2024)
	if _, err := m.Edits(file, engine.Print{Evaluation: other}); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("a document of another year: %v", err)
	}
}

// Four thousand rows, worked on here and there.
func TestEditsOfFourThousand(t *testing.T) {
	m, e := maker(t), big(4000)
	written, err := m.paragraphs(engine.Print{Evaluation: e})
	if err != nil {
		t.Fatal(err)
	}
	now, n := slices.Clone(written), 0
	for i := range now {
		if now[i].Key != "" && i%29 == 0 {
			now[i].Text += " A dál."
			n++
		}
	}
	begun := time.Now()
	got := takeover(written, now, written, nil)
	t.Logf("%d paragraphs, %d worked on: %v", len(written), n, time.Since(begun))
	if len(got.Edits) != n || len(got.Conflicts)+len(got.Refused) > 0 || n < 100 {
		t.Errorf("%d edits of %d, %d conflicts, %d refused", len(got.Edits), n, len(got.Conflicts), len(got.Refused))
	}
}

func TestSpokenIsInReadingOrder(t *testing.T) {
	key := func(k string) paper.Para { return paper.Para{Key: k, Spans: []paper.Span{{Text: k}, {Text: "!"}}} }
	got := paragraphsOf([]paper.Block{paper.Heading{Text: "nadpis"}, key("a"), paper.List{Items: []paper.Para{key("b"), key("c")}}, paper.Box{Blocks: []paper.Block{key("d")}},
		paper.Table{Rows: []paper.Row{{Cells: []paper.Cell{{key("e")}, {paper.List{Items: []paper.Para{key("f")}}}}}}}, paper.Break{}})
	if s := fmt.Sprint(got); s != "[{a a!} {b b!} {c c!} {d d!} {e e!} {f f!}]" {
		t.Error(s)
	}
}
