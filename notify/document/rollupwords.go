package document

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

//go:embed templates/rollup.json
var rollWordsFile []byte

// rollWords are the sentences of a roll-up: one form, or three for counts.
var rollWords = func() map[string]phrase {
	words := map[string]phrase{}
	if err := json.Unmarshal(rollWordsFile, &words); err != nil {
		panic(err) // part of the program
	}
	return words
}()

// A phrase is a sentence in one form, or in the three of a count.
type phrase []string

// UnmarshalJSON reads a text, or a list of three.
func (p *phrase) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*p = phrase{one}
		return nil
	}
	var forms []string
	if err := json.Unmarshal(b, &forms); err != nil || len(forms) != 3 {
		return fmt.Errorf("%s has not three forms", b)
	}
	*p = forms
	return nil
}

// A rollUp is a roll-up being put into words.
type rollUp struct {
	engine.RollUp
	zone    *time.Location
	words   paper.Words
	columns []engine.Share // words that have a column
}

// rolled gives the roll-up with the words that have a column: the region's own,
// the yearly results, and whatever is counted.
func (m *Maker) rolled(r engine.RollUp) *rollUp {
	s := speaker{sentences: m.sentences()}
	v := &rollUp{RollUp: r, zone: m.zone, words: s.marginal()}
	yearly := []string{string(engine.Fulfilled), string(engine.Partial), string(engine.Unfulfilled)}
	for i, s := range r.Words(r.Totals) {
		own := r.Results[i].Name != r.Results[i].Of[0]
		if own || s.Count > 0 || slices.Contains(yearly, s.Name) {
			v.columns = append(v.columns, s)
		}
	}
	return v
}

// say gives a sentence.
func say(key string, args ...any) string {
	p, known := rollWords[key]
	if !known {
		panic("document: the roll-up has no sentence " + key)
	}
	if len(args) == 0 {
		return p[0]
	}
	return fmt.Sprintf(p[0], args...)
}

// sayCount gives a sentence in the form for n; n is its last argument.
func sayCount(key string, n int, args ...any) string {
	p := rollWords[key]
	return fmt.Sprintf(czech.Plural(n, p[0], p[1], p[2]), append(args, figure(n))...)
}

// figure writes a count, thousands apart.
func figure(n int) string { return number(float64(n)) }

// word gives a word of the roll-up as it is printed.
func (r *rollUp) word(name string) string {
	i := slices.IndexFunc(r.Results, func(w engine.RegionalResult) bool { return w.Name == name })
	if i < 0 || r.Results[i].Of[0] != name {
		return name
	}
	return czech.CountWord(name)
}

// shares gives counts in the words that have a column.
func (r *rollUp) shares(t engine.Totals) []engine.Share {
	var out []engine.Share
	for _, s := range r.Words(t) {
		if slices.ContainsFunc(r.columns, func(c engine.Share) bool { return c.Name == s.Name }) {
			out = append(out, s)
		}
	}
	return out
}

// day writes the local day of an instant.
func (r *rollUp) day(t time.Time) string { return czech.FormatDate(engine.DateOf(t.In(r.zone))) }

// span writes a period's name as people do.
func span(id string) string { return strings.ReplaceAll(id, "-", "\u2013") }

// areaName names an area of the region.
func areaName(a engine.RegionalArea) string {
	if a.Unplaced {
		return say("unplaced")
	}
	return strings.TrimSpace(a.Code + "\u00a0" + titled(a.Title))
}

// localName names an area of a town.
func localName(a engine.LocalArea) string {
	if a.Code == "" && a.Title == "" {
		return say("cross")
	}
	return strings.TrimSpace(a.Code + "\u00a0" + titled(a.Title))
}

func titled(s string) string {
	if strings.TrimSpace(s) == "" {
		return say("untitled")
	}
	return s
}

// districtName names a district.
func districtName(name string) string {
	if name == "" {
		return say("district.none")
	}
	return name
}
