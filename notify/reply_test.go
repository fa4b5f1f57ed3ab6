package notify

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/eml"
)

const token = "abcdefghijklmnopqrstuvwxyz234567"

// replied makes a letter one that can be answered by reply.
func replied(l engine.Letter) engine.Letter {
	l.ReplyTo, l.ReplyToken = "odpovedi+"+token+"@mukt.example.cz", token
	return l
}

// replyLetters are the golden letters that can be answered by reply.
func replyLetters() map[string]engine.Letter {
	all := map[string]engine.Letter{
		"reply-request-1": replied(letter(engine.LetterRequest, 1)), "reply-request-2": replied(letter(engine.LetterRequest, 2)),
		"reply-request-5": replied(letter(engine.LetterRequest, 5)), "reply-request-21": replied(letter(engine.LetterRequest, 21)),
		"reply-reminder": replied(letter(engine.LetterReminder, 2)), "reply-returned": replied(letter(engine.LetterReturned, 1)),
		"reply-only-request-1": replied(letter(engine.LetterRequest, 1)), "reply-only-request-2": replied(letter(engine.LetterRequest, 2)),
		"reply-only-returned": replied(letter(engine.LetterReturned, 2)),
	}
	for name, l := range all {
		if strings.HasPrefix(name, "reply-only") {
			l.Link = ""
		}
		all[name] = l
	}
	reminder := all["reply-reminder"]
	reminder.Rung, reminder.Items[0].Number, reminder.Items[1].Number = 1, 3, 5
	reminder.Funding = reminder.Organisation
	all["reply-reminder"] = reminder

	sure := func(s engine.State, text string) *engine.ReplyAnswer {
		return &engine.ReplyAnswer{Status: s, Text: text, Certain: true}
	}
	unsure := &engine.ReplyAnswer{Status: engine.Fulfilled, Text: echo(2)}
	other := &engine.ReplyAnswer{Status: engine.Fulfilled, Qualifier: engine.AnotherForm, Certain: true}
	all["receipt-sure"] = receipt(3, sure(engine.Fulfilled, echo(0)), sure(engine.Partial, echo(1)), other)
	all["receipt-partly"] = receipt(5, sure(engine.InProgress, echo(0)), unsure, nil, sure(engine.Unfulfilled, ""))
	all["receipt-nothing"] = receipt(1, unsure)
	only := receipt(2, sure(engine.Fulfilled, ""))
	only.Link = ""
	all["receipt-only"] = only
	files := receipt(1, sure(engine.Fulfilled, echo(0)))
	for _, problem := range []engine.FileProblem{"", engine.FileWinmail, engine.FileType, engine.FileSize, engine.FileInfected, engine.FileUnchecked} {
		files.Files = append(files.Files, engine.File{Name: "priloha-" + string(problem) + ".dat", Problem: problem})
	}
	all["receipt-files"] = files

	mail := toCoordinator(engine.LetterDigest)
	mail.ReplyTo = "odpovedi@mukt.example.cz"
	mail.Counts = map[string]int{"held": 1, "pending": 1, "inbox": 2, "contacts": 5, "bounced": 1, "drafts": 2}
	all["digest-mail"] = mail
	return all
}

func TestReplyHeader(t *testing.T) {
	c := composer(t)
	for name, l := range replyLetters() {
		m, err := c.Compose(l, id)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := eml.Read(m.Raw)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"Reply-To": l.Municipality + " <" + l.ReplyTo + ">", "Message-Id": "<0123456789abcdef0123456789abcdef." + token + "@klatovy.cz>",
			"Auto-Submitted": "auto-generated", "In-Reply-To": "", "References": ""}
		if l.Kind == engine.LetterDigest {
			want["Reply-To"], want["Message-Id"] = l.Coordinator.Name+" <"+l.Coordinator.Email+">", "<"+id+">"
		}
		if l.Kind == engine.LetterReceipt {
			want["Auto-Submitted"], want["List-Unsubscribe"] = "auto-replied", ""
			want["In-Reply-To"], want["References"] = "<"+l.InReplyTo+">", "<"+l.InReplyTo+">"
		}
		for field, value := range want {
			if got.Get(field) != value {
				t.Errorf("%s: %s is %q, want %q", name, field, got.Get(field), value)
			}
		}
		if m.MessageID != id || m.ReturnPath != l.ReplyTo || m.From != l.Sender {
			t.Errorf("%s: Message-ID %q, return path %q, from %q", name, m.MessageID, m.ReturnPath, m.From)
		}
		if strings.Contains(m.Text, token) || l.Link != "" && strings.Contains(m.Text, l.Link) {
			t.Errorf("%s: the kept text holds a secret:\n%s", name, m.Text)
		}
	}
}

