package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"splneno/engine"
)

// A world is a random year: random activities of one or two bodies under every
// rule, outages, answers, decisions and a promise that comes late, looked at day by day. What is held against it is kept apart from the engine.
type world struct {
	*book
	r       *rand.Rand
	workday engine.Workdays
	down    map[engine.Date]bool
	silent  map[string]bool                     // bodies that never answer
	said    map[string]map[engine.Date][]string // body → day → activities in the letter, "!" for an escalation
	active  []engine.Date                       // working days on which the letters ran
	grows   engine.Date                         // the day the plan gets one promise more
	born    map[string]engine.Date              // promises that came later
}

const lastDay = engine.Date("2024-12-31")

// Over random years nobody is written to twice a day or beyond the cap, about
// anything settled, and nothing that fell due stays unsaid.
func TestRandomYears(t *testing.T) {
	for seed := range uint64(150) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t, dice(t, seed))
			for d := engine.Date("2023-02-01"); d <= lastDay; d = d.AddDays(1) {
				if d == "2024-01-10" {
					w.ask(d, d)
				}
				if d == w.grows {
					w.grow(d)
				}
				w.people(d)
				if w.workday.Works(d) && !w.down[d] {
					w.active = append(w.active, d)
					w.letters(d)
				}
			}
			w.checkReminders()
			w.checkSilent()
			w.checkJournal()
		})
	}
}

func newWorld(t *testing.T, r *rand.Rand) *world {
	m := town()
	m.Policy.SeasonCap = 2 + r.IntN(8)
	var list []engine.Activity
	for i := range 1 + r.IntN(6) {
		list = append(list, anyPromise(r, fmt.Sprint("1.1/", i+1)))
	}
	w := &world{book: open(t, m, "2023-02-01", list...), r: r, workday: engine.NewWorkdays(nil), down: map[engine.Date]bool{},
		silent: map[string]bool{}, said: map[string]map[engine.Date][]string{}, born: map[string]engine.Date{},
		grows: engine.Date("2023-02-02").AddDays(r.IntN(390))}
	for range r.IntN(5) {
		from := engine.Date("2023-02-01").AddDays(r.IntN(500))
		for n := range 1 + r.IntN(1<<r.IntN(8)) { // up to four months, mostly short
			w.down[from.AddDays(n)] = true
		}
	}
	for _, id := range []string{mess, char, engine.CoordinatorID} {
		w.silent[id], w.said[id] = r.IntN(3) == 0, map[engine.Date][]string{}
	}
	return w
}

// anyPromise gives a promise of one body, or of two under any rule.
func anyPromise(r *rand.Rand, id string) engine.Activity {
	d := engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true}
	if r.IntN(3) > 0 {
		d = by(engine.Date("2023-03-01").AddDays(r.IntN(306)))
	}
	who := []string{mess, char, engine.CoordinatorID}
	r.Shuffle(len(who), func(i, j int) { who[i], who[j] = who[j], who[i] })
	a := promise(id, "1.1", who[0], d)
	if r.IntN(2) == 0 {
		a.Responsible = append(a.Responsible, promise(id, "1.1", who[1], d).Responsible...)
		a.Answers = []engine.AnswerRule{engine.AnyAnswers, engine.LeadAnswers, engine.EachAnswers}[r.IntN(3)]
	}
	return a
}

// grow adds a promise to the plan; items already asked about keep their numbers.
func (w *world) grow(d engine.Date) {
	before := map[string][]string{}
	for _, id := range w.askees() {
		before[id] = w.requests[id].Activities
	}
	a := anyPromise(w.r, "1.1/0")
	w.born[a.ID] = d
	w.activities = append([]engine.Activity{a}, w.activities...)
	w.extend(d)
	for id, items := range before {
		if now := w.requests[id].Activities; !slices.Equal(now[:len(items)], items) {
			w.t.Fatalf("%s: the items of %s were renumbered: %v, before %v", d, id, now, items)
		}
	}
}

// people lets bodies answer and the coordinator decide, now and then.
func (w *world) people(d engine.Date) {
	for _, id := range w.askees() {
		c := w.caseOf(id)
		e := c.Entries[w.r.IntN(len(c.Entries))]
		p, answered := w.proposals[e.Activity+"|"+id]
		switch {
		case w.silent[id] || len(c.Request.Written) == 0:
		case w.r.IntN(40) == 0 && (!answered || p.State == engine.Returned):
			w.answer(id, e.Activity, engine.Answer{Status: engine.InProgress, Done: fmt.Sprint("Stav ke dni ", d)}, d)
		case answered && p.State == engine.Pending && w.r.IntN(15) == 0:
			w.giveBack(id, e.Activity, d)
		case answered && p.State == engine.Pending && w.r.IntN(15) == 0:
			w.apply(must(w.t)(engine.Approve(w.entries[e.Activity], p, nil,
				engine.Verdict{Shown: p.Revision, Answer: fulfilled}, jana, at(d))))
		}
	}
}

