package document

import (
	_ "embed"
	"encoding/json"
	"maps"

	"splneno/engine"
)

//go:embed evaluation.schema.json
var schema []byte

// Schema gives the JSON Schema of the open data. It must not be changed.
func Schema() []byte { return schema }

// openData writes the evaluation as published data. Everything the digest of
// [engine.Evaluation.Digest] covers is in it.
func openData(p engine.Print) ([]byte, error) {
	e := p.Evaluation
	out := jsonEvaluation{Plan: e.PlanTitle, PlanID: e.Plan, Municipality: e.Municipality, Period: e.Period.ID,
		PeriodStart: string(e.Period.Start), PeriodEnd: string(e.Period.End), State: string(e.State), Number: e.Number, Reason: e.Reason,
		Demo: e.Demo, Funding: e.Funding, Levels: jsonLevels(e.Levels), Asked: e.Asked, Answered: e.Answered, Silent: e.Silent,
		Foreword: e.Foreword, Conclusion: e.Conclusion, StatusNames: map[string]string{}, Continues: list(e.Continues),
		Totals: jsonTotals(e.Totals), Changes: list(e.Changes), Areas: mapped(e.Areas, jsonAreaOf)}
	maps.Copy(out.StatusNames, e.StatusNames)
	if e.State == engine.EvaluationApproved {
		out.Frozen = &jsonFrozen{At: instant(e.FrozenAt), By: e.FrozenBy, Hash: e.Hash, Number: e.Number}
	}
	b, err := json.MarshalIndent(out, "", "  ")
	return append(b, '\n'), err
}

type jsonEvaluation struct {
	Plan         string            `json:"plan"`
	PlanID       string            `json:"plan_id"`
	Municipality string            `json:"municipality"`
	Period       string            `json:"period"`
	PeriodStart  string            `json:"period_start"`
	PeriodEnd    string            `json:"period_end"`
	State        string            `json:"state"`
	Number       int               `json:"number"`
	Reason       string            `json:"reason"`
	Demo         bool              `json:"demo"`
	Funding      string            `json:"funding"`
	Levels       jsonLevels        `json:"levels"`
	Frozen       *jsonFrozen       `json:"frozen"`
	Asked        int               `json:"asked"`
	Answered     int               `json:"answered"`
	Silent       int               `json:"silent"`
	Foreword     string            `json:"foreword"`
	Conclusion   string            `json:"conclusion"`
	StatusNames  map[string]string `json:"status_names"`
	Continues    []string          `json:"continues"`
	Totals       jsonTotals        `json:"totals"`
	Changes      []string          `json:"changes"`
	Areas        []jsonArea        `json:"areas"`
}

type jsonLevels struct {
	Above    string `json:"above"`
	Area     string `json:"area"`
	Measure  string `json:"measure"`
	Activity string `json:"activity"`
}

type jsonFrozen struct {
	At     string `json:"at"`
	By     string `json:"by"`
	Hash   string `json:"hash"`
	Number int    `json:"number"`
}

type jsonTotals struct {
	All         int `json:"all"`
	Fulfilled   int `json:"fulfilled"`
	AnotherForm int `json:"another_form"`
	Partial     int `json:"partial"`
	Unfulfilled int `json:"unfulfilled"`
	InProgress  int `json:"in_progress"`
	Planned     int `json:"planned"`
	Unknown     int `json:"unknown"`
	NoAnswer    int `json:"no_answer"`
}

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
	ID          string        `json:"id"`
	Label       string        `json:"label"`
	Title       string        `json:"title"`
	Details     []string      `json:"details"`
	Tags        []string      `json:"tags"`
	Responsible string        `json:"responsible"`
	Deadline    string        `json:"deadline"`
	Due         string        `json:"due"`
	Status      string        `json:"status"`
	Qualifier   string        `json:"qualifier"`
	Answered    bool          `json:"answered"`
	NoAnswer    bool          `json:"no_answer"`
	Narrative   string        `json:"narrative"`
	Missing     string        `json:"missing"`
	Numbers     []jsonNumber  `json:"numbers"`
	NextStep    string        `json:"next_step"`
	ApprovedBy  string        `json:"approved_by"`
	ApprovedAt  string        `json:"approved_at"`
	Answers     []jsonAnswer  `json:"answers"`
	AskedOn     []engine.Date `json:"asked_on"`
	Silent      []string      `json:"silent"`
	Lineage     jsonLineage   `json:"lineage"`
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

type jsonAnswer struct {
	Organisation string `json:"organisation"`
	Status       string `json:"status"`
	Qualifier    string `json:"qualifier"`
	Text         string `json:"text"`
	Channel      string `json:"channel"`
	At           string `json:"at"`
	Decision     string `json:"decision"`
}

func jsonAreaOf(a engine.AreaResult) jsonArea {
	return jsonArea{Code: a.Code, Title: a.Title, Totals: jsonTotals(a.Totals), Measures: mapped(a.Measures, jsonMeasureOf)}
}

func jsonMeasureOf(m engine.MeasureResult) jsonMeasure {
	return jsonMeasure{Code: m.Code, Title: m.Title, CrossCutting: m.CrossCutting, Totals: jsonTotals(m.Totals),
		Activities: mapped(m.Activities, jsonActivityOf)}
}

func jsonActivityOf(r engine.ActivityResult) jsonActivity {
	return jsonActivity{ID: r.ID, Label: r.Label, Title: r.Title, Details: list(r.Details), Tags: list(r.Tags), Responsible: r.Responsible,
		Deadline: r.Deadline, Due: string(r.Due), Status: string(r.Status), Qualifier: r.Qualifier, Answered: r.Answered, NoAnswer: r.NoAnswer,
		Narrative: r.Narrative, Missing: r.Missing, NextStep: string(r.NextStep), ApprovedBy: r.ApprovedBy, ApprovedAt: instant(r.ApprovedAt),
		Numbers: mapped(r.Numbers, func(n engine.Number) jsonNumber { return jsonNumber(n) }),
		Answers: mapped(r.Answers, jsonAnswerOf), AskedOn: list(r.AskedOn), Silent: list(r.Silent), Lineage: jsonLineage(r.Lineage)}
}

func jsonAnswerOf(a engine.GivenAnswer) jsonAnswer {
	return jsonAnswer{Organisation: a.Organisation, Status: string(a.Status), Qualifier: a.Qualifier, Text: a.Text,
		Channel: string(a.Channel), At: instant(a.At), Decision: string(a.Decision)}
}

// list gives a list that is written as [] when it is empty, never as null.
func list[T any](in []T) []T { return append([]T{}, in...) }

func mapped[A, B any](in []A, f func(A) B) []B {
	out := []B{}
	for _, a := range in {
		out = append(out, f(a))
	}
	return out
}
