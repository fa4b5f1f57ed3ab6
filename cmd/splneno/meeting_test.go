package main

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"splneno/engine"
	"splneno/notify/document"
	"splneno/notify/eml"
	"splneno/workflows"
)

// newCalled is a town whose steering group is called to a meeting on 15 March
// 2024; the papers are to leave on the 8th.
func newCalled(t *testing.T, group ...engine.Contact) (*foreseen, engine.Meeting) {
	t.Helper()
	f := newForeseen(t, 1, "2024-01-22")
	f.o.Sender = nil
	_, err := f.o.SetUp(t.Context(), planner, func(m *engine.Municipality) {
		m.DaysOff, m.Schedule, m.Preset = nil, nil, engine.AfterYear
		if len(group) > 0 {
			m.SteeringGroup = group
		}
	})
	f.must(err)
	f.must(f.o.OpenSeason(t.Context(), "first", engine.Year(2023), planner))
	m, err := f.o.ProposeMeeting(t.Context(), "first", "2023")
	f.must(err)
	m.Day, m.Time, m.Place = "2024-03-15", "14:00", "hall"
	m.SendOn, err = f.o.SendDay(t.Context(), m.Day)
	f.must(err)
	m, err = f.o.CallMeeting(t.Context(), m, planner)
	f.must(err)
	if m.SendOn != "2024-03-08" || len(m.Items) != 12 {
		t.Fatalf("proposed: %+v", m)
	}
	return f, m
}

// packs gives the letters about meetings, "day address".
func (f *foreseen) packs() (out []string) {
	f.t.Helper()
	for _, m := range f.mails() {
		if m.Kind == engine.LetterPack {
			out = append(out, fmt.Sprintf("%s %s", engine.DateOf(m.CreatedAt.In(f.in.zone)), m.To))
		}
	}
	slices.Sort(out)
	return out
}

func (f *foreseen) wantPacks(want ...string) {
	f.t.Helper()
	if got := f.packs(); !slices.Equal(got, want) {
		f.t.Errorf("letters %v, want %v", got, want)
	}
}

