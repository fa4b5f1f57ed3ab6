package planfile

import (
	"reflect"

	"go.yaml.in/yaml/v4"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// ownHeader begins our own file, in YAML (comments may stand before) or JSON.
var ownHeader = pattern.New(`^(?:(?:#[^\n]*|---\s*|\s*)\n)*(?:splneno\s*:|\{\s*"splneno"\s*:)`)

// readOwn reads our own file. JSON is YAML, so one reader serves both.
func readOwn(name, text string, known []engine.Organisation) (engine.PlanDraft, error) {
	var node yaml.Node
	if err := yaml.Load([]byte(text), &node); err != nil {
		return engine.PlanDraft{}, engine.Errorf(engine.Invalid, "%s is no well-formed plan file: %s", name, oneLine(err))
	}
	if err := checkNode(name, &node, reflect.TypeFor[fileDoc]()); err != nil {
		return engine.PlanDraft{}, err
	}
	var f fileDoc
	if err := node.Load(&f); err != nil {
		return engine.PlanDraft{}, engine.Errorf(engine.Invalid, "%s has a value of the wrong kind: %s", name, oneLine(err))
	}
	if f.Splneno != fileVersion {
		return engine.PlanDraft{}, engine.Errorf(engine.Invalid,
			"%s is of format %d; this program reads format %d", name, f.Splneno, fileVersion)
	}
	r := fileReader{builder: builder{known: known}, name: name}
	r.read(f)
	if r.err != nil {
		return engine.PlanDraft{}, r.err
	}
	return r.finish(), nil
}

func oneLine(err error) string { return czech.Squeeze(err.Error()) }

// A fileReader makes a draft of a file and keeps the first mistake it meets.
type fileReader struct {
	builder
	name string
	err  error
}

func (r *fileReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = engine.Errorf(engine.Invalid, "%s: "+format, append([]any{r.name}, args...)...)
	}
}

// day reads an ISO day of the thing called what.
func (r *fileReader) day(s, what string) engine.Date {
	if s == "" {
		return ""
	}
	d, err := engine.ParseDate(s)
	if err != nil {
		r.fail("%s: %v", what, err)
	}
	return d
}

func (r *fileReader) read(f fileDoc) {
	r.draft.Plan = r.named(fileNamed{f.Plan, f.Areas, f.Measures})
	r.draft.Plans = convert(f.Plans, r.named)
	r.draft.Groups = convert(f.Groups, r.group)
	r.draft.Documents = convert(f.Documents, r.document)
	r.draft.Events = convert(f.Events, r.event)
	if f.Period != nil {
		r.draft.Period = engine.Period{ID: f.Period.ID, Start: r.day(f.Period.Start, "start of the period"),
			End: r.day(f.Period.End, "end of the period")}
	}
	r.draft.Services = convert(f.Services, func(s fileService) engine.Service { return engine.Service(s) })
	r.draft.Projects = convert(f.Projects, func(x fileProject) engine.Project { return engine.Project(x) })
	r.draft.Organisations = convert(f.Organisations, r.organisation)
	r.draft.Warnings = convert(f.Warnings, func(w fileWarning) engine.Warning { return engine.Warning(w) })
	r.draft.Activities = convert(f.Activities, r.activity)
	r.check()
}

func (r *fileReader) organisation(f fileOrg) engine.Organisation {
	r.kind(f.Kind, f.Name)
	return engine.Organisation{
		ID: f.ID, Name: f.Name, Kind: engine.PartyKind(f.Kind), Aliases: f.Aliases, Members: f.Members,
		Ended: r.day(f.Ended, "end of "+f.Name), Successor: f.Successor,
		Contacts: convert(f.Contacts, func(c fileContact) engine.Contact {
			return engine.Contact{Name: c.Name, Email: c.Email, Role: c.Role, Deputy: c.Deputy, ReplyOnly: c.ReplyOnly}
		}),
	}
}

func (r *fileReader) kind(kind, of string) {
	if czech.KindWord(engine.PartyKind(kind)) == "" {
		r.fail("%q is no kind of a party (of %q); use organisation, municipality, municipalities, authority, department, "+
			"working group, role, open group, person or to be selected", kind, of)
	}
}

func (r *fileReader) activity(f fileActivity) engine.ActivityDraft {
	a := engine.ActivityDraft{
		Status: engine.State(f.Status), Qualifier: f.Qualifier, Narrative: f.Narrative,
		CarriedOver: f.CarriedOver, Unsure: f.Unsure, Line: f.Line, Sources: f.Sources,
		Activity: engine.Activity{
			ID: f.ID, Measure: f.Measure, Label: f.Label, Title: f.Title, Details: f.Details,
			Tags: f.Tags, TargetGroup: f.TargetGroup, ResponsibleRaw: f.ResponsibleRaw, CarriedFrom: f.CarriedFrom,
			StatusRaw: f.StatusRaw, Deadline: r.deadline(f.Deadline, f.DeadlineRead, f.ID),
			Indicators: convert(f.Indicators, func(i fileIndicator) engine.Indicator { return engine.Indicator(i) }),
		},
	}
	a.Carried = convert(f.Carried, func(c fileCarry) engine.Carry { return engine.Carry(c) })
	a.Answers, a.Dropped = engine.AnswerRule(f.Answers), f.Dropped
	m, _ := r.draft.Plan.MeasureByCode(f.Measure)
	if a.Area = m.Area; f.Area != nil {
		a.Area = *f.Area
	}
	if a.Status == "" {
		a.Status = defaultStatus(r.draft.Plan.Kind)
	}
	a.Responsible = convert(f.Responsible, func(x fileParty) engine.Party {
		r.kind(x.Kind, x.Name)
		return engine.Party{Name: x.Name, Kind: engine.PartyKind(x.Kind), Role: engine.PartyRole(x.Role), Organisation: x.Organisation}
	})
	a.Parts = convert(f.Parts, func(x filePart) engine.Part {
		part := engine.Part{Label: x.Label, Text: x.Text, Deadline: termOf(x.Label, a.Deadline)}
		if x.Deadline != nil {
			part.Deadline = r.deadline(*x.Deadline, x.DeadlineRead, f.ID)
		}
		return part
	})
	return a
}

// deadline reads the words, unless the file says how somebody else read them.
func (r *fileReader) deadline(raw string, read *fileDeadline, id string) engine.Deadline {
	if read == nil {
		return czech.ReadDeadline(raw, r.draft.Plan.Year())
	}
	d := engine.Deadline{
		Raw: raw, Kind: engine.DeadlineKind(read.Kind), Start: r.day(read.Start, "deadline of "+id),
		Due: r.day(read.Due, "deadline of "+id), Years: read.Years, Recurrence: read.Recurrence,
		Ongoing: read.Ongoing, Certain: read.Certain,
	}
	d.Parts = convert(read.Parts, func(x filePartDeadline) engine.PartDeadline {
		return engine.PartDeadline{Labels: x.Labels, Deadline: r.deadline(x.Deadline, x.DeadlineRead, id)}
	})
	return d
}
