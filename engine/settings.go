package engine

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// WordedKinds lists the kinds of letter a municipality may put its own words
// into: those that go to others than its coordinator.
func WordedKinds() []LetterKind {
	return []LetterKind{LetterRequest, LetterReminder, LetterDeadline, LetterReturned, LetterRollUp, LetterPack}
}

// The longest own words, in characters: more would bury what is asked.
const (
	maxSubject = 150
	maxWords   = 1500
)

// maxLogo is how large a logo may be, in bytes: every page carries it.
const maxLogo = 200_000

// Check says what is wrong with what a municipality chose.
func (s Settings) Check() error {
	for kind, text := range s.MailTexts {
		if !slices.Contains(WordedKinds(), kind) {
			return Errorf(Invalid, "letters of kind %q have no words of one's own", kind)
		}
		if utf8.RuneCountInString(text.Subject) > maxSubject || utf8.RuneCountInString(text.Opening) > maxWords || utf8.RuneCountInString(text.Closing) > maxWords {
			return Errorf(Invalid, "the words in letters of kind %q are too long: %d characters for the subject and %d for each text at most", kind, maxSubject, maxWords)
		}
	}
	known := Totals{}.Shares()
	for name, word := range s.StatusNames {
		if !slices.ContainsFunc(known, func(sh Share) bool { return sh.Name == name }) {
			return Errorf(Invalid, "%q is no count of an evaluation", name)
		}
		if n := utf8.RuneCountInString(word); n == 0 || n > 40 {
			return Errorf(Invalid, "the word for %q has %d characters; it may have 1 to 40", name, n)
		}
	}
	if len(s.Logo) > maxLogo {
		return Errorf(Invalid, "the logo has %d bytes; %d are enough for every page", len(s.Logo), maxLogo)
	}
	if len(s.Logo) > 0 && s.LogoType != "image/png" && s.LogoType != "image/jpeg" {
		return Errorf(Invalid, "a logo is a PNG or a JPEG")
	}
	if utf8.RuneCountInString(s.Funding) > 500 {
		return Errorf(Invalid, "the funding line is longer than 500 characters")
	}
	return nil
}

// FundingOf gives the publicity line of what is made from a plan: the plan's
// own, else the municipality's.
func (m Municipality) FundingOf(p Plan) string { return cmp.Or(p.Funding, m.Settings.Funding) }

// Sample gives the letter of a kind as the body of the case would get it today:
// what a coordinator is shown before anything is sent.
func (c Case) Sample(kind LetterKind, today Date) Letter {
	var items []LetterItem
	for i := range c.Entries {
		it := c.item(i, kind)
		if kind == LetterReturned {
			it.Question = "?"
		}
		items = append(items, it)
	}
	l := c.letter(items, kind, 2, today)
	l.Words, l.LateDays = c.Municipality.Settings.MailTexts[kind], 0
	return *l
}
