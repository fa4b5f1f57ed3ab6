// Package inbox reads incoming mail of strangers: it takes the bytes apart
// within bounds, says what kind of mail it is and whether the sender is who he
// claims, and has what was written parted from what was quoted (quote).
//
// It must not know what an answer means, whose request a token names, or what
// is to be done with a mail. Start reading at [Reader.Read], then take.go for
// the bytes, kind.go, report.go and verdict.go for what they say.
package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/inbox/quote"
)

// limit is how long reading one mail may take, whatever is in it.
const limit = 10 * time.Second

// A Reader reads mail. It is safe for concurrent use.
type Reader struct {
	// Tokens finds the reply tokens in a text that were signed here.
	Tokens func(text string) []string
	// Hide leaves the links and marks of our letters out of a text: our letter is
	// quoted in a reply, and whoever reads its keys could answer for another. nil
	// leaves a text as it is.
	Hide func(text string) string
	// Relays are the names by which our own mail servers sign their
	// Authentication-Results (authserv-id). Without one nobody's word is taken.
	Relays []string
	// LookupTXT asks the DNS for DKIM keys; nil checks no signatures.
	LookupTXT func(ctx context.Context, domain string) ([]string, error)
	// Scan looks for malware in an attachment and gives its name, "" for none;
	// nil scans nothing.
	Scan func(ctx context.Context, data []byte) (malware string, err error)
}

// Read takes a mail apart. What cannot be read is of kind other and says why;
// the only error is that the context ended.
func (r *Reader) Read(ctx context.Context, in engine.Inbound) (engine.Mail, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan engine.Mail, 1)
	go func() { done <- r.guarded(ctx, in) }()
	select {
	case m := <-done:
		return m, nil
	case <-ctx.Done():
		if context.Cause(ctx) == context.DeadlineExceeded {
			return engine.Mail{Kind: engine.MailOther, Unreadable: "reading it took too long"}, nil
		}
		return engine.Mail{}, ctx.Err()
	}
}

// guarded turns a panic into a mail that cannot be read: one mail must not stop
// the others.
func (r *Reader) guarded(ctx context.Context, in engine.Inbound) (m engine.Mail) {
	defer func() {
		if p := recover(); p != nil {
			m = engine.Mail{Kind: engine.MailOther, Unreadable: "reading it failed"}
		}
	}()
	return r.read(ctx, in)
}

func (r *Reader) read(ctx context.Context, in engine.Inbound) engine.Mail {
	msg := takeApart(in.Raw)
	m := readHeader(msg)
	m.Unreadable = msg.unreadable
	m.Own, m.Quoted = quote.Split(msg.text)
	m.Report = readReport(msg)
	m.Tokens = r.tokens(in, msg, m)
	m.Verified, m.Forged = r.verdict(ctx, msg, m.From)
	m.Files = r.files(ctx, msg)
	m.BodyHash = bodyHash(m)
	m.Kind = kindOf(in, msg, m)
	if m.Kind == engine.MailAutomatic {
		m.Absence = readAbsence(in, m)
	}
	if r.Hide != nil {
		m.Own, m.Quoted = r.Hide(m.Own), r.Hide(m.Quoted)
	}
	return m
}

// tokens gives the tokens by where they stood: an address is what the writer's
// program was told to use, a text may have been forwarded.
func (r *Reader) tokens(in engine.Inbound, msg message, m engine.Mail) []string {
	if r.Tokens == nil {
		return nil
	}
	places := []string{strings.Join(in.EnvelopeTo, " "), msg.get("To") + " " + msg.get("Cc") + " " + msg.get("Delivered-To") + " " + msg.get("X-Original-To"),
		strings.Join(m.InReplyTo, " "), m.Own, m.Quoted}
	if m.Report != nil {
		places = append(places, m.Report.MessageID)
	}
	return r.Tokens(strings.Join(places, "\n"))
}

// bodyHash is the same for every copy of a mail, whatever way it came.
func bodyHash(m engine.Mail) string {
	h := sha256.New()
	for _, s := range []string{m.Subject, m.Own, m.Quoted} {
		h.Write([]byte(s + "\x00"))
	}
	for _, f := range m.Files {
		h.Write([]byte(f.Hash + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil))
}
