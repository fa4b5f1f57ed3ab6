package document

import (
	"time"

	"splneno/engine"
)

type jsonArea struct {
	Code     string        `json:"code"`
	Title    string        `json:"title"`
	Totals   jsonTotals    `json:"totals"`
	Measures []jsonMeasure `json:"measures"`
}

type jsonMeasure struct {
	Code         string         `json:"code"`
	Title        string         `json:"title"`
	CrossCutting bool           `json:"cross_cutting"`
	Totals       jsonTotals     `json:"totals"`
	Activities   []jsonActivity `json:"activities"`
}

type jsonActivity struct {
	ID          string          `json:"id"`
	Label       string          `json:"label"`
	Title       string          `json:"title"`
	Details     []string        `json:"details"`
	Tags        []string        `json:"tags"`
	Responsible string          `json:"responsible"`
	Deadline    string          `json:"deadline"`
	Due         string          `json:"due"`
	Status      string          `json:"status"`
	Qualifier   string          `json:"qualifier"`
	Answered    bool            `json:"answered"`
	NoAnswer    bool            `json:"no_answer"`
	Narrative   string          `json:"narrative"`
	Missing     string          `json:"missing"`
	Numbers     []jsonNumber    `json:"numbers"`
	NextStep    string          `json:"next_step"`
	ApprovedBy  string          `json:"approved_by"`
	ApprovedAt  string          `json:"approved_at"`
	Answers     []jsonAnswer    `json:"answers"`
	AskedOn     []engine.Date   `json:"asked_on"`
	Silent      []string        `json:"silent"`
	Lineage     jsonLineage     `json:"lineage"`
	Planned     []jsonIndicator `json:"planned"`
	PostponedTo string          `json:"postponed_to"`
	Onward      jsonOnward      `json:"onward"`
	From        []string        `json:"from"`
	Proof       jsonProof       `json:"proof"`
}

type jsonLineage struct {
	Since   int `json:"since"`
	Carried int `json:"carried"`
}

type jsonNumber struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Value float64 `json:"value"`
	Below int     `json:"below,omitempty"` // the value is not told: it counts fewer persons than this
}

type jsonIndicator struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Planned float64 `json:"planned"`
}

type jsonOnward struct {
	How    string   `json:"how"`
	Titles []string `json:"titles"`
	Reason string   `json:"reason"`
}

type jsonProof struct {
	Line int64  `json:"line"`
	Hash string `json:"hash"`
}

type jsonAnswer struct {
	Organisation string `json:"organisation"`
	Status       string `json:"status"`
	Qualifier    string `json:"qualifier"`
	Text         string `json:"text"`
	TextHash     string `json:"text_hash"`
	Channel      string `json:"channel"`
	At           string `json:"at"`
	Decision     string `json:"decision"`
}

func jsonAreaOf(a engine.AreaResult) jsonArea {
	return jsonArea{Code: a.Code, Title: a.Title, Totals: jsonTotals(a.Totals), Measures: mapped(a.Measures, jsonMeasureOf)}
}

func (a jsonArea) value() engine.AreaResult {
	return engine.AreaResult{Code: a.Code, Title: a.Title, Totals: engine.Totals(a.Totals), Measures: read(a.Measures, jsonMeasure.value)}
}

func jsonMeasureOf(m engine.MeasureResult) jsonMeasure {
	return jsonMeasure{Code: m.Code, Title: m.Title, CrossCutting: m.CrossCutting, Totals: jsonTotals(m.Totals),
		Activities: mapped(m.Activities, jsonActivityOf)}
}

func (m jsonMeasure) value() engine.MeasureResult {
	return engine.MeasureResult{Code: m.Code, Title: m.Title, CrossCutting: m.CrossCutting, Totals: engine.Totals(m.Totals),
		Activities: read(m.Activities, jsonActivity.value)}
}

func jsonActivityOf(r engine.ActivityResult) jsonActivity {
	return jsonActivity{ID: r.ID, Label: r.Label, Title: r.Title, Details: list(r.Details), Tags: list(r.Tags), Responsible: r.Responsible,
		Deadline: r.Deadline, Due: string(r.Due), Status: string(r.Status), Qualifier: r.Qualifier, NoAnswer: r.NoAnswer, Answered: r.Answered,
		Narrative: r.Narrative, Missing: r.Missing, NextStep: string(r.NextStep), ApprovedBy: r.ApprovedBy, ApprovedAt: instant(r.ApprovedAt),
		Numbers: mapped(r.Numbers, func(n engine.Number) jsonNumber { return jsonNumber(n) }),
		Answers: mapped(r.Answers, jsonAnswerOf), AskedOn: list(r.AskedOn), Silent: list(r.Silent), Lineage: jsonLineage(r.Lineage),
		Planned:     mapped(r.Planned, func(i engine.Indicator) jsonIndicator { return jsonIndicator(i) }),
		PostponedTo: string(r.PostponedTo), Onward: jsonOnward{string(r.Onward.How), list(r.Onward.Titles), r.Onward.Reason},
		From: list(r.From), Proof: jsonProof(r.Proof)}
}

func (r jsonActivity) value() engine.ActivityResult {
	return engine.ActivityResult{ID: r.ID, Label: r.Label, Title: r.Title, Details: some(r.Details), Tags: some(r.Tags), Responsible: r.Responsible,
		Deadline: r.Deadline, Due: engine.Date(r.Due), Status: engine.State(r.Status), Qualifier: r.Qualifier, NoAnswer: r.NoAnswer, Answered: r.Answered,
		Narrative: r.Narrative, Missing: r.Missing, NextStep: engine.NextStep(r.NextStep), ApprovedBy: r.ApprovedBy, ApprovedAt: moment(r.ApprovedAt),
		Numbers: read(r.Numbers, func(n jsonNumber) engine.Number { return engine.Number(n) }),
		Answers: read(r.Answers, jsonAnswer.value), AskedOn: some(r.AskedOn), Silent: some(r.Silent), Lineage: engine.Lineage(r.Lineage),
		Planned:     read(r.Planned, func(i jsonIndicator) engine.Indicator { return engine.Indicator(i) }),
		PostponedTo: engine.Date(r.PostponedTo), Onward: engine.Onward{How: engine.CarryHow(r.Onward.How), Titles: some(r.Onward.Titles), Reason: r.Onward.Reason},
		From: some(r.From), Proof: engine.Proof(r.Proof)}
}

func jsonAnswerOf(a engine.GivenAnswer) jsonAnswer {
	return jsonAnswer{Organisation: a.Organisation, Status: string(a.Status), Qualifier: a.Qualifier, Text: a.Text, TextHash: a.TextHash,
		Channel: string(a.Channel), At: instant(a.At), Decision: string(a.Decision)}
}

func (a jsonAnswer) value() engine.GivenAnswer {
	return engine.GivenAnswer{Organisation: a.Organisation, Status: engine.State(a.Status), Qualifier: a.Qualifier, Text: a.Text, TextHash: a.TextHash,
		Channel: engine.Channel(a.Channel), At: moment(a.At), Decision: engine.ProposalState(a.Decision)}
}

// moment reads what instant wrote. A text that is none is the zero time: the
// digest then tells that something was changed.
func moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

func read[A, B any](in []A, f func(A) B) []B {
	var out []B
	for _, a := range in {
		out = append(out, f(a))
	}
	return out
}

// some gives nil for an empty list, as the engine has it.
func some[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
