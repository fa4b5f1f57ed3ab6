package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"splneno/engine"
	"splneno/engine/czech"
)

// parsed reads a feed as a calendar program does, and checks its form.
func parsed(t *testing.T, body string) []ical.Event {
	t.Helper()
	for n, line := range strings.Split(strings.TrimSuffix(body, "\r\n"), "\r\n") {
		if len(line) > lineOctets || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Fatalf("line %d is no line of the format: %q", n+1, line)
		}
	}
	cal, err := ical.NewDecoder(strings.NewReader(body)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range cal.Events() {
		id := text(t, e, ical.PropUID)
		if seen[id] {
			t.Errorf("uid %s twice", id)
		}
		seen[id] = true
		start, err1 := e.DateTimeStart(time.UTC)
		end, err2 := e.DateTimeEnd(time.UTC)
		if err1 != nil || err2 != nil || end.Sub(start) != 24*time.Hour || e.Props.Get(ical.PropDateTimeStart).ValueType() != ical.ValueDate {
			t.Errorf("%s is no whole day: %s to %s, %v, %v", id, start, end, err1, err2)
		}
		if stamp, err := e.Props.DateTime(ical.PropDateTimeStamp, time.UTC); err != nil || stamp.IsZero() {
			t.Errorf("%s has no time: %v", id, err)
		}
	}
	return cal.Events()
}

func text(t *testing.T, e ical.Event, name string) string {
	t.Helper()
	s, err := e.Props.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (h *house) feed(organisation string) string {
	h.t.Helper()
	m, err := h.office.Records.Municipality(context.Background())
	h.must(err)
	return "/kalendar/" + h.signer.FeedToken("klatovy", organisation, m.Settings.LinkSerial) + ".ics"
}

func TestFeeds(t *testing.T) {
	h := newHouse(t)
	r := h.get(h.feed("charita"))
	r.want(t, 200, "BEGIN:VCALENDAR", "VERSION:2.0")
	if got := r.head.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		t.Error(got)
	}
	titles := ""
	for _, e := range parsed(t, r.body) {
		titles += text(t, e, ical.PropSummary) + "\n"
	}
	for _, want := range []string{"termin: 1.1/1 rozsirit pecovatelskou sluzbu", "odpovedet na dotaznik"} {
		if !strings.Contains(czech.Fold(titles), want) {
			t.Errorf("the feed does not hold %q: %s", want, titles)
		}
	}
	if again := h.get(h.feed("charita")); again.body != r.body {
		t.Error("the same feed differs the second time")
	}
	if strings.Contains(r.body, "@example.cz") || strings.Contains(r.body, "Vzorova") || strings.Contains(r.body, "/o/") {
		t.Error("the feed holds an address or a link")
	}
	town := parsed(t, h.get(h.feed("")).body)
	if len(town) < 4 {
		t.Errorf("the town's feed has %d events", len(town))
	}
	for _, path := range []string{"/kalendar/x.ics", "/kalendar/charita-.ics", strings.TrimSuffix(h.feed("charita"), ".ics"), strings.Replace(h.feed("charita"), "charita", "zla", 1)} {
		h.get(path).want(t, 404)
	}
	if log := h.logged(); strings.Contains(log, strings.TrimPrefix(h.feed("charita"), "/kalendar/")) {
		t.Error("the log holds the secret name of a feed")
	}
	old := h.feed("charita")
	m, err := h.office.Records.Municipality(context.Background())
	h.must(err)
	m.Settings.LinkSerial++
	h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "links_ended", Subject: "klatovy", Municipality: &m}))
	h.get(old).want(t, 404)
	h.get(h.feed("charita")).want(t, 200)
	h.must(h.office.CloseSeason(context.Background(), "ap2023", "2023", "konec", who))
	if events := parsed(t, h.get(h.feed("charita")).body); len(events) != 0 {
		t.Errorf("a closed season still has %d events", len(events))
	}
}

// Whatever a title holds, the feed is read back as it was meant.
func TestFeedOfHostileTitles(t *testing.T) {
	long := strings.Repeat("P\u0159\u00edli\u0161 \u017elu\u0165ou\u010dk\u00fd k\u016f\u0148 ", 40)
	titles := []string{hostile, long, "a;b,c:d\\e", "line\r\nBEGIN:VEVENT\r\nUID:x", "\u202etni", "", "\U0001F600" + strings.Repeat("\U0001F600", 60), strings.Repeat("x", 75)}
	var terms []term
	for i, title := range titles {
		terms = append(terms, term{id: fmt.Sprint("t", i), day: "2024-02-29", title: title, text: title + "\n" + title, at: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	body, err := calendarText("klatovy", hostile, terms)
	if err != nil {
		t.Fatal(err)
	}
	events := parsed(t, string(body))
	if len(events) != len(titles) {
		t.Fatalf("%d events of %d", len(events), len(titles))
	}
	for i, e := range events {
		if got := text(t, e, ical.PropSummary); got != oneLine(titles[i]) {
			t.Errorf("%q comes back as %q", titles[i], got)
		}
		if got := text(t, e, ical.PropDescription); got != printableLines(titles[i]+"\n"+titles[i]) {
			t.Errorf("%q comes back as %q", titles[i], got)
		}
	}
}

func FuzzFeed(f *testing.F) {
	f.Add("a;b,c\\n", "x")
	f.Add(hostile, "\r\n")
	f.Fuzz(func(t *testing.T, title, more string) {
		body, err := calendarText("klatovy", title, []term{{id: more, day: "2024-02-29", title: title, text: more, at: time.Unix(0, 0)}})
		if err != nil {
			t.Fatal(err)
		}
		if e := parsed(t, string(body)); len(e) != 1 || text(t, e[0], ical.PropSummary) != oneLine(title) {
			t.Errorf("%q comes back otherwise", title)
		}
	})
}
