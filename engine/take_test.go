package engine_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// writer is the contact of the asked body.
const writer = mess + "@dubovice.example"

// reply is a mail a person wrote.
func reply(own string) engine.Mail {
	return engine.Mail{Kind: engine.MailAnswer, From: engine.Contact{Name: "Bohumil Růžička", Email: writer}, Own: own, MessageID: "x@y"}
}

func taking(b *book, m engine.Mail, answers ...engine.ReplyAnswer) engine.Taking {
	c := b.caseOf(mess)
	return engine.Taking{Inbound: engine.Inbound{ID: strings.Repeat("ab", 32), State: engine.InboundReceived, Mail: m}, Municipality: b.m, Case: &c,
		Reading: engine.ReplyReading{Answers: answers, Nothing: len(answers) == 0}}
}

var one = engine.ReplyAnswer{Item: "1", Status: engine.Fulfilled, Text: "proběhly tři besedy", Certain: true}

func TestTakeSortsEveryMail(t *testing.T) {
	edit := func(change func(*engine.Mail)) engine.Mail {
		m := reply("1 splněno")
		change(&m)
		return m
	}
	tests := []struct {
		name  string
		mail  engine.Mail
		token bool
		prep  func(*engine.Taking)
		state engine.InboundState
		note  engine.HeldReason
	}{
		{"a reply with the token", reply("1 splněno"), true, nil, engine.InboundAnswer, ""},
		{"without a token", reply("1 splněno"), false, nil, engine.InboundHeld, engine.HeldNoToken},
		{"forged, with the token", edit(func(m *engine.Mail) { m.Forged = true }), true, nil, engine.InboundHeld, engine.HeldForged},
		{"two senders", edit(func(m *engine.Mail) { m.Suspicious = []string{"two_from"} }), true, nil, engine.InboundHeld, engine.HeldSuspicious},
		{"broken", edit(func(m *engine.Mail) { m.Unreadable = "too deep" }), true, nil, engine.InboundHeld, engine.HeldUnreadable},
		{"no kind at all", edit(func(m *engine.Mail) { m.Kind = engine.MailOther }), true, nil, engine.InboundHeld, engine.HeldUnreadable},
		{"a list", edit(func(m *engine.Mail) { m.Kind = engine.MailList }), false, nil, engine.InboundList, ""},
		{"automatic", edit(func(m *engine.Mail) { m.Kind = engine.MailAutomatic }), true, nil, engine.InboundAutomatic, ""},
		{"a bounce without a report", edit(func(m *engine.Mail) { m.Kind = engine.MailBounce }), true, nil, engine.InboundBounce, ""},
		{"a second copy", reply("1 splněno"), true, func(t *engine.Taking) { t.Copy = true }, engine.InboundDuplicate, ""},
		{"a blocked sender", reply("1 splněno"), false, func(t *engine.Taking) { t.Municipality.Blocked = []string{writer} }, engine.InboundBlocked, ""},
		{"a blocked sender with the token", reply("1 splněno"), true, func(t *engine.Taking) { t.Municipality.Blocked = []string{writer} }, engine.InboundAnswer, ""},
		{"courtesy only", reply("Děkuji."), true, func(t *engine.Taking) { t.Reading = engine.ReplyReading{Nothing: true} }, engine.InboundHeld, engine.HeldEmpty},
		{"courtesy with a report attached", edit(func(m *engine.Mail) { m.Files = []engine.File{{Name: "zprava.pdf"}} }), true,
			func(t *engine.Taking) { t.Reading = engine.ReplyReading{Nothing: true} }, engine.InboundAnswer, ""},
		{"courtesy with a program attached", edit(func(m *engine.Mail) { m.Files = []engine.File{{Name: "a.exe", Problem: "type"}} }), true,
			func(t *engine.Taking) { t.Reading = engine.ReplyReading{Nothing: true} }, engine.InboundHeld, engine.HeldEmpty},
		{"after the season", reply("1 splněno"), true, func(t *engine.Taking) { t.Case.Season.State = engine.SeasonClosed }, engine.InboundHeld, engine.HeldClosed},
		{"after the link was revoked", reply("1 splněno"), true, func(t *engine.Taking) { t.Case.Request.Revoked = true }, engine.InboundHeld, engine.HeldClosed},
	}
	for _, tt := range tests {
		in := taking(asked(t, "1.1/1", "1.1/2"), tt.mail, one)
		if !tt.token {
			in.Case = nil
		}
		if tt.prep != nil {
			tt.prep(&in)
		}
		ch := must(t)(engine.Take(in, at("2024-01-15")))
		got := ch.Inbound[0]
		if got.State != tt.state || got.Note != tt.note || ch.Event == "" {
			t.Errorf("%s: %s %q, event %q; want %s %q", tt.name, got.State, got.Note, ch.Event, tt.state, tt.note)
		}
		if (len(ch.Proposals) > 0) != (tt.state == engine.InboundAnswer) {
			t.Errorf("%s: %d proposals", tt.name, len(ch.Proposals))
		}
	}
}

