package notify

import (
	"strings"
	"testing"

	"splneno/engine"
)

func TestOwnWordsStandAroundWhatMustBeSaid(t *testing.T) {
	l := letter(engine.LetterRequest, 2)
	plain, err := composer(t).Compose(l, "a@example.cz")
	if err != nil {
		t.Fatal(err)
	}
	l.Words = engine.MailText{Subject: "{obec} se pt{a} – {organizace}", Opening: "Za {obdobi}.", Closing: "D."}
	if _, err := composer(t).Compose(l, "a@example.cz"); err == nil {
		t.Error("a word in braces nobody fills in was let out")
	}
	l.Words = engine.MailText{Subject: "{obec}: {organizace}\r\nBcc: x@example.org", Opening: "Druhý {obdobi}.\n\nTřetí do {termin}, {pocet} aktivit.", Closing: "Hezký den."}
	m, err := composer(t).Compose(l, "a@example.cz")
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(m.Subject, "\r\n") || !strings.HasPrefix(m.Subject, l.Municipality+": "+l.Organisation) {
		t.Errorf("subject %q", m.Subject)
	}
	if strings.Contains(string(m.Raw), "\nBcc:") {
		t.Error("a header got in")
	}
	for _, want := range []string{"Druhý " + l.Period.ID + ".", "Třetí do ", "Hezký den."} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q is not said:\n%s", want, m.Text)
		}
	}
	for line := range strings.SplitSeq(plain.Text, "\n\n") { // whatever ours said is still said
		if !strings.Contains(m.Text, line) {
			t.Errorf("lost: %q", line)
		}
	}
}
