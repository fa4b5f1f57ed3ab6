package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/workflows"
)

var planner = engine.Actor{Kind: engine.ActorCoordinator, Name: "Hana Vzorova"}

// A foreseen is a whole installation with two plans, whose future is asked for
// and then lived.
type foreseen struct {
	t     *testing.T
	clock *virtualClock
	in    *installation
	o     *workflows.Office
	r     *rand.Rand
}

func newForeseen(t *testing.T, seed uint64, day engine.Date) *foreseen {
	t.Helper()
	f := &foreseen{t: t, clock: &virtualClock{}, r: rand.New(rand.NewPCG(seed, 7))}
	c := command{DB: "sqlite:" + filepath.Join(t.TempDir(), "town.db"), URL: "http://127.0.0.1:1", Tenant: "town"}
	in, err := c.open(t.Context(), f.clock.Now)
	f.must(err)
	t.Cleanup(func() { f.must(in.db.Close()) })
	f.in, f.o = in, in.office("town")
	f.clock.Set(day.In(in.zone, 9, 0))
	_, err = f.o.SetUp(t.Context(), planner, func(m *engine.Municipality) {
		m.Name, m.Sender, m.Coordinator = "Mesto", "plan@town.example", engine.Contact{Email: "kpss@town.example"}
		m.SteeringGroup = []engine.Contact{{Email: "one@steering.example"}, {Email: "two@steering.example"}}
		m.Policy.SeasonCap = 2 + f.r.IntN(8)
		m.Schedule = map[string]string{}
		if f.r.IntN(3) == 0 {
			m.Schedule["letters"] = []string{"0 8 * * 1", "30 6 * * *", "0 9 * * 2,4"}[f.r.IntN(3)]
		}
		if f.r.IntN(3) == 0 {
			m.Schedule["pack"] = "15 9 * * 3"
		}
		if f.r.IntN(3) == 0 {
			m.Preset = engine.Autumn
		}
		for range f.r.IntN(15) {
			m.DaysOff = append(m.DaysOff, day.AddDays(f.r.IntN(500)))
		}
	})
	f.must(err)
	f.must(f.o.Records.Commit(t.Context(), f.furniture(day)))
	f.must(f.o.Tick(t.Context()))
	return f
}

// furniture gives the plans of the town and who is responsible.
func (f *foreseen) furniture(day engine.Date) engine.Change {
	c := engine.Change{At: f.clock.Now(), Actor: planner, Event: "furnished", Subject: "town"}
	for i := range 5 {
		id := fmt.Sprint("body", i)
		o := engine.Organisation{ID: id, Name: "Body " + id, Kind: engine.KindOrganisation}
		if i > 0 {
			o.Contacts = []engine.Contact{{Email: id + "@example.cz"}}
		}
		o.Window = f.window()
		c.Organisations = append(c.Organisations, o)
	}
	for _, plan := range []string{"first", "second"} {
		c.Plans = append(c.Plans, engine.Plan{ID: plan, Title: plan, Kind: engine.ActionPlan, Start: "2023-01-01", End: "2023-12-31"})
		for i := range 12 {
			due := day.AddDays(20 + f.r.IntN(300))
			a := engine.Activity{Plan: plan, ID: fmt.Sprint("1/", i), Title: "Activity", Position: i,
				Deadline: engine.Deadline{Kind: engine.DeadlineDate, Due: due}}
			for range 1 + f.r.IntN(2) {
				a.Responsible = append(a.Responsible, engine.Party{Kind: engine.KindOrganisation, Organisation: fmt.Sprint("body", f.r.IntN(5))})
			}
			c.Activities = append(c.Activities, a)
		}
	}
	return c
}

// window gives some bodies days on which they do not read their mail.
func (f *foreseen) window() (w engine.Window) {
	if f.r.IntN(2) == 0 {
		w.Weekdays = [][]int{nil, {1}, {2, 4}, {5}}[f.r.IntN(4)]
	}
	if f.r.IntN(2) == 0 {
		w.Quiet = []engine.Span{{From: "07-01", To: "08-31"}, {From: "12-20", To: "01-05"}}[:1+f.r.IntN(2)]
	}
	return w
}

