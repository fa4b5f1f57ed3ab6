package fetch

import (
	"context"
	"crypto/tls"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

// A Report is what the doctor finds at a mailbox.
type Report struct {
	TLS        string    // "TLS 1.3", "" without encryption
	Names      []string  // in the certificate
	Expires    time.Time // of the certificate
	Mails      int       // in the mailbox, waiting to be taken
	Validity   uint32    // UIDVALIDITY of the mailbox
	Idle       bool      // new mail is told at once, not found within a minute
	Move       bool      // mails are moved in one step
	UIDPlus    bool      // mails can be moved in three steps
	Mechanisms []string  // of log-in
}

// Check connects, logs in and looks at the mailbox without changing anything.
// Its error is one sentence that says at what step it failed, Invalid or
// Unavailable.
func (f *Fetcher) Check(ctx context.Context) (Report, error) {
	var r Report
	s, err := f.connect(ctx)
	if err != nil {
		return r, err
	}
	defer s.close()
	if s.tls != nil {
		state := s.tls.ConnectionState()
		r.TLS = tls.VersionName(state.Version)
		if len(state.PeerCertificates) > 0 {
			r.Names, r.Expires = state.PeerCertificates[0].DNSNames, state.PeerCertificates[0].NotAfter
		}
	}
	r.Mechanisms = s.client.Caps().AuthMechanisms()
	slices.Sort(r.Mechanisms)
	if err := s.logIn(ctx); err != nil {
		return r, s.explain("log-in", err)
	}
	s.line.begin()
	box, err := s.client.Select(f.account.Mailbox, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return r, s.explain("list", err)
	}
	caps := s.client.Caps()
	r.Mails, r.Validity = int(box.NumMessages), box.UIDValidity
	r.Idle, r.Move, r.UIDPlus = caps.Has(imap.CapIdle), caps.Has(imap.CapMove), caps.Has(imap.CapUIDPlus)
	return r, nil
}
