package mailbox

import (
	"splneno/engine"
	"splneno/notify/eml"
)

// A Message is one mail as it arrived. Raw must not be changed. What cannot be
// read of it is empty.
type Message struct {
	Number int // from 1, in order of arrival
	From   string
	To     []string
	Raw    []byte
}

// Subject gives the decoded subject.
func (m Message) Subject() string { return m.Header("Subject") }

// Header gives a header field decoded.
func (m Message) Header(name string) string { return m.read().Get(name) }

// Text gives the plain text part.
func (m Message) Text() string { return m.read().Text }

// HTML gives the HTML part. It is as untrusted as the mail: show it in a sandbox.
func (m Message) HTML() string { return m.read().HTML }

// Attachments gives the attached files in order.
func (m Message) Attachments() []engine.Attachment { return m.read().Attachments }

func (m Message) read() eml.Mail {
	parts, _ := eml.Read(m.Raw)
	return parts
}
