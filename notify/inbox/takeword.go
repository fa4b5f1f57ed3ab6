package inbox

import (
	"encoding/base64"
	"strings"
)

// The longest encoded word and charset name that are read. The standard says
// 75 and every program writes longer ones; beyond this it is no word but an
// attempt to keep the reader busy.
const (
	maxWord    = 4000
	maxCharset = 60
)

// decodeField gives the text of a header field as one clean line. Adjacent
// encoded words are joined before they are read: programs cut them in the
// middle of a letter.
func decodeField(s string) string {
	if !strings.Contains(s, "=?") {
		return cleanLine(toUTF8([]byte(s), ""))
	}
	var out strings.Builder
	var run []byte // of words in one charset
	var charset string
	flush := func() {
		out.WriteString(toUTF8(run, charset))
		run = run[:0]
	}
	for {
		before, w, after, ok := nextWord(s)
		if !ok || strings.TrimSpace(before) != "" || len(run) == 0 {
			flush()
			out.WriteString(toUTF8([]byte(before), ""))
		}
		if !ok {
			return cleanLine(out.String())
		}
		if !strings.EqualFold(w.charset, charset) {
			flush()
		}
		charset, run, s = w.charset, append(run, w.bytes()...), after
	}
}

// An encodedWord is a piece of a header field as RFC 2047 writes what is not
// ASCII.
type encodedWord struct {
	charset string
	base64  bool
	text    string
}

// nextWord finds the first encoded word; without one, before is all of s.
func nextWord(s string) (before string, w encodedWord, after string, ok bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "=?")
		if i < 0 {
			return s, w, "", false
		}
		from += i + len("=?")
		if w, n := readWord(s[from:]); n > 0 {
			return s[:from-len("=?")], w, s[from+n:], true
		}
	}
}

// readWord reads an encoded word after its "=?", n bytes long; n is 0 when
// there is none.
func readWord(s string) (w encodedWord, n int) {
	i := strings.IndexByte(s[:min(len(s), maxCharset)], '?')
	if i <= 0 || len(s) < i+3 || s[i+2] != '?' || strings.IndexByte("bBqQ", s[i+1]) < 0 {
		return w, 0
	}
	start := i + 3
	end := strings.Index(s[start:min(len(s), start+maxWord)], "?=")
	if end < 0 {
		return w, 0
	}
	charset, _, _ := strings.Cut(s[:i], "*") // a language may follow
	return encodedWord{charset: charset, base64: s[i+1]|0x20 == 'b', text: s[start : start+end]}, start + end + len("?=")
}

func (w encodedWord) bytes() []byte {
	if w.base64 {
		if b, err := base64.StdEncoding.DecodeString(w.text); err == nil {
			return b
		}
		return decodeBase64([]byte(w.text))
	}
	return decodeQuoted([]byte(strings.ReplaceAll(w.text, "_", " ")))
}
