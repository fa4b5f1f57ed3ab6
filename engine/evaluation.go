package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// An EvaluationState says how far an evaluation is.
type EvaluationState string

// The states of an evaluation.
const (
	EvaluationDraft    EvaluationState = "draft"
	EvaluationApproved EvaluationState = "approved"
)

// An Evaluation is what became of a plan in a period, whole: every document
// made of it says the same. Approval freezes it; a later correction is a new
// one with the next number, and says why.
type Evaluation struct {
	Municipality string
	Plan         string // id
	PlanTitle    string
	Funding      string
	Levels       Levels
	Period       Period
	State        EvaluationState
	Number       int    // 1, then restatements 2, 3, …
	Reason       string // of a restatement
	MadeAt       time.Time
	Totals       Totals
	Asked        int               // organisations asked
	Answered     int               // of them, those that answered anything
	Silent       int               // of them, those without an answer about a unit nobody, or not each, answered about
	Foreword     string            `json:",omitempty"` // the coordinator's own words before the results, "" for none
	Conclusion   string            `json:",omitempty"` // and after them
	StatusNames  map[string]string `json:",omitempty"` // the municipality's own words of statuses; see [Settings]
	Continues    []string          `json:",omitempty"` // ids of the older plans its activities were carried over from
	Areas        []AreaResult
	Changes      []string // restatement: ids of units that differ from the number before

	Territory  string       `json:",omitempty"`
	Approvals  []Approval   `json:",omitempty"` // what bodies decided about the plan, its own approval first
	Asking     Asking       `json:",omitzero"`
	Unheard    []Unheard    `json:",omitempty"` // bodies that were written to and owe an answer
	Years      []YearTotals `json:",omitempty"` // this period last, those before it first
	Services   []Service    `json:",omitempty"`
	Projects   []Project    `json:",omitempty"`
	Next       NextPart     `json:",omitzero"`
	Edits      []Edit       `json:",omitempty"`
	Changed    []RowChange  `json:",omitempty"` // what of the rows in Changes differs, in their order
	Publicized bool         `json:",omitempty"` // the version for everybody, which leaves out what is not for everybody

	FrozenAt time.Time
	FrozenBy string
	Hash     string
	First    bool     `json:",omitempty"` // frozen by version 0.1.0, which hashed less of a row; see Digest
	People   []string `json:",omitempty"` // names its texts may hold, as people were known when it was approved: for the version for everybody, told to nobody
	Demo     bool     // made of demo answers
	Version  int
}

// An AreaResult is one area of an evaluation; cross-cutting measures come last,
// in an area with the code "".
type AreaResult struct {
	Code, Title string
	Totals      Totals
	Measures    []MeasureResult
}

// A MeasureResult is one measure: one table of four columns.
type MeasureResult struct {
	Code, Title  string
	CrossCutting bool
	Totals       Totals
	Activities   []ActivityResult
}

// An ActivityResult is one row.
type ActivityResult struct {
	ID, Label, Title string
	Details          []string
	Tags             []string
	Responsible      string // the parties, apart from one another
	Deadline         string
	Due              Date
	Status           State
	Qualifier        string
	NoAnswer         bool // nobody answered: said beside the status, never as one
	Answered         bool
	Narrative        string
	Missing          string
	Numbers          []Number
	NextStep         NextStep
	ApprovedBy       string
	ApprovedAt       time.Time
	Answers          []GivenAnswer
	AskedOn          []Date   // days the bodies were written to, for a silent one
	Silent           []string // where each answers: names of bodies that did not, though another did
	Lineage          Lineage

	Planned     []Indicator `json:",omitempty"` // the figures it promised
	PostponedTo Date        `json:",omitempty"`
	Onward      Onward      `json:",omitzero"`  // how it goes on, beside NextStep
	From        []string    `json:",omitempty"` // "plan/id" of what it continues
	Proof       Proof       `json:",omitzero"`  // the journal's line that made the result official
}

// A GivenAnswer is one organisation's latest answer behind a row.
type GivenAnswer struct {
	Organisation string
	Status       State
	Qualifier    string
	Text         string
	TextHash     string `json:",omitempty"` // SHA-256 of Text in hexadecimal digits: what the digest covers, so that it fits where Text is left out
	Channel      Channel
	At           time.Time
	Decision     ProposalState
}

// Totals counts units; each is in exactly one count.
type Totals struct {
	All, Fulfilled, AnotherForm, Partial, Unfulfilled, InProgress, Planned, Unknown, NoAnswer int
}

