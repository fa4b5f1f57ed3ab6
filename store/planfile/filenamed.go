package planfile

import (
	"cmp"
	"slices"
	"strings"

	"splneno/engine"
)

// What a document names beside its activities: plans, groups, documents and
// events. A dry run prints the same types as our own file holds.

type fileNamed struct {
	Plan     filePlan      `yaml:"plan"`
	Areas    []fileArea    `yaml:"areas,omitempty"`
	Measures []fileMeasure `yaml:"measures,omitempty"`
}

type fileApproval struct {
	Body  string              `yaml:"body" json:"body"`
	Verb  engine.ApprovalVerb `yaml:"verb" json:"verb"`
	Day   engine.Date         `yaml:"day,omitempty" json:"day"`
	What  string              `yaml:"what,omitempty" json:"what"`
	Until engine.Date         `yaml:"until,omitempty" json:"until"`
}

type fileGroup struct {
	Name      string           `yaml:"name" json:"name"`
	Kind      engine.GroupKind `yaml:"kind" json:"kind"`
	Territory string           `yaml:"territory,omitempty" json:"territory"`
	Members   []string         `yaml:"members,omitempty" json:"members"`
}

type fileDocument struct {
	Title     string              `yaml:"title" json:"title"`
	Kind      engine.DocumentKind `yaml:"kind,omitempty" json:"kind"`
	Territory string              `yaml:"territory,omitempty" json:"territory"`
	Year      int                 `yaml:"year,omitempty" json:"year"`
}

type fileEvent struct {
	Kind      engine.OccasionKind `yaml:"kind" json:"kind"`
	Name      string              `yaml:"name" json:"name"`
	Day       engine.Date         `yaml:"day,omitempty" json:"day"`
	Raw       string              `yaml:"raw,omitempty" json:"raw"`
	Time      string              `yaml:"time,omitempty" json:"time"`
	Place     string              `yaml:"place,omitempty" json:"place"`
	Programme []string            `yaml:"programme,omitempty" json:"programme"`
}

func toNamed(p engine.Plan) fileNamed {
	f := fileNamed{
		Plan: filePlan{
			ID: p.ID, Title: p.Title, Kind: string(p.Kind), Territory: p.Territory,
			Start: string(p.Start), End: string(p.End), OpenEnd: p.OpenEnd,
			ApprovedBy: p.ApprovedBy, ApprovedOn: string(p.ApprovedOn), ApprovedAt: p.ApprovedAt,
			Approvals: convert(p.Approvals, func(a engine.Approval) fileApproval { return fileApproval(a) }),
			Parent:    p.Parent, Funding: p.Funding,
		},
		Areas:    convert(p.Areas, func(a engine.Area) fileArea { return fileArea(a) }),
		Measures: convert(p.Measures, func(m engine.Measure) fileMeasure { return fileMeasure(m) }),
	}
	if p.Levels != (engine.Levels{}) {
		levels := fileLevels(p.Levels)
		f.Plan.Levels = &levels
	}
	return f
}

func (r *fileReader) named(f fileNamed) engine.Plan {
	p := engine.Plan{
		ID: f.Plan.ID, Title: f.Plan.Title, Kind: engine.PlanKind(f.Plan.Kind), Territory: f.Plan.Territory,
		Start: r.day(f.Plan.Start, "start of the plan"), End: r.day(f.Plan.End, "end of the plan"), OpenEnd: f.Plan.OpenEnd,
		ApprovedBy: f.Plan.ApprovedBy, ApprovedOn: r.day(f.Plan.ApprovedOn, "day of approval"), ApprovedAt: f.Plan.ApprovedAt,
		Approvals: convert(f.Plan.Approvals, r.approval), Parent: f.Plan.Parent, Funding: f.Plan.Funding,
		Areas:    convert(f.Areas, func(a fileArea) engine.Area { return engine.Area(a) }),
		Measures: convert(f.Measures, func(m fileMeasure) engine.Measure { return engine.Measure(m) }),
	}
	if f.Plan.Levels != nil {
		p.Levels = engine.Levels(*f.Plan.Levels)
	}
	r.planKind(p)
	return p
}

func (r *fileReader) planKind(p engine.Plan) {
	oneOf(r, p.Kind, p.Title, "kind of a plan", engine.MediumTermPlan, engine.ActionPlan, engine.EvaluationPlan)
}

func (r *fileReader) approval(f fileApproval) engine.Approval {
	oneOf(r, f.Verb, f.Body, "verb of an approval", engine.VerbApproved, engine.VerbTookNote, engine.VerbExtended)
	r.day(string(f.Day), "day of an approval")
	r.day(string(f.Until), "end of an extension")
	return engine.Approval(f)
}

func (r *fileReader) group(f fileGroup) engine.Group {
	oneOf(r, f.Kind, f.Name, "kind of a group", engine.WorkingGroup, engine.SteeringGroup, engine.CoordinationGroup)
	f.Members = convert(f.Members, same)
	return engine.Group(f)
}

func (r *fileReader) document(f fileDocument) engine.Document {
	if f.Kind != "" {
		oneOf(r, f.Kind, f.Title, "kind of a document", engine.CommunicationStrategy, engine.PlanOutline,
			engine.PressRelease, engine.EvaluationReport, engine.Analysis)
	}
	return engine.Document(f)
}

func (r *fileReader) event(f fileEvent) engine.Occasion {
	oneOf(r, f.Kind, f.Name, "kind of an event", engine.OccasionHeld, engine.OccasionPlanned)
	r.day(string(f.Day), "day of an event")
	f.Programme = convert(f.Programme, same)
	return engine.Occasion(f)
}

// oneOf refuses a value that is none of the known words.
func oneOf[T ~string](r *fileReader, got T, of, what string, known ...T) {
	if slices.Contains(known, got) {
		return
	}
	words := convert(known, func(w T) string { return string(w) })
	last := len(words) - 1
	r.fail("%q is no %s (of %q); use %s or %s", got, what, cmp.Or(of, "a nameless one"), strings.Join(words[:last], ", "), words[last])
}
