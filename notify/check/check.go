// Package check looks at what mail needs outside the program: a mail server
// that takes our mail, and the records in the DNS by which strangers believe
// that it is ours. It only looks; nothing but the test mail is ever sent.
//
// It must not know commands, databases or who reads its findings. Every look
// ends when its context does. Start reading at [Finding], then [SMTP], [MX],
// [SPF], [DKIM], [DMARC]; testmail.go is the mail of the round trip.
package check

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"splneno/engine"
)

// A Level says how bad a finding is.
type Level string

// The levels.
const (
	OK   Level = "ok"
	Warn Level = "warn" // it works, but not as well as it could, or nothing is known
	Fail Level = "FAIL" // mail will not go out, come in or be believed
)

// A Finding is one thing that was looked at. Found and Todo are one line each
// and hold no secret; what strangers wrote stands in them without control
// characters.
type Finding struct {
	Check string `json:"check"` // what was looked at
	Level Level  `json:"level"`
	Found string `json:"found"`
	Todo  string `json:"todo"` // "" when nothing is to be done
}

// A certificate is renewed by machines a month before its end; three weeks
// before it nobody has.
const renewal = 21 * 24 * time.Hour

// Encryption judges a connection by its version ("TLS 1.3", "" for none) and the
// certificate of the server.
func Encryption(name, version string, names []string, expires, now time.Time) Finding {
	if version == "" {
		return Finding{name, OK, "not encrypted, and need not be: the server is on this machine", ""}
	}
	found := fmt.Sprintf("%s, certificate for %s until %s", version, line(strings.Join(names, ", ")), expires.Format(time.DateOnly))
	if expires.Sub(now) < renewal {
		return Finding{name, Warn, fmt.Sprintf("%s, which is in %s", found, engine.CountOf(int(expires.Sub(now).Hours()/24), "day", "days")), "have the certificate of the server renewed"}
	}
	return Finding{name, OK, found, ""}
}

// lineMax is enough for a record with a key of 4096 bits.
const lineMax = 1000

// line makes words of strangers fit to be shown on one line.
func line(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "?"), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	if r := []rune(s); len(r) > lineMax {
		s = string(r[:lineMax-1]) + "…"
	}
	return s
}
