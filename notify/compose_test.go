package notify

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/eml"
)

var update = flag.Bool("update", false, "write the golden files anew")

const id = "0123456789abcdef0123456789abcdef@klatovy.cz"

func composer(t testing.TB) *Composer {
	t.Helper()
	c, err := NewComposer()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func items(reason engine.LetterKind, n int) []engine.LetterItem {
	sample := []engine.LetterItem{
		{Activity: "1.1/2", Measure: "1.1 Rozvoj terénních a ambulantních služeb pro seniory", Title: "Rozšíření pečovatelské služby v odpoledních a večerních hodinách včetně víkendů v městě Klatovy a v přilehlých obcích",
			Deadline: "2023–2025", Due: ""},
		{Activity: "4.2/b", Measure: "4.2 Příprava nízkoprahového denního centra", Title: "Zpracování žádosti o dotaci", Deadline: "a), b) 2023 c) 2024", Due: "2023-12-31"},
		{Activity: "7.1", Measure: "7.1 Udržení stávající sítě sociálních služeb", Title: "", Deadline: "Průběžně"},
	}
	var out []engine.LetterItem
	for i := range n {
		it := sample[i%len(sample)]
		it.Number, it.Reason = i+1, reason
		if reason == engine.LetterReturned {
			it.Question, it.Answered = "Kolik klientů službu v roce 2023 využilo a proč se nepodařilo zajistit víkendový provoz?", true
		}
		out = append(out, it)
	}
	return out
}

func letter(kind engine.LetterKind, n int) engine.Letter {
	return engine.Letter{
		Kind: kind, To: engine.Contact{Name: "Oblastní charita Klatovy", Email: "info@klatovy.charita.example.cz"},
		Organisation: "Oblastní charita Klatovy", Municipality: "Město Klatovy",
		Coordinator: engine.Contact{Name: "Mgr. Žofie Příkladová", Email: "komunitni.planovani@mukt.example.cz", Role: "koordinátorka komunitního plánování sociálních služeb"},
		Sender:      "plan@mukt.example.cz", Plan: "Akční plán rozvoje sociálních služeb na Klatovsku na rok 2023", Period: engine.Year(2023),
		Date: "2024-01-08", AnswerBy: "2024-01-31", Link: "https://plan.mukt.example.cz/o/" + strings.Repeat("Ab-_", 8),
		Items: items(kind, n),
	}
}

func toCoordinator(kind engine.LetterKind) engine.Letter {
	l := letter(kind, 0)
	l.To, l.Organisation, l.Link, l.Plan, l.AnswerBy, l.Period = l.Coordinator, l.Municipality, "https://plan.mukt.example.cz/stul", "", "", engine.Period{}
	return l
}

// letters are the golden letters by name.
func letters() map[string]engine.Letter {
	all := map[string]engine.Letter{
		"request-1": letter(engine.LetterRequest, 1), "request-2": letter(engine.LetterRequest, 2),
		"request-5": letter(engine.LetterRequest, 5), "request-21": letter(engine.LetterRequest, 21),
		"reminder-1": letter(engine.LetterReminder, 2), "reminder-2": letter(engine.LetterReminder, 1),
		"deadline": letter(engine.LetterDeadline, 2), "returned": letter(engine.LetterReturned, 1),
		"escalation": toCoordinator(engine.LetterEscalation), "digest": toCoordinator(engine.LetterDigest), "rollup": toCoordinator(engine.LetterRollUp),
	}
	change := func(name string, f func(l *engine.Letter)) {
		l := all[name]
		f(&l)
		all[name] = l
	}
	change("request-2", func(l *engine.Letter) {
		l.Funding = "Projekt „Podpora komunitního plánování“ je spolufinancován Evropskou unií, reg. č. CZ.03.02.01/00/22_001/0000001."
	})
	change("request-5", func(l *engine.Letter) {
		l.LateDays, l.Period = 3, engine.Period{ID: "2021-2023", Start: "2021-01-01", End: "2023-12-31"}
		l.Items[4].Reason, l.Items[4].Question = engine.LetterReturned, "Co chybí k dokončení?"
		l.Items[1].Reason, l.Items[1].Due = engine.LetterDeadline, "2024-01-22"
	})
	change("reminder-1", func(l *engine.Letter) { l.Rung, l.Date = 1, "2024-01-24" })
	change("reminder-2", func(l *engine.Letter) {
		l.Rung, l.Date, l.AnswerBy, l.Coordinator.Name, l.Coordinator.Role = 2, "2024-02-01", "2024-02-08", "", ""
	})
	change("deadline", func(l *engine.Letter) {
		l.Date, l.AnswerBy, l.Items[0].Due = "2023-12-15", "2023-12-22", "2023-12-16"
	})
	change("escalation", func(l *engine.Letter) {
		l.Date = "2024-02-06"
		l.Silent = []engine.SilentBody{{Organisation: "Městský ústav sociálních služeb Klatovy", Asked: []engine.Date{"2024-01-08", "2024-01-24", "2024-02-01"}, Open: 5},
			{Organisation: "Bolešiny", Asked: []engine.Date{"2024-01-08"}, Open: 1}, {Organisation: "Lékaři na Klatovsku", Open: 2, OnBehalf: true},
			{Organisation: "Základní škola praktická", Open: 3, Returns: "2024-09-02"}}
	})
	change("digest", func(l *engine.Letter) {
		l.Counts = map[string]int{"pending": 5, "drafts": 1, "failed": 2, "unsure": 1, "held": 21, "novinky": 2}
	})
	change("rollup", func(l *engine.Letter) {
		l.To, l.Plan, l.Period, l.Number = engine.Contact{Email: "starosta@mukt.example.cz"}, "Komunitní plán sociálních služeb", engine.Year(2023), 2
		l.Link, l.Hash = "", strings.Repeat("0123456789abcdef", 4)
		l.Totals = engine.Totals{All: 32, Fulfilled: 8, AnotherForm: 1, Partial: 15, Unfulfilled: 5, NoAnswer: 3}
		l.Attachments = []engine.Attachment{{Name: "evaluation-2023.docx", Type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Data: []byte("<!doctype html>\nahoj\r\n")},
			{Name: "evaluation-2023.pdf", Type: "application/pdf", Data: bytes.Repeat([]byte("a,ž\r\n"), 1000)}}
	})
	maps.Copy(all, packLetters())
	maps.Copy(all, replyLetters())
	maps.Copy(all, witnessLetters())
	return all
}

func TestGoldenLetters(t *testing.T) {
	c := composer(t)
	for name, l := range letters() {
		m, err := c.Compose(l, id)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := eml.Read(m.Raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		golden(t, name+".txt", "Subject: "+m.Subject+"\n\n"+got.Text)
		golden(t, name+".html", got.HTML)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; look at it, then run with -update\n%s", name, diff)
	}
}

func TestSameLetterSameBytes(t *testing.T) {
	c, again := composer(t), composer(t)
	for name, l := range letters() {
		a, err := c.Compose(l, id)
		if err != nil {
			t.Fatal(name, err)
		}
		b, _ := again.Compose(l, id)
		if !bytes.Equal(a.Raw, b.Raw) || a.Hash != b.Hash {
			t.Errorf("%s: other bytes the second time", name)
		}
		other, _ := c.Compose(l, "f"+id)
		if bytes.Equal(a.Raw, other.Raw) {
			t.Errorf("%s: another Message-ID, and the same bytes", name)
		}
	}
}

func TestHeader(t *testing.T) {
	m, err := composer(t).Compose(letter(engine.LetterRequest, 3), id)
	if err != nil {
		t.Fatal(err)
	}
	got, err := eml.Read(m.Raw)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"From": "Město Klatovy <plan@mukt.example.cz>", "To": "Oblastní charita Klatovy <info@klatovy.charita.example.cz>",
		"Reply-To": "Mgr. Žofie Příkladová <komunitni.planovani@mukt.example.cz>", "Date": "Mon, 08 Jan 2024 08:00:00 +0100",
		"Subject":        "Město Klatovy: jak se plní 3 aktivity komunitního plánu za rok 2023 – odpověď do 31. 1. 2024",
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "DR, RN, NRN, AutoReply", "List-Id": "<plan.mukt.example.cz>",
		"List-Unsubscribe": "<mailto:komunitni.planovani@mukt.example.cz>", "Message-Id": "<" + id + ">", "User-Agent": "", "X-Mailer": "",
	}
	for name, value := range want {
		if got.Get(name) != value {
			t.Errorf("%s: %q, want %q", name, got.Get(name), value)
		}
	}
	if m.Kind != engine.LetterRequest || m.To != "info@klatovy.charita.example.cz" || m.From != "plan@mukt.example.cz" || m.MessageID != id || m.Subject != want["Subject"] {
		t.Errorf("message %+v", m)
	}
	if bytes.Contains(m.Raw, []byte("base64")) {
		t.Error("a text is not quoted-printable")
	}
}

func TestTextKeepsNoSecret(t *testing.T) {
	l := letter(engine.LetterRequest, 1)
	m, err := composer(t).Compose(l, id)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.Text, "/o/") || !strings.Contains(m.Text, "(odkaz)") {
		t.Errorf("the kept text holds the link:\n%s", m.Text)
	}
	if parts, _ := eml.Read(m.Raw); strings.Count(parts.Text, l.Link) != 1 || strings.Count(parts.HTML, l.Link) != 3 {
		t.Error("the mail itself lacks its link")
	}
}
