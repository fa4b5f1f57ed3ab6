package inbox

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"mime"
	"mime/quotedprintable"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// takeCharsets are those of the property, with the labels under which each must
// come out right. "-" is no label.
var takeCharsets = []struct {
	name   string
	in     encoding.Encoding
	labels []string
}{
	{"utf-8", encoding.Nop, []string{"utf-8", "UTF8", "windows-1250", "iso-8859-2", "us-ascii", "x-unknown", "-"}},
	{"windows-1250", charmap.Windows1250, []string{"windows-1250", "cp1250", "utf-8", "iso-8859-2", "us-ascii", "x-unknown", "-"}},
	{"iso-8859-2", charmap.ISO8859_2, []string{"iso-8859-2", "ISO8859-2", "latin2", "-"}},
	{"utf-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), []string{"utf-16", "-"}},
	{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), []string{"utf-16be"}},
}

// Whatever sentences are written, in whatever charset and transfer encoding,
// rightly or wrongly labelled: they come out as they went in.
func TestSentencesComeOut(t *testing.T) {
	words := strings.Fields(string(readTestdata(t, "testdata/take/words.dat")))
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	for range 300 {
		text := randomSentences(random, words)
		for _, c := range takeCharsets {
			data, err := c.in.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			for _, label := range c.labels {
				for _, transfer := range []string{"8bit", "quoted-printable", "base64"} {
					if transfer == "8bit" && strings.HasPrefix(c.name, "utf-16") {
						continue // it holds line ends of its own
					}
					for _, kind := range []string{"text/plain", "text/html"} {
						raw := encodedLetter(kind, label, transfer, data)
						if got := takeApart(raw).text; strings.TrimSpace(got) != text {
							t.Fatalf("%s in %s, said to be %s, by %s:\n got %q\nwant %q", kind, c.name, label, transfer, got, text)
						}
					}
				}
				if !strings.HasPrefix(c.name, "utf-16") {
					checkSubject(t, c.name, label, data, text)
				}
			}
		}
	}
}

// randomSentences writes one to four lines. One letter alone may be of any charset,
// so at least three words come together.
func randomSentences(random *rand.Rand, words []string) string {
	var lines []string
	for range 1 + random.IntN(4) {
		var line []string
		for range 3 + random.IntN(12) {
			line = append(line, words[random.IntN(len(words))])
		}
		lines = append(lines, strings.Join(line, " "))
	}
	return strings.Join(lines, "\n")
}

func encodedLetter(kind, label, transfer, data string) []byte {
	var b bytes.Buffer
	if label != "-" {
		kind += "; charset=" + label
	}
	if strings.HasPrefix(kind, "text/html") {
		for _, breaks := range []string{"\n", "\n\x00", "\x00\n"} { // as the charset writes it
			if br := strings.ReplaceAll(breaks, "\n", "<br>"); breaks != "\n" && strings.Contains(data, breaks) {
				br = map[string]string{"\n\x00": "<\x00b\x00r\x00>\x00", "\x00\n": "\x00<\x00b\x00r\x00>"}[breaks]
				data = strings.ReplaceAll(data, breaks, br)
			} else if !strings.Contains(data, "\x00") {
				data = strings.ReplaceAll(data, breaks, br)
			}
		}
	}
	fmt.Fprintf(&b, "Subject: x\r\nContent-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n", kind, transfer)
	switch transfer {
	case "base64":
		for s := base64.StdEncoding.EncodeToString([]byte(data)); s != ""; {
			n := min(len(s), 76)
			b.WriteString(s[:n] + "\r\n")
			s = s[n:]
		}
	case "quoted-printable":
		w := quotedprintable.NewWriter(&b)
		w.Binary = true
		w.Write([]byte(data))
		w.Close()
	default:
		b.WriteString(data)
	}
	return b.Bytes()
}

// checkSubject looks at the same sentence in a header, in one word and in pieces.
func checkSubject(t *testing.T, charset, label, data, text string) {
	t.Helper()
	if label == "-" {
		label = "unknown-8bit"
	}
	text = strings.Join(strings.Fields(text), " ")
	data = strings.ReplaceAll(data, "\n", " ")
	var pieces []string
	for rest := data; rest != ""; {
		n := min(len(rest), 40)
		pieces = append(pieces, "=?"+label+"?B?"+base64.StdEncoding.EncodeToString([]byte(rest[:n]))+"?=")
		rest = rest[n:]
	}
	for _, header := range []string{"Subject: " + strings.Join(pieces, "\r\n "), "Subject: " + mime.QEncoding.Encode("utf-8", text), "Subject: " + data} {
		if got := takeApart([]byte(header + "\r\n\r\nx")).get("Subject"); got != text {
			t.Fatalf("%s said to be %s:\n got %q\nwant %q\n%s", charset, label, got, text, header)
		}
	}
}

func FuzzTakeApart(f *testing.F) {
	for _, file := range takeMails(f) {
		f.Add(readTestdata(f, file))
	}
	for _, s := range []string{"", "From ", "\r", ":", "Content-Type: multipart/mixed", string(nested(3))} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		copied := bytes.Clone(raw)
		msg := takeApart(raw)
		checkTaken(t, msg)
		if !bytes.Equal(raw, copied) {
			t.Error("the mail was changed")
		}
		(&Reader{}).files(t.Context(), msg)
	})
}

func FuzzHTML(f *testing.F) {
	for _, file := range takeMails(f) {
		if _, page, ok := strings.Cut(string(readTestdata(f, file)), "text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"); ok {
			f.Add(page)
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		checkTaken(t, takeApart([]byte("Content-Type: text/html\r\n\r\n"+source)))
	})
}

// A long text is told by its beginning, wherever that is cut, and a last letter
// that could begin one of UTF-8 is a letter all the same.
func TestCharsetOfLongAndShortTexts(t *testing.T) {
	letter := string(rune(0x159))
	for shift := range 4 {
		text := strings.Repeat("a", shift) + strings.Repeat(letter+"a", sampleSize)
		if got := toUTF8([]byte(text), "windows-1250"); got != text {
			t.Errorf("shifted by %d: %.40q", shift, got)
		}
	}
	if got, want := toUTF8([]byte("vedouc\xed"), ""), "vedouc"+string(rune(0xed)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
