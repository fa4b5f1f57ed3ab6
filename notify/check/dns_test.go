package check_test

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"net"
	"strconv"
	"strings"
	"testing"

	"splneno/notify/check"
)

// A zone is a DNS by heart: TXT records by name; "MX name" and "A name" hold the
// other kinds. A name whose record is "down" is never answered.
type zone map[string][]string

func (z zone) ask(name, kind string) ([]string, error) {
	name = strings.TrimSuffix(name, ".")
	found := z[strings.TrimSpace(kind+" "+name)]
	if len(found) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	if found[0] == "down" {
		return nil, &net.DNSError{Err: "i/o timeout", Name: name, IsTimeout: true}
	}
	return found, nil
}

func (z zone) LookupTXT(_ context.Context, name string) ([]string, error) { return z.ask(name, "") }

func (z zone) LookupHost(_ context.Context, name string) ([]string, error) { return z.ask(name, "A") }

func (z zone) LookupMX(_ context.Context, name string) (out []*net.MX, err error) {
	found, err := z.ask(name, "MX")
	for i, host := range found {
		out = append(out, &net.MX{Host: host + ".", Pref: uint16(10 * (i + 1))})
	}
	return out, err
}

// rsaKey is a public key of so many bits that nobody has the private one of.
func rsaKey(bits uint) []byte {
	n := new(big.Int).Lsh(big.NewInt(1), bits-1)
	der, err := x509.MarshalPKIXPublicKey(&rsa.PublicKey{N: n.Add(n, big.NewInt(1)), E: 65537})
	if err != nil {
		panic(err)
	}
	return der
}

func p(key []byte) string { return "p=" + base64.StdEncoding.EncodeToString(key) }

func TestSPF(t *testing.T) {
	many := func(n int) string { return strings.Repeat("a:posta.example ", n) }
	others := zone{
		"posta.example":   {"v=spf1 ip4:192.0.2.0/24 -all"},
		"open.example":    {"v=spf1 +all"},
		"bare.example":    {"verification=abc"},
		"broken.example":  {"v=spf1 ipv4:192.0.2.1 -all"},
		"loop.example":    {"v=spf1 include:loop.example -all"},
		"ring-a.example":  {"v=spf1 include:ring-b.example -all"},
		"ring-b.example":  {"v=spf1 redirect=ring-a.example"},
		"five.example":    {"v=spf1 " + many(5) + "-all"},
		"two.example":     {"v=spf1 -all", "v=spf1 ~all"},
		"soft.example":    {"v=spf1 ~all"},
		"down.example":    {"down"},
		"nothing.example": {"v=spf1 mx"},
	}
	for _, tt := range []struct {
		records string // parted by |
		level   check.Level
		found   string
	}{
		{"v=spf1 mx -all", check.OK, "v=spf1 mx -all – 1 of 10 lookups"},
		{"v=spf1 a mx ~all", check.OK, "2 of 10"},
		{"V=SPF1 MX -ALL", check.OK, "1 of 10"},
		{"google-site-verification=x|v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 -all", check.OK, "0 of 10"},
		{"v=spf1 include:posta.example -all", check.OK, "1 of 10"},
		{"v=spf1 a/24 a:posta.example//64 mx:posta.example/24//64 -all", check.OK, "3 of 10"},
		{"v=spf1 redirect=soft.example", check.OK, "1 of 10"},
		{"v=spf1 -all redirect=bare.example", check.OK, "0 of 10"},
		{"v=spf1 exists:%{i}.posta.example -all", check.OK, "1 of 10"},
		{"v=spf1 mx -all exp=why.posta.example unknown=1", check.OK, "1 of 10"},
		{"v=spf1 -all " + many(11), check.OK, "0 of 10"},
		{"v=spf1 " + many(10) + "-all", check.OK, "10 of 10"},
		{"v=spf1 " + many(11) + "-all", check.Fail, "more than the 10"},
		{"v=spf1 include:five.example include:five.example -all", check.Fail, "more than the 10"},
		{"v=spf1 include:five.example a mx ptr exists:posta.example -all", check.Warn, "10 of 10 lookups; ptr"},
		{"v=spf1 include:loop.example -all", check.Fail, "more than the 10"},
		{"v=spf1 include:ring-a.example -all", check.Fail, "more than the 10"},
		{"v=spf1 include:bare.example -all", check.Fail, "bare.example, which has no SPF record"},
		{"v=spf1 include:unknown.example -all", check.Fail, "which has no SPF record"},
		{"v=spf1 redirect=bare.example", check.Fail, "which has no SPF record"},
		{"v=spf1 redirect=soft.example redirect=soft.example", check.Fail, "mistake"},
		{"v=spf1 include:broken.example -all", check.Fail, `record of broken.example "ipv4:192.0.2.1"`},
		{"v=spf1 include:two.example -all", check.Fail, "two.example has 2 SPF records"},
		{"v=spf1 include: -all", check.Fail, `"include:" is a mistake`},
		{"v=spf1 ip4:192.0.2.300 -all", check.Fail, "mistake"},
		{"v=spf1 ip4:2001:db8::1 -all", check.Fail, "mistake"},
		{"v=spf1 a:/24 -all", check.Fail, "mistake"},
		{"v=spf1 a/33 -all", check.Fail, "mistake"},
		{"v=spf1 mx all:posta.example", check.Fail, "mistake"},
		{"v=spf1 mx, -all", check.Fail, "mistake"},
		{"v=spf1 mx -all|v=spf1 a -all", check.Fail, "has 2 SPF records and may have one"},
		{"bare text", check.Fail, "mesto.example has no SPF record"},
		{"v=spf10 mx -all", check.Fail, "has no SPF record"},
		{"", check.Fail, "has no SPF record"},
		{"v=spf1", check.Warn, "does not say what holds"},
		{"v=spf1 redirect=nothing.example", check.Warn, "does not say what holds"},
		{"v=spf1 mx +all", check.Warn, "everybody may send"},
		{"v=spf1 mx all", check.Warn, "everybody may send"},
		{"v=spf1 mx ?all", check.Warn, "refuses nobody"},
		{"v=spf1 include:open.example -all", check.Warn, "+all at open.example"},
		{"v=spf1 include:%{d}.posta.example -all", check.Warn, "was not followed"},
		{"v=spf1 include:down.example -all", check.Warn, "no answer about down.example"},
		{"down", check.Warn, "no answer about mesto.example"},
		{"v=spf1 mx\x1b[2J\r\n -all", check.Fail, "mistake"},
	} {
		z := zone{"mesto.example": strings.Split(tt.records, "|")}
		for name, records := range others {
			z[name] = records
		}
		f := check.SPF(t.Context(), z, "mesto.example")
		wantFinding(t, tt.records, f, tt.level, tt.found)
		if f.Check != "SPF of mesto.example" {
			t.Errorf("%s: called %q", tt.records, f.Check)
		}
	}
}

