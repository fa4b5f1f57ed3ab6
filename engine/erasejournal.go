package engine

import (
	"maps"
	"strings"
)

// PersonErased is the event of an erasure in the journal, and ErasedLines the key
// under which it says how much the journal itself lost.
const (
	PersonErased = "person_erased"
	ErasedLines  = "journal"
)

// Line gives a line of the journal without the person: who acted, when that was
// one of the names, and the name in what people wrote. Of a line without
// references nothing can go. n counts what went.
func (e Erasure) Line(l JournalLine, names []string) (out JournalLine, n int) {
	if !l.Hidden() {
		return l, 0
	}
	_, actor, _ := strings.Cut(l.Actor, ":")
	for _, name := range names {
		if name != "" && actor == name {
			l.Actor, l.ActorSalt, n = "", "", 1
			break
		}
	}
	detail, words := maps.Clone(l.Detail), maps.Clone(l.Words)
	for k, w := range words {
		cleaned := e.among(names, l.Detail[k])
		if w.Salt == "" || cleaned == l.Detail[k] {
			detail[k] = cleaned // a second person may be named in it
			continue
		}
		detail[k], words[k] = cleaned, Reference{Ref: w.Ref}
		n++
	}
	l.Detail, l.Words = detail, words
	return l, n
}

// Names reports whether a line still names the person in a way that cannot go.
func (e Erasure) Names(l JournalLine, names []string) bool {
	_, actor, _ := strings.Cut(l.Actor, ":")
	if e.among(names, actor) != actor && !l.Hidden() {
		return true
	}
	for k, text := range l.Detail {
		if _, hidden := l.Words[k]; !hidden && e.among(names, text) != text {
			return true
		}
	}
	return e.Clean(l.Subject) != l.Subject
}

// among cleans a text of the address and of every one of the names.
func (e Erasure) among(names []string, text string) string {
	text = e.Clean(text)
	for _, name := range names {
		text = replaceWhole(text, name, e.Mask)
	}
	return text
}
