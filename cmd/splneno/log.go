package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"

	"splneno/engine/pattern"
)

// logging is how the program keeps its log.
type logging struct {
	Format string `default:"text" enum:"text,json" env:"SPLNENO_LOG_FORMAT" help:"Form of the log: text or json."`
	Level  string `default:"info" enum:"debug,info,warn,error" env:"SPLNENO_LOG_LEVEL" help:"What is logged: debug, info, warn or error, and all that is worse."`
}

// newLog gives the log that everything in the background writes to. It may say
// what failed in the words of others: addresses of people, secrets and whatever
// could forge a line are taken out here, in messages and in attributes, so that
// nobody who logs has to think of it. Names and telephone numbers cannot be
// recognised and must not be logged.
func newLog(w io.Writer, l logging) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(l.Level)) // the flag allows only levels; "" is info
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: cleanAttr}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// cleanAttr takes out of one attribute what must not stand in a log; the message is
// one of them.
func cleanAttr(groups []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(redact(a.Value.String()))
	case slog.KindAny:
		if _, level := a.Value.Any().(slog.Level); level && len(groups) == 0 && a.Key == slog.LevelKey {
			return a
		}
		a.Value = slog.StringValue(redact(wordsOf(a.Value.Any())))
	default: // numbers, times, true and false
	}
	return a
}

// wordsOf gives the words of a value.
func wordsOf(v any) string {
	switch v := v.(type) {
	case error:
		return v.Error()
	case []byte:
		return string(v)
	}
	return fmt.Sprintf("%+v", v)
}

// What is masked: users and passwords of addresses of servers, addresses of
// mail, and runs that may be tokens.
var (
	mailAddress = pattern.New(`[^\s<>"'(),:;=/?&]+(@|%40)[^\s<>"'(),:;=/?&]+`)
	tokenLike   = pattern.New(`[A-Za-z0-9_-]{20,}`)
	recordID    = pattern.New(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	plainName   = pattern.New(`^(([a-z]{1,19}|[0-9]{1,19})([-_]+|$))+$`)
)

// redact makes a text fit for the log: one line, without secrets and without
// addresses of people.
func redact(text string) string {
	text = mask(oneLine(text))
	text = mailAddress.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, "******@") {
			return s // a server's, masked above
		}
		return "(address)"
	})
	return tokenLike.ReplaceAllStringFunc(text, func(s string) string {
		if recordID.MatchString(s) || plainName.MatchString(s) {
			return s // the id of a record, or a name like akcni-plan-2026: opens nothing
		}
		return "(masked)"
	})
}

// oneLine takes out whatever would end a line, colour it or turn its direction.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "?"), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
}
