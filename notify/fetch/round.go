package fetch

import (
	"context"
	"errors"
	"io"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"splneno/engine"
	"splneno/notify/inbox"
)

// Reasons why mails stay in the mailbox.
var (
	errLarge     = errors.New("a mail is larger than the server said")
	errNotGiven  = errors.New("the server lists mails and does not give them")
	errNotStored = errors.New("a mail could not be stored and stays in the mailbox")
)

// A listed mail is one that lies in the mailbox.
type listed struct {
	uid  imap.UID
	size int64
}

// empty takes mails until none is left but those that were tried in vain, which
// keep no other from being taken.
func (s *session) empty(ctx context.Context) error {
	failed := map[imap.UID]bool{}
	for {
		mails, err := s.list(failed)
		if err != nil {
			return s.explain("list", err)
		}
		if len(mails) == 0 {
			break
		}
		taken := 0
		for len(mails) > 0 {
			var batch []listed
			batch, mails = s.cut(mails)
			n, err := s.take(ctx, batch, failed)
			if err != nil {
				return err
			}
			taken += n
		}
		if taken == 0 {
			return s.explain("fetch", errNotGiven)
		}
	}
	if len(failed) > 0 {
		return s.explain("store", errNotStored)
	}
	return nil
}

// list opens the mailbox, anew each time as it may have been made anew, and
// gives what lies there and was neither taken nor tried.
func (s *session) list(failed map[imap.UID]bool) (mails []listed, err error) {
	select {
	case <-s.news:
	default:
	}
	s.line.begin()
	box, err := s.client.Select(s.account.Mailbox, nil).Wait()
	if err != nil {
		return nil, err
	}
	if box.UIDValidity != s.validity {
		s.validity = box.UIDValidity
		clear(s.left)
		clear(s.large)
	}
	if box.NumMessages > 0 {
		var all imap.SeqSet
		all.AddRange(1, box.NumMessages)
		s.line.begin()
		mails, err = s.sizes(s.client.Fetch(all, &imap.FetchOptions{UID: true, RFC822Size: true}), failed)
	}
	s.note(func(st *Status) { st.Left = len(s.left) })
	return mails, err
}

func (s *session) sizes(cmd *imapclient.FetchCommand, failed map[imap.UID]bool) (mails []listed, err error) {
	there := map[imap.UID]bool{}
	for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
		var m listed
		for item := msg.Next(); item != nil; item = msg.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataUID:
				m.uid = item.UID
			case imapclient.FetchItemDataRFC822Size:
				m.size = item.Size
			}
		}
		there[m.uid] = true
		if m.uid != 0 && !failed[m.uid] && !s.left[m.uid] {
			mails = append(mails, m)
		}
	}
	if err := cmd.Close(); err != nil {
		return nil, err
	}
	for uid := range s.left {
		if !there[uid] {
			delete(s.left, uid) // somebody moved it himself
		}
	}
	return mails, nil
}

// cut gives the mails that are fetched by one command: a large one is fetched
// alone, because only its header is.
func (s *session) cut(mails []listed) (batch, rest []listed) {
	if s.isLarge(mails[0]) {
		return mails[:1], mails[1:]
	}
	n, size := 0, int64(0)
	for n < len(mails) && n < maxBatch && !s.isLarge(mails[n]) && (n == 0 || size+mails[n].size <= s.maxMail) {
		size += mails[n].size
		n++
	}
	return mails[:n], mails[n:]
}

func (s *session) isLarge(m listed) bool { return m.size > s.maxMail || s.large[m.uid] }

// take fetches the mails of a batch, hands them over and moves what was stored.
// It says how many the server gave.
func (s *session) take(ctx context.Context, batch []listed, failed map[imap.UID]bool) (given int, err error) {
	var set, stored imap.UIDSet
	for _, m := range batch {
		set.AddNum(m.uid)
	}
	section, limit := &imap.FetchItemBodySection{Peek: true}, s.maxMail
	if s.isLarge(batch[0]) {
		section.Specifier, section.Partial, limit = imap.PartSpecifierHeader, &imap.SectionPartial{Size: maxHeader}, maxHeader
	}
	s.line.begin()
	cmd := s.client.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
	for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
		s.line.begin()
		uid, raw, err := s.read(msg, limit)
		if err != nil {
			return given, s.explain("fetch", err) // the command must not be touched again, see read
		}
		if raw == nil {
			continue
		}
		given++
		if limit == maxHeader {
			raw = append([]byte(inbox.Oversized), raw...)
		}
		s.line.rest()
		if s.receive(ctx, engine.Arrival{Raw: raw, Via: "imap"}) != nil {
			failed[uid] = true
		} else {
			stored.AddNum(uid)
			s.note(func(st *Status) { st.Mails++ })
		}
		s.line.begin()
	}
	if err := cmd.Close(); err != nil {
		return given, s.explain("fetch", err)
	}
	if len(stored) == 0 {
		return given, nil
	}
	if err := s.putAway(stored); err != nil {
		return given, s.explain("move", err)
	}
	return given, nil
}

// read gives the bytes of one mail, nil when the answer is not one: servers
// speak of other mails as well, and of flags. After an error the connection is
// broken off. The library lets two read from it at once when anybody asks
// anything more of a mail that ended early.
func (s *session) read(msg *imapclient.FetchMessageData, limit int64) (uid imap.UID, raw []byte, err error) {
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = item.UID
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			size := item.Literal.Size()
			if size > limit {
				s.large[uid] = true // next time its header is enough
				s.line.breakOff(errLarge)
				_, _ = io.Copy(io.Discard, item.Literal) // what came already; the library waits for that
				return uid, nil, errLarge
			}
			raw, err = io.ReadAll(item.Literal)
			if err == nil && int64(len(raw)) < size {
				err = io.ErrUnexpectedEOF // the library takes a broken connection for the end
			}
			if err != nil {
				s.line.breakOff(err)
				return uid, nil, err
			}
		}
	}
	return uid, raw, nil
}
