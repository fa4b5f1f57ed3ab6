package inbox_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

// The corpus is data: testdata/corpus holds letters of ours, the mail programs
// of writers, and what people wrote with what a careful coordinator reads in it.

// A corpusRecord is what stands under one "== " line of a file.
type corpusRecord struct {
	head  []string
	lines []string
}

func corpusPath(name string) string { return filepath.Join("testdata", "corpus", name) }

func readCorpus(t *testing.T, name string) (out []corpusRecord) {
	t.Helper()
	text, err := os.ReadFile(corpusPath(name))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if head, ok := strings.CutPrefix(line, "== "); ok {
			out = append(out, corpusRecord{head: strings.Fields(head)})
		} else if n := len(out); n > 0 {
			out[n-1].lines = append(out[n-1].lines, line)
		}
	}
	return out
}

// fields reads "key: value" lines.
func (r corpusRecord) fields() map[string]string {
	out := map[string]string{}
	for _, line := range r.lines {
		if key, value, ok := strings.Cut(line, ": "); ok && !strings.Contains(key, " ") {
			out[key] = value
		}
	}
	return out
}

// A corpusLetter is a mail of ours that asked.
type corpusLetter struct {
	ID, Town, Plan, Org, Heading, Example string
	Name, Addr                            string // who was asked
	Items                                 []corpusItem
	Token, To                             string
}

type corpusItem struct {
	Number                              int
	Code, Title, Measure, Term, Further string
	Parts                               []string
}

func readLetters(t *testing.T) map[string]corpusLetter {
	t.Helper()
	out := map[string]corpusLetter{}
	for _, r := range readCorpus(t, "letters.txt") {
		f := r.fields()
		l := corpusLetter{ID: r.head[0], Town: f["town"], Plan: f["plan"], Org: f["org"], Heading: f["heading"], Example: f["example"]}
		l.Name, l.Addr, _ = strings.Cut(f["from"], " | ")
		for _, line := range r.lines {
			c := strings.Split(line, "|")
			if len(c) != 7 {
				continue
			}
			for i := range c {
				c[i] = strings.TrimSpace(c[i])
			}
			n, err := strconv.Atoi(c[0])
			if err != nil {
				t.Fatalf("letters.txt: %q has no number", line)
			}
			l.Items = append(l.Items, corpusItem{Number: n, Code: c[1], Parts: strings.Fields(c[2]), Title: c[3], Measure: c[4], Term: c[5], Further: c[6]})
		}
		out[l.ID] = l
	}
	return out
}

func (l corpusLetter) replyItems() (out []engine.ReplyItem) {
	for _, i := range l.Items {
		out = append(out, engine.ReplyItem{Number: i.Number, Code: i.Code, Title: i.Title, Parts: i.Parts, Period: engine.Year(2025)})
	}
	return out
}

// A corpusReply is what a person or a program wrote, and what it means.
type corpusReply struct {
	ID, Letter, Client string
	Mode               string            // "top", "bottom", "inline"; "raw" is a whole mail
	Options            map[string]string // wrap, thread, table, env, charset, loose
	Typed              string            // without the signature; of raw, the whole mail
	Signature          string
	Expect             map[int]expectation
	Text               map[int]string    // what the text of an answer must hold
	Facts              map[string]string // kind, nothing, until, deputy, action, status, recipient
}

// An expectation says what must be read of an item.
type expectation struct {
	status    engine.State
	qualifier string
	may       bool // certain or not
}

var (
	expected = regexp.MustCompile(`^(\d+) ([FAPIUN?])(~?)$`)
	textOf   = regexp.MustCompile(`^text (\d+): (.+)$`)
	statusOf = map[string]engine.State{"F": engine.Fulfilled, "A": engine.Fulfilled, "P": engine.Partial, "I": engine.InProgress, "U": engine.Unfulfilled, "N": engine.Planned, "?": engine.StateUnknown}
)

func readReplies(t *testing.T) (out []corpusReply) {
	t.Helper()
	names, err := filepath.Glob(corpusPath("[0-9]*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range names {
		for _, r := range readCorpus(t, filepath.Base(name)) {
			reply := readReply(t, r)
			if seen[reply.ID] {
				t.Fatalf("%s: %s stands twice", name, reply.ID)
			}
			seen[reply.ID] = true
			out = append(out, reply)
		}
	}
	return out
}

func readReply(t *testing.T, r corpusRecord) corpusReply {
	t.Helper()
	reply := corpusReply{ID: r.head[0], Letter: r.head[1], Client: r.head[2], Mode: "top", Options: map[string]string{},
		Expect: map[int]expectation{}, Text: map[int]string{}, Facts: map[string]string{"kind": string(engine.MailAnswer)}}
	if reply.Client == "raw" {
		reply.Mode = "raw"
	}
	for _, option := range r.head[3:] {
		if key, value, ok := strings.Cut(option, "="); ok {
			reply.Options[key] = value
		} else {
			reply.Mode = option
		}
	}
	var typed []string
	for _, line := range r.lines {
		if what, ok := strings.CutPrefix(line, "=> "); ok {
			reply.expect(t, what)
		} else if len(reply.Facts) == 1 && len(reply.Expect) == 0 {
			typed = append(typed, line)
		}
	}
	reply.Typed, reply.Signature, _ = strings.Cut(strings.Join(typed, "\n")+"\n", "~~\n")
	reply.Typed = strings.TrimRight(reply.Typed, "\n")
	reply.Signature = strings.TrimRight(reply.Signature, "\n")
	return reply
}

func (r *corpusReply) expect(t *testing.T, what string) {
	t.Helper()
	if m := textOf.FindStringSubmatch(what); m != nil {
		n, _ := strconv.Atoi(m[1])
		r.Text[n] = m[2]
		return
	}
	if key, value, _ := strings.Cut(what, " "); !strings.ContainsAny(key[:1], "0123456789") {
		r.Facts[key] = value
		return
	}
	for _, one := range strings.Split(what, ", ") {
		m := expected.FindStringSubmatch(one)
		if m == nil {
			t.Fatalf("%s: the expectation %q cannot be read", r.ID, one)
		}
		n, _ := strconv.Atoi(m[1])
		e := expectation{status: statusOf[m[2]], may: m[3] == "~"}
		if m[2] == "A" {
			e.qualifier = engine.AnotherForm
		}
		r.Expect[n] = e
	}
}
