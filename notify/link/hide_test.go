package link

import (
	"strings"
	"testing"
)

// Keys that were signed here are left out, in whatever case a mail server made
// of them; what only looks like one stays as it was written.
func TestHide(t *testing.T) {
	s := signer(t, 7)
	answer, reply := s.Token("klatovy", request), s.ReplyToken("klatovy", request)
	foreign := signer(t, 8).Token("klatovy", request)
	for text, want := range map[string]string{
		"> " + s.AnswerURL(answer) + ". Odpovedi":                     "> https://plan.example.cz/o/\u2026. Odpovedi",
		"odpovedi+" + reply + "@klatovy.example":                      "odpovedi+\u2026@klatovy.example",
		"ODPOVEDI+" + strings.ToUpper(reply) + " " + reply:            "ODPOVEDI+\u2026 \u2026",
		"/o/" + foreign + " a /o/kratky":                              "/o/" + foreign + " a /o/kratky",
		"abcdefghijklmnopqrstuvwxyz234567 " + strings.Repeat("a", 32): "abcdefghijklmnopqrstuvwxyz234567 " + strings.Repeat("a", 32),
		"": "",
	} {
		if got := s.Hide(text); got != want {
			t.Errorf("Hide(%q) = %q, want %q", text, got, want)
		}
	}
}
