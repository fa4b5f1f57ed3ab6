package notify

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/eml"
)

func witnessLetters() map[string]engine.Letter {
	head := engine.JournalHead{Tenant: "mesto-dlouheho-jmena-nad-rickou", Seq: 12_345, At: time.Date(2024, 3, 1, 16, 2, 3, 0, time.UTC), Hash: strings.Repeat("0123456789abcdef", 4)}
	mail, digest := toCoordinator(engine.LetterWitness), toCoordinator(engine.LetterDigest)
	mail.To, mail.Link, mail.Head, mail.Date = engine.Contact{Email: "svedek@kraj.example.cz"}, "", &head, "2024-03-01"
	digest.Counts, digest.Head = map[string]int{"pending": 1}, &head
	return map[string]engine.Letter{"witness": mail, "digest-head": digest}
}

// What a witness keeps is found in every part of the mail, and when the mail was
// quoted by somebody who passed it on.
func TestTheHeadIsReadFromTheMail(t *testing.T) {
	c := composer(t)
	for name, l := range witnessLetters() {
		m, err := c.Compose(l, id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := eml.Read(m.Raw)
		if err != nil {
			t.Fatal(err)
		}
		quoted := "> " + strings.ReplaceAll(got.Text, "\n", "\n> ")
		for part, text := range map[string]string{"text": got.Text, "kept text": m.Text, "html": got.HTML, "quoted": quoted} {
			if d := cmp.Diff([]engine.JournalHead{*l.Head}, engine.ReadHeads(text)); d != "" {
				t.Errorf("%s, %s (-want +got):\n%s", name, part, d)
			}
		}
	}
}
