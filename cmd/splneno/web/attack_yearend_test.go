package web

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"splneno/engine"
	"splneno/store/pgtest"
)

// together does several things at the same moment and gives their errors.
func together(acts ...func() error) []error {
	out := make([]error, len(acts))
	var ready, done sync.WaitGroup
	ready.Add(len(acts))
	for i, act := range acts {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			out[i] = act()
		})
	}
	done.Wait()
	return out
}

// won counts what succeeded. Whoever lost is told of a conflict, or finds that
// it was done already.
func (h *house) won(what string, errs []error) (n int) {
	h.t.Helper()
	for _, err := range errs {
		switch code := engine.CodeOf(err); {
		case err == nil:
			n++
		case code != engine.Conflict && code != engine.Invalid:
			h.t.Errorf("%s: %v", what, err)
		}
	}
	return n
}

// said counts the journal's lines by their event.
func (h *house) said() map[string]int {
	h.t.Helper()
	n := map[string]int{}
	h.must(h.office.Records.Journal(context.Background(), 1, func(l engine.JournalLine) error { n[l.Event]++; return nil }))
	return n
}

// mails counts the mails of a kind.
func (h *house) mails(kind engine.LetterKind) (n int) {
	h.t.Helper()
	all, err := h.office.Records.Messages(context.Background(), 0)
	h.must(err)
	for _, m := range all {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

// Two coordinators end the year at the same moment, again and again: of every
// act one is done, the journal is whole, nobody gets a mail twice, and what
// everybody reads is approved.
func TestTwoEndTheYearAtOnce(t *testing.T) {
	for name, dsn := range map[string]string{"sqlite": "sqlite:" + filepath.Join(t.TempDir(), "web.db"), "postgres": ""} {
		t.Run(name, func(t *testing.T) {
			if dsn == "" {
				dsn = pgtest.NewDSN(t)
			}
			h := houseOn(t, dsn, "127.0.0.1", nil)
			h.furnish()
			h.results()
			h.endsAtOnce()
		})
	}
}

func (h *house) endsAtOnce() {
	h.t.Helper()
	ctx, plan, period, petr := context.Background(), "ap2023", "2023", engine.Actor{Kind: engine.ActorCoordinator, Name: "Petr Zastupce"}
	for number := 1; number <= 3; number++ {
		if number > 1 {
			key := engine.EntryKey{Plan: plan, Period: period, Activity: "1.1/1"}
			h.must(h.office.Reopen(ctx, key, "Opraveno.", who))
			h.must(h.office.Report(ctx, key, engine.Answer{Status: engine.Fulfilled, Done: fmt.Sprintf("Oprava %d.", number)}, "", "telefon", who))
		}
		draft := func() error { _, err := h.office.Draft(ctx, plan, period, "Oprava.", who); return err }
		h.won("draft", together(draft, draft, draft))
		e, err := h.office.Evaluation(ctx, plan, period)
		h.must(err)
		if e.Number != number || e.State != engine.EvaluationDraft {
			h.t.Fatalf("number %d, %s", e.Number, e.State)
		}
		letters := h.mails(engine.LetterRollUp)
		approve := func(by engine.Actor) func() error {
			return func() error { _, err := h.office.ApproveEvaluation(ctx, plan, period, e.Version, by); return err }
		}
		publish := func() error { return h.office.Publish(ctx, plan, period, number, who) }
		if errs := together(approve(who), approve(petr), publish, draft); h.won("approve", errs[:2]) != 1 {
			h.t.Errorf("approved by %v", errs)
		}
		send := func() error { _, err := h.office.SendEvaluation(ctx, plan, period, who); return err }
		h.won("send", together(send, send))
		if n := h.mails(engine.LetterRollUp) - letters; n != 1 {
			h.t.Errorf("the evaluation went out %d times", n)
		}
		withdraw := func() error { return h.office.Withdraw(ctx, plan, period, petr) }
		h.won("publish", together(publish, publish, withdraw, draft))
		h.must(publish())
		s, err := h.office.Records.Season(ctx, plan, period)
		h.must(err)
		if s.Published != number {
			h.t.Errorf("published %d, want %d", s.Published, number)
		}
		h.get("/obec/klatovy/plan/ap2023/2023").want(h.t, 200, fmt.Sprintf(`%d`, number))
	}
	if n := h.said(); n["evaluation_approved"] != 3 {
		h.t.Errorf("the journal says %v", n)
	}
	h.meetsAtOnce(plan, period)
	h.verified()
}

// meetsAtOnce sends and cancels one meeting from several sides.
func (h *house) meetsAtOnce(plan, period string) {
	h.t.Helper()
	ctx := context.Background()
	m, err := h.office.CallMeeting(ctx, engine.Meeting{Plan: plan, Period: period, Body: "rs", Day: "2024-03-15", Time: "14:00", Place: "Radnice", Agenda: []string{"Vyhodnoceni"}, SendOn: "2024-03-08"}, who)
	h.must(err)
	before := h.mails(engine.LetterPack)
	send := func() error { _, err := h.office.SendMeeting(ctx, m, who); return err }
	if n := h.won("send the papers", together(send, send, send)); n != 1 {
		h.t.Errorf("sent %d times", n)
	}
	if n := h.mails(engine.LetterPack) - before; n != 1 {
		h.t.Errorf("%d letters to one member", n)
	}
	m, err = h.office.Meeting(ctx, plan, period, m.ID)
	h.must(err)
	cancel := func() error { return h.office.CancelMeeting(ctx, m, "Nemoc.", who) }
	if n := h.won("cancel", together(cancel, cancel, send)); n != 1 && n != 2 {
		h.t.Errorf("cancelled %d times", n)
	}
}
