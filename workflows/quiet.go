package workflows

import (
	"slices"
	"time"

	"splneno/engine"
)

// The notes of runs that found nothing to do: a day on which that is certain
// beforehand has the same ones.
const (
	dayOff       = "not a working day; what is due waits for the next"
	notWorking   = "not a working day"
	nothingWaits = "nothing waits; no mail"
	nobodyNamed  = "nobody is named; the head stands in the morning overview"
)

func lettersNote(n int) string { return engine.CountOf(n, "letter", "letters") }

func packNote(letters, meetings int) string {
	return engine.CountOf(letters, "letter", "letters") + " about " + engine.CountOf(meetings, "meeting", "meetings")
}

// What is known of a municipality from runs of its calendar, as long as nothing
// new is in its journal.
type known struct {
	waits bool      // something may wait for the coordinator
	keeps time.Time // until when nothing is past its period, zero for unknown
}

// after gives what is known after runs that left these notes, by rule.
func (k known) after(ran map[string]string, now time.Time) known {
	if note, ok := ran["digest"]; ok && note != notWorking {
		k.waits = note != nothingWaits
	}
	if note, ok := ran["purge"]; ok {
		if k.keeps = (time.Time{}); note == nothingPast {
			k.keeps = now.Add(purgeAhead)
		}
	}
	return k
}

// A quiet day is judged by what runs would read: facts of the moment and what
// earlier runs found. Where they do not say that a run would find nothing, it is
// run.
type quiet struct {
	calendar
	known
	engine.Outlook
	now time.Time // local
}

// settle gives what was owed with every run done that would find nothing to do,
// and how many are still to be run. Where a season is to be asked or drawn up, all
// are run: each goes by what the one before has done.
func (q quiet) settle(owed []engine.Occurrence) (out []engine.Occurrence, due int) {
	busy := slices.ContainsFunc(owed, func(o engine.Occurrence) bool { return o.Rule == "ask" || o.Rule == "draft" })
	out = slices.Clone(owed)
	for i, o := range out {
		if o.State != engine.Due {
			continue
		}
		if note, nothing := q.note(o.Rule); nothing && !busy {
			out[i].State, out[i].Attempts, out[i].RanAt, out[i].Note = engine.Done, 1, q.now, note
		} else {
			due++
		}
	}
	return out, due
}

// note gives what a run of the rule would say now, when it would do nothing.
func (q quiet) note(rule string) (note string, nothing bool) {
	today := engine.DateOf(q.now)
	works := engine.NewWorkdays(q.municipality.DaysOff).Works(today)
	none := func(first engine.Date) bool { return first == "" || first > today }
	switch {
	case rule == "purge":
		return nothingPast, q.now.Before(q.keeps)
	case rule == "witness":
		return nobodyNamed, len(q.municipality.Witness) == 0
	case rule == "digest" && !works:
		return notWorking, true
	case rule == "digest":
		return nothingWaits, !q.waits && !q.Trouble && none(q.Papers)
	case !works:
		return dayOff, rule == "letters" || rule == "pack"
	case rule == "letters":
		return lettersNote(0), none(q.Letters)
	case rule == "pack":
		return packNote(0, 0), none(q.Papers)
	}
	return "", false
}