func TestDKIM(t *testing.T) {
	weak, short, good := p(rsaKey(768)), p(rsaKey(1024)), p(rsaKey(2048))
	naked := p(x509.MarshalPKCS1PublicKey(&rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 4095, 1), E: 3}))
	for record, want := range map[string]struct {
		level check.Level
		found string
	}{
		"v=DKIM1; k=rsa; " + good: {check.OK, "RSA of 2048 bits"},
		good:                      {check.OK, "RSA of 2048 bits"},
		"v=DKIM1;k=rsa;h=sha1:sha256;s=*;" + good:    {check.OK, "RSA of 2048 bits"},
		"v=DKIM1; " + good[:200] + " " + good[200:]:  {check.OK, "RSA of 2048 bits"},
		"v=DKIM1; " + naked:                          {check.OK, "RSA of 4096 bits"},
		"v=DKIM1; s=email; " + good:                  {check.OK, "2048"},
		"v=DKIM1; t=s; " + good:                      {check.OK, "2048"},
		"v=DKIM1; t=y; " + good:                      {check.Warn, "marked as a test"},
		"v=DKIM1; " + short:                          {check.Warn, "RSA of 1024 bits"},
		"v=DKIM1; " + weak:                           {check.Fail, "RSA of 768 bits"},
		"v=DKIM1; p=":                                {check.Fail, "revoked"},
		"v=DKIM1; k=rsa":                             {check.Fail, "revoked"},
		"v=DKIM2; " + good:                           {check.Fail, "does not begin with v=DKIM1"},
		good + "; v=DKIM1":                           {check.Fail, "does not begin with v=DKIM1"},
		"v=DKIM1; h=sha1; " + good:                   {check.Fail, "no sha256"},
		"v=DKIM1; s=other; " + good:                  {check.Fail, "not for mail"},
		"v=DKIM1; k=dsa; " + good:                    {check.Fail, `kind "dsa"`},
		"v=DKIM1; " + good[:150]:                     {check.Fail, "not whole"},
		"v=DKIM1; p=!!":                              {check.Fail, "no base64"},
		"v=DKIM1; p=AAAA":                            {check.Fail, "no public key"},
		"v=DKIM1; " + good + "; " + good:             {check.Fail, "cannot be read"},
		"lorem ipsum":                                {check.Fail, "cannot be read"},
		"v=DKIM1; k=ed25519; " + p(make([]byte, 32)): {check.Warn, "Ed25519"},
		"v=DKIM1; k=ed25519; " + p(make([]byte, 31)): {check.Fail, "31 bytes"},
		good + "|" + good:                            {check.Fail, "2 records"},
		"down":                                       {check.Warn, "no answer"},
		"":                                           {check.Fail, "no record"},
	} {
		z := zone{}
		if record != "" {
			z["posta._domainkey.mesto.example"] = strings.Split(record, "|")
		}
		f := check.DKIM(t.Context(), z, "posta", "mesto.example")
		wantFinding(t, record, f, want.level, want.found)
	}
}

