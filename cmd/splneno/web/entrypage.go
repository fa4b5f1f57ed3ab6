package web

import (
	"net/http"

	"splneno/engine"
)

// An entryPage is one entry with its answers, its history and the forms that
// change it.
type entryPage struct {
	May      bool
	Reason   string // why the last form was not taken, key of the catalogue
	Plan     engine.Plan
	Season   engine.Season
	Activity engine.Activity
	Entry    engine.Entry
	Due      engine.Date
	Askees   []string
	Answers  []engine.Proposal // the newest of each organisation
	Names    map[string]engine.Organisation
	Back     bool // taking the result back puts an answer into the queue
	History  []happening
	Form     entryForm
}

// An entryForm is what was typed into one of the forms of an entry.
type entryForm struct {
	Action   string
	Reason   string
	Source   string
	Note     string
	Typed    typed
	NextStep engine.NextStep
	Until    string // of a postponed activity, as typed
	Faults   map[string]string
}

// Path gives the page's own address.
func (p entryPage) Path() string { return entryPath(p.Entry.EntryKey) }

// List gives the way to all entries of the season.
func (p entryPage) List() string { return seasonPath("aktivity", p.Plan.ID, p.Season.Period.ID) }

// Final reports whether the entry has a yearly result.
func (p entryPage) Final() bool { return p.Entry.State.Final() }

// Reopens reports whether there is a result to take back.
func (p entryPage) Reopens() bool { return p.Final() || p.Back }

// Ref names an answer.
func (entryPage) Ref(a engine.Proposal) answerRef { return refOf(a) }

// Choices lists the statuses offered.
func (entryPage) Choices() []choice { return choices }

// Steps lists the next steps offered.
func (entryPage) Steps() []engine.NextStep { return engine.NextSteps() }

func entryKey(v visit) engine.EntryKey {
	return engine.EntryKey{Plan: v.r.PathValue("plan"), Period: v.r.PathValue("period"), Activity: v.r.PathValue("id")}
}

func (s *site) showEntry(v visit) error {
	p, err := readEntry(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "entry", p)
}

func readEntry(v visit) (entryPage, error) {
	ctx, k := v.r.Context(), entryKey(v)
	p := entryPage{May: v.may(engine.RightDecide, v.today())}
	var err error
	if p.Plan, err = v.office.Records.Plan(ctx, k.Plan); err != nil {
		return p, err
	}
	if p.Season, err = v.office.Records.Season(ctx, k.Plan, k.Period); err != nil {
		return p, err
	}
	activities, err := v.office.Records.Activities(ctx, k.Plan, k.Activity)
	if err != nil {
		return p, err
	}
	entries, err := v.office.Records.Entries(ctx, k.Plan, k.Period, k.Activity)
	if err != nil {
		return p, err
	}
	if len(activities) == 0 || len(entries) == 0 {
		return p, engine.Errorf(engine.NotFound, "plan %s has no activity %s in %s", k.Plan, k.Activity, k.Period)
	}
	p.Activity, p.Entry = activities[0], entries[0]
	p.Due = p.Activity.Deadline.DueIn(p.Season.Period)
	p.Form.Typed.Numbers = make([]string, len(p.Activity.Indicators))
	return p, p.gather(v)
}

// gather sets who was asked and what was said.
func (p *entryPage) gather(v visit) error {
	ctx := v.r.Context()
	all, err := v.office.Records.Proposals(ctx, p.Plan.ID, p.Season.Period.ID, p.Activity.ID)
	if err != nil {
		return err
	}
	if p.Names, err = organisations(ctx, v.office); err != nil {
		return err
	}
	for _, id := range p.Entry.Askees {
		p.Askees = append(p.Askees, p.Names[id].Name)
	}
	p.Answers = engine.Newest(all)
	if p.Season.State == engine.SeasonOpen && p.May {
		c, err := engine.ReopenEntry(p.Entry, "?", v.who, v.office.Now(), all...)
		p.Back = err == nil && len(c.Proposals) > 0
	}
	p.History, err = historyOf(v, p.Season, p.Entry, p.Names)
	return err
}
