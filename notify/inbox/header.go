package inbox

import (
	"net/mail"
	"slices"
	"strings"
	"unicode"

	"splneno/engine"
)

// maxReferences is how many Message-IDs of earlier mails are kept: a thread of
// a year has fewer.
const maxReferences = 50

// readHeader reads who wrote, when, about what and in reply to what, and
// collects what an honest mail would not have. The code words in Suspicious are
// two_from, no_from, bad_from (not one plain address, or a name that is the
// address of somebody else), two_subject, two_date and two_message_id.
func readHeader(msg message) engine.Mail {
	m := engine.Mail{
		Subject:   msg.get("Subject"),
		MessageID: firstID(msg.get("Message-Id")),
		InReplyTo: repliedTo(msg),
	}
	m.Date, _ = mail.ParseDate(msg.get("Date"))
	from, fault := readFrom(msg)
	m.From = from
	if fault != "" {
		m.Suspicious = append(m.Suspicious, fault)
	}
	for _, once := range []struct{ name, code string }{
		{"Subject", "two_subject"}, {"Date", "two_date"}, {"Message-Id", "two_message_id"},
	} {
		if len(msg.all(once.name)) > 1 {
			m.Suspicious = append(m.Suspicious, once.code)
		}
	}
	return m
}

// The longest a Message-ID may be; what is longer is none.
const maxID = 500

// idsIn gives the Message-IDs in a field, without brackets and in order. Some
// programs forget the brackets.
func idsIn(value string) (out []string) {
	for word := range strings.FieldsFuncSeq(value, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' }) {
		if len(word) <= maxID && (strings.Contains(word, "@") || strings.Contains(value, "<"+word+">")) {
			out = append(out, word)
		}
	}
	return out
}

func firstID(value string) string {
	if ids := idsIn(value); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// repliedTo gives the mails this one answers, the nearest first.
func repliedTo(msg message) (out []string) {
	var near, far []string
	for _, v := range msg.all("In-Reply-To") {
		near = append(near, idsIn(v)...)
	}
	for _, v := range msg.all("References") {
		far = append(far, idsIn(v)...)
	}
	slices.Reverse(far)
	seen := map[string]bool{}
	for _, id := range append(near, far...) {
		if !seen[id] && len(out) < maxReferences {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
