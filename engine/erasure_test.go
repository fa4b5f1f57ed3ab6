package engine_test

import (
	"testing"

	"splneno/engine"
)

func TestCleanTakesThePersonAlone(t *testing.T) {
	e := engine.Erasure{Email: "jan.novak@charita.example", Name: "Jan Novák", Mask: "–"}
	for text, want := range map[string]string{
		"":          "",
		"Jan Novák": "–",
		"Jan Novák, Jan Nováková a Jan Novák.": "–, Jan Nováková a –.",
		"ŽJan Novák":                        "ŽJan Novák",
		"psal jan.novak@charita.example":    "psal –",
		"<Jan.NOVAK@Charita.example>,":      "<–>,",
		"bojan.novak@charita.example":       "bojan.novak@charita.example",
		"x.jan.novak@charita.example":       "x.jan.novak@charita.example",
		"jan.novak@charita.example.org je":  "–.org je",
		"jan.novak@charita.examples":        "jan.novak@charita.examples",
		"Janem Novákem":                     "Janem Novákem", // only the exact name is looked for
		"novak@charita.example, Jan  Novák": "novak@charita.example, Jan  Novák",
	} {
		if got := e.Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
	if got := (engine.Erasure{Mask: "–"}).Clean("Jan"); got != "Jan" {
		t.Errorf("nobody is %q", got)
	}
}

// Only the person is taken out; who decided, and what became of a mail, stays.
func TestErasureLeavesTheRest(t *testing.T) {
	e := engine.Erasure{Email: "jan.novak@charita.example", Name: "Jan Novák", Mask: "–"}
	o, changed := e.Organisation(engine.Organisation{Contacts: []engine.Contact{{Name: "Jan Novák", Email: "jiny@charita.example"}, {Email: "Jan.Novak@charita.example"}}})
	if !changed || len(o.Contacts) != 1 || o.Contacts[0].Email != "jiny@charita.example" {
		t.Errorf("contacts %+v", o.Contacts)
	}
	p, changed := e.Proposal(engine.Proposal{By: "Jan Novák", DecidedBy: "Jan Novák", State: engine.Approved})
	if !changed || p.By != "–" || p.DecidedBy != "Jan Novák" || p.State != engine.Approved {
		t.Errorf("answer %+v", p)
	}
	if _, changed := e.Proposal(engine.Proposal{By: "Jana Nováková", Answer: fulfilled}); changed {
		t.Error("somebody else's answer was changed")
	}
	m, changed := e.Message(engine.Message{To: "urad@charita.example", Text: "Píše Jan Novák.", State: engine.Sent})
	if !changed || m.To != "urad@charita.example" || m.Text != "Píše –." || m.State != engine.Sent {
		t.Errorf("mail %+v", m)
	}
	if a, changed := e.Account(engine.Account{ID: "a", Email: "jiny@charita.example", Name: "Jan Novák"}); changed || a.Disabled {
		t.Error("a namesake's account was changed")
	}
	in, changed := e.Inbound(engine.Inbound{State: engine.InboundBounce, Mail: engine.Mail{Kind: engine.MailBounce, Report: &engine.DeliveryReport{Recipient: e.Email, Detail: "550 " + e.Email, Status: "5.1.1"}}})
	if !changed || in.State != engine.InboundBounce || in.Mail.Report.Recipient != "–" || in.Mail.Report.Status != "5.1.1" {
		t.Errorf("report %+v", in.Mail.Report)
	}
}