func (f *foreseen) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// live lets days go by, each with one tick, and gives the mails by day.
func (f *foreseen) live(from, to engine.Date) (said []string) {
	f.t.Helper()
	for day := from; day <= to; day = day.AddDays(1) {
		f.clock.Set(day.In(f.in.zone, 10, 0))
		f.must(f.o.Tick(f.t.Context()))
	}
	for _, m := range f.mails() {
		if day := engine.DateOf(m.CreatedAt.In(f.in.zone)); day >= from && day <= to && m.Kind != engine.LetterDigest {
			who := m.Organisation
			if m.Kind == engine.LetterPack {
				who = m.To
			}
			said = append(said, fmt.Sprintf("%s %s %s", day, m.Kind, who))
		}
	}
	slices.Sort(said)
	return said
}

func (f *foreseen) mails() []engine.Message {
	f.t.Helper()
	list, err := f.o.Records.Messages(f.t.Context(), 100000)
	f.must(err)
	return list
}

// foreseen gives the forecast in the lines of live.
func (f *foreseen) foresee(q workflows.Question) (lines []string) {
	f.t.Helper()
	out, err := f.o.Forecast(context.Background(), q)
	f.must(err)
	for _, m := range out.Mailings {
		if m.Kind == engine.LetterEscalation {
			m.Organisation = "" // one mail for all
		}
		lines = append(lines, fmt.Sprintf("%s %s %s", m.Day, m.Kind, m.Organisation))
	}
	for _, d := range out.Packs {
		if d.Day != "" {
			lines = append(lines, fmt.Sprintf("%s pack one@steering.example", d.Day), fmt.Sprintf("%s pack two@steering.example", d.Day))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// Two seasons run through a year and a half by the real office: every mail was
// in the forecast, on its day, and nothing else was.
func TestTheYearIsAsForecast(t *testing.T) {
	mails := 0
	for seed := range uint64(4) {
		f := newForeseen(t, seed, "2023-01-20")
		f.must(f.o.OpenSeason(t.Context(), "first", engine.Year(2023), planner))
		f.must(f.o.OpenSeason(t.Context(), "second", engine.Year(2023), planner))
		if f.r.IntN(2) == 0 {
			err := f.o.SetSeasonDays(t.Context(), "second", "2023", "2023-11-06", "2024-03-12", planner)
			if err != nil && engine.CodeOf(err) != engine.Invalid { // one of them is a day off
				t.Fatal(err)
			}
		}
		day := engine.Date("2023-01-20").AddDays(1 + f.r.IntN(400))
		f.live("2023-01-21", day)
		f.moveAnything(day)
		f.callMeetings(day)
		want := f.foresee(workflows.Question{Until: "2024-06-30"})
		if d := cmp.Diff(f.live(day.AddDays(1), "2024-06-30"), want); d != "" {
			t.Fatalf("seed %d from %s (-lived +forecast):\n%s", seed, day, d)
		}
		mails += len(want)
	}
	if mails < 60 {
		t.Errorf("only %d mails were forecast", mails)
	}
}

// moveAnything moves and stops some of what is forecast.
func (f *foreseen) moveAnything(day engine.Date) {
	f.t.Helper()
	out, err := f.o.Forecast(f.t.Context(), workflows.Question{Until: "2024-06-30"})
	f.must(err)
	for _, m := range out.Mailings {
		move := engine.Move{Keys: m.Keys}
		switch f.r.IntN(8) {
		case 0:
			move.Day = m.Day.AddDays(f.r.IntN(30))
		case 1:
		default:
			continue
		}
		err := f.o.MoveLetters(f.t.Context(), m.Plan, m.Period, m.Organisation, move, planner)
		if code := engine.CodeOf(err); err != nil && code != engine.Invalid && code != engine.Conflict {
			f.t.Fatal(err)
		}
	}
}

// callMeetings calls some meetings, moves one and cancels another. The papers of
// two meetings never leave on one day here: foresee tells days, not meetings.
func (f *foreseen) callMeetings(day engine.Date) {
	f.t.Helper()
	for i := range 4 {
		m, err := f.o.ProposeMeeting(f.t.Context(), "first", "2023")
		f.must(err)
		m.Day, m.Time, m.Place = day.AddDays(1+40*i+f.r.IntN(30)), "14:00", "hall"
		m.SendOn, err = f.o.SendDay(f.t.Context(), m.Day)
		f.must(err)
		m, err = f.o.CallMeeting(f.t.Context(), m, planner)
		f.must(err)
		switch i {
		case 1:
			m.Day = m.Day.AddDays(2)
			if _, err = f.o.ChangeMeeting(f.t.Context(), m, planner); engine.CodeOf(err) != engine.Invalid {
				f.must(err)
			}
		case 2:
			f.must(f.o.CancelMeeting(f.t.Context(), m, "no", planner))
		}
	}
}

// A year goes by over a prepared season, and nothing leaves; once it is opened,
// what was shown of it comes true.
func TestNothingLeavesBeforeTheSeasonIsOpened(t *testing.T) {
	f := newForeseen(t, 3, "2023-01-20")
	f.must(f.o.PrepareSeason(t.Context(), "first", engine.Year(2023), planner))
	if said := f.live("2023-01-21", "2023-09-28"); len(said) > 0 {
		t.Fatalf("a prepared season writes: %v", said)
	}
	r, err := f.o.Records.Request(t.Context(), "first", "2023", "body1")
	f.must(err)
	if _, err := f.o.Records.RequestByLink(t.Context(), r.LinkHash); engine.CodeOf(err) != engine.NotFound || r.LinkHash != "" {
		t.Error("a prepared season has a link")
	}
	f.must(f.o.MoveLetters(t.Context(), "first", "2023", "body1", engine.Move{Keys: []string{engine.Mute}}, planner))
	f.must(f.o.SetSeasonDays(t.Context(), "first", "2023", "2023-10-16", "2024-01-31", planner))
	want := f.foresee(workflows.Question{Until: "2024-06-30", Prepared: true})
	f.must(f.o.OpenSeason(t.Context(), "first", engine.Year(2023), planner))
	if d := cmp.Diff(f.foresee(workflows.Question{Until: "2024-06-30"}), want); d != "" {
		t.Errorf("opened it differs (-opened +prepared):\n%s", d)
	}
	said := f.live("2023-09-29", "2024-06-30")
	if d := cmp.Diff(said, want); d != "" {
		t.Errorf("(-lived +forecast):\n%s", d)
	}
	if !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, "2023-10-16 request") }) ||
		slices.ContainsFunc(said, func(s string) bool { return strings.HasSuffix(s, "body1") }) {
		t.Errorf("the days and the mute are not kept: %v", said)
	}
	s, err := f.o.Records.Evaluations(t.Context(), "first", "2023")
	f.must(err)
	if len(s) != 1 || engine.DateOf(s[0].MadeAt.In(f.in.zone)) != "2024-01-31" {
		t.Errorf("drafted %d times, not once on its day", len(s))
	}
}

