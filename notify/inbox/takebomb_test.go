package inbox

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"splneno/engine"
)

const bombHead = "From: a@b.example\r\nSubject: x\r\n"

// nested is a multipart in a multipart, n deep, none of which ends.
func nested(n int) []byte {
	var b bytes.Buffer
	b.WriteString(bombHead)
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("\r\nhello\r\n")
	return b.Bytes()
}

// similar is a mail n deep with 20 MB of lines that are nearly the boundary of
// every depth.
func similar(n int) []byte {
	var b bytes.Buffer
	b.WriteString(bombHead)
	for i := range n {
		mark := strings.Repeat("b", i+1)
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n", mark, mark)
	}
	return filled(b.String()+"\r\n", "\n--"+strings.Repeat("b", n+1), 20<<20)
}

// filled repeats a piece up to a size.
func filled(head, piece string, size int) []byte {
	return []byte(head + strings.Repeat(piece, (size-len(head))/len(piece)))
}

func markup(piece string) []byte {
	return filled(bombHead+"Content-Type: text/html\r\n\r\n", piece, maxHTML)
}

// Each is built to cost much. It costs no more than 64 MB beside its bytes, and
// what it exceeds is said.
func TestBombs(t *testing.T) {
	multipart := bombHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
	for _, tt := range []struct {
		name, want string
		raw        []byte
	}{
		{"as deep as may be", "", nested(maxDepth)},
		{"deeper", "its parts are nested deeper than 20 levels", nested(maxDepth + 1)},
		{"a hundred deep, five kilobytes", "its parts are nested deeper than 20 levels", nested(100)},
		{"three thousand deep", "its parts are nested deeper than 20 levels", nested(3000)},
		{"as many parts as may be", "", []byte(multipart + strings.Repeat("--b\r\n\r\nx\r\n", maxParts) + "--b--\r\n")},
		{"one more", "it has more than 200 parts", []byte(multipart + strings.Repeat("--b\r\n\r\nx\r\n", maxParts+1) + "--b--\r\n")},
		{"two hundred thousand parts", "it has more than 200 parts", []byte(multipart + strings.Repeat("--b\r\n\r\nx\r\n", 200_000))},
		{"as many fields as may be", "", []byte(strings.Repeat("X-A: b\r\n", maxFields) + "\r\nhello\r\n")},
		{"three hundred thousand fields", "its header has more than 500 fields", []byte(bombHead + strings.Repeat("X-A: b\r\n", 300_000) + "\r\nhello\r\n")},
		{"fields without a colon", "", []byte(bombHead + strings.Repeat("nothing\r\nX-A: b\r\n", 400) + "\r\nhello\r\n")},
		{"a field of two megabytes", "its header is larger than 1 MB", filled(bombHead+"X-A: ", "b ", 2<<20)},
		{"a folded field of two megabytes", "its header is larger than 1 MB", filled(bombHead+"X-A: b", "\r\n b", 2<<20)},
		{"a line of 20 MB", "", filled(bombHead+"\r\n", "a", 20<<20)},
		{"a line of 20 MB in a header", "its header is larger than 1 MB", filled(bombHead+"X: ", "a", 20<<20)},
		{"quoted-printable of 20 MB", "", filled(bombHead+"Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=41", 20<<20)},
		{"base64 of 20 MB in one line", "", filled(bombHead+"Content-Transfer-Encoding: base64\r\n\r\n", "QUFB", 20<<20)},
		{"windows-1250 of 20 MB", "", filled(bombHead+"Content-Type: text/plain; charset=windows-1250\r\n\r\n", "\xe8\x9a ", 20<<20)},
		{"20 MB of what is nearly a boundary", "", filled(multipart+"--b\r\n\r\n", "\n--bb", 20<<20)},
		{"of every depth", "", similar(maxDepth)},
		{"20 MB of dashes without a boundary", "", filled(bombHead+"Content-Type: multipart/mixed\r\n\r\n", "\n---", 20<<20)},
		{"old line ends", "", filled(strings.ReplaceAll(bombHead, "\r\n", "\r")+"\r", "a\r", 20<<20)},
		{"more than 25 MB", "it is larger than 25 MB", filled(bombHead+"\r\n", "hello ", engine.MaxMail+100)},
		{"flowed lines", "", filled(bombHead+"Content-Type: text/plain; format=flowed\r\n\r\n", ">>>>>>> a \r\n", 20<<20)},
		{"encoded words that never end", "", filled(bombHead+"X-A: ", "=?a?q?", 900<<10)},
		{"quotes that never end", "", filled(bombHead+"Content-Type: text/plain; a=\"", `\";`, 900<<10)},
		{"parameters in segments", "", filled(bombHead+"Content-Disposition: attachment", "; filename*1=a", 900<<10)},
		{"elements that never end", "", markup("<div>")},
		{"quotations that never end", "", markup("<blockquote>a")},
		{"ends of what never began", "", markup("<b><i></u>")},
		{"containers of quotations", "", markup("<div class=gmail_quote>a")},
		{"header blocks", "", markup("<blockquote><div id=divRplyFwdMsg>a")},
		{"lists", "", markup("<ol><li>")},
		{"entries", "", markup("<li>a")},
		{"cells", "", markup("<table><tr><td>")},
		{"breaks", "", markup("<br>a")},
		{"attributes", "", markup("<a " + strings.Repeat("b=c ", 10_000) + ">")},
		{"styles", "", markup("<a style='" + strings.Repeat("b:c;", 10_000) + "'>a")},
		{"entities", "", markup("&aacute;")},
		{"a comment that never ends", "", markup("<!--")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			msg := takeApart(tt.raw)
			runtime.ReadMemStats(&after)
			if msg.unreadable != tt.want {
				t.Errorf("unreadable: %q, want %q", msg.unreadable, tt.want)
			}
			if len(msg.fields) == 0 {
				t.Error("no fields were kept")
			}
			// All that was ever asked for: the most at one time is less.
			if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
				t.Errorf("%d MB for %d MB", used>>20, len(tt.raw)>>20)
			}
			checkTaken(t, msg)
		})
	}
}

func BenchmarkTakeApart(b *testing.B) {
	raw := typical()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		takeApart(raw)
	}
}

func BenchmarkTakeApartHTML(b *testing.B) {
	raw := bytes.Replace(typical(), []byte("text/plain"), []byte("text/calendar"), 1)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		takeApart(raw)
	}
}

// typical is a reply of 20 KB with both forms of the text.
func typical() []byte {
	line := "The service was extended to evenings and weekends =C5=BE=C3=A1dost =\r\nand two people were taken on.\r\n"
	plain := "1 ano\r\n\r\n" + strings.Repeat("> "+line, 60)
	page := "<div>1 ano</div><blockquote>" + strings.Repeat("<p class=3D\"MsoNormal\" style=3D\"margin:0\">"+line+"</p>", 80) + "</blockquote>"
	return []byte(bombHead + strings.Repeat("Received: from a.example (a.example [192.0.2.1]) by b.example with ESMTPS id 1; Mon, 15 Jan 2024 10:00:00 +0100\r\n", 8) +
		"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + plain +
		"\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + page + "\r\n--b--\r\n")
}
