package main

import (
	"crypto/sha256"
	"fmt"
	netmail "net/mail"
	"strings"
	"testing"

	"splneno/notify/mailbox"
	"splneno/notify/mailtest"
)

// sink is a mail server that takes everything and keeps it.
func sink(t *testing.T) *mailbox.Mailbox {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	return box
}

// bodies gives addresses of organisations, each of another domain, and the
// numbers of their replies.
func bodies(n int) (addresses []string, numbers []int) {
	for i := range n {
		addresses, numbers = append(addresses, fmt.Sprintf("vedeni@sluzba-%02d.example", i)), append(numbers, i)
	}
	return addresses, numbers
}

// imapURL is the mailbox of Dovecot as serve is told of it.
func imapURL(d *mailtest.Dovecot) string {
	return "imap://" + strings.Replace(d.User, "@", "%40", 1) + ":" + d.Password + "@" + d.IMAP + "/INBOX"
}

// delivered gives the mails that lie in a mailbox of Dovecot.
func delivered(d *mailtest.Dovecot, name string) (all []mailbox.Message) {
	for _, raw := range d.Mailbox(name) {
		all = append(all, mailbox.Message{Raw: raw})
	}
	return all
}

// receipts gives the receipts among mails, by whom they are to.
func receipts(all []mailbox.Message) map[string][][]byte {
	out := map[string][][]byte{}
	for _, m := range all {
		to, err := netmail.ParseAddress(m.Header("To"))
		if err == nil && m.Header("In-Reply-To") != "" {
			out[to.Address] = append(out[to.Address], m.Raw)
		}
	}
	return out
}

// acknowledged waits until n organisations have a receipt, each the same one
// even when it came twice because the program ended before it heard that it was
// taken.
func (w *town) acknowledged(n int, sent func() []mailbox.Message) {
	w.t.Helper()
	w.eventually(fmt.Sprintf("%d organisations have a receipt", n), func() bool { return len(receipts(sent())) == n })
	for to, all := range receipts(sent()) {
		if len(all) > 2 || len(distinct(all)) != 1 {
			w.t.Errorf("%d receipts to %s, %d different ones", len(all), to, len(distinct(all)))
		}
	}
}

// distinct gives mails without copies.
func distinct(raws [][]byte) map[[32]byte]bool {
	out := map[[32]byte]bool{}
	for _, raw := range raws {
		out[sha256.Sum256(raw)] = true
	}
	return out
}

// onFailure shows the end of the logs of servers when the test failed.
func onFailure(t *testing.T, logs ...func() string) {
	t.Helper()
	t.Cleanup(func() {
		for _, log := range logs {
			if lines := strings.Split(log(), "\n"); t.Failed() {
				t.Log(strings.Join(lines[max(0, len(lines)-60):], "\n"))
			}
		}
	})
}
