package inbox_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

func checkAutomatic(t *testing.T, r corpusReply, m engine.Mail) {
	t.Helper()
	var absence engine.Absence
	if m.Absence != nil {
		absence = *m.Absence
	}
	var report engine.DeliveryReport
	if m.Report != nil {
		report = *m.Report
	}
	got := map[string]string{"until": string(absence.Until), "deputy": absence.Deputy.Email, "action": report.Action, "status": report.Status, "recipient": report.Recipient}
	for fact, want := range r.Facts {
		if name, ok := strings.CutSuffix(fact, "~"); ok && got[name] == "" {
			continue
		} else if have, known := got[name]; known && have != want {
			t.Errorf("%s %q, want %q", name, have, want)
		}
	}
	if r.Facts["until"]+r.Facts["until~"] == "" && absence.Until != "" {
		t.Errorf("away until %s, which is not said", absence.Until)
	}
}

// A score counts what was understood.
type score struct {
	replies, expected, understood, must, missed, wrong, guessed int
}

func (s *score) report(t *testing.T) {
	t.Logf("%d replies, %d answers expected, understood without help %.1f %%, left to the coordinator %d, plain ones missed %d of %d, false %d; uncertain guesses that are wrong %d",
		s.replies, s.expected, s.share(), s.expected-s.understood, s.missed, s.must, s.wrong, s.guessed)
	if s.wrong > 0 {
		t.Errorf("%d false statuses", s.wrong)
	}
	if s.share() < floor {
		t.Errorf("%.1f %% understood without help, want at least %d %%", s.share(), floor)
	}
}

func (s *score) share() float64 { return 100 * float64(s.understood) / float64(max(s.expected, 1)) }

// judge compares a reading with what a careful coordinator reads.
func (s *score) judge(t *testing.T, r corpusReply, l corpusLetter, own string, reading engine.ReplyReading) {
	t.Helper()
	if _, ok := r.Facts["nothing"]; ok && !reading.Nothing && strings.TrimSpace(own) != "" {
		t.Errorf("courtesy only, and read as %+v\nown: %q", reading.Answers, own)
	}
	for _, a := range reading.Answers {
		if n, err := strconv.Atoi(a.Item); a.Certain && a.Status != engine.StateUnknown && a.Item != "*" && (err != nil || !slices.ContainsFunc(l.Items, func(i corpusItem) bool { return i.Number == n })) {
			s.wrong++
			t.Errorf("FALSE: %q is certainly %s, and no item is named so\nown: %q", a.Item, a.Status, own)
		}
	}
	for _, item := range l.Items {
		s.judgeItem(t, r, item.Number, own, answersOf(reading, item.Number))
	}
}

// answersOf gives what was read of an item: by number, or by what is said of
// all the others.
func answersOf(reading engine.ReplyReading, n int) (out []engine.ReplyAnswer) {
	for _, name := range []string{strconv.Itoa(n), "*"} {
		for _, a := range reading.Answers {
			if a.Item == name {
				out = append(out, a)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

func (s *score) judgeItem(t *testing.T, r corpusReply, n int, own string, answers []engine.ReplyAnswer) {
	t.Helper()
	want, ok := r.Expect[n]
	if !ok {
		want.status = engine.StateUnknown
	}
	meant := want.status != engine.StateUnknown
	text, right := "", false
	for _, a := range answers {
		text += " " + a.Text
		switch said := a.Status == want.status && a.Qualifier == want.qualifier; {
		case a.Certain && a.Status != engine.StateUnknown && !(said && meant):
			s.wrong++
			t.Errorf("FALSE: %d is certainly %s %s, want %s (text %q)\nown: %q", n, a.Status, a.Qualifier, want.status, a.Text, own)
		case a.Certain && said && meant:
			right = true
		case !a.Certain && a.Status != engine.StateUnknown && !said:
			s.guessed++
			t.Logf("guess: %d is perhaps %s, want %s\nown: %q", n, a.Status, want.status, own)
		}
	}
	if meant {
		s.expected++
		if right {
			s.understood++
		}
		if !want.may {
			s.must++
			if !right {
				s.missed++
				t.Errorf("MISSED: %d is plainly %s, and was read as %+v\nown: %q", n, want.status, answers, own)
			}
		}
	}
	if hold := r.Text[n]; hold != "" && !strings.Contains(bare(text), bare(hold)) {
		t.Errorf("TEXT: the answer to %d lacks %q: %q", n, hold, text)
	}
}
