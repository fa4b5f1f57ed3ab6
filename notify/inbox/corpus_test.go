package inbox_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/inbox"
	"splneno/notify/link"
)

var dump = flag.String("dump", "", "write the mails of the corpus into this folder")

// floor is the share of answers that must be understood without help, in
// percent; a little under what is reached.
const floor = 78

// A bench reads the replies of the corpus as the product does.
type bench struct {
	dresser
	reader  *inbox.Reader
	replies []corpusReply
	names   []string // of mail programs
}

func newBench(t *testing.T) *bench {
	t.Helper()
	signer, err := link.New([]byte(strings.Repeat("k", 32)), "https://plan.example.cz")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{reader: &inbox.Reader{Tokens: signer.ReplyTokens, Hide: signer.Hide}, replies: readReplies(t)}
	b.letters, b.templates = readLetters(t), readLetterTemplates(t)
	b.clients, b.names = readClients(t)
	b.notes = map[string]string{}
	for _, r := range readCorpus(t, "notes.txt") {
		b.notes[r.head[0]] = strings.TrimSpace(strings.Join(r.lines, "\n"))
	}
	for id, l := range b.letters {
		l.Token = signer.ReplyToken("t", engine.Request{Plan: l.Plan, Period: "2025", Organisation: l.Org})
		l.To = "odpovedi+" + l.Token + "@plan.example.cz"
		b.letters[id] = l
	}
	return b
}

// TestCorpus reads every reply as the program of its writer sends it.
func TestCorpus(t *testing.T) {
	b, s := newBench(t), &score{}
	for _, r := range b.replies {
		t.Run(r.ID, func(t *testing.T) { b.examine(t, s, r, r.Client) })
	}
	s.report(t)
}

// TestCorpusInOtherClients reads every reply as three other programs would
// send it: what was meant does not depend on the program.
func TestCorpusInOtherClients(t *testing.T) {
	b, s := newBench(t), &score{}
	for i, r := range b.replies {
		pool := b.others(r)
		for n := range min(3, len(pool)) {
			client := pool[(i*5+n*(len(pool)/3+1))%len(pool)]
			t.Run(r.ID+"/"+client, func(t *testing.T) { b.examine(t, s, r, client) })
		}
	}
	s.report(t)
}

// TestCorpusWithoutMarks reads what was typed on top when our marker line and
// our mark were lost: by a gateway, or because somebody tidied the quote. A mail
// program still says where the quote begins.
func TestCorpusWithoutMarks(t *testing.T) {
	b, s := newBench(t), &score{}
	b.unmarked = true
	for i, r := range b.replies {
		if pool := b.others(r); r.Mode == "top" && len(pool) > 0 {
			client := pool[i*7%len(pool)]
			t.Run(r.ID+"/"+client, func(t *testing.T) { b.examine(t, s, r, client) })
		}
	}
	s.report(t)
}

// TestCorpusInPlainLetters reads every reply as somebody without a Czech
// keyboard would write it, and as somebody who writes in capitals.
func TestCorpusInPlainLetters(t *testing.T) {
	b, s := newBench(t), &score{}
	for _, r := range b.replies {
		if r.Mode != "top" || r.Options["thread"] != "" || r.Options["wrap"] != "" || strings.Contains(r.Typed, "{{mark}}") {
			continue
		}
		for name, change := range map[string]func(string) string{"bare": withoutDiacritics, "capitals": strings.ToUpper} {
			changed := r
			changed.Typed, changed.Signature = change(r.Typed), change(r.Signature)
			changed.Text = map[int]string{}
			t.Run(r.ID+"/"+name, func(t *testing.T) { b.examine(t, s, changed, "outlook-cs") })
		}
	}
	s.report(t)
}

