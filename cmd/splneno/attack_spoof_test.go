package main

import (
	"encoding/base32"
	"fmt"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/link"
)

const spoofed = "1 splneno, 2 splneno"

// flips gives every token that differs from a real one in one bit.
func flips(t *testing.T, token string) (out []string) {
	t.Helper()
	code := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	raw, err := code.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(raw) * 8 {
		raw[i/8] ^= 1 << (i % 8)
		out = append(out, code.EncodeToString(raw))
		raw[i/8] ^= 1 << (i % 8)
	}
	return out
}

// forgeries gives tokens that look like those of organisation 0 and open nothing.
func (a *attacked) forgeries(t *testing.T) (out []string) {
	real := a.token("zdar", 0)
	r, err := a.db.Tenant("zdar").Request(t.Context(), "p", "2023", body(0))
	a.must(err)
	for _, change := range []func(*engine.Request){
		func(r *engine.Request) { r.Plan = "q" }, func(r *engine.Request) { r.Period = "2022" }, func(r *engine.Request) { r.Organisation = body(99) },
		func(r *engine.Request) { r.LinkSerial++ }, func(r *engine.Request) { r.LinkSerial-- },
		func(r *engine.Request) { r.Plan, r.Period = "p\x00", "2023" }, func(r *engine.Request) { r.Plan, r.Period = "p2023", "" },
	} {
		other := r
		change(&other)
		out = append(out, a.signer.ReplyToken("zdar", other))
	}
	key, err := link.NewKey()
	a.must(err)
	stranger, err := link.New(key, a.c.URL)
	a.must(err)
	out = append(out, a.signer.ReplyToken("nikde", r), stranger.ReplyToken("zdar", r))
	out = append(out, real[:31], real[1:], real+"a", "a"+real, real[:16]+"-"+real[16:], strings.Repeat("a", 32), a.signer.Token("zdar", r))
	return append(out, flips(t, real)...)
}

// guesses are header lines that name what anybody can guess or has seen.
func (a *attacked) guesses() (out []string) {
	out = append(out, "", "Subject: [#1] Re: plan p 2023\r\n", "Subject: Re: "+body(0)+" 1.1/1\r\n", "X-Loop: zdar\r\n", "Reply-To: odpovedi@zdar.example\r\n")
	for _, m := range a.messages("zdar") {
		out = append(out, "In-Reply-To: <"+m.MessageID+">\r\n", "References: <"+m.MessageID+">\r\n")
	}
	for n := range 20 {
		out = append(out, fmt.Sprintf("In-Reply-To: <%032x.%032x@zdar.example>\r\n", n, n))
	}
	return out
}

// Whoever has no token becomes no answer, however well he knows the names.
func TestSpoofedMailMovesNothing(t *testing.T) {
	t.Parallel()
	a := attack(t, 3, "zdar", "sazava")
	old := []string{a.token("zdar", 1), a.token("zdar", 2)}
	a.must(a.office("zdar").RevokeLink(t.Context(), "p", "2023", body(1), false, asker))
	a.must(a.office("zdar").RevokeLink(t.Context(), "p", "2023", body(2), true, asker))
	a.tick()
	before, elsewhere, sent := a.everything("zdar"), a.everything("sazava"), len(a.box.Messages())
	n := 0
	for i, forged := range append(a.forgeries(t), old...) {
		to, header, text := "odpovedi+"+forged+"@zdar.example", "", spoofed
		if i%3 == 1 {
			to, header = "odpovedi@zdar.example", "In-Reply-To: <x."+forged+"@zdar.example>\r\n"
		} else if i%3 == 2 {
			to, text = "odpovedi@zdar.example", spoofed+"\r\n\r\n> "+forged
		}
		a.bring(a.mail(contact(0), to, header, text))
		n++
	}
	for _, header := range a.guesses() {
		a.bring(a.mail(contact(0), "odpovedi@zdar.example", header, spoofed))
		n++
	}
	if n < 200 {
		t.Errorf("only %d mails", n)
	}
	a.tick()
	reasons := map[engine.HeldReason]int{}
	for _, in := range a.inbox("zdar") {
		reasons[in.Note]++
		if in.State != engine.InboundHeld {
			t.Errorf("%s is %s", in.Mail.Subject, in.State)
		}
	}
	if reasons[engine.HeldClosed] != 1 || len(a.inbox("zdar")) != n || len(a.inbox("sazava")) != 0 {
		t.Errorf("of %d mails are held: %v", n, reasons)
	}
	if after := a.everything("zdar"); after != before || a.everything("sazava") != elsewhere || len(a.box.Messages()) != sent {
		t.Error("something moved")
	}
	t.Logf("%d mails held: %v", n, reasons)
	a.verify()
}

// A real token works as mail servers and people write it, and for nobody but
// its own municipality, though the other has a request of the same name.
func TestTokenIsOfOneMunicipality(t *testing.T) {
	t.Parallel()
	a := attack(t, 2, "zdar", "sazava")
	home := a.everything("zdar")
	for _, token := range []string{a.token("sazava", 0), strings.ToUpper(a.token("sazava", 1))} {
		a.bring(a.mail("kdosi@jinde.example", "odpovedi+"+token+"@zdar.example", "", spoofed))
	}
	a.tick()
	if got := a.inbox("sazava", engine.InboundAnswer); len(got) != 2 || len(a.inbox("zdar")) != 0 || a.everything("zdar") != home {
		t.Errorf("%d answers in their town, %d mails in the other", len(got), len(a.inbox("zdar")))
	}
	// Named in one mail, the first town gets it, and the other's token is nothing there.
	a.bring(a.mail("kdosi@jinde.example", "odpovedi+"+a.token("zdar", 0)+"@zdar.example, odpovedi+"+a.token("sazava", 0)+"@sazava.example", "", "1 nesplneno"))
	other := len(a.proposals("sazava"))
	a.tick()
	if len(a.proposals("zdar")) != 1 || len(a.proposals("sazava")) != other || a.proposals("zdar")[0].Channel != engine.ByToken {
		t.Errorf("proposals: %s", a.text(a.proposals("zdar")))
	}
	a.verify()
}
