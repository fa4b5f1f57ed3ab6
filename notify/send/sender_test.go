package send

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

const bounces = "odpovedi+abcdefghijklmnopqrstuvwxyz234567@klatovy.cz"

// Every attempt has the same envelope: a bounce of the second must tell the
// request as well as one of the first.
func TestReturnPathIsTheEnvelopeSender(t *testing.T) {
	for path, want := range map[string]string{"": "plan@klatovy.cz", bounces: bounces} {
		m := message(small)
		m.ReturnPath = path
		for reply, state := range map[string]engine.MessageState{"451 4.7.1 later": engine.Retry, "250 ok": engine.Sent} {
			p := &peer{replies: map[string]string{"RCPT": reply}}
			s := p.start(t)
			for range 2 {
				if out := s.Send(t.Context(), m); out.State != state {
					t.Errorf("%s: %+v", reply, out)
				}
			}
			said := slices.DeleteFunc(p.said(), func(c string) bool { return !strings.HasPrefix(c, "MAIL") && !strings.HasPrefix(c, "EHLO") })
			if once := []string{"EHLO klatovy.cz", "MAIL FROM:<" + want + ">"}; !slices.Equal(said, slices.Concat(once, once)) {
				t.Errorf("return path %q: said %q", path, said)
			}
		}
	}
}

func TestSignInWithToken(t *testing.T) {
	offers := []string{"AUTH LOGIN PLAIN XOAUTH2"}
	token := func(context.Context) (string, error) { return "ya29.secret", nil }
	for reply, want := range map[string]engine.MessageState{
		"235 ok": engine.Sent, "535 5.7.3 no": engine.Retry, "454 4.7.0 later": engine.Retry, "drop": engine.Retry,
	} {
		p := &peer{offers: offers, replies: map[string]string{"AUTH": reply}}
		s := p.start(t)
		s.User, s.Token = "plan@klatovy.cz", token
		out := s.Send(t.Context(), message(small))
		if out.State != want || strings.Contains(out.Detail, "secret") {
			t.Errorf("AUTH answered by %s: %+v", reply, out)
		}
		said, _ := strings.CutPrefix(p.said()[1], "AUTH XOAUTH2 ")
		if got, err := base64.StdEncoding.DecodeString(said); err != nil || string(got) != "user=plan@klatovy.cz\x01auth=Bearer ya29.secret\x01\x01" {
			t.Errorf("signed in by %q", got)
		}
	}
}

// The server gives its reason as a challenge, which is answered by an empty
// line; only then it refuses.
func TestTokenRefusedWithReason(t *testing.T) {
	reason := base64.StdEncoding.EncodeToString([]byte(`{"status":"400","schemes":"bearer"}`))
	p := &peer{offers: []string{"AUTH XOAUTH2"}, replies: map[string]string{"refusal": "334 " + reason}}
	s := p.start(t)
	s.User, s.Token = "plan@klatovy.cz", func(context.Context) (string, error) { return "ya29.secret", nil }
	out := s.Send(t.Context(), message(small))
	if out.State != engine.Retry || !strings.Contains(out.Detail, "535") || strings.Contains(out.Detail, "secret") || p.got() != 0 {
		t.Errorf("%+v", out)
	}
	if said := p.said(); len(said) < 3 || said[2] != "" {
		t.Errorf("said %q", said)
	}
}

func TestNoToken(t *testing.T) {
	p := &peer{offers: []string{"AUTH PLAIN XOAUTH2"}}
	s := p.start(t)
	s.User = "plan@klatovy.cz"
	for want, err := range map[string]error{
		"the sign-in server refuses us": engine.Errorf(engine.Unavailable, "the sign-in server refuses us"), "token: broken": errors.New("broken"),
	} {
		s.Token = func(context.Context) (string, error) { return "", err }
		if out := s.Send(t.Context(), message(small)); out.State != engine.Retry || out.Detail != want {
			t.Errorf("%+v, want %q", out, want)
		}
	}
	s.StepTimeout = 20 * time.Millisecond
	s.Token = func(ctx context.Context) (string, error) { <-ctx.Done(); return "", ctx.Err() }
	if out := s.Send(t.Context(), message(small)); out.State != engine.Retry || !strings.HasPrefix(out.Detail, "token: ") {
		t.Errorf("%+v", out)
	}
	if len(p.said()) > 0 {
		t.Errorf("the mail server was bothered without a token: %q", p.said())
	}
}

func TestServerWithoutXOAUTH2(t *testing.T) {
	p := &peer{offers: []string{"AUTH PLAIN LOGIN"}}
	s := p.start(t)
	s.User, s.Token = "plan@klatovy.cz", func(context.Context) (string, error) { return "ya29.secret", nil }
	if out := s.Send(t.Context(), message(small)); out.State != engine.Retry || !strings.Contains(out.Detail, "XOAUTH2") || len(p.said()) != 1 {
		t.Errorf("%+v after %q", out, p.said())
	}
}

func TestParseWithToken(t *testing.T) {
	token := func(context.Context) (string, error) { return "x", nil }
	s, err := ParseWithToken("smtp://plan%40klatovy.cz@smtp.office365.example", token)
	if err != nil || s.User != "plan@klatovy.cz" || s.Password != "" || s.Port != 587 || s.Token == nil {
		t.Errorf("%+v, %v", s, err)
	}
	for _, bad := range []string{"smtp://host", "smtp://u:hush@host", "smtp://:hush@host", "http://u@host", "smtp://u@", ""} {
		s, err := ParseWithToken(bad, token)
		if s != nil || engine.CodeOf(err) != engine.Invalid || strings.Contains(err.Error(), "hush") {
			t.Errorf("ParseWithToken(%q) = %+v, %v", bad, s, err)
		}
	}
}
