package engine

// An EntryFilter says which entries of a season a page shows.
type EntryFilter struct {
	Plan, Period   string
	States         []State  // none is all
	Areas          []string // codes, none is all
	Measure        string   // code, "" for all
	Find           string   // words of the activity, with or without diacritics, in any order
	Undecided      bool     // only those without a next step
	Unanswered     bool     // only those nobody has said anything about
	Official       bool     // only those with an official result
	UndecidedFirst bool     // instead of the order of the plan
}

// A Placed entry is an entry with what was promised.
type Placed struct {
	Activity Activity
	Entry    Entry
}

// An EntryCount says how many entries of a season stand alike.
type EntryCount struct {
	State     State
	Qualifier string
	Next      NextStep
	Answered  bool
	Official  bool
	N         int
}

// Counted adds up how many entries the counts are about.
func Counted(counts []EntryCount) (n int) {
	for _, c := range counts {
		n += c.N
	}
	return n
}

// TotalsOf adds counts up as an evaluation would count them.
func TotalsOf(counts []EntryCount) Totals {
	var t Totals
	for _, c := range counts {
		row := ActivityResult{Status: c.State, Qualifier: c.Qualifier, NoAnswer: !c.Answered && !c.Official}
		t.Count(row.Result(), c.N)
	}
	return t
}
