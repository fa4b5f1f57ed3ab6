package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/notify/mailbox"
)

// An attacked is an installation whose organisations were asked on its first
// day, and a mail server that takes what it sends. Its clock stands until a
// test moves it.
type attacked struct {
	*installation
	t     testing.TB
	c     *command
	at    time.Time
	box   *mailbox.Mailbox
	mails int // written so far: every mail is another one
}

// asker decides in the attacked towns.
var asker = engine.Actor{Kind: engine.ActorCoordinator, Name: "K"}

// attack gives an installation of the municipalities named. The first is the
// one mail without a token goes to. In each, the organisations organizace-0,
// organizace-1 and so on read mail at info@organizace-0.example and owe answers
// about two activities each.
func attack(t testing.TB, bodies int, tenants ...string) *attacked {
	t.Helper()
	a := unasked(t, bodies, tenants...)
	a.at = a.at.Add(4 * time.Hour) // past the hour of the letters
	a.tick()
	return a
}

// unasked is the same early in the morning, before anybody was written to.
func unasked(t testing.TB, bodies int, tenants ...string) *attacked {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	a := &attacked{t: t, box: box, at: time.Date(2024, 1, 11, 5, 0, 0, 0, time.UTC),
		c: &command{DB: "sqlite:" + filepath.Join(t.TempDir(), "plan.db"), URL: "https://plan.example.cz", Tenant: tenants[0], SMTP: "smtp://" + box.Addr()}}
	if a.installation, err = a.c.open(t.Context(), func() time.Time { return a.at }); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.db.Close() })
	for _, tenant := range tenants {
		a.found(tenant, bodies)
	}
	return a
}

// found sets a municipality up and opens its season.
func (a *attacked) found(tenant string, bodies int) {
	a.t.Helper()
	ctx, o, plan := a.t.Context(), a.office(tenant), crowd(bodies)
	for i := range plan.Organisations {
		plan.Organisations[i].Contacts = []engine.Contact{{Email: contact(i)}}
	}
	_, err := o.SetUp(ctx, asker, func(m *engine.Municipality) {
		m.Name, m.Sender, m.ReplyTo = "Obec "+tenant, "plan@"+tenant+".example", "odpovedi+{token}@"+tenant+".example"
		m.Coordinator = engine.Contact{Email: "kpss@" + tenant + ".example"}
	})
	a.must(err)
	a.must(o.Import(ctx, plan, asker))
	a.must(o.OpenSeason(ctx, "p", engine.Year(2023), asker))
}

// body and contact name an organisation of an attacked town.
func body(i int) string    { return fmt.Sprintf("organizace-%d", i) }
func contact(i int) string { return "info@" + body(i) + ".example" }

func (a *attacked) must(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// token gives the reply token of an organisation's request.
func (a *attacked) token(tenant string, i int) string {
	a.t.Helper()
	r, err := a.db.Tenant(tenant).Request(a.t.Context(), "p", "2023", body(i))
	a.must(err)
	return a.signer.ReplyToken(tenant, r)
}

// mail is a mail nobody saw before. header holds more lines, each with its end.
func (a *attacked) mail(from, to, header, text string) []byte {
	a.mails++
	if !strings.Contains(header, "Subject:") {
		header += "Subject: Re: plan\r\n"
	}
	return []byte(fmt.Sprintf("%sFrom: %s\r\nTo: %s\r\nDate: %s\r\nMessage-ID: <%d@posta.example>\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
		header, from, to, a.at.Add(time.Duration(a.mails)*time.Second).Format(time.RFC1123Z), a.mails, text))
}

// reply is what an organisation's contact sends after pressing Reply.
func (a *attacked) reply(tenant string, i int, text string) []byte {
	a.t.Helper()
	a.mails++
	token := a.token(tenant, i)
	raw, err := example.Reply{Program: "outlook", Writer: "Vedeni", Address: contact(i), Text: text, At: a.at.Add(time.Duration(a.mails) * time.Second)}.Mail(
		example.Letter{From: "plan@" + tenant + ".example", ReplyTo: "odpovedi+" + token + "@" + tenant + ".example", Subject: "plan", MessageID: "<x." + token + "@zdar.example>", Text: "1. x\n2. y"})
	a.must(err)
	return raw
}

// bring hands a mail in at the door, and fails when it was not stored.
func (a *attacked) bring(raw []byte, to ...string) {
	a.t.Helper()
	_, err := a.receive(a.t.Context(), a.c.Tenant, engine.Arrival{Raw: raw, Via: "folder", To: to})
	a.must(err)
}

// understand reads what came in.
func (a *attacked) understand(tenant string) {
	a.t.Helper()
	a.must(a.office(tenant).Understand(a.t.Context()))
}

// tick does what is due in every municipality.
func (a *attacked) tick() {
	a.t.Helper()
	tenants, err := a.db.AcrossTenants().Tenants(a.t.Context())
	a.must(err)
	for _, tenant := range tenants {
		a.must(a.office(tenant).Tick(a.t.Context()))
	}
}
