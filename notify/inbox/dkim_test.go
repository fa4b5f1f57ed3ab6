package inbox

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"splneno/engine"
)

const signedMail = "From: Charita <info@charita.cz>\r\nTo: odpovedi@mesto.cz\r\nSubject: Re: plan\r\nDate: Mon, 5 Jan 2026 09:12:44 +0100\r\n" +
	"Message-ID: <a@charita.cz>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n1 ano, 2 ne\r\n\r\nJana\r\n"

var makeKeys = sync.OnceValues(func() (map[string]crypto.Signer, error) {
	keys := map[string]crypto.Signer{}
	var err error
	for name, bits := range map[string]int{"rsa": 2048, "weak": 1024} {
		if keys[name], err = rsa.GenerateKey(rand.Reader, bits); err != nil {
			return nil, err
		}
	}
	_, keys["ed25519"], err = ed25519.GenerateKey(rand.Reader)
	return keys, err
})

// A zone is a DNS made of the test's keys.
type zone struct {
	records map[string]string
	mu      sync.Mutex
	asked   []string
	fail    error
	wait    bool
}

func (z *zone) LookupTXT(ctx context.Context, name string) ([]string, error) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.asked = append(z.asked, name)
	if z.wait {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if r, ok := z.records[name]; ok {
		return []string{r}, z.fail
	}
	return nil, errors.New("no such host")
}

func newZone(t *testing.T) (*zone, map[string]crypto.Signer) {
	t.Helper()
	keys, err := makeKeys()
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(keys["rsa"].Public())
	if err != nil {
		t.Fatal(err)
	}
	b64 := base64.StdEncoding.EncodeToString
	z := &zone{records: map[string]string{}}
	for _, domain := range []string{"charita.cz", "posta.charita.cz", "utok.org"} {
		z.records["rsa._domainkey."+domain] = "v=DKIM1; k=rsa; p=" + b64(der)
		z.records["ed25519._domainkey."+domain] = "v=DKIM1; k=ed25519; p=" + b64(keys["ed25519"].Public().(ed25519.PublicKey))
		z.records["revoked._domainkey."+domain] = "v=DKIM1; k=rsa; p="
	}
	return z, keys
}