func TestTakeTrust(t *testing.T) {
	tests := []struct {
		from     string
		verified bool
		want     engine.Channel
	}{
		{writer, true, engine.ByAuthenticated},
		{"ucetni@dubovice.example", true, engine.ByAuthenticated},
		{"ucetni@dubovice.example", false, engine.ByToken},
		{"nekdo@jinde.example", true, engine.ByToken},
		{"x@evil-dubovice.example", true, engine.ByToken},
		{"", true, engine.ByToken},
	}
	for _, tt := range tests {
		m := reply("1 splněno")
		m.From.Email, m.Verified = tt.from, tt.verified
		ch := must(t)(engine.Take(taking(asked(t, "1.1/1"), m, one), at("2024-01-15")))
		if got := ch.Proposals[0]; got.Channel != tt.want || got.Inbound == "" {
			t.Errorf("%q verified %v: %s, want %s; mail %q", tt.from, tt.verified, got.Channel, tt.want, got.Inbound)
		}
	}
	free := body(mess, "Středisko")
	free.Contacts[0].Email = "stredisko@seznam.cz"
	if _, ok := engine.GuessSender([]engine.Organisation{free}, "podvodnik@seznam.cz"); ok {
		t.Error("anybody at a free mail provider passes for the organisation")
	}
}

func TestTakeAnswers(t *testing.T) {
	partial := engine.ReplyAnswer{Item: "2", Status: engine.Partial, Text: "chybí peníze", Lack: true, Certain: true}
	unsure := engine.ReplyAnswer{Item: "2", Status: engine.Fulfilled, Text: "snad ano", Certain: false}
	stranger := engine.ReplyAnswer{Item: "7", Status: engine.Fulfilled, Text: "ano", Certain: true}
	prose := engine.ReplyAnswer{Status: engine.StateUnknown, Text: "Bylo toho hodně."}
	tests := []struct {
		name    string
		answers []engine.ReplyAnswer
		want    map[string]engine.Answer
	}{
		{"two items", []engine.ReplyAnswer{one, partial}, map[string]engine.Answer{
			"1.1/1": {Status: engine.Fulfilled, Done: "proběhly tři besedy"}, "1.1/2": {Status: engine.Partial, Missing: "chybí peníze"}}},
		{"a disputable status is left out", []engine.ReplyAnswer{unsure}, map[string]engine.Answer{"1.1/2": {Status: engine.StateUnknown, Done: "snad ano"}}},
		{"prose stands at every open item", []engine.ReplyAnswer{prose}, map[string]engine.Answer{
			"1.1/1": {Status: engine.StateUnknown, Done: "Celý text."}, "1.1/2": {Status: engine.StateUnknown, Done: "Celý text."}}},
		{"prose beside an item stands at none", []engine.ReplyAnswer{one, prose}, map[string]engine.Answer{"1.1/1": {Status: engine.Fulfilled, Done: "proběhly tři besedy"}}},
		{"an item that is not asked about", []engine.ReplyAnswer{stranger}, map[string]engine.Answer{
			"1.1/1": {Status: engine.StateUnknown, Done: "Celý text."}, "1.1/2": {Status: engine.StateUnknown, Done: "Celý text."}}},
	}
	for _, tt := range tests {
		ch := must(t)(engine.Take(taking(asked(t, "1.1/1", "1.1/2"), reply("Celý text."), tt.answers...), at("2024-01-15")))
		got := map[string]engine.Answer{}
		for _, p := range ch.Proposals {
			got[p.Activity] = p.Answer
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s:\n%s", tt.name, d)
		}
	}
}

