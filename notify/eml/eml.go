// Package eml reads the bytes of a mail: its header, its two texts, its files.
// Composing reads every mail back with it before it may leave, and the built-in
// mailbox shows mail with it.
//
// It must not know what a mail means or who may have sent it. It reads mail of
// our own making; mail of strangers needs the stricter reading of an inbox.
// Start reading at [Read].
package eml

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"splneno/engine"
)

// A Mail is a mail taken apart. Text and HTML are the first parts of their kind
// that are no files, with line ends "\n".
type Mail struct {
	Header      mail.Header
	Text, HTML  string
	Attachments []engine.Attachment
}

// The bounds of the reader. A broken mail may be built to cost much.
const (
	maxDepth = 5
	maxParts = 100
)

// Read takes a mail apart. It is Invalid when the header or the MIME tree is
// broken; what was read before that place is given all the same.
func Read(raw []byte) (Mail, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, engine.Errorf(engine.Invalid, "the header of this mail cannot be read: %w", err)
	}
	r := reader{Mail: Mail{Header: msg.Header}, left: maxParts}
	r.data.Grow(len(raw))
	if err := r.part(textproto.MIMEHeader(msg.Header), msg.Body, maxDepth); err != nil {
		return r.Mail, engine.Errorf(engine.Invalid, "the parts of this mail cannot be read: %w", err)
	}
	return r.Mail, nil
}

// Get gives a header field with its encoded words decoded and without anything
// that could start another line, "" when it is not there.
func (m Mail) Get(name string) string { return decoded(m.Header.Get(name)) }

type reader struct {
	Mail
	left int          // parts that may still be read
	data bytes.Buffer // of the part that is read
}

// part reads one node of the MIME tree.
func (r *reader) part(h textproto.MIMEHeader, body io.Reader, depth int) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return r.leaf(kind, h, body)
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if r.left--; r.left < 0 || depth == 0 {
			return engine.Errorf(engine.Invalid, "too many parts")
		}
		if err := r.part(p.Header, p, depth-1); err != nil {
			return err
		}
	}
}

// leaf keeps a part that has no parts.
func (r *reader) leaf(kind string, h textproto.MIMEHeader, body io.Reader) error {
	r.data.Reset()
	if _, err := r.data.ReadFrom(transferDecoder(h.Get("Content-Transfer-Encoding"), body)); err != nil {
		return err
	}
	data := r.data.Bytes()
	_, disposition, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	switch name := decoded(disposition["filename"]); {
	case name != "":
		r.Attachments = append(r.Attachments, engine.Attachment{Name: name, Type: kind, Data: bytes.Clone(data)})
	case kind == "text/plain" && r.Text == "":
		r.Text = strings.ReplaceAll(string(data), "\r\n", "\n")
	case kind == "text/html" && r.HTML == "":
		r.HTML = strings.ReplaceAll(string(data), "\r\n", "\n")
	}
	return nil
}

func transferDecoder(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}

func decoded(s string) string {
	if d, err := new(mime.WordDecoder).DecodeHeader(s); err == nil {
		s = d
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
}
