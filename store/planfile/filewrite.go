package planfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	"go.yaml.in/yaml/v4"

	"splneno/engine"
	"splneno/engine/czech"
)

// WriteYAML writes all of a draft as our own file; [Read] gives it back unchanged.
func WriteYAML(w io.Writer, d engine.PlanDraft) error {
	text, err := yaml.Dump(toFile(d), yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil {
		return fmt.Errorf("write plan as yaml: %w", err)
	}
	_, err = w.Write(text)
	return err
}

// WriteJSONFile writes the same file as [WriteYAML] in JSON; [Read] gives it
// back unchanged too. [WriteJSON] is what a dry run prints, which is less.
func WriteJSONFile(w io.Writer, d engine.PlanDraft) error {
	var node yaml.Node
	if err := node.Dump(toFile(d)); err != nil {
		return fmt.Errorf("write plan as json: %w", err)
	}
	var flat, indented bytes.Buffer
	if err := jsonNode(&flat, &node); err != nil {
		return fmt.Errorf("write plan as json: %w", err)
	}
	if err := json.Indent(&indented, flat.Bytes(), "", "  "); err != nil {
		return fmt.Errorf("write plan as json: %w", err)
	}
	indented.WriteByte('\n')
	_, err := w.Write(indented.Bytes())
	return err
}

// jsonNode writes a node with its keys in their order.
func jsonNode(b *bytes.Buffer, n *yaml.Node) error {
	switch n.Kind {
	case yaml.DocumentNode:
		return jsonNode(b, n.Content[0])
	case yaml.MappingNode:
		return jsonItems(b, n, '{', '}', func(i int) string { return string(",:"[i%2]) })
	case yaml.SequenceNode:
		return jsonItems(b, n, '[', ']', func(int) string { return "," })
	}
	if n.ShortTag() != "!!str" {
		b.WriteString(n.Value)
		return nil
	}
	text, err := json.Marshal(n.Value)
	b.Write(text)
	return err
}

func jsonItems(b *bytes.Buffer, n *yaml.Node, begin, end byte, mark func(i int) string) error {
	b.WriteByte(begin)
	for i, c := range n.Content {
		if i > 0 {
			b.WriteString(mark(i))
		}
		if err := jsonNode(b, c); err != nil {
			return err
		}
	}
	b.WriteByte(end)
	return nil
}

func toFile(d engine.PlanDraft) fileDoc {
	p := d.Plan
	main := toNamed(p)
	f := fileDoc{Splneno: fileVersion, Plan: main.Plan, Areas: main.Areas, Measures: main.Measures}
	if d.Period != (engine.Period{}) {
		f.Period = &filePeriod{ID: d.Period.ID, Start: string(d.Period.Start), End: string(d.Period.End)}
	}
	f.Activities = convert(d.Activities, func(a engine.ActivityDraft) fileActivity { return toActivity(p, a) })
	f.Services = convert(d.Services, func(s engine.Service) fileService { return fileService(s) })
	f.Projects = convert(d.Projects, func(x engine.Project) fileProject { return fileProject(x) })
	f.Organisations = convert(d.Organisations, toOrg)
	f.Plans = convert(d.Plans, toNamed)
	f.Groups = convert(d.Groups, func(g engine.Group) fileGroup { return fileGroup(g) })
	f.Documents = convert(d.Documents, func(x engine.Document) fileDocument { return fileDocument(x) })
	f.Events = convert(d.Events, func(e engine.Occasion) fileEvent { return fileEvent(e) })
	f.Warnings = convert(d.Warnings, func(w engine.Warning) fileWarning { return fileWarning(w) })
	return f
}

// convert maps a list; an empty one stays nil.
func convert[A, B any](list []A, f func(A) B) []B {
	var out []B
	for _, x := range list {
		out = append(out, f(x))
	}
	return out
}

func toActivity(p engine.Plan, a engine.ActivityDraft) fileActivity {
	f := fileActivity{
		ID: a.ID, Measure: a.Measure, Label: a.Label, Title: a.Title, Details: a.Details, Tags: a.Tags,
		TargetGroup: a.TargetGroup, ResponsibleRaw: a.ResponsibleRaw, Deadline: a.Deadline.Raw,
		DeadlineRead: otherwiseRead(p, a.Deadline), CarriedFrom: a.CarriedFrom, CarriedOver: a.CarriedOver,
		StatusRaw: a.StatusRaw, Qualifier: a.Qualifier, Narrative: a.Narrative, Unsure: a.Unsure, Line: a.Line,
		Sources: a.Sources,
	}
	if m, _ := p.MeasureByCode(a.Measure); m.Area != a.Area {
		f.Area = &a.Area
	}
	if a.Status != defaultStatus(p.Kind) {
		f.Status = string(a.Status)
	}
	f.Responsible = convert(a.Responsible, func(x engine.Party) fileParty {
		return fileParty{Name: x.Name, Kind: string(x.Kind), Role: string(x.Role), Organisation: x.Organisation}
	})
	f.Carried = convert(a.Carried, func(c engine.Carry) fileCarry { return fileCarry(c) })
	f.Answers, f.Dropped = string(a.Answers), a.Dropped
	f.Indicators = convert(a.Indicators, func(i engine.Indicator) fileIndicator { return fileIndicator(i) })
	f.Parts = convert(a.Parts, func(x engine.Part) filePart {
		part := filePart{Label: x.Label, Text: x.Text}
		if !reflect.DeepEqual(x.Deadline, termOf(x.Label, a.Deadline)) {
			part.Deadline, part.DeadlineRead = &x.Deadline.Raw, otherwiseRead(p, x.Deadline)
		}
		return part
	})
	return f
}

// otherwiseRead gives a deadline that our reading of its words would not give, else nil.
func otherwiseRead(p engine.Plan, d engine.Deadline) *fileDeadline {
	if reflect.DeepEqual(d, czech.ReadDeadline(d.Raw, p.Year())) {
		return nil
	}
	f := &fileDeadline{
		Kind: string(d.Kind), Start: string(d.Start), Due: string(d.Due), Years: d.Years,
		Recurrence: d.Recurrence, Ongoing: d.Ongoing, Certain: d.Certain,
	}
	f.Parts = convert(d.Parts, func(x engine.PartDeadline) filePartDeadline {
		return filePartDeadline{Labels: x.Labels, Deadline: x.Deadline.Raw, DeadlineRead: otherwiseRead(p, x.Deadline)}
	})
	return f
}

func toOrg(o engine.Organisation) fileOrg {
	f := fileOrg{
		ID: o.ID, Name: o.Name, Kind: string(o.Kind), Aliases: o.Aliases, Members: o.Members,
		Ended: string(o.Ended), Successor: o.Successor,
	}
	for _, c := range o.Contacts {
		if !c.Proposed { // what nobody accepted is no part of the plan
			f.Contacts = append(f.Contacts, fileContact{Name: c.Name, Email: c.Email, Role: c.Role, Deputy: c.Deputy, ReplyOnly: c.ReplyOnly})
		}
	}
	return f
}
