package document

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
	"splneno/notify/paper/html"
)

// fromFile reads a file of the testdata into a value.
func fromFile(t testing.TB, name string, into any) {
	t.Helper()
	body, err := os.ReadFile("testdata/" + name)
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// rich is a print in which every part has something to say.
func rich(t testing.TB) engine.Print {
	t.Helper()
	p := engine.Print{Evaluation: evaluation(), Address: "https://splneno.example/obec/klatovy/plan/kpss/2023/"}
	e := &p.Evaluation
	fromFile(t, "rich.json", e)
	fromFile(t, "resolutions.json", &p.Resolutions)
	rows := e.Areas[0].Measures[0].Activities
	rows[0].NextStep, rows[0].From = engine.Continue, []string{"kpss2018/1.1/2", "kpss2018/1.4/1"}
	rows[0].Planned = []engine.Indicator{{Name: "klienti", Unit: "osob", Planned: 1200}, {Name: "úvazky", Planned: 3}, {Name: "noclehy"}}
	rows[2].Onward = engine.Onward{How: engine.CarrySplit, Titles: []string{"Bezbariérový vstup", "Zázemí pro asistentky a asistenty"}}
	e.Areas[0].Measures[1].Activities[0].Onward.Reason = "O službu není zájem."
	runs := &e.Areas[1].Measures[0].Activities[0]
	runs.NextStep, runs.PostponedTo = engine.Postpone, "2024-09-30"
	return p
}

func small(t testing.TB) engine.Print {
	t.Helper()
	e := engine.Evaluation{Municipality: "Obec Bolešiny", PlanTitle: "Akční plán", Period: engine.Year(2023), State: engine.EvaluationDraft, Number: 1, Asked: 1, Answered: 1}
	r := engine.ActivityResult{ID: "1.1", Title: "Klub seniorů", Status: engine.Fulfilled, Answered: true, Narrative: "Schází se každý týden."}
	m := engine.MeasureResult{Code: "1.1", Title: "Setkávání", Activities: []engine.ActivityResult{r}}
	m.Totals.Add(r)
	e.Totals = m.Totals
	e.Areas = []engine.AreaResult{{Code: "1", Title: "Senioři", Totals: m.Totals, Measures: []engine.MeasureResult{m}}}
	return engine.Print{Evaluation: e}
}

// papers builds the papers of a print.
func papers(t testing.TB, p engine.Print) map[string]paper.Paper {
	t.Helper()
	s := maker(t).set(p)
	out := map[string]paper.Paper{}
	for name, build := range map[string]func() (paper.Paper, error){"full": s.full, "short": s.short, "council": s.council} {
		var err error
		if out[name], err = build(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestPapersSay holds the text of the papers against what was looked at.
func TestPapersSay(t *testing.T) {
	own := evaluation()
	fromFile(t, "own.json", &own)
	for name, p := range map[string]engine.Print{"rich": rich(t), "restated": {Evaluation: evaluation()}, "draft": {Evaluation: draft()},
		"empty": {Evaluation: empty()}, "small": small(t), "own": {Evaluation: own}} {
		all := papers(t, p)
		golden(t, name+".full.txt", dump(all["full"]))
		if name == "rich" || name == "draft" || name == "empty" {
			golden(t, name+".short.txt", dump(all["short"]))
			golden(t, name+".council.txt", dump(all["council"]))
		}
	}
}

// What counts few persons says so in the version for everybody, and its figure
// stands nowhere.
func TestFewPersons(t *testing.T) {
	p := rich(t)
	p.Evaluation.Publicized = true
	n := &p.Evaluation.Areas[0].Measures[0].Activities[0].Numbers[0]
	n.Value, n.Below = 0, 5
	all := documents(t, p.Evaluation)
	for ext, few := range map[string]string{".csv": "<5", "-excel.csv": czech.Below(5)} {
		if !strings.Contains(all[ext], "klienti: "+few+" osob") {
			t.Errorf("%s does not say that they are few", ext)
		}
	}
	var root map[string]any
	fromFile(t, "../evaluation.schema.json", &root)
	var data any
	if err := json.Unmarshal([]byte(all[".json"]), &data); err != nil {
		t.Fatal(err)
	}
	for _, fault := range check(root, root, data, "few") {
		t.Error(fault)
	}
	text := dump(papers(t, p)["full"])
	for _, want := range []string{"klienti: m\u00e9n\u011b ne\u017e 5 osob;", "\n      m\u00e9n\u011b ne\u017e 5 osob\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	if strings.Contains(text, "1.1/1 klienti: ") {
		t.Error("a chart draws what is not told")
	}
}

// TestPageLooks keeps a page as it is looked at in a browser (cmd/splneno/web has
// a test that asks whether anybody is kept out), without what it carries.
func TestPageLooks(t *testing.T) {
	for name, p := range papers(t, rich(t)) {
		p.Data = nil
		var b strings.Builder
		if err := html.Write(&b, p); err != nil {
			t.Fatal(err)
		}
		golden(t, "rich."+name+".html", b.String())
	}
}

// dump writes a paper as plain text: every block on a line, cells below it.
func dump(p paper.Paper) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %s\nauthor %s\nsubject %s\nrunning %s\nfoot %s\nat %s\n\n", p.Title, p.Author, p.Subject, p.Running, p.Foot, p.At.Format("2006-01-02"))
	dumpBlocks(&b, "", p.Blocks)
	return strings.ReplaceAll(b.String(), "\u00a0", "~")
}

func dumpBlocks(b *strings.Builder, indent string, all []paper.Block) {
	line := func(format string, a ...any) {
		b.WriteString(indent + strings.TrimRight(fmt.Sprintf(format, a...), " ") + "\n")
	}
	para := func(mark string, p paper.Para) {
		text := ""
		for _, s := range p.Spans {
			if s.Link != "" {
				text += "[" + s.Text + "](" + s.Link + ")"
			} else {
				text += s.Text
			}
		}
		if p.Key != "" {
			text += "  {" + p.Key + "}"
		}
		line("%s%s", mark, text)
	}
	for _, block := range all {
		switch block := block.(type) {
		case paper.Heading:
			line("%s %s  <%s>", strings.Repeat("#", block.Level), block.Text, block.ID)
		case paper.Para:
			para([]string{"", "TITLE ", "SUBTITLE ", "MARK ", "note "}[block.Style], block)
		case paper.List:
			for _, item := range block.Items {
				para("- ", item)
			}
		case paper.Table:
			line("TABLE %s <%s>", block.Caption, block.ID)
			for _, c := range block.Columns {
				line("  column %s", c.Title)
			}
			for _, r := range block.Rows {
				line("  row <%s>", r.ID)
				for i, c := range r.Cells {
					line("   %d", i+1)
					dumpBlocks(b, indent+"      ", c)
				}
			}
		case paper.Figure:
			if block.Stack != nil {
				line("CHART %s: %s", block.Stack.Title, block.Stack.Desc)
			} else {
				line("CHART %s: %s", block.Pairs.Title, block.Pairs.Desc)
			}
		case paper.Image:
			line("IMAGE %s", block.Alt)
		case paper.Box:
			line("BOX")
			dumpBlocks(b, indent+"  ", block.Blocks)
		case paper.Signature:
			line("%s ........ %s", block.Label, block.Name)
		case paper.Contents:
			line("CONTENTS")
		case paper.Break:
			line("BREAK")
		}
	}
}
