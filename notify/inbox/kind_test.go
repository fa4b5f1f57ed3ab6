package inbox

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // Prague must be known wherever the tests run

	"splneno/engine"
)

// sampleToken stands in the mails of testdata/kind as the reply token.
const sampleToken = "abcdefghijklmnopqrstuvwxyz234567"

// readSample reads a mail of testdata as a mail server hands it on, and gives
// what its X-Want field says.
func readSample(t *testing.T, path string) (m engine.Mail, want string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(string(raw), "\n"); strings.HasPrefix(first, "X-Want: ") {
		want = strings.TrimPrefix(first, "X-Want: ")
	}
	return readMail(t, &Reader{Tokens: sampleTokens}, engine.Inbound{Raw: bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))}), want
}

func sampleTokens(text string) []string {
	if strings.Contains(text, sampleToken) {
		return []string{sampleToken}
	}
	return nil
}

func readMail(t *testing.T, r *Reader, in engine.Inbound) engine.Mail {
	t.Helper()
	in.ReceivedAt = time.Date(2026, 1, 5, 23, 30, 0, 0, time.UTC)
	m, err := r.Read(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Every mail of the corpus lies in the folder of its kind.
func TestKinds(t *testing.T) {
	least := map[string]int{"automatic": 30, "human": 15, "list": 5, "other": 2}
	for folder, kind := range map[string]engine.MailKind{"automatic": engine.MailAutomatic, "human": engine.MailAnswer,
		"list": engine.MailList, "other": engine.MailOther} {
		paths, err := filepath.Glob("testdata/kind/" + folder + "/*.eml")
		if err != nil || len(paths) < least[folder] {
			t.Fatalf("%d mails in %s, %v", len(paths), folder, err)
		}
		for _, path := range paths {
			m, want := readSample(t, path)
			if m.Kind != kind {
				t.Errorf("%s is %s", path, m.Kind)
			}
			if kind == engine.MailAnswer && m.Report != nil {
				t.Errorf("%s: read as the report of a server: %+v", path, *m.Report)
			}
			if away := m.Absence != nil; away != (want == "away") {
				t.Errorf("%s: an absence was read: %v", path, away)
			}
		}
	}
}

// The way in tells the null sender where no field does.
func TestKindByEnvelope(t *testing.T) {
	const human = "From: zakova@charita.example.cz\r\nSubject: Re: x\r\n\r\n1 ano\r\n"
	const notice = "From: MAILER-DAEMON@mx.example.cz\r\nSubject: failure notice\r\n\r\n<info@charita.example.cz>:\r\nuser unknown\r\n"
	tests := []struct {
		name string
		in   engine.Inbound
		want engine.MailKind
	}{
		{"null sender over SMTP", engine.Inbound{Via: "smtp", Raw: []byte(human)}, engine.MailAutomatic},
		{"null sender over LMTP", engine.Inbound{Via: "lmtp", Raw: []byte(human)}, engine.MailAutomatic},
		{"no envelope", engine.Inbound{Via: "folder", Raw: []byte(human)}, engine.MailAnswer},
		{"sender", engine.Inbound{Via: "smtp", EnvelopeFrom: "zakova@charita.example.cz", Raw: []byte(human)}, engine.MailAnswer},
		{"a field against the envelope", engine.Inbound{Via: "smtp", EnvelopeFrom: "zakova@charita.example.cz", Raw: []byte("Return-Path: <>\r\n" + human)}, engine.MailAnswer},
		{"the envelope against a field", engine.Inbound{Via: "lmtp", Raw: []byte("Return-Path: <zakova@charita.example.cz>\r\n" + human)}, engine.MailAutomatic},
		{"report with the null sender", engine.Inbound{Via: "smtp", Raw: []byte(notice)}, engine.MailBounce},
		{"report of the postmaster", engine.Inbound{Via: "smtp", EnvelopeFrom: "postmaster@mx.example.cz", Raw: []byte(notice)}, engine.MailBounce},
		{"report of a stranger", engine.Inbound{Via: "smtp", EnvelopeFrom: "kdokoli@utok.example.org", Raw: []byte(notice)}, engine.MailAutomatic},
	}
	for _, tt := range tests {
		if m := readMail(t, &Reader{}, tt.in); m.Kind != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, m.Kind, tt.want)
		}
	}
}

func FuzzKind(f *testing.F) {
	for _, pattern := range []string{"testdata/kind/*/*.eml", "testdata/report/*.eml"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			if raw, err := os.ReadFile(path); err == nil {
				f.Add(raw)
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := Reader{Relays: []string{"mx.mesto.example.cz"}, Tokens: sampleTokens}
		m := r.read(t.Context(), engine.Inbound{Raw: raw})
		switch m.Kind {
		case engine.MailAnswer, engine.MailAutomatic, engine.MailBounce, engine.MailList, engine.MailOther:
		default:
			t.Errorf("kind %q", m.Kind)
		}
		if m.From.Email == "" && (len(m.Suspicious) == 0 || m.Verified) {
			t.Errorf("no sender, verified %v, suspicious %v", m.Verified, m.Suspicious)
		}
		for _, line := range append([]string{m.Subject, m.From.Name, m.From.Email, m.MessageID}, m.InReplyTo...) {
			if strings.ContainsAny(line, "\r\n\x00") {
				t.Errorf("%q is not one line", line)
			}
		}
		if rep := m.Report; rep != nil && (rep.Action == "" || strings.ContainsAny(rep.Detail+rep.Recipient+rep.MessageID, "\r\n\x00") || len([]rune(rep.Detail)) > maxDetail) {
			t.Errorf("report %+v", *rep)
		}
	})
}
