package fetch

import "github.com/emersion/go-imap/v2"

// putAway moves mails that were stored to the mailbox Done, which is made when
// it is missing. What the server does not let us move is remembered and stays:
// it was stored, and need not be fetched again. The library's own fallback is
// not used: it deletes without having heard that the copy was made.
func (s *session) putAway(set imap.UIDSet) error {
	for _, way := range []func(imap.UIDSet) error{s.move, s.makeDoneAndMove, s.copyAndDelete} {
		if err := way(set); err == nil || !isNo(err) {
			return err
		}
	}
	uids, _ := set.Nums()
	for _, uid := range uids {
		s.left[uid] = true
	}
	return nil
}

// errCannot is what a server would say to a command it does not know.
var errCannot = &imap.Error{Type: imap.StatusResponseTypeNo}

func (s *session) move(set imap.UIDSet) error {
	s.line.begin()
	if !s.client.Caps().Has(imap.CapMove) {
		return errCannot
	}
	_, err := s.client.Move(set, s.done).Wait()
	return err
}

func (s *session) makeDoneAndMove(set imap.UIDSet) error {
	s.line.begin()
	if err := s.client.Create(s.done, nil).Wait(); err != nil && !isNo(err) {
		return err
	}
	return s.move(set)
}

// copyAndDelete never expunges by number of place, which would take what others
// have marked as deleted along.
func (s *session) copyAndDelete(set imap.UIDSet) error {
	s.line.begin()
	if !s.client.Caps().Has(imap.CapUIDPlus) {
		return errCannot
	}
	if _, err := s.client.Copy(set, s.done).Wait(); err != nil {
		return err
	}
	s.line.begin()
	deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := s.client.Store(set, deleted, nil).Close(); err != nil {
		return err
	}
	s.line.begin()
	return s.client.UIDExpunge(set).Close()
}
