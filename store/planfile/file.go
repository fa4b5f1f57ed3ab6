package planfile

import "splneno/engine"

// The types below are our own file format, version 1. They are apart from the
// engine's, so that a file written today is read by whatever the engine is
// called tomorrow. What can be told from the rest is left out of a file: a
// deadline is the words of the plan, read again, and deadline_read stands only
// where a person read them otherwise.

const fileVersion = 1

type fileDoc struct {
	Splneno       int            `yaml:"splneno"`
	Plan          filePlan       `yaml:"plan"`
	Period        *filePeriod    `yaml:"period,omitempty"`
	Areas         []fileArea     `yaml:"areas,omitempty"`
	Measures      []fileMeasure  `yaml:"measures,omitempty"`
	Activities    []fileActivity `yaml:"activities,omitempty"`
	Services      []fileService  `yaml:"services,omitempty"`
	Projects      []fileProject  `yaml:"projects,omitempty"`
	Organisations []fileOrg      `yaml:"organisations,omitempty"`
	Plans         []fileNamed    `yaml:"plans,omitempty"`
	Groups        []fileGroup    `yaml:"groups,omitempty"`
	Documents     []fileDocument `yaml:"documents,omitempty"`
	Events        []fileEvent    `yaml:"events,omitempty"`
	Warnings      []fileWarning  `yaml:"warnings,omitempty"`
}

type filePlan struct {
	ID         string         `yaml:"id,omitempty"`
	Title      string         `yaml:"title"`
	Kind       string         `yaml:"kind"`
	Territory  string         `yaml:"territory,omitempty"`
	Start      string         `yaml:"start,omitempty"`
	End        string         `yaml:"end,omitempty"`
	OpenEnd    string         `yaml:"open_end,omitempty"`
	ApprovedBy string         `yaml:"approved_by,omitempty"`
	ApprovedOn string         `yaml:"approved_on,omitempty"`
	ApprovedAt string         `yaml:"approved_at,omitempty"`
	Approvals  []fileApproval `yaml:"approvals,omitempty"`
	Parent     string         `yaml:"parent,omitempty"`
	Funding    string         `yaml:"funding,omitempty"`
	Levels     *fileLevels    `yaml:"levels,omitempty"`
}

type fileLevels struct {
	Above    string `yaml:"above,omitempty" json:"above"`
	Area     string `yaml:"area,omitempty" json:"area"`
	Measure  string `yaml:"measure,omitempty" json:"measure"`
	Activity string `yaml:"activity,omitempty" json:"activity"`
}

type filePeriod struct {
	ID    string `yaml:"id"`
	Start string `yaml:"start,omitempty"`
	End   string `yaml:"end,omitempty"`
}

type fileArea struct {
	Code  string `yaml:"code"`
	Title string `yaml:"title"`
	Above string `yaml:"above,omitempty"`
}

type fileMeasure struct {
	Code         string `yaml:"code"`
	Title        string `yaml:"title"`
	Area         string `yaml:"area,omitempty"`
	CrossCutting bool   `yaml:"cross_cutting,omitempty"`
	Description  string `yaml:"description,omitempty"`
}

type fileActivity struct {
	ID             string          `yaml:"id"`
	Measure        string          `yaml:"measure"`
	Area           *string         `yaml:"area,omitempty"` // where it is not the measure's
	Label          string          `yaml:"label,omitempty"`
	Title          string          `yaml:"title"`
	Details        []string        `yaml:"details,omitempty"`
	Tags           []string        `yaml:"tags,omitempty,flow"`
	TargetGroup    string          `yaml:"target_group,omitempty"`
	ResponsibleRaw string          `yaml:"responsible_raw,omitempty"`
	Responsible    []fileParty     `yaml:"responsible,omitempty"`
	Deadline       string          `yaml:"deadline,omitempty"`
	DeadlineRead   *fileDeadline   `yaml:"deadline_read,omitempty"`
	Parts          []filePart      `yaml:"parts,omitempty"`
	Indicators     []fileIndicator `yaml:"indicators,omitempty"`
	CarriedFrom    string          `yaml:"carried_from,omitempty"`
	Carried        []fileCarry     `yaml:"carried,omitempty"`
	Answers        string          `yaml:"answers,omitempty"`
	Dropped        string          `yaml:"dropped,omitempty"`
	CarriedOver    bool            `yaml:"carried_over,omitempty"`
	StatusRaw      string          `yaml:"status_raw,omitempty"`
	Status         string          `yaml:"status,omitempty"`
	Qualifier      string          `yaml:"qualifier,omitempty"`
	Narrative      string          `yaml:"narrative,omitempty"`
	Unsure         []string        `yaml:"unsure,omitempty,flow"`
	Line           int             `yaml:"line,omitempty"`

	Sources map[string]string `yaml:"sources,omitempty"`
}

