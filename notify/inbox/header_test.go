package inbox

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func readHeaderOf(t *testing.T, header string) engine.Mail {
	t.Helper()
	return readMail(t, &Reader{}, engine.Inbound{Raw: []byte(strings.ReplaceAll(header, "\n", "\r\n") + "\r\n\r\n1 ano\r\n")})
}

func TestSender(t *testing.T) {
	tests := []struct {
		from, email, name string
		wrong             string
	}{
		{"info@charita.example.cz", "info@charita.example.cz", "", ""},
		{"<Info@Charita.Example.CZ>", "info@charita.example.cz", "", ""},
		{"Charita Vzorov <info@charita.example.cz>", "info@charita.example.cz", "Charita Vzorov", ""},
		{"\"Novak, Jan\" <jan@charita.example.cz>", "jan@charita.example.cz", "Novak, Jan", ""},
		{"Ing. Jan Novak ml. <jan@charita.example.cz>", "jan@charita.example.cz", "Ing. Jan Novak ml.", ""},
		{"info@charita.example.cz (Charita)", "info@charita.example.cz", "Charita", ""},
		{"=?utf-8?q?=C5=BD=C3=A1kov=C3=A1?= <z@charita.example.cz>", "z@charita.example.cz", "\u017d\u00e1kov\u00e1", ""},
		{"=?windows-1250?q?=8E=E1kov=E1?= <z@charita.example.cz>", "z@charita.example.cz", "\u017d\u00e1kov\u00e1", ""},
		{"=?x-nobody-knows?q?Zak?= <z@charita.example.cz>", "z@charita.example.cz", "Zak", ""},
		{"\x8e\xe1kov\xe1 Old\xf8i\x9aka <z@charita.example.cz>", "z@charita.example.cz", "\u017d\u00e1kov\u00e1 Old\u0159i\u0161ka", ""},
		{"\u017d\u00e1kov\u00e1 <z@charita.example.cz>", "z@charita.example.cz", "\u017d\u00e1kov\u00e1", ""},
		{"\"info@charita.example.cz\" <info@charita.example.cz>", "info@charita.example.cz", "info@charita.example.cz", ""},
		{"=?utf-8?q?Jan=0D=0ABcc=3A_x=40y.cz_?= <z@charita.example.cz>", "z@charita.example.cz", "", "bad_from"},
		{"=?utf-8?q?Jan:_a?= <z@charita.example.cz>", "", "", "bad_from"},
		{"=?utf-8?q?Jan=0D=0AX=3A_y_=E2=80=AEabc?= <z@charita.example.cz>", "z@charita.example.cz", "Jan X: y abc", ""},
		{"\"ucetni@mesto.example.cz\" <x@utok.example.org>", "x@utok.example.org", "", "bad_from"},
		{"ucetni@mesto.example.cz <x@utok.example.org>", "", "", "bad_from"},
		{"\"Jana (jana@mesto.example.cz)\" <x@utok.example.org>", "x@utok.example.org", "", "bad_from"},
		{"=?utf-8?q?ucetni=40mesto.example.cz?= <x@utok.example.org>", "x@utok.example.org", "", "bad_from"},
		{"\"ucetni\uff20mesto.example.cz\" <x@utok.example.org>", "x@utok.example.org", "", "bad_from"},
		{"=?utf-8?q?=3Cucetni=40mesto.example.cz=3E=2C?= <x@utok.example.org>", "x@utok.example.org", "", "bad_from"},
		{"a@charita.example.cz, b@charita.example.cz", "", "", "bad_from"},
		{"Skupina: a@charita.example.cz;", "", "", "bad_from"},
		{"undisclosed-recipients:;", "", "", "bad_from"},
		{"<@relay.example.cz:a@charita.example.cz>", "", "", "bad_from"},
		{"info\x00@charita.example.cz", "", "", "bad_from"},
		{"Jan\x00 <info@charita.example.cz>", "", "", "bad_from"},
		{"\"a@mesto.example.cz\"@utok.example.org", "", "", "bad_from"},
		{"\"a b\"@charita.example.cz", "", "", "bad_from"},
		{"info@[192.0.2.1]", "", "", "bad_from"},
		{"info@charit\u00e1.example.cz", "", "", "bad_from"},
		{"info", "", "", "bad_from"},
		{"", "", "", "bad_from"},
		{"<>", "", "", "bad_from"},
		{strings.Repeat("a", 300) + "@charita.example.cz", "", "", "bad_from"},
		{strings.Repeat("x ", 6000) + "<a@charita.example.cz>", "", "", "bad_from"},
	}
	for _, tt := range tests {
		m := readHeaderOf(t, "From: "+tt.from+"\nSubject: x")
		if m.From.Email != tt.email || m.From.Name != tt.name || strings.Join(m.Suspicious, " ") != tt.wrong {
			t.Errorf("%q: %q %q %v", tt.from, m.From.Name, m.From.Email, m.Suspicious)
		}
	}
}

