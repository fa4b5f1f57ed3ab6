package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/mailbox"
)

// A correspondence is installations whose mail reaches one another, and robots
// that answer whatever they get.
type correspondence struct {
	t      testing.TB
	towns  []*attacked
	read   []int // how much of each town's mail was carried
	robots []robot
}

// A robot answers every mail to its address with this header and text, so many
// days later.
type robot struct {
	address, header, text string
	after                 int
}

// pairs gives two installations, each of which asks the other's addresses and
// the robots'.
func pairs(t testing.TB, robots ...robot) *correspondence {
	a, b := unasked(t, 2+len(robots), "zdar"), unasked(t, 2+len(robots), "sazava")
	for _, sides := range [][2]*attacked{{a, b}, {b, a}} {
		asks, other := sides[0], sides[1]
		addresses := []string{"plan@" + other.c.Tenant + ".example", "odpovedi@" + other.c.Tenant + ".example"}
		for _, r := range robots {
			addresses = append(addresses, r.address)
		}
		for i, address := range addresses {
			asks.must(asks.office(asks.c.Tenant).EditOrganisation(t.Context(), body(i), asker, func(o *engine.Organisation) {
				o.Contacts = []engine.Contact{{Email: address}}
			}))
		}
		asks.at = asks.at.Add(4*time.Hour - 24*time.Hour) // a year begins with the next day
	}
	return &correspondence{t: t, towns: []*attacked{a, b}, read: make([]int, 2), robots: robots}
}

// carry brings what the towns sent to those it is for, until nothing moves. The
// mails robots wait with come back with the days they wait.
func (c *correspondence) carry(later map[int][]func(), day int) {
	c.t.Helper()
	for round := 0; ; round++ {
		moved := false
		for i, town := range c.towns {
			all := town.box.Messages()
			for _, m := range all[c.read[i]:] {
				moved = true
				c.hand(town, c.towns[1-i], m, later, day)
			}
			c.read[i] = len(all)
		}
		if !moved {
			return
		}
		if round > 20 {
			c.t.Fatalf("day %d: the mail never comes to rest", day)
		}
		for _, town := range c.towns {
			o := town.office(town.c.Tenant)
			town.must(o.Understand(c.t.Context()))
			town.must(o.Deliver(c.t.Context()))
		}
	}
}

func (c *correspondence) hand(from, other *attacked, m mailbox.Message, later map[int][]func(), day int) {
	c.t.Helper()
	if strings.HasSuffix(m.To[0], "@"+other.c.Tenant+".example") && !strings.HasPrefix(m.To[0], "kpss@") {
		other.bring(m.Raw, m.To[0])
	}
	for _, r := range c.robots {
		if r.address != m.To[0] {
			continue
		}
		answer := func() {
			from.bring(from.mail(r.address, m.Header("Reply-To"), r.header+"In-Reply-To: "+m.Header("Message-Id")+"\r\n", fmt.Sprintf(r.text, from.mails)))
		}
		if r.after == 0 {
			answer()
			continue
		}
		later[day+r.after] = append(later[day+r.after], answer)
	}
}

// year lets both towns live through so many days.
func (c *correspondence) year(days int) {
	c.t.Helper()
	later := map[int][]func(){}
	for day := range days {
		for _, answer := range later[day] {
			answer()
		}
		for _, town := range c.towns {
			town.at = town.at.Add(24 * time.Hour)
			if on := town.at.Weekday(); on != time.Saturday && on != time.Sunday { // nothing is written then
				town.tick()
			}
		}
		c.carry(later, day)
	}
}

// Two installations that ask one another, and robots that answer everything,
// write one another at most one mail a day, no more than a season allows, and
// no receipt.
func TestInstallationsDoNotTalkForEver(t *testing.T) {
	t.Parallel()
	c := pairs(t,
		robot{address: "robot@robot.example", header: "Auto-Submitted: auto-replied\r\n", text: told(t, "claims.txt")[0]},
		robot{address: "dovolena@robot.example", header: "Subject: Automatic reply: plan\r\n", text: told(t, "claims.txt")[0]},
		robot{address: "rada@robot.example", header: "Precedence: bulk\r\n", text: told(t, "claims.txt")[0], after: 1})
	c.year(366)
	for i, town := range c.towns {
		daily, yearly := map[string]int{}, map[string]int{}
		for _, m := range town.messages(town.c.Tenant) {
			if m.Organisation == "" {
				continue // to the coordinator
			}
			if m.Kind == engine.LetterReceipt {
				t.Errorf("a program got the receipt %s", m.Key)
			}
			daily[m.To+" "+string(engine.DateOf(m.CreatedAt.In(town.zone)))]++
			yearly[m.To]++
		}
		for key, n := range daily {
			if n > 1 {
				t.Errorf("town %d wrote %d mails in a day to %s", i, n, key)
			}
		}
		for to, n := range yearly {
			if n > engine.DefaultPolicy().SeasonCap {
				t.Errorf("town %d wrote %d mails to %s", i, n, to)
			}
		}
		if len(yearly) != 5 || len(town.proposals(town.c.Tenant)) != 0 {
			t.Errorf("town %d: %d were written to, %d proposals", i, len(yearly), len(town.proposals(town.c.Tenant)))
		}
		t.Logf("town %d wrote %v; it got %d mails", i, yearly, len(town.inbox(town.c.Tenant)))
		town.verify()
	}
}

// A robot that hides what it is cannot be told from a person. Its mail costs
// one receipt a day at most, as many as a season has letters, and what it says decides nothing.
func TestHiddenRobotsAreHeldDown(t *testing.T) {
	t.Parallel()
	c := pairs(t, robot{address: "robot@robot.example", text: strings.Join(told(t, "robot.txt"), "\r\n")},
		robot{address: "robot@pozde.example", text: told(t, "answers.txt")[0], after: 1})
	official := c.towns[0].official("zdar")
	c.year(60)
	town := c.towns[0]
	daily, receipts := map[string]int{}, map[string]int{}
	for _, m := range town.messages("zdar", engine.LetterReceipt) {
		daily[m.To+" "+string(engine.DateOf(m.CreatedAt.In(town.zone)))]++
		receipts[m.To]++
	}
	for key, n := range daily {
		if n > 1 {
			t.Errorf("%d receipts in a day to %s", n, key)
		}
	}
	for to, n := range receipts {
		if n > engine.DefaultPolicy().SeasonCap {
			t.Errorf("%d receipts in a season to %s", n, to)
		}
	}
	if town.official("zdar") != official {
		t.Error("a robot moved what is official")
	}
	t.Logf("receipts in 60 days: %v", receipts)
	town.verify()
}
