package planfile

import (
	"encoding/json"
	"io"

	"splneno/engine"
	"splneno/engine/czech"
)

// The types below are the JSON that a dry run prints; design.md fixes the names.

type jsonDraft struct {
	Plan       jsonPlan       `json:"plan"`
	Areas      []jsonArea     `json:"areas"`
	Measures   []jsonMeasure  `json:"measures"`
	Activities []jsonActivity `json:"activities"`
	Services   []jsonService  `json:"services"`
	Projects   []jsonProject  `json:"projects"`
	Warnings   []jsonWarning  `json:"warnings"`
	Plans      []jsonNamed    `json:"plans"`
	Groups     []fileGroup    `json:"groups"`
	Documents  []fileDocument `json:"documents"`
	Events     []fileEvent    `json:"events"`
}

type jsonPlan struct {
	Title      string         `json:"title"`
	Kind       string         `json:"kind"`
	Territory  string         `json:"territory"`
	Start      string         `json:"start"`
	End        string         `json:"end"`
	ApprovedBy string         `json:"approved_by"`
	ApprovedOn string         `json:"approved_on"`
	ApprovedAt string         `json:"approved_at"`
	Approvals  []fileApproval `json:"approvals"`
	Funding    string         `json:"funding"`
	Levels     fileLevels     `json:"levels"`
}

type jsonArea struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	Above string `json:"above"` // code of the area it lies in, as a priority in a target group
}

type jsonMeasure struct {
	Code         string `json:"code"`
	Title        string `json:"title"`
	Area         string `json:"area"`
	CrossCutting bool   `json:"cross_cutting"`
	Description  string `json:"description"`
}

type jsonActivity struct {
	ID             string       `json:"id"`
	Area           string       `json:"area"`
	Measure        string       `json:"measure"`
	Label          string       `json:"label"`
	Title          string       `json:"title"`
	Details        []string     `json:"details"`
	Tags           []string     `json:"tags"`
	ResponsibleRaw string       `json:"responsible_raw"`
	Responsible    []jsonParty  `json:"responsible"`
	DeadlineRaw    string       `json:"deadline_raw"`
	Deadline       jsonDeadline `json:"deadline"`
	StatusRaw      string       `json:"status_raw"`
	Status         string       `json:"status"`
	Qualifier      string       `json:"qualifier"`
	Narrative      string       `json:"narrative"`
	CarriedOver    bool         `json:"carried_over"`
	Unsure         []string     `json:"unsure"`

	Indicators []jsonIndicator `json:"indicators"` // proposed from the prose, see draftindicator.go

	Sources map[string]string `json:"sources"` // where each value was read, by its name in unsure
}

type jsonParty struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type jsonDeadline struct {
	Kind       string     `json:"kind"`
	Start      string     `json:"start"`
	Due        string     `json:"due"`
	Years      []int      `json:"years"`
	Recurrence string     `json:"recurrence"`
	Ongoing    bool       `json:"ongoing"`
	Parts      []jsonPart `json:"parts"`
}

// A jsonPart is a lettered step with its own term.
type jsonPart struct {
	Label string `json:"label"`
	Text  string `json:"text"`
	jsonDeadline
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

type jsonWarning struct {
	Line   int    `json:"line"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// WriteJSON writes what a dry run prints. Empty lists are [], never null.
func WriteJSON(w io.Writer, d engine.PlanDraft) error {
	main := toJSONNamed(d.Plan)
	return writeIndented(w, jsonDraft{
		Plan: main.jsonPlan, Areas: main.Areas, Measures: main.Measures,
		Activities: list(d.Activities, toJSONActivity),
		Services:   list(d.Services, toJSONService),
		Projects:   list(d.Projects, func(x engine.Project) jsonProject { return jsonProject(x) }),
		Warnings:   list(d.Warnings, func(w engine.Warning) jsonWarning { return jsonWarning(w) }),
		Plans:      list(d.Plans, toJSONNamed),
		Groups:     list(d.Groups, toJSONGroup),
		Documents:  list(d.Documents, func(x engine.Document) fileDocument { return fileDocument(x) }),
		Events:     list(d.Events, toJSONEvent),
	})
}

// WriteDeadlineJSON writes how a term is read: the fields of a deadline, whether
// surely, the words themselves, and why the last day is no working day.
func WriteDeadlineJSON(w io.Writer, d engine.Deadline) error {
	return writeIndented(w, struct {
		jsonDeadline
		Certain bool   `json:"certain"`
		DayOff  string `json:"weekend_or_holiday"`
		Raw     string `json:"raw"`
	}{toJSONDeadline(d, nil), d.Certain, czech.DayOff(d.Due), d.Raw})
}

func writeIndented(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// list maps a list; an empty one is not nil.
func list[A, B any](in []A, f func(A) B) []B { return append([]B{}, convert(in, f)...) }

func same[T any](x T) T { return x }

func toJSONService(s engine.Service) jsonService {
	return jsonService{s.Provider, s.Name, s.Capacity, s.Scope, s.Beds}
}

func toJSONActivity(a engine.ActivityDraft) jsonActivity {
	sources := a.Sources
	if sources == nil {
		sources = map[string]string{}
	}
	return jsonActivity{
		ID: a.ID, Area: a.Area, Measure: a.Measure, Label: a.Label, Title: a.Title,
		Details: list(a.Details, same), Tags: list(a.Tags, same), ResponsibleRaw: a.ResponsibleRaw,
		Responsible: list(a.Responsible, func(p engine.Party) jsonParty { return jsonParty{p.Name, string(p.Kind)} }),
		DeadlineRaw: a.Deadline.Raw, Deadline: toJSONDeadline(a.Deadline, a.Parts),
		StatusRaw: a.StatusRaw, Status: string(a.Status), Qualifier: a.Qualifier, Narrative: a.Narrative,
		CarriedOver: a.CarriedOver, Unsure: list(a.Unsure, same),
		Sources: sources, Indicators: proposedIndicators(a),
	}
}

// toJSONDeadline lists the steps one by one: those of the activity with their
// texts when it has any, else those the words of the term name.
func toJSONDeadline(d engine.Deadline, steps []engine.Part) jsonDeadline {
	j := jsonDeadline{
		Kind: string(d.Kind), Start: string(d.Start), Due: string(d.Due), Years: list(d.Years, same),
		Recurrence: d.Recurrence, Ongoing: d.Ongoing, Parts: []jsonPart{},
	}
	if len(steps) == 0 {
		for _, p := range d.Parts {
			for _, label := range p.Labels {
				steps = append(steps, engine.Part{Label: label, Deadline: p.Deadline})
			}
		}
	}
	for _, s := range steps {
		own := s.Deadline
		own.Parts = nil
		j.Parts = append(j.Parts, jsonPart{s.Label, s.Text, toJSONDeadline(own, nil)})
	}
	return j
}
