package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// sampleToken stands in the mails of notify/inbox as the reply token.
const sampleToken = "abcdefghijklmnopqrstuvwxyz234567"

// sample gives a mail of notify/inbox as if it answered organisation i: its token
// stands where the sample's stood, and its contact where another address did.
func (a *attacked) sample(i int, name, address string) []byte {
	a.t.Helper()
	raw, err := os.ReadFile("../../notify/inbox/testdata/" + name)
	a.must(err)
	token := a.token("zdar", i)
	return []byte(strings.NewReplacer(sampleToken, token, strings.ToUpper(sampleToken), strings.ToUpper(token), address, contact(i), "\n", "\r\n").Replace(string(raw)))
}

// samples gives all mails of a folder so.
func (a *attacked) samples(i int, folder, address string) (out [][]byte) {
	a.t.Helper()
	paths, err := filepath.Glob("../../notify/inbox/testdata/" + folder + "/*.eml")
	if err != nil || len(paths) < 20 {
		a.t.Fatalf("%d mails in %s: %v", len(paths), folder, err)
	}
	for _, path := range paths {
		out = append(out, a.sample(i, folder+"/"+filepath.Base(path), address))
	}
	return out
}

// address is where replies about a request go.
func (a *attacked) address(i int) string { return "odpovedi+" + a.token("zdar", i) + "@zdar.example" }

// What programs write answers nothing and is answered by nothing, whatever
// token it carries; all of it can be seen and counted.
func TestMailOfProgramsAnswersNothing(t *testing.T) {
	t.Parallel()
	a, still := attack(t, 2, "zdar"), attack(t, 2, "zdar")
	want := map[engine.InboundState]int{}
	for folder, state := range map[string]engine.InboundState{"kind/automatic": engine.InboundAutomatic, "report": engine.InboundBounce} {
		for _, raw := range a.samples(0, folder, "\x00") {
			a.bring(raw, a.address(0))
			want[state]++
		}
	}
	official, before := a.official("zdar"), len(a.messages("zdar"))
	a.tick()
	still.tick()
	got := map[engine.InboundState]int{}
	for _, in := range a.inbox("zdar") {
		got[in.State]++
		if in.Organisation != body(0) {
			t.Errorf("%s names no organisation", in.Mail.MessageID)
		}
	}
	if a.text(got) != a.text(want) {
		t.Errorf("states %v, want %v", got, want)
	}
	if len(a.proposals("zdar")) != 0 || a.official("zdar") != official || len(a.messages("zdar")) != before || len(a.box.Messages()) != len(still.box.Messages()) {
		t.Errorf("%d proposals, %d mails written, %d where nothing came in", len(a.proposals("zdar")), len(a.messages("zdar")), len(still.messages("zdar")))
	}
	t.Logf("%v", got)
	a.verify()
}

// When the address that is written to turns out to be dead, the coordinator is
// told, as the calendar owes; nobody else is.
func TestBouncesTellTheCoordinatorOnly(t *testing.T) {
	t.Parallel()
	a := attack(t, 2, "zdar")
	for _, raw := range a.samples(0, "report", "info@charita.example.cz") {
		a.bring(raw, a.address(0))
	}
	a.at = a.at.Add(24 * time.Hour)
	before := len(a.messages("zdar"))
	a.tick()
	for _, m := range a.messages("zdar")[before:] {
		if m.To != "kpss@zdar.example" {
			t.Errorf("%s was written", m.Key)
		}
	}
	bodies, err := a.db.Tenant("zdar").Organisations(t.Context(), body(0), body(1))
	a.must(err)
	if !bodies[0].Contacts[0].Dead() || bodies[1].Contacts[0].Bounces != 0 || len(a.messages("zdar", engine.LetterEscalation)) != 1 || len(a.proposals("zdar")) != 0 {
		t.Errorf("bounces %d and %d, %d escalations", bodies[0].Contacts[0].Bounces, bodies[1].Contacts[0].Bounces, len(a.messages("zdar", engine.LetterEscalation)))
	}
	a.verify()
}

// A mail built to cost much ends where a person sees it, and the next one is
// read as if nothing had been.
func TestBombsHoldUpNobody(t *testing.T) {
	t.Parallel()
	a := attack(t, 1, "zdar")
	head := "From: " + contact(0) + "\r\nTo: " + a.address(0) + "\r\nSubject: x\r\n"
	mixed := head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
	var nested bytes.Buffer
	nested.WriteString(head)
	for i := range 3000 {
		mark := strings.Repeat("b", i%60+1)
		nested.WriteString("Content-Type: multipart/mixed; boundary=" + mark + "\r\n\r\n--" + mark + "\r\n")
	}
	fill := func(head, piece string, size int) []byte {
		return []byte(head + strings.Repeat(piece, size/len(piece)))
	}
	for _, tt := range []struct {
		name string
		raw  []byte
		want engine.InboundState
	}{
		{"nested parts", nested.Bytes(), engine.InboundHeld},
		{"200,000 parts", fill(mixed, "--b\r\n\r\nx\r\n", 200_000*10), engine.InboundHeld},
		{"300,000 fields", fill(head, "X-A: b\r\n", 300_000*8), engine.InboundHeld},
		{"a line of 20 MB in the header", fill(head+"X: ", "a", 20<<20), engine.InboundHeld},
		{"25 MB and one byte", append(fill(head+"\r\n", "hello ", 25<<20), []byte(strings.Repeat("x", 200))...), engine.InboundHeld},
		{"a line of 20 MB in the text", fill(head+"\r\n", "a", 20<<20), engine.InboundAnswer},
	} {
		began := time.Now()
		a.bring(tt.raw)
		a.bring(a.reply("zdar", 0, "1 splneno, probehlo "+strings.Repeat("1", a.mails+1)+" besed"))
		a.understand("zdar")
		took := time.Since(began)
		all := a.inbox("zdar")
		bomb, next := all[len(all)-2], all[len(all)-1]
		if bomb.Mail.Subject != "x" {
			bomb, next = next, bomb
		}
		if bomb.State != tt.want || tt.want == engine.InboundHeld && bomb.Note != engine.HeldUnreadable || next.State != engine.InboundAnswer {
			t.Errorf("%s: %s %s, the next mail %s %s", tt.name, bomb.State, bomb.Note, next.State, next.Note)
		}
		if took > 5*time.Second {
			t.Errorf("%s: %s", tt.name, took)
		}
		t.Logf("%s: %s %q, %s", tt.name, bomb.State, bomb.Mail.Unreadable, took.Round(time.Millisecond))
		a.at = a.at.Add(time.Minute)
	}
	a.verify()
}
