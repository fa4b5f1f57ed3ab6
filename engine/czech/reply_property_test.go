package czech_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/czech"
)

// Answers written in every plain way read back exactly.
func TestGeneratedRepliesReadBack(t *testing.T) {
	words := []struct {
		text      string
		state     engine.State
		qualifier string
	}{
		{"ano", engine.Fulfilled, ""}, {"splněno", engine.Fulfilled, ""}, {"hotovo", engine.Fulfilled, ""}, {"OK", engine.Fulfilled, ""}, {"splnené", engine.Fulfilled, ""},
		{"ne", engine.Unfulfilled, ""}, {"nesplněno", engine.Unfulfilled, ""}, {"nebylo splněno", engine.Unfulfilled, ""}, {"nie", engine.Unfulfilled, ""},
		{"částečně", engine.Partial, ""}, {"zčásti", engine.Partial, ""}, {"napůl", engine.Partial, ""}, {"čiastočne splnené", engine.Partial, ""},
		{"probíhá", engine.InProgress, ""}, {"běží", engine.InProgress, ""}, {"pracujeme na tom", engine.InProgress, ""}, {"dosud nezahájeno", engine.Planned, ""},
		{"jinak", engine.Fulfilled, engine.AnotherForm}, {"splněno jinou formou", engine.Fulfilled, engine.AnotherForm},
	}
	texts := []string{"", "", "pomohla dotace kraje", "podrobnosti má vedoucí služby", "otevřeli jsme dvě pobočky v Sušici a v Horažďovicích"}
	r := rand.New(rand.NewPCG(4, 20))
	for range 4000 {
		numbers := r.Perm(5)[:1+r.IntN(5)]
		if r.IntN(2) == 0 {
			slices.Sort(numbers)
		}
		numbers = append([]int{0}, slices.DeleteFunc(numbers, func(n int) bool { return n == 0 })...) // "3 splněno, 2 nesplněno" may count
		opener := []string{"%d ", "%d. ", "%d) ", "%d: ", "%d - ", "%d – ", "ad %d) ", "bod %d: ", "č. %d ", "%d = "}[r.IntN(10)]
		between := []string{", ", "; ", "\n", "\n\n", ". "}[r.IntN(5)]
		var parts []string
		var want []engine.ReplyAnswer
		for _, n := range numbers {
			w, text := words[r.IntN(len(words))], texts[r.IntN(len(texts))]
			said := fmt.Sprintf(opener, n+1) + w.text
			if text != "" {
				said += []string{" – ", ", ", ": ", " - "}[r.IntN(4)] + text
			}
			parts = append(parts, said)
			want = append(want, engine.ReplyAnswer{Item: strconv.Itoa(n + 1), Status: w.state, Qualifier: w.qualifier, Text: text, Certain: true})
		}
		if between == ". " { // a sentence begins with a capital or a number with a mark
			between = ".\n"
		}
		text := strings.Join(parts, between)
		if r.IntN(2) == 0 {
			text = withoutMarks(text)
			for k := range want {
				want[k].Text = withoutMarks(want[k].Text)
			}
		}
		slices.SortFunc(want, func(a, b engine.ReplyAnswer) int { return strings.Compare(a.Item, b.Item) })
		got := czech.ReadReply(text, asked, nil)
		for k := range got.Answers {
			got.Answers[k].Text = strings.TrimRight(got.Answers[k].Text, ".")
		}
		if wantShown := shown(engine.ReplyReading{Answers: want, Certain: true}); shown(got) != wantShown {
			t.Fatalf("%q\n is %s\nnot %s", text, shown(got), wantShown)
		}
	}
}

// A denial before the status is never missed.
func TestADenialIsNeverMissed(t *testing.T) {
	for _, status := range []string{"splněno", "hotovo", "realizováno", "uskutečněno", "naplněno", "dokončeno", "splnené", "zrealizované"} {
		for _, deny := range []string{"ne%s", "nebylo %s", "není %s", "ne %s", "nikoli %s", "nie je %s", "nebolo %s", "zatím nebylo %s", "není pravda, že %s", "nelze říci, že bylo %s", "%s? ne", "%s, ne", "%s nebylo", "nemůžeme říct, že je %s"} {
			said := fmt.Sprintf(deny, status)
			for _, text := range []string{"1 " + said, "1 ano, " + said, "Dobrý den,\n1: " + said + "\n2: ano", "vše " + said, said} {
				for _, a := range czech.ReadReply(text, asked[:1+len(text)%3], nil).Answers {
					if a.Status == engine.Fulfilled && a.Item != "2" {
						t.Errorf("%q says that item %q is fulfilled", text, a.Item)
					}
				}
			}
		}
	}
}

func FuzzReadReply(f *testing.F) {
	for _, name := range []string{"reply.txt", "reply-traps.txt"} {
		for _, row := range readRows(f, name) {
			f.Add(row.text, row.items)
		}
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		var items []engine.ReplyItem
		if n > 0 {
			items = asked[:1+n%len(asked)]
		}
		r := czech.ReadReply(text, items, nil)
		seen := map[string]bool{}
		for _, a := range r.Answers {
			if seen[a.Item] {
				t.Errorf("%q answers %q twice", text, a.Item)
			}
			seen[a.Item] = true
			checkAnswer(t, text, items, a)
		}
		if r.Nothing != (len(r.Answers) == 0) || r.Nothing && r.Certain {
			t.Errorf("%q read as %+v", text, r)
		}
		if utf8.ValidString(text) && len(text) < 1000 {
			if again := shown(czech.ReadReply("\n"+text+" \n", items, nil)); again != shown(r) {
				t.Errorf("%q is %s, with white space round it %s", text, shown(r), again)
			}
		}
	})
}

func checkAnswer(t *testing.T, text string, items []engine.ReplyItem, a engine.ReplyAnswer) {
	if a.Certain && !a.Status.Known() {
		t.Errorf("%q: certain without a status: %+v", text, a)
	}
	ours := a.Item == "" || a.Item == "*" && items == nil
	for _, it := range items {
		ours = ours || a.Item == strconv.Itoa(it.Number)
	}
	if !ours && (!strings.Contains(text, a.Item) && !numbered(a.Item) || a.Certain && items != nil) {
		t.Errorf("%q: item %q is not ours", text, a.Item)
	}
	for line := range strings.SplitSeq(a.Text, "\n") {
		if !strings.Contains(text, strings.TrimSpace(line)) {
			t.Errorf("%q: the text %q is not in it", text, line)
		}
	}
}

// numbered says that an item was named by an ordinal, in a range, or with
// zeros before it.
func numbered(item string) bool {
	_, err := strconv.Atoi(item)
	return err == nil
}