// Whoever writes once more does not wipe out what was said.
func TestTakeLaterWords(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	b.apply(must(t)(submit(b, fulfilled, "2024-01-15")))
	more := engine.ReplyAnswer{Item: "1", Status: engine.StateUnknown, Text: "Přišlo 40 lidí."}
	ch := must(t)(engine.Take(taking(b, reply("1 přišlo 40 lidí"), more), at("2024-01-16")))
	last := ch.Proposals[len(ch.Proposals)-1]
	if last.Answer.Status != engine.Fulfilled || last.Answer.Done != fulfilled.Done+"\nPřišlo 40 lidí." || last.Revision != 2 {
		t.Errorf("words after an answer became %+v", last)
	}
	b.apply(ch)
	thanks := engine.ReplyAnswer{Status: engine.StateUnknown, Text: "Posíláme ještě fotku."}
	ch = must(t)(engine.Take(taking(b, reply("Posíláme ještě fotku."), thanks), at("2024-01-17")))
	if len(ch.Proposals) != 1 || ch.Proposals[0].Activity != "1.1/2" {
		t.Errorf("words without an item reached what was answered: %+v", ch.Proposals)
	}
	b.apply(ch)
	ch = must(t)(engine.Take(taking(b, reply("Ještě jednou děkujeme za trpělivost."), thanks), at("2024-01-18")))
	if ch.Inbound[0].Note != engine.HeldNothingOwed || len(ch.Proposals) > 0 {
		t.Errorf("words when nothing is owed: %+v", ch.Inbound[0])
	}
	ch = must(t)(engine.Take(taking(b, reply("1 splněno"), engine.ReplyAnswer{Item: "1", Status: engine.Fulfilled, Certain: true,
		Text: fulfilled.Done + "\nPřišlo 40 lidí."}), at("2024-01-18")))
	if ch.Event != "answered_again" || len(ch.Proposals) > 0 || ch.Inbound[0].State != engine.InboundAnswer {
		t.Errorf("the same answer once more: %s with %d proposals", ch.Event, len(ch.Proposals))
	}
}

// An answer by mail becomes official only with a status, but without a text.
func TestApproveReply(t *testing.T) {
	b := asked(t, "1.1/1")
	short := engine.ReplyAnswer{Item: "1", Status: engine.Fulfilled, Certain: true}
	b.apply(must(t)(engine.Take(taking(b, reply("1 ano"), short), at("2024-01-15"))))
	p := b.proposals["1.1/1|"+mess]
	_, err := engine.Approve(b.entries["1.1/1"], p, nil, engine.Verdict{Shown: 1, Answer: engine.Answer{Status: engine.StateUnknown}}, jana, at("2024-01-16"))
	wantCode(t, err, engine.Invalid)
	b.apply(must(t)(engine.Approve(b.entries["1.1/1"], p, nil, engine.Verdict{Shown: 1, Answer: p.Answer, NextStep: engine.Close}, jana, at("2024-01-16"))))
	if e := b.entries["1.1/1"]; e.State != engine.Fulfilled {
		t.Errorf("approved as %s", e.State)
	}
}

