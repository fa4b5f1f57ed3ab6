package document

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
)

// randomEvaluation gives one of any shape: areas without measures, measures
// without units, odd texts. Every title holds a mark of its own.
func randomEvaluation(t testing.TB, r *rand.Rand) engine.Evaluation {
	t.Helper()
	e := evaluation()
	e.Areas, e.Totals, e.Changes, e.Changed = nil, engine.Totals{}, nil, nil
	states := []engine.State{engine.Fulfilled, engine.Partial, engine.Unfulfilled, engine.InProgress, engine.Planned, engine.StateUnknown, "cosi"}
	odd := []string{"", "=1+1", "a;=cmd|x\n=HYPERLINK(1)", "<b>&amp;</b>", "]]>", "\u202eobr\u00e1cen\u011b", "\u200b", "{{.}}", "\"uvozovky\"; st\u0159edn\u00edk", strings.Repeat("dlouh\u00fd text ", 300), "\x00\x07\ufffe", "+420", "-5"}
	n := 0
	for a := range r.IntN(5) {
		area := engine.AreaResult{Code: fmt.Sprint(a + 1), Title: "Oblast " + odd[r.IntN(len(odd))]}
		for m := range r.IntN(4) {
			measure := engine.MeasureResult{Code: fmt.Sprintf("%d.%d", a+1, m+1), Title: "M " + odd[r.IntN(len(odd))], CrossCutting: r.IntN(9) == 0}
			for range r.IntN(6) {
				n++
				row := engine.ActivityResult{ID: fmt.Sprintf("%d.%d/%d", a+1, m+1, n), Title: fmt.Sprintf("Q%dQ %s", n, odd[r.IntN(len(odd))]), Responsible: odd[r.IntN(len(odd))],
					Status: states[r.IntN(len(states))], NoAnswer: r.IntN(5) == 0, Narrative: odd[r.IntN(len(odd))], Missing: odd[r.IntN(len(odd))]}
				if row.Status == engine.Fulfilled && r.IntN(3) == 0 {
					row.Qualifier = engine.AnotherForm
				}
				measure.Totals.Add(row)
				area.Totals.Add(row)
				e.Totals.Add(row)
				measure.Activities = append(measure.Activities, row)
			}
			area.Measures = append(area.Measures, measure)
		}
		e.Areas = append(e.Areas, area)
	}
	e.Years = []engine.YearTotals{{Period: e.Period.ID, Totals: e.Totals}}
	var err error
	if e.Hash, err = e.Digest(); err != nil {
		t.Fatal(err)
	}
	return e
}

// Every unit stands in every format once, sums and shares agree, what was made
// is recognised, and made again it is the same to the byte.
func TestRandomEvaluationsSayTheSame(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	r := rand.New(rand.NewPCG(seed, 1))
	for range 12 {
		e := randomEvaluation(t, r)
		p := engine.Print{Evaluation: e, Sign: sealer(1)}
		files, err := wholeSet(maker(t), p)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		again, err := wholeSet(maker(t), p)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range files {
			if !bytes.Equal(f.Data, again[i].Data) {
				t.Errorf("seed %d: %s is another one the second time", seed, f.Name)
			}
			if !strings.HasSuffix(f.Name, ".csv") {
				if found := opened(t, f.Name, f.Data); len(found.Faults)+len(found.Changes) > 0 {
					t.Errorf("seed %d: %s: %v %.600q", seed, f.Name, found.Faults, found.Changes)
				}
			}
			checkMarks(t, seed, e, f)
		}
		sum := 0
		for _, s := range e.Totals.Shares() {
			sum += s.PerMill
		}
		if all := len(e.Rows()); e.Totals.All != all || all > 0 && sum != 1000 || all == 0 && sum != 0 {
			t.Errorf("seed %d: %d units, %d counted, shares %d", seed, all, e.Totals.All, sum)
		}
	}
}

// checkMarks asks that the units of a file are those of the evaluation, in order.
func checkMarks(t *testing.T, seed uint64, e engine.Evaluation, f engine.Attachment) {
	t.Helper()
	var want, got []string
	for _, r := range e.Rows() {
		want = append(want, mark(r.Title))
	}
	switch name := strings.TrimPrefix(f.Name, "evaluation-"+e.Period.ID); name {
	case ".csv", "-excel.csv":
		c := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(f.Data), "\ufeff")))
		if name != ".csv" {
			c.Comma = ';'
		}
		rows, err := c.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			i := slices.IndexFunc(row, func(s string) bool { return mark(s) != "" })
			got = append(got, mark(row[i]))
			for _, cell := range row {
				for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";\r\n", r) }) {
					if strings.HasPrefix(strings.TrimSpace(part), "=") {
						t.Errorf("seed %d: %s holds the formula %q", seed, f.Name, part)
					}
				}
			}
		}
	case ".json":
		back, err := ReadEvaluation(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range back.Rows() {
			got = append(got, mark(r.Title))
		}
		if back.Totals != e.Totals || !json.Valid(f.Data) {
			t.Errorf("seed %d: totals %+v", seed, back.Totals)
		}
	case ".xlsx":
		b, err := excelize.OpenReader(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := b.GetRows("Aktivity")
		if err != nil && len(want) > 0 {
			t.Fatal(err)
		}
		for _, row := range rows[min(1, len(rows)):] {
			got = append(got, mark(strings.Join(row, " ")))
		}
	case ".docx", ".html":
		text := string(f.Data)
		if name == ".docx" {
			text = partOf(t, f.Data, wordMain)
		}
		for _, m := range want {
			if !strings.Contains(text, m) {
				t.Errorf("seed %d: %s does not tell %s", seed, f.Name, m)
			}
		}
		return
	default:
		return
	}
	if !slices.Equal(got, want) {
		t.Errorf("seed %d: %s has %v, want %v", seed, f.Name, got, want)
	}
}

// mark gives the mark in a title.
func mark(s string) string {
	for i := 0; ; {
		at := strings.IndexByte(s[i:], 'Q')
		if at < 0 {
			return ""
		}
		rest := s[i+at+1:]
		if end := strings.IndexByte(rest, 'Q'); end > 0 && end < 6 && strings.Trim(rest[:end], "0123456789") == "" {
			return "Q" + rest[:end] + "Q"
		}
		i += at + 1
	}
}

func partOf(t testing.TB, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