func withoutDiacritics(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// others are the programs that could have sent a reply too: below and inside
// the quote only what marks the quoted lines can be told from ours, and a link
// opens an empty mail.
func (b *bench) others(r corpusReply) (out []string) {
	if r.Mode == "raw" {
		return nil
	}
	for _, name := range b.names {
		c := b.clients[name]
		switch {
		case name == r.Client, r.Options["wrap"] == "logo" && (c.Kind == "plain" || c.Kind == "flowed"), r.Options["table"] != "" && c.Kind != "alternative",
			r.Mode != "top" && c.Quote != "prefix", r.Mode != "top" && b.clients[r.Client].Quote != "prefix",
			strings.HasPrefix(r.Client, "mailto") && c.Quote != "no", r.Options["thread"] != "" && c.Quote == "no":
		default:
			out = append(out, name)
		}
	}
	return out
}

// examine reads one mail and judges what was read.
func (b *bench) examine(t *testing.T, s *score, r corpusReply, client string) {
	raw, from := b.dress(t, r, client)
	l := b.letters[r.Letter]
	if *dump != "" {
		if err := os.WriteFile(filepath.Join(*dump, r.ID+"."+client+".eml"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.replies++
	m, err := b.reader.Read(context.Background(), engine.Inbound{Raw: raw, Via: "lmtp", EnvelopeFrom: from, EnvelopeTo: []string{l.To}, ReceivedAt: time.Date(2026, 1, 8, 9, 15, 4, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if want := engine.MailKind(r.Facts["kind"]); m.Kind != want {
		t.Errorf("kind %s, want %s (%s)", m.Kind, want, m.Unreadable)
	}
	if m.Kind != engine.MailAnswer {
		checkAutomatic(t, r, m)
		return
	}
	if r.Mode != "raw" {
		b.checkParting(t, r, l, m)
		checkFiles(t, r.Options["wrap"], m.Files)
		if !slices.Equal(m.Tokens, []string{l.Token}) {
			t.Errorf("tokens %q, want that of the letter", m.Tokens)
		}
		if m.From.Email != l.Addr || m.From.Name != l.Name {
			t.Errorf("from %+v, want %s <%s>", m.From, l.Name, l.Addr)
		}
	}
	s.judge(t, r, l, m.Own, czech.ReadReply(m.Own, l.replyItems(), nil))
}

// checkParting says that all that was typed is his own, and nothing of ours is.
func (b *bench) checkParting(t *testing.T, r corpusReply, l corpusLetter, m engine.Mail) {
	t.Helper()
	own, typed := bare(m.Own), bare(r.Typed+r.Signature)
	blind := r.Mode != "top" && b.clients[r.Client].Quote != "prefix" // nobody can tell it from our letter
	for _, line := range strings.Split(r.Typed, "\n") {
		if !blind && r.Options["loose"] == "" && !strings.HasPrefix(line, "@") && line != "{{mark}}" && !strings.Contains(own, bare(line)) {
			t.Errorf("lost: %q", line)
		}
	}
	for _, line := range strings.Split(cutMarks.ReplaceAllString(render(t, b.templates.text, l), ""), "\n") {
		if line := bare(line); len(line) > 20 && !strings.HasPrefix(line, "Zna") && strings.Contains(own, line) && !strings.Contains(typed, line) {
			t.Errorf("a line of our letter counts as his own: %q", line)
		}
	}
}

// bare is a text without white space: programs break and indent as they like.
func bare(s string) string {
	s = strings.NewReplacer("\u2013", "-", "\u201e", "\"", "\u201c", "\"").Replace(s)
	return strings.Join(strings.Fields(s), "")
}

func checkFiles(t *testing.T, wrap string, files []engine.File) {
	t.Helper()
	var got []string
	for _, f := range files {
		got = append(got, strings.TrimSpace(f.Name+" "+string(f.Problem)))
	}
	want := map[string][]string{"pdf": {"odpoved.pdf"}, "photo": {"IMG_0317.jpeg"}, "winmail": {"winmail.dat winmail"}}[wrap]
	if wrap != "smime" && wrap != "pgp" && wrap != "vcard" && !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
}
