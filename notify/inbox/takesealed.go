package inbox

import (
	"bytes"
	"strings"
)

// pkcs7 reports whether a part is a mail sealed by S/MIME.
func pkcs7(kind string) bool {
	return kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime"
}

// sealed reads a part sealed by S/MIME. One that is only signed has the text
// inside; any other is encrypted for somebody else.
func (t *taker) sealed(i, depth int, name string) shown {
	p := t.parts[i]
	if inner := signedContent(p.data); len(inner) > 0 && depth < maxDepth {
		fields, body := t.header(inner)
		return t.node(fields, body, depth+1, "text/plain")
	}
	t.locked = t.locked || !strings.EqualFold(p.params["smime-type"], "certs-only")
	t.name(i, name)
	return nothing
}

// The identifiers of a CMS signature and of plain data in it, as they are
// written.
var (
	oidSigned = []byte("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
	oidData   = []byte("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")
)

// The tags of what encloses the data: the field, a string, a string in pieces.
const (
	tagField  = 0xa0
	tagString = 0x04
	tagPieces = 0x24
)

// signedContent gives the mail inside a CMS signature (RFC 5652), nil when
// there is none. Nobody's key is looked at. Lengths may be left open (BER).
func signedContent(data []byte) (out []byte) {
	if !bytes.Contains(data[:min(len(data), 64)], oidSigned) {
		return nil
	}
	_, rest, _ := bytes.Cut(data, oidData)
	tag, value, _ := berElement(rest)
	if tag != tagField {
		return nil
	}
	tag, value, _ = berElement(value)
	if tag == tagString {
		return value
	}
	for rest = value; tag == tagPieces; {
		var piece byte
		if piece, value, rest = berElement(rest); piece != tagString {
			break
		}
		out = append(out, value...)
	}
	return out
}

// berElement reads one element. Of an open length the value is all that
// follows.
func berElement(b []byte) (tag byte, value, rest []byte) {
	if len(b) < 2 {
		return 0, nil, nil
	}
	tag, n, b := b[0], int(b[1]), b[2:]
	switch octets := n & 0x7f; {
	case n == 0x80:
		return tag, b, nil
	case n > 0x80 && octets <= 4 && octets <= len(b):
		n = 0
		for _, c := range b[:octets] {
			n = n<<8 | int(c)
		}
		b = b[octets:]
	case n > 0x80:
		return 0, nil, nil
	}
	n = min(n, len(b))
	return tag, b[:n], b[n:]
}
