package engine

import (
	"fmt"
	"slices"
	"strings"
)

// A field is one value of a T that is merged as a whole.
type field[T any] struct {
	name  string
	spell func(T) string // the same for the same value, nothing else
	say   func(T) string // as people read it
	take  func(to *T, from T)
	fixed bool // never taken from a file
}

// spell writes any value so that no two read alike; an absent list and an empty
// one do.
func spell(v any) string { return fmt.Sprintf("%q", v) }

// part makes the field that lies at one place of a T.
func part[T, V any](name string, at func(*T) *V, say func(V) string) field[T] {
	return field[T]{name: name,
		spell: func(t T) string { return spell(*at(&t)) },
		say:   func(t T) string { return say(*at(&t)) },
		take:  func(to *T, from T) { *at(to) = *at(&from) }}
}

func text[T any, S ~string](name string, at func(*T) *S) field[T] {
	return part(name, at, func(s S) string { return string(s) })
}

func texts[T any](name string, at func(*T) *[]string) field[T] {
	return part(name, at, func(list []string) string { return strings.Join(list, "; ") })
}

// listed says each of a list.
func listed[V any](say func(V) string) func([]V) string {
	return func(list []V) string {
		out := make([]string, len(list))
		for i, v := range list {
			out[i] = say(v)
		}
		return strings.Join(out, "; ")
	}
}

var planFields = []field[Plan]{
	text("title", func(p *Plan) *string { return &p.Title }),
	text("territory", func(p *Plan) *string { return &p.Territory }),
	text("start", func(p *Plan) *Date { return &p.Start }),
	text("end", func(p *Plan) *Date { return &p.End }),
	text("open_end", func(p *Plan) *string { return &p.OpenEnd }),
	text("approved_by", func(p *Plan) *string { return &p.ApprovedBy }),
	text("approved_on", func(p *Plan) *Date { return &p.ApprovedOn }),
	text("approved_at", func(p *Plan) *string { return &p.ApprovedAt }),
	part("approvals", func(p *Plan) *[]Approval { return &p.Approvals }, listed(func(a Approval) string { return a.What })),
	text("parent", func(p *Plan) *string { return &p.Parent }),
	text("funding", func(p *Plan) *string { return &p.Funding }),
	part("levels", func(p *Plan) *Levels { return &p.Levels }, func(l Levels) string {
		return strings.Join([]string{l.Above, l.Area, l.Measure, l.Activity}, " / ")
	}),
}

var areaFields = []field[Area]{
	text("title", func(a *Area) *string { return &a.Title }),
	text("above", func(a *Area) *string { return &a.Above }),
}

var measureFields = []field[Measure]{
	text("title", func(m *Measure) *string { return &m.Title }),
	text("area", func(m *Measure) *string { return &m.Area }),
	part("cross_cutting", func(m *Measure) *bool { return &m.CrossCutting }, func(yes bool) string { return fmt.Sprint(yes) }),
	text("description", func(m *Measure) *string { return &m.Description }),
}

var organisationFields = []field[Organisation]{
	text("name", func(o *Organisation) *string { return &o.Name }),
	text("kind", func(o *Organisation) *PartyKind { return &o.Kind }),
	texts("aliases", func(o *Organisation) *[]string { return &o.Aliases }),
	part("contacts", func(o *Organisation) *[]Contact { return &o.Contacts }, listed(func(c Contact) string { return strings.TrimSpace(c.Name + " <" + c.Email + ">") })),
	texts("members", func(o *Organisation) *[]string { return &o.Members }),
	text("ended", func(o *Organisation) *Date { return &o.Ended }),
	text("successor", func(o *Organisation) *string { return &o.Successor }),
}

var activityFields = []field[ImportedActivity]{
	text("area", func(a *ImportedActivity) *string { return &a.Area }),
	text("measure", func(a *ImportedActivity) *string { return &a.Measure }),
	text("label", func(a *ImportedActivity) *string { return &a.Label }),
	text("title", func(a *ImportedActivity) *string { return &a.Title }),
	texts("details", func(a *ImportedActivity) *[]string { return &a.Details }),
	texts("tags", func(a *ImportedActivity) *[]string { return &a.Tags }),
	text("target_group", func(a *ImportedActivity) *string { return &a.TargetGroup }),
	{name: "responsible", spell: spellParties, say: func(a ImportedActivity) string { return a.responsible() }, take: takeParties},
	text("answers", func(a *ImportedActivity) *AnswerRule { return &a.Answers }),
	part("deadline", func(a *ImportedActivity) *Deadline { return &a.Deadline }, sayDeadline),
	part("parts", func(a *ImportedActivity) *[]Part { return &a.Parts }, listed(func(p Part) string { return p.Label + " " + p.Text })),
	part("indicators", func(a *ImportedActivity) *[]Indicator { return &a.Indicators },
		listed(func(i Indicator) string { return strings.TrimSpace(fmt.Sprint(i.Name, " ", i.Planned, " ", i.Unit)) })),
	text("carried_from", func(a *ImportedActivity) *string { return &a.CarriedFrom }),
	part("carried", func(a *ImportedActivity) *[]Carry { return &a.Carried },
		listed(func(c Carry) string { return c.From + " (" + string(c.How) + ")" })),
	text("dropped", func(a *ImportedActivity) *string { return &a.Dropped }),
	text("status_raw", func(a *ImportedActivity) *string { return &a.StatusRaw }),
	fixed(text("status", func(a *ImportedActivity) *State { return &a.Status })),
	fixed(text("qualifier", func(a *ImportedActivity) *string { return &a.Qualifier })),
	fixed(text("narrative", func(a *ImportedActivity) *string { return &a.Narrative })),
}

func fixed(f field[ImportedActivity]) field[ImportedActivity] {
	f.fixed = true
	return f
}

// spellParties leaves out which organisation a party was matched to: that is
// decided here, and no file knows it.
func spellParties(a ImportedActivity) string {
	parties := slices.Clone(a.Responsible)
	for i := range parties {
		parties[i].Organisation = ""
	}
	return spell(a.ResponsibleRaw) + spell(parties)
}

func takeParties(to *ImportedActivity, from ImportedActivity) {
	to.ResponsibleRaw, to.Responsible = from.ResponsibleRaw, from.Responsible
}

// sayDeadline gives the words and the last day read out of them.
func sayDeadline(d Deadline) string {
	if d.Due == "" {
		return d.Raw
	}
	return fmt.Sprintf("%s (%s)", d.Raw, d.Due)
}
