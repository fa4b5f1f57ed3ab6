package notify

import (
	"maps"
	"slices"

	"splneno/engine"
)

// A section is a list under a heading.
type section struct {
	Heading string
	Entries []entry
}

// An entry is a line of a section with the lines under it. Number 0 is a bullet.
type entry struct {
	Number int
	Title  string
	Lines  []string
}

func (s *speaker) entry(name string, number int, data any) entry {
	lines := s.lines(name, data)
	if len(lines) == 0 {
		return entry{Number: number}
	}
	return entry{Number: number, Title: lines[0], Lines: lines[1:]}
}

// sections gives the lists of a letter, whichever it has.
func (s *speaker) sections(l engine.Letter) (out []section) {
	add := func(name string, entries []entry) {
		if len(entries) > 0 {
			out = append(out, section{Heading: s.say("heading "+name, l), Entries: entries})
		}
	}
	if l.Kind == engine.LetterReceipt {
		add("read", s.items("read", l, func(it engine.LetterItem) bool { return it.Read != nil }))
		add("open", s.items("open", l, func(it engine.LetterItem) bool { return it.Read == nil }))
		add("files", s.files(l.Files))
		return out
	}
	for _, reason := range []engine.LetterKind{engine.LetterReturned, engine.LetterReminder, engine.LetterRequest, engine.LetterDeadline} {
		add(string(reason), s.items("item", l, func(it engine.LetterItem) bool { return it.Reason == reason }))
	}
	add("agenda", s.agenda(l))
	add("decide", s.decisions(l))
	add("silent", s.silent(l.Silent, false))
	add("on behalf", s.silent(l.Silent, true))
	add("counts", s.counts(l.Counts))
	if l.Kind == engine.LetterRollUp {
		add("totals", s.totals(l.Totals))
	}
	return out
}

// items gives the items of a letter that belong, each in the words of a phrase.
func (s *speaker) items(phrase string, l engine.Letter, belongs func(engine.LetterItem) bool) (out []entry) {
	for _, it := range l.Items {
		if belongs(it) {
			out = append(out, s.entry(phrase, it.Number, dated{it, l.Date}))
		}
	}
	return out
}

// files says what became of each file that came with a reply.
func (s *speaker) files(files []engine.File) (out []entry) {
	for _, f := range files {
		out = append(out, s.entry("file", 0, f))
	}
	return out
}

// silent gives the silent bodies, either those that were written to or those
// that cannot be, for good or until they read their mail again.
func (s *speaker) silent(bodies []engine.SilentBody, onBehalf bool) (out []entry) {
	for _, b := range bodies {
		if (b.OnBehalf || b.Returns != "") == onBehalf {
			out = append(out, s.entry("silent", 0, b))
		}
	}
	return out
}

// A dated item is an item on the day it is written about.
type dated struct {
	engine.LetterItem
	Date engine.Date
}

// counts gives a line for everything that waits: known names in the order of
// the day's work, others after them.
func (s *speaker) counts(counts map[string]int) []entry {
	names := []string{"pending", "inbox", "drafts", "bounced", "contacts", "failed", "unsure", "held"}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var out []entry
	for _, name := range names {
		if counts[name] > 0 {
			out = append(out, s.entry("count", 0, map[string]any{"Name": oneLine(name, maxName), "Count": counts[name]}))
		}
	}
	return out
}

func (s *speaker) totals(t engine.Totals) []entry {
	var out []entry
	for _, share := range t.Shares() {
		if share.Count > 0 {
			out = append(out, s.entry("share", 0, share))
		}
	}
	return out
}
