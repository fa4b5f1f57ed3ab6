package czech

import (
	"os"
	"strings"
	"testing"

	"splneno/engine"
)

// What everybody is told, phrase by phrase: what is masked too much is as wrong
// as what gets out.
func TestPublicPhrases(t *testing.T) {
	var contacts []engine.Contact
	for _, name := range []string{"Mgr. Jana Nováková", "Petr Novák", "Eva Malá", "Jiří Kočí", "Karel Marek", "Anna Kučerová", "Ivan Hrubý", "Josef Švec", "Jan Kohout", "Petr Zeman", "Věra Jíšová",
		"Lukáš Procházka", "Nguyen Van Minh", "O'Brien Sean", "Karolína Světlá-Benešová"} {
		contacts = append(contacts, engine.Contact{Name: name})
	}
	m := newMask([]engine.Organisation{{Name: "Charita", Kind: engine.KindOrganisation, Contacts: contacts}})
	file, err := os.ReadFile("testdata/public.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		text, want, masked := strings.Cut(line, " => ")
		if !masked {
			want = text
		}
		got := m.text(text)
		if got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
		if again := m.text(got); again != got {
			t.Errorf("%q: done twice it becomes %q", text, again)
		}
	}
	for _, text := range []string{"u Petra No\u00adváka", "s Petrem \u200bNovákem", "volejte 777\u2009123\u2009456", "tel.\u00a0777\u00a0123\u00a0456"} {
		if got := m.text(text); !strings.Contains(got, "neuveden") || strings.Contains(got, "123") {
			t.Errorf("%q became %q", text, got)
		}
	}
}
