package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/mailbox"
	"splneno/notify/mailtest"
)

// A townDNS is what a well-kept town publishes, or what is put in its place.
type townDNS map[string]string

func (z townDNS) LookupTXT(_ context.Context, name string) ([]string, error) {
	if text := z[strings.TrimSuffix(name, ".")]; text != "" {
		return []string{text}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z townDNS) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if host := z["MX "+strings.TrimSuffix(name, ".")]; host != "" {
		return []*net.MX{{Host: host + ".", Pref: 10}}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z townDNS) LookupHost(context.Context, string) ([]string, error) {
	return []string{"192.0.2.1"}, nil
}

func wellKept() townDNS {
	return townDNS{
		"MX zdar.example": "posta.zdar.example", "zdar.example": "v=spf1 mx -all", "_dmarc.zdar.example": "v=DMARC1; p=reject",
		"posta._domainkey.zdar.example": "v=DKIM1; k=ed25519; p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
	}
}

// A clinic is a town whose mail set-up can be looked at.
type clinic struct {
	*command
	t   *testing.T
	box *mailbox.Mailbox
	now func() time.Time
}

func newClinic(t *testing.T) *clinic {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	dir := t.TempDir()
	k := &clinic{t: t, box: box, now: time.Now, command: &command{DB: "sqlite:" + filepath.Join(dir, "plan.db"), Tenant: "zdar", URL: "http://127.0.0.1:8080",
		SMTP: "smtp://" + box.Addr(), Post: postroom{Relay: []string{"posta.zdar.example"}}}}
	k.change(t, func(m *engine.Municipality) {
		m.Name, m.Sender, m.ReplyTo = "Zdar", "plan@zdar.example", "odpovedi+{token}@zdar.example"
		m.Coordinator = engine.Contact{Name: "K", Email: "kpss@zdar.example"}
	})
	return k
}

func (k *clinic) change(t *testing.T, f func(*engine.Municipality)) {
	t.Helper()
	in, err := k.open(t.Context(), k.now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.office(k.Tenant).SetUp(t.Context(), engine.Actor{Kind: engine.ActorCoordinator, Name: "test"}, f); err != nil {
		t.Fatal(err)
	}
	if err := in.db.Close(); err != nil {
		t.Fatal(err)
	}
}

// invite invites somebody to the desk.
func (k *clinic) invite(role engine.Role) {
	k.t.Helper()
	var out bytes.Buffer
	args := []string{"--db", k.DB, "--tenant", k.Tenant, "account", "add", "--name", "Jana", "--email", "jana@zdar.example", "--role", string(role)}
	if code := run(k.t.Context(), world{args: args, out: &out, err: &out, now: k.now}); code != exitDone {
		k.t.Fatalf("exit %d: %s", code, out.String())
	}
}

// examined gives what the doctor prints, and whether anything failed.
func (k *clinic) examined(t *testing.T, d doctorCommand, dns townDNS) (string, bool) {
	t.Helper()
	var out bytes.Buffer
	d.Mail = !d.System
	err := d.examine(t.Context(), k.command, &world{out: &out, err: &out, now: k.now}, dns)
	if err != nil && engine.CodeOf(err) != engine.Unavailable {
		t.Fatal(err)
	}
	return out.String(), err != nil
}

// The findings of a town where all is well, as other programs read them.
func TestDoctorJSON(t *testing.T) {
	k := newClinic(t)
	folder := t.TempDir()
	out, failed := k.examined(t, doctorCommand{JSON: true, DKIMSelector: []string{"posta"}, Ways: waysIn{MailDrop: folder, SMTPIn: "127.0.0.1:0"}}, wellKept())
	if failed {
		t.Error("something failed")
	}
	out = strings.NewReplacer(folder, "FOLDER", k.box.Addr(), "ADDRESS").Replace(out)
	const golden = "testdata/doctor.json"
	if *update {
		if err := os.WriteFile(golden, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if out != string(want) {
		t.Errorf("got %s\nwant %s\nif this is meant, run: go test ./cmd/splneno -run Doctor -update", out, want)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("looking left %v in the folder (%v)", entries, err)
	}
}

func TestDoctorFindings(t *testing.T) {
	noMail := func(k *clinic) { k.SMTP = "" }
	nonsense := func(k *clinic) { k.SMTP, k.Post.Clamd = "ftp://posta", "nonsense" }
	for name, tt := range map[string]struct {
		change func(*engine.Municipality)
		prick  func(*clinic)
		dns    townDNS
		line   string
		failed bool
	}{
		"no reply address":    {change: func(m *engine.Municipality) { m.ReplyTo = "" }, dns: wellKept(), line: "warn  reply address: none: answers by reply are off -> "},
		"no MX asked then":    {change: func(m *engine.Municipality) { m.ReplyTo = "" }, dns: wellKept(), line: "warn  MX: not looked at"},
		"no account":          {dns: wellKept(), line: "warn  accounts: no coordinator can sign in yet -> splneno account add "},
		"another's account":   {prick: func(k *clinic) { k.invite(engine.RoleReader) }, dns: wellKept(), line: "warn  accounts: no coordinator can sign in yet"},
		"invited":             {prick: func(k *clinic) { k.invite(engine.RoleCoordinator) }, dns: wellKept(), line: "warn  accounts: a coordinator is invited and has not set the account up"},
		"two domains":         {change: func(m *engine.Municipality) { m.ReplyTo = "odpovedi@posta.example" }, dns: wellKept(), line: "warn  reply address: posta.example is not the domain mail is sent from, zdar.example -> ", failed: true},
		"SPF of the other":    {change: func(m *engine.Municipality) { m.ReplyTo = "odpovedi@posta.example" }, dns: wellKept(), line: "FAIL  SPF of posta.example: ", failed: true},
		"no way in":           {dns: wellKept(), line: "warn  ways in: none is given"},
		"nobody trusted":      {prick: func(k *clinic) { k.Post.Relay = nil }, dns: wellKept(), line: "warn  relay: no mail server is trusted"},
		"no mail server":      {prick: noMail, dns: wellKept(), line: "FAIL  SMTP: no mail server is given", failed: true},
		"all else is wrong":   {prick: nonsense, dns: wellKept(), line: "ok    municipality: Zdar\n", failed: true},
		"another tenant":      {prick: func(k *clinic) { k.Tenant = "jinde" }, dns: wellKept(), line: "FAIL  municipality: ", failed: true},
		"nothing published":   {dns: townDNS{}, line: "FAIL  SPF of zdar.example: ", failed: true},
		"policy":              {dns: wellKept(), line: "ok    DMARC of zdar.example: v=DMARC1; p=reject – policy reject\n"},
		"envelope of letters": {dns: wellKept(), line: "ok    SMTP mail from odpovedi+splneno@zdar.example: accepted to kpss@zdar.example"},
	} {
		t.Run(name, func(t *testing.T) {
			k := newClinic(t)
			if tt.change != nil {
				k.change(t, tt.change)
			}
			if tt.prick != nil {
				tt.prick(k)
			}
			out, failed := k.examined(t, doctorCommand{}, tt.dns)
			if !strings.Contains(out, tt.line) || failed != tt.failed {
				t.Errorf("failed: %v, want %v with the line %q in\n%s", failed, tt.failed, tt.line, out)
			}
			if n := len(k.box.Messages()); n != 0 {
				t.Errorf("%d mails were sent", n)
			}
		})
	}
}

func TestDoctorListener(t *testing.T) {
	for greeting, want := range map[string]string{"220 posta LMTP\r\n": "ok    LMTP listener: a mail server listens", "SSH-2.0\r\n": "FAIL  LMTP listener: what listens"} {
		ln, err := net.Listen("unix", filepath.Join(t.TempDir(), "lmtp"))
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				c, err := ln.Accept()
				if err != nil {
					return
				}
				_, _ = io.WriteString(c, greeting)
				_ = c.Close()
			}
		}()
		out, _ := newClinic(t).examined(t, doctorCommand{Ways: waysIn{LMTP: "unix:" + ln.Addr().String()}}, wellKept())
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
		_ = ln.Close()
	}
}

// sentMail waits for the test mail at the mail server.
func (k *clinic) sentMail(ctx context.Context) (mailbox.Message, error) {
	for pause(ctx, 10*time.Millisecond) {
		if all := k.box.Messages(); len(all) > 0 {
			return all[0], nil
		}
	}
	return mailbox.Message{}, errors.New("no mail was sent")
}

// The mail server brings the test mail to splneno receive, changed by f; nobody
// else has read it yet, or the program has.
func TestDoctorRoundTrip(t *testing.T) {
	trusted := func(raw []byte) []byte {
		return append([]byte("Authentication-Results: posta.zdar.example; spf=pass smtp.mailfrom=plan@zdar.example\r\n"), raw...)
	}
	for name, tt := range map[string]struct {
		command string
		change  func([]byte) []byte
		line    string
		state   engine.InboundState
	}{
		"verified":                  {"receive", trusted, "ok    round trip: the test mail came in by pipe after 0 s; Authentication-Results: posta.zdar.example; spf=pass smtp.mailfrom=plan@zdar.example; the sender is verified\n", engine.InboundAutomatic},
		"verified and not read yet": {"", trusted, "ok    round trip: the test mail came in by pipe after 0 s; ", engine.InboundReceived},
		"not verified":              {"receive", func(raw []byte) []byte { return raw }, "warn  round trip: the test mail came in by pipe after 0 s; no server wrote", engine.InboundAutomatic},
		"unknown relay": {"receive", func(raw []byte) []byte {
			return append([]byte("Authentication-Results: mx.example; spf=pass\r\n"), raw...)
		},
			"give it by --relay mx.example\n", engine.InboundAutomatic},
	} {
		t.Run(name, func(t *testing.T) {
			k := newClinic(t)
			at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
			k.now = func() time.Time { return at }
			brought := make(chan error, 1)
			go func() {
				m, err := k.sentMail(t.Context())
				if err == nil {
					err = k.bring(t.Context(), tt.command, tt.change(m.Raw), m)
				}
				brought <- err
			}()
			out, failed := k.examined(t, doctorCommand{RoundTrip: true, Wait: 30 * time.Second}, wellKept())
			if err := <-brought; err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out, tt.line) || failed {
				t.Errorf("want %q in\n%s", tt.line, out)
			}
			k.lies(t, tt.state)
		})
	}
}

// bring gives a mail to splneno receive, or only stores it as a way in does.
func (k *clinic) bring(ctx context.Context, command string, raw []byte, m mailbox.Message) error {
	in, err := k.open(ctx, k.now)
	if err != nil {
		return err
	}
	a := engine.Arrival{Raw: raw, Via: "pipe", From: m.From, To: m.To}
	tenant, err := in.receive(ctx, k.Tenant, a)
	if err == nil && command != "" {
		err = in.office(tenant).Understand(ctx)
	}
	return errors.Join(err, in.db.Close())
}

// lies checks that one mail lies in the inbox, in a state, and that nothing goes
// out because of it.
func (k *clinic) lies(t *testing.T, state engine.InboundState) {
	t.Helper()
	in, err := k.open(t.Context(), k.now)
	if err != nil {
		t.Fatal(err)
	}
	defer in.db.Close()
	o := in.office(k.Tenant)
	all, err := o.Records.Inbox(t.Context(), 0, engine.InboundStates()...)
	if err != nil || len(all) != 1 || all[0].State != state {
		t.Errorf("the inbox holds %+v (%v), want one mail, %s", all, err, state)
	}
	if err := o.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(k.box.Messages()); n != 1 {
		t.Errorf("%d mails were sent, want the test mail alone", n)
	}
}

// A mail that does not come in is waited for no longer than was said.
func TestDoctorRoundTripInVain(t *testing.T) {
	k := newClinic(t)
	another := []byte("From: charita@zdar.example\r\nSubject: Re: plan\r\n\r\n1 ano\r\n")
	if err := k.bring(t.Context(), "receive", another, mailbox.Message{}); err != nil {
		t.Fatal(err)
	}
	out, failed := k.examined(t, doctorCommand{RoundTrip: true, Wait: 50 * time.Millisecond}, wellKept())
	if !failed || !strings.Contains(out, "FAIL  round trip: the test mail was sent and did not come in within 50ms -> ") {
		t.Error(out)
	}
	k.change(t, func(m *engine.Municipality) { m.ReplyTo = "" })
	if out, failed = k.examined(t, doctorCommand{RoundTrip: true}, wellKept()); !failed || !strings.Contains(out, "FAIL  round trip: no test mail was sent") {
		t.Error(out)
	}
	k = newClinic(t)
	_ = k.box.Close()
	if out, failed = k.examined(t, doctorCommand{RoundTrip: true}, wellKept()); !failed || !strings.Contains(out, "FAIL  round trip: the test mail was not taken by the mail server: connect") {
		t.Error(out)
	}
}

// The mail server returns the test mail: its report comes in instead.
func TestDoctorRoundTripBounces(t *testing.T) {
	k := newClinic(t)
	report, err := os.ReadFile("testdata/doctor-bounce.eml")
	if err != nil {
		t.Fatal(err)
	}
	brought := make(chan error, 1)
	go func() {
		m, err := k.sentMail(t.Context())
		if err == nil {
			raw := strings.NewReplacer("{to}", m.To[0], "{id}", m.Header("Message-Id"), "\n", "\r\n").Replace(string(report))
			err = k.bring(t.Context(), "receive", []byte(raw), mailbox.Message{To: m.To})
		}
		brought <- err
	}()
	out, failed := k.examined(t, doctorCommand{RoundTrip: true, Wait: 30 * time.Second}, wellKept())
	if err := <-brought; err != nil {
		t.Fatal(err)
	}
	if !failed || !strings.Contains(out, "FAIL  round trip: the test mail was not delivered, a mail server reports: 5.1.1") {
		t.Error(out)
	}
}

// The mail server of the town brings mail by SMTP to serve, here directly.
func TestDoctorRoundTripThroughServe(t *testing.T) {
	k := newClinic(t)
	in, err := k.open(t.Context(), k.now)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ways := waysIn{SMTPIn: ln.Addr().String()}
	_ = ln.Close()
	ctx, cancel := context.WithCancel(t.Context())
	wait, err := in.openDoors(ctx, k.command, ways, slog.New(slog.DiscardHandler))
	defer func() {
		cancel()
		wait()
		_ = in.db.Close()
	}()
	if err != nil {
		t.Fatal(err)
	}
	k.SMTP = "smtp://" + ways.SMTPIn
	k.change(t, func(m *engine.Municipality) { m.Coordinator.Email = m.Sender }) // the town's server would take any
	out, failed := k.examined(t, doctorCommand{RoundTrip: true, Wait: 30 * time.Second, Ways: ways}, wellKept())
	if failed || !strings.Contains(out, "round trip: the test mail came in by smtp after ") || !strings.Contains(out, "ok    SMTP listener: a mail server listens") {
		t.Error(out)
	}
}

// No serve runs: the doctor fetches the mail out of a real mailbox himself.
func TestDoctorRoundTripByIMAP(t *testing.T) {
	d := mailtest.NewDovecot(t)
	k := newClinic(t)
	brought := make(chan error, 1)
	go func() {
		m, err := k.sentMail(t.Context())
		if err == nil {
			err = mailtest.Send(d.LMTP, "LHLO", m.From, d.User, m.Raw)
		}
		brought <- err
	}()
	ways := waysIn{IMAP: (&url.URL{Scheme: "imap", User: url.UserPassword(d.User, d.Password), Host: d.IMAP, Path: "/INBOX"}).String()}
	out, failed := k.examined(t, doctorCommand{RoundTrip: true, Wait: 20 * time.Second, Ways: ways}, wellKept())
	if err := <-brought; err != nil {
		t.Fatal(err)
	}
	if failed || !strings.Contains(out, "round trip: the test mail came in by imap after ") || !strings.Contains(out, "ok    IMAP: logged in; 0 mails wait in INBOX") {
		t.Errorf("%s\n%s", out, d.Log())
	}
	if n := len(d.Mailbox("Splneno")); n != 1 {
		t.Errorf("%d mails were moved", n)
	}
	k.SMTP = ""
	if out, _ = k.examined(t, doctorCommand{Ways: waysIn{IMAP: strings.Replace(ways.IMAP, d.Password, "spatne-heslo", 1)}}, wellKept()); !strings.Contains(out, "FAIL  IMAP: ") || strings.Contains(out, "spatne-heslo") {
		t.Error(out)
	}
}
