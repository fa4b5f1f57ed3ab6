// Package czech reads and writes the Czech words of community plans: deadlines,
// statuses, responsible parties and headings read; states, dates, numbers and
// plurals written. It is the one place where Czech letters stand in Go code.
//
// Everything is pure. The package must not know files, mails, templates or the
// clock. A reading that two coordinators could dispute says so (certain false)
// and always keeps the words as they were printed.
//
// Words are data: the tables in deadlinewords.go, deadlinemoment.go,
// statussign.go, indicatorwords.go, replywords.go, replyspeech.go,
// replypolite.go, replyslip.go, vocabulary.go, personwords.go, towns.go and
// heading.go grow, the code beside them seldom. Start reading at [ReadDeadline] and
// [ReadStatusPhrase], then [ReadPartyList], and for mails [ReadReply] and
// [ReadAbsence]. What everybody may read is decided in [Public].
package czech