func TestDMARC(t *testing.T) {
	for _, tt := range []struct {
		own, owner string // records of the domain, and of the one it belongs to
		level      check.Level
		found      string
	}{
		{"v=DMARC1; p=reject; rua=mailto:d@mesto.example", "", check.OK, "policy reject"},
		{"v=DMARC1;p=quarantine;pct=50", "", check.OK, "policy quarantine"},
		{"v=DMARC1; p=QUARANTINE", "", check.OK, "policy quarantine"},
		{"v = DMARC1 ; p = reject ;", "", check.OK, "policy reject"},
		{"v=DMARC1; p=none", "", check.Warn, "policy none"},
		{"v=DMARC1; p=none", "v=DMARC1; p=reject", check.Warn, "policy none"},
		{"v=DMARC1", "", check.Warn, "cannot be read"},
		{"v=DMARC1; p=rejct", "", check.Warn, "cannot be read"},
		{"v=DMARC1; p=reject; p=none", "", check.Warn, "cannot be read"},
		{"v=DMARC1; p=reject; nonsense", "", check.Warn, "cannot be read"},
		{"v=dmarc1; p=reject", "", check.Warn, "no record"},
		{"p=reject; v=DMARC1", "", check.Warn, "no record"},
		{"v=DMARC10; p=reject", "", check.Warn, "no record"},
		{"v=spf1 -all", "", check.Warn, "no record"},
		{"", "", check.Warn, "no record"},
		{"v=DMARC1; p=reject|v=DMARC1; p=none", "", check.Warn, "2 records, which count as none"},
		{"v=DMARC1; p=reject|other text", "", check.OK, "policy reject"},
		{"", "v=DMARC1; p=reject", check.OK, "of mesto.example: v=DMARC1; p=reject – policy reject"},
		{"", "v=DMARC1; p=reject; sp=none", check.Warn, "policy none"},
		{"", "v=DMARC1; p=none; sp=reject", check.OK, "policy reject"},
		{"", "v=DMARC1; p=none", check.Warn, "policy none"},
		{"down", "v=DMARC1; p=reject", check.Warn, "no answer about _dmarc.plan.mesto.example"},
		{"", "down", check.Warn, "no answer about _dmarc.mesto.example"},
	} {
		z := zone{}
		for name, records := range map[string]string{"_dmarc.plan.mesto.example": tt.own, "_dmarc.mesto.example": tt.owner} {
			if records != "" {
				z[name] = strings.Split(records, "|")
			}
		}
		wantFinding(t, tt.own+" / "+tt.owner, check.DMARC(t.Context(), z, "plan.mesto.example"), tt.level, tt.found)
	}
}

func TestMX(t *testing.T) {
	for _, tt := range []struct {
		mx, hosts string
		level     check.Level
		found     string
	}{
		{"mx1.example mx2.example", "mx1.example mx2.example", check.OK, "10 mx1.example, 20 mx2.example"},
		{"mx1.example mx2.example", "mx2.example", check.Warn, "without an address: mx1.example"},
		{"mx1.example", "", check.Fail, "none of them has an address"},
		{"", "mesto.example", check.Warn, "no MX record"},
		{"", "", check.Fail, "neither an MX record nor an address"},
		{"down", "", check.Warn, "timeout"},
	} {
		z := zone{"MX mesto.example": strings.Fields(tt.mx)}
		for _, host := range strings.Fields(tt.hosts) {
			z["A "+host] = []string{"192.0.2.1"}
		}
		wantFinding(t, tt.mx, check.MX(t.Context(), z, "mesto.example"), tt.level, tt.found)
	}
	wantFinding(t, "null MX", check.MX(t.Context(), zone{"MX mesto.example": {""}}, "mesto.example"), check.Fail, "takes no mail")
}

// wantFinding checks a finding, and what every finding promises.
func wantFinding(t *testing.T, about string, f check.Finding, level check.Level, found string) {
	t.Helper()
	if f.Level != level || !strings.Contains(f.Found, found) {
		t.Errorf("%s:\n got %s: %s\nwant %s: …%s…", about, f.Level, f.Found, level, found)
	}
	if (f.Todo == "") != (f.Level == check.OK) {
		t.Errorf("%s: level %s, and to do: %q", about, f.Level, f.Todo)
	}
	for _, s := range []string{f.Check, f.Found, f.Todo} {
		if quoted := strconv.Quote(s); strings.ContainsAny(s, "\r\n\x1b\x00") || len([]rune(s)) > 3000 {
			t.Errorf("%s: not fit for one line: %s", about, quoted)
		}
	}
}

// Whatever a stranger publishes, looking at it ends and gives one line.
func FuzzRecords(f *testing.F) {
	for _, s := range []string{"v=spf1 include:mesto.example a mx -all", "v=spf1 redirect=mesto.example", "v=DMARC1; p=none", "v=DKIM1; p=AAAA", "v=spf1 a:%{d}/24//64 exists:x -all\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, record string) {
		z := zone{"mesto.example": {record}, "_dmarc.mesto.example": {record}, "s._domainkey.mesto.example": {record}}
		for _, got := range []check.Finding{check.SPF(t.Context(), z, "mesto.example"), check.DMARC(t.Context(), z, "mesto.example"), check.DKIM(t.Context(), z, "s", "mesto.example")} {
			wantFinding(t, record, got, got.Level, "")
		}
	})
}
