package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"splneno/engine"
)

// A signing is a key for every domain of the test, and the DNS that names it.
type signing struct{ key ed25519.PrivateKey }

func (s signing) LookupTXT(_ context.Context, name string) ([]string, error) {
	if !strings.HasPrefix(name, "s._domainkey.") {
		return nil, errors.New("no such host")
	}
	return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(s.key.Public().(ed25519.PublicKey))}, nil
}

// sign signs a mail as the server of its sender's domain does.
func (s signing) sign(t *testing.T, raw []byte, domain string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := dkim.Sign(&b, bytes.NewReader(raw), &dkim.SignOptions{Domain: domain, Selector: "s", Signer: s.key,
		HeaderKeys: []string{"From", "To", "Subject", "Date", "Message-ID"}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The header of a relay of ours, and what forgers put around it.
const (
	ourRelay   = "mx.zdar.example"
	ourHop     = "Received: from posta.jinde.example by " + ourRelay + " (Postfix) with ESMTPS id 4d\r\n"
	strangeHop = "Received: from pc by posta.jinde.example with ESMTPA id 1\r\n"
)

func results(author, verdict, domain string) string {
	return "Authentication-Results: " + author + "; dmarc=" + verdict + " header.from=" + domain + "\r\n"
}

// trusted is an installation that believes a relay and checks signatures, with
// an organisation whose second contact has a free mailbox.
func trusted(t *testing.T) (*attacked, signing) {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	a, s := attack(t, 1, "zdar"), signing{key}
	a.reader.Relays, a.reader.LookupTXT = []string{ourRelay}, s.LookupTXT
	a.must(a.office("zdar").EditOrganisation(t.Context(), body(0), asker, func(o *engine.Organisation) {
		o.Contacts = append(o.Contacts, engine.Contact{Email: "vymyslena@seznam.cz", Deputy: true})
	}))
	return a, s
}

// Every verdict of the relay, with forged ones above and below it, with and
// without a signature, for every sort of sender, gives the trust that is due.
func TestTrustOfEveryMail(t *testing.T) {
	t.Parallel()
	a, s := trusted(t)
	want := map[string]string{} // by Message-ID
	address := "odpovedi+" + a.token("zdar", 0) + "@zdar.example"
	counts := map[string]int{}
	for i, verdict := range []string{"pass", "fail", "none"} {
		for _, forged := range []string{"", "above", "below", "both"} {
			for _, signed := range []bool{false, true} {
				for sender, speaks := range map[string]bool{contact(0): true, "reditelka@" + body(0) + ".example": true, "kdosi@jinde.example": false,
					"vymyslena@seznam.cz": true, "jina@seznam.cz": false} {
					_, domain, _ := strings.Cut(sender, "@")
					raw := a.mail(sender, address, "", fmt.Sprintf("1 splneno, probehlo %d besed", 100+a.mails))
					if signed {
						raw = s.sign(t, raw, domain)
					}
					header := results(ourRelay, verdict, domain) + ourHop + strangeHop
					other := []string{"fail", "pass", "pass"}[i] // the forger says the opposite
					if forged == "above" || forged == "both" {
						header = results("mx.jinde.example", other, domain) + header
					}
					if forged == "below" || forged == "both" {
						header += results(ourRelay, other, domain)
					}
					a.bring(append([]byte(header), raw...))
					expected := string(engine.ByToken)
					if verdict == "fail" {
						expected = string(engine.HeldForged)
					} else if speaks && (verdict == "pass" || signed) {
						expected = string(engine.ByAuthenticated)
					}
					want[fmt.Sprintf("%d@posta.example", a.mails)] = expected
					counts[expected]++
				}
			}
		}
	}
	a.understand("zdar")
	channels := map[string]engine.Channel{}
	for _, p := range a.proposals("zdar") {
		channels[p.Inbound] = p.Channel
	}
	for _, in := range a.inbox("zdar") {
		got := string(channels[in.ID])
		if in.State == engine.InboundHeld {
			got = string(in.Note)
		}
		if got != want[in.Mail.MessageID] {
			t.Errorf("%s of %s is taken as %q, want %q", in.Mail.MessageID, in.Mail.From.Email, got, want[in.Mail.MessageID])
		}
	}
	if len(a.inbox("zdar")) != len(want) || len(want) != 120 {
		t.Errorf("%d of %d mails", len(a.inbox("zdar")), len(want))
	}
	t.Logf("%v", counts)
	a.verify()
}

// A mail that names more than one sender waits for a person, signed or not, and
// whatever the relay says.
func TestTwoSendersWait(t *testing.T) {
	t.Parallel()
	a, s := trusted(t)
	address, pass := "odpovedi+"+a.token("zdar", 0)+"@zdar.example", results(ourRelay, "pass", body(0)+".example")+ourHop
	second := "From: Kdosi <" + contact(0) + ">\r\n"
	honest := func() []byte { return a.mail("Kdosi <"+contact(0)+">", address, "", spoofed) }
	signed := func() []byte { return s.sign(t, honest(), body(0)+".example") }
	for _, raw := range []string{
		second + string(honest()), second + string(signed()), pass + second + string(signed()), second + pass + string(signed()),
		strings.Replace(string(signed()), "\r\n\r\n", "\r\n"+second+"\r\n", 1),
		pass + string(a.mail(contact(0)+", kdosi@jinde.example", address, "", spoofed)),
		pass + string(a.mail("Spolek: "+contact(0)+";", address, "", spoofed)),
		pass + string(a.mail("\"reditelka@zdar.example\" <"+contact(0)+">", address, "", spoofed)),
		pass + string(a.mail(contact(0)+"\r\nFrom : kdosi@jinde.example", address, "", spoofed)),
	} {
		a.bring([]byte(raw))
	}
	before := a.everything("zdar")
	a.understand("zdar")
	for _, in := range a.inbox("zdar") {
		if in.State != engine.InboundHeld || in.Note != engine.HeldSuspicious {
			t.Errorf("%v is %s %s", in.Mail.Suspicious, in.State, in.Note)
		}
	}
	if len(a.inbox("zdar")) != 9 || a.everything("zdar") != before {
		t.Error("something moved")
	}
}