// The papers leave once to each, with what they are made of, whatever number of
// nodes look at the calendar at once.
func TestPapersLeaveOnce(t *testing.T) {
	f, m := newCalled(t)
	f.live("2024-01-23", "2024-03-07")
	f.wantPacks()
	f.clock.Set(engine.Date("2024-03-08").In(f.in.zone, 10, 0))
	var wg sync.WaitGroup
	for range 4 {
		o := f.in.office("town")
		o.Sender = nil
		wg.Go(func() {
			if err := o.Tick(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	f.live("2024-03-09", "2024-03-20")
	f.wantPacks("2024-03-08 one@steering.example", "2024-03-08 two@steering.example")
	waiting, err := f.o.Records.ClaimMessages(t.Context(), f.clock.Now(), 1000, 0)
	f.must(err)
	for _, msg := range waiting {
		if msg.Kind != engine.LetterPack {
			continue
		}
		mail, err := eml.Read(msg.Raw)
		f.must(err)
		var names []string
		for _, a := range mail.Attachments {
			names = append(names, a.Name)
		}
		if got := strings.Join(names, " "); got != "pack-2023.pdf pack-2023.docx evaluation-2023-short.pdf jednani.ics" {
			t.Errorf("attached: %s", got)
		}
	}
	if got, err := f.o.Meeting(t.Context(), "first", "2023", m.ID); err != nil || got.Sending != 1 || got.SendOn != "" || engine.DateOf(got.SentAt.In(f.in.zone)) != "2024-03-08" {
		t.Errorf("%v %+v", err, got)
	}
}

// Days on which nothing ran are made up for on the next working day; the letter
// says by how much. After the day of the meeting nothing leaves any more, and
// the coordinator is told.
func TestPapersAreCaughtUp(t *testing.T) {
	f, _ := newCalled(t)
	f.live("2024-01-23", "2024-03-07")
	f.live("2024-03-09", "2024-03-11") // down on the 8th; 9 and 10 March are a weekend
	f.wantPacks("2024-03-11 one@steering.example", "2024-03-11 two@steering.example")
	late := slices.IndexFunc(f.mails(), func(m engine.Message) bool { return m.Kind == engine.LetterPack && strings.Contains(m.Text, "3 dny") })
	if late < 0 {
		t.Error("the letter does not say that it is late")
	}

	f, m := newCalled(t)
	f.live("2024-01-23", "2024-03-07")
	f.live("2024-03-18", "2024-03-18")
	f.wantPacks()
	counts, err := f.o.Waiting(t.Context())
	f.must(err)
	digest := slices.IndexFunc(f.mails(), func(m engine.Message) bool {
		return m.Kind == engine.LetterDigest && engine.DateOf(m.CreatedAt.In(f.in.zone)) == "2024-03-18" && strings.Contains(m.Text, "podklady ve sv")
	})
	if counts["meetings"] != 1 || digest < 0 {
		t.Errorf("nobody is told of the papers that were missed: %v", counts)
	}
	f.must(f.o.ForgetPack(t.Context(), m, planner))
	if counts, err = f.o.Waiting(t.Context()); err != nil || counts["meetings"] != 0 {
		t.Errorf("she is told for ever: %v %v", counts, err)
	}
}

// A day off that is decided later moves the papers to the next working day, and
// the forecast with them.
func TestPapersRespectDaysOff(t *testing.T) {
	f, _ := newCalled(t)
	_, err := f.o.SetUp(t.Context(), planner, func(m *engine.Municipality) { m.DaysOff = []engine.Date{"2024-03-08", "2024-03-11"} })
	f.must(err)
	out, err := f.o.Forecast(t.Context(), workflows.Question{Until: "2024-04-01"})
	f.must(err)
	if len(out.Packs) != 1 || out.Packs[0].Day != "2024-03-12" || out.Packs[0].Members != 2 {
		t.Fatalf("forecast %+v", out.Packs)
	}
	f.live("2024-01-23", "2024-03-14")
	f.wantPacks("2024-03-12 one@steering.example", "2024-03-12 two@steering.example")
	for _, m := range f.mails() {
		if m.Kind == engine.LetterPack && strings.Contains(m.Text, "omlouv") {
			t.Error("a day off is called a delay")
		}
	}
}

// Whoever cannot be written to keeps nobody else from the papers, and no
// evaluation from being approved.
func TestImpossibleMember(t *testing.T) {
	f, m := newCalled(t, engine.Contact{Name: "Bad", Email: "no address"}, engine.Contact{Email: "good@steering.example"})
	f.live("2024-01-23", "2024-03-08")
	f.wantPacks("2024-03-08 good@steering.example")
	if got, err := f.o.Meeting(t.Context(), "first", "2023", m.ID); err != nil || got.Sending != 1 {
		t.Errorf("%v %+v", err, got)
	}
	lines, err := f.o.Records.JournalOf(t.Context(), m.Subject(), 10)
	f.must(err)
	if l := lines[len(lines)-1]; l.Event != "meeting_sent" || l.Detail["unreachable"] != "member 1" || l.Detail["letters"] != "1" {
		t.Errorf("the journal says %s %v", l.Event, l.Detail)
	}
	e, err := f.o.Draft(t.Context(), "first", "2023", "", planner)
	f.must(err)
	if _, err := f.o.ApproveEvaluation(t.Context(), "first", "2023", e.Version, planner); err != nil {
		t.Errorf("an address stops the approval: %v", err)
	}
	if n := len(f.mails()); !slices.ContainsFunc(f.mails(), func(m engine.Message) bool { return m.Kind == engine.LetterRollUp && m.To == "good@steering.example" }) {
		t.Errorf("the other member has no evaluation among %d mails", n)
	}

	f, m = newCalled(t, engine.Contact{Name: "Bad", Email: "no address"})
	if _, err := f.o.SendMeeting(t.Context(), m, planner); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("papers left to nobody: %v", err)
	}
}

// weighty adds to the documents of every evaluation one larger than a mail.
type weighty struct{ *document.Maker }

func (w weighty) Documents(p engine.Print, names ...string) iter.Seq2[engine.Attachment, error] {
	return func(yield func(engine.Attachment, error) bool) {
		const huge = "evaluation-2023-huge.pdf"
		if (len(names) == 0 || slices.Contains(names, huge)) && !yield(engine.Attachment{Name: huge, Type: "application/pdf", Data: make([]byte, 40<<20)}, nil) {
			return
		}
		w.Maker.Documents(p, names...)(yield)
	}
}

// The documents of a large plan do not fit a mail: that keeps no evaluation from
// being approved, and what fits is attached.
func TestALargeEvaluationIsApproved(t *testing.T) {
	f, _ := newCalled(t)
	f.o.Documents = weighty{f.o.Documents.(*document.Maker)}
	e, err := f.o.Draft(t.Context(), "first", "2023", "", planner)
	f.must(err)
	_, err = f.o.ApproveEvaluation(t.Context(), "first", "2023", e.Version, planner)
	f.must(err)
	i := slices.IndexFunc(f.mails(), func(m engine.Message) bool { return m.Kind == engine.LetterRollUp })
	if i < 0 {
		t.Fatal("nobody was written to")
	}
	if text := f.mails()[i].Text; strings.Contains(text, "huge") || !strings.Contains(text, "evaluation-2023.docx, evaluation-2023.pdf") {
		t.Errorf("attached: %s", text)
	}
}

// heavy makes papers of a size.
type heavy struct {
	*document.Maker
	size int
}

func (h heavy) Pack(engine.Meeting, engine.Print) ([]engine.Attachment, error) {
	return []engine.Attachment{{Name: "pack-2023.pdf", Type: "application/pdf", Data: make([]byte, h.size)}}, nil
}

func (heavy) Names(engine.Evaluation) []engine.Attachment { return nil }

// Papers that are too large for a mail stay out of it, and the letter says so.
func TestHeavyPapersStayOut(t *testing.T) {
	for size, attached := range map[int]bool{5 << 20: true, 5<<20 + 1: false} {
		f, m := newCalled(t)
		f.o.Documents = heavy{f.o.Documents.(*document.Maker), size}
		_, err := f.o.SendMeeting(context.Background(), m, planner)
		f.must(err)
		for _, msg := range f.mails() {
			if msg.Kind == engine.LetterPack && strings.Contains(msg.Text, "pack-2023.pdf") != attached {
				t.Errorf("%d bytes: attached is not %v:\n%s", size, attached, msg.Text)
			}
		}
	}
}
