package check_test

import (
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/check"
	"splneno/notify/eml"
)

const mark = "splneno-abcdefgh234567ab"

func testMail(t *testing.T) engine.Message {
	t.Helper()
	m, err := check.TestMail("plan@mesto.example", "odpovedi+"+mark+"@mesto.example", mark, time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTestMail(t *testing.T) {
	m := testMail(t)
	read, err := eml.Read(m.Raw)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"From": "<plan@mesto.example>", "To": "<odpovedi+" + mark + "@mesto.example>", "Message-Id": "<" + mark + "@mesto.example>",
		"Auto-Submitted": "auto-generated", "Date": "Sun, 01 Mar 2026 09:00:00 +0000", "Subject": m.Subject,
	} {
		if got := read.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if !strings.HasSuffix(m.Subject, mark) || !strings.Contains(read.Text, "splneno doctor --round-trip") || strings.Contains(read.Text, mark) {
		t.Errorf("%q: %q", m.Subject, read.Text)
	}
	for line := range strings.Lines(string(m.Raw)) {
		if !strings.HasSuffix(line, "\r\n") || len(line) > 200 || strings.HasPrefix(line, ".") || strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
			t.Errorf("not fit for SMTP: %q", line)
		}
	}
}

func TestSpeaks(t *testing.T) {
	raw := testMail(t).Raw
	for name, tt := range map[string]struct {
		in   engine.Inbound
		want bool
	}{
		"not read yet":    {engine.Inbound{Raw: raw}, true},
		"read":            {engine.Inbound{Mail: engine.Mail{Subject: "x " + mark}}, true},
		"report about it": {engine.Inbound{Mail: engine.Mail{Subject: "Undelivered", Report: &engine.DeliveryReport{MessageID: mark + "@mesto.example"}}}, true},
		"another":         {engine.Inbound{Raw: []byte("Subject: x\r\n\r\n"), Mail: engine.Mail{Subject: "x"}}, false},
		"report, another": {engine.Inbound{Mail: engine.Mail{Report: &engine.DeliveryReport{MessageID: "y@mesto.example"}}}, false},
		"an earlier test": {engine.Inbound{Mail: engine.Mail{Subject: "x splneno-zzzzzzzz234567ab"}}, false},
		"nothing known":   {engine.Inbound{}, false},
	} {
		if got := check.Speaks(tt.in, mark); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestArrival(t *testing.T) {
	results := "Authentication-Results: mx.mesto.example; spf=pass smtp.mailfrom=mesto.example\r\nAuthentication-Results: evil.example; dmarc=pass\r\n"
	for _, tt := range []struct {
		name   string
		header string
		mail   engine.Mail
		relays []string
		level  check.Level
		found  string
		todo   string
	}{
		{"verified", results, engine.Mail{Verified: true}, []string{"mx.mesto.example"}, check.OK, "came in by lmtp after 3 s; Authentication-Results: mx.mesto.example; spf=pass smtp.mailfrom=mesto.example; the sender is verified", ""},
		{"verified by its signature", "", engine.Mail{Verified: true}, nil, check.OK, "no server wrote Authentication-Results; the sender is verified", ""},
		{"nobody trusted", results, engine.Mail{}, nil, check.Warn, "nobody told us to trust this name", "--relay mx.mesto.example"},
		{"another trusted", results, engine.Mail{}, []string{"mx2.mesto.example"}, check.Warn, "nobody told us", "--relay mx.mesto.example"},
		{"trusted and no pass", results, engine.Mail{}, []string{"MX.mesto.example"}, check.Warn, "the sender is not verified", "sign mail of your own domain"},
		{"no word of a server", "", engine.Mail{}, nil, check.Warn, "no server wrote", "sign mail of your own domain"},
		{"forged", results, engine.Mail{Forged: true}, nil, check.Fail, "takes it for forged", "SPF"},
		{"bounce", "", engine.Mail{Kind: engine.MailBounce, Report: &engine.DeliveryReport{Status: "5.1.1", Detail: "user\r\nunknown"}}, nil, check.Fail, "reports: 5.1.1 user unknown", "address for replies"},
		{"bounce without a report", "", engine.Mail{Kind: engine.MailBounce}, nil, check.Fail, "was not delivered", "address for replies"},
		{"long and dirty", "Authentication-Results: a\x1b[2J" + strings.Repeat("x", 5000) + "\r\n", engine.Mail{}, nil, check.Warn, "a", "--relay"},
	} {
		in := engine.Inbound{Raw: []byte(tt.header + "Subject: x\r\n\r\ntext\r\n"), Via: "lmtp", Mail: tt.mail}
		f := check.Arrival(in, 3*time.Second+time.Millisecond, tt.relays)
		wantFinding(t, tt.name, f, tt.level, tt.found)
		if !strings.Contains(f.Todo, tt.todo) {
			t.Errorf("%s: to do %q, want %q", tt.name, f.Todo, tt.todo)
		}
	}
}
