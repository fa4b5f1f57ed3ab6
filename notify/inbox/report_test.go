package inbox

import (
	"cmp"
	"path/filepath"
	"strings"
	"testing"

	"splneno/engine"
)

// Every report of the corpus says in X-Want what must be read of it: action,
// status, recipient and Message-ID, or "-" for a report that says nothing.
func TestReports(t *testing.T) {
	paths, err := filepath.Glob("testdata/report/*.eml")
	if err != nil || len(paths) < 20 {
		t.Fatalf("%d reports, %v", len(paths), err)
	}
	for _, path := range paths {
		m, want := readSample(t, path)
		if m.Kind != engine.MailBounce {
			t.Errorf("%s is %s", path, m.Kind)
		}
		got := "-"
		if r := m.Report; r != nil {
			got = strings.Join([]string{cmp.Or(r.Action, "-"), cmp.Or(r.Status, "-"), cmp.Or(r.Recipient, "-"), cmp.Or(r.MessageID, "-")}, " ")
		}
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", path, got, want)
		}
	}
}

func TestReportDetail(t *testing.T) {
	for name, want := range map[string]string{
		"postfix-unknown-user": "550 5.1.1 <info@charita.example.cz>: Recipient address rejected: User unknown in virtual mailbox table",
		"qmail":                "Sorry, no mailbox here by that name. (#5.1.1)",
		"exchange-text-en":     "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##rfc822;info@charita.example.cz",
		"exim-text":            "550 No such user here",
	} {
		if m, _ := readSample(t, "testdata/report/"+name+".eml"); m.Report == nil || m.Report.Detail != want {
			t.Errorf("%s: %+v", name, m.Report)
		}
	}
}

// Two such reports in a row are taken for a dead address, so one too many costs
// an organisation its mail.
func TestHardReports(t *testing.T) {
	hard := map[string]bool{"postfix-unknown-user": true, "exchange-cs": true, "exim-report": true, "seznam-text": true,
		"postfix-delayed": false, "postfix-expired": false, "postfix-relayed": false, "mailbox-full": false, "policy": false, "exim-warning": false, "centrum-full": false}
	for name, want := range hard {
		if m, _ := readSample(t, "testdata/report/"+name+".eml"); m.Report == nil || m.Report.Hard() != want {
			t.Errorf("%s: %+v", name, m.Report)
		}
	}
}

func TestStatusOf(t *testing.T) {
	tests := []struct{ said, words, want string }{
		{"5.1.1", "", "5.1.1"},
		{"5.1.1 (user unknown)", "", "5.1.1"},
		{"", "#550 5.1.1 not found", "5.1.1"},
		{"", "550 no such user here", "5.1.1"},
		{"", "550 policy", "5.0.0"},
		{"", "552 mailbox full", "5.2.2"},
		{"", "452 mailbox full", "4.2.2"},
		{"", "mailbox is full", "5.2.2"},
		{"", "(#5.1.1)", "5.1.1"},
		{"5.0.0", "550 5.7.1 spam", "5.7.1"},
		{"5.0.0", "421 4.4.2 later", "5.0.0"},
		{"5.0.0", "550 User unknown", "5.1.1"},
		{"4.0.0", "user unknown", "4.0.0"},
		{"", "server 5.1.1.9 at 10.4.2.1", ""},
		{"", "tel. 376 347 550123", ""},
		{"", "5500 Kc", ""},
		{"", "", ""},
		{"5.2.2", "user unknown", "5.2.2"},
	}
	for _, tt := range tests {
		if got := statusOf(tt.said, tt.words); got != tt.want {
			t.Errorf("statusOf(%q, %q) = %q, want %q", tt.said, tt.words, got, tt.want)
		}
	}
}
