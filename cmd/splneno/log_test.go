package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/link"
)

// canaries are what must never stand in a log, however it comes there.
func canaries(t *testing.T) map[string]string {
	t.Helper()
	signer, err := link.New([]byte(strings.Repeat("k", 32)), "https://plan.example")
	if err != nil {
		t.Fatal(err)
	}
	r := engine.Request{Plan: "kpss", Period: "2023", Organisation: "charita"}
	return map[string]string{
		"address":               "jana.novotna@mesto.example",
		"address with a plus":   "odpovedi+abc@mesto.example",
		"escaped address":       "jana.novotna%40mesto.example",
		"address of letters":    "\u017eofie@\u017e\u010f\u00e1r.example",
		"link token":            signer.Token("zdar", r),
		"reply token":           signer.ReplyToken("zdar", r),
		"secret":                link.NewSecret(),
		"hash":                  link.SecretHash("x"),
		"address of a server":   "plan:tajneheslo@",
		"password with signs":   "plan:taj@ne/heslo@",
		"escaped password":      "plan%40mesto.example:taj%2Fne@",
		"line feed":             "\n",
		"carriage return":       "\r",
		"colour":                "\x1b[31m",
		"eight-bit control":     "\u009b",
		"turn of the direction": "\u202e",
		"zero width":            "\u200b",
		"line separator":        "\u2028",
		"no character":          "\xff",
	}
}

type stranger struct{ Words string }

func (s stranger) LogValue() slog.Value { return slog.StringValue(s.Words) }

// Each canary comes by each way, in each form of the log.
func TestLogsHoldNothingOfPeople(t *testing.T) {
	for name, canary := range canaries(t) {
		text := "before https://" + canary + "host after"
		if !strings.Contains(canary, ":") {
			text = "before " + canary + " after"
		}
		for _, format := range []string{"text", "json"} {
			var b bytes.Buffer
			log := newLog(&b, logging{Format: format, Level: "debug"})
			log.Info(text)
			log.Error("x", "error", fmt.Errorf("cannot: %w", errors.New(text)))
			log.Error("x", "error", errors.Join(errors.New("one"), engine.Errorf(engine.Invalid, "%s", text)))
			log.Warn("x", "text", text, "bytes", []byte(text), "any", struct{ A, B string }{text, text}, "list", []string{text})
			log.Debug("x", slog.Group("g", "text", text), "valuer", stranger{text})
			log.With("text", text).WithGroup("g").Info("x", "text", text)
			if strings.Count(b.String(), "\n") != 6 {
				t.Errorf("%s, %s: it is not six lines:\n%s", name, format, b.String())
			}
			if strings.Contains(strings.ReplaceAll(b.String(), "\n", ""), canary) && canary != "\n" {
				t.Errorf("%s, %s: the canary shows in\n%s", name, format, b.String())
			}
			if n := strings.Count(b.String(), "before "); n != 12 || strings.Count(b.String(), "after") != n {
				t.Errorf("%s, %s: what stands around it is there %d times:\n%s", name, format, n, b.String())
			}
			for line := range strings.Lines(b.String()) {
				if format == "json" && !json.Valid([]byte(line)) {
					t.Errorf("%s: no JSON: %s", name, line)
				}
			}
		}
	}
}

// What an operator needs stays.
func TestLogsKeepTheRest(t *testing.T) {
	for text, want := range map[string]string{
		"calendar":                                             "calendar",
		"01890a5d-ac96-774b-bcce-b302099a8057":                 "01890a5d-ac96-774b-bcce-b302099a8057",
		"plan akcni-plan-socialnich-sluzeb-2023":               "plan akcni-plan-socialnich-sluzeb-2023",
		"dial tcp 192.0.2.1:587: connection refused":           "dial tcp 192.0.2.1:587: connection refused",
		"smtp://plan:tajne@posta.example:587 is gone":          "smtp://******@posta.example:587 is gone",
		"see /o/" + strings.Repeat("aB3_", 8):                  "see /o/(masked)",
		"5.1.1 <jana@mesto.example>: unknown":                  "5.1.1 <(address)>: unknown",
		"its schema has 0007-hold":                             "its schema has 0007-hold",
		"\u017dlu\u0165ou\u010dk\u00fd k\u016f\u0148 p\u011bl": "\u017dlu\u0165ou\u010dk\u00fd k\u016f\u0148 p\u011bl",
	} {
		if got := redact(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	var b bytes.Buffer
	newLog(&b, logging{Level: "warn"}).Info("x")
	newLog(&b, logging{}).Info("calendar", "municipality", "zdar", "n", 3)
	if !strings.Contains(b.String(), `level=INFO msg=calendar municipality=zdar n=3`) || strings.Count(b.String(), "\n") != 1 {
		t.Error(b.String())
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("a jana@mesto.example\r\n\x1b[0m")
	f.Add("smtp://a:b@c@d")
	f.Fuzz(func(t *testing.T, text string) {
		got := redact(text)
		if strings.ContainsAny(got, "\r\n\x1b\u202e\u009b") {
			t.Errorf("%q became %q", text, got)
		}
		if again := redact(got); again != got {
			t.Errorf("%q became %q, then %q", text, got, again)
		}
		const secret = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ_-aB3d"
		if strings.Contains(redact(text+" "+secret+" "+text), secret) {
			t.Errorf("beside %q a token shows", text)
		}
	})
}
