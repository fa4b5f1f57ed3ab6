package planfile

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A jsonIndicator is a figure found in the prose of an activity: a proposal,
// printed by a dry run and stored nowhere. Start and end are bytes of the field.
type jsonIndicator struct {
	Field       string  `json:"field"` // title, details or narrative
	Name        string  `json:"name"`
	Unit        string  `json:"unit"`
	Per         string  `json:"per"`
	Year        int     `json:"year"`
	Value       float64 `json:"value"`
	Low         float64 `json:"low"`
	High        float64 `json:"high"`
	Approximate bool    `json:"approximate"`
	Change      bool    `json:"change"`
	Shared      bool    `json:"shared"`
	Line        int     `json:"line"` // of the field, from 1
	Start       int     `json:"start"`
	End         int     `json:"end"`
	Raw         string  `json:"raw"`
}

// CountIndicators counts the figures that the prose of a draft proposes.
func CountIndicators(d engine.PlanDraft) (n int) {
	for _, a := range d.Activities {
		n += len(proposedIndicators(a))
	}
	return n
}

// proposedIndicators reads the prose of an activity. The details are read as
// one text, a line each.
func proposedIndicators(a engine.ActivityDraft) []jsonIndicator {
	out := []jsonIndicator{}
	for _, f := range []struct{ name, text string }{
		{"title", a.Title}, {"details", strings.Join(a.Details, "\n")}, {"narrative", a.Narrative},
	} {
		for _, r := range czech.ReadIndicators(f.text) {
			out = append(out, jsonIndicator{
				Field: f.name, Name: r.Name, Unit: r.Unit, Per: r.Per, Year: r.Year, Value: r.Value, Low: r.Low, High: r.High,
				Approximate: r.Approximate, Change: r.Change, Shared: r.Shared, Line: r.Line, Start: r.Start, End: r.End, Raw: r.Raw,
			})
		}
	}
	return out
}
