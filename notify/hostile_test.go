package notify

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/eml"
)

var hostile = []string{
	"x\r\nBcc: victim@example.cz", "x\nBcc: a@b.cz\n\n.\nMAIL FROM:<a@b.cz>", "\r\n.\r\n", "\r.\r\n", "\n.\n", "\r\n\r\n<script>alert(1)</script>",
	"=?utf-8?q?x=0d=0aBcc:_a@b.cz?=", "\x00\x01\x1b[31m", "\u202egnp.exe\u2066", "a\u2028b\u2029c\u0085d", "{{.Link}}{{template \"x\"}}", "\xff\xfe", "\" <a@b.cz>, \"b",
	strings.Repeat("x", 3000), strings.Repeat("ž", 3000), strings.Repeat("a b ", 800), "<img src=x onerror=alert(1)>", "javascript:alert(1)", "--\r\n--0", "a\tb",
	"x?bcc=a@b.cz&cc=a@b.cz&body=1: ", "x&amp;bcc=a@b.cz\"onclick='alert(1)", "%0D%0ABcc: a@b.cz", strings.Repeat("x&?%", 75),
	"a@b.cz, c@d.cz", "<>", "-oProxy", "https://evil.example.cz/ x\r\n", "",
}

// stringsOf gives every string a user or a file can put into a letter, by path.
func stringsOf(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v)
	case reflect.Pointer:
		if !v.IsNil() {
			stringsOf(v.Elem(), path, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			stringsOf(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			stringsOf(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	}
}

// TestHostileFields puts every hostile value into every string field of every
// kind of letter: either it is refused with a sentence, or the mail has the
// header, the parts and the lines it should have.
func TestHostileFields(t *testing.T) {
	c := composer(t)
	made := 0
	for _, name := range []string{"request-2", "returned", "escalation", "rollup", "reply-request-2", "reply-only-request-1", "receipt-partly"} {
		paths := map[string]bool{}
		l := hostileLetter(name)
		stringsOf(reflect.ValueOf(&l).Elem(), "", func(path string, _ reflect.Value) { paths[path] = true })
		for path := range paths {
			for _, h := range hostile {
				l := hostileLetter(name)
				stringsOf(reflect.ValueOf(&l).Elem(), "", func(p string, v reflect.Value) {
					if p == path {
						v.SetString(h)
					}
				})
				m, err := c.Compose(l, id)
				if err != nil {
					continue
				}
				made++
				checkMail(t, fmt.Sprintf("%s%s = %.20q", name, path, h), m)
			}
		}
	}
	if made < 1700 {
		t.Errorf("only %d mails were made: hostile names must be tamed, not all refused", made)
	}
}

// hostileLetter is a golden letter with no more items than differ.
func hostileLetter(name string) engine.Letter {
	l := letters()[name]
	l.Items = l.Items[:min(len(l.Items), 2)]
	return l
}

// checkMail looks at the bytes without the code under test.
func checkMail(t *testing.T, what string, m engine.Message) {
	t.Helper()
	raw := string(m.Raw)
	head, _, _ := strings.Cut(raw, "\r\n\r\n")
	fields := 0
	for line := range strings.SplitSeq(head, "\r\n") {
		if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
			fields++
		}
		if strings.HasPrefix(strings.ToLower(line), "bcc") {
			t.Errorf("%s: a header was put in: %q", what, line)
		}
	}
	bare := strings.ReplaceAll(raw, "\r\n", "")
	if want := fieldsOf(m, head); fields != want || strings.ContainsAny(bare, "\r\n\x00") || strings.Contains(raw, "\r\n.") {
		t.Errorf("%s: %d header fields, or a bare line end", what, fields)
	}
	parts, err := eml.Read(m.Raw)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if strings.Contains(parts.HTML, "<script") || strings.Contains(parts.HTML, "<img") || strings.Contains(parts.HTML, `href="javascript`) {
		t.Errorf("%s: markup broke out of its place", what)
	}
	for _, link := range mailtos(parts.HTML) {
		checkMailto(t, what, link)
	}
	if strings.ContainsFunc(parts.Text+parts.HTML+m.Subject, func(r rune) bool {
		return r < ' ' && r != '\n' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x85
	}) {
		t.Errorf("%s: a control or direction character in the texts", what)
	}
}

// fieldsOf gives how many header fields a mail should have.
func fieldsOf(m engine.Message, head string) int {
	switch {
	case m.Kind != engine.LetterReceipt:
		return 12
	case strings.Contains(head, "\r\nIn-Reply-To: "):
		return 13
	}
	return 11
}

func TestAddressPolicy(t *testing.T) {
	for _, good := range []string{"info@charita.cz", "komunitni.planovani@mu-kt.example.cz", "a_b+c@x.yy.cz", "_x@a.cz"} {
		if why := refuseAddress(good); why != "" {
			t.Errorf("%s %s", good, why)
		}
	}
	for _, bad := range []string{"", "a", "@", "a@", "@a.cz", "a@localhost", "a@[127.0.0.1]", "a@127.0.0.1", "a@b@c.cz", `"a b"@c.cz`, "a b@c.cz", "-o@c.cz",
		"a@c.cz,b@c.cz", "a@c.cz\r\nBcc: x@y.cz", "žofie@c.cz", "a@město.cz", "a@c..cz", ".a@c.cz", "a.@c.cz", "a..b@c.cz", "a@-c.cz", "a@c-.cz", "a@c.cz.",
		"<a@c.cz>", "a(x)@c.cz", "a@c.cz ", strings.Repeat("a", 65) + "@c.cz", "a@" + strings.Repeat("abcdefgh.", 30) + "cz", "a@c.1"} {
		if refuseAddress(bad) == "" {
			t.Errorf("%q is accepted", bad)
		}
		l := letter(engine.LetterRequest, 1)
		l.To.Email = bad
		_, err := composer(t).Compose(l, id)
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "Oblastní charita Klatovy") || bad != "" && len(bad) > 2 && strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	l := letter(engine.LetterRequest, 1)
	l.Sender = "plan"
	if _, err := composer(t).Compose(l, id); engine.CodeOf(err) != engine.Unavailable {
		t.Errorf("a wrong sender is not told from a wrong addressee: %v", err)
	}
}

func TestVerifyNoticesDamage(t *testing.T) {
	c := composer(t)
	l := cleanLetter(letters()["rollup"])
	m, err := c.phrases().mail(l)
	if err != nil {
		t.Fatal(err)
	}
	m.id, m.date, m.letter = id, l.Date.In(c.zone, 8, 0), l
	raw, err := m.render()
	if err != nil || m.verify(raw) != nil {
		t.Fatal(err, m.verify(raw))
	}
	s := string(raw)
	for name, bad := range map[string]string{
		"second from": "From: a@b.cz\r\n" + s, "extra field": "X-Mailer: a\r\n" + s, "bare cr": strings.Replace(s, "=C4", "\r", 1),
		"bare lf": strings.Replace(s, "\r\n\r\n", "\r\n\n\r\n", 1), "cut": s[:len(s)/2] + "\r\n", "no end": strings.TrimSpace(s),
		"other to": strings.Replace(s, "starosta@", "starostb@", 1), "8 bit": strings.Replace(s, "=C5=BE", "ž", 1),
		"long line": strings.Replace(s, "\r\n\r\n", "\r\n\r\n"+strings.Repeat("x", 999)+"\r\n", 1), "other text": strings.Replace(s, "SHA-256", "SHA-255", 1),
		"other file": strings.Replace(s, "YSzFv", "YSzFw", 1), "other date": strings.Replace(s, "08:00", "09:00", 1),
	} {
		if bad == s {
			t.Errorf("%s: the test damages nothing", name)
		} else if m.verify([]byte(bad)) == nil {
			t.Errorf("%s is not noticed", name)
		}
	}
}

func TestTooBig(t *testing.T) {
	l := letters()["rollup"]
	l.Attachments[0].Data = make([]byte, 9<<20)
	if _, err := composer(t).Compose(l, id); err == nil || !strings.Contains(err.Error(), "bytes, more than") {
		t.Errorf("%v", err)
	}
	l.Attachments[0].Data, l.Attachments[0].Name = nil, "vyhodnocení.html"
	if _, err := composer(t).Compose(l, id); err == nil {
		t.Error("an attachment with a Czech name passes")
	}
}

func TestWrap(t *testing.T) {
	long := strings.Repeat("slovo ", 40) + strings.Repeat("x", 100) + " konec"
	got := wrap(" 1. ", "    ", long)
	for i, line := range strings.Split(got, "\n") {
		if n := len([]rune(line)); n > width && !strings.Contains(line, "xxx") {
			t.Errorf("line %d has %d signs", i, n)
		}
		if i > 0 && !strings.HasPrefix(line, "    ") {
			t.Errorf("line %d is not indented: %q", i, line)
		}
	}
	if strings.Join(strings.Fields(got), " ") != "1. "+long {
		t.Error("words were lost")
	}
}
