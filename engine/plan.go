package engine

import "strings"

// A PlanKind says what sort of document a plan was read from.
type PlanKind string

// The kinds of plan.
const (
	MediumTermPlan PlanKind = "plan"
	ActionPlan     PlanKind = "action plan"
	EvaluationPlan PlanKind = "evaluation" // a plan known through its evaluation
)

// Levels names the levels of a plan as the town prints them. Above is the level
// over priority areas (a target group), "" where there is none.
type Levels struct {
	Above, Area, Measure, Activity string
}

// A Plan is a community plan or an action plan: areas and measures, under which
// the activities stand. An action plan without a parent is legal.
type Plan struct {
	ID         string
	Title      string
	Kind       PlanKind
	Territory  string
	Start, End Date
	OpenEnd    string // the words of an end that is no day ("do doby platnosti nového plánu")
	ApprovedBy string // body
	ApprovedOn Date
	ApprovedAt string     // place
	Approvals  []Approval // what bodies decided beside that: an extension, taking note
	Parent     string     // id of the plan this one carries out
	Funding    string     // publicity line its outputs must carry
	Levels     Levels
	Areas      []Area
	Measures   []Measure
	Version    int
}

// An Area is a priority area, or a section of the level above when Above is set
// on others: Above holds the code of the section this one lies in.
type Area struct {
	Code, Title, Above string
}

// A Measure groups activities in an area. A cross-cutting one (A, B) lies in none.
type Measure struct {
	Code, Title, Area string
	CrossCutting      bool
	Description       string // what the measure is about, where a plan says it
}

// An ApprovalVerb says what a body did with a plan.
type ApprovalVerb string

// The verbs. Only an extension moves the end of a plan.
const (
	VerbApproved ApprovalVerb = "approved"
	VerbTookNote ApprovalVerb = "took_note"
	VerbExtended ApprovalVerb = "extended"
)

// An Approval is one decision of a body about a plan. Of an extension, Until is
// the last day the plan is then valid; the plan keeps the end it was made with.
type Approval struct {
	Body  string
	Verb  ApprovalVerb
	Day   Date   // "" when not printed
	What  string // the words it was read from
	Until Date
}

// An Activity is the smallest promise a plan makes that is tracked: a numbered
// row, a lettered sub-activity, or a measure that has neither.
type Activity struct {
	Plan, ID       string // ID as design.md spells it: "1.1/2", "1.1a", "1.2", "3.1/u1"
	Area, Measure  string // codes
	Label          string // as printed: "1.", "a)", ""; numbering may have gaps
	Title          string
	Details        []string
	Tags           []string // codes of cross-cutting measures
	TargetGroup    string
	ResponsibleRaw string
	Responsible    []Party
	Deadline       Deadline
	Parts          []Part
	Indicators     []Indicator
	CarriedFrom    string // "plan/id" of the activity this one continues, as its file says
	Carried        []Carry
	Answers        AnswerRule
	Dropped        string // why it is promised no more, "" while it is
	StatusRaw      string // what an imported evaluation printed
	Position       int    // order in the plan
	Version        int
}

// A Part is a lettered step of an activity; its deadline may be its own.
type Part struct {
	Label, Text string
	Deadline    Deadline
}

// An Indicator is a number an activity promises. Planned may be 0: not given.
type Indicator struct {
	Name, Unit string
	Planned    float64
}

// A Service is a registered social service a plan lists with its capacity.
type Service struct {
	Provider, Name, Capacity, Scope string
	Beds                            int
}

// A Project is a line of a plan's project table.
type Project struct {
	Title, Implementer, Term string
}

// Year gives the calendar year of a plan made for one, 0 for any other: a term
// printed without a year means that year, and in a longer plan any of several.
func (p Plan) Year() int {
	if p.Start == "" || p.End == "" || p.Start.Year() != p.End.Year() {
		return 0
	}
	return p.Start.Year()
}

// MeasureByCode finds a measure of the plan.
func (p Plan) MeasureByCode(code string) (Measure, bool) {
	for _, m := range p.Measures {
		if m.Code == code {
			return m, true
		}
	}
	return Measure{}, false
}

// responsible gives the responsible parties as people read them: apart from one
// another, which the printed text often lost; as printed where there is one.
func (a Activity) responsible() string {
	if len(a.Responsible) < 2 {
		return a.ResponsibleRaw
	}
	names := make([]string, len(a.Responsible))
	for i, p := range a.Responsible {
		names[i] = p.Name
	}
	return strings.Join(names, "; ")
}

// A MeasureCount says how many activities stand in a measure; Area is told of
// those that stand in none.
type MeasureCount struct {
	Measure, Area       string
	Activities, Dropped int
}
