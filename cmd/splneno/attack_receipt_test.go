package main

import (
	"fmt"
	"math/rand/v2"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// Whoever answers gets at most one receipt a day about a request, at the
// address he wrote from, and only when somebody is known to read it there.
func TestReceiptsGoToFewAndSeldom(t *testing.T) {
	t.Parallel()
	a := attack(t, 3, "zdar")
	a.reader.Relays = []string{ourRelay}
	_, err := a.office("zdar").SetUp(t.Context(), asker, func(m *engine.Municipality) { m.Policy.SeasonCap = 1000 }) // the other bound is out of the way
	a.must(err)
	dice := rand.New(rand.NewPCG(5, 8))
	due := map[string]string{} // by the number it speaks of, who a receipt may go to
	writers := func(i int) []string {
		return []string{contact(i), "reditelka@" + body(i) + ".example", "kdosi@jinde.example", contact((i + 1) % 3), "jina@seznam.cz"}
	}
	const mails = 300
	for range 5 {
		for range mails / 5 {
			i, w := dice.IntN(3), dice.IntN(5)
			from, header := writers(i)[w], "Reply-To: past@utok.example\r\nReturn-Path: <past@utok.example>\r\nDisposition-Notification-To: past@utok.example\r\n"
			_, domain, _ := strings.Cut(from, "@")
			number := fmt.Sprint(100 + a.mails)
			if w == 0 {
				due[number] = from
			}
			if verified := dice.IntN(2) == 0; verified {
				header = results(ourRelay, "pass", domain) + ourHop + header
				if w == 1 {
					due[number] = from
				}
			}
			a.bring(a.mail(from, a.address(i), header, "1 splneno, probehlo "+number+" besed"))
			if dice.IntN(20) == 0 {
				a.understand("zdar")
				a.at = a.at.Add(time.Minute)
			}
		}
		a.tick()
		a.at = a.at.Add(24 * time.Hour)
	}
	said := map[string]int{}
	texts := map[string]bool{}
	for _, p := range a.proposals("zdar") {
		texts[p.Answer.Done] = true
	}
	for _, m := range a.messages("zdar", engine.LetterReceipt) {
		said[m.Organisation+" "+m.To+" "+string(engine.DateOf(m.CreatedAt.In(a.zone)))]++
		_, done, _ := strings.Cut(m.Text, "probehlo ")
		number, _, _ := strings.Cut(done, " ")
		if due[number] != m.To {
			t.Errorf("%s got a receipt for the mail of %q", m.To, due[number])
		}
		if !texts["probehlo "+number+" besed"] {
			t.Errorf("the receipt repeats %q, which was not recorded:\n%s", number, m.Text)
		}
	}
	for key, n := range said {
		if n > 1 {
			t.Errorf("%d receipts: %s", n, key)
		}
	}
	// Three contacts and three colleagues, five days: chance leaves hardly one out.
	if len(said) < 25 || len(said) > 30 || len(a.inbox("zdar", engine.InboundAnswer)) != mails {
		t.Errorf("%d receipts for %d answers", len(said), len(a.inbox("zdar", engine.InboundAnswer)))
	}
	for _, m := range a.box.Messages() {
		to, err := netmail.ParseAddress(m.Header("To"))
		if err != nil || len(m.To) != 1 || to.Address != m.To[0] || strings.Contains(m.To[0], "utok") || m.Header("Cc")+m.Header("Bcc") != "" {
			t.Errorf("a mail left for %v, %q", m.To, m.Header("To"))
		}
	}
	t.Logf("%d receipts for %d mails", len(said), mails)
	a.verify()
}

// A receipt says item by item what was recorded, and is marked as a program's.
func TestReceiptRepeatsWhatWasRecorded(t *testing.T) {
	t.Parallel()
	a := attack(t, 2, "zdar")
	for i, line := range []string{told(t, "answers.txt")[6], told(t, "answers.txt")[1]} {
		a.bring(a.reply("zdar", i, fmt.Sprintf(line, 4711)))
	}
	a.tick()
	receipts := a.messages("zdar", engine.LetterReceipt)
	if len(receipts) != 2 {
		t.Fatalf("%d receipts", len(receipts))
	}
	for _, p := range a.proposals("zdar") {
		found := false
		for _, m := range receipts {
			text := strings.Join(strings.Fields(m.Text), " ")
			found = found || m.Organisation == p.Organisation && strings.Contains(text, p.Answer.Done) && strings.Contains(text, p.Answer.Missing)
		}
		if !found {
			t.Errorf("no receipt says %q %q", p.Answer.Done, p.Answer.Missing)
		}
	}
	for _, m := range a.box.Messages() {
		if m.Header("In-Reply-To") != "" && (m.Header("Auto-Submitted") != "auto-replied" || m.From == "") {
			t.Errorf("a receipt is marked %q", m.Header("Auto-Submitted"))
		}
	}
}