// The marker stands first and whole, the mark last: what is between is ours.
func TestMarkerAndMark(t *testing.T) {
	c := composer(t)
	for name, l := range replyLetters() {
		m, err := c.Compose(l, id)
		if err != nil {
			t.Fatal(name, err)
		}
		got, _ := eml.Read(m.Raw)
		first, _, _ := strings.Cut(got.Text, "\n")
		lines := strings.Split(strings.TrimSpace(got.Text), "\n")
		marked := strings.Contains(czech.Fold(first), "odpovidejte prosim nad tuto caru") && czech.Fold(lines[len(lines)-1]) == "znacka odpovedi: "+token
		shown := strings.Split(visible(got.HTML), "\n")
		markedHTML := czech.Fold(shown[0]) == "--- odpovidejte prosim nad tuto caru ---" && czech.Fold(shown[len(shown)-1]) == "znacka odpovedi: "+token
		if want := l.Kind != engine.LetterDigest; marked != want || markedHTML != want {
			t.Errorf("%s: marked %t, in HTML %t", name, marked, markedHTML)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// visible gives what a reader sees of our HTML.
func visible(s string) string {
	_, body, _ := strings.Cut(s, "<body")
	return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString("<body"+body, "")))
}

func TestReplyOnlyHasNoLink(t *testing.T) {
	c := composer(t)
	for name, l := range replyLetters() {
		if l.Link != "" {
			continue
		}
		m, err := c.Compose(l, id)
		if err != nil {
			t.Fatal(name, err)
		}
		got, _ := eml.Read(m.Raw)
		if strings.Contains(got.Text+got.HTML, "://") || strings.Contains(got.HTML, "background:#1d4f86") {
			t.Errorf("%s has a link or a button", name)
		}
		if !strings.Contains(czech.Fold(got.Text), "na tento e-mail") {
			t.Errorf("%s does not say how to answer", name)
		}
	}
}

func TestLetterThatCannotBeAnswered(t *testing.T) {
	c := composer(t)
	for _, kind := range []engine.LetterKind{engine.LetterRequest, engine.LetterReminder, engine.LetterDeadline, engine.LetterReturned, engine.LetterReceipt} {
		l := letter(kind, 1)
		l.Link = ""
		if _, err := c.Compose(l, id); err == nil {
			t.Errorf("%s without link and reply address is sent", kind)
		}
		l = replied(letter(kind, 1))
		l.ReplyToken = ""
		if _, err := c.Compose(l, id); err == nil {
			t.Errorf("%s to be replied to without a token is sent", kind)
		}
	}
	for _, bad := range []string{"odpovedi", "a@b.cz, c@d.cz", "a@b.cz\r\nBcc: c@d.cz", "<a@b.cz>"} {
		l := replied(letter(engine.LetterRequest, 1))
		l.ReplyTo = bad
		if _, err := c.Compose(l, id); engine.CodeOf(err) != engine.Unavailable || strings.Contains(err.Error(), "@b.cz") {
			t.Errorf("reply address %q: %v", bad, err)
		}
	}
	for _, bad := range []string{strings.ToUpper(token), token[1:], token + "a", token[:31] + "\n"} {
		l := replied(letter(engine.LetterRequest, 1))
		l.ReplyToken = bad
		if _, err := c.Compose(l, id); err == nil {
			t.Errorf("reply token %q is sent", bad)
		}
	}
}
