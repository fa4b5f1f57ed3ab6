// Package workflows runs a municipality's year: what happens when, in which
// order. It reads values from the records, asks the engine what follows, has
// letters phrased, and commits the engine's Change.
//
// It must not know SQL, SMTP, templates, HTTP or file formats: those stand
// behind the ports in ports.go. Start reading at [Office], then tick.go.
package workflows
