package engine

import "slices"

// mergeThing merges one thing that stands here and in the file. base is nil for
// what was never imported.
func mergeThing[T any](m *merger, item MergeItem, fields []field[T], base *T, ours, file T) (T, MergeItem) {
	merged := ours
	item.Fate = Same
	for _, f := range fields {
		v := ValueMerge{Field: f.name, Ours: f.say(ours), File: f.say(file)}
		was := ""
		if base != nil {
			was, v.Base = f.spell(*base), f.say(*base)
		}
		spelt := f.spell(file)
		if f.fixed && f.spell(ours) != spelt && (base == nil || spelt != was) {
			v.Outcome = NotByImport
		} else {
			v.Outcome = m.outcome(item.Name(f.name), was, f.spell(ours), spelt, base != nil)
		}
		if v.Outcome == Taken {
			f.take(&merged, file)
			item.Fate = Changed
		}
		if v.Outcome != "" {
			item.Values = append(item.Values, v)
		}
	}
	return merged, item
}

// A kind says how the things of one kind are told apart and merged.
type kind[T any] struct {
	thing  Thing
	name   func(T) (id, title string)
	fields []field[T]
}

// merge merges the things of a kind: those of the file in its order, then those
// that are only here.
func (k kind[T]) merge(m *merger, base, ours, file []T) (merged []T, items []MergeItem) {
	baseAt, oursAt, fileAt := k.index(base), k.index(ours), k.index(file)
	for _, t := range file {
		id, title := k.name(t)
		item := MergeItem{Thing: k.thing, ID: id, Title: title, Fate: Created}
		if i, here := oursAt[id]; here {
			var was *T
			if j, ok := baseAt[id]; ok {
				was = &base[j]
			}
			t, item = mergeThing(m, item, k.fields, was, ours[i], t)
		}
		merged, items = append(merged, t), append(items, item)
	}
	for _, t := range ours {
		id, title := k.name(t)
		if _, ok := fileAt[id]; ok {
			continue
		}
		merged = append(merged, t)
		if _, ok := baseAt[id]; ok {
			items = append(items, MergeItem{Thing: k.thing, ID: id, Title: title, Fate: Missing})
		}
	}
	return merged, items
}

func (k kind[T]) index(list []T) map[string]int {
	at := make(map[string]int, len(list))
	for i, t := range list {
		id, _ := k.name(t)
		at[id] = i
	}
	return at
}

// with gives the file's things, and those of the base the file left out: what
// the next import is held against.
func (k kind[T]) with(file, base []T) []T {
	out, at := slices.Clone(file), k.index(file)
	for _, t := range base {
		if id, _ := k.name(t); !has(at, id) {
			out = append(out, t)
		}
	}
	return out
}

func has(at map[string]int, id string) bool { _, ok := at[id]; return ok }

var (
	areas         = kind[Area]{AnArea, func(a Area) (string, string) { return a.Code, a.Title }, areaFields}
	measures      = kind[Measure]{AMeasure, func(m Measure) (string, string) { return m.Code, m.Title }, measureFields}
	organisations = kind[Organisation]{AnOrganisation, func(o Organisation) (string, string) { return o.ID, o.Name }, organisationFields}
	activities    = kind[ImportedActivity]{AnActivity, func(a ImportedActivity) (string, string) { return a.ID, a.Title }, activityFields}
)

// same reports whether two lists say the same in the same order.
func (k kind[T]) same(a, b []T) bool {
	return slices.EqualFunc(a, b, func(x, y T) bool {
		xID, _ := k.name(x)
		yID, _ := k.name(y)
		return xID == yID && !slices.ContainsFunc(k.fields, func(f field[T]) bool { return f.spell(x) != f.spell(y) })
	})
}
