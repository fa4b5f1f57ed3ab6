package quote

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// A style is how a program quotes a letter. above is an attribution or a
// header, prefix stands before every line.
type style struct {
	name, above, prefix string
	bottom              bool // what is written below can be told
}

// readStyles reads a file of styles: "== name prefix" and what stands above.
func readStyles(t *testing.T) (styles []style) {
	for block := range strings.SplitSeq("\n"+testText(t, "testdata/cases/property/styles.txt"), "\n== ") {
		head, above, ok := strings.Cut(block, "\n")
		if !ok || head == "" {
			continue
		}
		name, prefix, marked := strings.Cut(head, " ")
		if marked {
			prefix += " "
		}
		styles = append(styles, style{name, strings.TrimSpace(above), prefix, marked})
	}
	return styles
}

func testText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// ourLetters reads the letters that ask, as they are composed; those without a
// marker get it, and the line of the token.
func ourLetters(t *testing.T) (letters []string) {
	frame := strings.SplitN(testText(t, "testdata/cases/property/frame.txt"), "\n", 3)
	for _, name := range []string{"request-1", "reminder-2", "reply-request-5", "reply-returned", "receipt-partly"} {
		_, text, _ := strings.Cut(testText(t, "../../testdata/"+name+".txt"), "\n\n")
		if text = strings.Trim(text, "\n"); !strings.HasPrefix(text, frame[0]) {
			text = frame[0] + "\n\n" + text + "\n\n" + frame[1]
		}
		letters = append(letters, text+"\n")
	}
	return letters
}

// Whatever is answered, however it is quoted, whichever letter it is: the answer
// is found and no line of the letter is.
func TestEveryAnswerOutOfEveryQuote(t *testing.T) {
	answers := strings.Split(strings.TrimSpace(testText(t, "testdata/cases/property/answers.txt")), "\n\n")
	styles, letters := readStyles(t), ourLetters(t)
	if len(answers) < 50 || len(styles) < 25 {
		t.Fatalf("%d answers, %d styles", len(answers), len(styles))
	}
	for _, s := range styles {
		for n, letter := range letters {
			quote := s.above + "\n" + s.prefix + strings.ReplaceAll(strings.TrimSuffix(letter, "\n"), "\n", "\n"+s.prefix)
			for _, answer := range answers {
				checkAnswer(t, fmt.Sprintf("%s, letter %d", s.name, n), answer+"\n\n"+quote, answer)
				checkAnswer(t, fmt.Sprintf("%s, letter %d, no line between", s.name, n), answer+"\n"+quote, answer)
				if s.bottom {
					checkAnswer(t, fmt.Sprintf("%s below, letter %d", s.name, n), quote+"\n\n"+answer, answer)
				}
			}
		}
	}
}

func checkAnswer(t *testing.T, name, text, answer string) {
	t.Helper()
	own, _ := Split(text)
	if _, rest, ok := strings.Cut(own, ") "); ok && squeezed(rest) == squeezed(answer) {
		own = rest // below a letter with a single item
	}
	if squeezed(own) != squeezed(answer) {
		t.Errorf("%s: own:\n%s\nwant:\n%s", name, own, answer)
	}
}

// FuzzSplit wants every line in one part, and no line of a marked quote
// in what was written once our marker stands in it.
func FuzzSplit(f *testing.F) {
	f.Add("1 ano\n\n> --- Odpovidejte prosim nad tuto caru ---\n> 1. Nazev\n\nano\n")
	f.Add("Od: a\nOdeslano: b\nKomu: c\nPredmet: d\n\n--- Odpovidejte nad tuto caru ---\nZnacka odpovedi: x\nano")
	f.Add("Dne 1. 1. 2024 v 10:15 X\nnapsal(a):\n>> a\n> b\n-- \nS pozdravem\nX\n___\n")
	f.Fuzz(func(t *testing.T, text string) {
		own, quoted := Split(text)
		checkParts(t, text, own, quoted)
		if !strings.Contains(quoted, "> ") {
			return
		}
		for l := range strings.SplitSeq(own, "\n") {
			if depth, _ := quoteDepth(l); depth > 0 {
				t.Errorf("quoted line in own: %q", l)
			}
		}
	})
}

// Nothing costs more than a few times its length. The limit is far above what
// it takes, and far below what a square would take.
func TestSplitStaysLinear(t *testing.T) {
	for _, piece := range []string{">\n", "> > \n", "Od: x\n", "-----\n", "-----\n\n\n", "Dekuji\nJana\n", "S pozdravem\n", "Dne 5. 6. 2023 v 10:00 pracovnice\n",
		"odpovidejte prosim nad\n", "Tato zprava je urcena\n", "> 1. x\nano\n", "a:\n", "\n", "Dekuji\n\n\n\n\n\n", "Jana\n", ">", "x ", "Od: a Odeslano: ", "znacka odpovedi\n"} {
		for _, head := range []string{"", "> odpovidejte nad tuto caru\n"} {
			begin := time.Now()
			Split(head + strings.Repeat(piece, 50_000))
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("%d times %q took %v", 50_000, piece, took)
			}
		}
	}
}

func BenchmarkSplitQuoted(b *testing.B) {
	line := "Sluzbu jsme rozsirili o vikendy a prijali dve nove pracovnice, ktere nastoupily.\n"
	text := strings.Repeat(strings.Repeat(line, 20)+"> "+line, 600)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text)
	}
}
