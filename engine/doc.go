// Package engine holds the rules of a community plan as plain values and pure
// functions. It decides; it never reads, writes, sends, or looks at the clock.
//
// The tour. A file becomes a [PlanDraft]; [Import] says what it does to what is
// here, and merges it three ways when it was imported before. A [Plan] holds
// areas and measures; under them stand activities, each promised by parties
// ([Party], [Organisation]) until a [Deadline]. A [Season] asks about one plan
// for one [Period]: [OpenSeason] makes an [Entry] for every
// activity (the state machine, see lifecycle.go) and a [Request] for every
// organisation. [Ask] begins the round; [Look] says what a request is to be told
// today, as a [Letter] nobody has phrased yet. An answer becomes proposals
// ([Submit]); only a coordinator's [Approve] moves an entry. [Evaluate] rolls
// the entries up, and [Freeze] makes the evaluation final. [Extend] brings an
// open season up to a plan that changed. What follows a result is decided with
// [Settle] or by a [Resolution]; [NextPlan] makes the plan of it, and a [Lineage]
// follows a promise through the plans it was carried over. A [Print] is what the
// documents of an evaluation are made of; [Publish] opens one to everybody, a
// [Meeting] takes it to the steering group, and a [Bundle] to a [Region], whose
// [RollUp] reads many towns at once.
//
// Every decision is a [Change]: the new values with the versions they were read
// at, the journal line, and the messages to be said. Whoever keeps them commits
// it whole or not at all.
//
// Words are English here by the glossary of the field; Czech words read and
// written are in engine/czech. This package must not know I/O, the clock, SQL,
// HTML, mail or configuration.
package engine
