package document

import (
	"fmt"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/paper"
)

// meeting is one about the small evaluation.
func meeting() engine.Meeting {
	return engine.Meeting{Plan: "kpss", Period: "2023", ID: 1, Body: "Řídící skupina komunitního plánování", Day: "2024-03-15", Time: "14:00", Place: "zasedací síň radnice",
		Agenda: []string{"Zahájení", "Vyhodnocení plnění plánu za rok 2023", "Různé"}, Items: []string{"A/1", "1.1/3", "1.2/1", "9.9/9"}, Sending: 1}
}

// told gives what a paper says, block by block, as lines to compare.
func told(blocks []paper.Block, indent string) (out []string) {
	add := func(kind, text string) { out = append(out, indent+kind+" "+text) }
	for _, b := range blocks {
		switch b := b.(type) {
		case paper.Heading:
			add(fmt.Sprint("h", b.Level), b.Text)
		case paper.Para:
			add(fmt.Sprint("p", int(b.Style)), b.Text())
		case paper.List:
			for i, item := range b.Items {
				add(fmt.Sprint(i+1, "."), item.Text())
			}
		case paper.Box:
			add("box", "")
			out = append(out, told(b.Blocks, indent+"  ")...)
		case paper.Table:
			var heads []string
			for _, c := range b.Columns {
				heads = append(heads, c.Title)
			}
			add("table", strings.Join(heads, " | "))
			for _, r := range b.Rows {
				add("row", "")
				for _, c := range r.Cells {
					out = append(out, told(c, indent+"  ")...)
				}
			}
		case paper.Signature:
			add("sign", b.Label+" "+b.Name)
		default:
			add("other", fmt.Sprintf("%T", b))
		}
	}
	return out
}

func TestPackPaper(t *testing.T) {
	draft := evaluation()
	draft.State, draft.StatusNames = engine.EvaluationDraft, map[string]string{"unfulfilled": "nezdařilo se"}
	off := meeting()
	off.Items, off.CancelledAt, off.Reason = nil, evaluation().MadeAt, "nemoc předsedkyně"
	for name, c := range map[string]struct {
		m engine.Meeting
		e engine.Evaluation
	}{"pack": {meeting(), evaluation()}, "pack-draft": {meeting(), draft}, "pack-cancelled": {off, evaluation()}} {
		sheet, err := maker(t).packPaper(c.m, engine.Print{Evaluation: c.e})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(append([]string{sheet.Title, sheet.Subject, sheet.Running}, told(sheet.Blocks, "")...), "\n") + "\n"
		golden(t, name+".txt", got)
	}
}

// Every row of every table has a cell for each of its columns, whatever results
// there are.
func TestPackTablesAreWhole(t *testing.T) {
	for n := range 9 {
		e := evaluation()
		e.Areas = e.Areas[:min(n, len(e.Areas))]
		sheet, err := maker(t).packPaper(meeting(), engine.Print{Evaluation: e})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range sheet.Blocks {
			table, ok := b.(paper.Table)
			if !ok {
				continue
			}
			for _, row := range table.Rows {
				if len(row.Cells) != len(table.Columns) {
					t.Errorf("table %s has a row of %d cells in %d columns", table.ID, len(row.Cells), len(table.Columns))
				}
			}
		}
	}
}
