package notify

import (
	"bytes"
	"fmt"
	"maps"
	netmail "net/mail"
	"slices"
	"strings"

	"splneno/notify/eml"
)

const (
	maxSize = 10 << 20
	maxLine = 998
)

// verify reads a mail back from its bytes, and refuses it unless it says exactly
// what was meant. What is not found wrong here may be sent.
func (m mail) verify(raw []byte) error {
	if err := verifyBytes(raw); err != nil {
		return err
	}
	got, err := eml.Read(raw)
	if err != nil {
		return err
	}
	if err := m.verifyHeader(got); err != nil {
		return err
	}
	if got.Text != m.text || got.HTML != m.html {
		return fmt.Errorf("the texts do not read back as they were written")
	}
	if len(got.Attachments) != len(m.letter.Attachments) {
		return fmt.Errorf("%d attachments read back instead of %d", len(got.Attachments), len(m.letter.Attachments))
	}
	for i, a := range m.letter.Attachments {
		if b := got.Attachments[i]; b.Name != a.Name || !bytes.Equal(b.Data, a.Data) {
			return fmt.Errorf("attachment %s does not read back as it was", a.Name)
		}
	}
	return nil
}

// verifyBytes looks at the bytes as a mail server does.
func verifyBytes(raw []byte) error {
	if len(raw) > maxSize {
		return fmt.Errorf("the mail has %d bytes, more than %d", len(raw), maxSize)
	}
	if !bytes.HasSuffix(raw, []byte("\r\n")) {
		return fmt.Errorf("the mail does not end with a line end")
	}
	for number := 1; len(raw) > 0; number++ {
		line, rest, _ := bytes.Cut(raw, []byte("\r\n"))
		raw = rest
		if len(line) > maxLine {
			return fmt.Errorf("line %d of the mail has %d bytes", number, len(line))
		}
		if bytes.HasPrefix(line, []byte(".")) {
			return fmt.Errorf("line %d of the mail begins with a dot", number)
		}
		for _, c := range line {
			if c < ' ' && c != '\t' || c > '~' {
				return fmt.Errorf("line %d of the mail has a byte that must be encoded", number)
			}
		}
	}
	return nil
}

// verifyHeader checks that the header has exactly the fields it should, each
// once, and that they mean what was meant.
func (m mail) verifyHeader(got eml.Mail) error {
	fields := m.fields()
	want := slices.AppendSeq([]string{"Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Reply-To", "Subject", "To"}, maps.Keys(fields))
	slices.Sort(want)
	var names []string
	for name, values := range got.Header {
		for range values {
			names = append(names, name)
		}
	}
	if slices.Sort(names); !slices.Equal(names, want) {
		return fmt.Errorf("the header has the fields %s", strings.Join(names, ", "))
	}
	l := m.letter
	for field, want := range map[string]netmail.Address{
		"From": {Name: l.Municipality, Address: l.Sender}, "To": {Name: l.To.Name, Address: l.To.Email},
		"Reply-To": *m.replyTo(),
	} {
		list, err := got.Header.AddressList(field)
		if err != nil || len(list) != 1 || *list[0] != want {
			return fmt.Errorf("the field %s does not read back as one address", field)
		}
	}
	for name, value := range fields {
		if got.Get(name) != value {
			return fmt.Errorf("the field %s does not read back", name)
		}
	}
	if date, err := got.Header.Date(); err != nil || !date.Equal(m.date) {
		return fmt.Errorf("the date does not read back")
	}
	if got.Get("Subject") != m.subject || got.Get("Message-Id") != "<"+m.id+">" {
		return fmt.Errorf("the subject or the Message-ID does not read back")
	}
	return nil
}