func TestBounces(t *testing.T) {
	b := asked(t, "1.1/1")
	b.look(mess, "2024-01-10")
	report := func(status, action, to string) engine.Change {
		m := engine.Mail{Kind: engine.MailBounce, Report: &engine.DeliveryReport{Action: action, Status: status, Recipient: to}}
		ch := must(t)(engine.Take(taking(b, m), at("2024-01-11")))
		b.apply(ch)
		return ch
	}
	for _, harmless := range [][3]string{{"4.4.1", "delayed", writer}, {"2.0.0", "delivered", writer}, {"5.2.2", "failed", writer},
		{"5.7.1", "failed", writer}, {"5.1.1", "failed", "nekdo@jinde.example"}, {"5.1.1", "delayed", writer}} {
		if ch := report(harmless[0], harmless[1], harmless[2]); len(ch.Organisations) > 0 {
			t.Errorf("%v counts as a hard bounce", harmless)
		}
	}
	if ch := report("5.1.1", "failed", writer); ch.Event != "mail_bounced" || b.organisations[mess].Contacts[0].Dead() {
		t.Errorf("one hard bounce: %s", ch.Event)
	}
	b.apply(must(t)(engine.Take(taking(b, reply("Jsme tu."), engine.ReplyAnswer{Status: engine.StateUnknown}), at("2024-01-11"))))
	if b.organisations[mess].Contacts[0].Bounces != 0 {
		t.Error("whoever writes from an address does not clear it")
	}
	b = asked(t, "1.1/1")
	b.look(mess, "2024-01-10")
	report("5.1.1", "failed", writer)
	ch := report("5.1.10", "failed", strings.ToUpper(writer[:1])+writer[1:])
	if ch.Event != "contact_dead" || !b.organisations[mess].Contacts[0].Dead() {
		t.Fatalf("two hard bounces: %s", ch.Event)
	}
	said := b.look(mess, "2024-01-11")
	if len(said) != 1 || said[0].Escalate == nil || !said[0].Escalate.OnBehalf {
		t.Errorf("the coordinator is not told: %+v", said)
	}
	if ch := report("5.1.1", "failed", writer); len(ch.Organisations)+len(ch.Requests) > 0 {
		t.Error("a third bounce counts on")
	}
}

// A deputy is asked in the place of a contact that bounced.
func TestBounceFindsTheDeputy(t *testing.T) {
	b := asked(t, "1.1/1")
	o := b.organisations[mess]
	o.Contacts = append(o.Contacts, engine.Contact{Email: "zastupce@dubovice.example", Deputy: true})
	o.Contacts[0].Bounces = 1
	b.organisations[mess] = o
	b.look(mess, "2024-01-10")
	m := engine.Mail{Kind: engine.MailBounce, Report: &engine.DeliveryReport{Action: "failed", Status: "5.1.1", Recipient: writer}}
	b.apply(must(t)(engine.Take(taking(b, m), at("2024-01-11"))))
	said := b.look(mess, "2024-01-11")
	if len(said) != 1 || said[0].Letter == nil || said[0].Letter.Kind != engine.LetterRequest || said[0].Letter.To.Email != "zastupce@dubovice.example" {
		t.Errorf("the deputy is not asked: %+v", said)
	}
}

func TestAbsence(t *testing.T) {
	b := asked(t, "1.1/1")
	b.look(mess, "2024-01-10")
	before := b.requests[mess].NextOn
	away := func(until engine.Date, deputy string) engine.Change {
		m := engine.Mail{Kind: engine.MailAutomatic, From: engine.Contact{Email: writer},
			Absence: &engine.Absence{Until: until, Deputy: engine.Contact{Name: "Ing. Věra Kučerová", Email: deputy}}}
		ch := must(t)(engine.Take(taking(b, m), at("2024-01-11")))
		b.apply(ch)
		return ch
	}
	ch := away("2024-01-28", "kucerova@dubovice.example") // a Sunday
	if ch.Event != "contact_away" || b.requests[mess].NextOn != "2024-01-29" || before >= "2024-01-29" {
		t.Errorf("%s: the reminder of %s moved to %s", ch.Event, before, b.requests[mess].NextOn)
	}
	c := b.organisations[mess].Contacts
	if len(c) != 2 || !c[1].Proposed || !c[1].Deputy || c[0].AwayUntil != "2024-01-28" {
		t.Errorf("contacts %+v", c)
	}
	if to, _ := b.organisations[mess].Contact(); to.Email != writer {
		t.Errorf("a proposed contact is written to: %s", to.Email)
	}
	if ch := away("2024-01-28", "kucerova@dubovice.example"); len(ch.Organisations) > 0 {
		t.Error("the same absence again changes something")
	}
	b = asked(t, "1.1/1")
	b.look(mess, "2024-01-10")
	if away("2024-06-30", ""); b.requests[mess].NextOn != before {
		t.Errorf("an absence of half a year moved the reminder to %s", b.requests[mess].NextOn)
	}
}

