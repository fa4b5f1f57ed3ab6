// Package store remembers: municipalities, plans, seasons, answers, mail that
// leaves and mail that comes in, the calendar's ledger and the journal, on
// SQLite or PostgreSQL alike.
//
// A decision reaches it as a value, an engine.Change, and is kept whole or not
// at all. It must not know which steps are legal, when anything is due beyond
// comparing two dates, or any Czech sentence; it has no clock of its own.
//
// Start reading at open.go, then commit.go. One file per noun holds its table's
// row, the two converters and the reads; [Tenant] has everything of one
// municipality, and only [DB.AcrossTenants] looks over the fence. The schema
// is in migrations/, one file per step and database where they differ.
//
// What leaves a database or comes into one as a whole goes through transfer.go,
// from one moment there into one transaction here; backup.go makes it a file,
// and place.go notices a copy that nobody told us of.
//
// Four decisions bind here. The engine's types carry no tags: rows are structs
// of our own. What is a list or a tree inside one thing is a column of JSON, as
// nobody asks the database about its inside. Rows are found by natural keys,
// so that a second attempt meets the first. Bun puts arguments into the text of
// a statement: what is not an argument is a constant, and no argument follows
// a minus sign.
package store