// Neither the order nor the case of fields may change what is read.
func TestHeaderInAnyOrder(t *testing.T) {
	lines := []string{"From: info@charita.example.cz", "Subject: =?utf-8?q?Re=3A_pl=C3=A1n?=", "Message-ID: <a.1@charita.example.cz>",
		"In-Reply-To: <b.2@mesto.example.cz>", "References: <d.4@mesto.example.cz>\n\t<c.3@mesto.example.cz>  <b.2@mesto.example.cz>", "Date: Mon, 5 Jan 2026 09:12:44 +0100 (CET)"}
	want := engine.Mail{From: engine.Contact{Email: "info@charita.example.cz"}, Subject: "Re: pl\u00e1n", MessageID: "a.1@charita.example.cz",
		InReplyTo: []string{"b.2@mesto.example.cz", "c.3@mesto.example.cz", "d.4@mesto.example.cz"}, Date: time.Date(2026, 1, 5, 8, 12, 44, 0, time.UTC)}
	rnd := rand.New(rand.NewPCG(4, 4))
	for range 40 {
		rnd.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		var header []string
		for _, l := range lines {
			name, value, _ := strings.Cut(l, ":")
			switch rnd.IntN(3) {
			case 0:
				name = strings.ToUpper(name)
			case 1:
				name = strings.ToLower(name)
			}
			header = append(header, name+":"+value)
		}
		m := readHeaderOf(t, strings.Join(header, "\n"))
		got := engine.Mail{From: m.From, Subject: m.Subject, MessageID: m.MessageID, InReplyTo: m.InReplyTo, Date: m.Date.UTC(), Suspicious: m.Suspicious}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestSuspicious(t *testing.T) {
	const from = "From: info@charita.example.cz\n"
	tests := []struct{ header, want string }{
		{from + "Subject: a", ""},
		{"Subject: a", "no_from"},
		{from + "Subject: a\nFROM: x@utok.example.org", "two_from"},
		{from + "Subject: a\nfrom : info@charita.example.cz", "two_from"},
		{from + "Subject: a\nsubject: b", "two_subject"},
		{from + "Date: Mon, 5 Jan 2026 09:12:44 +0100\nDate: Mon, 5 Jan 2026 09:12:44 +0100", "two_date"},
		{from + "Message-ID: <a@b.cz>\nMessage-Id: <c@b.cz>", "two_message_id"},
		{from + from + "Subject: a\nSubject: a\nDate: x\nDate: x\nMessage-ID: <a@b>\nMessage-ID: <a@b>", "two_from two_subject two_date two_message_id"},
		{from + "Sender: x@utok.example.org\nReply-To: y@utok.example.org\nSubject: a", ""},
	}
	for _, tt := range tests {
		m := readHeaderOf(t, strings.TrimSuffix(tt.header, "\n"))
		if got := strings.Join(m.Suspicious, " "); got != tt.want || strings.Contains(tt.want, "from") != (m.From.Email == "") {
			t.Errorf("%q: %q, from %q", tt.header, got, m.From.Email)
		}
	}
}

func TestMessageIDs(t *testing.T) {
	var many []string
	for i := range 120 {
		many = append(many, fmt.Sprintf("<%d@mesto.example.cz>", i))
	}
	tests := []struct {
		header string
		want   []string
	}{
		{"In-Reply-To: <a@b.cz>", []string{"a@b.cz"}},
		{"In-Reply-To: a@b.cz", []string{"a@b.cz"}},
		{"In-Reply-To: Your message of \"Mon, 5 Jan\" <a@b.cz>", []string{"a@b.cz"}},
		{"References: <a@b.cz><c@d.cz>", []string{"c@d.cz", "a@b.cz"}},
		{"References: <a@b.cz>\n <c@d.cz>\nIn-Reply-To: <c@d.cz>", []string{"c@d.cz", "a@b.cz"}},
		{"In-Reply-To: =?utf-8?q?=3Ca=40b=2Ecz=3E?=", []string{"a@b.cz"}},
		{"In-Reply-To: <>", nil},
		{"In-Reply-To: <no space here@b.cz>", []string{"here@b.cz"}},
	}
	for _, tt := range tests {
		if m := readHeaderOf(t, "From: a@b.cz\n"+tt.header); cmp.Diff(tt.want, m.InReplyTo) != "" {
			t.Errorf("%q: %q", tt.header, m.InReplyTo)
		}
	}
	m := readHeaderOf(t, "From: a@b.cz\nReferences: "+strings.Join(many, "\n "))
	if len(m.InReplyTo) != maxReferences || m.InReplyTo[0] != "119@mesto.example.cz" {
		t.Errorf("%d references, the first %q", len(m.InReplyTo), m.InReplyTo[0])
	}
}