type fileCarry struct {
	From string          `yaml:"from"`
	How  engine.CarryHow `yaml:"how"`
}

type fileParty struct {
	Name         string `yaml:"name"`
	Kind         string `yaml:"kind"`
	Role         string `yaml:"role,omitempty"`
	Organisation string `yaml:"organisation,omitempty"`
}

type fileDeadline struct {
	Kind       string             `yaml:"kind,omitempty"`
	Start      string             `yaml:"start,omitempty"`
	Due        string             `yaml:"due,omitempty"`
	Years      []int              `yaml:"years,omitempty,flow"`
	Recurrence string             `yaml:"recurrence,omitempty"`
	Ongoing    bool               `yaml:"ongoing,omitempty"`
	Parts      []filePartDeadline `yaml:"parts,omitempty"`
	Certain    bool               `yaml:"certain,omitempty"`
}

type filePartDeadline struct {
	Labels       []string      `yaml:"labels,flow"`
	Deadline     string        `yaml:"deadline,omitempty"`
	DeadlineRead *fileDeadline `yaml:"deadline_read,omitempty"`
}

// A filePart without a deadline has the one of its activity.
type filePart struct {
	Label        string        `yaml:"label,omitempty"`
	Text         string        `yaml:"text"`
	Deadline     *string       `yaml:"deadline,omitempty"`
	DeadlineRead *fileDeadline `yaml:"deadline_read,omitempty"`
}

type fileIndicator struct {
	Name    string  `yaml:"name"`
	Unit    string  `yaml:"unit,omitempty"`
	Planned float64 `yaml:"planned,omitempty"`
}

type fileService struct {
	Provider string `yaml:"provider"`
	Name     string `yaml:"name"`
	Capacity string `yaml:"capacity,omitempty"`
	Scope    string `yaml:"scope,omitempty"`
	Beds     int    `yaml:"beds,omitempty"`
}

type fileProject struct {
	Title       string `yaml:"title"`
	Implementer string `yaml:"implementer,omitempty"`
	Term        string `yaml:"term,omitempty"`
}

type fileOrg struct {
	ID        string        `yaml:"id"`
	Name      string        `yaml:"name"`
	Kind      string        `yaml:"kind"`
	Aliases   []string      `yaml:"aliases,omitempty"`
	Contacts  []fileContact `yaml:"contacts,omitempty"`
	Members   []string      `yaml:"members,omitempty"`
	Ended     string        `yaml:"ended,omitempty"`
	Successor string        `yaml:"successor,omitempty"`
}

type fileContact struct {
	Name   string `yaml:"name,omitempty"`
	Email  string `yaml:"email"`
	Role   string `yaml:"role,omitempty"`
	Deputy bool   `yaml:"deputy,omitempty"`

	ReplyOnly bool `yaml:"reply_only,omitempty"`
}

type fileWarning struct {
	Line   int    `yaml:"line,omitempty"`
	Text   string `yaml:"text,omitempty"`
	Reason string `yaml:"reason"`
}

// defaultStatus is the status of an activity whose file says none: a plan
// promises, an evaluation that prints no status leaves it unknown.
func defaultStatus(kind engine.PlanKind) engine.State {
	if kind == engine.EvaluationPlan {
		return engine.StateUnknown
	}
	return engine.Planned
}
