package sentbox

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

const (
	one   = "0123456789abcdef0123456789abcdef"
	two   = "fedcba9876543210fedcba9876543210"
	token = "abcdefghijklmnopqrstuvwxyz234567"
)

var near = time.Date(2024, 1, 3, 12, 0, 0, 0, time.UTC)

func TestRead(t *testing.T) {
	whole := "Received: by mx\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\nmessage-id:\r\n <" + one + "." + token + "@zdar.example>\r\n" +
		"To: Charita <Info@Charita.example>\r\nSubject: =?utf-8?q?=C5=BD=C3=A1dost?=\r\nDate: Tue, 02 Jan 2024 08:00:00 +0100\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nSubject: not one\r\n\r\nahoj\r\n--m--\r\n"
	at := time.Date(2024, 1, 2, 7, 0, 0, 0, time.UTC)
	mail := engine.SentMail{ID: one + "@zdar.example", Token: token, To: "info@charita.example", Subject: "\u017d\u00e1dost", At: at}
	tests := map[string]struct {
		text string
		want []engine.SentMail
	}{
		"mail":       {whole, []engine.SentMail{mail}},
		"mailbox":    {"From a@b Tue Jan  2 08:00:00 2024\n" + whole + "\nFrom a@b Tue Jan  2 08:00:00 2024\n" + strings.ReplaceAll(whole, one+"."+token, two), []engine.SentMail{mail, {ID: two + "@zdar.example", To: mail.To, Subject: mail.Subject, At: at}}},
		"of others":  {"Message-ID: <x@jinde.example>\nTo: a@b.example\nSubject: s\n\ntext\n", []engine.SentMail{{To: "a@b.example", Subject: "s"}}},
		"capitals":   {"Message-ID: <" + strings.ToUpper(one+"."+token) + "@zdar.example>\n\n", []engine.SentMail{{ID: one + "@zdar.example", Token: token}}},
		"no mail":    {"Subject: a letter\nTo: nobody\n\nDear all\n", nil},
		"empty":      {"", nil},
		"binary":     {"\x00\xff:\n \n: x\n\t\n", nil},
		"header end": {"Message-ID: <" + one + "@zdar.example>", []engine.SentMail{{ID: one + "@zdar.example"}}},
		"log": {"Dec 31 23:59:59 mx postfix/cleanup[1]: 4BC123456A: message-id=<" + one + "." + token + "@zdar.example>\n" +
			"Jan  1 00:00:01 mx postfix/cleanup[1]: 4BC123456B: message-id=<" + two + "@zdar.example>\n" +
			"Jan  1 00:00:02 mx postfix/smtp[2]: 4BC123456A: to=<Info@charita.example>, relay=mx[192.0.2.1]:25, dsn=2.0.0, status=sent (250 ok)\n",
			[]engine.SentMail{{ID: one + "@zdar.example", Token: token, To: "info@charita.example", At: time.Date(2023, 12, 31, 23, 59, 59, 0, time.UTC)},
				{ID: two + "@zdar.example", At: time.Date(2024, 1, 1, 0, 0, 1, 0, time.UTC)}}},
		"log of a journal": {"2024-01-02T08:00:00+01:00 mx exim[3]: 1rKabc-000 => info@charita.example id=" + one + "@zdar.example\n",
			[]engine.SentMail{{ID: one + "@zdar.example", At: at}}},
		"long line": {strings.Repeat("x", 3*maxLine) + "\n" + "x " + one + "@zdar.example\n", []engine.SentMail{{ID: one + "@zdar.example"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, _, err := Read(strings.NewReader(tt.text), near)
			if diff := cmp.Diff(tt.want, got, cmp.Comparer(time.Time.Equal)); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

// Whatever the text is, reading it ends, and every mail is one that can be used.
func FuzzRead(f *testing.F) {
	f.Add("From a\nMessage-ID: <" + one + "@a>\n\n4BC123456A: to=<a@b>")
	f.Add("Jan  1 00:00:01 " + one + "@a")
	f.Fuzz(func(t *testing.T, text string) {
		mails, _, err := Read(strings.NewReader(text), near)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mails {
			if m.ID == "" && m.To == "" {
				t.Errorf("of no use: %+v", m)
			}
			if _, _, ok := engine.ParseSentID(m.ID); m.ID != "" && !ok {
				t.Errorf("no Message-ID of ours: %q", m.ID)
			}
		}
	})
}
