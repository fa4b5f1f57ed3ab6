package notify

import (
	"os"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/eml"
)

// receipt makes a receipt for n items, with a reading for each that is not nil.
func receipt(n int, read ...*engine.ReplyAnswer) engine.Letter {
	l := replied(letter(engine.LetterReceipt, n))
	l.AnswerBy, l.InReplyTo = "", "CAF+q1=x7_abc@mail.charita.example.cz"
	for i, r := range read {
		l.Items[i].Read = r
	}
	return l
}

// echo gives a line of testdata/replies.txt, counted from 0.
func echo(n int) string {
	text, err := os.ReadFile("testdata/replies.txt")
	if err != nil {
		panic(err)
	}
	return strings.Split(string(text), "\n")[n]
}

func TestReceiptNamesOnlyHonestMessageIDs(t *testing.T) {
	c := composer(t)
	for in, named := range map[string]bool{
		"x@y.example": true, strings.Repeat("x", 200) + "@" + strings.Repeat("y", 190): true, "!&!AAA/+=`{|}~^$*'#%@host": true, "": false, "x": false, "<x@y.cz>": false, "x@y.cz\r\nBcc: a@b.cz": false,
		"a@b.cz> <c@d.cz": false, "=?utf-8?q?x?=@y.cz": false, "a b@y.cz": false, strings.Repeat("x", 201) + "@y.cz": false, "x@": false, "\u017e@y.cz": false,
	} {
		l := receipt(1)
		l.InReplyTo = in
		m, err := c.Compose(l, id)
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		got, _ := eml.Read(m.Raw)
		if _, ok := got.Header["In-Reply-To"]; ok != named || named && got.Get("References") != "<"+in+">" {
			t.Errorf("%q: named %t", in, ok)
		}
	}
}

// A status stands in a receipt only when it was read for sure, and a long text
// is shortened.
func TestReceiptSaysWhatWasRead(t *testing.T) {
	c := composer(t)
	for name, want := range map[string]int{"receipt-sure": 3, "receipt-partly": 2, "receipt-nothing": 0} {
		m, err := c.Compose(replyLetters()[name], id)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(m.Text, "    Stav: "); n != want {
			t.Errorf("%s: %d statuses, want %d\n%s", name, n, want, m.Text)
		}
	}
	m, _ := c.Compose(replyLetters()["receipt-sure"], id)
	_, text, _ := strings.Cut(strings.Join(strings.Fields(m.Text), " "), string([]rune(echo(1))[:20]))
	text, _, ok := strings.Cut(text, "\u2026")
	if n := len([]rune(text)) + 21; !ok || n != maxEcho {
		t.Errorf("the text taken over has %d characters", n)
	}
}

func TestVerifyNoticesDamagedReply(t *testing.T) {
	c := composer(t)
	l := cleanLetter(replyLetters()["receipt-partly"])
	m, err := c.phrases().mail(l)
	if err != nil {
		t.Fatal(err)
	}
	m.id, m.date, m.letter = wireID(id, token), l.Date.In(c.zone, 8, 0), l
	raw, err := m.render()
	if err != nil || m.verify(raw) != nil {
		t.Fatal(err, m.verify(raw))
	}
	s := string(raw)
	for name, change := range map[string][2]string{
		"other reply address": {"<odpovedi+", "<odpovedj+"}, "no token": {"." + token + "@klatovy.cz", "@klatovy.cz"},
		"other message answered": {"In-Reply-To: <CAF+q1", "In-Reply-To: <CAF+q2"}, "other references": {"References: <CAF+q1", "References: <CAF+q2"},
		"not automatic": {"auto-replied", "auto-generated"}, "no references": {"References: <" + l.InReplyTo + ">\r\n", ""},
		"answers suppressed less": {"Suppress: All", "Suppress: DR"}, "to a list": {"\r\nList-Id:", "\r\nList-Unsubscribe: <mailto:a@b.cz>\r\nList-Id:"},
	} {
		if bad := strings.Replace(s, change[0], change[1], 1); bad == s {
			t.Errorf("%s: the test damages nothing", name)
		} else if m.verify([]byte(bad)) == nil {
			t.Errorf("%s is not noticed", name)
		}
	}
}
