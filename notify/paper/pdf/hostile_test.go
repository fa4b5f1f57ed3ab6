package pdf

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"splneno/notify/chart"
	"splneno/notify/paper"
)

// everywhere gives a paper that says a text in every place it has.
func everywhere(s string) paper.Paper {
	para := paper.Para{ID: s, Spans: []paper.Span{{Text: s}, {Text: s, Bold: true, Link: s}, {Text: s, Colour: s, Link: "#" + s}, {Text: s, Italic: true, Link: "https://" + s}}}
	blocks := []paper.Block{para, paper.List{Numbered: true, Items: []paper.Para{para}}}
	kinds := []chart.Kind{{Label: s, Sign: s, Colour: s, Hatch: chart.Dotted}}
	return paper.Paper{Lang: s, Title: s, Author: s, Subject: s, Running: s, Foot: s, Words: paper.Words{Contents: s, Page: s, Figure: s}, Data: []byte(s), Blocks: append(blocks,
		paper.Heading{ID: s, Text: s, Level: len(s)}, paper.Contents{}, paper.Box{Colour: s, Blocks: blocks}, paper.Signature{Label: s, Name: s},
		paper.Table{ID: s, Caption: s, Quiet: len(s)%2 == 0, RowHeads: true, Columns: []paper.Column{{Title: s, Width: len(s)}, {Title: s, Figures: true, Width: -1}}, Rows: []paper.Row{{ID: s, Total: true, Cells: []paper.Cell{blocks, blocks}}}},
		paper.Figure{Stack: &chart.Stack{Title: s, Desc: s, Kinds: kinds, Bars: []chart.Bar{{Label: s, Counts: []int{len(s)}}}}},
		paper.Figure{Pairs: &chart.Pairs{Title: s, Desc: s, Planned: kinds[0], Items: []chart.Pair{{Label: s, Planned: 1, Actual: 2, PlannedAs: s, Given: s}}}})}
}

func hostile(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return append(lines, "\x00\x01\x1b[0m\x7f", "\xff\xfe broken \xc3", strings.Repeat("W", 3000), strings.Repeat("\U0001f600", 500), strings.Repeat("\u0301", 200), " \t\n ", "\u00a0", "%d %s %!")
}

func TestHostileTexts(t *testing.T) {
	for _, s := range hostile(t) {
		data := written(t, everywhere(s))
		said := checkRules(t, data).reading()
		if want := squeezed(clean(s)); !strings.Contains(squeezed(said), strings.Map(seen, want)) {
			t.Errorf("%q is not read: %.300q", s, said)
		}
		if out := tool(t, data, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
			t.Error(out)
		}
	}
}

// seen leaves out what a text layer need not give: it has no look.
func seen(r rune) rune {
	if strings.ContainsRune("\u200b\u202e\u202c", r) {
		return -1
	}
	return r
}

func FuzzWrite(f *testing.F) {
	for _, s := range hostile(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 400 {
			return
		}
		data := written(t, everywhere(s))
		checkRules(t, data)
		if got, err := Read(data); err != nil || string(got.Data) != s {
			t.Fatalf("%q, %v", got.Data, err)
		}
	})
}

// A word as long as a book, and headings with nothing between them, take no more
// time than other text.
func TestNothingTakesForever(t *testing.T) {
	begin := time.Now()
	p := paper.Paper{Lang: "cs", Blocks: []paper.Block{paper.Plain(strings.Repeat("x", 1<<20))}}
	for range 5000 {
		p.Blocks = append(p.Blocks, paper.Heading{Text: "Nadpis", Level: 1})
	}
	data := written(t, p)
	if took := time.Since(begin); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	if pages := len(checkRules(t, data).pages); pages > 700 {
		t.Errorf("%d pages", pages)
	}
}

// A meter measures what is kept in memory while a document leaves.
type meter struct {
	writes int
	most   uint64
}

func (m *meter) Write(b []byte) (int, error) {
	if m.writes++; m.writes%1000 == 0 {
		m.most = max(m.most, live())
	}
	return len(b), nil
}

func live() uint64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// Pages leave as they are made: a thousand of them are never in memory at once.
func TestThousandPagesInLittleMemory(t *testing.T) {
	p := full(t)
	p.Blocks = append(p.Blocks, activities(words(t), 4000))
	before := live()
	m := &meter{}
	if err := Write(m, p); err != nil {
		t.Fatal(err)
	}
	kept := float64(m.most-before) / (1 << 20)
	t.Logf("%.1f MiB kept, %d writes", kept, m.writes)
	if m.writes < 3000 || kept > 32 {
		t.Errorf("%.1f MiB are kept, %d writes", kept, m.writes)
	}
	runtime.KeepAlive(p)
}

func TestColours(t *testing.T) {
	for in, want := range map[string]string{"#ff0000": "1 0 0", "#fff": "1 1 1", "": "0 0 0", "red": "0 0 0", "#1": "0 0 0", "#80808080": "0 0 0"} {
		if got := colour(in); got != want {
			t.Errorf("%q is %s", in, got)
		}
	}
	if got := numbers(-0.001, 1.5, 100, 1.006); got != "0 1.5 100 1.01" {
		t.Error(got)
	}
	if !bytes.Equal(srgb(), srgb()) {
		t.Error("the profile changes")
	}
}