// letters runs the letters of a day, and checks each.
func (w *world) letters(d engine.Date) {
	for _, id := range w.askees() {
		open := w.open(id)
		notDue := w.requests[id].NextOn == "" || w.requests[id].NextOn > d
		if n := engine.Look(w.caseOf(id), d); notDue && (n.Letter != nil || n.Escalate != nil) {
			w.t.Fatalf("%s: %s is to be told something, but would not have been looked at before %q", d, id, w.requests[id].NextOn)
		}
		letters := 0
		for _, n := range w.look(id, d) {
			if n.Escalate != nil {
				w.said[id][d] = append(w.said[id][d], "!")
				if id == engine.CoordinatorID {
					w.t.Fatalf("%s: the coordinator is told about herself", d)
				}
				continue
			}
			letters++
			for _, it := range n.Letter.Items {
				if !slices.Contains(open, it.Activity) {
					w.t.Fatalf("%s: %s is asked about %s, which is settled", d, id, it.Activity)
				}
				w.said[id][d] = append(w.said[id][d], it.Activity)
			}
		}
		if written := w.requests[id].Written; letters > 1 || len(written) > w.m.Policy.SeasonCap || !slices.IsSorted(written) {
			w.t.Fatalf("%s: %s got %d letters today, written to on %v", d, id, letters, written)
		}
		for _, p := range w.proposals {
			if p.Organisation == id && p.State == engine.Returned && p.ToldOn == "" {
				w.t.Fatalf("%s: the question about %s is not told to %s", d, p.Activity, id)
			}
		}
	}
}

// open gives what a body still owes, in the words of the design.
func (w *world) open(id string) (open []string) {
	for _, activity := range w.requests[id].Activities {
		own, answered := w.proposals[activity+"|"+id]
		newest, known := own, answered
		if w.rule(activity) != engine.EachAnswers {
			for _, p := range w.proposals {
				if p.Activity == activity && p.At.After(newest.At) {
					newest, known = p, true
				}
			}
		}
		old := known && w.requests[id].Round > 0 && engine.DateOf(newest.At) < w.requests[id].AskedOn && !newest.Answer.Status.Final()
		if (!known || old) && !w.entries[activity].State.Final() || own.State == engine.Returned {
			open = append(open, activity)
		}
	}
	return open
}

func (w *world) rule(activity string) engine.AnswerRule {
	return w.activities[slices.IndexFunc(w.activities, func(a engine.Activity) bool { return a.ID == activity })].Answers
}

// owed reports whether a silent body was never freed from its answer about an
// activity: by nobody else's, and by no result.
func (w *world) owed(a engine.Activity, id string) bool {
	if a.Answers == engine.LeadAnswers && id != a.Responsible[0].Organisation || w.entries[a.ID].State.Final() || !w.silent[id] {
		return false
	}
	return a.Answers != engine.AnyAnswers || !slices.ContainsFunc(a.Responsible, func(p engine.Party) bool { return !w.silent[p.Organisation] })
}

// checkReminders: every reminder day of an activity nobody ever answered about
// was spoken of on the first day the letters ran, to the body or, beyond the
// cap, to the coordinator.
func (w *world) checkReminders() {
	for _, a := range w.activities {
		for _, p := range a.Responsible {
			if w.owed(a, p.Organisation) && a.Deadline.Due != "" {
				w.checkReminded(a, p.Organisation)
			}
		}
	}
}

func (w *world) checkReminded(a engine.Activity, id string) {
	for _, ahead := range w.m.Policy.DeadlineAhead {
		day := w.workday.OnOrAfter(a.Deadline.Due.AddDays(-ahead))
		i, _ := slices.BinarySearch(w.active, day)
		if i == len(w.active) || day < "2023-02-01" || day <= w.born[a.ID] || day > a.Deadline.Due {
			continue
		}
		told := w.said[id][w.active[i]]
		capped := len(w.requests[id].Written) == w.m.Policy.SeasonCap
		if !slices.Contains(told, a.ID) && !(capped && (id == engine.CoordinatorID || slices.Contains(told, "!"))) {
			w.t.Errorf("%s is due on %s: nothing was said on %s, only %v", a.ID, a.Deadline.Due, w.active[i], w.said[id])
		}
	}
}

// checkSilent: who never answered was asked, and the coordinator knows.
func (w *world) checkSilent() {
	for id, silent := range w.silent {
		if !silent || id == engine.CoordinatorID || len(w.open(id)) == 0 {
			continue
		}
		escalated := false
		for day, told := range w.said[id] {
			escalated = escalated || day > "2024-01-10" && slices.Contains(told, "!")
		}
		if !escalated {
			w.t.Errorf("%s stayed silent and was never escalated: %v", id, w.said[id])
		}
	}
}

// checkJournal: the state of every entry is the fold of its journalled steps.
func (w *world) checkJournal() {
	for id, e := range w.entries {
		state := engine.Planned
		for _, c := range w.journal {
			if c.Detail["to"] == "" || c.Entries[0].Activity != id {
				continue
			}
			if c.Detail["from"] != string(state) {
				w.t.Errorf("%s: the journal moves it from %s, but it stood at %s", id, c.Detail["from"], state)
			}
			state = engine.State(c.Detail["to"])
		}
		if state != e.State {
			w.t.Errorf("%s stands at %s, its journal leads to %s", id, e.State, state)
		}
	}
}
