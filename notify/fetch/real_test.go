package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"splneno/engine"
	"splneno/notify/mailtest"
)

func dovecotAccount(d *mailtest.Dovecot) Account {
	return Account{Addr: d.IMAP, Security: Plain, User: d.User, Password: d.Password, Mailbox: "INBOX", Done: "Splneno"}
}

// numbered is a mail like no other.
func numbered(i int) []byte {
	return fmt.Appendf(nil, "From: charita@example.org\r\nSubject: Re: plan %d\r\n\r\n%d ano\r\n%s", i, i, bytes.Repeat([]byte("text\r\n"), i*20))
}

// A set holds mails by hash, as the receiver does: the same bytes twice are one.
type set struct {
	mu    sync.Mutex
	mails map[[32]byte]int
	hook  func(n int) // with every mail that had not come yet
}

func (s *set) receive(_ context.Context, a engine.Arrival) error {
	s.mu.Lock()
	if s.mails == nil {
		s.mails = map[[32]byte]int{}
	}
	s.mails[sha256.Sum256(a.Raw)]++
	n, first := len(s.mails), s.mails[sha256.Sum256(a.Raw)] == 1
	s.mu.Unlock()
	if first && s.hook != nil {
		s.hook(n)
	}
	return nil
}

func (s *set) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.mails)
}

func realFetcher(d *mailtest.Dovecot, s *set) *Fetcher {
	f := New(dovecotAccount(d), time.Now, s.receive)
	f.silence = 5 * time.Second
	f.sleep = func(ctx context.Context, _ time.Duration) error { return pause(ctx, 20*time.Millisecond) }
	return f
}

// every checks that all n mails were received and lie, byte for byte once, in
// the mailbox they are moved to.
func every(t *testing.T, d *mailtest.Dovecot, s *set, n int) {
	t.Helper()
	done := map[[32]byte]bool{}
	for _, raw := range d.Mailbox("Splneno") {
		done[sha256.Sum256(raw)] = true
	}
	if s.len() != n || len(d.Mailbox("Splneno")) != n || len(done) != n || len(d.Mailbox("")) != 0 {
		t.Errorf("of %d mails %d received; %d moved, %d of them different; %d left\n%s", n, s.len(), len(d.Mailbox("Splneno")), len(done), len(d.Mailbox("")), d.Log())
	}
}

func TestDovecot(t *testing.T) {
	d := mailtest.NewDovecot(t)
	d.Deliver(numbered(1))
	s := &set{}
	f := realFetcher(d, s)
	report, err := f.Check(context.Background())
	if err != nil || report.Mails != 1 || !report.Idle || !report.Move || report.Validity == 0 || report.TLS != "" {
		t.Fatalf("%+v, %v", report, err)
	}
	wrong := dovecotAccount(d)
	wrong.Password = "spatne"
	if _, err := New(wrong, time.Now, nil).Check(context.Background()); err == nil {
		t.Error("a wrong password is good enough")
	}
	came := make(chan struct{}, 1)
	s.hook = func(int) { came <- struct{}{} }
	run(t, f, func() bool {
		<-came
		for !f.Status().Connected || f.Status().LastContact.IsZero() {
			time.Sleep(time.Millisecond)
		}
		d.Deliver(numbered(2)) // while it waits
		began := time.Now()
		<-came
		t.Logf("new mail was fetched %v after its delivery", time.Since(began).Round(time.Millisecond))
		return true
	})
	run(t, f, contact(f))
	if took := f.Status(); took.Mails != 2 {
		t.Errorf("%+v", took)
	}
}

// The server is killed in the middle of fetching and of moving, again and again.
func TestDovecotKilled(t *testing.T) {
	const mails = 100
	d := mailtest.NewDovecot(t)
	for i := range mails {
		d.Deliver(numbered(i))
	}
	s := &set{}
	f := realFetcher(d, s)
	kill, killed := make(chan struct{}), make(chan struct{})
	s.hook = func(n int) {
		if n%20 == 10 {
			kill <- struct{}{}
			<-killed // what was stored now is not moved yet
		}
	}
	kills := 0
	run(t, f, func() bool {
		select {
		case <-kill:
			d.Kill()
			kills++
			killed <- struct{}{}
			d.Restart()
		default:
		}
		return len(d.Mailbox("Splneno")) >= mails && len(d.Mailbox("")) == 0
	})
	every(t, d, s, mails)
	twice := 0
	for _, n := range s.mails {
		twice += n - 1
	}
	t.Logf("%d kills; %d mails came %d times more than once", kills, mails, twice)
	if kills != mails/20 {
		t.Errorf("killed %d times", kills)
	}
}

// The mailbox is thrown away and made anew; its numbers begin again.
func TestDovecotMadeAnew(t *testing.T) {
	d := mailtest.NewDovecot(t)
	s := &set{}
	f := realFetcher(d, s)
	for i := range 5 {
		d.Deliver(numbered(i))
	}
	run(t, f, func() bool { return s.len() == 5 && len(d.Mailbox("Splneno")) == 5 })
	before, err := f.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d.Restart()
	d.Recreate()
	for i := range 5 {
		d.Deliver(numbered(10 + i))
	}
	after, err := f.Check(context.Background())
	if err != nil || after.Validity == before.Validity {
		t.Fatalf("UIDVALIDITY %d, then %d: %v", before.Validity, after.Validity, err)
	}
	run(t, f, func() bool { return s.len() == 10 && len(d.Mailbox("")) == 0 })
	every(t, d, s, 10)
}

// A person reads mails, moves some about and deletes others while we fetch.
func TestDovecotWithSomebodyElse(t *testing.T) {
	const mails = 30
	d := mailtest.NewDovecot(t)
	for i := range mails {
		d.Deliver(numbered(i))
	}
	person, err := imapclient.DialInsecure(d.IMAP, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer person.Close()
	for _, err := range []error{person.Login(d.User, d.Password).Wait(), person.Create("Prectene", nil).Wait()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := person.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	seen := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagSeen}}
	var read, move imap.SeqSet
	read.AddRange(1, 15)
	move.AddRange(29, 30)
	if err := person.Store(read, seen, nil).Close(); err != nil {
		t.Fatal(err)
	}
	s := &set{}
	s.hook = func(n int) {
		if n == 3 { // after we listed and asked
			if _, err := person.Move(move, "Prectene").Wait(); err != nil {
				t.Error(err)
			}
		}
	}
	f := realFetcher(d, s)
	run(t, f, func() bool { return contact(f)() && len(d.Mailbox("")) == 0 })
	// The two were perhaps on the way to us already; nothing else is missing.
	if n := s.len(); n < mails-2 || len(d.Mailbox("Splneno"))+len(d.Mailbox("Prectene")) != mails {
		t.Errorf("%d received, %d moved by us, %d by the person\n%s", n, len(d.Mailbox("Splneno")), len(d.Mailbox("Prectene")), d.Log())
	}
}