// A season is prepared, given up, prepared again, opened and closed; each wrong
// step is refused.
func TestLifeOfASeason(t *testing.T) {
	f, ctx, year := newForeseen(t, 1, "2023-01-20"), t.Context(), engine.Year(2023)
	f.must(f.o.PrepareSeason(ctx, "first", year, planner))
	refused := func(err error) {
		t.Helper()
		if engine.CodeOf(err) != engine.Conflict {
			t.Errorf("%v, want a conflict", err)
		}
	}
	nothingOfficial := func() {
		t.Helper()
		key := engine.EntryKey{Plan: "first", Period: "2023", Activity: "1/0"}
		_, err := f.o.Draft(ctx, "first", "2023", "", planner)
		refused(err)
		_, err = f.o.AskAgain(ctx, "first", "2023", nil, planner)
		refused(err)
		_, err = f.o.Resolve(ctx, engine.Resolution{Plan: "first", Period: "2023", Body: "Rada", Day: "2023-01-20", Verb: engine.VerbApproved}, planner)
		refused(err)
		refused(f.o.Report(ctx, key, engine.Answer{Status: engine.Fulfilled, Done: "ok"}, "", "phone", planner))
		refused(f.o.Decide(ctx, key, engine.CarryOver, "", planner))
		refused(f.o.Settle(ctx, key, 1, engine.Course{Next: engine.CarryOver}, planner))
		refused(f.o.DropEntry(ctx, key, "no", planner))
		refused(f.o.Reopen(ctx, key, "no", planner))
	}
	nothingOfficial()
	refused(f.o.PrepareSeason(ctx, "first", year, planner))
	refused(f.o.CloseSeason(ctx, "first", "2023", "mistake", planner))
	f.must(f.o.CancelSeason(ctx, "first", "2023", "mistake", planner))
	nothingOfficial()
	refused(f.o.OpenSeason(ctx, "first", year, planner))
	refused(f.o.MoveLetters(ctx, "first", "2023", "body1", engine.Move{Keys: []string{engine.Mute}}, planner))
	f.must(f.o.PrepareSeason(ctx, "first", year, planner))
	f.must(f.o.OpenSeason(ctx, "first", year, planner))
	refused(f.o.OpenSeason(ctx, "first", year, planner))
	refused(f.o.CancelSeason(ctx, "first", "2023", "mistake", planner))
	f.must(f.o.CloseSeason(ctx, "first", "2023", "mistake", planner))
	if said := f.live("2023-01-21", "2024-03-01"); len(said) > 0 {
		t.Errorf("a closed season writes: %v", said)
	}
}

