package country

import (
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
	"time"

	"splneno/engine"
)

// A Typed is one line of a reply: the number of an item and what is said of it.
type Typed struct {
	Number int
	Answer engine.Answer
}

// Reply gives the mail of a body that answers a letter by pressing Reply.
func (t Town) Reply(from engine.Contact, to string, lines []Typed, at time.Time) []byte {
	w := words()
	text := w.Letter + "\n\n"
	for _, l := range lines {
		said := w.Typed[l.Answer.Status]
		for _, part := range []string{l.Answer.Done, l.Answer.Missing} {
			if part != "" {
				said += " \u2013 " + part
			}
		}
		text += fmt.Sprintf("%d %s\n", l.Number, said)
	}
	return mail(from, to, "Re: "+t.Name, text+"\n"+w.Greeting+"\n"+from.Name+"\n", at)
}

// Absent gives the out-of-office reply of a body.
func (t Town) Absent(from engine.Contact, to string, at time.Time) []byte {
	w := words()
	return mail(from, to, w.Absence.Subject, w.Absence.Text, at, "Auto-Submitted: auto-replied")
}

// Stranger gives a mail that belongs to no letter.
func (t Town) Stranger(from engine.Contact, at time.Time) []byte {
	w := words()
	return mail(from, t.Sender, w.Stranger.Subject, w.Stranger.Text, at)
}

func mail(from engine.Contact, to, subject, text string, at time.Time, extra ...string) []byte {
	head := append([]string{
		"From: " + mime.QEncoding.Encode("utf-8", from.Name) + " <" + from.Email + ">",
		"To: <" + to + ">",
		"Subject: " + mime.QEncoding.Encode("utf-8", subject),
		"Date: " + at.Format(time.RFC1123Z),
		"Message-ID: <" + at.Format("20060102150405.") + from.Email + ">",
		"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"}, extra...)
	body := base64.StdEncoding.EncodeToString([]byte(text))
	for i := 76; i < len(body); i += 78 {
		body = body[:i] + "\r\n" + body[i:]
	}
	return []byte(strings.Join(head, "\r\n") + "\r\n\r\n" + body + "\r\n")
}
