package notify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// placeholder is a word in braces that a municipality's own words may hold.
var placeholder = pattern.New(`\{[^{}\n]{1,30}\}`)

// Placeholders lists the words in braces that are filled in, in the order
// people are told of them.
func Placeholders() []string {
	return []string{"{organizace}", "{obec}", "{plan}", "{obdobi}", "{termin}", "{pocet}"}
}

// CheckText says which word in braces nobody would fill in, if there is one.
func CheckText(t engine.MailText) error {
	for _, found := range placeholder.FindAllString(t.Subject+"\n"+t.Opening+"\n"+t.Closing, -1) {
		if !slices.Contains(Placeholders(), found) {
			return engine.Errorf(engine.Invalid, "%s is filled in by nobody; use %s", found, strings.Join(Placeholders(), ", "))
		}
	}
	return nil
}

// own fills the words in braces. What is not known of a letter is left out.
func own(text string, l engine.Letter) string {
	due := ""
	if l.AnswerBy != "" {
		due = czech.LongDate(l.AnswerBy)
	}
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		switch name {
		case "{organizace}":
			return l.Organisation
		case "{obec}":
			return l.Municipality
		case "{plan}":
			return l.Plan
		case "{obdobi}":
			return l.Period.ID
		case "{termin}":
			return due
		case "{pocet}":
			return strconv.Itoa(len(l.Items))
		}
		return name
	})
}

// ownParagraphs gives own words as paragraphs; an empty line divides them.
func ownParagraphs(text string, l engine.Letter) (out []string) {
	for _, p := range paragraphs(own(text, l)) {
		if p = keepTogether(oneLine(p, maxText)); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// around puts the municipality's own words around what the letter must say: its
// subject in place of ours, its opening behind the greeting, its closing last.
func (pg *page) around(l engine.Letter) error {
	if err := CheckText(l.Words); err != nil {
		return fmt.Errorf("own words in letters of kind %q: %w", l.Kind, err)
	}
	if s := oneLine(own(l.Words.Subject, l), maxName); s != "" {
		pg.Subject = s
	}
	if opening := ownParagraphs(l.Words.Opening, l); len(opening) > 0 {
		pg.Before = slices.Insert(pg.Before, min(1, len(pg.Before)), opening...)
	}
	pg.After = append(pg.After, ownParagraphs(l.Words.Closing, l)...)
	return nil
}
