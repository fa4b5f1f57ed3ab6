package main

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/notify/mailbox"
)

// letter finds the newest mail to an address that is no receipt.
func letter(all []mailbox.Message, to string) (mailbox.Message, bool) {
	for _, m := range slices.Backward(all) {
		if strings.Contains(m.Header("To"), to) && m.Header("In-Reply-To") == "" {
			return m, true
		}
	}
	return mailbox.Message{}, false
}

// reply answers a letter as a person does, and gives where to and the mail. Each
// has a number, which stands in its text and makes it unlike the others.
func (w *town) reply(l mailbox.Message, from string, n int) (to string, raw []byte) {
	w.t.Helper()
	address, err := netmail.ParseAddress(l.Header("Reply-To"))
	text, fileErr := os.ReadFile("testdata/realmail/reply.txt")
	if err := errors.Join(err, fileErr); err != nil {
		w.t.Fatalf("%v\n%s", err, l.Raw)
	}
	w.secrets = append(w.secrets, w.signer.ReplyTokens(string(l.Raw))...)
	program := []string{"outlook", "seznam"}[n%2]
	raw, err = example.Reply{Program: program, Writer: "Jana", Address: from, Organisation: "Charita", Text: fmt.Sprintf(string(text), 1000+n),
		At: w.clock().Add(time.Duration(n) * time.Second)}.Mail(example.Letter{From: l.Header("From"), ReplyTo: address.Address,
		Subject: l.Subject(), MessageID: l.Header("Message-Id"), Text: l.Text()})
	if err != nil {
		w.t.Fatal(err)
	}
	return address.Address, raw
}

// answered checks that the organisations answered by reply number n, their own,
// once each, that it was understood, and that no other mail became anything.
func (w *town) answered(numbers ...int) {
	w.t.Helper()
	if all, answers := w.came(), w.came(engine.InboundAnswer); len(all) != len(numbers) || len(answers) != len(numbers) {
		w.t.Errorf("%d mails came in, %d are answers, want %d", len(all), len(answers), len(numbers))
	}
	w.proposed(numbers...)
	w.do("verify")
}

// proposed checks that the proposals that wait are those of the replies.
func (w *town) proposed(numbers ...int) {
	w.t.Helper()
	pending, err := w.db.Tenant("mesto").PendingProposals(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	got := map[string]int{}
	for _, p := range pending {
		got[p.Activity]++
		number := fmt.Sprint(1000 + activityNumber(w.t, p.Activity))
		if p.Answer.Status != engine.Fulfilled || p.Revision != 1 || !strings.Contains(p.Answer.Done, number) || p.Inbound == "" {
			w.t.Errorf("the proposal about %s: %+v", p.Activity, p)
		}
	}
	for _, n := range numbers {
		if got[fmt.Sprintf("1.1/%d", n)] != 1 || len(got) != len(numbers) {
			w.t.Fatalf("proposals wait about %v, want one about each of %v", got, numbers)
		}
	}
}

func activityNumber(t *testing.T, id string) (n int) {
	t.Helper()
	if _, err := fmt.Sscanf(id, "1.1/%d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}
