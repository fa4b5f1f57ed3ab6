package web

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"splneno/engine"
)

// The performance law of the desk, over the big town.
const (
	mostBytes = 60_000
	mostTime  = 20 * time.Millisecond

	mostQueries = 40
)

// bigTexts are the words of the big town.
type bigTexts struct {
	Bodies, Places, Titles, Details, Done, Missing           []string
	Writer, Town, Coordinator, Plan, Measure, Area, Question string
}

// The big town of the performance law: one season of 10,000 promises and 500
// organisations, of which 60 % are answered.
const (
	bigActivities = 10_000
	bigBodies     = 500
	bigMeasures   = 200
	bigMessages   = 3_000
)

var big struct {
	once sync.Once
	file []byte
}

// bigHouse is a house on a copy of the big town's database, which is built once
// for all tests of a run and is always the same. It is the morning of
// 7 February 2024: the organisations were asked four weeks ago.
func bigHouse(t testing.TB) *house {
	t.Helper()
	big.once.Do(func() { buildBig(t) })
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "web.db"), big.file, 0o600); err != nil {
		t.Fatal(err)
	}
	h := bareHouse(t, dir, "127.0.0.1", nil)
	h.at = time.Date(2024, 2, 7, 9, 0, 0, 0, h.office.Zone)
	return h
}

// buildBig makes the database in a house that is closed before its file is read.
func buildBig(t testing.TB) {
	b := newBigTown(t)
	dir, built := t.TempDir(), &builder{TB: t}
	h := bareHouse(built, dir, "127.0.0.1", nil)
	err := h.office.Records.Commit(context.Background(), b.changes(h.accounts())...)
	built.close()
	if err != nil {
		t.Fatal(err)
	}
	if big.file, err = os.ReadFile(filepath.Join(dir, "web.db")); err != nil {
		t.Fatal(err)
	}
}

// A builder is a test that ends before the one it runs in.
type builder struct {
	testing.TB
	ends []func()
}

func (b *builder) Cleanup(f func()) { b.ends = append(b.ends, f) }

func (b *builder) close() {
	for i := len(b.ends) - 1; i >= 0; i-- {
		b.ends[i]()
	}
}

// A bigTown makes the values of the big town, all from numbers.
type bigTown struct {
	bigTexts
	day time.Time // the season was asked about
}

