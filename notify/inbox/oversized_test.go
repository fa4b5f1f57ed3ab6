package inbox

import (
	"context"
	"testing"

	"splneno/engine"
)

// A mail of which only the header was fetched says so, not that it is empty.
func TestOversized(t *testing.T) {
	raw := []byte(Oversized + "From: a@example.org\r\nSubject: fotky\r\n\r\n")
	m, err := (&Reader{}).Read(context.Background(), engine.Inbound{Raw: raw})
	if err != nil || m.Unreadable == "" || m.Subject != "fotky" || m.Kind != engine.MailOther {
		t.Errorf("%+v, %v", m, err)
	}
}
