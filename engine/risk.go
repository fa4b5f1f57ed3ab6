package engine

import (
	"slices"
	"strings"
)

// A Risk is a reason to look at an answer on its own before it becomes official.
type Risk string

// The risks, in the order they are told.
const (
	RiskStatus   Risk = "status"   // it says no status
	RiskText     Risk = "text"     // it lacks the text its status asks for
	RiskChannel  Risk = "channel"  // the way it came does not say who wrote it
	RiskWriter   Risk = "writer"   // nothing of this writer was approved for the organisation yet
	RiskFile     Risk = "file"     // malware was found in an attachment, or nobody could look for it
	RiskReturned Risk = "returned" // it answers a question of the coordinator
	RiskOfficial Risk = "official" // a result stands already
	RiskBlocked  Risk = "blocked"  // no step leads from where the entry stands to what it says
	RiskOthers   Risk = "others"   // another organisation says something else
	RiskWorse    Risk = "worse"    // the result would be worse than the last time
	RiskFigures  Risk = "figures"  // its figures do not agree with those approved the last time
	RiskLate     Risk = "late"     // the term has passed and it is not finished
)

// Evidence is an answer with all that says whether it can be approved at a
// glance.
type Evidence struct {
	Activity Activity
	Period   Period
	Entry    Entry
	Proposal Proposal
	Earlier  []Proposal // revisions of the same organisation before this one, oldest first
	Others   []Proposal // newest answers of other organisations
	Before   *Entry     // what was approved the last time, nil for nothing
	Writers  []string   // names and addresses of those who are known to write for the organisation
	Files    []File     // that came with the answer
	Disagree bool       // figures in its text do not fit those of Before
}

// Risks gives every reason not to approve the answer together with others. One
// without a risk says what it must, came by a sure way from somebody known, and
// contradicts nothing.
func Risks(v Evidence) []Risk {
	a := v.Proposal.Answer
	var out []Risk
	for _, r := range []struct {
		risk Risk
		runs bool
	}{
		{RiskStatus, !a.Status.Known()},
		{RiskText, a.Status.Known() && a.Check() != nil},
		{RiskChannel, v.Proposal.Channel != ByLink && v.Proposal.Channel != ByAuthenticated},
		{RiskWriter, !slices.ContainsFunc(v.Writers, func(w string) bool { return strings.EqualFold(w, v.Proposal.By) })},
		{RiskFile, slices.ContainsFunc(v.Files, func(f File) bool { return f.Problem == FileInfected || f.Problem == FileUnchecked })},
		{RiskReturned, slices.ContainsFunc(v.Earlier, func(p Proposal) bool { return p.Question != "" })},
		{RiskOfficial, !v.Entry.ApprovedAt.IsZero() || v.Entry.State.Final()},
		{RiskBlocked, v.blocked()},
		{RiskOthers, slices.ContainsFunc(v.Others, func(p Proposal) bool { return p.Answer.contradicts(a) })},
		{RiskWorse, v.Before != nil && a.Status.Known() && v.Before.State.Known() && rank(a.Status, a.Qualifier) < rank(v.Before.State, v.Before.Qualifier)},
		{RiskFigures, v.Disagree},
		{RiskLate, v.late()},
	} {
		if r.runs {
			out = append(out, r.risk)
		}
	}
	return out
}

// contradicts reports whether two answers about one entry say different things.
// One without a status contradicts nothing.
func (a Answer) contradicts(b Answer) bool {
	return a.Status.Known() && b.Status.Known() && (a.Status != b.Status || a.Qualifier != b.Qualifier)
}

// rank orders results from worst to best.
func rank(s State, qualifier string) int {
	n := slices.Index([]State{Unfulfilled, Planned, InProgress, Partial, Fulfilled}, s)
	if qualifier == AnotherForm {
		return 2*n - 1
	}
	return 2 * n
}

// blocked reports whether an entry without a result cannot take the step to the
// answer: what has begun does not go back to its beginning.
func (v Evidence) blocked() bool {
	from := v.Entry.State
	if from == StateUnknown {
		from = Planned
	}
	_, err := EventTo(from, v.Proposal.Answer.Status)
	return err != nil && v.Proposal.Answer.Status.Known() && !from.Final()
}

// late reports whether the term had passed when the answer was given, which
// says that it is not finished.
func (v Evidence) late() bool {
	due := v.Activity.Deadline.DueIn(v.Period)
	s := v.Proposal.Answer.Status
	return due != "" && (s == InProgress || s == Planned) && due < DateOf(v.Proposal.At)
}
