package engine

import (
	"slices"
	"strings"
)

// Imported is a plan as its file said it when it was last imported, parties
// matched: the base a later import of the edited file is held against.
type Imported struct {
	Plan          Plan
	Activities    []ImportedActivity
	Organisations []Organisation // those the file carried itself
	Supplement    Supplement
	Version       int
}

// An ImportedActivity is an activity with the result an evaluation prints.
type ImportedActivity struct {
	Activity
	Status      State // "" where the plan is no evaluation
	Qualifier   string
	Narrative   string
	CarriedOver bool
}

// Decisions are what the coordinator decided about an import: about conflicts
// by "1.1a.title", about activities by their id.
type Decisions struct {
	Theirs []string // the file's value is taken
	Ours   []string // the value here is kept
	Drop   []string // no longer in the file, and promised no more
	Reason string   // why they are dropped
	Apart  []string // names that are not the organisation they would be taken for
}

// A Thing is a kind of what an import makes.
type Thing string

// The things, in the order they are shown.
const (
	ThePlan        Thing = "plan"
	AnArea         Thing = "area"
	AMeasure       Thing = "measure"
	AnActivity     Thing = "activity"
	AnOrganisation Thing = "organisation"
)

// A Fate is what an import does to one thing.
type Fate string

// The fates.
const (
	Created Fate = "created"
	Changed Fate = "changed"
	Same    Fate = "left alone"
	Missing Fate = "no longer in the file" // kept here
	Dropped Fate = "dropped"
)

// A MergeOutcome is what an import does to one value that is not the same in the
// base, here and in the file.
type MergeOutcome string

// The outcomes.
const (
	Taken       MergeOutcome = "taken"         // changed only in the file, or decided so
	Kept        MergeOutcome = "kept"          // changed only here, or decided so
	InConflict  MergeOutcome = "conflict"      // changed in both, and not decided
	NotByImport MergeOutcome = "not by import" // a result is corrected by the coordinator, never by a file
)

// A ValueMerge is one value of a thing in three versions, as people read them.
type ValueMerge struct {
	Field            string
	Base, Ours, File string
	Outcome          MergeOutcome
}

// A MergeItem is one thing an import is about. Values holds what differs.
type MergeItem struct {
	Thing     Thing
	ID, Title string
	Fate      Fate
	Values    []ValueMerge
}

// Name gives the name under which a decision speaks of a value of the item.
func (i MergeItem) Name(field string) string {
	switch i.Thing {
	case ThePlan:
		return "plan." + field
	case AnActivity:
		return i.ID + "." + field
	}
	return string(i.Thing) + "/" + i.ID + "." + field
}

// A TakenFor says that a name in the file is taken for a known organisation,
// because both are the same when abbreviations are written out.
type TakenFor struct{ Name, Organisation string }

// A Merge is what an import does, before anybody confirmed it. While it holds
// undecided conflicts its Change is empty (its Event is ""), and so it is when
// the file says nothing new.
type Merge struct {
	Plan   Plan
	Items  []MergeItem // all, those left alone too
	Taken  []TakenFor
	Change Change
}

// Count counts the items of a kind with a fate.
func (m Merge) Count(t Thing, f Fate) int {
	n := 0
	for _, i := range m.Items {
		if i.Thing == t && i.Fate == f {
			n++
		}
	}
	return n
}

// OnlyRemembers reports whether the file says just what stands here already,
// though not what it said the last time: only the last import is to be stored.
func (m Merge) OnlyRemembers() bool {
	c := m.Change
	return len(c.Plans)+len(c.Activities)+len(c.Organisations)+len(c.Entries)+len(c.Requests) == 0 && len(c.Imported) > 0
}

// Conflicts gives the names of the conflicts nobody has decided.
func (m Merge) Conflicts() []string {
	var out []string
	for _, i := range m.Items {
		for _, v := range i.Values {
			if v.Outcome == InConflict {
				out = append(out, i.Name(v.Field))
			}
		}
	}
	return out
}

// A merger decides values, and remembers which decisions were of use.
type merger struct {
	Decisions
	used   map[string]bool
	reread map[string]string // activity → its parties as the same words are read today
}

// outcome decides one value by its three spellings; hasBase is false for what
// was never imported.
func (m *merger) outcome(name, base, ours, file string, hasBase bool) MergeOutcome {
	switch {
	case file == ours:
		return ""
	case hasBase && file == base:
		return Kept
	case hasBase && ours == base:
		return Taken
	case slices.Contains(m.Theirs, name):
		m.used[name] = true
		return Taken
	case slices.Contains(m.Ours, name):
		m.used[name] = true
		return Kept
	}
	return InConflict
}

// check refuses decisions about what needs none.
func (m *merger) check() error {
	for _, name := range slices.Concat(m.Theirs, m.Ours) {
		if !m.used[name] {
			return Errorf(Invalid, "%s is no conflict of this import; name one as it is shown, such as 1.1a.title", name)
		}
		if slices.Contains(m.Theirs, name) && slices.Contains(m.Ours, name) {
			return Errorf(Invalid, "%s is decided both ways; say it once", name)
		}
	}
	for _, id := range m.Drop {
		if !m.used[id] {
			return Errorf(Invalid, "%s cannot be dropped: only an activity that is no longer in the file can", id)
		}
	}
	if len(m.Drop) > 0 && strings.TrimSpace(m.Reason) == "" {
		return Errorf(Invalid, "say why %s is promised no more", strings.Join(m.Drop, ", "))
	}
	return nil
}
