package fetch

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"

	"splneno/engine"
	"splneno/notify/sentbox"
)

// The bounds of a look through sent mail.
const (
	sentBatch = 200
	sentMost  = 50000 // the newest; a town sends a thousandth of it in a week
)

// Sent looks through the folder of sent mail: the mailbox of the account, or,
// where that is INBOX, the one the server calls its folder of sent mail. Only
// header fields of mails since the day are read; nothing is changed or marked.
// Its error is one sentence, Invalid or Unavailable.
func (f *Fetcher) Sent(ctx context.Context, since time.Time) ([]engine.SentMail, error) {
	s, err := f.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := s.logIn(ctx); err != nil {
		return nil, s.explain("log-in", err)
	}
	folder, err := s.sentFolder()
	if err != nil {
		return nil, s.explain("list", err)
	}
	s.line.begin()
	if _, err := s.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return nil, s.explain("list", err)
	}
	s.line.begin()
	found, err := s.client.UIDSearch(&imap.SearchCriteria{Since: since}, nil).Wait()
	if err != nil {
		return nil, s.explain("search", err)
	}
	uids := found.AllUIDs()
	uids = uids[max(0, len(uids)-sentMost):]
	var out []engine.SentMail
	for len(uids) > 0 {
		n := min(len(uids), sentBatch)
		if out, err = s.heads(uids[:n], out); err != nil {
			return nil, s.explain("fetch", err)
		}
		uids = uids[n:]
	}
	return out, nil
}

// sentFolder gives the folder sent mail is in.
func (s *session) sentFolder() (string, error) {
	if s.account.Mailbox != "INBOX" {
		return s.account.Mailbox, nil
	}
	s.line.begin()
	options := &imap.ListOptions{}
	if s.client.Caps().Has(imap.CapListExtended) && s.client.Caps().Has(imap.CapSpecialUse) {
		options.ReturnSpecialUse = true
	}
	boxes, err := s.client.List("", "*", options).Collect()
	if err != nil {
		return "", err
	}
	for _, box := range boxes {
		for _, attr := range box.Attrs {
			if attr == imap.MailboxAttrSent {
				return box.Mailbox, nil
			}
		}
	}
	for _, box := range boxes { // servers that do not tell: the name mail programs give it
		if box.Mailbox == "Sent" || box.Mailbox == "INBOX.Sent" || box.Mailbox == "INBOX/Sent" {
			return box.Mailbox, nil
		}
	}
	return "", errNoSent
}

var errNoSent = errors.New("the server names no folder of sent mail; put its name at the end of the address")

// heads reads the header fields of some mails.
func (s *session) heads(uids []imap.UID, out []engine.SentMail) ([]engine.SentMail, error) {
	section := &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader, HeaderFields: sentbox.Fields()}
	s.line.begin()
	mails, err := s.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	if err != nil {
		return out, err
	}
	for _, m := range mails {
		for _, part := range m.BodySection {
			read, _, err := sentbox.Read(bytes.NewReader(part.Bytes), time.Time{})
			if err != nil {
				continue // a header no mail program wrote is not of ours
			}
			for _, one := range read {
				if !m.InternalDate.IsZero() {
					one.At = m.InternalDate
				}
				out = append(out, one)
			}
		}
	}
	return out, nil
}
