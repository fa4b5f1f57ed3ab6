package door

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a password may be. There are no rules about its letters: length is what
// makes it hard to guess, and 256 characters is more than anybody types.
const (
	MinPassword = 12
	MaxPassword = 256
)

// common holds passwords everybody tries first, one a line.
//
//go:embed common.txt
var common string

// A Fault says what is wrong with a password, as the end of a catalogue's key.
type Fault string

// The faults.
const (
	TooShort Fault = "short"
	TooLong  Fault = "long"
	Personal Fault = "personal" // it is the name or the address
	Common   Fault = "common"   // everybody tries it first
)

// CheckPassword says what is wrong with a password somebody chose, "" when
// nothing is. about are words a guesser knows of them: name and address.
func CheckPassword(password string, about ...string) Fault {
	p := norm.NFC.String(password)
	n := utf8.RuneCountInString(p)
	switch {
	case n < MinPassword:
		return TooShort
	case n > MaxPassword:
		return TooLong
	case isAbout(plain(p), about):
		return Personal
	case isCommon(p):
		return Common
	}
	return ""
}

// isAbout reports whether a password is no more than a word about the person,
// perhaps repeated or with a number behind it.
func isAbout(p string, about []string) bool {
	if p == "" {
		return false
	}
	for _, word := range about {
		local, _, _ := strings.Cut(word, "@")
		for _, w := range []string{plain(word), plain(local)} {
			rest := strings.ReplaceAll(p, w, "")
			if w != "" && rest != p && strings.Trim(rest, "0123456789") == "" {
				return true
			}
		}
	}
	return false
}

// isCommon reports whether a password is on the list, a run like 123456789012,
// or a few characters over and over.
func isCommon(password string) bool {
	p := plain(password)
	for line := range strings.Lines(common) {
		if p != "" && plain(line) == p {
			return true
		}
	}
	kinds := map[rune]bool{}
	for _, r := range password {
		kinds[r] = true
	}
	for _, run := range runs {
		if p != "" && strings.Contains(run, p) {
			return true
		}
	}
	return len(kinds) < 5
}

var runs = []string{"01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"}

// plain gives a text as guessers try it: lower case, nothing but letters and
// digits, no diacritics.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(norm.NFD.String(s)))
}
