package check

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"splneno/engine"
	"splneno/notify/eml"
)

//go:embed testmail.txt
var testMail string

// TestMail makes a mail to ourselves that holds a mark in its subject and its
// Message-ID. It says of itself that a program wrote it, so nobody answers it
// and nobody takes it for an answer.
func TestMail(from, to, mark string, at time.Time) (engine.Message, error) {
	subject, text, _ := strings.Cut(strings.ReplaceAll(testMail, "{mark}", mark), "\n\n")
	_, domain, _ := strings.Cut(from, "@")
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, &netmail.Address{Address: from})
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderTo, &netmail.Address{Address: to})
	msg.Subject(subject)
	msg.SetDateWithValue(at)
	msg.SetMessageIDWithValue(mark + "@" + domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetBodyString(gomail.TypeTextPlain, text)
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return engine.Message{}, fmt.Errorf("test mail: %w", err)
	}
	sum := sha256.Sum256(b.Bytes())
	return engine.Message{From: from, To: to, ReturnPath: to, Subject: subject, Raw: b.Bytes(), Hash: hex.EncodeToString(sum[:])}, nil
}

// Speaks reports whether a mail that came in is the test mail with this mark, or
// a report about it. Raw may be missing once the mail was read.
func Speaks(in engine.Inbound, mark string) bool {
	return strings.Contains(in.Mail.Subject, mark) || bytes.Contains(in.Raw, []byte(mark)) ||
		in.Mail.Report != nil && strings.Contains(in.Mail.Report.MessageID, mark)
}

// Arrival judges the test mail as it came in, with its bytes and as it was read,
// after so long. Relays are the mail servers whose word is taken.
func Arrival(in engine.Inbound, after time.Duration, relays []string) Finding {
	const name = "round trip"
	came := fmt.Sprintf("the test mail came in by %s after %d s", in.Via, int(after.Seconds()))
	m, verdict := in.Mail, verdictOf(in.Raw)
	if m.Kind == engine.MailBounce {
		if m.Report != nil {
			came = m.Report.Status + " " + m.Report.Detail
		}
		return Finding{name, Fail, "the test mail was not delivered, a mail server reports: " + line(came), "check the address for replies, and whether its mail server knows it"}
	}
	if verdict == "" {
		came += "; no server wrote Authentication-Results"
	} else {
		came += "; Authentication-Results: " + line(verdict)
	}
	author := authorOf(verdict)
	switch {
	case m.Forged:
		return Finding{name, Fail, came + "; your own mail server takes it for forged", "mend SPF, DKIM and DMARC of the sender's domain"}
	case m.Verified:
		return Finding{name, OK, came + "; the sender is verified", ""}
	case author != "" && !slices.ContainsFunc(relays, func(r string) bool { return strings.EqualFold(r, author) }):
		return Finding{name, Warn, came + "; the sender is not verified, as nobody told us to trust this name", "if it is the name of your own mail server, give it by --relay " + author}
	}
	return Finding{name, Warn, came + "; the sender is not verified", "let your mail server check and sign mail of your own domain too; answers of others are verified by their own domain"}
}

// verdictOf gives the topmost Authentication-Results of a mail.
func verdictOf(raw []byte) string {
	m, _ := eml.Read(raw)
	return m.Get("Authentication-Results")
}

// authorOf gives the name a server signs its results with, "" when there is none.
func authorOf(results string) string {
	id, _, _ := strings.Cut(results, ";")
	if words := strings.Fields(id); len(words) > 0 {
		return line(words[0])
	}
	return ""
}
