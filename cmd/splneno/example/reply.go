package example

import (
	"bytes"
	_ "embed"
	"mime"
	"net/mail"
	"strings"
	"text/template"
	"time"
)

//go:embed reply-outlook.txt
var outlook string

//go:embed reply-seznam.txt
var seznam string

//go:embed mail-absence.txt
var absence string

//go:embed mail-stranger.txt
var stranger string

// programs are what the mails of the demo are written with: two mail programs,
// an out-of-office reply, and somebody who begins a new mail.
var programs = map[string]*template.Template{
	"absence":  template.Must(template.New("absence").Parse(absence)),
	"stranger": template.Must(template.New("stranger").Parse(stranger)),
	"outlook":  template.Must(template.New("outlook").Parse(outlook)),
	"seznam":   template.Must(template.New("seznam").Parse(seznam)),
}

// A Reply is what somebody types above a letter after pressing Reply.
type Reply struct {
	Program      string // "outlook", "seznam", "absence", "stranger"
	Writer       string // a role
	Address      string
	Organisation string
	Subject      string // "" is "Re: " and the letter's
	Text         string
	At           time.Time
}

// A Letter is what of a received mail a mail program needs for a reply.
type Letter struct{ From, Sender, ReplyTo, Subject, MessageID, Text string }

// Mail gives the bytes the mail program sends.
func (r Reply) Mail(to Letter) ([]byte, error) {
	subject := r.Subject
	if subject == "" {
		subject = "Re: " + to.Subject
	}
	at := r.At.Format(time.RFC1123Z)
	var b bytes.Buffer
	err := programs[r.Program].Execute(&b, map[string]string{
		"From": (&mail.Address{Name: r.Writer, Address: r.Address}).String(), "To": to.ReplyTo, "Sender": to.Sender,
		"Subject": mime.QEncoding.Encode("utf-8", subject), "PlainSubject": to.Subject, "Date": at, "Sent": at,
		"ID": r.At.Format("20060102150405.") + r.Address, "InReplyTo": to.MessageID, "Writer": r.Writer,
		"Organisation": r.Organisation, "Town": to.From, "Text": r.Text, "Letter": to.Text})
	return []byte(strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\n", "\r\n")), err
}
