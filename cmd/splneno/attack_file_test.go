package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"splneno/engine"
)

// A sent is an attachment as somebody hostile sends it.
type sent struct{ disposition, kind, data string }

// carrying is a reply with attachments.
func (a *attacked) carrying(files ...sent) []byte {
	a.mails++
	var b strings.Builder
	fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\nSubject: Re: plan\r\nMessage-ID: <%d@posta.example>\r\nDate: %s\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=hranice\r\n\r\n--hranice\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n1 splneno, probehlo %d besed\r\n",
		contact(0), a.address(0), a.mails, a.at.Format(time.RFC1123Z), 100+a.mails)
	for _, f := range files {
		fmt.Fprintf(&b, "--hranice\r\nContent-Type: %s\r\nContent-Disposition: attachment; %s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n",
			f.kind, f.disposition, base64.StdEncoding.EncodeToString([]byte(f.data)))
	}
	return []byte(b.String() + "--hranice--\r\n")
}

// eicar is the test virus, in two pieces so that no scanner finds it here.
const eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR` + `-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

// scan finds the test virus, and fails when it is told to.
func scan(_ context.Context, data []byte) (string, error) {
	switch {
	case bytes.Contains(data, []byte("EICAR")):
		return "Eicar-Test-Signature", nil
	case bytes.Contains(data, []byte("the scanner is ill")):
		return "", engine.Errorf(engine.Unavailable, "no scanner answers")
	}
	return "", nil
}

// Whatever a file is called, the name it is shown and saved under is one plain
// name; and what may not be evidence says why.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	a := attack(t, 1, "zdar")
	a.reader.Scan = scan
	files := []struct {
		sent
		problem engine.FileProblem
	}{
		{sent{`filename="../../../etc/passwd.pdf"`, "application/pdf", "%PDF-1.4"}, ""},
		{sent{`filename="C:\\Windows\\win.pdf"`, "application/pdf", "%PDF-1.5"}, ""},
		{sent{`filename*=utf-8''..%2F..%2Ftajne.pdf`, "application/pdf", "%PDF-1.6"}, ""},
		{sent{`filename*=utf-8''zprava%E2%80%AEfdp.exe`, "application/pdf", "%PDF-1.7"}, "type"},
		{sent{`filename*=utf-8''zprava%E2%80%AE%E2%81%A6%00%0D%0A.pdf`, "application/pdf", "%PDF-1.8"}, ""},
		{sent{`filename="` + strings.Repeat("a", 300) + `.pdf"`, "application/pdf", "%PDF-1.9"}, ""},
		{sent{`filename=".pdf"`, "application/pdf", "%PDF-2.0"}, ""},
		{sent{`filename=".."`, "application/pdf", "%PDF-2.1"}, ""},
		{sent{`filename="winmail.dat"`, "application/ms-tnef", "\x78\x9f\x3e\x22"}, "winmail"},
		{sent{`filename="seznam.csv"`, "text/csv", "=cmd|' /C calc'!A0"}, ""},
		{sent{`filename="stranka.pdf"`, "application/pdf", "<html><script>alert(1)</script>"}, "type"},
		{sent{`filename="virus.txt"`, "text/plain", eicar}, "infected"},
		{sent{`filename="dopis.txt"`, "text/plain", "the scanner is ill"}, "unchecked"},
	}
	all := []sent{}
	for _, f := range files {
		all = append(all, f.sent)
	}
	a.bring(a.carrying(all...))
	a.understand("zdar")
	in := a.inbox("zdar")[0]
	if in.State != engine.InboundAnswer || len(in.Mail.Files) != len(files) {
		t.Fatalf("%s, %d files", in.State, len(in.Mail.Files))
	}
	for i, f := range in.Mail.Files {
		if f.Problem != files[i].problem {
			t.Errorf("%q: problem %q, want %q", f.Name, f.Problem, files[i].problem)
		}
		if f.Name == "" || f.Name != filepath.Base(f.Name) || strings.ContainsAny(f.Name, "/\\:\"") || strings.Contains(f.Name, "..") ||
			len([]rune(f.Name)) > 150 || strings.ContainsFunc(f.Name, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("file %d is called %q", i, f.Name)
		}
		_, data, err := a.office("zdar").Evidence(t.Context(), in.ID, f.Part)
		if f.Problem == "infected" {
			if engine.CodeOf(err) != engine.Forbidden || len(data) != 0 {
				t.Errorf("a virus is handed out: %d bytes, %v", len(data), err)
			}
		} else if err != nil || string(data) != files[i].data {
			t.Errorf("%s: %q, %v", f.Name, data, err)
		}
	}
	for _, part := range []int{-1, 0, 99} {
		if _, _, err := a.office("zdar").Evidence(t.Context(), in.ID, part); engine.CodeOf(err) != engine.NotFound {
			t.Errorf("part %d: %v", part, err)
		}
	}
	if strings.Contains(a.text(a.messages("zdar", engine.LetterReceipt)), "STANDARD-ANTIVIRUS") {
		t.Error("a receipt carries what was attached")
	}
	a.verify()
}

// A file alone is evidence, not a status: it waits for the coordinator without
// one, and a file that is no evidence is no answer at all.
func TestFileAloneIsNoStatus(t *testing.T) {
	t.Parallel()
	a := attack(t, 1, "zdar")
	a.reader.Scan = scan
	for _, f := range []sent{{`filename="vse-splneno.pdf"`, "application/pdf", "%PDF 1 splneno"}, {`filename="virus.txt"`, "text/plain", eicar}} {
		a.bring(bytes.Replace(a.carrying(f), []byte("1 splneno, probehlo"), []byte("\r\n-- \r\n"), 1))
		a.at = a.at.Add(time.Minute)
	}
	a.understand("zdar")
	for _, p := range a.proposals("zdar") {
		if p.Answer.Status != engine.StateUnknown {
			t.Errorf("%s was read from a file", p.Answer.Status)
		}
	}
	if got := a.inbox("zdar"); got[0].State != engine.InboundAnswer || got[1].State != engine.InboundHeld || got[1].Note != engine.HeldEmpty {
		t.Errorf("%s, %s %s", got[0].State, got[1].State, got[1].Note)
	}
}
