package notify

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/eml"
)

var mailtoLinks = regexp.MustCompile(`href="(mailto:[^"]*)"`)

// mailtos gives the mailto links of an HTML text as a mail program gets them.
func mailtos(text string) (out []string) {
	for _, m := range mailtoLinks.FindAllStringSubmatch(text, -1) {
		out = append(out, html.UnescapeString(m[1]))
	}
	return out
}

var strictMailto = regexp.MustCompile(`^mailto:[A-Za-z0-9%._~-]+@[A-Za-z0-9.-]+\?subject=[A-Za-z0-9%._~-]*&body=[A-Za-z0-9%._~-]+$`)

// checkMailto looks at a link without the code under test.
func checkMailto(t *testing.T, what, link string) (subject, body string) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil || !strictMailto.MatchString(link) || len(link) > 1900 {
		t.Errorf("%s: a mailto link of %d characters is not strict: %s", what, len(link), link)
		return "", ""
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || len(query) != 2 || strings.ContainsAny(query.Get("subject"), "\r\n") {
		t.Errorf("%s: the mailto link has other fields than its own: %s", what, link)
	}
	return query.Get("subject"), query.Get("body")
}

func TestMailtoAnswers(t *testing.T) {
	c := composer(t)
	for name, l := range replyLetters() {
		m, err := c.Compose(l, id)
		if err != nil {
			t.Fatal(name, err)
		}
		got, _ := eml.Read(m.Raw)
		list := mailtos(got.HTML)
		if want := map[bool]int{true: 4}[asks(l)]; len(list) != want {
			t.Errorf("%s has %d links, want %d", name, len(list), want)
		}
		for i, link := range list {
			subject, body := checkMailto(t, name, link)
			if !strings.HasPrefix("Re: "+m.Subject, subject) || len(subject) < 20 || !strings.HasPrefix(link, "mailto:odpovedi%2B"+token+"@mukt.example.cz?") {
				t.Errorf("%s: %s", name, link)
			}
			checkBody(t, name, l, body, offered[i])
		}
	}
}

// checkBody looks at a filled-in answer: every item once with the status, an
// empty line, the mark.
func checkBody(t *testing.T, name string, l engine.Letter, body string, status engine.State) {
	t.Helper()
	lines := strings.Split(body, "\r\n")
	if len(lines) != len(l.Items)+2 || czech.Fold(lines[len(lines)-1]) != "znacka odpovedi: "+token || lines[len(lines)-2] != "" {
		t.Errorf("%s: body %q", name, body)
		return
	}
	for i, it := range l.Items {
		number, rest, _ := strings.Cut(lines[i], ": ")
		word, _, _ := strings.Cut(rest, " \u2013 ")
		if got, _, ok := czech.ReadStatus(word); number != strconv.Itoa(it.Number) || got != status || !ok {
			t.Errorf("%s: line %q", name, lines[i])
		}
	}
}

// However many items and however long a subject, a link stays short and names
// every item.
func TestMailtoStaysShort(t *testing.T) {
	for n := 1; n <= 300; n += 7 {
		l := replied(letter(engine.LetterRequest, n))
		for _, a := range answers(l, strings.Repeat("\u017e&", 150), "mark") {
			_, body := checkMailto(t, strconv.Itoa(n), a.URL)
			if !strings.Contains(body, strconv.Itoa(n)+": ") || !strings.Contains(body, "1") || !strings.HasSuffix(body, "\r\n\r\nmark") {
				t.Fatalf("%d items: %q", n, body)
			}
		}
		if got := len(answers(l, "x", "mark")); got != 4 && n < 150 {
			t.Fatalf("%d items: %d links", n, got)
		}
	}
}

// FuzzMailto holds that nothing said in a letter changes the shape of a link.
func FuzzMailto(f *testing.F) {
	for _, h := range hostile {
		f.Add(h, h)
	}
	f.Fuzz(func(t *testing.T, subject, body string) {
		subject = oneLine(subject, maxText)
		link, ok := mailto("odpovedi+"+token+"@mukt.example.cz", subject, "1"+body)
		if !ok {
			return
		}
		gotSubject, gotBody := checkMailto(t, "fuzz", link)
		if gotBody != "1"+body || !strings.HasPrefix(subject, gotSubject) {
			t.Errorf("subject %q and body %q", gotSubject, gotBody)
		}
	})
}

var offered = []engine.State{engine.Fulfilled, engine.Partial, engine.Unfulfilled, engine.InProgress}

// askedItems are the items of a request up to the last that a letter names.
func askedItems(l engine.Letter) (out []engine.ReplyItem) {
	for n := 1; n <= l.Items[len(l.Items)-1].Number; n++ {
		out = append(out, engine.ReplyItem{Number: n, Code: "9." + strconv.Itoa(n), Title: "Title " + strconv.Itoa(n)})
	}
	return out
}

// What our letters offer to send is understood for sure when it is sent as it
// is, line by line or with all numbers on one line.
func TestOwnAnswersAreRead(t *testing.T) {
	for name, l := range replyLetters() {
		if !asks(l) {
			continue
		}
		for i, a := range answers(l, "x", "mark") {
			_, body := checkMailto(t, name, a.URL)
			for _, body := range []string{strings.TrimSuffix(body, "mark"), allItems(l.Items, a.Word)} {
				r := czech.ReadReply(strings.ReplaceAll(body, "\r\n", "\n"), askedItems(l), nil)
				if !r.Certain || len(r.Answers) != len(l.Items) {
					t.Fatalf("%s: %q is read as %+v", name, body, r)
				}
				for j, got := range r.Answers {
					if got.Item != strconv.Itoa(l.Items[j].Number) || got.Status != offered[i] {
						t.Errorf("%s: %q is read as %+v", name, body, got)
					}
				}
			}
		}
	}
}

var example = regexp.MustCompile(`: \x{201e}([^\x{201c}]*)\x{201c}\. `)

// The example of an answer in a letter is one that is understood.
func TestExamplesAreRead(t *testing.T) {
	c := composer(t)
	for name, want := range map[string][]engine.State{
		"reply-request-1": {engine.Fulfilled}, "reply-request-2": {engine.Fulfilled, engine.Partial}, "reply-reminder": {engine.Fulfilled, engine.Partial},
		"reply-request-5": {engine.Fulfilled, engine.Partial, engine.InProgress}, "reply-only-returned": {engine.Fulfilled}, "receipt-partly": {engine.Partial},
	} {
		l := replyLetters()[name]
		m, err := c.Compose(l, id)
		if err != nil {
			t.Fatal(err)
		}
		found := example.FindStringSubmatch(strings.Join(strings.Fields(m.Text), " "))
		if found == nil {
			t.Fatalf("%s has no example:\n%s", name, m.Text)
		}
		r := czech.ReadReply(found[1], askedItems(l), nil)
		var got []engine.State
		for _, a := range r.Answers {
			got = append(got, a.Status)
		}
		if !r.Certain || !slices.Equal(got, want) {
			t.Errorf("%s: %q is read as %+v", name, found[1], r)
		}
	}
}
