// Package planfile reads plans and evaluations out of files, and writes plans
// as files: our own YAML and JSON, XLSX and CSV; it also reads Word documents,
// and the texts of an action plan, of an evaluation whose table was flattened by
// a PDF reader, of one that was a list of coloured rows, of minutes, and of a
// page about the plans of a region.
//
// A reader proposes; a coordinator confirms. So nothing is dropped silently and
// nothing is invented: a line that is not sure, or not used, stands in the
// draft's warnings with its number, and a status is only ever taken from the
// status column. Reading is a function of the bytes alone.
//
// The package must not know the database, what an import changes, or any Czech
// word: the vocabulary is in engine/czech. Start reading at [Read]; then
// actionplan.go, evaluation.go, colourlist.go, minutes.go and region.go for the
// texts, docx.go for Word, sheet.go for sheets, file.go for our own format.
package planfile
