package inbox

import (
	"bytes"
	"strings"
)

// A splitter cuts the body of a multipart into its parts. They share the memory
// of the body, so depth costs time but no memory.
type splitter struct {
	rest      []byte
	delimiter []byte // "--" and the boundary
	done      bool
}

// openParts goes to the first part of a body; ok is false when it has none. A
// boundary that is missing or wrong is looked for.
func openParts(body []byte, boundary string) (s splitter, ok bool) {
	if boundary != "" {
		s = splitter{rest: body, delimiter: []byte("--" + boundary)}
		if _, ok = s.next(); ok && !s.done { // the text before the first part is for programs without MIME
			return s, true
		}
	}
	if boundary = guessBoundary(body); boundary == "" {
		return s, false
	}
	s = splitter{rest: body, delimiter: []byte(boundary)}
	_, ok = s.next()
	return s, ok && !s.done
}

// guessBoundary gives the first line that begins like a delimiter and has the
// header of a part after it.
func guessBoundary(body []byte) string {
	for rest := body; ; {
		i := bytes.Index(rest, []byte("--"))
		if i < 0 {
			return ""
		}
		atStart := i == 0 && len(rest) == len(body) || i > 0 && rest[i-1] == '\n'
		line, after := cutLine(rest[i:])
		line = bytes.TrimRight(line, " \t")
		if next, _ := cutLine(after); atStart && len(line) > len("--") && len(line) < maxValue && usualField(next) {
			return string(line)
		}
		if len(after) == 0 {
			return ""
		}
		rest = rest[i+len("--"):]
		if j := bytes.IndexByte(rest, '\n'); j >= 0 {
			rest = rest[j:]
		}
	}
}

// next gives the bytes up to the next delimiter, without the line end before
// it. A missing last delimiter ends the last part with the body.
func (s *splitter) next() (part []byte, ok bool) {
	if s.done {
		return nil, false
	}
	for from := 0; ; {
		i := bytes.Index(s.rest[from:], s.delimiter)
		if i < 0 {
			s.done = true
			return s.rest, len(s.rest) > 0
		}
		start := from + i
		from = start + len(s.delimiter)
		if start > 0 && s.rest[start-1] != '\n' {
			continue
		}
		line, after := cutLine(s.rest[from:])
		tail := string(bytes.TrimRight(line[:min(len(line), maxValue)], " \t"))
		if tail != "" && tail != "--" {
			continue
		}
		part = bytes.TrimSuffix(bytes.TrimSuffix(s.rest[:start], []byte("\n")), []byte("\r"))
		s.rest, s.done = after, tail == "--"
		return part, true
	}
}

// decodeBody undoes the transfer encoding; of an unknown one the bytes are
// given as they came.
func decodeBody(encoding string, body []byte) []byte {
	switch strings.ToLower(firstWord(encoding)) {
	case "base64", "base-64", `"base64"`:
		if data := decodeBase64(body); len(data) > 0 {
			return data
		}
	case "quoted-printable", "quoted/printable", `"quoted-printable"`:
		return decodeQuoted(body)
	}
	return body
}

// sextets are the values of the letters of base64, 64 for padding and 65 for
// what is none.
var sextets = func() (t [256]byte) {
	for i := range t {
		t[i] = 65
	}
	for i, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=" {
		t[c] = byte(i)
	}
	return t
}()

// decodeBase64 decodes what can be: letters that do not belong there are left
// out, and so are lines with spaces inside, which are footers somebody put
// under the encoded text.
func decodeBase64(body []byte) []byte {
	out := make([]byte, 0, len(body)/4*3+3)
	var bits uint32
	n := 0
	flush := func() { // what is left of a group of four
		switch n {
		case 2:
			out = append(out, byte(bits>>4))
		case 3:
			out = append(out, byte(bits>>10), byte(bits>>2))
		}
		bits, n = 0, 0
	}
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		if line = bytes.TrimSpace(line); bytes.IndexByte(line, ' ') >= 0 {
			flush()
			continue
		}
		for _, c := range line {
			switch v := sextets[c]; {
			case v == 64:
				flush()
			case v < 64:
				bits = bits<<6 | uint32(v)
				if n++; n == 4 {
					out = append(out, byte(bits>>16), byte(bits>>8), byte(bits))
					bits, n = 0, 0
				}
			}
		}
	}
	flush()
	return out
}

// decodeQuoted decodes quoted-printable; what is no escape stays as it is.
func decodeQuoted(body []byte) []byte {
	if bytes.IndexByte(body, '=') < 0 {
		return body
	}
	out := make([]byte, 0, len(body))
	for {
		i := bytes.IndexByte(body, '=')
		if i < 0 {
			return append(out, body...)
		}
		out = append(out, body[:i]...)
		body = body[i:]
		if len(body) > 2 && unhex(body[1]) < 16 && unhex(body[2]) < 16 {
			out = append(out, unhex(body[1])<<4|unhex(body[2]))
			body = body[3:]
			continue
		}
		line, rest := cutLine(body[1:min(len(body), 80)])
		if len(bytes.TrimRight(line, " \t")) == 0 { // the line goes on
			body = body[len(body[:min(len(body), 80)])-len(rest):]
			continue
		}
		out = append(out, '=')
		body = body[1:]
	}
}

// unhex gives the value of a hexadecimal digit, 16 for what is none.
func unhex(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	}
	return 16
}