// Add counts one row.
func (t *Totals) Add(r ActivityResult) { t.Count(r.Result(), 1) }

// Count adds n units under the name of a count, as [Totals.Shares] spells it.
func (t *Totals) Count(name string, n int) {
	t.All += n
	switch name {
	case "no_answer":
		t.NoAnswer += n
	case AnotherForm:
		t.AnotherForm += n
	case string(Fulfilled):
		t.Fulfilled += n
	case string(Partial):
		t.Partial += n
	case string(Unfulfilled):
		t.Unfulfilled += n
	case string(InProgress):
		t.InProgress += n
	case string(Planned):
		t.Planned += n
	default:
		t.Unknown += n
	}
}

// Result gives the name of the one count a row belongs to.
func (r ActivityResult) Result() string {
	switch {
	case r.NoAnswer:
		return "no_answer"
	case r.Status == Fulfilled && r.Qualifier == AnotherForm:
		return AnotherForm
	case r.Status.Known():
		return string(r.Status)
	}
	return string(StateUnknown)
}

// A Share is one count of a [Totals] and its share of all, in tenths of a percent.
type Share struct {
	Name    string // "fulfilled", "another_form", …: the name of the count
	Count   int
	PerMill int
}

// Shares gives every count with its share. The shares add up to exactly 1000
// (the largest remainders are rounded up); without units all are 0.
func (t Totals) Shares() []Share {
	shares := []Share{
		{Name: "fulfilled", Count: t.Fulfilled}, {Name: "another_form", Count: t.AnotherForm},
		{Name: "partial", Count: t.Partial}, {Name: "unfulfilled", Count: t.Unfulfilled},
		{Name: "in_progress", Count: t.InProgress}, {Name: "planned", Count: t.Planned},
		{Name: "unknown", Count: t.Unknown}, {Name: "no_answer", Count: t.NoAnswer},
	}
	apportion(shares, t.All)
	return shares
}

// apportion gives each count its share of all. The shares add up to exactly
// 1000: the largest remainders are rounded up. Of nothing, all are 0.
func apportion(shares []Share, all int) {
	if all == 0 {
		return
	}
	left := 1000
	for i := range shares {
		shares[i].PerMill = shares[i].Count * 1000 / all
		left -= shares[i].PerMill
	}
	for ; left > 0; left-- {
		best := 0
		for i, s := range shares {
			if s.Count*1000-s.PerMill*all > shares[best].Count*1000-shares[best].PerMill*all {
				best = i
			}
		}
		shares[best].PerMill++
	}
}

// Digest gives the hash that approval freezes: SHA-256 over what a reader is
// told, in the order it is told; of the answers in their own words only the
// hash of each. It can be computed again from the JSON document, and does not
// cover how far the document is (state, version, hash).
func (e Evaluation) Digest() (string, error) {
	first := e.First
	e = e.Told()
	e.State, e.Hash, e.FrozenAt, e.FrozenBy, e.MadeAt, e.Version, e.First = "", "", time.Time{}, "", time.Time{}, 0, false
	body, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("evaluation digest: %w", err)
	}
	if first { // these were not there to be hashed, not even empty
		none, err := json.Marshal(Lineage{})
		if err != nil {
			return "", fmt.Errorf("evaluation digest: %w", err)
		}
		body = bytes.ReplaceAll(body, append([]byte(`,"Silent":null,"Lineage":`), none...), nil)
	}
	h := sha256.Sum256(body)
	return hex.EncodeToString(h[:]), nil
}

// Head gives the evaluation without its rows and what grows with them: what a
// page shows of it that does not list them. Totals, words, days and what bodies
// decided stay; of a restatement the ids of its changed rows.
func (e Evaluation) Head() Evaluation {
	e.Unheard, e.Services, e.Projects, e.Next, e.Edits, e.Changed = nil, nil, nil, NextPart{}, nil, nil
	areas := make([]AreaResult, len(e.Areas))
	for i, a := range e.Areas {
		areas[i] = AreaResult{Code: a.Code, Title: a.Title, Totals: a.Totals}
	}
	e.Areas = areas
	return e
}

// Rows gives every unit in order.
func (e Evaluation) Rows() []ActivityResult {
	var rows []ActivityResult
	for _, a := range e.Areas {
		for _, m := range a.Measures {
			rows = append(rows, m.Activities...)
		}
	}
	return rows
}
