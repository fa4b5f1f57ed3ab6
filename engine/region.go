package engine

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Region is how a body over several towns reads their evaluations: its own
// words for results, and which of its own areas each area of a town belongs to.
// Its areas are those of a plan of its own, imported like any other.
type Region struct {
	Name      string
	Plan      string           // id of its plan, "" when it reads by the towns' own areas
	Districts []string         // all it expects to hear from, in the order they are printed; none for those that are heard from
	Results   []RegionalResult // in the order they are printed; none for ours
	Areas     []AreaMapping
	Version   int
}

// A RegionalResult is a word of the region for one or several of our results.
type RegionalResult struct {
	Name string
	Of   []string // names of counts, as [Totals.Shares] spells them
}

// An AreaMapping puts an area of a town into one of the region's.
type AreaMapping struct {
	Town  string // id of the bundle's town, "" for every town that has an area of this title
	Area  string // code of the town's area; of cross-cutting measures ""
	Title string // where Town is "": title of the area in whatever spelling; of cross-cutting measures ""
	To    string // code of the region's area, its title where the region has no plan; "" for: it belongs to none
}

// subject gives what a mapping speaks of: two about the same area are alike.
func (m AreaMapping) subject(fold func(string) string) AreaMapping {
	if m.Town == "" {
		return AreaMapping{Title: fold(m.Title)}
	}
	return AreaMapping{Town: m.Town, Area: m.Area}
}

// Map gives the region with mappings put in the place of those about the same
// areas. fold makes two spellings of one title alike.
func (r Region) Map(list []AreaMapping, fold func(string) string) Region {
	r.Areas = slices.Clone(r.Areas)
	at := map[AreaMapping]int{}
	for i, m := range r.Areas {
		at[m.subject(fold)] = i
	}
	for _, m := range list {
		i, known := at[m.subject(fold)]
		if known {
			r.Areas[i] = m
			continue
		}
		at[m.subject(fold)] = len(r.Areas)
		r.Areas = append(r.Areas, m)
	}
	return r
}

// Unmap gives the region without the mapping of an area, which then goes by its
// title again.
func (r Region) Unmap(m AreaMapping, fold func(string) string) Region {
	r.Areas = slices.DeleteFunc(slices.Clone(r.Areas), func(o AreaMapping) bool { return o.subject(fold) == m.subject(fold) })
	return r
}

// maxWord is how long a word or a name of the region may be, in characters: it
// stands at the head of a column.
const maxWord = 60

// Check says what is wrong with what a region chose.
func (r Region) Check() error {
	if n := utf8.RuneCountInString(r.Name); n > 200 {
		return Errorf(Invalid, "the name of the region has %d characters; 200 are enough", n)
	}
	used := map[string]string{}
	for i, result := range r.Results {
		n := utf8.RuneCountInString(strings.TrimSpace(result.Name))
		switch {
		case n == 0 || n > maxWord:
			return Errorf(Invalid, "a word of the region for a result has %d characters; it may have 1 to %d", n, maxWord)
		case len(result.Of) == 0:
			return Errorf(Invalid, "the word %q stands for no result; say for which", result.Name)
		case slices.ContainsFunc(r.Results[:i], func(o RegionalResult) bool { return o.Name == result.Name }):
			return Errorf(Invalid, "the word %q is there twice; name all its results in one place", result.Name)
		}
		for _, name := range result.Of {
			switch {
			case !slices.Contains(countNames(), name):
				return Errorf(Invalid, "%q is no count of an evaluation", name)
			case used[name] != "":
				return Errorf(Invalid, "%q stands for both %q and %q; a result has one word", name, used[name], result.Name)
			}
			used[name] = result.Name
		}
	}
	return nil
}

// countNames lists the names of the counts in order.
func countNames() []string {
	var names []string
	for _, s := range (Totals{}).Shares() {
		names = append(names, s.Name)
	}
	return names
}
