package send

import (
	"errors"
	"fmt"
	"net/textproto"
	"slices"
	"strings"
	"unicode"

	"splneno/engine"
)

const finalDot = "final dot"

// ours are the steps in which a refusal is about our configuration or about the
// server, never about the recipient: the mail waits until somebody mends that.
var ours = []string{"connect", "greeting", "EHLO", "STARTTLS", "AUTH"}

// signInCodes ask for a sign-in or for TLS, at whatever verb they come
// (RFC 4954, 6; RFC 3207, 4).
var signInCodes = []int{530, 534, 535, 538}

// outcome says what an error of the step begun last means for the message
// (dependencies.md M3).
func (t *talk) outcome(err error) engine.Outcome {
	if err == nil {
		return engine.Outcome{State: engine.Sent}
	}
	var reply *textproto.Error
	if !errors.As(err, &reply) {
		return engine.Outcome{State: t.lost(), Detail: clean(t.explain(err))}
	}
	detail := clean(fmt.Sprintf("%s: %d %s", t.verb, reply.Code, reply.Msg))
	switch {
	case slices.Contains(ours, t.verb):
		return engine.Outcome{State: engine.Retry, Detail: clean("the mail server refuses us, check the SMTP settings; " + detail)}
	case slices.Contains(signInCodes, reply.Code):
		return engine.Outcome{State: engine.Retry, Detail: clean("the mail server wants another sign-in, check user and password of the SMTP settings; " + detail)}
	case reply.Code/100 == 5:
		return engine.Outcome{State: engine.Failed, Detail: detail}
	case reply.Code/100 == 4:
		return engine.Outcome{State: engine.Retry, Detail: detail}
	case reply.Code/100 == 2 && t.verb == finalDot:
		return engine.Outcome{State: engine.Sent}
	}
	return engine.Outcome{State: t.lost(), Detail: detail}
}

// lost is the state of a message whose connection ended without a clear reply.
func (t *talk) lost() engine.MessageState {
	if t.verb == finalDot {
		return engine.Unsure
	}
	return engine.Retry
}

// explain names the step, and the cause where we closed the connection
// ourselves: the error of the closed connection would say nothing.
func (t *talk) explain(err error) string {
	var known *engine.Error
	switch {
	case errors.As(err, &known):
		return known.Msg
	case t.ctx.Err() != nil:
		return t.verb + ": broken off here before the mail server answered"
	case t.timer != nil && !t.timer.Stop():
		return t.verb + ": the mail server did not answer in time"
	}
	return t.verb + ": " + err.Error()
}

// clean makes the server's words fit to be stored and shown on one line.
func clean(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "?"), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	if r := []rune(s); len(r) > detailMax {
		s = string(r[:detailMax-1]) + "…"
	}
	return s
}

const detailMax = 300
