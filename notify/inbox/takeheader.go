package inbox

import (
	"bufio"
	"bytes"
	nettextproto "net/textproto"
	"slices"
	"strings"

	"github.com/emersion/go-message/textproto"
)

// unixLines gives raw itself, unless its only line ends are those of old Macs.
func unixLines(raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') >= 0 || bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
}

// header parts a node into its fields and its body. What breaks a bound of the
// header makes the mail unreadable, with the fields before that place.
func (t *taker) header(raw []byte) ([]field, []byte) {
	block, body, problem := splitHeader(raw)
	if problem != "" {
		t.refuse(problem)
	}
	return readFields(block), body
}

// splitHeader gives the lines of a header that can be read, each with "\n", and
// what comes after them. A line that is no field is left out when a header goes
// on after it; otherwise the blank line is missing and the body begins there.
func splitHeader(raw []byte) (block, body []byte, problem string) {
	fields := 0
	for rest := raw; len(rest) > 0; {
		line, after := cutLine(rest)
		switch {
		case len(line) == 0:
			return block, after, ""
		case fields == 0 && mboxLine(line):
			rest = after
			continue
		case fields > 0 && (line[0] == ' ' || line[0] == '\t'):
		case isField(line):
			fields++
		default:
			if next, _ := cutLine(after); !usualField(next) {
				return block, rest, ""
			}
			rest = after
			continue
		}
		if fields > maxFields {
			return block, nil, "its header has more than 500 fields"
		}
		if len(block)+len(line) > maxHeader {
			return block, nil, "its header is larger than 1 MB"
		}
		block = append(append(block, bytes.ReplaceAll(line, []byte("\r"), []byte(" "))...), '\n')
		rest = after
	}
	return block, nil, ""
}

// cutLine gives the first line without its end, and what follows.
func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// mboxLine reports whether a line is the one mailbox files put before a mail.
func mboxLine(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(line, []byte(">")), []byte("From "))
}

// isField reports whether a line begins a field.
func isField(line []byte) bool {
	i := bytes.IndexByte(line[:min(len(line), 200)], ':')
	if i <= 0 {
		return false
	}
	name := bytes.TrimRight(line[:i], " \t")
	return len(name) > 0 && !bytes.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}

// usualFields are those that show that a header goes on.
var usualFields = []string{"From", "To", "Cc", "Subject", "Date", "Message-Id", "In-Reply-To", "References", "Reply-To", "Received", "Return-Path", "Mime-Version", "Delivered-To", "Sender"}

func usualField(line []byte) bool {
	if !isField(line) {
		return false
	}
	name := nettextproto.CanonicalMIMEHeaderKey(string(bytes.TrimRight(line[:bytes.IndexByte(line, ':')], " \t")))
	return slices.Contains(usualFields, name) || strings.HasPrefix(name, "Content-") || strings.HasPrefix(name, "X-")
}

// readFields reads the lines of a header.
func readFields(block []byte) (out []field) {
	h, _ := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(block))) // the block holds nothing it refuses
	for f := h.Fields(); f.Next(); {
		out = append(out, field{name: f.Key(), raw: f.Value(), value: decodeField(f.Value())})
	}
	return out
}
