package engine

// A PlanDraft is what an importer understood of a file, before anybody
// confirmed it. Nothing uncertain is dropped: it stands in Warnings.
type PlanDraft struct {
	Plan          Plan
	Activities    []ActivityDraft
	Organisations []Organisation // only of files that carry them
	Period        Period         // of an evaluation: what it covers
	Supplement
	Warnings []Warning
}

// A Supplement is what a document holds beside its promises. It is kept as the
// document says it and goes out with the plan; nothing here tracks it.
type Supplement struct {
	Services  []Service
	Projects  []Project
	Plans     []Plan // further plans the document names: older, next, of other territories
	Groups    []Group
	Documents []Document
	Events    []Occasion
}

// orElse gives the supplement, with the lists of b where it has none: a file
// without a table of services says nothing about services.
func (s Supplement) orElse(b Supplement) Supplement {
	return Supplement{either(s.Services, b.Services), either(s.Projects, b.Projects), either(s.Plans, b.Plans),
		either(s.Groups, b.Groups), either(s.Documents, b.Documents), either(s.Events, b.Events)}
}

func either[T any](a, b []T) []T {
	if len(a) == 0 {
		return b
	}
	return a
}

// An ActivityDraft is an activity as read, with the yearly result an evaluation
// prints beside it. A status is only ever read from the status column.
type ActivityDraft struct {
	Activity
	Status      State // StateUnknown when the document is an evaluation and prints none that can be read
	Qualifier   string
	Narrative   string
	CarriedOver bool
	Unsure      []string          // names of the fields the importer is not sure of
	Line        int               // where it begins in the file, from 1
	Sources     map[string]string // where each value was read, by field as in Unsure: "line 80", "List1!C7", "table 3, row 2"
}

// A Warning is a place the importer is not sure of, or could not use.
type Warning struct {
	Line   int // from 1, 0 for the whole file
	Text   string
	Reason string
}

// A GroupKind says what a group does in the planning.
type GroupKind string

// The kinds of group.
const (
	WorkingGroup      GroupKind = "working"
	SteeringGroup     GroupKind = "steering"
	CoordinationGroup GroupKind = "coordination"
)

// A Group is a body of the planning as a document names it. Members are
// functions, never persons.
type Group struct {
	Name      string
	Kind      GroupKind
	Territory string
	Members   []string
}

// A DocumentKind says what sort of document was published.
type DocumentKind string

// The kinds of published document; "" is one of another sort.
const (
	CommunicationStrategy DocumentKind = "communication strategy"
	PlanOutline           DocumentKind = "plan outline"
	PressRelease          DocumentKind = "press release"
	EvaluationReport      DocumentKind = "evaluation"
	Analysis              DocumentKind = "analysis"
)

// A Document is one a page offers. Year is 0 when its title names none.
type Document struct {
	Title     string
	Kind      DocumentKind
	Territory string
	Year      int
}

// An OccasionKind says whether an occasion was recorded or announced.
type OccasionKind string

// The kinds of occasion.
const (
	OccasionHeld    OccasionKind = "held"
	OccasionPlanned OccasionKind = "planned"
)

// An Occasion is a meeting or a hearing. Day is "" when the words name no day.
type Occasion struct {
	Kind      OccasionKind
	Name      string
	Day       Date
	Raw       string // the words of the day as printed
	Time      string // "15:00"
	Place     string
	Programme []string
}
