// Package pattern holds regular expressions that cost nothing until they are
// asked. The program has some three hundred, most of them for reading mail and
// plans, and a server that only serves pages asks few of them. It knows nothing
// of what they match.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression that is compiled when it is first asked. It
// has the methods of [regexp.Regexp] that are used, and is safe for concurrent
// use.
type Pattern struct{ compiled func() *regexp.Regexp }

// New gives the pattern of an expression. One that is wrong panics when it is
// first asked.
func New(text string) Pattern {
	return Pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
}

// MatchString reports whether the pattern occurs in a text.
func (p Pattern) MatchString(s string) bool { return p.compiled().MatchString(s) }

// Match reports whether it occurs in bytes.
func (p Pattern) Match(b []byte) bool { return p.compiled().Match(b) }

// FindSubmatch gives the first place and its groups, nil for none.
func (p Pattern) FindSubmatch(b []byte) [][]byte { return p.compiled().FindSubmatch(b) }

// FindString gives the first place, "" for none.
func (p Pattern) FindString(s string) string { return p.compiled().FindString(s) }

// FindStringIndex gives where the first place begins and ends, nil for none.
func (p Pattern) FindStringIndex(s string) []int { return p.compiled().FindStringIndex(s) }

// FindStringSubmatch gives the first place and its groups, nil for none.
func (p Pattern) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }

// FindStringSubmatchIndex gives where they begin and end, -1 for a group that
// takes no part.
func (p Pattern) FindStringSubmatchIndex(s string) []int {
	return p.compiled().FindStringSubmatchIndex(s)
}

// FindAllString gives the first n places, all for a negative n, as do those below.
func (p Pattern) FindAllString(s string, n int) []string { return p.compiled().FindAllString(s, n) }

// FindAllStringIndex gives where they begin and end.
func (p Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch gives each with its groups.
func (p Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.compiled().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex gives where each and its groups begin and end.
func (p Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAll puts by in the place of each, in which $1 stands for the first group.
func (p Pattern) ReplaceAll(b, by []byte) []byte { return p.compiled().ReplaceAll(b, by) }

// ReplaceAllString does so in a text.
func (p Pattern) ReplaceAllString(s, by string) string { return p.compiled().ReplaceAllString(s, by) }

// ReplaceAllStringFunc puts what by makes of a place in its place.
func (p Pattern) ReplaceAllStringFunc(s string, by func(string) string) string {
	return p.compiled().ReplaceAllStringFunc(s, by)
}

// Split gives what stands between the first n-1 places, or between all for a
// negative n.
func (p Pattern) Split(s string, n int) []string { return p.compiled().Split(s, n) }