// Settings move what is to come exactly as their difference says, and write
// nothing by themselves.
func TestSettingsChangeWhatTheyShow(t *testing.T) {
	for seed := range uint64(2) {
		f := newForeseen(t, seed, "2023-01-20")
		f.must(f.o.OpenSeason(t.Context(), "first", engine.Year(2023), planner))
		day := engine.Date("2023-01-20").AddDays(1 + f.r.IntN(300))
		f.live("2023-01-21", day)
		m, err := f.o.Records.Municipality(t.Context())
		f.must(err)
		m.Policy.DeadlineAhead, m.Policy.AnswerDays = []int{45, 10}, 10
		m.Schedule = map[string]string{"ask": "0 7 22 1 *", "letters": "0 9 * * 3"}
		for d := engine.Date("2023-12-20"); d < "2024-01-05"; d = d.AddDays(1) {
			m.DaysOff = append(m.DaysOff, d)
		}
		before, n := f.foresee(workflows.Question{Until: "2024-06-30"}), len(f.mails())
		want := f.foresee(workflows.Question{Until: "2024-06-30", As: &m})
		if d := cmp.Diff(f.foresee(workflows.Question{Until: "2024-06-30"}), before); d != "" {
			t.Fatalf("looking changed something:\n%s", d)
		}
		f.must(f.o.SetCalendar(t.Context(), m, planner))
		if d := cmp.Diff(f.foresee(workflows.Question{Until: "2024-06-30"}), want); d != "" {
			t.Fatalf("seed %d: stored it differs (-stored +shown):\n%s", seed, d)
		}
		if len(f.mails()) != n {
			t.Fatal("changing the settings wrote a mail")
		}
		if d := cmp.Diff(f.live(day.AddDays(1), "2024-06-30"), want); d != "" {
			t.Fatalf("seed %d from %s (-lived +forecast):\n%s", seed, day, d)
		}
	}
}
