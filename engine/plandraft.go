package engine

// A PlanDraft is what an importer understood of a file, before anybody
// confirmed it. Nothing uncertain is dropped: it stands in Warnings.
type PlanDraft struct {
	Plan          Plan
	Activities    []ActivityDraft
	Services      []Service
	Projects      []Project
	Organisations []Organisation // only of files that carry them
	Period        Period         // of an evaluation: what it covers
	Warnings      []Warning
}

// An ActivityDraft is an activity as read, with the yearly result an evaluation
// prints beside it. A status is only ever read from the status column.
type ActivityDraft struct {
	Activity
	Status      State // StateUnknown when the document is an evaluation and prints none that can be read
	Qualifier   string
	Narrative   string
	CarriedOver bool
	Unsure      []string // names of the fields the importer is not sure of
	Line        int      // where it begins in the file, from 1
}

// A Warning is a place the importer is not sure of, or could not use.
type Warning struct {
	Line   int // from 1, 0 for the whole file
	Text   string
	Reason string
}
