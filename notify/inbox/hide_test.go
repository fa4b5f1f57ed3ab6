package inbox

import (
	"strings"
	"testing"

	"splneno/engine"
)

// What is kept of a mail holds no key of a letter it quotes, neither in what
// was written nor in what was quoted; the token itself is found before that.
func TestKeysAreNotKept(t *testing.T) {
	r := &Reader{Tokens: sampleTokens, Hide: func(text string) string { return strings.ReplaceAll(text, sampleToken, "HIDDEN") }}
	raw := "From: a@example.cz\r\nTo: b@example.cz\r\nSubject: x\r\n\r\nHotovo " + sampleToken + "\r\n\r\n> psali jste " + sampleToken + "\r\n"
	m := readMail(t, r, engine.Inbound{Raw: []byte(raw)})
	if strings.Contains(m.Own+m.Quoted, sampleToken) || !strings.Contains(m.Own, "HIDDEN") || !strings.Contains(m.Quoted, "HIDDEN") {
		t.Errorf("own %q, quoted %q", m.Own, m.Quoted)
	}
	if len(m.Tokens) != 1 || m.Tokens[0] != sampleToken {
		t.Errorf("tokens %v", m.Tokens)
	}
}