// newBigTown reads its words.
func newBigTown(t testing.TB) *bigTown {
	b := &bigTown{day: time.Date(2024, 1, 10, 8, 0, 0, 0, time.UTC)}
	body, err := os.ReadFile("testdata/big.json")
	if err == nil {
		err = json.Unmarshal(body, &b.bigTexts)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func pick(from []string, n int) string { return from[n%len(from)] }

func bodyID(n int) string { return fmt.Sprintf("organizace-%03d", n) }

func measureCode(n int) string { return fmt.Sprintf("%d.%d", n/20+1, n%20+1) }

func activityID(n int) string {
	return fmt.Sprintf("%s/%d", measureCode(n%bigMeasures), n/bigMeasures+1)
}

// askeesOf gives who is asked about activity n: the last body in turns of
// twenty has a colleague.
func askeesOf(n int) []string {
	first := n * bigBodies / bigActivities
	if n%20 == 19 {
		return []string{bodyID(first), bodyID((first + 1) % bigBodies)}
	}
	return []string{bodyID(first)}
}

// bigAnswered says whether somebody answered about activity n: a quarter of the
// bodies is silent, a quarter has answered a part.
func bigAnswered(n int) bool {
	switch first := n * bigBodies / bigActivities; {
	case first%4 == 0:
		return false
	case first%4 == 1:
		return n%5 < 2
	}
	return true
}

func (b *bigTown) changes(accounts []engine.Account) []engine.Change {
	first := b.change("furnished", "klatovy")
	first.Municipality = &engine.Municipality{Name: b.Town, Coordinator: engine.Contact{Name: who.Name, Email: "kpss@klatovy.example"},
		SteeringGroup: []engine.Contact{{Name: b.Coordinator, Email: "rs@klatovy.example"}}, Sender: "kpss@klatovy.example",
		Preset: engine.AfterYear, Policy: engine.DefaultPolicy()}
	first.Accounts = accounts
	first.Plans = []engine.Plan{b.plan()}
	first.Organisations = b.organisations()
	season := engine.Season{Plan: "ap2023", Period: engine.Year(2023), State: engine.SeasonOpen, OpenedAt: b.day.AddDate(0, -1, 0), AskedOn: engine.DateOf(b.day)}
	first.Seasons = []engine.Season{season}
	requests := map[string]*engine.Request{}
	for n := range bigActivities {
		first.Activities = append(first.Activities, b.activity(n))
		e, p := b.entry(n)
		first.Entries, first.Proposals = append(first.Entries, e), append(first.Proposals, p...)
		for _, id := range e.Askees {
			if requests[id] == nil {
				requests[id] = b.request(id)
			}
			requests[id].Activities = append(requests[id].Activities, e.Activity)
		}
	}
	for n := range bigBodies {
		first.Requests = append(first.Requests, *requests[bodyID(n)])
	}
	for n := range bigMessages {
		first.Messages = append(first.Messages, b.message(n))
	}
	changes := []engine.Change{first}
	for n := range 500 {
		c := b.change("approved", "ap2023/2023/"+activityID(n*7))
		c.Detail = map[string]string{"from": "planned", "to": "fulfilled", "organisation": bodyID(n)}
		changes = append(changes, c)
	}
	return changes
}

func (b *bigTown) change(event, subject string) engine.Change {
	return engine.Change{At: b.day, Actor: who, Event: event, Subject: subject}
}

func (b *bigTown) plan() engine.Plan {
	p := engine.Plan{ID: "ap2023", Title: b.Plan, Kind: engine.ActionPlan, Start: "2023-01-01", End: "2023-12-31"}
	for n := range bigMeasures {
		if n%20 == 0 {
			p.Areas = append(p.Areas, engine.Area{Code: fmt.Sprint(n/20 + 1), Title: b.Area})
		}
		p.Measures = append(p.Measures, engine.Measure{Code: measureCode(n), Title: b.Measure, Area: fmt.Sprint(n/20 + 1)})
	}
	return p
}

func (b *bigTown) organisations() []engine.Organisation {
	out := []engine.Organisation{{ID: engine.CoordinatorID, Name: b.Coordinator, Kind: engine.KindRole, Contacts: []engine.Contact{{Email: "kpss@klatovy.example"}}}}
	for n := range bigBodies {
		o := engine.Organisation{ID: bodyID(n), Name: fmt.Sprintf("%s %s %d", pick(b.Bodies, n), pick(b.Places, n/7), n), Kind: engine.KindOrganisation,
			Aliases: []string{pick(b.Places, n)}, Contacts: []engine.Contact{{Name: b.Writer, Email: bodyID(n) + "@example.cz"}, {Email: bodyID(n) + "-z@example.cz", Deputy: true}}}
		switch {
		case n%40 == 8:
			o.Contacts[0].Bounces, o.Contacts[1].Bounces = 2, 2
		case n%40 == 12:
			o.Contacts[0].AwayUntil = "2024-02-16"
		case n%40 == 16:
			o.Contacts[1].Proposed = true
		case n%40 == 20:
			o.Contacts = nil
		}
		out = append(out, o)
	}
	return out
}

func (b *bigTown) activity(n int) engine.Activity {
	m := n % bigMeasures
	a := engine.Activity{Plan: "ap2023", ID: activityID(n), Area: fmt.Sprint(m/20 + 1), Measure: measureCode(m), Label: fmt.Sprint(n/bigMeasures+1, "."),
		Title: pick(b.Titles, n), Details: b.Details, ResponsibleRaw: pick(b.Bodies, n/20), Position: m*100 + n/bigMeasures,
		Deadline: engine.Deadline{Raw: "2023", Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Certain: true}}
	for _, id := range askeesOf(n) {
		a.Responsible = append(a.Responsible, engine.Party{Name: id, Kind: engine.KindOrganisation, Organisation: id})
	}
	if n%200 == 19 {
		a.Answers = engine.EachAnswers
	}
	if n%3 == 0 {
		a.Indicators = []engine.Indicator{{Name: "A", Unit: "B", Planned: 60}}
	}
	return a
}

// entry gives an entry with its answers: every tenth answer has two revisions,
// every thirtieth was returned, and of the others two of three are approved.
func (b *bigTown) entry(n int) (engine.Entry, []engine.Proposal) {
	e := engine.Entry{EntryKey: engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: activityID(n)}, State: engine.Planned, Askees: askeesOf(n)}
	if !bigAnswered(n) {
		return e, nil
	}
	status := []engine.State{engine.Fulfilled, engine.Fulfilled, engine.Partial, engine.Unfulfilled, engine.InProgress}[n%5]
	p := engine.Proposal{EntryKey: e.EntryKey, Organisation: e.Askees[0], Revision: 1, Channel: engine.ByLink, By: b.Writer, At: b.day.Add(time.Duration(n%400) * time.Hour),
		State: engine.Pending, Answer: engine.Answer{Status: status, Done: pick(b.Done, n)}}
	if status == engine.Partial || status == engine.Unfulfilled {
		p.Answer.Missing = pick(b.Missing, n)
	}
	e.AnsweredAt, e.Said = p.At, status
	var out []engine.Proposal
	if n%10 == 3 {
		old := p
		old.State, old.Answer.Status = engine.Superseded, engine.InProgress
		out, p.Revision = append(out, old), 2
	}
	switch {
	case n%30 == 7:
		p.State, p.Question, p.DecidedBy, p.DecidedAt, p.ToldOn = engine.Returned, b.Question, who.Name, p.At.Add(time.Hour), engine.DateOf(p.At)
	case n%3 != 0:
		p.State, p.DecidedBy, p.DecidedAt = engine.Approved, who.Name, p.At.Add(time.Hour)
		e.State, e.Narrative, e.Missing, e.ApprovedBy, e.ApprovedAt, e.Source = status, p.Answer.Done, p.Answer.Missing, who.Name, p.DecidedAt, "answer"
		if n%4 != 0 {
			e.NextStep = engine.Close
		}
	}
	return e, append(out, p)
}

func (b *bigTown) request(id string) *engine.Request {
	return &engine.Request{Plan: "ap2023", Period: "2023", Organisation: id, Round: 1, AskedOn: "2024-01-10", AnswerBy: "2024-01-31", Step: 3, LookedOn: "2024-02-06",
		NextOn: "2024-02-09", Written: []engine.Date{"2024-01-10", "2024-01-24", "2024-02-01"}, LinkHash: "link of " + id, ReplyHash: "reply of " + id}
}

// message gives the n-th mail: three letters to every body, then receipts and
// digests. Some came back, failed, or are held.
func (b *bigTown) message(n int) engine.Message {
	id, day := bodyID(n%bigBodies), engine.Date([]string{"2024-01-10", "2024-01-24", "2024-02-01"}[n/bigBodies%3])
	m := engine.Message{Key: fmt.Sprintf("organisation/%s/%s", id, day), Kind: engine.LetterReminder, Organisation: id, To: id + "@example.cz", From: "kpss@klatovy.example",
		Subject: pick(b.Titles, n), MessageID: fmt.Sprintf("%d@klatovy.example", n), Text: pick(b.Done, n), Hash: "0", State: engine.Sent, Attempts: 1}
	if n >= 3*bigBodies {
		m.Key, m.Kind = fmt.Sprintf("receipt/%d", n), engine.LetterReceipt
	}
	m.CreatedAt = b.day.AddDate(0, 0, n/bigBodies%3*10).Add(time.Duration(n) * time.Second)
	m.SentAt = m.CreatedAt.Add(time.Minute)
	switch {
	case n/bigBodies == 2 && n%40 == 8:
		m.State = engine.Bounced
	case n/bigBodies == 2 && n%40 == 24:
		m.State = engine.Failed
	case n/bigBodies == 2 && n%100 == 28:
		m.State = engine.Held
	}
	return m
}
