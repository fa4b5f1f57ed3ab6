package notify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A mail is a letter in words, about to become bytes.
type mail struct {
	letter              engine.Letter
	id                  string // as it stands in the bytes
	date                time.Time
	subject, text, html string
	linkWord, tokenWord string // what the kept text holds in place of the secrets
}

// render gives the bytes. go-mail writes them, but its free choices are taken
// away: the date, the Message-ID and the boundaries.
func (m mail) render() ([]byte, error) {
	l := m.letter
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, &netmail.Address{Name: l.Municipality, Address: l.Sender})
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderTo, &netmail.Address{Name: l.To.Name, Address: l.To.Email})
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderReplyTo, m.replyTo())
	msg.Subject(m.subject)
	msg.SetDateWithValue(m.date)
	msg.SetMessageIDWithValue(m.id)
	for name, value := range m.fields() {
		msg.SetGenHeader(gomail.Header(name), value)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.html)
	for _, a := range l.Attachments {
		msg.AttachReadSeeker(a.Name, bytes.NewReader(a.Data), gomail.WithFileContentType(gomail.ContentType(a.Type)))
	}
	var b bytes.Buffer
	b.Grow(m.weight())
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, err
	}
	raw := b.Bytes()
	err := m.fixBoundaries(raw)
	return noLeadingDots(raw), err
}

// weight is about how many bytes the mail will have.
func (m mail) weight() int {
	n := 2048 + 3*len(m.text) + 2*len(m.html)
	for _, a := range m.letter.Attachments {
		n += 512 + len(a.Data)*7/5
	}
	return n
}

// replyTo is where a reply goes: to the inbox that reads answers, or to the
// coordinator.
func (m mail) replyTo() *netmail.Address {
	if l := m.letter; byReply(l) {
		return &netmail.Address{Name: l.Municipality, Address: l.ReplyTo}
	}
	return &netmail.Address{Name: m.letter.Coordinator.Name, Address: m.letter.Coordinator.Email}
}

// references are the Message-IDs of strangers that may stand in our header:
// without brackets, spaces and whatever could be read as an encoded word. A
// mail with another one is answered without naming it.
var references = pattern.New("^[A-Za-z0-9!#$%&'*+/=^_`{|}~.-]{1,200}@[A-Za-z0-9._-]{1,190}$")

// fields are the fields of the header that say what sort of mail it is. An
// out-of-office reply to a letter is wanted: it says who is away until when. A
// receipt says what it answers, and that a program wrote it (RFC 3834); nothing
// shall answer it, and nobody is subscribed to receipts.
func (m mail) fields() map[string]string {
	l := m.letter
	_, senderDomain, _ := strings.Cut(l.Sender, "@")
	f := map[string]string{"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "DR, RN, NRN, AutoReply", "List-Id": "<plan." + senderDomain + ">"}
	if l.Kind != engine.LetterReceipt {
		f["List-Unsubscribe"] = "<mailto:" + l.Coordinator.Email + ">"
		return f
	}
	f["Auto-Submitted"], f["X-Auto-Response-Suppress"] = "auto-replied", "All"
	if references.MatchString(l.InReplyTo) {
		f["In-Reply-To"], f["References"] = "<"+l.InReplyTo+">", "<"+l.InReplyTo+">"
	}
	return f
}

// noLeadingDots encodes a dot at the start of a line, which only the texts can
// have. SMTP doubles such dots and takes one away again; mail servers that do
// it carelessly are how one mail was smuggled inside another.
func noLeadingDots(raw []byte) []byte {
	if dot := []byte("\r\n."); bytes.Contains(raw, dot) {
		return bytes.ReplaceAll(raw, dot, []byte("\r\n=2E"))
	}
	return raw
}

const (
	boundaryField = "\n boundary="
	boundarySize  = 60
)

// boundaries finds the boundaries go-mail has made, each on a line of its own.
// A regular expression would take longer than all the rest of a mail.
func boundaries(raw []byte) (found [][]byte) {
	for {
		i := bytes.Index(raw, []byte(boundaryField))
		if i < 0 {
			return found
		}
		raw = raw[i+len(boundaryField):]
		if len(raw) > boundarySize && raw[boundarySize] == '\r' && isHex(raw[:boundarySize]) {
			found = append(found, bytes.Clone(raw[:boundarySize]))
		}
	}
}

func isHex(b []byte) bool { return len(bytes.Trim(b, "0123456789abcdef")) == 0 }

// fixBoundaries writes boundaries made of what the mail says over the random
// ones, which are as long. go-mail can be given one boundary only, and would use it for a multipart
// inside another too. Nobody can put such a boundary into a text: it is a hash
// of that text.
func (m mail) fixBoundaries(raw []byte) error {
	found := boundaries(raw)
	if len(found) == 0 {
		return fmt.Errorf("the mail has no boundary to be fixed")
	}
	says := m.says()
	for i, f := range found {
		n := strconv.Itoa(i)
		sum := sha256.Sum256(fmt.Appendf(says, "%d:%s", len(n), n))
		fixed := hex.EncodeToString(sum[:])[:boundarySize]
		for at := bytes.Index(raw, f); at >= 0; at = bytes.Index(raw, f) {
			copy(raw[at:], fixed)
		}
	}
	return nil
}

// says is what the mail says as one text, from which nothing else can be read.
func (m mail) says() []byte {
	b := make([]byte, 0, 128+len(m.id)+len(m.subject)+len(m.text)+len(m.html))
	for _, s := range []string{m.id, m.subject, m.text, m.html} {
		b = append(strconv.AppendInt(b, int64(len(s)), 10), ':')
		b = append(b, s...)
	}
	return b
}
