package planfile_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

var (
	markOfBlock = regexp.MustCompile(`</?(?:p|br|li|ul|ol)\b[^<>]*>`)
	anyMark     = regexp.MustCompile(`<[^<>]*>`)
	ruleOfTable = regexp.MustCompile(`^[-\s]+$`)
)

// unmarked gives the paragraphs of a cell of the seed.
func unmarked(s string) []string {
	var out []string
	for p := range strings.SplitSeq(markOfBlock.ReplaceAllString(s, "\n"), "\n") {
		if p = strings.Join(strings.Fields(html.UnescapeString(anyMark.ReplaceAllString(p, ""))), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// wordOfSeed makes the document the text of the action plan was taken from:
// rows of "label TAB value" are tables again, and parties stand on lines of
// their own, which the text has lost. parties gives them by the raw text.
func wordOfSeed(text string, parties map[string][]string) string {
	var b strings.Builder
	var rows [][2][]string
	flush := func() {
		var trs []string
		for _, r := range rows {
			trs = append(trs, tr(tc("", r[0]...), tc("", r[1]...)))
		}
		if len(trs) > 0 {
			b.WriteString(tbl(trs...))
		}
		rows = nil
	}
	for raw := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n") {
		label, value, tabbed := strings.Cut(raw, "\t")
		switch {
		case strings.TrimSpace(raw) == "" || ruleOfTable.MatchString(raw):
		case tabbed:
			values := unmarked(value)
			if names := parties[strings.Join(values, " ")]; names != nil {
				values = names
			}
			rows = append(rows, [2][]string{unmarked(label), values})
		case strings.HasPrefix(raw, "<p>") && len(rows) > 0:
			rows[len(rows)-1][1] = append(rows[len(rows)-1][1], unmarked(raw)...)
		default:
			flush()
			b.WriteString(wp(strings.Join(unmarked(raw), " ")))
		}
	}
	flush()
	return b.String()
}

// TestWordActionPlanSeed wants of the document what the text gives, and every
// party sure where the lines of the cell part them.
func TestWordActionPlanSeed(t *testing.T) {
	fromText := seed(t, "001")
	parties := map[string][]string{}
	for _, a := range fromText.Activities {
		for _, p := range a.Responsible {
			parties[a.ResponsibleRaw] = append(parties[a.ResponsibleRaw], p.Name)
		}
	}
	for raw := range parties { // units may share their parties
		parties[raw] = slices.Compact(slices.Sorted(slices.Values(parties[raw])))
	}
	found, err := filepath.Glob("../../../shared/seeds/001_*.txt")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	d := mustRead(t, "seed.docx", wordFile(t, wordOfSeed(string(text), parties), nil))
	want, got := totalsOf(fromText), totalsOf(d)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	n := 0
	for _, a := range d.Activities {
		n += len(a.Responsible)
		if slices.Contains(a.Unsure, "responsible") {
			t.Errorf("%s: %s", a.ID, a.ResponsibleRaw)
		}
	}
	if len(d.Activities) != 26 || n != 70 || d.Plan.Kind != engine.ActionPlan {
		t.Errorf("%d units, %d parties, %s", len(d.Activities), n, d.Plan.Kind)
	}
}
