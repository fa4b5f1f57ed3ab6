package inbox

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"splneno/engine/pattern"
)

// The bounds of checking signatures. Each signature asks the DNS once.
const (
	maxSignatures = 3
	maxDNS        = 3 * time.Second
	maxBlankLines = 10000 // in a row; canonical form takes time that grows with their square
)

// signed reports whether a signature of the sender's domain covers the mail.
func (r *Reader) signed(ctx context.Context, msg message, from string) bool {
	if r.LookupTXT == nil || msg.unreadable != "" {
		return false
	}
	raw := withoutEnvelopeLine(msg.raw)
	if !oneReading(raw) || manyBlankLines(raw) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, maxDNS)
	defer cancel()
	found, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{
		MaxVerifications: maxSignatures,
		LookupTXT:        func(name string) ([]string, error) { return r.lookup(ctx, name, domainOf(from)) },
	})
	if err != nil && !errors.Is(err, dkim.ErrTooManySignatures) {
		return false
	}
	for _, v := range found {
		if v.Err == nil && aligned(v.Domain, domainOf(from)) {
			return true
		}
	}
	return false
}

var keyName = pattern.New(`^[A-Za-z0-9._-]{1,253}$`)

var errNotAsked = errors.New("the key of a stranger is not asked for")

// lookup asks for the key of a signature that could count. Other names are not
// asked for: a sender could make us ask anybody anything.
func (r *Reader) lookup(ctx context.Context, name, domain string) ([]string, error) {
	_, signer, _ := strings.Cut(name, "._domainkey.")
	if !keyName.MatchString(name) || !aligned(signer, domain) {
		return nil, errNotAsked
	}
	return r.LookupTXT(ctx, name)
}

// withoutEnvelopeLine drops the line that mail folders write before a mail.
func withoutEnvelopeLine(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("From ")) {
		_, raw, _ = bytes.Cut(raw, []byte("\n"))
	}
	return raw
}

// singles are the fields that change who is believed to have said what. A
// signature stays valid when a second one is put before the signed one.
var singles = []string{"from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
	"mime-version", "content-type", "content-transfer-encoding"}

var fieldLine = pattern.New(`^([!-9;-~]+)[ \t]*:`)

// oneReading reports whether the header can be read in one way only, with one
// From. Who checks signatures and who shows the mail are two programs, and where
// they read differently a signed mail can be made to say something else.
func oneReading(raw []byte) bool {
	seen := map[string]bool{}
	for {
		line, rest, ended := bytes.Cut(raw, []byte("\n"))
		line = bytes.TrimSuffix(line, []byte("\r"))
		if !ended || bytes.ContainsAny(line, "\r\x00") {
			return false
		}
		if raw = rest; len(line) == 0 {
			return seen["from"]
		}
		if folded := bytes.TrimLeft(line, " \t"); len(folded) < len(line) {
			if len(folded) == 0 || len(seen) == 0 {
				return false
			}
			continue
		}
		found := fieldLine.FindSubmatch(line)
		if found == nil {
			return false
		}
		name := strings.ToLower(string(found[1]))
		if seen[name] && slices.Contains(singles, name) {
			return false
		}
		seen[name] = true
	}
}

// manyBlankLines reports whether the mail was built to make the check slow.
func manyBlankLines(raw []byte) bool {
	run := 0
	for _, c := range raw {
		switch c {
		case '\n':
			if run++; run > maxBlankLines {
				return true
			}
		case '\r':
		default:
			run = 0
		}
	}
	return false
}
