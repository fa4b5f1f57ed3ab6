package inbox

import (
	"bytes"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A message is a mail taken apart, and no more: what its parts mean is said
// elsewhere in this package.
type message struct {
	raw        []byte  // as it came
	fields     []field // of the outermost header, in order
	text       string  // what a person reads, as text: the plain part, else the HTML; quoted HTML has "> " before its lines
	parts      []part  // the leaves of the MIME tree, in order
	unreadable string  // why it cannot be read, "" when it can; what was read stays
}

// A field is a line of the header.
type field struct {
	name  string // in canonical form: "Message-Id"
	raw   string // unfolded, as it came
	value string // decoded, one line, without control characters; a decoded name may look like an address
}

// A part is a leaf of the MIME tree.
type part struct {
	kind   string            // media type, lower case: "text/plain"
	params map[string]string // of the media type, names in lower case
	name   string            // safe file name, "" when it is no file
	fields []field
	data   []byte // transfer encoding undone; it may share memory with the mail
}

// get gives the decoded value of the first field of that name, "" for none.
func (m message) get(name string) string { return first(m.fields, name).value }

// all gives the decoded values of every field of that name.
func (m message) all(name string) (out []string) {
	for _, f := range m.fields {
		if f.name == name {
			out = append(out, f.value)
		}
	}
	return out
}

func first(fields []field, name string) field {
	for _, f := range fields {
		if f.name == name {
			return f
		}
	}
	return field{}
}

// The bounds of a mail. One that exceeds them was built to cost much, or is no
// answer; a person looks at it.
const (
	maxDepth  = 20
	maxParts  = 200
	maxHeader = 1 << 20
	maxFields = 500
)

// Oversized stands before the header of a mail of which a way in took the
// header alone, because the whole is too large.
const Oversized = "X-Splneno-Oversized: yes\r\n"

// takeApart reads the header, the tree of parts and the text a person sees. It
// reads what is broken as far as a person could. Work and memory are in
// proportion to the bytes, whatever is in them.
func takeApart(raw []byte) message {
	t := taker{message: message{raw: raw}}
	tooLarge := len(raw) > engine.MaxMail || bytes.HasPrefix(raw, []byte(Oversized))
	fields, body := t.header(unixLines(raw[:min(len(raw), engine.MaxMail)]))
	t.raw, t.fields = raw, fields
	switch {
	case tooLarge:
		t.unreadable = "it is larger than 25 MB"
	case t.unreadable != "":
	case len(fields) == 0 && strings.TrimSpace(string(body[:min(len(body), maxText)])) == "":
		t.unreadable = "it is empty"
	default:
		t.text = bounded(t.read(t.node(fields, body, 0, "text/plain")))
		if t.locked && strings.TrimSpace(t.text) == "" {
			t.refuse("it is encrypted")
		}
	}
	return t.message
}

// A taker walks the tree of parts.
type taker struct {
	message
	seen   int  // parts so far
	files  int  // of these, files
	locked bool // something in it is encrypted
}

// refuse says why the mail cannot be read, once.
func (t *taker) refuse(why string) {
	if t.unreadable == "" {
		t.unreadable = why
	}
}

// A shown is a piece of what a person reads, not decoded yet: of two forms of
// one text only one is.
type shown struct {
	leaf        int // index of the part, when there are no pieces
	html        bool
	alternative bool // one of the pieces is read, not all
	pieces      []shown
}

// node reads one node of the tree. usual is its media type when it names none.
func (t *taker) node(fields []field, body []byte, depth int, usual string) shown {
	kind, params := mediaType(first(fields, "Content-Type").raw, usual)
	if !strings.HasPrefix(kind, "multipart/") {
		return t.leaf(fields, body, depth, kind, params)
	}
	if depth == maxDepth {
		t.refuse("its parts are nested deeper than 20 levels")
		return shown{pieces: []shown{}}
	}
	rest, ok := openParts(body, params["boundary"])
	if !ok { // a person sees the bytes
		return t.leaf(fields, body, depth, "text/plain", nil)
	}
	t.locked = t.locked || kind == "multipart/encrypted"
	return t.multipart(rest, depth+1, kind)
}

// multipart reads the parts of a node.
func (t *taker) multipart(rest splitter, depth int, kind string) shown {
	out, usual := shown{pieces: []shown{}, html: true, alternative: kind == "multipart/alternative"}, "text/plain"
	if kind == "multipart/digest" {
		usual = "message/rfc822"
	}
	for {
		raw, ok := rest.next()
		if !ok {
			return out
		}
		if t.seen++; t.seen > maxParts {
			t.refuse("it has more than 200 parts")
			return out
		}
		fields, body := t.header(raw)
		piece := t.node(fields, body, depth, usual)
		if len(piece.pieces) > 0 || piece.pieces == nil && piece.leaf >= 0 {
			out.pieces = append(out.pieces, piece)
			out.html = out.html && piece.html
		}
	}
}

// nothing is what a person reads of a file.
var nothing = shown{leaf: -1}

// leaf keeps a part that has no parts.
func (t *taker) leaf(fields []field, body []byte, depth int, kind string, params map[string]string) shown {
	p := part{kind: kind, params: params, fields: fields, data: decodeBody(first(fields, "Content-Transfer-Encoding").raw, body)}
	t.parts = append(t.parts, p)
	last := len(t.parts) - 1
	disposition, attached := parameters(first(fields, "Content-Disposition").raw)
	name := attached["filename"]
	if name == "" {
		name = params["name"]
	}
	switch {
	case (kind == "text/plain" || kind == "text/html") && (depth == 0 || disposition != "attachment" && name == ""):
		return shown{leaf: last, html: kind == "text/html"}
	case pkcs7(kind):
		return t.sealed(last, depth, name)
	case !machinery(kind):
		t.name(last, name)
	}
	return nothing
}

func (t *taker) name(i int, name string) {
	t.files++
	t.parts[i].name = fileName(name, t.parts[i].kind, t.files)
}

// machinery reports whether a part speaks to mail programs, not to people.
func machinery(kind string) bool {
	switch kind {
	case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-encrypted",
		"message/delivery-status", "message/global-delivery-status", "message/feedback-report",
		"message/disposition-notification", "message/global-disposition-notification", "text/rfc822-headers", "message/global-headers":
		return true
	}
	return false
}

// read gives the text of what a person is shown.
func (t *taker) read(s shown) string {
	switch {
	case s.pieces == nil && s.leaf < 0:
		return ""
	case s.pieces == nil:
		return leafText(t.parts[s.leaf])
	case s.alternative:
		return t.best(s.pieces)
	}
	var all strings.Builder
	for _, piece := range s.pieces {
		if all.Len() > maxText {
			break
		}
		if text := t.read(piece); strings.TrimSpace(text) != "" {
			if all.Len() > 0 {
				all.WriteString("\n")
			}
			all.WriteString(text)
		}
	}
	return all.String()
}

// best gives the plain form of a text, unless it is empty or only says that
// there is another.
func (t *taker) best(pieces []shown) (text string) {
	for _, html := range []bool{false, true} {
		for _, piece := range pieces {
			if piece.html != html {
				continue
			}
			if other := t.read(piece); strings.TrimSpace(other) != "" {
				text = other
				if html || !needsHTML(text) {
					return text
				}
			}
		}
	}
	return text
}

// needsHTML reports whether a text says only that the reader's program cannot
// show the mail. A real answer taken for one costs nothing: its HTML is read.
func needsHTML(text string) bool {
	if len(text) > 600 {
		return false
	}
	text = czech.Fold(text)
	if !strings.Contains(text, "html") {
		return false
	}
	for _, word := range []string{"support", "cannot", "unable", "view", "display", "podpor", "zobraz", "neumi", "nedokaz", "unterstutz", "anzeig"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
