package engine

import (
	"cmp"
	"slices"
)

// compare says what the evaluation tells otherwise than the one before it.
func (e *Evaluation) compare(before Evaluation) {
	old := map[string]ActivityResult{}
	for _, row := range before.Rows() {
		old[row.ID] = row
	}
	short := len(before.Years) == 0 // made before evaluations told what came later
	e.Changes, e.Changed = nil, nil
	for _, row := range e.Rows() {
		was, here := old[row.ID]
		delete(old, row.ID)
		fields := []string{"new"}
		if here {
			fields = was.differences(row, short)
		}
		if len(fields) > 0 {
			e.Changed = append(e.Changed, RowChange{row.ID, fields})
		}
	}
	for id := range old {
		e.Changed = append(e.Changed, RowChange{id, []string{"gone"}})
	}
	slices.SortFunc(e.Changed, func(a, b RowChange) int { return cmp.Compare(a.ID, b.ID) })
	for _, c := range e.Changed {
		e.Changes = append(e.Changes, c.ID)
	}
}

// differences names what a reader of two rows is told otherwise; instants by
// what they name. Of a short row, made before there was more to tell, the rest
// is not held against the new one.
func (r ActivityResult) differences(b ActivityResult, short bool) (out []string) {
	for _, f := range []struct {
		name string
		same bool
	}{
		{"title", r.Title == b.Title},
		{"planned", short || alike(r.Planned, b.Planned)},
		{"status", r.Status == b.Status && r.Qualifier == b.Qualifier && r.NoAnswer == b.NoAnswer},
		{"narrative", r.Narrative == b.Narrative},
		{"missing", r.Missing == b.Missing},
		{"numbers", alike(r.Numbers, b.Numbers)},
		{"next_step", r.NextStep == b.NextStep && (short || r.PostponedTo == b.PostponedTo && r.Onward.same(b.Onward))},
		{"approved_by", r.ApprovedBy == b.ApprovedBy},
		{"silent", alike(r.Silent, b.Silent)},
		{"lineage", r.Lineage == b.Lineage && (short || alike(r.From, b.From))},
	} {
		if !f.same {
			out = append(out, f.name)
		}
	}
	return out
}

func (o Onward) same(b Onward) bool {
	return o.How == b.How && o.Reason == b.Reason && slices.Equal(o.Titles, b.Titles)
}

// alike compares lists; one without anything in it is none.
func alike[T comparable](a, b []T) bool {
	return len(a) == 0 && len(b) == 0 || slices.Equal(a, b)
}
