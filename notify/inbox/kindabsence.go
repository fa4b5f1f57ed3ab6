package inbox

import (
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// The words, folded, by which people say that they are away. A program that
// only thanks for the mail says none of them.
var (
	away = pattern.New(`mimo (?:kancelar|pracovist|urad|dosah|provoz)|nepritom|nejsem (?:v |na |k |pritom)|nebudu (?:v |na |k |pritom)|bez pristupu|budu (?:zpet|opet|znovu|mimo|pryc)|zpet (?:budu|budeme|od|v )` +
		`|dovolen|vratim se|vraciam sa|zastup|matersk|rodicovsk|neschopn|sluzebni cest|sluzobn|nemocensk` +
		`|out of (?:the )?office|on (?:vacation|leave|holiday)|away from|(?:i will|i'll) (?:be back|return)|abwesen|urlaub|nicht (?:da|im buro)`)
	firstPerson = pattern.New(`\b(?:ne)?(?:jsem|jsme|budu|budeme|mam|cerpam|som|i am|i'm|ich bin)\b`)
)

// readAbsence reads until when an out-of-office reply says somebody is away,
// and who stands in; nil when the mail is no such reply.
func readAbsence(in engine.Inbound, m engine.Mail) *engine.Absence {
	if receiptSubjects.MatchString(czech.Fold(m.Subject)) || ofCalendar(m) {
		return nil
	}
	// Behind the colon stands the subject of our letter, with a day in it.
	subject, _, _ := strings.Cut(m.Subject, ":")
	text := m.Own
	if away.MatchString(czech.Fold(subject)) {
		text = subject + "\n" + text
	}
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		zone = time.UTC
	}
	a := czech.ReadAbsence(text, engine.DateOf(in.ReceivedAt.In(zone)))
	folded := czech.Fold(text)
	if away.MatchString(folded) || a != (engine.Absence{}) && (automaticSubject(m.Subject) || firstPerson.MatchString(folded)) {
		return &a
	}
	return nil
}

// ofCalendar reports whether a calendar wrote the mail: an event may be called
// a holiday.
func ofCalendar(m engine.Mail) bool {
	for _, f := range m.Files {
		if f.Type == "text/calendar" {
			return true
		}
	}
	return false
}
