// Package sentbox reads what left out of what other programs keep: mails, mailbox
// files, and the logs of mail servers.
//
// It looks for Message-IDs of our making and for the header fields that tell a
// mail from another. It must not know which mails a town waits to send, nor
// where the text comes from; whatever it does not understand it passes over.
// Start reading at [Read].
package sentbox

import (
	"bufio"
	"io"
	"net/mail"
	"slices"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/pattern"
	"splneno/notify/eml"
)

// The bounds of the reader.
const (
	maxLine   = 64 << 10 // the rest of a longer line is passed over
	maxHeader = 256 << 10
	maxMails  = 100_000
)

// Fields names the header fields that are read of a mail.
func Fields() []string { return []string{"Message-ID", "To", "Subject", "Date"} }

// Read looks through a text: a mail, a mailbox in the mbox format, or the log of
// a mail server. It gives the mails with a Message-ID of ours, and of mails with
// a header the others too; lines is how many it read. near is about when a log
// was written, for the lines of most logs name no year.
func Read(r io.Reader, near time.Time) (mails []engine.SentMail, lines int, err error) {
	x := reader{near: near, queue: map[string]int{}}
	in := bufio.NewReaderSize(r, maxLine)
	for {
		line, prefix, err := in.ReadLine()
		if err == io.EOF {
			x.flush()
			return x.mails, lines, nil
		}
		if err != nil {
			return x.mails, lines, err
		}
		lines++
		x.line(string(line))
		for prefix && err == nil {
			_, prefix, err = in.ReadLine()
		}
		if len(x.mails) > maxMails {
			return x.mails, lines, engine.Errorf(engine.Invalid, "there are more than %d mails in one file; cut it to the days since the copy", maxMails)
		}
	}
}

// A reader goes through a text line by line.
type reader struct {
	near  time.Time
	mails []engine.SentMail
	queue map[string]int  // queue id of the log → which mail
	head  strings.Builder // the header being read
	open  bool            // a header is being read
	keeps bool            // the field being read is one of Fields
}

var (
	// field is how the header of a mail begins, whoever wrote it.
	field     = pattern.New(`(?i)^(message-id|to|subject|date|from|return-path|received|mime-version|content-type|delivered-to|reply-to|list-id|auto-submitted|status|x-[a-z0-9-]+):`)
	fieldName = pattern.New(`^[!-9;-~]+$`)
	ours      = pattern.New(`[0-9a-fA-F]{32}(?:\.[A-Za-z2-7]{32})?@[A-Za-z0-9.-]+`)
	queue     = pattern.New(`\b([0-9A-Za-z]{6,20}): (message-id=|to=<([^>]*)>)`)
)

// line takes in one line: of a header, or of anything else.
func (x *reader) line(s string) {
	name, _, named := strings.Cut(s, ":")
	switch {
	case x.open && s == "":
		x.flush()
	case x.open && (s[0] == ' ' || s[0] == '\t'):
		x.gather(s)
	case named && (x.open && fieldName.MatchString(name) || field.MatchString(s)):
		x.open, x.keeps = true, slices.ContainsFunc(Fields(), func(f string) bool { return strings.EqualFold(f, name) })
		x.gather(s)
	default:
		x.flush()
		x.log(s)
	}
}

// gather keeps a line of the fields that are read.
func (x *reader) gather(s string) {
	if x.keeps && x.head.Len() < maxHeader {
		x.head.WriteString(s + "\r\n")
	}
}

// flush reads the header that has ended. One without a Message-ID is none: the
// text of a mail may look like one.
func (x *reader) flush() {
	text := x.head.String()
	x.head.Reset()
	if !x.open {
		return
	}
	x.open = false
	m, err := eml.Read([]byte(text + "\r\n"))
	if err != nil || m.Header.Get("Message-Id") == "" {
		return
	}
	one := engine.SentMail{Subject: m.Get("Subject"), To: firstAddress(m.Header)}
	one.ID, one.Token = parse(strings.Trim(m.Header.Get("Message-Id"), "<> "))
	if at, err := m.Header.Date(); err == nil {
		one.At = at
	}
	if one.ID != "" || one.To != "" {
		x.mails = append(x.mails, one)
	}
}

// log reads a line of the log of a mail server: where the Message-ID was seen,
// and under the same number of the queue whom the mail went to.
func (x *reader) log(s string) {
	number := queue.FindStringSubmatch(s)
	if id := ours.FindString(s); id != "" {
		one := engine.SentMail{At: stamp(s, x.near)}
		if one.ID, one.Token = parse(id); one.ID != "" {
			if number != nil {
				x.queue[number[1]] = len(x.mails)
			}
			x.mails = append(x.mails, one)
		}
		return
	}
	if number == nil || number[3] == "" {
		return
	}
	if i, ok := x.queue[number[1]]; ok && x.mails[i].To == "" {
		x.mails[i].To = strings.ToLower(number[3])
	}
}

// parse takes a Message-ID apart that somebody may have put in other letters.
func parse(wire string) (id, token string) {
	id, token, _ = engine.ParseSentID(strings.ToLower(wire))
	return id, token
}

func firstAddress(h mail.Header) string {
	list, err := h.AddressList("To")
	if err != nil || len(list) == 0 {
		return ""
	}
	return strings.ToLower(list[0].Address)
}
