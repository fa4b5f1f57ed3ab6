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

func (p Pattern) MatchString(s string) bool      { return p.compiled().MatchString(s) }
func (p Pattern) Match(b []byte) bool            { return p.compiled().Match(b) }
func (p Pattern) FindSubmatch(b []byte) [][]byte { return p.compiled().FindSubmatch(b) }
func (p Pattern) ReplaceAll(b, by []byte) []byte { return p.compiled().ReplaceAll(b, by) }
func (p Pattern) FindAllSubmatch(b []byte, n int) [][][]byte {
	return p.compiled().FindAllSubmatch(b, n)
}
func (p Pattern) FindString(s string) string           { return p.compiled().FindString(s) }
func (p Pattern) FindStringIndex(s string) []int       { return p.compiled().FindStringIndex(s) }
func (p Pattern) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }
func (p Pattern) FindStringSubmatchIndex(s string) []int {
	return p.compiled().FindStringSubmatchIndex(s)
}
func (p Pattern) FindAllString(s string, n int) []string { return p.compiled().FindAllString(s, n) }
func (p Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringIndex(s, n)
}
func (p Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.compiled().FindAllStringSubmatch(s, n)
}
func (p Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringSubmatchIndex(s, n)
}
func (p Pattern) ReplaceAllString(s, by string) string { return p.compiled().ReplaceAllString(s, by) }
func (p Pattern) ReplaceAllStringFunc(s string, by func(string) string) string {
	return p.compiled().ReplaceAllStringFunc(s, by)
}
func (p Pattern) Split(s string, n int) []string { return p.compiled().Split(s, n) }
