package docx

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	"splneno/notify/chart"
	"splneno/notify/paper"
)

// wording reads the texts of the samples.
func wording(t testing.TB) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		if key, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); ok {
			out[key] = text
		}
	}
	return out
}

func coat(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 120, 150))
	for y := range 150 {
		for x := range 120 {
			img.Set(x, y, color.RGBA{uint8(x), 60, uint8(y), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func shell(w map[string]string) paper.Paper {
	return paper.Paper{
		Lang: "cs-CZ", Title: w["title"], Author: w["author"], Subject: w["subtitle"], At: time.Date(2024, 3, 5, 9, 0, 0, 0, time.UTC),
		Running: w["running"], Foot: w["foot"], Words: paper.Words{Contents: w["contents"], Page: w["page"], Figure: w["figure"], Skip: w["skip"]},
		Data: []byte(`{"evaluation":"2023"}`), Sign: func(m []byte) []byte { return append([]byte("seal of "), m...) },
	}
}

// sample is a paper with every block.
func sample(t testing.TB) paper.Paper {
	w := wording(t)
	p := shell(w)
	p.Blocks = []paper.Block{
		paper.Image{Data: coat(t), Type: "image/png", Alt: w["alt"]},
		paper.Para{Style: paper.Title, Spans: []paper.Span{{Text: w["title"]}}},
		paper.Para{Style: paper.Subtitle, Spans: []paper.Span{{Text: w["subtitle"]}}},
		paper.Para{Style: paper.Mark, Spans: []paper.Span{{Text: w["mark"]}}},
		paper.Break{}, paper.Contents{}, paper.Break{},
		paper.Heading{ID: "souhrn", Text: w["h1"], Level: 1},
		paper.Para{Key: "souhrn/1", Spans: []paper.Span{{Text: w["prose"]}, {Text: " " + w["bold"], Bold: true}, {Text: " " + w["italic"], Italic: true}, {Text: " " + w["coloured"], Colour: "#8c1d24"}}},
		paper.Para{Spans: []paper.Span{{Text: "viz "}, {Text: w["caption"], Link: "#tabulka"}, {Text: " a "}, {Text: "web", Link: "https://klatovy.example/pl\u00e1n?a=1&b=2"}, {Text: " nikam", Link: "javascript:alert(1)"}}},
		paper.Para{Style: paper.Note, Spans: []paper.Span{{Text: w["note"]}}},
		paper.List{Items: []paper.Para{{Key: "b/1", Spans: paper.Plain(w["item"]).Spans}, paper.Plain(w["note"])}},
		paper.List{Numbered: true, Items: []paper.Para{paper.Plain(w["item"]), paper.Plain(w["note"])}},
		paper.List{Numbered: true, Items: []paper.Para{paper.Plain("od 1")}},
		paper.Box{Colour: "#1b6b36", Blocks: []paper.Block{paper.Plain(w["boxed"]), paper.List{Items: []paper.Para{paper.Plain(w["item"]), paper.Plain(w["note"])}}, paper.Plain("konec")}},
		paper.Figure{Stack: stackOf(w)}, paper.Figure{Pairs: pairsOf(w)},
		paper.Heading{ID: "opatreni", Text: w["h2"], Level: 2}, paper.Heading{Text: w["h3"], Level: 3}, paper.Heading{Text: w["h4"], Level: 4},
		tableOf(w, 30), paper.Break{},
		paper.Heading{ID: "zaver", Text: w["end"], Level: 1}, paper.Plain(w["prose"]), paper.Signature{Label: w["label"], Name: w["name"]},
	}
	return p
}

func kindsOf(w map[string]string) (out []chart.Kind) {
	signs := strings.Split(w["signs"], "|")
	colours := []string{"#1b6b36", "#1a5f6b", "#8a5200", "#8c1d24", "#1d5f8c", "#4a4a4a", "#5a3d85", "#262626"}
	hatch := []chart.Hatch{chart.Plain, chart.Rising, chart.Falling, chart.Crossed, chart.Level, chart.Upright, chart.Dotted, chart.Hollow}
	for i, l := range strings.Split(w["kinds"], "|") {
		out = append(out, chart.Kind{Label: l, Sign: signs[i], Colour: colours[i], Hatch: hatch[i]})
	}
	return out
}

func stackOf(w map[string]string) *chart.Stack {
	return &chart.Stack{ID: "g1", Title: w["stack"], Desc: w["desc"], Kinds: kindsOf(w),
		Bars: []chart.Bar{{Label: w["area"], Counts: []int{12, 3, 4, 2, 0, 1, 1, 5}}, {Label: "2. Rodiny", Counts: []int{5, 0, 5, 0, 3, 2, 0, 0}}, {Label: "3. Prevence", Counts: []int{1, 0, 0, 6, 0, 0, 0, 2}}}}
}

func pairsOf(w map[string]string) *chart.Pairs {
	k := kindsOf(w)
	return &chart.Pairs{ID: "g2", Title: w["pairs"], Desc: w["pairs"], Planned: chart.Kind{Label: w["planned"], Colour: "#4a4a4a", Hatch: chart.Rising}, Actual: chart.Kind{Label: w["actual"], Colour: k[4].Colour},
		Items: []chart.Pair{{Label: w["clients"], Planned: 250, Actual: 240, PlannedAs: "250 osob", Given: w["persons"]}, {Label: w["posts"], Planned: 3, Actual: 4.5, PlannedAs: "3 " + w["posts"], Given: "4,5 " + w["posts"]}, {Label: w["unplanned"], Actual: 7, Given: "7"}}}
}

func tableOf(w map[string]string, rows int) paper.Table {
	status := strings.Split(w["kinds"], "|")
	t := paper.Table{ID: "tabulka", Caption: w["caption"], RowHeads: true, Columns: []paper.Column{{Title: "Aktivita", Width: 30}, {Title: w["who"], Width: 20}, {Title: "Stav", Width: 15}, {Title: w["what"], Width: 40}, {Title: w["count"], Width: 10, Figures: true}}}
	for i := range rows {
		t.Rows = append(t.Rows, paper.Row{ID: "radek-" + string(rune('a'+i%26)) + strings.Repeat("x", i/26), Cells: []paper.Cell{
			{paper.Plain(w["area"])}, {paper.Plain(w["body"])}, {paper.Para{Spans: []paper.Span{{Text: status[i%8], Bold: true, Colour: "#1b6b36"}}}},
			{paper.Para{Key: "r", Spans: paper.Plain(w["done"]).Spans}, paper.List{Items: []paper.Para{paper.Plain(w["item"])}}}, {paper.Plain("12")}}})
	}
	return append1(t, paper.Row{Total: true, Cells: []paper.Cell{{paper.Plain("Celkem")}, {}, {}, {}, {paper.Plain("360")}}})
}

func append1(t paper.Table, r paper.Row) paper.Table {
	t.Rows = append(t.Rows, r)
	return t
}

func written(t testing.TB, p paper.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
