package eml

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

const sample = "From: =?utf-8?q?M=C4=9Bsto?= <plan@klatovy.cz>\r\nSubject: =?utf-8?q?Pl=C3=A1n?=\r\n =?utf-8?q?_2023?=\r\n" +
	"Content-Type: multipart/mixed; boundary=m\r\n\r\n" +
	"--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n" +
	"--a\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDobr=C3=BD=\r\n den\r\n\r\n" +
	"--a\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n<p>ok</p>\r\n--a--\r\n" +
	"--m\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a.csv\"\r\n\r\nYSxi\r\nLGM=\r\n--m--\r\n"

func TestRead(t *testing.T) {
	m, err := Read([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if m.Get("Subject") != "Plán 2023" || m.Get("From") != "Město <plan@klatovy.cz>" || m.Get("To") != "" {
		t.Errorf("headers %q, %q", m.Get("Subject"), m.Get("From"))
	}
	if m.Text != "Dobrý den\n" || m.HTML != "<p>ok</p>" {
		t.Errorf("texts %q, %q", m.Text, m.HTML)
	}
	if diff := cmp.Diff([]engine.Attachment{{Name: "a.csv", Type: "text/csv", Data: []byte("a,b,c")}}, m.Attachments); diff != "" {
		t.Error(diff)
	}
}

func TestReadBrokenMail(t *testing.T) {
	deep := "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
	for i := range 300 {
		deep += fmt.Sprintf("--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x%d\r\n\r\n", i)
	}
	many := "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\n\r\na\r\n", 200) + "--x--\r\n"
	cut := sample[:len(sample)-8]
	for _, raw := range []string{"", "no header", deep, many, cut, strings.Replace(sample, "YSxi", "!!!!", 1)} {
		if _, err := Read([]byte(raw)); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%.40q is read without complaint: %v", raw, err)
		}
	}
}

func TestDecodedHeaderIsOneLine(t *testing.T) {
	m, err := Read([]byte("Subject: =?utf-8?q?a=0d=0aBcc:_b?=\r\n\r\nx"))
	if err != nil || m.Get("Subject") != "a Bcc: b" {
		t.Errorf("%q, %v", m.Get("Subject"), err)
	}
}
