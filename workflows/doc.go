// Package workflows runs a municipality's year: what happens when, in which
// order. It reads values from the records, asks the engine what follows, has
// letters phrased, and commits the engine's Change.
//
// [Rounds] does so for all municipalities of an installation. Most days of most
// of them are quiet: what their calendars owe is then stored as done for many at
// once, where facts say that a run would find nothing (quiet.go, roundsquiet.go).
//
// It must not know SQL, SMTP, templates, HTTP or file formats: those stand
// behind the ports in ports.go. Start reading at [Office], then tick.go
// and rounds.go.
package workflows
