package inbox

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"splneno/engine"
)

var update = flag.Bool("update", false, "write what is seen of the mails in testdata/take anew")

// Every mail in testdata/take has beside it, in a file .txt, what a person is
// to see of it. -update writes them anew: read the difference.
func TestMailsAreTakenApart(t *testing.T) {
	for _, file := range takeMails(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".eml"), func(t *testing.T) {
			raw := readTestdata(t, file)
			got, golden := taken(raw), strings.TrimSuffix(file, "eml")+"txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(readTestdata(t, golden)); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			checkTaken(t, takeApart(raw))
		})
	}
}

func takeMails(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/take/*.eml")
	if err != nil || len(files) < 70 {
		t.Fatalf("%d mails: %v", len(files), err)
	}
	return files
}

func readTestdata(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// taken writes down what is read of a mail.
func taken(raw []byte) string {
	var b strings.Builder
	msg := takeApart(raw)
	if msg.unreadable != "" {
		fmt.Fprintf(&b, "unreadable: %s\n", msg.unreadable)
	}
	r := Reader{Scan: func(_ context.Context, data []byte) (string, error) {
		if bytes.Contains(data, []byte("EICAR-STANDARD-ANTIVIRUS")) {
			return "Eicar-Signature", nil
		}
		return "", nil
	}}
	fmt.Fprintf(&b, "subject: %s\n", msg.get("Subject"))
	for _, f := range r.files(context.Background(), msg) {
		fmt.Fprintf(&b, "file %d: %s | %s | %d | %s\n", f.Part, f.Name, f.Type, f.Size, f.Problem)
	}
	fmt.Fprintf(&b, "\n%s\n", msg.text)
	return b.String()
}

// checkTaken looks at what holds of every mail, however broken.
func checkTaken(t *testing.T, msg message) {
	t.Helper()
	unclean := func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) || r != ' ' && unicode.IsSpace(r) && r != '\n'
	}
	if i := strings.IndexFunc(msg.text, unclean); i >= 0 || !utf8.ValidString(msg.text) {
		t.Errorf("text is not clean at %d: %q", i, msg.text)
	}
	if len(msg.text) > maxText || strings.Count(msg.text, "\n") >= maxLines {
		t.Errorf("text has %d bytes", len(msg.text))
	}
	if len(msg.parts) > maxParts || len(msg.fields) > maxFields {
		t.Errorf("%d parts, %d fields", len(msg.parts), len(msg.fields))
	}
	for _, f := range msg.fields {
		if strings.ContainsFunc(f.value, unclean) || strings.Contains(f.value, "\n") || !utf8.ValidString(f.value) {
			t.Errorf("field %s is not clean: %q", f.name, f.value)
		}
		if strings.ContainsAny(f.raw, "\r\n") {
			t.Errorf("field %s has several lines: %q", f.name, f.raw)
		}
	}
	for _, p := range msg.parts {
		if p.name != "" && !safeName(p.name) {
			t.Errorf("unsafe name %q", p.name)
		}
	}
}

func safeName(name string) bool {
	return utf8.ValidString(name) && utf8.RuneCountInString(name) <= maxFileName && name == strings.TrimSpace(name) &&
		!strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".") && !strings.ContainsAny(name, "/\\<>:\"|?*\n") &&
		!strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
}

// The bytes of an attachment come out as they were put in, and what is no
// attachment is not given.
func TestFile(t *testing.T) {
	in := engine.Inbound{Raw: readTestdata(t, "testdata/take/winmail.eml")}
	r := &Reader{}
	data, err := r.File(in, 1)
	if err != nil || string(data) != "\x78\x9f\x3e\x22" {
		t.Errorf("%q, %v", data, err)
	}
	for _, n := range []int{-1, 0, 2} {
		if _, err := r.File(in, n); engine.CodeOf(err) != engine.NotFound {
			t.Errorf("part %d: %v", n, err)
		}
	}
}

// An attachment that nobody could look through is not said to be clean, one
// beyond the bound is not scanned, and without a scanner nothing is.
func TestProblemOfAFile(t *testing.T) {
	pdf := part{kind: "application/pdf", name: "a.pdf", data: []byte("%PDF-1.4")}
	large := part{kind: "application/pdf", name: "a.pdf", data: make([]byte, maxFile+1)}
	down := func(context.Context, []byte) (string, error) { return "", errors.New("no answer") }
	never := func(context.Context, []byte) (string, error) { t.Error("scanned"); return "", nil }
	for _, tt := range []struct {
		name string
		scan func(context.Context, []byte) (string, error)
		part part
		want engine.FileProblem
	}{
		{"no scanner", nil, pdf, ""},
		{"scanner down", down, pdf, "unchecked"},
		{"too large", never, large, "size"},
		{"at the bound", nil, part{kind: "application/pdf", name: "a.pdf", data: make([]byte, maxFile)}, ""},
		{"refused by its type", never, part{kind: "text/html", name: "a.html"}, "type"},
	} {
		r := Reader{Scan: tt.scan}
		if got := r.problem(context.Background(), tt.part); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Our own mail comes back as a quotation of which no line looks written.
func TestOwnLettersComeBackQuoted(t *testing.T) {
	files, err := filepath.Glob("../testdata/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no letters: %v", err)
	}
	for _, file := range files {
		page := string(readTestdata(t, file))
		for _, around := range []string{"<blockquote>%s</blockquote>", `<div class="gmail_quote"><blockquote>%s</blockquote></div>`, `<div id="divRplyFwdMsg">Od: x</div>%s`,
			"<blockquote><div><b>%s</blockquote>", `<div class="gmail_quote">%s</div>`} {
			text := htmlText(fmt.Sprintf("<div>1 ano</div>"+around, page))
			lines := strings.Split(text, "\n")
			if lines[0] != "1 ano" || len(lines) < 5 {
				t.Errorf("%s: %q", file, text)
			}
			for _, line := range lines[1:] {
				if line != "" && !strings.HasPrefix(line, "> ") {
					t.Errorf("%s in %s: not quoted: %q", file, around, line)
				}
			}
		}
	}
	numbered := htmlText(string(readTestdata(t, "../testdata/request-2.html")))
	for _, start := range []string{"\n1. ", "\n2. "} {
		if !strings.Contains(numbered, start) {
			t.Errorf("no entry %q in %q", start, numbered)
		}
	}
}

// What is quoted stays so however deep the markup is.
func TestDeepQuotationsStayQuoted(t *testing.T) {
	for _, n := range []int{1, 100, maxOpen - 2, maxOpen - 1, maxOpen, maxOpen + 1, 10 * maxOpen} {
		text := htmlText("1 ano" + strings.Repeat("<b>", n) + "<blockquote>2 ne")
		if !strings.HasPrefix(text, "1 ano\n> ") || !strings.HasSuffix(text, "> 2 ne") {
			t.Errorf("below %d: %q", n, text)
		}
	}
}
