package czech_test

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

var update = flag.Bool("update", false, "write the expectations of the tables anew; read every changed line")

// asked are the items the replies of the tables are about.
var asked = []engine.ReplyItem{
	{Number: 1, Code: "1.1a", Title: "Rozšíření kapacity odlehčovací služby"},
	{Number: 2, Code: "1.1b", Title: "Sociální poradna pro seniory"},
	{Number: 3, Code: "2.1/1", Title: "Osobní asistence na venkově"},
	{Number: 4, Code: "2.1/2", Title: "Nákup vozidla pro pečovatelskou službu", Parts: []string{"a", "b"}},
	{Number: 5, Code: "3.1", Title: "Dobrovolnické centrum"},
}

// A replyRow is one line of a table: "[items] text => reading".
type replyRow struct {
	items int // 0 for none known
	text  string
	want  string
}

func (r replyRow) asked() []engine.ReplyItem {
	if r.items == 0 {
		return nil
	}
	return asked[:r.items]
}

// readRows reads a table of testdata. "\n" in a text stands for a line break.
func readRows(t testing.TB, name string) (rows []replyRow) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		text, want, _ := strings.Cut(line, " => ")
		row := replyRow{items: 5, want: want}
		if strings.HasPrefix(text, "[") {
			row.items, text = int(text[1]-'0'), text[4:]
		}
		row.text = strings.ReplaceAll(text, `\n`, "\n")
		rows = append(rows, row)
	}
	return rows
}

// shown writes a reading as the tables do: "?" not certain, "*" in another
// form, "-" something is missing.
func shown(r engine.ReplyReading) string {
	var out []string
	for _, a := range r.Answers {
		s := a.Item + "=" + string(a.Status)
		if a.Qualifier == engine.AnotherForm {
			s += "*"
		}
		if a.Lack {
			s += "-"
		}
		if !a.Certain {
			s += "?"
		}
		if a.Text != "" {
			s += " " + strconv.Quote(a.Text)
		}
		out = append(out, s)
	}
	switch {
	case r.Nothing:
		return "nothing"
	case r.Certain:
		return strings.Join(out, " | ") + " ok"
	}
	return strings.Join(out, " | ")
}

func checkRows(t *testing.T, name string) (rows []replyRow) {
	rows = readRows(t, name)
	var b strings.Builder
	for _, row := range rows {
		got := shown(czech.ReadReply(row.text, row.asked(), nil))
		if got != row.want && !*update {
			t.Errorf("[%d] %q\n is %s\nnot %s", row.items, row.text, got, row.want)
		}
		fmt.Fprintf(&b, "[%d] %s => %s\n", row.items, strings.ReplaceAll(row.text, "\n", `\n`), got)
	}
	if *update {
		if err := os.WriteFile("testdata/"+name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

func TestReplies(t *testing.T) {
	certain := 0
	rows := checkRows(t, "reply.txt")
	for _, row := range rows {
		if strings.HasSuffix(row.want, " ok") {
			certain++
		}
	}
	t.Logf("%d of %d replies are understood without help", certain, len(rows))
	if len(rows) < 250 {
		t.Errorf("only %d replies", len(rows))
	}
}

// Nobody may be sure of these: no row may end in "ok".
func TestRepliesThatMustNotBeCertain(t *testing.T) {
	rows := checkRows(t, "reply-traps.txt")
	for _, row := range rows {
		if czech.ReadReply(row.text, row.asked(), nil).Certain {
			t.Errorf("%q is certain", row.text)
		}
	}
	if len(rows) < 60 {
		t.Errorf("only %d traps", len(rows))
	}
}

// Diacritics, letter case and white space around change no status.
func TestSpellingDoesNotMatter(t *testing.T) {
	for _, name := range []string{"reply.txt", "reply-traps.txt"} {
		for _, row := range readRows(t, name) {
			want := statuses(czech.ReadReply(row.text, row.asked(), nil))
			plain := withoutMarks(row.text)
			for _, text := range []string{plain, " \n" + row.text + "\n\t ", strings.ReplaceAll(row.text, " ", "\u00a0"), strings.ReplaceAll(row.text, "\n", "\r\n")} {
				if got := statuses(czech.ReadReply(text, row.asked(), nil)); got != want {
					t.Errorf("%q is %s, %q is %s", text, got, row.text, want)
				}
			}
		}
	}
}

// withoutMarks takes the diacritics off and keeps case and line breaks.
func withoutMarks(s string) string {
	var b strings.Builder
	for _, r := range s {
		f := czech.Fold(string(r))
		switch {
		case f == "" || f == "-":
			f = string(r)
		case strings.ToLower(string(r)) != string(r):
			f = strings.ToUpper(f)
		}
		b.WriteString(f)
	}
	return b.String()
}

func statuses(r engine.ReplyReading) string {
	var out []string
	for _, a := range r.Answers {
		out = append(out, fmt.Sprint(a.Item, a.Status, a.Qualifier, a.Certain))
	}
	return fmt.Sprint(out, r.Nothing, r.Certain)
}

func TestOwnWordsInReplies(t *testing.T) {
	own := map[string]string{"zelená": "fulfilled", "červená": "unfulfilled", "ukončeno": "fulfilled", "modrá": "ongoing"}
	got := shown(czech.ReadReply("1 zelená, 2 červená – chybí peníze, 3 ukončeno, 4 modrá", asked, own))
	if want := `1=fulfilled | 2=unfulfilled- "chybí peníze" | 3=fulfilled | 4=unknown? "modrá"`; got != want {
		t.Errorf("own words read as %s, want %s", got, want)
	}
}

func TestANumberThatIsAnothersCodeIsNoItem(t *testing.T) {
	items := []engine.ReplyItem{{Number: 1, Code: "2"}, {Number: 2, Code: "1"}}
	if got := czech.ReadReply("1 ano", items, nil); got.Certain || got.Answers[0].Item != "" {
		t.Errorf("read as %+v", got)
	}
}

func TestARangeMayBeACode(t *testing.T) {
	items := []engine.ReplyItem{{Number: 1, Code: "1-3"}, {Number: 2, Code: "1-4"}, {Number: 3, Code: "1-5"}}
	if got := shown(czech.ReadReply("1-3 splněno", items, nil)); got != "1=fulfilled ok" {
		t.Errorf("read as %s", got)
	}
}

// Long and repetitive texts take time in proportion to their length.
func TestLongReplies(t *testing.T) {
	for _, part := range []string{"1 ano, ", "vše splněno kromě 3\n", "ne", "((((", "1, ", "1.1.", "a ", "dobrý den, ", "1a) ", "Osobní asistence na venkově: ", "\n", "kromě 1 a ", "ad ad ad 1 ", "-", "1 - 2 - ", "splněno: 1 "} {
		began := time.Now()
		r := czech.ReadReply(strings.Repeat(part, 1_000_000/len(part)), asked, nil)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%q repeated took %v", part, took)
		}
		if len(r.Answers) > len(asked)+1 && part != "1.1." {
			t.Errorf("%q repeated gave %d answers", part, len(r.Answers))
		}
	}
}
