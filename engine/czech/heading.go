package czech

import (
	"strings"

	"splneno/engine/pattern"
)

// A HeadingKind says what a heading of a plan opens.
type HeadingKind int

// The kinds of heading.
const (
	AreaHeading HeadingKind = iota + 1
	MeasureHeading
	CrossCuttingHeading
)

// A Heading is a line such as "Opatření 1.1: Rozvoj pečovatelské služby".
type Heading struct {
	Kind        HeadingKind
	Code, Title string
	Note        string // a remark printed behind the title
}

// headings are tried in order; the spelling of the marks varies within one document.
var headings = []struct {
	kind    HeadingKind
	pattern pattern.Pattern
}{
	{AreaHeading, pattern.New(`(?i)^(?:prioritní oblast|priorita)(?: č\.)? (\d+)(?:[ .:–-]+(.*))?$`)},
	{CrossCuttingHeading, pattern.New(`(?i)^průřezové opatření ([A-Z])(?:[ .:–-]+(.*))?$`)},
	{CrossCuttingHeading, pattern.New(`^[Oo]patření ([A-Z]):(?: +(.*))?$`)}, // a capital and a colon: else it is a word
	{MeasureHeading, pattern.New(`(?i)^opatření (\d+\.\d+)(?:[ .:–-]+(.*))?$`)},
}

// titleNote is a remark that is no part of a title.
var titleNote = pattern.New(` [–-] (vzhledem k tomu.*)$`)

// ReadHeading reads the heading of an area, a measure or a cross-cutting measure.
func ReadHeading(line string) (Heading, bool) {
	line = Squeeze(line)
	for _, h := range headings {
		m := h.pattern.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		title, note := m[2], ""
		if at := titleNote.FindStringSubmatchIndex(title); at != nil {
			title, note = title[:at[0]], title[at[2]:at[3]]
		}
		return Heading{Kind: h.kind, Code: m[1], Title: strings.TrimSpace(title), Note: note}, true
	}
	return Heading{}, false
}

// A Field is a row of the table that describes a unit of an action plan.
type Field string

// The fields.
const (
	Rationale               Field = "rationale"
	Description             Field = "description"
	RationaleAndDescription Field = "rationale and description"
	TargetGroup             Field = "target group"
	Term                    Field = "term"
	Implementers            Field = "implementers"
)

var fieldLabels = map[string]Field{
	"oduvodneni opatreni":                 Rationale,
	"oduvodneni":                          Rationale,
	"popis opatreni":                      Description,
	"popis":                               Description,
	"oduvodneni a popis opatreni":         RationaleAndDescription,
	"oduvodneni a popis":                  RationaleAndDescription,
	"cilova skupina":                      TargetGroup,
	"cilove skupiny":                      TargetGroup,
	"termin realizace":                    Term,
	"termin":                              Term,
	"realizator, spolupracujici subjekt":  Implementers,
	"realizator, spolupracujici subjekty": Implementers,
	"realizator":                          Implementers,
	"odpovedny za realizaci":              Implementers,
}

// ReadField reads the label of a row: "Termín realizace" is [Term].
func ReadField(label string) (Field, bool) {
	f, ok := fieldLabels[strings.TrimRight(Fold(label), " :")]
	return f, ok
}

// The header of an evaluation's table runs over several lines when it is
// flattened: it begins where TableBegins and ends where TableEnds says so.

// TableBegins says whether a line begins the header of an evaluation's table.
func TableBegins(line string) bool { return strings.HasPrefix(Fold(line), "aktivity odpovedny") }

// TableEnds says whether a line ends it.
func TableEnds(line string) bool { return strings.HasPrefix(Fold(line), "zrealizovane akce") }

var tag = pattern.New(`(?i)^\+ ?průřezové opatření ([A-Z])\b`)

// ReadTag reads "+ průřezové opatření A" at the beginning of a line.
func ReadTag(line string) (code string, ok bool) {
	if m := tag.FindStringSubmatch(Squeeze(line)); m != nil {
		return m[1], true
	}
	return "", false
}

var reference = pattern.New(`(?i)viz opatření (\d+\.\d+)`)

// References lists the codes of measures the text points to ("viz opatření 3.2").
func References(text string) []string {
	var codes []string
	for _, m := range reference.FindAllStringSubmatch(text, -1) {
		codes = append(codes, m[1])
	}
	return codes
}
