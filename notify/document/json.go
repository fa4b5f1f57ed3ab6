package document

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"maps"

	"splneno/engine"
)

//go:embed evaluation.schema.json
var schema []byte

// Schema gives the JSON Schema of the open data. It must not be changed.
func Schema() []byte { return schema }

// openData writes the evaluation as published data.
func (s *set) openData() ([]byte, error) {
	carried, err := s.carried()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, carried.data, "", "  ")
	b.WriteByte('\n')
	return b.Bytes(), err
}

// carried gives the JSON that every document carries inside: the evaluation as
// told, its digest and the seal. [ReadEvaluation] is the way back.
func carried(p engine.Print) ([]byte, error) {
	e := p.Evaluation.Told()
	digest, err := e.Digest()
	if err != nil {
		return nil, err
	}
	out := jsonOf(e)
	out.Digest = digest
	if p.Sign != nil {
		seal := p.Sign(statement(e, digest))
		out.Seal = &seal
	}
	return json.Marshal(out)
}

// jsonOf gives everything the value holds but its version in the store.
func jsonOf(e engine.Evaluation) jsonEvaluation {
	out := jsonEvaluation{Plan: e.PlanTitle, PlanID: e.Plan, Municipality: e.Municipality, Period: e.Period.ID,
		PeriodStart: string(e.Period.Start), PeriodEnd: string(e.Period.End), State: string(e.State), Number: e.Number, Reason: e.Reason,
		Demo: e.Demo, Funding: e.Funding, Levels: jsonLevels(e.Levels), Asked: e.Asked, Answered: e.Answered, Silent: e.Silent,
		Foreword: e.Foreword, Conclusion: e.Conclusion, StatusNames: map[string]string{}, Continues: list(e.Continues),
		Totals: jsonTotals(e.Totals), Changes: list(e.Changes), Areas: mapped(e.Areas, jsonAreaOf),
		MadeAt: instant(e.MadeAt), Territory: e.Territory, Approvals: mapped(e.Approvals, jsonApprovalOf), Asking: jsonAskingOf(e.Asking),
		Unheard: mapped(e.Unheard, jsonUnheardOf), Years: mapped(e.Years, jsonYearOf), Next: jsonNextOf(e.Next), Publicized: e.Publicized,
		Services: mapped(e.Services, func(s engine.Service) jsonService { return jsonService(s) }),
		Projects: mapped(e.Projects, func(p engine.Project) jsonProject { return jsonProject(p) }),
		Edits:    mapped(e.Edits, func(x engine.Edit) jsonEdit { return jsonEdit{x.Key, x.Before, list(x.After)} }),
		Changed:  mapped(e.Changed, func(x engine.RowChange) jsonRowChange { return jsonRowChange{x.ID, list(x.Fields)} })}
	maps.Copy(out.StatusNames, e.StatusNames)
	if e.State == engine.EvaluationApproved {
		out.Frozen = &jsonFrozen{At: instant(e.FrozenAt), By: e.FrozenBy, Hash: e.Hash, Number: e.Number, First: e.First}
	}
	return out
}

// A jsonEvaluation is the file. Its names are published: they are added to,
// never renamed.
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

	MadeAt     string          `json:"made_at"`
	Territory  string          `json:"territory"`
	Approvals  []jsonApproval  `json:"approvals"`
	Asking     jsonAsking      `json:"asking"`
	Unheard    []jsonUnheard   `json:"unheard"`
	Years      []jsonYear      `json:"years"`
	Services   []jsonService   `json:"services"`
	Projects   []jsonProject   `json:"projects"`
	Next       jsonNext        `json:"next"`
	Edits      []jsonEdit      `json:"edits"`
	Changed    []jsonRowChange `json:"changed"`
	Publicized bool            `json:"publicized"`

	Digest string       `json:"digest"`
	Seal   *engine.Seal `json:"seal"`
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
	First  bool   `json:"first,omitempty"`
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

type jsonService struct {
	Provider string `json:"provider"`
	Name     string `json:"name"`
	Capacity string `json:"capacity"`
	Scope    string `json:"scope"`
	Beds     int    `json:"beds"`
}

type jsonProject struct {
	Title       string `json:"title"`
	Implementer string `json:"implementer"`
	Term        string `json:"term"`
}

// jsonRowChange is a unit a restatement changed, and in what.
type jsonRowChange struct {
	ID     string   `json:"id"`
	Fields []string `json:"fields"`
}

type jsonEdit struct {
	Key    string   `json:"key"`
	Before string   `json:"before"`
	After  []string `json:"after"`
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
