package web

import (
	"context"
	"net/url"
	"slices"

	"splneno/cmd/splneno/web/differ"
	"splneno/engine"
	"splneno/workflows"
)

// shortText is how much of a text the queue shows, in characters: a page of
// twenty answers is to stay small. The page of the answer shows the whole. A
// difference that is marked counts for markLength characters more.
const (
	shortText  = 250
	markLength = 40
)

// A queueItem is one answer beside what it is compared to.
type queueItem struct {
	workflows.QueueItem
	May, Full bool // forms are shown; nothing is cut
	Place     int  // on the page, from 1
	Due       engine.Date
	Names     map[string]engine.Organisation
	// Blocked: no step leads from the official state to the one proposed; the
	// entry must be reopened first. Official: a result stands already.
	Blocked, Official bool
	SentBack          *engine.Proposal // the revision before, when it was sent back with a question
	Done, Missing     compared
	Figures           []figure
	Back              string // where a decision leads to
	Form              decisionForm
}

// compared is a text beside the one it is compared to.
type compared struct {
	Old, New       []differ.Run
	Marked         bool // differences are marked word by word
	OldCut, NewCut bool
}

// A figure is one indicator: promised, said before, said now.
type figure struct {
	Name, Unit  string
	Planned     float64
	Before, Now *float64
}

func newQueueItem(it workflows.QueueItem, names map[string]engine.Organisation) queueItem {
	q := queueItem{QueueItem: it, Names: names, Due: it.Activity.Deadline.DueIn(it.Period), Official: !it.Entry.ApprovedAt.IsZero(),
		Form: decisionForm{Typed: typedOf(it.Proposal.Answer, it.Activity.Indicators)}}
	_, err := engine.EventTo(it.Entry.State, it.Proposal.Answer.Status)
	q.Blocked = err != nil && q.Said()
	q.compare()
	return q
}

// compare sets the texts and figures beside those of the revision that was sent
// back, or else of the last time.
func (q *queueItem) compare() {
	var old engine.Answer
	if n := len(q.Earlier); n > 0 {
		if p := q.Earlier[n-1]; p.Question != "" {
			q.SentBack, old = &p, p.Answer
		}
	}
	if q.SentBack == nil && q.Before != nil {
		old = engine.Answer{Done: q.Before.Narrative, Missing: q.Before.Missing, Numbers: q.Before.Numbers}
	}
	now := q.Proposal.Answer
	q.Done, q.Missing = compare(old.Done, now.Done), compare(old.Missing, now.Missing)
	q.Figures = figures(q.Activity.Indicators, old.Numbers, now.Numbers)
}

func compare(old, now string) compared {
	c := compared{}
	c.Old, c.New, c.Marked = differ.Words(old, now)
	c.Marked = c.Marked && old != "" && now != ""
	return c
}

// short cuts the texts to what the queue shows.
func (c compared) short() compared {
	c.Old, c.OldCut = cut(c.Old, c.Marked)
	c.New, c.NewCut = cut(c.New, c.Marked)
	return c
}

func cut(runs []differ.Run, marked bool) ([]differ.Run, bool) {
	left := shortText
	for i, r := range runs {
		if r.Only && marked {
			left -= markLength
		}
		if left <= 0 {
			return append(slices.Clone(runs[:i]), differ.Run{Text: "…"}), true
		}
		text := []rune(r.Text)
		if len(text) > left {
			short := append(slices.Clone(runs[:i]), differ.Run{Text: string(text[:left]) + "…", Only: r.Only})
			return short, true
		}
		left -= len(text)
	}
	return runs, false
}

// Texts gives the two texts of the answer as they are shown, by key of the
// catalogue.
func (q queueItem) Texts() []labelled {
	out := []labelled{{"queue.done", q.Done}, {"queue.missing", q.Missing}}
	if !q.Said() {
		out[0].Key = "queue.text"
	}
	for i := range out {
		if !q.Full {
			out[i].compared = out[i].short()
		}
	}
	return out
}

// labelled is a text with what it is called.
type labelled struct {
	Key string
	compared
}

// figures puts numbers under their indicators; what has no indicator stands by
// its own name.
func figures(indicators []engine.Indicator, before, now []engine.Number) []figure {
	var out []figure
	at := func(n engine.Number) *figure {
		i := slices.IndexFunc(out, func(f figure) bool { return f.Name == n.Name })
		if i < 0 {
			i, out = len(out), append(out, figure{Name: n.Name, Unit: n.Unit})
		}
		return &out[i]
	}
	for _, in := range indicators {
		out = append(out, figure{Name: in.Name, Unit: in.Unit, Planned: in.Planned})
	}
	for _, n := range before {
		at(n).Before = &n.Value
	}
	for _, n := range now {
		at(n).Now = &n.Value
	}
	return out
}

// Choices lists the statuses offered.
func (queueItem) Choices() []choice { return choices }

// Steps lists the next steps offered.
func (queueItem) Steps() []engine.NextStep { return engine.NextSteps() }

// Said reports whether the answer has a status. One without is approved only
// with a status the coordinator chooses.
func (q queueItem) Said() bool { return q.Proposal.Answer.Status.Known() }

// Riskless reports whether the answer may be approved together with others.
func (q queueItem) Riskless() bool { return len(q.Risks) == 0 }

// Approvable reports whether it may be approved as it is.
func (q queueItem) Approvable() bool { return q.Said() && !q.Blocked }

// Ref names the answer.
func (q queueItem) Ref() answerRef { return refOf(q.Proposal) }

// Page gives the way to a field on the page of the answer, and back.
func (q queueItem) Page(field string) string {
	return q.Ref().Page() + "&" + url.Values{"kam": {q.Back}}.Encode() + "#" + field
}

// Cut reports whether a text is not shown whole.
func (q queueItem) Cut() bool {
	return slices.ContainsFunc(q.Texts(), func(t labelled) bool { return t.OldCut || t.NewCut })
}

// Imported gives the word an imported evaluation printed, where nothing was
// approved here before.
func (q queueItem) Imported() string {
	if q.Before == nil {
		return q.Activity.StatusRaw
	}
	return ""
}

// EntryPage gives the way to the entry.
func (q queueItem) EntryPage() string { return entryPath(q.Proposal.EntryKey) }

// namesOf gives the organisations that answered about the same activities.
func namesOf(v visit, items []workflows.QueueItem) (map[string]engine.Organisation, error) {
	var ids []string
	for _, it := range items {
		for _, p := range it.Others {
			ids = append(ids, p.Organisation)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	found, err := v.office.Records.Organisations(v.r.Context(), slices.Compact(ids)...)
	return engine.OrganisationsByID(found), err
}

// organisations gives every organisation by id.
func organisations(ctx context.Context, o *workflows.Office) (map[string]engine.Organisation, error) {
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	return engine.OrganisationsByID(all), nil
}
