package web

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"splneno/engine"
)

// withheldShown is how many of the texts that differ are shown.
const withheldShown = 40

// neverPublic are what no public version holds: it is said once, not in every row.
var neverPublic = []string{"ApprovedBy", "FrozenBy", "TextHash"}

// A withheld says what everybody does not get to read of an evaluation.
type withheld struct {
	Texts, Figures int
	List           []withheldText // the first of Texts
}

// A withheldText is one text as it was approved and as everybody reads it.
type withheldText struct{ Row, Before, After string }

// withheldOf compares an evaluation as told with what everybody reads, field by
// field, so that nothing that differs is overlooked.
func withheldOf(told, public engine.Evaluation) (withheld, error) {
	var w withheld
	a, err := tree(told)
	if err != nil {
		return w, err
	}
	b, err := tree(public)
	if err != nil {
		return w, err
	}
	w.compare("", a, b)
	return w, nil
}

// tree gives a value as JSON knows it.
func tree(e engine.Evaluation) (out any, err error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal(body, &out)
}

func (w *withheld) compare(row string, a, b any) {
	switch a := a.(type) {
	case map[string]any:
		w.compareFields(row, a, b)
	case []any:
		others, _ := b.([]any)
		for i, item := range a {
			var other any
			if i < len(others) {
				other = others[i]
			}
			w.compare(row, item, other)
		}
	case string:
		if other, _ := b.(string); other != a {
			w.Texts++
			if len(w.List) < withheldShown {
				w.List = append(w.List, withheldText{row, a, other})
			}
		}
	}
}

// compareFields compares two values with named fields. One with a unit is a
// figure, and counts as one.
func (w *withheld) compareFields(row string, a map[string]any, b any) {
	other, _ := b.(map[string]any)
	if _, figure := a["Unit"]; figure {
		if !reflect.DeepEqual(a, other) {
			w.Figures++
		}
		return
	}
	if id, ok := a["ID"].(string); ok {
		row = id
	}
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if !slices.Contains(neverPublic, name) {
			w.compare(row, a[name], other[name])
		}
	}
}

// withheld gives it for one number of a season's evaluation, and keeps it: all
// rows are read to make it.
func (s *site) withheld(v visit, head engine.Evaluation) (withheld, error) {
	p := newPublication(v.office.Records.Tenant(), engine.Season{Plan: head.Plan, Period: head.Period}, head)
	return s.withholdings.get(v.r.Context(), p.key, v.office.Now(), func(ctx context.Context) (withheld, error) {
		e, err := publishedWhole(ctx, v.office, p)
		if err != nil {
			return withheld{}, err
		}
		print, err := v.office.PublicPrint(ctx, e)
		if err != nil {
			return withheld{}, err
		}
		return withheldOf(e.Told(), print.Evaluation)
	})
}