func TestHoldingPen(t *testing.T) {
	b := asked(t, "1.1/1")
	in := taking(b, reply("Splněno."), one)
	c := in.Case
	in.Case = nil
	held := must(t)(engine.Take(in, at("2024-01-15"))).Inbound[0]
	in.Inbound, in.Case = held, c
	_, err := engine.Assign(in, engine.Actor{Kind: engine.ActorOrganisation, Name: mess}, at("2024-01-16"))
	wantCode(t, err, engine.Forbidden)
	ch := must(t)(engine.Assign(in, jana, at("2024-01-16")))
	if p := ch.Proposals[0]; p.Channel != engine.ByNone || p.By != "Bohumil Růžička" || ch.Inbound[0].DecidedBy != jana.Name || ch.Actor != jana {
		t.Errorf("assigned as %+v", p)
	}
	b.apply(ch)
	in.Inbound = ch.Inbound[0]
	_, err = engine.Assign(in, jana, at("2024-01-16"))
	wantCode(t, err, engine.Conflict)
	if ch := must(t)(engine.Ignore(held, jana, at("2024-01-16"))); ch.Inbound[0].State != engine.InboundIgnored {
		t.Errorf("ignored as %s", ch.Inbound[0].State)
	}
	ch = must(t)(engine.Block(held, town(), jana, at("2024-01-16")))
	if d := cmp.Diff([]string{writer}, ch.Municipality.Blocked); d != "" || ch.Inbound[0].State != engine.InboundBlocked {
		t.Errorf("blocked:\n%s", d)
	}
	nobody := held
	nobody.Mail.From, nobody.Mail.Suspicious = engine.Contact{}, []string{"two_from"}
	in.Inbound = nobody
	if p := must(t)(engine.Assign(in, jana, at("2024-01-16"))).Proposals; p[len(p)-1].By != in.Case.Organisation.Name {
		t.Errorf("a mail of two senders is assigned as given by %q", p[len(p)-1].By)
	}
	in.Inbound, in.Case.Season.State = held, engine.SeasonClosed
	_, err = engine.Assign(in, jana, at("2024-01-16"))
	wantCode(t, err, engine.Conflict)
}

func TestReceiptSaysWhatWasRecorded(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2", "1.1/3")
	unsure := engine.ReplyAnswer{Item: "2", Status: engine.Fulfilled, Text: "snad ano"}
	in := taking(b, reply("1 splněno, 2 snad ano"), one, unsure)
	ch := must(t)(engine.Take(in, at("2024-01-15")))
	l := in.Case.Receipt(ch, in.Inbound.Mail, "2024-01-15")
	got := map[int]string{}
	for _, it := range l.Items {
		got[it.Number] = "open"
		if it.Read != nil {
			got[it.Number] = string(it.Read.Status)
		}
	}
	if d := cmp.Diff(map[int]string{1: "fulfilled", 2: "unknown", 3: "open"}, got); d != "" {
		t.Error(d)
	}
}

// A report marks the message it is about, by the id it has here: in the bytes
// the reply token stood in it. Only the organisation of the token is concerned.
func TestBounceMarksTheMessage(t *testing.T) {
	token := strings.Repeat("ab2", 11)[:32]
	for id, want := range map[string]string{
		"0a1b." + token + "@dubovice.example":                  "0a1b@dubovice.example",
		"0a1b." + strings.ToUpper(token) + "@dubovice.example": "0a1b@dubovice.example",
		"0a1b@dubovice.example":                                "0a1b@dubovice.example",
		"." + token + "@dubovice.example":                      "." + token + "@dubovice.example",
		"":                                                     "",
	} {
		for _, action := range []string{"failed", "delayed", "delivered"} {
			b := asked(t, "1.1/1")
			b.look(mess, "2024-01-10")
			m := engine.Mail{Kind: engine.MailBounce, Tokens: []string{"jiny", token},
				Report: &engine.DeliveryReport{Action: action, Status: "5.2.2", Recipient: writer, MessageID: id, Detail: "mailbox full"}}
			ch := must(t)(engine.Take(taking(b, m), at("2024-01-11")))
			var marked []engine.Bounce
			if want != "" && action == "failed" {
				marked = []engine.Bounce{{Organisation: mess, MessageID: want, Detail: "mailbox full"}}
			}
			if !slices.Equal(ch.Bounced, marked) {
				t.Errorf("%s %q: %v, want %v", action, id, ch.Bounced, marked)
			}
		}
	}
}
