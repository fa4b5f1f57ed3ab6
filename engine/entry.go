package engine

import "time"

// An EntryKey names one activity in one period.
type EntryKey struct{ Plan, Period, Activity string }

// An Entry is an activity in an evaluation period: the state machine, and the
// facts and the decision that stand beside the state.
type Entry struct {
	EntryKey
	State       State
	Qualifier   string // [AnotherForm] or ""
	Narrative   string // what was done, as approved
	Missing     string // what is missing, for partial
	Numbers     []Number
	NextStep    NextStep
	PostponedTo Date
	Onward      Onward
	Askees      []string  // ids of the organisations asked about it
	AnsweredAt  time.Time // newest answer of anybody, zero while there is none
	Said        State     // what that answer said
	ApprovedBy  string
	ApprovedAt  time.Time
	Source      string // "answer", "coordinator", "import": what the state rests on
	Version     int
}

// A Number is an actual value of an indicator. Of one that is not for everybody
// because it counts few persons, Below says under what it is, and Value is 0.
type Number struct {
	Name, Unit string
	Value      float64
	Below      int `json:",omitempty"`
}

// A NextStep is the decision that follows the yearly result.
type NextStep string

// The decisions; "" is undecided.
const (
	Close     NextStep = "close"
	Continue  NextStep = "continue"
	CarryOver NextStep = "carry_over"
	Postpone  NextStep = "postpone"
	Drop      NextStep = "drop"
)

// NextSteps lists the decisions in the order people are offered them.
func NextSteps() []NextStep { return []NextStep{Close, Continue, CarryOver, Postpone, Drop} }

// An Answer is what somebody says of an entry. Status "" says only the text.
type Answer struct {
	Status    State
	Qualifier string
	Done      string // what was done
	Missing   string // what is missing
	Numbers   []Number
}

// A Channel is the way an answer came.
type Channel string

// The channels, by falling trust: how sure it is who spoke is the same as how
// the answer came.
const (
	ByLink          Channel = "link"          // the answer page behind a signed link
	ByAuthenticated Channel = "authenticated" // a reply with the token, from a domain of the organisation, authenticated
	ByToken         Channel = "token"         // a reply with the token
	ByNone          Channel = "none"          // a mail without a token, assigned by the coordinator
	ByCoordinator   Channel = "coordinator"   // reported by the coordinator on behalf of somebody
)

// ByMail reports whether the answer came as a mail: then it may lack a status
// and a text, which the coordinator completes or asks for.
func (c Channel) ByMail() bool { return c == ByAuthenticated || c == ByToken || c == ByNone }

// A ProposalState says what became of a proposal.
type ProposalState string

// The states of a proposal.
const (
	Pending    ProposalState = "pending"
	Approved   ProposalState = "approved"
	Returned   ProposalState = "returned"   // sent back with a question
	Superseded ProposalState = "superseded" // a newer revision or another approval stands
)

// A Proposal is an organisation's answer about one entry. It changes nothing
// official until a coordinator approves it. Every answer that differs from the
// one before is a new revision; an approval binds to one.
type Proposal struct {
	EntryKey
	Organisation string // id
	Revision     int    // from 1, per entry and organisation
	Answer       Answer
	Channel      Channel
	Inbound      string // id of the mail it came in, "" for other channels
	By           string // the name the writer gave
	At           time.Time
	State        ProposalState
	Question     string // why it was returned
	ToldOn       Date   // the day the question was mailed, "" before
	DecidedBy    string
	DecidedAt    time.Time
	Version      int
}

// A Draft is an answer page saved before it was sent.
type Draft struct {
	By      string
	Answers map[string]Answer // by activity id
}
