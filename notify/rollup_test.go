package notify

import (
	"strings"
	"testing"
)

// The letter to the steering group leads to its board; what is kept of the
// letter does not.
func TestRollUpLeadsToTheBoard(t *testing.T) {
	l := letters()["rollup"]
	l.Link = "https://plan.mukt.example.cz/prehled/" + strings.Repeat("Ab-_", 8)
	m, err := composer(t).Compose(l, id)
	if err != nil {
		t.Fatal(err)
	}
	flat := strings.Join(strings.Fields(m.Text), " ")
	if !strings.Contains(flat, "Účet ani heslo k němu nepotřebujete; odkaz je určen jen Vám") || !strings.Contains(flat, "Zobrazit přehled") {
		t.Errorf("the letter does not say what the link is:\n%s", m.Text)
	}
	if strings.Contains(m.Text, "Ab-_Ab-_") {
		t.Error("what is kept of the letter opens the board")
	}
	l.Link = ""
	if m, err = composer(t).Compose(l, id); err != nil || strings.Contains(m.Text, "na odkazu níže") {
		t.Errorf("a letter without a link speaks of one (%v)", err)
	}
}
