package engine

import "time"

// An ActorKind says in what capacity somebody acts.
type ActorKind string

// The kinds of actor. Only a coordinator changes an official state.
const (
	ActorCoordinator   ActorKind = "coordinator"
	ActorAdministrator ActorKind = "administrator" // keeps accounts and settings
	ActorMember        ActorKind = "member"        // signs in to look
	ActorOrganisation  ActorKind = "organisation"
	ActorCalendar      ActorKind = "calendar"
	ActorSystem        ActorKind = "system"
)

// An Actor is who did something.
type Actor struct {
	Kind ActorKind
	Name string
}

// String gives "kind:name".
func (a Actor) String() string { return string(a.Kind) + ":" + a.Name }

// MayDecide refuses whoever does not decide for the municipality.
func MayDecide(who Actor) error {
	if who.Kind != ActorCoordinator {
		return Errorf(Forbidden, "only a coordinator decides this")
	}
	return nil
}

// MayManage refuses whoever keeps neither the accounts nor the settings.
func MayManage(who Actor) error {
	if who.Kind != ActorCoordinator && who.Kind != ActorAdministrator {
		return Errorf(Forbidden, "only the coordinator or the administrator keeps accounts and settings")
	}
	return nil
}

// A Change is one decision as a value: the new state of what changed, the
// journal line, and the messages to be said. A store commits it whole or not at
// all. Every value carries the Version it was read at, 0 for a new one; when
// one of them has moved, or a message of the same key is already there, the
// store refuses the whole Change with a Conflict.
type Change struct {
	At      time.Time
	Actor   Actor
	Event   string            // what happened, a word of the journal: "approved"
	Subject string            // what it happened to: "2023/1.1a"
	Detail  map[string]string // what a reader of the journal needs; no personal data beyond names

	Municipality  *Municipality
	Plans         []Plan
	Organisations []Organisation
	Activities    []Activity
	Imported      []Imported
	Seasons       []Season
	Requests      []Request
	Entries       []Entry
	Proposals     []Proposal
	Evaluations   []Evaluation
	Accounts      []Account
	Amendments    []Amendment
	Resolutions   []Resolution
	Meetings      []Meeting
	Region        *Region
	Bundles       []Bundle
	Filed         []Filed // one without Data is a file that was removed
	Messages      []Message
	Inbound       []Inbound // what became of mails that came in; Raw is not written again
	Releases      []string  // keys of held or failed messages that are to be sent after all
	Bounced       []Bounce  // messages a report says were not delivered; one that is not known is passed over
	Erase         *Erasure  // a person to be taken out of everything stored
	Purge         []Purge   // records whose period has passed, a portion of them; the store counts them in Detail
	Hold          *Hold     // put on hold, or with the zero value let go on: then what the hold held is due again
	Stops         []string  // keys of held or failed messages that are never to be sent
	Left          []Left    // held messages that are known to have left; they are sent, and stay where they are
}
