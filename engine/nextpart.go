package engine

// nextPart gives what is to be done after the period. Once the plan that follows
// is prepared, it is what that holds; what was decided to go on and is not in it
// yet stands behind.
func (r Record) nextPart() NextPart {
	x := partToCome{Record: r, begins: r.Period.End, merged: map[string]int{}, there: map[string]bool{}}
	if r.Period.End != "" {
		x.begins = r.Period.End.AddDays(1)
	}
	x.Year = x.begins.Year()
	x.over = r.Plan.EndsIn(r.Period)
	if x.over && r.Successor.ID != "" {
		x.Title, x.Year = r.Successor.Title, max(x.Year, r.Successor.Start.Year())
		x.prepared()
	}
	for _, a := range r.Activities {
		if !x.there[a.ID] {
			x.add(a)
		}
	}
	return x.NextPart
}

// A partToCome is the next part as it grows.
type partToCome struct {
	NextPart
	Record
	begins Date            // the first day after the period
	over   bool            // the plan ends with the period: only what was decided goes on
	merged map[string]int  // of Rows: by the title several promises become
	there  map[string]bool // activities the plan that follows holds already
}

// prepared adds what the plan that follows holds: what goes on from this one,
// and what is new. What it took over from other plans is no part of this one.
func (x *partToCome) prepared() {
	for _, a := range x.Made {
		before := a.Predecessors()
		row := NextRow{ID: a.ID, Title: a.Title, Responsible: a.responsible(), Deadline: a.Deadline.Raw}
		for _, ref := range before {
			if plan, id, _ := SplitRef(ref); plan == x.Plan.ID {
				row.From, x.there[id] = append(row.From, id), true
			}
		}
		if a.Dropped == "" && (len(before) == 0 || len(row.From) > 0) {
			x.Rows = append(x.Rows, row)
		}
	}
}

// add adds how one activity goes on, if it does.
func (x *partToCome) add(a Activity) {
	e, asked := x.index.entries[a.ID]
	row := NextRow{ID: a.ID, Title: a.Title, From: []string{a.ID}, Responsible: a.responsible(), Deadline: a.Deadline.after(x.begins).Raw}
	switch {
	case a.Dropped != "" || e.NextStep == Close || e.NextStep == Drop:
	case e.NextStep == CarryOver:
		x.carry(row, e.Onward)
	case e.NextStep == Postpone:
		row.Deadline = x.Spell(e.PostponedTo)
		x.Rows = append(x.Rows, row)
	case e.NextStep == Continue || !x.over && asked:
		x.Rows = append(x.Rows, row)
	case !x.over && a.Deadline.Start >= x.begins && a.Deadline.Start.Year() <= x.Year: // it was not to begin before
		row.From = nil
		x.Rows = append(x.Rows, row)
	}
}

// carry adds a promise in the words it was decided to go on in. What it becomes
// beside the first part has no number yet.
func (x *partToCome) carry(row NextRow, on Onward) {
	if len(on.Titles) == 0 {
		x.Rows = append(x.Rows, row)
		return
	}
	if on.How == CarryMerge {
		if i, known := x.merged[mergeKey(on.Titles[0])]; known {
			x.Rows[i].From = append(x.Rows[i].From, row.From...)
			return
		}
		x.merged[mergeKey(on.Titles[0])] = len(x.Rows)
	}
	for i, title := range on.Titles {
		row.Title = title
		if i > 0 {
			row.ID = ""
		}
		x.Rows = append(x.Rows, row)
	}
}
