package engine

import (
	"regexp"
	"time"
)

// A SentMail is a mail that was found among what left: in the folder of sent
// mail, in a file, or in the log of a mail server. ID is empty for a mail that
// does not carry a Message-ID of our making; To is then the only trace.
type SentMail struct {
	ID      string // as in [Message]: without the reply token
	Token   string // the reply token, "" where the Message-ID carried none
	At      time.Time
	To      string // the first address, in lower case; "" where only the Message-ID is known
	Subject string
}

// ourID is the shape of the Message-IDs of [MessageID], with a reply token where
// the letter can be answered.
var ourID = regexp.MustCompile(`^([0-9a-f]{32})(?:\.([a-z2-7]{32}))?@([A-Za-z0-9.-]{1,190})$`)

// ParseSentID takes a Message-ID as it stands in a mail apart: into the one of
// the message and the reply token; ok is false for one we never made.
func ParseSentID(wire string) (id, token string, ok bool) {
	m := ourID.FindStringSubmatch(wire)
	if m == nil {
		return "", "", false
	}
	return m[1] + "@" + m[3], m[2], true
}