func signedBy(t *testing.T, mail string, o dkim.SignOptions) string {
	t.Helper()
	if o.HeaderKeys == nil {
		o.HeaderKeys = []string{"From", "To", "Subject", "Date", "Message-ID"}
	}
	var b bytes.Buffer
	if err := dkim.Sign(&b, strings.NewReader(mail), &o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSignatures(t *testing.T) {
	_, keys := newZone(t)
	rsaOf := func(domain string) dkim.SignOptions {
		return dkim.SignOptions{Domain: domain, Selector: "rsa", Signer: keys["rsa"]}
	}
	edOf := func(domain string) dkim.SignOptions {
		return dkim.SignOptions{Domain: domain, Selector: "ed25519", Signer: keys["ed25519"]}
	}
	relaxed := func(o dkim.SignOptions) dkim.SignOptions {
		o.HeaderCanonicalization, o.BodyCanonicalization = dkim.CanonicalizationRelaxed, dkim.CanonicalizationRelaxed
		return o
	}
	with := func(o dkim.SignOptions, change func(*dkim.SignOptions)) dkim.SignOptions {
		change(&o)
		return o
	}
	plain, ed := signedBy(t, signedMail, rsaOf("charita.cz")), signedBy(t, signedMail, edOf("charita.cz"))
	loose := signedBy(t, signedMail, relaxed(rsaOf("charita.cz")))
	swap := func(s, old, new string) string {
		if !strings.Contains(s, old) {
			t.Fatalf("%q is not in the mail", old)
		}
		return strings.Replace(s, old, new, 1)
	}
	stranger := signedBy(t, signedMail, rsaOf("utok.org"))
	strangers, _, _ := strings.Cut(stranger, "From: ")
	tests := []struct {
		name, mail string
		want       bool
	}{
		{"RSA", plain, true},
		{"Ed25519", ed, true},
		{"relaxed", loose, true},
		{"of the parent domain", signedBy(t, strings.Replace(signedMail, "info@charita.cz", "info@vzorov.charita.cz", 1), rsaOf("charita.cz")), true},
		{"of a sister domain", signedBy(t, signedMail, rsaOf("posta.charita.cz")), true},
		{"expires tomorrow", signedBy(t, signedMail, with(rsaOf("charita.cz"), func(o *dkim.SignOptions) { o.Expiration = time.Now().Add(24 * time.Hour) })), true},
		{"second of two signatures", strangers + plain, true},
		{"relay fields above", "Return-Path: <info@charita.cz>\r\nReceived: from a by b\r\n" + plain, true},
		{"line of a mail folder above", "From info@charita.cz Mon Jan  5 09:12:44 2026\r\n" + plain, true},
		{"line ends of Unix", strings.ReplaceAll(loose, "\r\n", "\n"), true},
		{"unsigned field added", "X-Spam: no\r\n" + plain, true},

		{"no signature", signedMail, false},
		{"of a stranger", stranger, false},
		{"expired", signedBy(t, signedMail, with(rsaOf("charita.cz"), func(o *dkim.SignOptions) { o.Expiration = time.Now().Add(-24 * time.Hour) })), false},
		{"revoked key", signedBy(t, signedMail, with(rsaOf("charita.cz"), func(o *dkim.SignOptions) { o.Selector = "revoked" })), false},
		{"key that is not there", signedBy(t, signedMail, with(rsaOf("charita.cz"), func(o *dkim.SignOptions) { o.Selector = "nikde" })), false},
		{"another key", signedBy(t, signedMail, with(rsaOf("charita.cz"), func(o *dkim.SignOptions) { o.Signer = keys["weak"] })), false},
		{"d= changed", swap(plain, "d=charita.cz", "d=posta.charita.cz"), false},
		{"body changed", swap(plain, "2 ne", "2 ano"), false},
		{"text appended", plain + "3 ano\r\n", false},
		{"length of the body named", swap(plain, "c=", "l=5; c="), false},
		{"From changed", swap(plain, "info@", "jiny@"), false},
		{"Subject changed", swap(plain, "Re: plan", "Re: plans"), false},
		{"Ed25519 body changed", swap(ed, "2 ne", "2 ano"), false},
		{"From put before", "From: Charita <ucetni@charita.cz>\r\n" + plain, false},
		{"From put behind", swap(plain, "\r\n\r\n", "\r\nFrom: Charita <ucetni@charita.cz>\r\n\r\n"), false},
		{"from in lower case put before", "from: info@charita.cz\r\n" + plain, false},
		{"From with a space put before", "X-A: b\r\nFrom : info@charita.cz\r\n" + plain, false},
		{"Subject put before", "Subject: jinak\r\n" + plain, false},
		{"Date put before", "Date: Mon, 5 Jan 2026 10:12:44 +0100\r\n" + plain, false},
		{"Message-ID put before", "Message-ID: <b@charita.cz>\r\n" + plain, false},
		{"To put before", "To: jiny@mesto.cz\r\n" + plain, false},
		{"Content-Type put before", "Content-Type: text/html\r\n" + plain, false},
		{"Content-Transfer-Encoding twice", "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\n" + plain, false},
		{"line that is no field", "Jiny text\r\n" + plain, false},
		{"line that is no field, inside", swap(plain, "MIME-Version", "3 ano vse splneno\r\nMIME-Version"), false},
		{"bare carriage return", "X-A: b\rFrom: jiny@charita.cz\r\n" + plain, false},
		{"two bare carriage returns", "X-A: b\r\r3 ano\r\n" + plain, false},
		{"NUL", "X-A: b\x00\r\n" + plain, false},
		{"line of spaces", "X-A: b\r\n \r\n" + plain, false},
		{"name of somebody else", signedBy(t, strings.Replace(signedMail, "Charita <", "\"a@mesto.cz\" <", 1), rsaOf("charita.cz")), true},
		{"From without an address", signedBy(t, strings.Replace(signedMail, "Charita <info@charita.cz>", "Charita", 1), rsaOf("charita.cz")), false},
		{"two addresses", signedBy(t, strings.Replace(signedMail, "Charita <info@charita.cz>", "info@charita.cz, x@charita.cz", 1), rsaOf("charita.cz")), false},
		{"four signatures, ours last", strangers + strangers + strangers + plain, false},
		{"very many blank lines", signedBy(t, signedMail+strings.Repeat("\r\n", maxBlankLines+5)+"x\r\n", rsaOf("charita.cz")), false},
	}
	for _, tt := range tests {
		z, _ := newZone(t)
		m := readMail(t, &Reader{LookupTXT: z.LookupTXT}, engine.Inbound{Raw: []byte(tt.mail)})
		if m.Verified != tt.want || m.Forged {
			t.Errorf("%s: verified %v, forged %v", tt.name, m.Verified, m.Forged)
		}
		if len(z.asked) > maxSignatures {
			t.Errorf("%s: %d questions to the DNS", tt.name, len(z.asked))
		}
		for _, name := range z.asked {
			if !strings.HasSuffix(name, "charita.cz") {
				t.Errorf("%s: a stranger's key %s was asked for", tt.name, name)
			}
		}
		if without := readMail(t, &Reader{}, engine.Inbound{Raw: []byte(tt.mail)}); without.Verified {
			t.Errorf("%s: verified without a look at the DNS", tt.name)
		}
	}
	t.Logf("%d signed mails", len(tests))
}

// The relay saw the mail as it came; a signature that holds does not outweigh
// what it says.
func TestRelayOutweighsSignature(t *testing.T) {
	z, keys := newZone(t)
	mail := signedBy(t, signedMail, dkim.SignOptions{Domain: "charita.cz", Selector: "rsa", Signer: keys["rsa"]})
	r := &Reader{Relays: []string{relay}, LookupTXT: z.LookupTXT}
	m := readMail(t, r, engine.Inbound{Raw: []byte("Authentication-Results: " + relay + "; dmarc=fail header.from=charita.cz\r\n" + mail)})
	if m.Verified || !m.Forged {
		t.Errorf("verified %v, forged %v", m.Verified, m.Forged)
	}
	m = readMail(t, r, engine.Inbound{Raw: []byte("Authentication-Results: " + relay + "; dmarc=none header.from=charita.cz\r\n" + mail)})
	if !m.Verified || m.Forged {
		t.Errorf("verified %v, forged %v", m.Verified, m.Forged)
	}
}

// A DNS that is ill or silent verifies nothing, and does not hold up the mail.
func TestUnwellDNS(t *testing.T) {
	for _, unwell := range []func(*zone){
		func(z *zone) { z.fail = errors.New("server failure") },
		func(z *zone) { z.records = nil },
		func(z *zone) { z.records = map[string]string{"rsa._domainkey.charita.cz": "nonsense"} },
		func(z *zone) { z.wait = true },
	} {
		z, keys := newZone(t)
		unwell(z)
		mail := signedBy(t, signedMail, dkim.SignOptions{Domain: "charita.cz", Selector: "rsa", Signer: keys["rsa"]})
		ctx, cancel := context.WithCancel(t.Context())
		if z.wait {
			cancel()
		}
		r := &Reader{LookupTXT: z.LookupTXT}
		if r.signed(ctx, takeApart([]byte(mail)), "info@charita.cz") {
			t.Error("verified")
		}
		cancel()
	}
}

// Whatever line is put in at whatever place of the header, a mail is verified
// only as the sender signed it.
func TestSignedMailIsReadAsSigned(t *testing.T) {
	z, keys := newZone(t)
	mail := signedBy(t, signedMail, dkim.SignOptions{Domain: "charita.cz", Selector: "rsa", Signer: keys["rsa"],
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed})
	r := &Reader{LookupTXT: z.LookupTXT}
	honest := readMail(t, r, engine.Inbound{Raw: []byte(mail)})
	head, _, _ := strings.Cut(mail, "\r\n\r\n")
	places := []int{0}
	for i := range head {
		if head[i] == '\n' {
			places = append(places, i+1)
		}
	}
	planted := []string{"From: b@charita.cz\r\n", "From:b@charita.cz\n", "Subject: jinak\r\n", "\r\n3 ano\r\n", "\n", " \r\n", "\t3 ano\r\n", "3 ano\r\n", "X: a\r\r3 ano\r\n",
		"X: a\rFrom: b@charita.cz\r\n", "Content-Type: text/html\r\n", "Content-Transfer-Encoding: base64\r\n", "From b@charita.cz\r\n", ">From b@charita.cz\r\n", "X\x00: a\r\n", ": a\r\n", "X: a\x0bFrom: b@charita.cz\r\n"}
	kept := 0
	for _, place := range places {
		for _, line := range planted {
			m := readMail(t, r, engine.Inbound{Raw: []byte(mail[:place] + line + mail[place:])})
			if !m.Verified {
				continue
			}
			kept++
			if line == "Content-Transfer-Encoding: base64\r\n" {
				continue // no signer of ours signed that there is none; the bytes are those signed
			}
			if m.From != honest.From || m.Subject != honest.Subject || m.Own != honest.Own {
				t.Errorf("%q at %d: verified, and reads %q %q %q", line, place, m.From.Email, m.Subject, m.Own)
			}
		}
	}
	t.Logf("%d of %d mails stayed verified", kept, len(places)*len(planted))
}
