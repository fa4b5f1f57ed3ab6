package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/engine"
)

// ways gives the arrivals of one mail as it comes by LMTP, from a mailbox and
// through a forwarder.
func ways(raw []byte, to string) []engine.Arrival {
	forwarded := "Delivered-To: posta@zdar.example\r\nX-Original-To: " + to + "\r\n"
	return []engine.Arrival{
		{Raw: append([]byte("Received: from mx by zdar.example with LMTP id 1\r\n"), raw...), Via: "lmtp", From: contact(0), To: []string{to}},
		{Raw: append([]byte(forwarded+"Received: by zdar.example with LMTP id 2\r\nX-Spam-Level: *\r\n"), raw...), Via: "imap"},
		{Raw: raw, Via: "folder"},
		{Raw: bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), Via: "pipe", From: contact(0)},
	}
}

// However often and by whatever way a mail comes, at once or later, to however
// many nodes, it counts once.
func TestCopiesCountOnce(t *testing.T) {
	t.Parallel()
	a := attack(t, 4, "zdar")
	const replies, spoofs = 24, 6
	var all []engine.Arrival
	for range spoofs {
		all = append(all, ways(a.mail("kdosi@jinde.example", "odpovedi@zdar.example", "", spoofed), "odpovedi@zdar.example")...)
	}
	for n := range replies {
		all = append(all, ways(a.reply("zdar", n%4, fmt.Sprintf("1 splneno, probehlo %d besed", 100+n)), a.address(n%4))...)
	}
	different := len(all)
	a.at = a.at.Add(time.Hour)
	var bringing, reading sync.WaitGroup
	for n := range 32 {
		bringing.Go(func() {
			for i := range all { // everybody brings everything, each in another order
				if err := a.takeIn("zdar")(t.Context(), all[(i*7+n*5)%len(all)]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	brought := make(chan struct{})
	for range 4 {
		reading.Go(func() {
			for done := false; !done; {
				select {
				case <-brought:
					done = true
				default:
				}
				if err := a.office("zdar").Understand(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	bringing.Wait()
	close(brought)
	reading.Wait()
	a.understand("zdar")
	counts := map[engine.InboundState]int{}
	for _, in := range a.inbox("zdar") {
		counts[in.State]++
	}
	if counts[engine.InboundAnswer] != replies || counts[engine.InboundHeld] != spoofs || counts[engine.InboundDuplicate] != different-replies-spoofs || len(counts) != 3 {
		t.Errorf("counted %v", counts)
	}
	said := map[string]int{}
	for _, p := range a.proposals("zdar") {
		said[p.Organisation+p.Answer.Done]++
	}
	for text, n := range said {
		if n != 1 {
			t.Errorf("%q counts %d times", text, n)
		}
	}
	if len(said) != replies || len(a.messages("zdar", engine.LetterReceipt)) != 4 {
		t.Errorf("%d answers, %d receipts", len(said), len(a.messages("zdar", engine.LetterReceipt)))
	}
	a.verify()
}

// approve makes the newest answer of an organisation official.
func (a *attacked) approve(i, item int) error {
	a.t.Helper()
	k := engine.EntryKey{Plan: "p", Period: "2023", Activity: fmt.Sprintf("1.1/%d", 2*i+item)}
	it, err := a.office("zdar").Answered(a.t.Context(), k, body(i))
	a.must(err)
	return a.office("zdar").Approve(a.t.Context(), k, body(i), engine.Verdict{Shown: it.Proposal.Revision, Answer: it.Proposal.Answer}, asker)
}

// What was approved stands, whatever copies of it come later.
func TestCopyAfterApprovalChangesNothing(t *testing.T) {
	t.Parallel()
	a := attack(t, 1, "zdar")
	copies := ways(a.reply("zdar", 0, "1 splneno, probehlo 12 besed"), a.address(0))
	bring := func(c engine.Arrival) {
		_, err := a.receive(t.Context(), "zdar", c)
		a.must(err)
		a.tick()
	}
	bring(copies[0])
	a.must(a.approve(0, 1))
	before := a.everything("zdar")
	for n, c := range append(copies, copies...) {
		a.at = a.at.Add(time.Minute)
		bring(c)
		if a.everything("zdar") != before {
			t.Errorf("copy %d moved something", n)
		}
	}
	if got := len(a.inbox("zdar", engine.InboundDuplicate)); got != len(copies)-1 {
		t.Errorf("%d duplicates", got)
	}
	a.verify()
}

// Replies that overtake one another replace nothing in silence: each is a
// revision that stays to be seen, the last to come is the one that waits, and
// whoever was shown another approves nothing.
func TestOldReplyThatComesLast(t *testing.T) {
	t.Parallel()
	a := attack(t, 1, "zdar")
	older := a.reply("zdar", 0, "1 nesplneno, chybely penize")
	a.at = a.at.Add(time.Hour)
	newer := a.reply("zdar", 0, "1 splneno, probehlo 12 besed")
	a.bring(newer)
	a.tick()
	k := engine.EntryKey{Plan: "p", Period: "2023", Activity: "1.1/1"}
	shown, err := a.office("zdar").Answered(t.Context(), k, body(0))
	a.must(err)
	a.at = a.at.Add(time.Hour)
	a.bring(older)
	a.tick()
	var got []string
	for _, p := range a.proposals("zdar") {
		got = append(got, fmt.Sprintf("%d %s %s", p.Revision, p.Answer.Status, p.State))
	}
	if want := "1 fulfilled superseded, 2 unfulfilled pending"; strings.Join(got, ", ") != want {
		t.Errorf("revisions %q, want %q", strings.Join(got, ", "), want)
	}
	err = a.office("zdar").Approve(t.Context(), k, body(0), engine.Verdict{Shown: shown.Proposal.Revision, Answer: shown.Proposal.Answer}, asker)
	if engine.CodeOf(err) != engine.Conflict {
		t.Errorf("an answer that was overtaken is approved: %v", err)
	}
	a.must(a.approve(0, 1))
	official := a.official("zdar")
	a.bring(a.reply("zdar", 0, "1 splneno, probehlo 13 besed"))
	a.tick()
	if a.official("zdar") != official {
		t.Error("a reply changed what was approved")
	}
	a.verify()
}

// A copy that came by a way that spoilt it, so that the relay calls it forged,
// takes no place of the honest copy: that one is the answer, whichever is first.
func TestForgedCopyTakesNobodysPlace(t *testing.T) {
	t.Parallel()
	a := attack(t, 1, "zdar")
	a.reader.Relays = []string{ourRelay}
	domain := body(0) + ".example"
	for n, order := range []string{"fail pass", "pass fail", "fail fail pass pass"} {
		raw := a.reply("zdar", 0, fmt.Sprintf("1 splneno, probehlo %d besed", 100+n))
		for _, verdict := range strings.Fields(order) {
			a.mails++
			a.bring(append([]byte(fmt.Sprintf("X-Way: %d\r\n", a.mails)+results(ourRelay, verdict, domain)+ourHop), raw...))
			a.tick()
			a.at = a.at.Add(time.Minute)
		}
	}
	var got []string
	for _, in := range a.inbox("zdar") {
		got = append(got, string(in.State))
	}
	if want := "held answer answer duplicate held held answer duplicate"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", strings.Join(got, " "), want)
	}
	for _, p := range a.proposals("zdar") {
		if p.Channel != engine.ByAuthenticated {
			t.Errorf("revision %d came by %s", p.Revision, p.Channel)
		}
	}
	if len(a.proposals("zdar")) != 3 {
		t.Errorf("%d revisions", len(a.proposals("zdar")))
	}
	a.verify()
}
